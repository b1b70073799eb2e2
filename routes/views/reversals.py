"""Undoing a wrong acceptance: what every such page shares, and the step of a lot."""

from __future__ import annotations

from typing import Any

from portal.permissions import QUALITY
from routes.domain import decision_reversals, reversals
from routes.domain.travelers import BY_LATER_ROOMS
from routes.models import RecordedElsewhere, Traveler, TravelerStep
from routes.reversal_forms import UndoForm
from routes.views.pages import ShopVerb, act
from routes.views.steps import OfDifference


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


class ElsewhereUndo(UndoVerb):
    """Undo the decision on a scan of what was done before a lot came in."""

    model = RecordedElsewhere
    heading = "Undo the decision on {record.number}, lot {record.traveler.number}"
    lead = (
        "The scan waits for review again, and so does everything that was decided with the same signature. Neither who "
        "decided nor who added it may undo it."
    )

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("traveler", "review_signature")

    def act(self, record, data, *, by, token=None):
        return decision_reversals.undo_review(by=by, record=record, token=token, **data)

    def cancel_url(self) -> str:
        return f"{self.record.traveler.get_absolute_url()}#elsewhere"


class DifferenceUndo(OfDifference, UndoVerb):
    """Undo the decision on a difference from the locked setup."""

    lead = "The difference waits for a decision again. The first signature stays readable, struck through."

    def get_heading(self) -> str:
        return (
            f"Undo the decision on the {self.difference.field.replace('_', ' ')} at step {self.record.number}"
        )

    def act(self, record, data, *, by, token=None):
        return decision_reversals.undo_difference(by=by, difference=self.difference, token=token, **data)

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
