"""Evaluations open by themselves, once; people report the rest; a quality engineer decides, signed."""


from inspection.domain import evaluations, trigger_feed
from inspection.models import TriggerEvaluation
from portal.models import Event
from tests.factories.triggers import make_baseline, make_changed, repeat, run


def test_a_lot_like_the_first_opens_no_evaluation(cast):
    lot = repeat(cast, make_baseline(cast))
    run(cast, lot)
    assert evaluations.open_found([lot.pk]) == []


def test_a_fixture_revision_opens_one_by_itself_and_only_once(cast):
    lot = make_changed(cast)
    trigger_feed.follow(list(Event.objects.all()))
    trigger_feed.follow(list(Event.objects.all()))
    opened = TriggerEvaluation.objects.get()
    assert (opened.traveler, opened.opened_by, opened.state) == (lot, None, "open")
    assert [(row["kind"], row["before"], row["after"]) for row in opened.changes] == [
        ("fixture_revision", "B", "C")
    ]
