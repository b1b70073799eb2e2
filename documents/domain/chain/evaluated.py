"""No undecided trigger: what differs from the approved first article has been evaluated."""

from __future__ import annotations

from documents.domain.chain.lot_facts import LotFacts
from documents.domain.chain.slots import MISSING, REVIEW, Demand, Slot
from documents.domain.chain.trigger_facts import Article, EvaluationFacts

# one evaluation may ask for more than another; the most is due
MOST = {"none": 0, "partial": 1, "full": 2}


def is_undecided(facts: LotFacts) -> bool:
    """Say whether something differs that nobody decided on."""
    return facts.triggers is not None and bool(facts.triggers.undecided or facts.triggers.waiting)


def evaluation_slot(facts: LotFacts) -> Slot | None:
    """Return whether what differs was evaluated; nothing where nothing ever differed.

    Source:  AS9102 Rev C 4.6 (a change is evaluated before the next release); release rules 17 and 18.
    """
    found = facts.triggers
    if found is None or not (found.undecided or found.waiting or found.decided):
        return None
    demand = Demand(
        "FAI",
        facts.number,
        f"What changed since first article {found.baseline.number} is evaluated.",
        "AS9102 Rev C 4.6",
        owner=facts.owner,
        due_on=facts.due_on,
        subject="evaluation",
    )
    if found.waiting is not None:
        return demand.open(
            REVIEW,
            f"{found.waiting.number} waits for a decision whether first article {found.baseline.number} still stands: "
            f"none, partial or full{_told(found.undecided)}.",
            since=found.waiting.opened_on,
            url_name="inspection:evaluation-detail",
            url_kwargs={"number": found.waiting.number},
        )
    if found.undecided:
        return demand.open(
            MISSING,
            f"Lot {facts.number} differs from what first article {found.baseline.number} represented"
            f"{_told(found.undecided)}. Evaluate it: none, a partial or a full first article.",
            url_name="inspection:evaluation-open",
            url_kwargs={"number": facts.number},
        )
    return demand.accepted("; ".join(f"{each.number}: {each.words}" for each in found.decided))


def asked_for(facts: LotFacts) -> tuple[EvaluationFacts, tuple[Article, ...]] | None:
    """Return the decision that asks for the most, with the approved first articles made for it; nothing for none."""
    decided = facts.triggers.decided if facts.triggers else ()
    due = [each for each in decided if MOST.get(each.decision, 0)]
    if not due:
        return None
    lacking = [each for each in due if not each.articles]
    strongest = max(lacking or due, key=lambda each: MOST[each.decision])
    return strongest, strongest.articles


def _told(changes: tuple[str, ...]) -> str:
    return f": {'; '.join(changes)}" if changes else ""
