"""What a waiver does to the answers of the checks: closes the one demand it names, within its limits.

Who may waive follows the source of the demand, not the waiver: a demand nobody may waive stays open whatever is
recorded for it.
"""

from __future__ import annotations

from dataclasses import replace

from documents.domain.chain.check_coc import qualified
from documents.domain.chain.lot_facts import LotFacts
from documents.domain.chain.slots import CUSTOMER, NOBODY, WAIVED, Slot
from documents.domain.chain.waiver_facts import WaiverFacts

HOUSE_DECIDER = "the quality manager"


def let_pass(facts: LotFacts, slots: list[Slot]) -> list[Slot]:
    """Return the slots of a lot with those closed that a waiver in force lets pass.

    1. an open demand with a waiver by whoever may give it is closed when serials and pieces are within the limits;
    2. else the demand says why the waiver does not help, or who is asked for one;
    3. the certificate of conformity names every waiver used, or is out of date.

    Source:  AS9100D 8.7.1 and 8.6; release rule 52; AS9163 (the statement tells the whole truth).
    """
    answered = [_answer(facts, slot) for slot in slots] if facts.waivers else slots
    used = [slot.evidence for slot in answered if slot.state == WAIVED]
    return qualified(facts, answered, used) if used else answered


def waivers_for(facts: LotFacts, slot: Slot) -> list[WaiverFacts]:
    """Return the waivers of one demand by whoever may give them, the lot's own first."""
    if slot.waived_by == NOBODY:
        return []
    key = (slot.code, slot.subject, slot.waived_by)
    return [each for each in facts.waivers if (each.code, each.subject, each.authority) == key]


def decider(waived_by: str, customer: str) -> str:
    """Say who decides on a waiver."""
    return customer if waived_by == CUSTOMER else HOUSE_DECIDER


def _answer(facts: LotFacts, slot: Slot) -> Slot:
    if slot.is_closed:
        return slot
    found = waivers_for(facts, slot)
    granted = [each for each in found if each.is_granted]
    for waiver in granted:
        if not beyond(facts, waiver):
            return _closed(facts, slot, waiver)
    if granted:
        slot = replace(slot, reason=f"{slot.sentence} {beyond(facts, granted[0])}")
    asked = next((each for each in found if not each.is_granted), None)
    return _asked(facts, slot, asked) if asked else slot


def _closed(facts: LotFacts, slot: Slot, waiver: WaiverFacts) -> Slot:
    return replace(
        slot,
        state=WAIVED,
        evidence=waiver.number,
        reason=f"{_by_whom(facts, waiver)}: {waiver.number}, {waiver.limits}. {waiver.reason}".strip(),
        owner="",
        since=None,
        waits=False,
        url_name="documents:waiver-detail",
        url_kwargs={"number": waiver.number},
    )


def _by_whom(facts: LotFacts, waiver: WaiverFacts) -> str:
    on = f" on {waiver.decided_on:%-d %b %Y}" if waiver.decided_on else ""
    if waiver.is_written:
        return f"Let pass by {facts.customer} in writing ({waiver.reference}), recorded by {waiver.decided_by}{on}"
    of = f" of {facts.customer}" if waiver.authority == CUSTOMER else ""
    return f"Let pass by {waiver.decided_by}{of}{on}"


def beyond(facts: LotFacts, waiver: WaiverFacts) -> str:
    """Say in one sentence why a granted waiver does not cover this lot, or nothing."""
    if not waiver.is_in_force:
        return (
            f"Waiver {waiver.number} ended on {waiver.valid_to:%-d %b %Y}; withdraw it and ask for another."
        )
    outside = [serial for serial in facts.serials if waiver.serials and serial not in waiver.serials]
    if outside:
        return (
            f"Waiver {waiver.number} is for {', '.join(waiver.serials)} and not for serial {outside[0]}; split the "
            "lot or ask for a wider one."
        )
    if waiver.left is not None:
        return (
            f"Waiver {waiver.number} lets {waiver.quantity_limit} pieces pass, of which {max(waiver.left, 0)} are "
            f"left; lot {facts.number} has {facts.quantity}. Split the lot or ask for a wider one."
        )
    return ""


def _asked(facts: LotFacts, slot: Slot, waiver: WaiverFacts) -> Slot:
    owner = decider(slot.waived_by, facts.customer)
    return replace(
        slot,
        owner=owner,
        reason=(
            f"{slot.sentence} {waiver.requested_by} asked {owner} on {waiver.requested_on:%-d %b %Y} to let it pass: "
            f"{waiver.number}."
        ),
    )
