"""The chain of a lot on pages of earlier rooms: recomputed at every look, never kept."""

from __future__ import annotations

from typing import Any

from django import template

from documents.domain.chain import judge
from documents.domain.chain.facts import read_facts
from documents.domain.chain.lot_facts import OutsideFacts
from documents.domain.chain.slots import NOT_IN_FORCE
from documents.domain.comparison import KeyComparison
from documents.views.lot_words import certificate_rows, clause_rows, dispatch_of, head_facts
from documents.views.slots import findings_of, left_out_of, strip_of
from portal.permissions import QUALITY
from routes.models import Traveler
from routes.permissions import EVIDENCE_BRINGERS

register = template.Library()

# how the comparison component names a verdict
LOOKS = {"normalised": "same", "unclear": "asked"}


@register.simple_tag(takes_context=True)
def lot_chain(context: template.Context, traveler) -> dict[str, Any] | None:
    """Return strip, findings and counts of one lot for people of the shop: `{% lot_chain record as found %}`.

    A lot on a shipment is judged for that shipment, so that its certificate of conformity and files count.
    """
    request = context.get("request")
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated or not person.is_shop:
        return None
    dispatch = dispatch_of(traveler)
    facts = read_facts([traveler.pk], shipment=dispatch.shipment, asked=True)
    lot = facts[traveler.number]
    slots = judge(lot)
    asked = [slot for slot in slots if slot.state != NOT_IN_FORCE]
    codes = dict.fromkeys(slot.code for slot in asked)
    still_open = {slot.code for slot in slots if not slot.is_closed}
    stopped = {slot.code for slot in slots if slot.stops}
    return {
        "lot": lot,
        "slots": strip_of(slots),
        "left_out": left_out_of(slots),
        "counted": len(codes),
        "closed": len(codes) - len(still_open),
        "stops": len(stopped),
        "waits": len(still_open - stopped),
        "facts": head_facts(lot, dispatch),
        "certificates": certificate_rows(lot, slots),
        "clauses": clause_rows(lot, slots),
        "may_show": person.role in EVIDENCE_BRINGERS
        and traveler.state not in (Traveler.SHIPPED, Traveler.CLOSED),
        "may_plan": person.role in QUALITY,
        "shipment": dispatch.shipment,
        "may_ship": person.role in QUALITY,
        **findings_of(slots, facts=facts, viewer=person, several_lots=False, deputies=dispatch.deputies),
    }


@register.filter
def sent_out(found: dict[str, Any] | None, step) -> OutsideFacts | None:
    """Return the outside order line one step of the lot went out on: `{% with line=found|sent_out:row.step %}`."""
    if not found:
        return None
    place = (step.operation.sequence, step.pass_number)
    return next((line for line in reversed(found["lot"].outside) if line.place == place), None)


@register.filter
def look(key: KeyComparison) -> str:
    """Return the state by which the verdict of one key is shown."""
    return LOOKS.get(key.verdict, key.verdict)
