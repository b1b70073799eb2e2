"""A corrected baseline asks decided evaluations anew only where what it represents is another."""

import pytest
from django.utils import timezone

from inspection.domain import corrections, evaluations, first_articles
from inspection.domain.evaluated import NotAsDecided, baseline_of
from inspection.models import FirstArticle, TriggerEvaluation
from tests.cast import reauth
from tests.documents.evidence.test_trigger_chains import fai
from tests.factories.inspection import walk
from tests.factories.routes import step_at
from tests.factories.triggers import decide, make_baseline, make_changed, make_evaluation
from tests.inspection.test_evaluations import open_partial, slots


@pytest.fixture
def first(cast) -> FirstArticle:
    return make_baseline(cast)


def correct(cast, article: FirstArticle) -> FirstArticle:
    """Return the approved correction of a first article, in which nothing was measured anew."""
    by = cast.inspector
    opened = corrections.open_correction(by=by, first_article=article, reason="Serial was misread")
    submitted = first_articles.submit(by=by, first_article=opened, token=reauth(by))
    return first_articles.approve(by=cast.quality, first_article=submitted, token=reauth(cast.quality))


def test_what_was_decided_stands_when_the_correction_represents_the_same(cast, first):
    lot = make_changed(cast, first)
    decided = make_evaluation(cast, lot=lot, decision="none")
    corrected = correct(cast, first)
    assert (fai(lot), evaluations.open_found([lot.pk])) == (set(), [])
    # and so it is for a lot that shows the same change later
    later = make_changed(cast, first)
    assert (fai(later), evaluations.open_found([later.pk])) == (set(), [])
    again = correct(cast, corrected)
    assert fai(lot) == set()
    assert list(TriggerEvaluation.objects.values_list("number", flat=True)) == [decided.number]
    assert baseline_of(decided) == again


def test_what_the_correction_represents_otherwise_is_asked_anew(cast, first):
    lot = make_changed(cast, first)
    decided = make_evaluation(cast, lot=lot, decision="none")
    run_late(cast, first, fixture_revision="D")
    corrected = correct(cast, first)
    assert fai(lot) == {"evaluation"}
    [opened] = evaluations.open_found([lot.pk])
    assert (opened.baseline, [(row["before"], row["after"]) for row in opened.changes]) == (
        corrected,
        [("D", "C")],
    )
    assert TriggerEvaluation.objects.get(pk=decided.pk).state == "decided"
    decide(cast, opened, "none")
    assert fai(lot) == set()


def test_a_correction_that_ends_the_difference_ends_what_was_asked_for_it(cast, first):
    lot = make_changed(cast, first)
    make_evaluation(cast, lot=lot, decision="full")
    assert slots(lot) == {"": "missing", "evaluation": "accepted"}
    run_late(cast, first, fixture_revision="C")
    correct(cast, first)
    assert (slots(lot), fai(lot)) == ({"": "accepted"}, set())


def test_an_evaluation_that_waits_is_not_opened_twice(cast, first):
    lot = make_changed(cast, first)
    waiting = make_evaluation(cast, lot=lot)
    correct(cast, first)
    assert (evaluations.open_found([lot.pk]), fai(lot)) == ([], {"evaluation"})
    assert evaluations.evaluate(by=cast.inspector, traveler=lot) == waiting
    decide(cast, waiting, "none")
    assert fai(lot) == set()


def test_a_partial_first_article_builds_on_the_correction(cast, first):
    lot = walk(cast, make_changed(cast, first))
    decided = make_evaluation(cast, lot=lot, decision="partial")
    corrected = correct(cast, first)
    other = make_baseline(cast)
    with pytest.raises(NotAsDecided, match=f"compares with {corrected.number}"):
        open_partial(cast, decided, lot, baseline=other)
    assert open_partial(cast, decided, lot, baseline=corrected).baseline == corrected


def run_late(cast, first: FirstArticle, **setup) -> None:
    """Record that the lot of a first article was milled with another setup, found out after its approval."""
    step = step_at(first.traveler, 20)
    recorded = step.setup_runs.latest("pk")
    for name, value in setup.items():
        setattr(recorded, name, value)
    recorded.pk, recorded.recorded_at = None, timezone.now()
    recorded.save()
