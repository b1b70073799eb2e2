"""What may not be changed for one lot alone: what drawing, order, specification or first article rest on.

An amendment is the shop's own paper. Whatever somebody else asked for is changed where it was asked for: in the
route by a new revision, or with the customer (docs/decisions/0032).
"""

from __future__ import annotations

import re

from portal.domain.errors import NotTheMoment, Refused
from routes.models import (
    LineClause,
    NoteMapping,
    Operation,
    PackingDemand,
    PlannedCheck,
    Setup,
    Traveler,
    TravelerStep,
)

# what asks for no specification, no approved setup and no measurement of its own
MAY_BE_ADDED = (Operation.DEBURR, Operation.WASH, Operation.MARK)
# what takes material off or presses into it: somebody must inspect it afterwards
TOUCHES_THE_PART = (Operation.DEBURR, Operation.MARK)
WHY_BY_KIND = {
    Operation.MATERIAL: "it gives the lot its material",
    Operation.INSPECT: "it is an inspection",
    Operation.OUTSIDE: "it is done outside, and its certificate is part of the proof",
}
NUMBERED = re.compile(r"^(?:operation|op\.?)?\s*([0-9]+)\b", re.IGNORECASE)


class MayNotBeSkipped(Refused):
    """Somebody other than the shop rests on this operation."""

    code = "may-not-be-skipped"


class MayNotBeRedlined(Refused):
    """The words of the traveler do not reach whoever does this work."""

    code = "may-not-be-redlined"


class DoesNotFitTheWay(Refused):
    """An operation of this kind cannot stand at this place of the lot's way."""

    code = "does-not-fit-the-way"


def require_skippable(lot: Traveler, step: TravelerStep) -> None:
    """Refuse to pass a step over when anything but the shop's own plan asks for it.

    Raises:  MayNotBeSkipped naming every note, clause, characteristic, specification or setup.
    Source:  AS9100D 8.2.4 and 8.5.6; AS9102 4.6 (a change of the process asks for a first article anew).
    """
    operation = step.operation
    if reasons := why_not_skipped(lot, step):
        customer = lot.order_line.order.customer.name
        raise MayNotBeSkipped(
            f"Operation {operation.sequence} {operation.name} of lot {lot.number} may not be skipped: "
            f"{'; '.join(reasons)}. Change the route by a new revision, or ask {customer} to change what asks for it."
        )


def why_not_skipped(lot: Traveler, step: TravelerStep) -> list[str]:
    """Return everything that rests on one step of a lot, each in words."""
    operation = step.operation
    reasons = [WHY_BY_KIND[operation.kind]] if operation.kind in WHY_BY_KIND else []
    if step.pass_number > 1:
        reasons.append(f"it is repeated in pass {step.pass_number} because its work did not stand")
    if operation.specification is not None and operation.kind not in WHY_BY_KIND:
        reasons.append(f"it is done to {operation.specification}")
    if operation.changes_surface:
        reasons.append("it changes the surface, and measurements count before or after it")
    if Setup.objects.filter(operation=operation).exists():
        reasons.append("its setup is part of the approved process")
    return [*reasons, *_asked_by_drawing(operation), *_asked_by_order(lot, operation)]


def _asked_by_drawing(operation: Operation) -> list[str]:
    mapped = NoteMapping.objects.filter(operation=operation).select_related("note").order_by("note_id")
    checks = PlannedCheck.objects.filter(operation=operation).select_related("characteristic")
    return [
        *(
            f"it answers drawing note {each.note.note_number} ({each.note.text.rstrip('.')})"
            for each in mapped
        ),
        *(
            f"characteristic {each.characteristic.balloon} ({each.characteristic.name}) is measured at it"
            for each in checks.order_by("characteristic__position", "pk")
        ),
    ]


def _asked_by_order(lot: Traveler, operation: Operation) -> list[str]:
    reasons = []
    carried = LineClause.objects.filter(order_line=lot.order_line_id).select_related("clause").order_by("pk")
    for each in carried:
        if each.answer == LineClause.NOT_APPLICABLE:
            continue
        if each.point_at == operation.sequence:
            reasons.append(
                f"clause {each.clause} ({each.clause.title.rstrip('.')}) makes work wait before it"
            )
        elif each.answer == LineClause.OPERATION and _names(each.answered_by, operation):
            reasons.append(f"it answers clause {each.clause} ({each.clause.title.rstrip('.')})")
    if operation.kind in (Operation.PACK, Operation.MARK):
        demands = PackingDemand.objects.filter(order_line=lot.order_line_id, is_withdrawn=False)
        reasons += [f"the order asks for it ({each})" for each in demands.order_by("position")]
    return reasons


def _names(words: str, operation: Operation) -> bool:
    """Say whether an answer means this operation: by the number it begins with, else by its name."""
    if found := NUMBERED.match(words.strip()):
        return int(found[1]) == operation.sequence
    return operation.name.lower() in words.lower()


def require_redlinable(lot: Traveler, step: TravelerStep) -> None:
    """Refuse words beside an outside operation: a processor reads its order, not the traveler.

    Raises:  MayNotBeRedlined.
    """
    operation = step.operation
    if operation.kind == Operation.OUTSIDE:
        raise MayNotBeRedlined(
            f"Operation {operation.sequence} {operation.name} of lot {lot.number} is done outside, where nobody reads "
            "this traveler. Write it on the outside order, or change the route by a new revision."
        )


def require_addable(lot: Traveler, steps: list[TravelerStep], sequence: int, kind: str) -> None:
    """Refuse an operation that needs a plan of its own, or that nobody would inspect where it would stand.

    1. deburr, wash and mark only: machining has a locked setup, other kinds a specification, checks or papers;
    2. between two operations, and before none that was done already;
    3. what touches the part is inspected after it on the same side of a finish, and nothing is taken off a finish.

    Raises:  DoesNotFitTheWay; NotTheMoment when the lot has passed the place.
    Source:  AS9100D 8.5.1 and 8.5.6; 8.6 (verified before release).
    """
    words = dict(Operation.KINDS)
    if kind not in MAY_BE_ADDED:
        allowed = ", ".join(words[each].lower() for each in MAY_BE_ADDED)
        raise DoesNotFitTheWay(
            f"An operation of kind {words.get(kind, kind).lower()} cannot be added to lot {lot.number} alone: it needs "
            f"a setup, a specification or checks of its own, which only a route has. Possible are: {allowed}."
        )
    before = [step for step in steps if step.operation.sequence < sequence]
    after = [step for step in steps if step.operation.sequence > sequence]
    if len(before) + len(after) < len(steps):
        raise DoesNotFitTheWay(
            f"Lot {lot.number} has an operation {sequence} already. Choose a free number between two operations."
        )
    if not before or not after:
        raise DoesNotFitTheWay(
            f"Operation {sequence} would not stand between two operations of lot {lot.number}. "
            f"Choose a number between {steps[0].operation.sequence} and {steps[-1].operation.sequence}."
        )
    _require_not_passed(lot, after, sequence)
    if kind in TOUCHES_THE_PART:
        _require_verified(lot, before, after, sequence, kind)


def _require_not_passed(lot: Traveler, after: list[TravelerStep], sequence: int) -> None:
    passed = [step for step in after if step.state in (TravelerStep.SIGNED, TravelerStep.ELSEWHERE)]
    if passed:
        done = passed[0].operation
        raise NotTheMoment(
            f"Operation {done.sequence} {done.name} of lot {lot.number} was done already, so nothing can be added at "
            f"{sequence} before it. Choose a later place, or open a nonconformance and rework the lot."
        )


def _require_verified(
    lot: Traveler, before: list[TravelerStep], after: list[TravelerStep], sequence: int, kind: str
) -> None:
    finish = next((step.operation for step in before if step.operation.changes_surface), None)
    if kind == Operation.DEBURR and finish is not None:
        raise DoesNotFitTheWay(
            f"Operation {sequence} would take material off lot {lot.number} after operation {finish.sequence} "
            f"{finish.name} gave it its surface. Choose a place before it, or change the route by a new revision."
        )
    # an inspection counts for what was done before it on its own side of the finish
    here = _this_side_of_a_finish(before[::-1]), _this_side_of_a_finish(after)
    was_inspected, is_inspected = (
        any(step.operation.kind == Operation.INSPECT for step in side) for side in here
    )
    is_inspected_ever = any(step.operation.kind == Operation.INSPECT for step in (*before, *after))
    is_inspected_later = any(step.operation.kind == Operation.INSPECT for step in after)
    if is_inspected or (not was_inspected and is_inspected_later) or not is_inspected_ever:
        return
    raise DoesNotFitTheWay(
        f"Nobody would inspect lot {lot.number} after operation {sequence} any more, on this side of the finish. "
        "Choose a place before the inspection."
    )


def _this_side_of_a_finish(steps: list[TravelerStep]) -> list[TravelerStep]:
    """Return the steps up to the next one that changes the surface."""
    found = []
    for step in steps:
        if step.operation.changes_surface:
            break
        found.append(step)
    return found
