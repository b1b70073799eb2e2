"""The panel of a lot page that says what was recorded elsewhere and what of it is still owed."""

from __future__ import annotations

from django import template

from portal.models import Event
from routes.domain.proofs import brought_in_lot, proofs_of
from routes.models import RecordedElsewhere, Traveler
from routes.permissions import FLOOR, PLANNERS

register = template.Library()


@register.inclusion_tag("routes/elsewhere_panel.html", takes_context=True)
def recorded_elsewhere(context: template.Context, record: Traveler) -> dict:
    """Show the scans of a brought-in lot: `{% recorded_elsewhere record %}`; nothing for a lot made here."""
    came_in = brought_in_lot(record)
    if came_in is None:
        return {"proofs": []}
    person = context["request"].user
    proofs = proofs_of(record)
    is_here = record.state not in (Traveler.SHIPPED, Traveler.CLOSED)
    told = Event.objects.for_viewer(person).filter(verb="bring in", noun="lot", number=came_in.number).first()
    return {
        "record": record,
        "came_in": came_in,
        "reason": told.data.get("reason", "") if told else "",
        "proofs": [
            {
                "proof": each,
                "may_review": is_here
                and each.state == RecordedElsewhere.RECORDED
                and person.role in PLANNERS
                and each.record.recorded_by_id != person.pk,
                "may_undo": is_here
                and each.state in (RecordedElsewhere.REVIEWED, RecordedElsewhere.REJECTED)
                and person.role in PLANNERS
                and person.pk not in (each.record.recorded_by_id, each.record.review_signature.person_id),
                "is_owed": is_here and each.state in ("missing", RecordedElsewhere.REJECTED),
            }
            for each in proofs
        ],
        "owed": sum(each.state in ("missing", RecordedElsewhere.REJECTED) for each in proofs),
        "waiting": sum(each.state == RecordedElsewhere.RECORDED for each in proofs),
        "may_add": is_here and person.role in FLOOR,
    }
