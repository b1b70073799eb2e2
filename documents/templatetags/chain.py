"""The chain of a lot on pages of earlier rooms: recomputed at every look, never kept."""

from __future__ import annotations

from typing import Any

from django import template

from documents.domain.chain import check_lots
from documents.domain.comparison import KeyComparison
from documents.models import Shipment
from documents.views.slots import findings_of, strip_of

register = template.Library()

# how the comparison component names a verdict
LOOKS = {"normalised": "same"}


@register.simple_tag(takes_context=True)
def lot_chain(context: template.Context, traveler) -> dict[str, Any] | None:
    """Return strip, findings and counts of one lot for people of the shop: `{% lot_chain record as found %}`.

    A lot on a shipment is judged for that shipment, so that its certificate of conformity and files count.
    """
    request = context.get("request")
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated or not person.is_shop:
        return None
    shipment = Shipment.objects.filter(lines__traveler=traveler, lines__is_active=True).first()
    slots = check_lots([traveler], shipment=shipment).get(traveler.number, [])
    codes = dict.fromkeys(slot.code for slot in slots)
    still_open = {slot.code for slot in slots if not slot.is_closed}
    stopped = {slot.code for slot in slots if slot.stops}
    return {
        "slots": strip_of(slots),
        "counted": len(codes),
        "closed": len(codes) - len(still_open),
        "stops": len(stopped),
        "waits": len(still_open - stopped),
        **findings_of(slots, viewer=person, several_lots=False),
    }


@register.filter
def look(key: KeyComparison) -> str:
    """Return the state by which the verdict of one key is shown."""
    return LOOKS.get(key.verdict, key.verdict)
