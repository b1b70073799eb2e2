"""Which lots still in the house a change of a vendor's or a customer's standing concerns."""

from __future__ import annotations

from django.db import connection

from portal.models import Organization
from routes.domain.lots import lock_lots
from routes.models import Traveler

OF_VENDOR = """
WITH RECURSIVE touched(id) AS (
    SELECT line.traveler_id FROM subcontract_outsideorderline line
    JOIN subcontract_outsideorder o ON o.id = line.order_id AND o.state NOT IN ('draft', 'cancelled')
    JOIN portal_site site ON site.id = o.site_id
    WHERE site.organization_id = %(organization)s
    UNION
    SELECT child.id FROM touched JOIN routes_traveler child ON child.parent_id = touched.id
)
SELECT t.number FROM routes_traveler t JOIN touched ON touched.id = t.id
WHERE t.state = ANY(%(states)s) ORDER BY t.number
"""
IN_HOUSE = [Traveler.OPEN, Traveler.COMPLETE]


def lots_touched(organization: Organization) -> list[str]:
    """Return the lots not shipped yet that were ordered out to a vendor, or that a customer ordered.

    A lot split off inherits the orders of the one it came from.
    """
    if organization.kind == Organization.CUSTOMER:
        theirs = Traveler.objects.filter(order_line__order__customer=organization, state__in=IN_HOUSE)
        return list(theirs.order_by("number").values_list("number", flat=True))
    with connection.cursor() as cursor:
        cursor.execute(OF_VENDOR, {"organization": organization.pk, "states": IN_HOUSE})
        return [number for (number,) in cursor.fetchall()]


def lock_touched(organization: Organization) -> list[str]:
    """Lock these lots in number order and return their numbers; the caller holds a transaction."""
    numbers = lots_touched(organization)
    if numbers:
        lock_lots(numbers)
    return numbers
