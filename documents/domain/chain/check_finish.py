"""FINISH: each characteristic is checked on the side of the finish the drawing means, in the latest pass."""

from __future__ import annotations

from documents.domain.chain import elsewhere
from documents.domain.chain.lot_facts import CharacteristicFacts, LotFacts, StepFacts
from documents.domain.chain.slots import MISSING, REJECTED, Demand, Slot


def check(facts: LotFacts) -> list[Slot]:
    """Return whether before- and after-finish demands are planned, and inspected on the right side.

    A characteristic whose side the drawing leaves open needs a check on either side.

    Source:  ASME Y14.5-2018 4.1 (dimensions and finishes); release rule 27.
    """
    finishes = [step for step in facts.steps if step.changes_surface]
    demand = Demand(
        "FINISH",
        facts.number,
        "Each characteristic is checked on its side of the finish.",
        "Release rule 27",
        owner=facts.owner,
    )
    if not finishes:
        return [demand.not_applicable(f"No operation of route {facts.route} changes the surface.")]
    demanded = [each for each in facts.characteristics if not each.is_reference]
    unplanned = [words for each in demanded if (words := _unplanned(each))]
    if unplanned:
        return [
            demand.open(
                MISSING,
                f"Route {facts.route} does not check {'; '.join(unplanned[:5])}"
                f"{f' and {len(unplanned) - 5} more' if len(unplanned) > 5 else ''}. "
                "Plan the checks on a new route revision.",
                url_name="routes:route-detail",
                url_kwargs={"number": facts.route},
            )
        ]
    return [_right_side(facts, finishes[-1], demand, demanded)]


def _unplanned(characteristic: CharacteristicFacts) -> str:
    lacks_before = characteristic.side in ("before", "both") and not characteristic.before
    lacks_after = characteristic.side in ("after", "both") and not characteristic.after
    lacks_any = not characteristic.before and not characteristic.after
    if not (lacks_before or lacks_after or lacks_any):
        return ""
    sides = " and ".join(
        words for words, lacks in (("before", lacks_before), ("after", lacks_after)) if lacks
    )
    return f"characteristic {characteristic.balloon} {sides + ' the finish' if sides else 'anywhere'}"


def _right_side(
    facts: LotFacts, finish: StepFacts, demand: Demand, demanded: list[CharacteristicFacts]
) -> Slot:
    before = {sequence for each in demanded for sequence in each.before}
    after = {sequence for each in demanded for sequence in each.after}
    steps = {step.sequence: step for step in facts.steps}
    wrong = [steps[number] for number in sorted(before) if number in steps and number > finish.sequence]
    wrong += [steps[number] for number in sorted(after) if number in steps and number < finish.sequence]
    if wrong:
        return demand.open(
            REJECTED,
            f"{wrong[0].opening} stands on the wrong side of {finish.words} on route {facts.route}. "
            "Move the check on a new route revision.",
        )
    inspected = [steps[number] for number in sorted(after) if number in steps]
    early = [
        each
        for each in inspected
        if each.signed_at and finish.signed_at and each.signed_at < finish.signed_at
    ]
    if early:
        return demand.open(
            REJECTED,
            f"{early[0].opening} of lot {facts.number} was done before the latest {finish.words}. "
            "Repeat it in a new pass.",
        )
    waiting = [each for each in (finish, *inspected) if not each.is_done]
    if waiting:
        return demand.waiting(f"{waiting[0].opening} is not done yet.")
    for each in inspected:
        if each.is_elsewhere:
            slot = elsewhere.follow(facts, demand, proves="results", step=each)
            if not slot.is_closed:
                return slot
    return demand.accepted(
        f"checked after {finish.words}: {', '.join(str(each.sequence) for each in inspected)}"
    )
