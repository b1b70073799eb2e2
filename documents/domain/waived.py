"""What a release package says of waivers: each that closes a link of its lots, and the paper it stands on."""

from __future__ import annotations

from documents.domain import chain
from documents.domain.chain.lot_facts import LotFacts
from documents.domain.chain.slots import WAIVED, Slot
from documents.domain.chain.waiver_facts import WaiverFacts
from documents.models import Waiver
from portal.models import StoredFile


def waiver_entries(facts: dict[str, LotFacts]) -> tuple[list[dict], list[StoredFile]]:
    """Return the waivers under which these lots leave, one for each lot and link, and the customers' letters."""
    used = [
        (lot, slot, waiver)
        for lot in facts.values()
        for slot in chain.judge(lot)
        if slot.state == WAIVED
        for waiver in lot.waivers
        if waiver.number == slot.evidence
    ]
    numbers = {waiver.number for _, _, waiver in used}
    records = Waiver.objects.filter(number__in=numbers, decision_file__isnull=False)
    files = {each.number: each.decision_file for each in records.select_related("decision_file__label")}
    entries = [_entry(lot, slot, waiver, files.get(waiver.number)) for lot, slot, waiver in used]
    return entries, [files[number] for number in sorted(files)]


def given_by(lot: LotFacts, slot: Slot) -> str:
    """Say on paper whose demand it was to let pass."""
    return lot.customer if slot.waived_by == Waiver.CUSTOMER else "The shop's quality manager"


def _entry(lot: LotFacts, slot: Slot, waiver: WaiverFacts, file: StoredFile | None) -> dict:
    return {
        "number": waiver.number,
        "lot": lot.number,
        "code": slot.code,
        "demand": slot.demand,
        "source": slot.source,
        "given_by": given_by(lot, slot),
        "decided_by": waiver.decided_by,
        "decided_on": waiver.decided_on,
        "is_written": waiver.is_written,
        "reference": waiver.reference,
        "sha256": file.sha256 if file else "",
        "pieces": waiver.quantity_limit,
        "serials": list(waiver.serials),
        "valid_to": waiver.valid_to,
        "limits": waiver.limits,
        "reason": waiver.reason,
    }
