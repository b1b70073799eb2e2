"""TRAIL: edits made after the first signature are reviewed by somebody who made none of them."""

from __future__ import annotations

from documents.domain.chain.lot_facts import LotFacts
from documents.domain.chain.slots import MISSING, NOBODY, Demand, Slot
from documents.domain.chain.trail_facts import EditFacts
from portal.look.events import sentence

SHOWN = 3
SOMEBODY_ELSE = "another quality engineer"


def check(facts: LotFacts) -> list[Slot]:
    """Return the one slot of the edits of a lot.

    Source:  release rule 58; AS9100D 7.5.3.2 (control of changes) and 8.5.6 (review of changes); docs/decisions/0020.
    """
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
        return [demand.accepted("no edit after the first signature")]
    if not waiting:
        names = ", ".join(dict.fromkeys(edit.reviewed_by for edit in facts.edits))
        return [demand.accepted(f"{_count(facts.edits)}, reviewed by {names}")]
    if any(not step.is_done for step in facts.steps):
        return [demand.waiting(f"{_count(waiting)} to review once the last operation is signed.")]
    what = "it" if len(waiting) == 1 else "them"
    return [
        demand.open(
            MISSING,
            f"{_count(waiting)} of lot {facts.number} after its first signature "
            f"{'is' if len(waiting) == 1 else 'are'} not reviewed: {_named(waiting)}. Somebody of quality who made "
            f"none of them reviews {what}.",
            since=waiting[0].at.date(),
        )
    ]


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
