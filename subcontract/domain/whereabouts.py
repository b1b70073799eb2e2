"""Who has my parts, and who must act: every open lot whose outside work is ordered, away or back and not verified."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.models import Organization, Person
from routes.models import CustomerOrder, Traveler
from subcontract.models import OutsideOrder, OutsideOrderLine

TO_SEND, OUTSIDE, TO_VERIFY, TO_LEAVE = "to_send", "outside", "to_verify", "to_leave"
PLACES = {
    OUTSIDE: "Outside",
    TO_VERIFY: "Back, not verified",
    TO_SEND: "Ordered, not sent",
    TO_LEAVE: "Verified there, not gone on",
}
ANOTHER = "another vendor"
RUNNING = (OutsideOrder.ISSUED, OutsideOrder.SHIPPED, OutsideOrder.RETURNED)

# 1 sent     what left on each line, and when
# 2 family   the lot of the line and what was split from it since it left
# 3 up       the ancestors of each, until the split; the last move of these says who holds the pieces
# 4 went     the lots that left on the line; counted and verified: those somebody took back or counted elsewhere
# 5          a row for each lot that holds pieces and has no verified return, or is verified and still at a vendor
WHEREABOUTS = """
WITH RECURSIVE sent AS (
    SELECT line.id AS line_id, line.traveler_id, MIN(m.recorded_at) AS sent_at, COALESCE(SUM(m.quantity), 0) AS pieces
    FROM subcontract_outsideorderline line
    JOIN subcontract_outsideorder o ON o.id = line.order_id
    LEFT JOIN subcontract_custodymove m ON m.line_id = line.id AND m.to_site_id = o.site_id
    WHERE line.id = ANY(%(lines)s) GROUP BY line.id
), back AS (
    SELECT r.line_id, SUM(r.quantity_returned) AS returned, SUM(r.quantity_scrapped) AS scrapped,
        SUM(r.quantity_short) AS short
    FROM subcontract_receipt r WHERE r.line_id = ANY(%(lines)s) GROUP BY r.line_id
), family(line_id, lot_id) AS (
    SELECT line_id, traveler_id FROM sent
    UNION ALL
    SELECT f.line_id, child.id FROM family f JOIN sent USING (line_id)
    JOIN routes_traveler child ON child.parent_id = f.lot_id AND child.split_at >= sent.sent_at
), up(line_id, lot_id, traveler_id, cutoff) AS (
    SELECT f.line_id, f.lot_id, f.lot_id, NULL::timestamptz
    FROM family f JOIN routes_traveler t ON t.id = f.lot_id WHERE t.state IN ('open', 'complete')
    UNION ALL
    SELECT up.line_id, up.lot_id, t.parent_id, LEAST(up.cutoff, t.split_at)
    FROM up JOIN routes_traveler t ON t.id = up.traveler_id WHERE t.parent_id IS NOT NULL
), holder AS (
    SELECT DISTINCT ON (up.line_id, up.lot_id) up.line_id, up.lot_id, m.to_site_id, m.moved_on
    FROM up JOIN subcontract_custodymove m ON m.traveler_id = up.traveler_id
        AND (up.cutoff IS NULL OR m.recorded_at <= up.cutoff)
    ORDER BY up.line_id, up.lot_id, m.id DESC
), went AS (
    SELECT DISTINCT up.line_id, up.lot_id
    FROM up JOIN subcontract_custodymove m ON m.line_id = up.line_id AND m.traveler_id = up.traveler_id
        AND (up.cutoff IS NULL OR m.recorded_at <= up.cutoff)
), counted AS (
    SELECT up.line_id, up.lot_id, BOOL_OR(r.acceptance_signature_id IS NOT NULL) AS is_verified
    FROM up JOIN subcontract_receipt r ON r.line_id = up.line_id AND r.traveler_id = up.traveler_id
        AND (up.cutoff IS NULL OR r.recorded_at <= up.cutoff)
    GROUP BY up.line_id, up.lot_id
), held AS (
    SELECT f.line_id, t.*, t.quantity_started
        - COALESCE((SELECT SUM(q.quantity) FROM routes_quantitymove q WHERE q.traveler_id = t.id), 0)
        - COALESCE((SELECT SUM(c.quantity_started) FROM routes_traveler c WHERE c.parent_id = t.id), 0) AS quantity
    FROM family f JOIN routes_traveler t ON t.id = f.lot_id WHERE t.state IN ('open', 'complete')
)
SELECT held.number AS lot,
    CASE WHEN went.lot_id IS NULL THEN 'to_send' WHEN counted.is_verified THEN 'to_leave'
        WHEN hv.kind = 'shop' OR counted.lot_id IS NOT NULL OR hs.id <> site.id THEN 'to_verify'
        ELSE 'outside' END AS place,
    CASE WHEN went.lot_id IS NOT NULL OR hv.kind = 'vendor' THEN hv.name || ', ' || hs.name END AS holder,
    CASE WHEN went.lot_id IS NOT NULL THEN h.moved_on END AS since, hv.kind = 'vendor' AS is_away,
    counted.lot_id IS NOT NULL AS is_counted,
    o.number AS "order", line.line_number, v.number AS vendor_number, v.name AS vendor, site.name AS site,
    op.name AS operation, held.quantity::int, sent.pieces::int AS sent, COALESCE(back.returned, 0)::int AS returned,
    COALESCE(back.scrapped, 0)::int AS scrapped, COALESCE(back.short, 0)::int AS short, o.ordered_on, o.due_on,
    p.number AS part_number, made.revision AS part_revision, p.name AS part_name,
    c.number AS customer_number, c.name AS customer, co.number AS customer_order, co.po_number,
    COALESCE(timing.printed_name, '') AS timing_owner, COALESCE(incoming.printed_name, '') AS incoming_owner
FROM held
JOIN subcontract_outsideorderline line ON line.id = held.line_id
JOIN subcontract_outsideorder o ON o.id = line.order_id
JOIN portal_site site ON site.id = o.site_id
JOIN portal_organization v ON v.id = site.organization_id
JOIN sent ON sent.line_id = held.line_id
LEFT JOIN back ON back.line_id = held.line_id
LEFT JOIN holder h ON h.line_id = held.line_id AND h.lot_id = held.id
LEFT JOIN went ON went.line_id = held.line_id AND went.lot_id = held.id
LEFT JOIN counted ON counted.line_id = held.line_id AND counted.lot_id = held.id
LEFT JOIN portal_site hs ON hs.id = h.to_site_id
LEFT JOIN portal_organization hv ON hv.id = hs.organization_id
JOIN routes_travelerstep s ON s.id = line.step_id
JOIN routes_operation op ON op.id = s.operation_id
LEFT JOIN portal_person timing ON timing.id = s.timing_owner_id
LEFT JOIN portal_person incoming ON incoming.id = s.incoming_owner_id
JOIN routes_routerevision rr ON rr.id = held.route_revision_id
JOIN routes_partrevision made ON made.id = rr.part_revision_id
JOIN routes_part p ON p.id = made.part_id
JOIN routes_orderline ol ON ol.id = held.order_line_id
JOIN routes_customerorder co ON co.id = ol.order_id
JOIN portal_organization c ON c.id = co.customer_id
WHERE held.quantity > 0 AND (counted.is_verified IS NOT TRUE OR hs.id = site.id)
ORDER BY o.due_on, held.number, line.id
"""


@dataclass(frozen=True)
class Whereabouts:
    """One lot on one outside order line: who holds it, since when, when it is due and who must act.

    Units:   pieces; `quantity` is what this lot holds, the others are sums over the whole line. `days_late` counts
             from the day the order is due.
    """

    lot: str
    place: str
    holder: str
    since: date
    order: str
    line_number: int
    vendor_number: str
    vendor: str
    operation: str
    quantity: int
    sent: int
    returned: int
    scrapped: int
    short: int
    due_on: date
    days_late: int
    part_number: str
    part_revision: str
    part_name: str
    customer_number: str
    customer: str
    customer_order: str
    po_number: str
    must_act: str
    next_step: str


@dataclass(frozen=True)
class Asked:
    """What somebody wants to see; empty asks for everything. Vendor and customer are named by their numbers."""

    vendor: str = ""
    customer: str = ""
    is_late: bool = False


def followed_by(person: Person) -> QuerySet[OutsideOrderLine]:
    """Return the running outside lines whose pieces a person may follow: a customer those of its own orders."""
    # what is verified where it lies is still there when its order is closed
    lying = Q(
        order__state=OutsideOrder.CLOSED,
        receipts__delegation__isnull=False,
        receipts__traveler__state__in=[Traveler.OPEN, Traveler.COMPLETE],
    )
    running = OutsideOrderLine.objects.filter(Q(order__state__in=RUNNING) | lying).distinct()
    if person.is_shop or person.is_vendor:
        return running.for_viewer(person)
    return running.filter(traveler__order_line__order__in=CustomerOrder.objects.for_viewer(person))


def whereabouts(*, person: Person, today: date, asked: Asked | None = None) -> list[Whereabouts]:
    """Return every open lot that is ordered out, away, or back and not verified, those due first on top.

    The same number of statements for any number of lots. Outsiders are told the shop's name where one of its people
    must act; a vendor is told no customer.

    Units:   pieces.
    Source:  AS9100D 8.5.4 and 8.4.2 (control of product at external providers until it is verified).
    """
    asked, lines = asked or Asked(), followed_by(person)
    if asked.vendor:
        lines = lines.filter(order__site__organization__number=asked.vendor)
    if asked.customer and not person.is_vendor:
        lines = lines.filter(traveler__order_line__order__customer__number=asked.customer)
    keys = list(lines.order_by("pk").values_list("pk", flat=True))
    if not keys:
        return []
    shop = Organization.objects.filter(kind=Organization.SHOP).order_by("pk").first()
    with connection.cursor() as cursor:
        cursor.execute(WHEREABOUTS, {"lines": keys})
        names = [column.name for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    # pieces verified where they lie are told once: by the order they go on to, if there is one
    going_on = {row["lot"] for row in rows if row["place"] != TO_LEAVE}
    rows = [row for row in rows if row["place"] != TO_LEAVE or row["lot"] not in going_on]
    found = [_told(row, person, shop.name if shop else "", today) for row in rows]
    return [each for each in found if each.days_late or not asked.is_late]


def _told(row: dict, person: Person, shop: str, today: date) -> Whereabouts:
    """Say of one row who must act and what comes next, in the words of whoever asks."""
    is_away, is_counted = row.pop("is_away"), row.pop("is_counted")
    site, timing, incoming = row.pop("site"), row.pop("timing_owner"), row.pop("incoming_owner")
    ordered_on, place, pieces = row.pop("ordered_on"), row["place"], _pieces(row["quantity"])
    if place == TO_SEND:
        act = (
            timing,
            _("Send %(pieces)s to %(place)s.") % {"pieces": pieces, "place": f"{row['vendor']}, {site}"},
        )
    elif place == TO_LEAVE:
        act = timing, _("Send %(pieces)s on from there, ship them, or bring them home.") % {"pieces": pieces}
    elif place == TO_VERIFY and is_away and not is_counted:
        act = (
            row["holder"].rpartition(", ")[0],
            _("Count and verify %(pieces)s in our place.") % {"pieces": pieces},
        )
    elif place == TO_VERIFY:
        act = incoming, _("Verify count, identity and condition of %(pieces)s.") % {"pieces": pieces}
    else:
        act = (
            row["holder"].rpartition(", ")[0],
            _("Finish %(work)s and return %(pieces)s.") % {"work": row["operation"], "pieces": pieces},
        )
    is_theirs = place == OUTSIDE or (is_away and place == TO_VERIFY and not is_counted)
    if not is_theirs and not (person.is_shop and act[0]):
        act = shop, act[1]
    if person.is_vendor and is_away and row["holder"].rpartition(", ")[0] != row["vendor"]:
        # a vendor learns of no other one
        row["holder"] = ANOTHER
        act = (ANOTHER, act[1]) if is_theirs else act
    if person.is_vendor:
        row |= {"customer": "", "customer_number": "", "customer_order": "", "po_number": ""}
    return Whereabouts(
        **row
        | {
            "holder": row["holder"] or shop,
            "since": row["since"] or ordered_on,
            "days_late": max((today - row["due_on"]).days, 0),
            "must_act": act[0],
            "next_step": act[1],
        }
    )


def _pieces(quantity: int) -> str:
    return ngettext("%(n)s piece", "%(n)s pieces", quantity) % {"n": quantity}
