"""What an evaluation asks of the first article that is made for it: its extent, its scope, the age of its results."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from inspection.domain.trigger_reading import read_pair
from inspection.models import FirstArticle, Measurement, TriggerEvaluation
from portal.domain.errors import Refused
from routes.models import Traveler


class ChangesUndecided(Refused):
    """A partial first article accounts for what somebody decided it must."""

    code = "changes-undecided"


class NotAsDecided(Refused):
    """A first article that is not what the evaluation decided."""

    code = "not-as-decided"


def require_evaluated(
    traveler: Traveler, extent: str, baseline: FirstArticle | None, evaluation: TriggerEvaluation | None
) -> None:
    """Refuse a FAIR that is not what its evaluation decided, or a partial one where changes wait for a decision.

    Raises:  NotAsDecided; ChangesUndecided.
    """
    if evaluation is not None:
        _require_as_decided(traveler, extent, baseline, evaluation)
    elif extent == FirstArticle.PARTIAL:
        _require_nothing_waits(traveler)


def require_still_evaluated(first_article: FirstArticle) -> None:
    """Refuse to submit a partial FAIR once something changed that its scope does not know.

    Raises:  ChangesUndecided; NotAsDecided when the decision is another one by now.
    """
    if first_article.extent == FirstArticle.PARTIAL:
        _require_nothing_waits(first_article.traveler)
    if (evaluation := first_article.evaluation) is not None:
        _require_decision(evaluation, first_article.extent)


def _require_as_decided(
    traveler: Traveler, extent: str, baseline: FirstArticle | None, evaluation: TriggerEvaluation
) -> None:
    _require_decision(evaluation, extent)
    lot = evaluation.traveler.number
    if traveler.number != lot and not traveler.number.startswith(f"{lot}/"):
        raise NotAsDecided(
            f"{evaluation.number} is about lot {lot}, and {traveler.number} is none of its pieces. Open the first "
            f"article on {lot}."
        )
    standing = baseline_of(evaluation)
    if extent == FirstArticle.PARTIAL and baseline not in (evaluation.baseline, standing):
        raise NotAsDecided(
            f"{evaluation.number} compares with {standing.number}; name that one as the baseline."
        )


def baseline_of(evaluation: TriggerEvaluation) -> FirstArticle:
    """Return what a partial first article builds on: what was compared with, or the approved one that corrects it."""
    found = evaluation.baseline
    while later := found.corrections.filter(state__in=FirstArticle.STANDING).order_by("pk").last():
        found = later
    return found


def _require_decision(evaluation: TriggerEvaluation, extent: str) -> None:
    if evaluation.state != TriggerEvaluation.DECIDED:
        raise ChangesUndecided(
            f"{evaluation.number} waits for a decision. Have a quality engineer decide it, then open the first article."
        )
    if evaluation.decision != extent:
        raise NotAsDecided(
            f"{evaluation.number} decided otherwise: {evaluation.get_decision_display()}. Make the first article that "
            "was decided."
        )


def _require_nothing_waits(traveler: Traveler) -> None:
    pair = read_pair(traveler.pk)
    if pair is None:
        return
    told = [each.words for each in pair.undecided()]
    if waiting := pair.open_evaluation():
        raise ChangesUndecided(
            f"{waiting.number} of lot {traveler.number} waits for a decision. Decide it first: it says which "
            "characteristics a partial first article accounts for."
        )
    if told:
        raise ChangesUndecided(
            f"Lot {traveler.number} differs from what {pair.baseline.number} represented and nobody has evaluated it: "
            f"{'; '.join(told)}. Evaluate the lot first."
        )


def scope_of(first_article: FirstArticle) -> dict[str, datetime | None]:
    """Return the identities a partial FAIR accounts for, each with the moment its results must not be older than."""
    evaluation = first_article.evaluation
    if evaluation is None or first_article.extent == FirstArticle.FULL:
        return {}
    return {
        row["identity"]: datetime.fromisoformat(row["after"]) if row["after"] else None
        for row in evaluation.scope
        if not row["taken_out"]
    }


def young_enough(first_article: FirstArticle, values: Iterable[Measurement]) -> Iterable[Measurement]:
    """Leave out values from before the change they would have to show.

    Source:  release rule 16: a result older than the trigger says nothing about what changed then.
    """
    scope = scope_of(first_article)
    for value in values:
        after = scope.get(str(value.characteristic.identity))
        if after is None or value.recorded_at >= after:
            yield value
