"""STEPS: every operation of the latest pass signed, in order, by somebody entitled; no piece unaccounted; no hold.

Where a lot left its route, a second person signed that.
"""

from __future__ import annotations

from documents.domain.chain import elsewhere
from documents.domain.chain.lot_facts import AmendmentFacts, LotFacts, StepFacts
from documents.domain.chain.slots import CUSTOMER, HOUSE, MISSING, NOBODY, REJECTED, REVIEW, Demand, Slot
from documents.domain.chain.undone import said


def check(facts: LotFacts) -> list[Slot]:
    """Return the slots of signing, order, authority, quantities, holds, amendments, and of steps done elsewhere.

    Source:  AS9100D 8.5.1 and 8.5.2 (status and acceptance authority), 8.5.6 (changes authorised), 8.6; release
             rules 38, 39 and 42.
    """
    signed = [_signed(facts), _in_order(facts), _entitled(facts), _conserved(facts)]
    return [*signed, *_holds(facts), *_amendments(facts), *_elsewhere(facts)]


def _demand(
    facts: LotFacts, subject: str, text: str, source: str, owner: str = "", waived_by: str = NOBODY
) -> Demand:
    return Demand(
        "STEPS",
        facts.number,
        text,
        source,
        owner=owner or facts.owner,
        subject=subject,
        waived_by=waived_by,
    )


def _signed(facts: LotFacts) -> Slot:
    waiting = [step for step in facts.steps if not step.is_done]
    owner = waiting[0].timing_owner if waiting else ""
    demand = _demand(facts, "signing", "Every operation is signed.", "AS9100D 8.6", owner)
    if not facts.steps:
        return demand.open(
            MISSING, f"Lot {facts.number} has no operation on record. Open it on a released route."
        )
    if waiting and (cause := _awaited(facts, waiting[0])):
        return demand.waiting(f"{waiting[0].opening} is signed when {cause}.", due_on=facts.due_on)
    if waiting:
        rest = f" {len(waiting)} operations are to be signed." if len(waiting) > 1 else ""
        again = said(facts, f"step {waiting[0].number}")
        return demand.open(MISSING, f"{waiting[0].opening} is not signed.{rest}{again}", due_on=facts.due_on)
    here = sum(1 for step in facts.steps if step.is_signed)
    told = [f"{here} operation{'' if here == 1 else 's'} signed"]
    if before := sum(1 for step in facts.steps if step.is_elsewhere):
        told.append(f"{before} recorded elsewhere")
    if skipped := sum(1 for step in facts.steps if step.is_skipped):
        told.append(f"{skipped} skipped")
    return demand.accepted(", ".join(told))


def _awaited(facts: LotFacts, step: StepFacts) -> str:
    """Say which other link the next step waits for, if that link has something to act on."""
    if step.kind == "outside" and any(line.shipped_on for line in facts.outside_lines_of(step)):
        is_verified = any(each.place == step.place and each.accepted_at for each in facts.receipts)
        return "" if is_verified else "its return is verified"
    planned = [each for each in facts.results if each.place == step.place]
    is_inspected = any(each.place == step.place and each.state == "completed" for each in facts.inspections)
    return "its inspection is completed" if planned and not is_inspected else ""


def _in_order(facts: LotFacts) -> Slot:
    demand = _demand(
        facts,
        "order",
        "The operations were signed in the order of the route.",
        "AS9100D 8.5.1",
        waived_by=HOUSE,
    )
    signed = [step for step in facts.steps if step.signed_at]
    for earlier in signed:
        for later in signed:
            if later.sequence > earlier.sequence and _is_before(later, earlier):
                return demand.open(
                    REJECTED,
                    f"{later.opening} of lot {facts.number} was signed before {earlier.words}. "
                    f"Repeat {later.words} in a new pass.",
                )
    return demand.accepted("in order")


def _is_before(later: StepFacts, earlier: StepFacts) -> bool:
    # rework of one operation leaves later production standing, but an inspection made before it proves nothing
    is_compared = later.pass_number == earlier.pass_number or later.kind == "inspect"
    return is_compared and later.signed_at < earlier.signed_at


def _entitled(facts: LotFacts) -> Slot:
    demand = _demand(
        facts, "authority", "Every signer held the authority that day.", "AS9100D 8.5.2", waived_by=HOUSE
    )
    wrong = [step for step in facts.steps if step.is_signed and not step.is_entitled]
    if wrong:
        return demand.open(
            REJECTED,
            f"{wrong[0].opening} of lot {facts.number} was signed by {wrong[0].signed_by}, "
            "who held no authority for it that day. Repeat it in a new pass, signed by somebody who does.",
        )
    return demand.accepted("authorities in force on the day of each signature")


def _conserved(facts: LotFacts) -> Slot:
    demand = _demand(facts, "quantities", "Pieces in = pieces out + pieces that left.", "Release rule 38")
    for step in facts.steps:
        if not step.is_signed or step.quantity_in is None or step.quantity_out is None:
            continue
        if step.quantity_in != step.quantity_out + step.moved:
            return demand.open(
                MISSING,
                f"{step.opening} of lot {facts.number}: {step.quantity_in} pieces went in, "
                f"{step.quantity_out} came out and {step.moved} left. Record where the others are, with a witness.",
            )
    if facts.is_serialized and len(facts.serials) != facts.quantity:
        return demand.open(
            MISSING,
            f"Lot {facts.number} counts {facts.quantity} pieces and {len(facts.serials)} serials. "
            "Record where the difference is, with a witness.",
        )
    if facts.quantity <= 0:
        return demand.open(MISSING, f"Lot {facts.number} has no piece left. Close it.")
    return demand.accepted(f"{facts.quantity} pieces")


def _holds(facts: LotFacts) -> list[Slot]:
    return [
        _demand(
            facts, f"hold {hold.number}", f"Hold {hold.number} is let go.", "AS9100D 8.7", facts.owner
        ).open(
            REJECTED,
            f"Lot {facts.number} is on hold {hold.number}, placed by {hold.placed_by}: {hold.reason} "
            "Decide and let it go.",
            since=hold.placed_on,
        )
        for hold in facts.holds
    ]


def _amendments(facts: LotFacts) -> list[Slot]:
    """Return one slot for each change of the lot's way: open until a second person decides, then closed by them."""
    return [_amendment(facts, each) for each in facts.amendments]


def _amendment(facts: LotFacts, amendment: AmendmentFacts) -> Slot:
    # whose proposal it is cannot be who owes the decision
    owner = facts.owner if facts.owner != amendment.proposed_by else "another quality engineer"
    demand = _demand(
        facts,
        f"amendment {amendment.number}",
        f"Amendment {amendment.number} is decided by a second person.",
        "AS9100D 8.5.6",
        owner,
    )
    if amendment.is_approved:
        return demand.accepted(
            f"{amendment.title}, approved by {amendment.approved_by} on {amendment.approved_on:%-d %b %Y}"
        )
    return demand.open(
        REVIEW,
        f"Amendment {amendment.number} of lot {amendment.lot} ({amendment.title}), proposed by "
        f"{amendment.proposed_by}: {amendment.reason.rstrip('.')}. Nobody has decided it. Have a quality engineer "
        f"other than {amendment.proposed_by} approve or refuse it.",
        since=amendment.proposed_on,
    )


def _elsewhere(facts: LotFacts) -> list[Slot]:
    text = "What was done before the lot came in is shown by scans somebody else has reviewed."
    return elsewhere.judge_steps(
        facts, _demand(facts, "elsewhere", text, "House rule: proof from elsewhere", waived_by=CUSTOMER)
    )
