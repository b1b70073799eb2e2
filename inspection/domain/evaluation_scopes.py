"""The scope of a partial first article: what the changes touch, taken out or added by hand with a reason each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from inspection.domain.trigger_reading import change_of, read_pair
from inspection.domain.triggers import Affected, Feature, affected
from inspection.models import TriggerEvaluation
from portal.domain.errors import Incomplete, Refused


class NotInScope(Refused):
    """What is taken out of a scope must be in it."""

    code = "not-in-scope"


class OnlyAPartialOneIsWidened(Refused):
    """A full first article measures everything, and none measures nothing."""

    code = "only-a-partial-one-is-widened"


class NothingToMeasure(Refused):
    """A partial first article of nothing."""

    code = "nothing-to-measure"


def proposed_scope(evaluation: TriggerEvaluation) -> tuple[Affected, ...]:
    """Return the characteristics the changes of an evaluation touch, each with its reasons."""
    return scope_and_rest(evaluation)[0]


def scope_and_rest(evaluation: TriggerEvaluation) -> tuple[tuple[Affected, ...], tuple[Feature, ...]]:
    """Return what the changes touch, and every other characteristic a partial first article may be widened by."""
    pair = read_pair(evaluation.traveler_id, whole=True)
    if pair is None:
        return (), ()
    touched = affected([change_of(row) for row in evaluation.changes], pair.used)
    named = {each.identity for each in touched}
    rest = [each for each in pair.used.features if each.identity not in named and not each.is_reference]
    return touched, tuple(rest)


def scope_of_decision(
    evaluation: TriggerEvaluation, decision: str, *, taken_out: Mapping[str, str], added: Mapping[str, str]
) -> list[dict]:
    """Return what a decision signs: what the changes touch, less what is taken out, and more what is added by hand.

    A result of what is added counts from the last of the changes on: it is to show them.
    Raises:  NotInScope; Incomplete without a reason; OnlyAPartialOneIsWidened; NothingToMeasure.
    """
    if decision != TriggerEvaluation.PARTIAL:
        if added:
            raise OnlyAPartialOneIsWidened(
                f"Balloon {', '.join(added)} can be added to a partial first article only. Decide on a partial one, "
                "or add nothing."
            )
        return []
    touched, rest = scope_and_rest(evaluation)
    _require_in_scope(evaluation, {each.balloon for each in touched}, taken_out)
    _require_addable(evaluation, {each.balloon for each in rest}, added)
    if not added and not any(each.balloon not in taken_out for each in touched):
        raise NothingToMeasure(
            f"Nothing is left to measure in a partial first article of {evaluation.number}. Decide that none is "
            "needed, or that a full one is."
        )
    last = max((change_of(row).at for row in evaluation.changes if row["at"]), default=None)
    found = [
        _row(each, each.reasons, each.after, taken_out=taken_out.get(each.balloon, "")) for each in touched
    ]
    chosen = [each for each in rest if each.balloon in added]
    return found + [
        _row(each, [f"added by hand: {added[each.balloon].strip()}"], last, added=added[each.balloon])
        for each in chosen
    ]


def _require_in_scope(evaluation: TriggerEvaluation, touched: set[str], taken_out: Mapping[str, str]) -> None:
    if unknown := sorted(set(taken_out) - touched):
        raise NotInScope(
            f"Balloon {', '.join(unknown)} is not touched by {evaluation.number}, so it cannot be taken out."
        )
    if silent := sorted(balloon for balloon, reason in taken_out.items() if not reason.strip()):
        raise Incomplete(f"Say why balloon {', '.join(silent)} need not be measured again.")


def _require_addable(evaluation: TriggerEvaluation, rest: set[str], added: Mapping[str, str]) -> None:
    if unknown := sorted(set(added) - rest):
        raise NotInScope(
            f"Balloon {', '.join(unknown)} cannot be added to {evaluation.number}: it is touched already, is a "
            "reference, or is not of this drawing. Choose one that is not in the scope yet."
        )
    if silent := sorted(balloon for balloon, reason in added.items() if not reason.strip()):
        raise Incomplete(f"Say why balloon {', '.join(silent)} is measured too; it is signed with the scope.")


def _row(
    each: Affected | Feature,
    reasons: Iterable[str],
    after: datetime | None,
    *,
    taken_out: str = "",
    added: str = "",
) -> dict:
    return {
        "identity": each.identity,
        "balloon": each.balloon,
        "name": each.name,
        "reasons": list(reasons),
        "after": after.isoformat() if after else None,
        "taken_out": taken_out.strip(),
        "added": added.strip(),
    }
