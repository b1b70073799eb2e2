"""LOCK: the setup as run is one of the approved set, or every difference is decided or routine."""

from __future__ import annotations

from documents.domain.chain.lot_facts import LotFacts, RunFacts, StepFacts
from documents.domain.chain.slots import HOUSE, MISSING, REVIEW, Demand, Slot
from documents.domain.chain.undone import said


def check(facts: LotFacts) -> list[Slot]:
    """Return one slot for each machine operation with locked setups.

    A difference the lock policy in force calls routine asks nothing; every other one waits for a disposition.
    Source:  AS9100D 8.5.1.2 (control of production equipment, tools and software); AS9102 Rev C 4.6.
    """
    machined = [step for step in facts.steps_of("machine") if step.has_setup]
    if not machined:
        demand = Demand("LOCK", facts.number, "The setup as run is an approved one.", "AS9100D 8.5.1.2")
        return [demand.not_applicable(f"No operation of route {facts.route} has a locked setup.")]
    return [_step(facts, step) for step in machined]


def _step(facts: LotFacts, step: StepFacts) -> Slot:
    demand = Demand(
        "LOCK",
        facts.number,
        f"The setup run at {step.words} is an approved one.",
        "AS9100D 8.5.1.2",
        owner=step.quality_owner or facts.owner,
        subject=step.subject,
        waived_by=HOUSE,
    )
    if step.is_elsewhere:
        return demand.not_applicable(
            f"{step.opening} was done before lot {facts.number} came in; the setup it ran with is not on record here."
        )
    runs = [run for run in facts.runs if run.place == step.place]
    if not runs and not step.is_signed:
        return demand.waiting(f"{step.opening} has not been run yet.")
    if not runs:
        return demand.open(
            MISSING,
            f"{step.opening} of lot {facts.number} is signed and no setup was recorded for it. "
            "Record the fixture and program that were on the machine.",
            owner=step.timing_owner or facts.owner,
        )
    undecided = [(run, difference) for run in runs for difference in run.differences if difference.is_open]
    if undecided:
        run, difference = undecided[0]
        field = difference.field.replace("_", " ")
        again = said(facts, f"setup difference {field} at {step.number}")
        more = f" {len(undecided) - 1} more differ." if len(undecided) > 1 else ""
        return demand.open(
            REVIEW,
            f"{step.opening} ran {_with(field, difference.as_run)}; {_nearest(run)} names "
            f"{difference.locked or 'none'}.{more} Decide on the difference.{again}",
            since=run.recorded_on,
        )
    return demand.accepted(f"{len(runs)} setup run{'s' if len(runs) > 1 else ''} recorded{_routine(runs)}")


def _with(field: str, as_run: str) -> str:
    """Say what was on the machine, whether its name is one thing or several."""
    return f"with {field} {as_run}" if as_run else f"without {field}"


def _nearest(run: RunFacts) -> str:
    """Name the setup a run is held against; runs of old do not know it."""
    return f"setup {run.setup}, the nearest approved," if run.setup else "the lock"


def _routine(runs: list[RunFacts]) -> str:
    """Say what differed without a question, and by which policy."""
    routine = sorted(
        {(each.routine_by, each.field) for run in runs for each in run.differences if each.routine_by}
    )
    policies = sorted({policy for policy, _ in routine})
    words = [
        f"{' and '.join(field.replace('_', ' ') for by, field in routine if by == policy)} routine by {policy}"
        for policy in policies
    ]
    return f"; {'; '.join(words)}" if words else ""
