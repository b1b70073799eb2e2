"""TRAIL: what was signed reads as it was signed, and edits after it are reviewed by somebody who made none of them."""

from __future__ import annotations

from documents.domain.chain.lot_facts import LotFacts
from documents.domain.chain.signed_facts import AlteredFacts
from documents.domain.chain.slots import MISSING, NOBODY, REJECTED, Demand, Slot, start
from documents.domain.chain.trail_facts import EditFacts
from portal.look.events import sentence

SHOWN = 3
SOMEBODY_ELSE = "another quality engineer"
# the page a record is looked at on; the lot's own for what stands there
PAGES = {
    "route": "routes:route-detail",
    "inspection": "inspection:record-detail",
    "first article": "inspection:first-article-detail",
    "certificate": "documents:certificate-detail",
    "nonconformance": "inspection:nonconformance-detail",
    "waiver": "documents:waiver-detail",
}
OF_LOT = "routes:traveler-detail"


def check(facts: LotFacts) -> list[Slot]:
    """Return the slot of the edits of a lot and, once it is judged for a shipment, the one of its signatures.

    Source:  release rules 57 and 58; 21 CFR 11.70 (a signature is linked to its record); AS9100D 7.5.3.2 (control of
             changes) and 8.5.6 (review of changes); docs/decisions/0020 and 0054.
    """
    return [_edits(facts)] + ([] if facts.altered is None else [_signatures(facts, facts.altered)])


def _signatures(facts: LotFacts, altered: tuple[AlteredFacts, ...]) -> Slot:
    """Return whether every signed record of the proof still reads as it was signed.

    An edit through the house leaves an event and a signature of its own; what reads otherwise without one was changed
    behind it, and no review makes that right.
    """
    demand = Demand(
        "TRAIL",
        facts.number,
        "What was signed reads as it was signed.",
        "21 CFR 11.70; AS9100D 7.5.3.2",
        owner=facts.owner,
        due_on=facts.due_on,
        subject="signatures",
        waived_by=NOBODY,
    )
    if not altered:
        return demand.accepted("every signed record read again, all as they were signed")
    first, more = altered[0], len(altered) - 1
    others = f" More records that do not: {more}." if more else ""
    return demand.open(
        REJECTED,
        f"{start(first.noun)} {first.number} no longer reads as it was signed. {first.words}{others} Restore it from "
        "the backup, or have it made and signed anew.",
        url_name=PAGES.get(first.noun, OF_LOT),
        url_kwargs={"number": first.number if first.noun in PAGES else facts.number},
    )


def _edits(facts: LotFacts) -> Slot:
    waiting = [edit for edit in facts.edits if not edit.reviewed_by]
    demand = Demand(
        "TRAIL",
        facts.number,
        "Edits after the first signature are reviewed by somebody who made none of them.",
        "AS9100D 7.5.3.2 and 8.5.6",
        owner=_owner(facts, waiting),
        due_on=facts.due_on,
        subject="edits",
        waived_by=NOBODY,
        url_name="documents:lot-trail",
        url_kwargs={"number": facts.number},
    )
    if not facts.edits:
        return demand.accepted("no edit after the first signature")
    if not waiting:
        names = ", ".join(dict.fromkeys(edit.reviewed_by for edit in facts.edits))
        return demand.accepted(f"{_count(facts.edits)}, reviewed by {names}")
    if any(not step.is_done for step in facts.steps):
        return demand.waiting(f"{_count(waiting)} to review once the last operation is signed.")
    what = "it" if len(waiting) == 1 else "them"
    return demand.open(
        MISSING,
        f"{_count(waiting)} of lot {facts.number} after its first signature "
        f"{'is' if len(waiting) == 1 else 'are'} not reviewed: {_named(waiting)}. Somebody of quality who made "
        f"none of them reviews {what}.",
        since=waiting[0].at.date(),
    )


def _owner(facts: LotFacts, waiting: list[EditFacts]) -> str:
    editors = {edit.actor.partition(",")[0] for edit in waiting}
    return SOMEBODY_ELSE if facts.owner in editors else facts.owner


def _count(edits) -> str:
    return f"{len(edits)} edit{'' if len(edits) == 1 else 's'}"


def _named(edits: list[EditFacts]) -> str:
    named = [
        f"{edit.actor.partition(',')[0]} {sentence(vars(edit))} on {edit.at:%-d %b}" for edit in edits[:SHOWN]
    ]
    more = len(edits) - SHOWN
    return "; ".join(named) + (f"; and {more} more" if more > 0 else "")
