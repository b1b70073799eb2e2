"""CUSTODY: every piece is with somebody we can name, and what left came back, was scrapped or reported short."""

from __future__ import annotations

from documents.domain.chain import elsewhere
from documents.domain.chain.lot_facts import LotFacts, OutsideFacts, StepFacts
from documents.domain.chain.slots import MISSING, NOBODY, REJECTED, Demand, Slot


def check(facts: LotFacts) -> list[Slot]:
    """Return one slot for each outside operation of the latest pass.

    Source:  AS9100D 8.5.2 and 8.5.4; release rule 26 (sent = returned + scrapped + short); 8.4.2 (what leaves from a
             vendor, or is verified there, is delegated in writing).
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
    answers = {"url_name": "subcontract:order-detail", "url_kwargs": {"number": line.order}}
    if reason := _beyond(line):
        return demand.open(
            REJECTED, reason, owner=line.vendor, since=line.too_many_since or line.shipped_on, **answers
        )
    back = sum(each.quantity_returned for each in facts.receipts if each.order == line.order)
    if not back:
        due = f"{line.due_on:%-d %b %Y}"
        reason = f"The pieces of lot {facts.number} are at {facts.holder or line.site}, due back {due}."
        return demand.open(
            MISSING, reason, owner=line.vendor, due_on=line.due_on, since=line.shipped_on, **answers
        )
    if answer := _unaccounted(demand, line, answers):
        return answer
    is_last = step.place == facts.steps_of("outside")[-1].place
    if is_last and (answer := _not_home(facts, step, demand, answers)):
        return answer
    return demand.accepted(_evidence(facts, step, line, is_last))


def _beyond(line: OutsideFacts) -> str:
    """Say what came back that was never sent."""
    if line.too_many:
        pieces = "piece" if line.too_many == 1 else "pieces"
        return (
            f"{line.too_many} {pieces} more than were sent came back on {line.words} and are put aside; nobody decided "
            f"what they are. Ask {line.vendor} and write down the answer."
        )
    if line.returned + line.lost > line.sent:
        return (
            f"{line.words}: {line.sent} pieces were sent and {line.returned + line.lost} accounted for. Put the "
            f"pieces aside and ask {line.vendor} whose they are."
        )
    return ""


def _unaccounted(demand: Demand, line: OutsideFacts, answers: dict) -> Slot | None:
    unaccounted = line.sent - line.returned - line.lost
    if not unaccounted or line.state not in ("returned", "closed"):
        return None
    reason = (
        f"{line.sent} pieces went to {line.vendor} on {line.words}, {line.returned} came back and {line.lost} are "
        f"reported scrapped or short; {unaccounted} are with nobody. Ask {line.vendor} and record the answer."
    )
    return demand.open(MISSING, reason, owner=line.vendor, due_on=line.due_on, **answers)


def _not_home(facts: LotFacts, step: StepFacts, demand: Demand, answers: dict) -> Slot | None:
    """Answer for pieces that were counted in our place after their last outside operation and did not come home.

    They may leave from there only by a delegation, and nothing of the route may be done here while they are away.
    """
    held = facts.held
    if held is None or not any(each.delegation for each in facts.receipts if each.place == step.place):
        return None
    later = [each for each in facts.steps if each.sequence > step.sequence]
    early = [each for each in later if each.signed_on and (not held.is_home or each.signed_on < held.since)]
    if early:
        return demand.open(
            REJECTED,
            f"{early[0].opening} of lot {facts.number} is done in the house and was signed while the pieces were at "
            f"{_away(facts, step)}. Repeat it in a new pass once they are home.",
            owner=facts.owner,
            since=early[0].signed_on,
        )
    if held.is_home or (held.ships_by and not later):
        return None
    if later:
        reason = (
            f"The pieces of lot {facts.number} are at {held.name} since they were counted there, and {later[0].words} "
            "is done in the house. Bring them home."
        )
    else:
        reason = (
            f"The pieces of lot {facts.number} are at {held.name}, and no delegation in force lets that site ship to "
            f"{facts.customer}. Record the one {facts.customer} accepted in writing, or bring the pieces home."
        )
    return demand.open(MISSING, reason, owner=facts.owner, since=held.since, **answers)


def _away(facts: LotFacts, step: StepFacts) -> str:
    """Name where they were counted in our place."""
    return next(each.counted_at for each in facts.receipts if each.place == step.place and each.delegation)


def _evidence(facts: LotFacts, step: StepFacts, line: OutsideFacts, is_last: bool) -> str:
    counted = [each for each in facts.receipts if each.place == step.place and each.delegation]
    words = f"{line.order}: {line.sent} sent, {line.returned} back, {line.lost} scrapped or short"
    if counted:
        words += f", counted at {counted[-1].counted_at} by {counted[-1].delegation}"
    if is_last and counted and facts.held and not facts.held.is_home:
        words += f", leaving from there by {facts.held.ships_by}"
    return words
