"""Run rules chosen for one characteristic: they mark its chart and raise alarms, and only then."""

import re

import pytest

from inspection.domain.drift_alarms import review_inspection, sentence_of
from inspection.domain.releases import histories_of
from inspection.domain.rule_choices import RunRulesDoNotFit, choose_run_rules, standing_choice
from inspection.domain.spc.run_rules import EIGHT_ONE_SIDE, NINE_ONE_SIDE, SIX_TREND
from inspection.models import DriftAlarm
from portal.domain.errors import Incomplete, NotEntitled, NotTheMoment
from portal.models import Event
from tests.factories.releases import make_baseline, make_release

pytestmark = pytest.mark.django_db

# a little above the first article's mean of 10.000, well inside every drift limit
ABOVE = ["10.001"] * 5
EVEN = [["10.001"] * 5, ["9.999"] * 5]


@pytest.fixture
def baseline(cast):
    return make_baseline(cast)


@pytest.fixture
def bore(baseline):
    return baseline.part_revision.characteristics.select_related("part_revision__part").get(balloon="1")


def choose(cast, bore, rules, **changes):
    facts = {
        "by": cast.quality,
        "characteristic": bore,
        "side": "after",
        "rules": rules,
        "reason": "Key fit.",
    }
    return choose_run_rules(**facts | changes)


def history(bore):
    found = histories_of(bore.part_revision.part, only=[bore.pk])
    return next(each for each in found if each.side == "after")


def test_eight_releases_on_one_side_alarm_only_once_chosen(cast, baseline, bore):
    for _ in range(8):
        record = make_release(cast, baseline, ABOVE)
    assert [review_inspection(record=record), history(bore).broken_rules] == [[], {}]
    choose(cast, bore, [EIGHT_ONE_SIDE])
    [alarm] = review_inspection(record=record)
    assert [alarm.chart, alarm.direction, alarm.lot.number] == ["rules", "high", record.traveler.number]
    assert sentence_of(alarm) == (
        f"With lot {record.traveler.number} the release means of 1 Bore break a run rule chosen for it: 8 points on "
        "one side of the centre. The latest is 10.001 mm, the first article's mean 10 mm."
    )
    # another above is part of the same run; then the run is broken and three quiet releases end it
    assert review_inspection(record=make_release(cast, baseline, ABOVE)) == []
    found = [review_inspection(record=make_release(cast, baseline, EVEN[at % 2])) for at in range(1, 4)]
    assert found == [[], [], [DriftAlarm.objects.get()]]
    assert DriftAlarm.objects.get().state == "recovered"


def test_chosen_rules_mark_the_chart_in_a_sentence(cast, client, baseline, bore):
    choose(cast, bore, [EIGHT_ONE_SIDE, SIX_TREND])
    for _ in range(8):
        make_release(cast, baseline, ABOVE)
    client.force_login(cast.quality)
    page = client.get(f"/parts/{bore.part_revision.part.number}/A/drift/1/?side=after").content.decode()
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))
    assert "Watched by run rules: 8 points on one side of the centre; 6 points rising or falling." in text
    lot = history(bore).judged[7].lot
    assert f"Release {lot} against the first article: 8 points on one side of the centre." in text


def test_the_latest_choice_holds_and_an_empty_one_ends_it(cast, baseline, bore):
    first = choose(cast, bore, [SIX_TREND])
    assert [standing_choice(bore, "after"), standing_choice(bore, "before")] == [first, None]
    assert history(bore).rules == ("beyond_3_sigma", SIX_TREND)
    choose(cast, bore, [], reason="Too many false alarms.")
    assert history(bore).rules == ("beyond_3_sigma",)
    event = Event.objects.filter(noun="run rules").latest("id")
    assert [event.verb, event.number] == ["choose", f"{bore.part_revision.part.number} A 1 after finish"]
    assert event.data["changes"] == "none beside points beyond the limits"


def test_a_choice_that_cannot_be_is_refused(cast, baseline, bore):
    refusals = [
        ({"by": cast.inspector}, NotEntitled, "may not choose run rules"),
        ({"reason": " "}, Incomplete, "Say why the run rules of 1 Bore are chosen"),
        ({"side": "inside"}, RunRulesDoNotFit, "“inside” is no side"),
        ({"rules": ["7_in_a_row"]}, RunRulesDoNotFit, "There is no run rule “7_in_a_row”"),
        ({"rules": [EIGHT_ONE_SIDE, NINE_ONE_SIDE]}, RunRulesDoNotFit, "the same rule of two schools"),
        ({"rules": []}, NotTheMoment, "exactly these run rules after finish already"),
    ]
    for changes, refusal, words in refusals:
        with pytest.raises(refusal, match=words):
            choose(cast, bore, changes.pop("rules", [SIX_TREND]), **changes)
    assert standing_choice(bore, "after") is None
    assert choose(cast, bore, [SIX_TREND]).rules == [SIX_TREND]


def test_quality_chooses_on_the_page(cast, client, baseline, bore):
    address = f"/parts/{bore.part_revision.part.number}/A/drift/1/"
    client.force_login(cast.inspector)
    assert "run-rules/" not in client.get(address).content.decode()
    client.force_login(cast.quality)
    assert f'href="{address}run-rules/?side=after"' in client.get(address).content.decode()
    given = {"side": "after", "rules": [SIX_TREND], "reason": "Wear of the insert shows as a trend."}
    shown = client.post(f"{address}run-rules/", given, follow=True).content.decode()
    assert "1 Bore is watched by: 6 points rising or falling." in shown
