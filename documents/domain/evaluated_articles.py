"""What a package says of changes since the first article: each evaluation these lots rest on, and what still stands."""

from __future__ import annotations

from collections.abc import Iterable

from documents.domain.chain.lot_facts import LotFacts
from documents.domain.chain.trigger_facts import Article, TriggerFacts
from inspection.models import FirstArticle

WORDS = {
    "none": "no first article needed",
    "partial": "partial first article",
    "full": "full first article",
}


def with_evaluations(entry: dict, lots: Iterable[LotFacts]) -> dict:
    """Return the first article's entry with the evaluations of these lots; unchanged where nothing was evaluated.

    Where no first article of this revision is approved and an earlier one stands, the entry refers to that.
    Source:  docs/decisions/0037; AS9102 Rev C 4.6.
    """
    found = [lot.triggers for lot in lots if lot.triggers is not None]
    if rows := _rows(found):
        entry = entry | {"evaluations": rows}
    if found and not ({"identifier", "reference", "elsewhere", "held"} & set(entry)):
        entry = entry | {"reference": _reference(found[0].baseline)}
    return entry


def _rows(found: Iterable[TriggerFacts]) -> list[dict]:
    rows = {
        each.number: {
            "number": each.number,
            "decision": each.decision,
            "decided_by": each.decided_by,
            "since": triggers.baseline.number,
            "sentence": f"FAI evaluation {each.number} decided by {each.decided_by}: {WORDS[each.decision]}."
            + _by_hand(each.added),
        }
        for triggers in found
        for each in triggers.decided
    }
    return [rows[number] for number in sorted(rows)]


def _by_hand(added: tuple[str, ...]) -> str:
    return f" Measured beyond what the changes touch: balloon {', '.join(added)}." if added else ""


def _reference(baseline: Article) -> dict:
    approved = FirstArticle.objects.select_related("approved_signature").get(number=baseline.number)
    return {
        "identifier": baseline.number,
        "approved_by": baseline.approved_by,
        "approved_at": approved.approved_signature.signed_at,
        "sentence": f"It was approved for {baseline.part_revision} on lot {baseline.lot}, and stands for these pieces.",
    }
