"""Undoing the signature of a step that was signed wrongly: it waits again, and the first signature stays readable."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from portal.domain.errors import NotTheMoment, Refused
from portal.domain.moves import lock, move
from portal.domain.reversals import undo_signature
from portal.models import Authority, Person, Reversal
from portal.permissions import require_quality
from routes.domain.lots import LotHasLeft, lock_lots, steps_of
from routes.domain.travelers import BY_LATER_ROOMS
from routes.models import Traveler, TravelerStep


class NotTheLastStep(NotTheMoment):
    """Work went on after the step was signed."""

    code = "not-the-last-step"


class StepIsShared(Refused):
    """Lots split off since then stand on the same signature."""

    code = "step-is-shared"


class StepUndoneElsewhere(NotTheMoment):
    """The step was signed by its inspection, which is what can be undone."""

    code = "step-undone-elsewhere"


def step_name(step: TravelerStep) -> str:
    """Return a step as reversals name it: step T-000312-60-1."""
    return f"step {step.number}"


@transaction.atomic
def undo_step(*, by: Person, step: TravelerStep, token: str, reason: str, judged_anew: str) -> Reversal:
    """Undo the signature of a production step; the step waits again and a complete lot is open again.

    1. the lot is here, and this is the last step signed on it, in its latest pass;
    2. no lot split off since then stands on the same signature;
    3. somebody of quality who did not sign it, with a fresh credential.

    Raises:  NotEntitled; LotHasLeft; StepUndoneElsewhere for a step its inspection signed; NotTheMoment for one that
             is not signed; NotTheLastStep; StepIsShared; SignerMayNotUndo; Incomplete; CredentialRefused.
    Source:  AS9100D 8.5.2 and 8.6 (status and evidence of acceptance are true); docs/decisions/0034.
    """
    require_quality(by, "undo signatures of steps")
    [lot] = lock_lots([step.traveler.number])
    if step.operation.kind in BY_LATER_ROOMS:
        raise StepUndoneElsewhere(
            f"Step {step.number} {step.operation.name} was signed by its inspection. Undo the completion of that "
            "inspection; the step opens with it."
        )
    current = require_step_can_open(lot, step)
    reversal = undo_signature(
        by=by,
        token=token,
        undone=current.signature,
        what=step_name(current),
        opened=[step_name(current)],
        lots=[lot.number],
        reason=reason,
        judged_anew=judged_anew,
        act=Authority.DISPOSITION,
        customer=lot.order_line.order.customer,
    )
    open_again(by=by, lot=lot, step=current, reversal=reversal)
    return reversal


def require_step_can_open(lot: Traveler, step: TravelerStep) -> TravelerStep:
    """Return the step under a lock when its signature can be undone; the lot is locked already.

    Raises:  LotHasLeft; NotTheMoment; NotTheLastStep; StepIsShared.
    """
    current = lock(step)
    what = f"Step {current.number} {current.operation.name}"
    if lot.state in (Traveler.SHIPPED, Traveler.CLOSED):
        raise LotHasLeft(
            f"Lot {lot.number} is {lot.get_state_display().lower()}, so the signature of step {current.number} stands "
            "as what left with it. Report a nonconformance on the lot, and tell the customer what was wrong."
        )
    if current.state != TravelerStep.SIGNED:
        raise NotTheMoment(f"{what} is {current.get_state_display().lower()}; there is no signature to undo.")
    _require_last(lot, current, steps_of(lot))
    _require_unshared(lot, current)
    return current


def _require_last(lot: Traveler, step: TravelerStep, steps: Sequence[TravelerStep]) -> None:
    place = (step.operation_id, step.pass_number)
    if place not in {(each.operation_id, each.pass_number) for each in steps}:
        raise NotTheLastStep(
            f"Operation {step.operation.sequence} of lot {lot.number} was repeated after step {step.number}, so the "
            "later pass counts. Undo that one if it is wrong too."
        )
    signed = [each for each in steps if each.state == TravelerStep.SIGNED]
    last = max(signed, key=lambda each: (each.signed_at, each.signature.signed_at))
    if last.pk != step.pk:
        raise NotTheLastStep(
            f"After step {step.number} of lot {lot.number}, {last.number} {last.operation.name} was signed. Undo that "
            f"first, or order rework of operation {step.operation.sequence}: it is then signed again in a further pass."
        )


def _require_unshared(lot: Traveler, step: TravelerStep) -> None:
    heirs = lot.children.filter(split_at__gte=step.signed_at).exclude(
        # split off before this was signed: it has a row of its own
        steps__in=TravelerStep.objects.filter(operation=step.operation_id, pass_number=step.pass_number)
    )
    if numbers := list(heirs.order_by("number").values_list("number", flat=True)):
        raise StepIsShared(
            f"Lot {', '.join(numbers)} stands on the signature of step {step.number} too, because lot {lot.number} was "
            f"split after it. Order rework of operation {step.operation.sequence} on each lot instead."
        )


def open_again(*, by: Person, lot: Traveler, step: TravelerStep, reversal: Reversal) -> TravelerStep:
    """Let a step wait again whose signature was undone; called by the verbs that undo one.

    What was recorded at the step (its setup, pieces that left) stays recorded.
    """
    said = {"reversal": reversal.number, "reason": reversal.reason}
    waiting = move(
        step,
        "undo",
        by=by,
        lots=[lot.number],
        data=said,
        signature=None,
        signed_at=None,
        late_reason="",
        quantity_in=None,
        quantity_out=None,
    )
    if lot.state == Traveler.COMPLETE:
        move(lot, "reopen", by=by, lots=[lot.number], data=said)
    return waiting
