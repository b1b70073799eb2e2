"""INCOMING: what came back is verified before the next step, and certified before the next irreversible one."""

from __future__ import annotations

from documents.domain.chain import elsewhere
from documents.domain.chain.lot_facts import LotFacts, ReceiptFacts, StepFacts
from documents.domain.chain.slots import HOUSE, REJECTED, REVIEW, Demand, Slot
from documents.domain.chain.undone import said


def check(facts: LotFacts) -> list[Slot]:
    """Return one slot for each outside operation of the latest pass.

    Source:  AS9100D 8.4.2 and 8.6; release rule 25 as corrected: count, identity and damage stop the next step, the
             certificate stops the next irreversible operation and always the release.
    """
    steps = facts.steps_of("outside")
    if not steps:
        demand = Demand("INCOMING", facts.number, "What comes back is verified.", "AS9100D 8.4.2")
        return [demand.not_applicable(f"Route {facts.route} sends nothing out.")]
    return [_step(facts, step) for step in steps]


def _step(facts: LotFacts, step: StepFacts) -> Slot:
    demand = Demand(
        "INCOMING",
        facts.number,
        f"What came back from {step.words} is counted, identified and undamaged.",
        "AS9100D 8.4.2",
        owner=step.incoming_owner or facts.owner,
        subject=step.subject,
        waived_by=HOUSE,
    )
    if step.is_elsewhere:
        return elsewhere.follow(facts, demand, proves="step", step=step)
    receipts = [each for each in facts.receipts if each.place == step.place]
    if not receipts:
        return demand.waiting(f"The pieces are not back from {step.words} yet.")
    for receipt in receipts:
        if answer := _looked_at(facts, step, receipt, demand):
            return answer
    if answer := _irreversible(facts, step, demand):
        return answer
    return demand.accepted(f"{receipts[-1].order}, {sum(each.quantity_returned for each in receipts)} pieces")


def _looked_at(facts: LotFacts, step: StepFacts, receipt: ReceiptFacts, demand: Demand) -> Slot | None:
    if receipt.accepted_at is None:
        again = said(facts, f"return of {receipt.order}")
        return demand.open(
            REVIEW,
            f"{receipt.quantity_returned} pieces of lot {facts.number} came back on {receipt.order} and nobody has "
            f"verified count, identity and damage. Verify and sign.{again}",
            since=receipt.received_on,
        )
    if not receipt.is_entitled:
        return demand.open(
            REJECTED,
            f"{receipt.counted_at} counted lot {facts.number} on {receipt.received_on:%-d %b %Y} in our place, and "
            f"{receipt.delegation} did not hold that day. Bring the pieces home and open a nonconformance.",
            since=receipt.received_on,
        )
    answers = {
        "the count is wrong": receipt.is_count_right,
        "the identity is wrong": receipt.is_identity_right,
        "pieces are damaged": receipt.is_undamaged,
    }
    wrong = [words for words, is_right in answers.items() if not is_right]
    if wrong:
        return demand.open(
            REJECTED,
            f"Incoming verification of {receipt.order} found for lot {facts.number} that {' and '.join(wrong)}. "
            "Open a nonconformance and decide on the pieces.",
            since=receipt.received_on,
        )
    early = [each for each in _later(facts, step) if each.signed_at < receipt.accepted_at]
    if early:
        return demand.open(
            REJECTED,
            f"{early[0].opening} of lot {facts.number} was signed before the return on {receipt.order} was "
            "verified. Repeat it in a new pass.",
        )
    return None


def _irreversible(facts: LotFacts, step: StepFacts, demand: Demand) -> Slot | None:
    done = [each for each in _later(facts, step) if each.is_irreversible]
    accepted = [each.decided_at for each in facts.certificates_of(step) if each.state == "accepted"]
    if done and (not accepted or min(accepted) > done[0].signed_at):
        return demand.open(
            REJECTED,
            f"{done[0].opening} of lot {facts.number} cannot be undone and was signed before the "
            f"certificate of {step.words} was accepted. Open a nonconformance and decide on the pieces.",
        )
    return None


def _later(facts: LotFacts, step: StepFacts) -> list[StepFacts]:
    return [
        each
        for each in facts.steps
        if each.sequence > step.sequence and each.signed_at and each.pass_number >= step.pass_number
    ]
