"""CUSTODY: every piece is with somebody we can name, and what left came back, was scrapped or reported short."""

from __future__ import annotations

from documents.domain.chain import elsewhere
from documents.domain.chain.lot_facts import LotFacts, OutsideFacts, StepFacts
from documents.domain.chain.slots import MISSING, NOBODY, REJECTED, Demand, Slot


def check(facts: LotFacts) -> list[Slot]:
    """Return one slot for each outside operation of the latest pass.

    Source:  AS9100D 8.5.2 and 8.5.4; release rule 26 (sent = returned + scrapped + short).
    """
    steps = facts.steps_of("outside")
    if not steps:
        demand = Demand("CUSTODY", facts.number, "Every piece has one holder.", "AS9100D 8.5.4")
        return [demand.not_applicable(f"Route {facts.route} sends nothing out.")]
    return [_step(facts, step) for step in steps]


def _step(facts: LotFacts, step: StepFacts) -> Slot:
    lines = [line for line in facts.outside_lines_of(step) if line.shipped_on]
    demand = Demand(
        "CUSTODY",
        facts.number,
        f"The pieces sent out for {step.words} are back and counted.",
        "Release rule 26",
        owner=step.timing_owner or facts.owner,
        subject=step.subject,
        waived_by=NOBODY,
    )
    if step.is_elsewhere:
        return elsewhere.follow(facts, demand, proves="step", step=step)
    if not lines:
        if step.is_signed:
            return demand.open(
                MISSING,
                f"{step.opening} of lot {facts.number} is signed and no outside order shows who had the "
                "pieces. Record the order they went out on.",
            )
        return demand.waiting(f"The pieces have not gone out for {step.words} yet.")
    line = lines[-1]
    back = sum(each.quantity_returned for each in facts.receipts if each.order == line.order)
    answers = {"url_name": "subcontract:order-detail", "url_kwargs": {"number": line.order}}
    if line.returned + line.lost > line.sent:
        reason = (
            f"{line.words}: {line.sent} pieces were sent and {line.returned + line.lost} accounted for. Put the "
            f"pieces aside and ask {line.vendor} whose they are."
        )
        return demand.open(REJECTED, reason, owner=line.vendor, since=line.shipped_on, **answers)
    if not back:
        due = f"{line.due_on:%-d %b %Y}"
        reason = f"The pieces of lot {facts.number} are at {facts.holder or line.site}, due back {due}."
        return demand.open(
            MISSING, reason, owner=line.vendor, due_on=line.due_on, since=line.shipped_on, **answers
        )
    return _balance(demand, line, answers)


def _balance(demand: Demand, line: OutsideFacts, answers: dict) -> Slot:
    unaccounted = line.sent - line.returned - line.lost
    if unaccounted and line.state in ("returned", "closed"):
        reason = (
            f"{line.sent} pieces went to {line.vendor} on {line.words}, {line.returned} came back and {line.lost} are "
            f"reported scrapped or short; {unaccounted} are with nobody. Ask {line.vendor} and record the answer."
        )
        return demand.open(MISSING, reason, owner=line.vendor, due_on=line.due_on, **answers)
    return demand.accepted(
        f"{line.order}: {line.sent} sent, {line.returned} back, {line.lost} scrapped or short"
    )
