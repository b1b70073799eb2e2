"""What of a lot's way was changed for it alone: the amendments that are its own, and what they ask of its steps."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from portal.domain.errors import NotTheMoment
from routes.domain.lots import lineage
from routes.models import Traveler, TravelerAmendment, TravelerStep

TOUCHING_A_STEP = (TravelerAmendment.REDLINE, TravelerAmendment.SKIP)


class AmendmentUndecided(NotTheMoment):
    """Somebody proposed to change this step, or to add one before it, and nobody has decided."""

    code = "amendment-undecided"


def amendments_of(traveler: Traveler) -> list[TravelerAmendment]:
    """Return the amendments of a lot, the first first: its own, and those approved before it was split off.

    What was still open at the split, refused or withdrawn concerns the ancestor alone.
    """
    wanted = Q()
    for lot, cutoff in lineage(traveler):
        own = Q(traveler=lot)
        approved = Q(state=TravelerAmendment.APPROVED, decided_at__lte=cutoff)
        wanted |= own if cutoff is None else own & approved
    found = TravelerAmendment.objects.filter(wanted).select_related(
        "traveler", "step__operation", "operation", "proposed_by", "signature"
    )
    return list(found.order_by("pk"))


def redlines_by_step(
    steps: Iterable[TravelerStep], amendments: Iterable[TravelerAmendment]
) -> dict[int, list[TravelerAmendment]]:
    """Return the approved redlines that hold at each step, by its key; a further pass begins with the route's words."""
    at: dict[tuple[int, int], list[TravelerAmendment]] = {}
    for each in amendments:
        if each.kind == TravelerAmendment.REDLINE and each.state == TravelerAmendment.APPROVED:
            at.setdefault((each.step.operation_id, each.step.pass_number), []).append(each)
    return {step.pk: at.get((step.operation_id, step.pass_number), []) for step in steps}


def skipped_or_added_by(
    step: TravelerStep, amendments: Iterable[TravelerAmendment]
) -> TravelerAmendment | None:
    """Return the approved amendment by which a step is skipped, or is there at all; None for a step of the route."""
    for each in amendments:
        if each.state != TravelerAmendment.APPROVED:
            continue
        is_added = each.operation_id is not None and each.operation_id == step.operation_id
        is_skipped = step.state == TravelerStep.SKIPPED and each.step_id == step.pk
        if is_added or (is_skipped and each.kind == TravelerAmendment.SKIP):
            return each
    return None


def redlines_of(step: TravelerStep) -> list[TravelerAmendment]:
    """Return the approved redlines that hold at one step, the first first."""
    return redlines_by_step([step], amendments_of(step.traveler))[step.pk]


def open_amendments_before(traveler: Traveler, step: TravelerStep) -> list[TravelerAmendment]:
    """Return what stops the signing of a step: proposals that touch it, or that would put another one before it."""
    touches = Q(step=step)
    comes_before = Q(kind=TravelerAmendment.ADD, sequence__lt=step.operation.sequence)
    found = TravelerAmendment.objects.filter(touches | comes_before, traveler=traveler)
    return list(found.filter(state=TravelerAmendment.PROPOSED).order_by("pk"))


def require_amendments_decided(traveler: Traveler, step: TravelerStep) -> None:
    """Refuse a step while it is open whether, or by which words, it is to be done.

    Raises:  AmendmentUndecided naming each amendment.
    """
    if waiting := open_amendments_before(traveler, step):
        raise AmendmentUndecided(undecided_sentence(step, waiting))


def undecided_sentence(step: TravelerStep, waiting: Iterable[TravelerAmendment]) -> str:
    """Say which proposals a step waits for, and who ends that."""
    named = "; ".join(
        f"{each.number} ({each.get_kind_display().lower()}: {each.reason.rstrip('.')})" for each in waiting
    )
    return (
        f"Step {step.number} {step.operation.name} waits for a decision on {named}. A quality engineer other than "
        "who proposed it approves or refuses it; who proposed it may withdraw it."
    )


def what_it_changes(amendment: TravelerAmendment) -> str:
    """Return in words which operations an amendment touches: "operation 25 Deburr", "operations 20 and 30"."""
    if amendment.step is not None:
        operation = amendment.step.operation
        further = f", pass {amendment.step.pass_number}" if amendment.step.pass_number > 1 else ""
        return f"operation {operation.sequence} {operation.name}{further}"
    if amendment.kind == TravelerAmendment.ADD:
        return f"operation {amendment.sequence} {amendment.name}"
    *most, last = [str(sequence) for sequence in amendment.repeated]
    return f"operations {', '.join(most)} and {last}" if most else f"operation {last}"
