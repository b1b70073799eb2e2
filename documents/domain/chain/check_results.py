"""RESULTS: every planned check has its results, inside the limits, taken with good gauges, in completed inspections."""

from __future__ import annotations

from dataclasses import replace

from documents.domain.chain import elsewhere
from documents.domain.chain.lot_facts import LotFacts, ResultFacts, StepFacts
from documents.domain.chain.slots import MISSING, NOBODY, REJECTED, REVIEW, Demand, Slot, start
from documents.domain.chain.undone import said

SHOWN = 5


def check(facts: LotFacts) -> list[Slot]:
    """Return one slot for each operation with planned checks.

    Source:  AS9100D 8.6 and 7.1.5.2 (measurement traceability); AS9102 Form 3; the sampling rule of each check is
             part of the released route.
    """
    if not facts.results:
        demand = Demand("RESULTS", facts.number, "Planned checks have results.", "AS9100D 8.6")
        return [demand.not_applicable(f"Route {facts.route} plans no check.")]
    return [_operation(facts, result) for result in facts.results]


def _operation(facts: LotFacts, result: ResultFacts) -> Slot:
    step = facts.step_at(result.place)
    words = step.words if step else f"operation {result.sequence}"
    record = next(
        (each for each in facts.inspections if each.place == result.place),
        None,
    )
    demand = Demand(
        "RESULTS",
        facts.number,
        f"{start(words)}: {_checks(result.planned)} inside their limits.",
        f"Route {facts.route}, {words}",
        owner=(step.timing_owner if step else "") or facts.owner,
        subject=result.subject,
        **_place(facts, record),
    )
    if answer := _bad_values(facts, result, words, demand):
        return answer
    if step and step.is_elsewhere:
        return elsewhere.judge(facts, demand, proves="results", step=step)
    if result.short:
        return _incomplete(facts, step, result, words, demand)
    if record is None or record.state != "completed":
        name = f"Inspection {record.number}" if record else f"The inspection of {words}"
        again = said(facts, f"inspection {record.number}") if record else ""
        return demand.open(
            REVIEW,
            f"{name} of lot {facts.number} has its values and is not completed. Complete and sign it.{again}",
            owner=record.inspector if record else demand.owner,
        )
    checks = f"{result.planned} check{'s' if result.planned != 1 else ''}"
    return demand.accepted(
        f"{record.number}: {result.values} value{'s' if result.values != 1 else ''} for {checks}"
    )


def _bad_values(facts: LotFacts, result: ResultFacts, words: str, demand: Demand) -> Slot | None:
    balloons = {
        "is outside its limits and no nonconformance is open for it. Open one and decide": result.failing,
        "contradicts the verdict of its source. Void the value and measure again": result.contradicted,
    }
    # a nonconformance with its concession is the way to let a value pass, a judgement that of doubtful readings
    strict = replace(demand, waived_by=NOBODY)
    for what, named in balloons.items():
        if named:
            sentence = f"{start(words)} of lot {facts.number}: characteristic {_some(named)} {what}."
            return strict.open(REJECTED, sentence, owner=facts.owner)
    if result.bad_gauges:
        return demand.open(
            REJECTED,
            f"{start(words)} of lot {facts.number}: gauge {_some(result.bad_gauges)} had no calibration in force "
            "on the day it was used. Measure again with a calibrated gauge, or record the calibration.",
            owner=facts.owner,
        )
    if result.doubts:
        return _in_doubt(facts, result, words, strict)
    return None


def _in_doubt(facts: LotFacts, result: ResultFacts, words: str, demand: Demand) -> Slot:
    """Stop readings of a gauge found out of tolerance since, until somebody has decided on them.

    Source:  ISO 9001:2015 7.1.5.2 (the validity of previous results is determined); release rule 45.
    """
    first, more = result.doubts[0], len(result.doubts) - 1
    place = {"number": first.gauge, "day": first.found_on.isoformat()}
    return demand.open(
        REJECTED,
        f"{start(words)} of lot {facts.number}: readings of gauge {first.words}, are in doubt"
        f"{f', and those of {more} more' if more else ''}. Measure again with a good gauge and withdraw them, or have "
        "quality judge them.",
        owner=facts.owner,
        url_name="inspection:readings-detail",
        url_kwargs=place,
    )


def _incomplete(
    facts: LotFacts, step: StepFacts | None, result: ResultFacts, words: str, demand: Demand
) -> Slot:
    earlier = [each for each in facts.steps if each.sequence < result.sequence and not each.is_done]
    if not result.values and earlier:
        return demand.waiting(f"{start(words)} waits for {earlier[0].words}.")
    return demand.open(
        MISSING,
        f"{start(words)} of lot {facts.number} has {result.complete} of {result.planned} checks complete. "
        f"Measured so far: characteristic {_some(result.short)}. Measure the rest.",
        due_on=facts.due_on,
    )


def _checks(planned: int) -> str:
    return f"{planned} planned checks have results" if planned != 1 else "1 planned check has results"


def _place(facts: LotFacts, record) -> dict:
    if record is None:
        return {}
    return {"url_name": "inspection:record-detail", "url_kwargs": {"number": record.number}}


def _some(names: tuple[str, ...]) -> str:
    rest = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + rest
