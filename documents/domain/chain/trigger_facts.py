"""What differs from the approved first article a lot stands on, and what was decided about it.

The comparison is the one evaluations open by; here it is made anew from the records at every judgement, so that
nothing slips through before an evaluation is open.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from inspection.domain.trigger_reading import Article, Evaluation, Pair, read_pairs

DECIDED_ON = {
    "none": "no first article needed",
    "partial": "partial first article",
    "full": "full first article",
}


@dataclass(frozen=True)
class EvaluationFacts:
    """One evaluation a lot stands on. `decision` is none, partial or full; empty while it waits."""

    number: str
    decision: str = ""
    decided_by: str = ""
    opened_on: date | None = None
    articles: tuple[Article, ...] = ()
    # balloons somebody added to the scope by hand
    added: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """Return what was decided, and by whom; of one that is decided."""
        return f"{DECIDED_ON[self.decision]}, decided by {self.decided_by}"


@dataclass(frozen=True)
class TriggerFacts:
    """A lot beside its baseline. `undecided` are the changes nobody evaluated, as words."""

    baseline: Article
    # the baseline was taken on this very lot, or on one it was split from or with
    is_own: bool = False
    undecided: tuple[str, ...] = ()
    waiting: EvaluationFacts | None = None
    decided: tuple[EvaluationFacts, ...] = ()


def read_triggers(lots: Iterable[int]) -> dict[int, TriggerFacts]:
    """Return what each production lot differs in, by its key; nothing where no first article of the part stands."""
    return {key: _facts(pair) for key, pair in read_pairs(lots).items()}


def _facts(pair: Pair) -> TriggerFacts:
    waiting = pair.open_evaluation()
    return TriggerFacts(
        baseline=pair.baseline,
        is_own=pair.is_own,
        undecided=tuple(each.words for each in pair.undecided()),
        waiting=_evaluation(waiting) if waiting else None,
        decided=tuple(_evaluation(each) for each in pair.decisions()),
    )


def _evaluation(read: Evaluation) -> EvaluationFacts:
    return EvaluationFacts(
        number=read.number,
        decision=read.decision,
        decided_by=read.decided_by,
        opened_on=read.opened_at.date(),
        articles=read.articles,
        added=read.added,
    )
