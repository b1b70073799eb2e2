"""Undoing a wrong acceptance: what every such page shares, and the step of a lot."""

from __future__ import annotations

from typing import Any

from portal.permissions import QUALITY
from routes.domain import reversals
from routes.domain.travelers import BY_LATER_ROOMS
from routes.models import Traveler, TravelerStep
from routes.reversal_forms import UndoForm
from routes.views.pages import ShopVerb, act


class UndoVerb(ShopVerb):
    """Undo what somebody else signed; the record is shown afterwards, open again."""

    roles = QUALITY
    form_class = UndoForm
    submit_label = "Undo it"
    needs_reauth = True
    meaning = "Undid"
    is_danger = True
    done = "{result.number}: what {result.undone.printed_name} signed counts no more."

    def success_url(self, result) -> str:
        return self.cancel_url()


class StepUndo(UndoVerb):
    """Undo the signature of the last step signed on a lot."""

    model = TravelerStep
    heading = "Undo the signature of {record.operation.name}, lot {record.traveler.number}"
    lead = (
        "Step {record.number} waits again and is signed anew. The first signature stays readable, struck through. "
        "Another person of quality reviews the edit before the lot ships."
    )

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("traveler", "operation", "signature")

    def act(self, record, data, *, by, token=None):
        return reversals.undo_step(by=by, step=record, token=token, **data)

    def cancel_url(self) -> str:
        return self.record.traveler.get_absolute_url()


def undo_of_last_step(person, traveler: Traveler, steps: list[TravelerStep]) -> dict[int, dict[str, Any]]:
    """Return the act that undoes the last signature of a lot, by the key of its step; empty where there is none."""
    signed = [step for step in steps if step.state == TravelerStep.SIGNED]
    if person.role not in QUALITY or traveler.state in (Traveler.SHIPPED, Traveler.CLOSED) or not signed:
        return {}
    last = max(signed, key=lambda step: step.signed_at)
    is_mine = last.traveler_id == traveler.pk and last.signature.person_id != person.pk
    if not is_mine or last.operation.kind in BY_LATER_ROOMS:
        return {}
    return {last.pk: act("Undo", "step-undo", number=last.number)}
