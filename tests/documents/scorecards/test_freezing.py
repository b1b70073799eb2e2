"""Facts against a naive reading of a world by chance; a month frozen, checked, and what came later beside it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import Error, connection, transaction
from django.test.utils import CaptureQueriesContext

from documents.domain.scorecards.facts import MonthFacts, read_facts
from documents.domain.scorecards.freezing import check_cards, freeze_due, freeze_month
from documents.domain.scorecards.terms import HOUSE_WEIGHTS, set_terms
from documents.models import Scorecard
from portal.domain.errors import Incomplete, NotEntitled, NotTheMoment
from portal.models import Event
from routes.domain.words import AlreadyThere
from tests.documents.scorecards.naive import facts_of
from tests.documents.scorecards.world import OCTOBER, make_world, moment

NOVEMBER_5, NOVEMBER_6 = moment(date(2026, 11, 5)), moment(date(2026, 11, 6))


@pytest.mark.parametrize("seed", [1, 2])
def test_facts_agree_with_a_naive_reading_of_a_world_by_chance(cast, seed):
    world = make_world(cast, seed).happen(orders=24)
    for month in (9, 10, 11):
        for as_of in (moment(date(2026, 10, 20)), NOVEMBER_6, moment(date(2026, 12, 24))):
            found = read_facts(date(2026, month, 1), as_of=as_of)
            for site in world.vendors:
                vendor = site.organization
                wanted = facts_of(vendor, 2026, month, as_of)
                assert found.get(vendor.pk, MonthFacts(date(2026, month, 1))) == wanted, (month, as_of)


def test_any_number_of_vendors_takes_four_statements(cast):
    make_world(cast).happen(orders=6)
    for vendors in (None, [cast.vendor_organization.pk]):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            read_facts(OCTOBER, as_of=NOVEMBER_6, vendors=vendors)
        assert len(asked) == 4


def busy_month(cast):
    """Let six lines be due in October: five whole and with paper, one a day late."""
    world = make_world(cast, vendors=2)
    for n in range(6):
        line = world.order(cast.vendor_site, ordered_on=date(2026, 10, 1), due_on=date(2026, 10, 20))
        world.send(line, date(2026, 10, 2))
        world.bring(line, date(2026, 10, 19))
        world.take_back(line, date(2026, 10, 21 if n == 0 else 20), 20)
        world.last = line
    return world


def test_a_month_is_frozen_once_its_days_of_grace_are_over(cast):
    busy_month(cast)
    assert freeze_due(at=NOVEMBER_5) == []
    [card] = freeze_due(at=NOVEMBER_6)
    assert (card.vendor, card.month, card.grade, card.rules) == (cast.vendor_organization, OCTOBER, "A", "1")
    figures = {each["code"]: (each["numerator"], each["denominator"]) for each in card.content["figures"]}
    assert figures["on_time"] == (5, 6)
    assert freeze_due(at=moment(date(2026, 11, 7))) == []
    event = Event.objects.get(noun="scorecard", verb="freeze")
    assert (event.number, event.data["facts_sha256"]) == (card.number, card.facts_sha256)


def test_a_frozen_month_is_reckoned_again_to_the_same_and_later_records_stand_beside(cast):
    world = busy_month(cast)
    [card] = freeze_month(OCTOBER, at=NOVEMBER_6)
    [check] = check_cards([card], at=moment(date(2026, 11, 7)))
    assert (check.is_as_frozen, check.changed) == (True, ())
    late = Scorecard.objects.get(number=card.number).content["figures"][0]["records"][0]
    assert (late["went"], late["days"]) == ("late", 1)
    world.excuse(
        world.line.__class__.objects.get(order__number=late["number"].split("/")[0]), date(2026, 11, 8)
    )
    [check] = check_cards([card], at=moment(date(2026, 11, 9)))
    assert (check.is_as_frozen, check.changed) == (
        True,
        (("on_time", "5 of 6", "5 of 5"), ("work_days", "5 of 6", "5 of 5")),
    )
    assert Scorecard.objects.get(number=card.number).content == card.content


def test_a_row_slipped_in_behind_a_frozen_month_is_found(cast):
    world = busy_month(cast)
    [card] = freeze_month(OCTOBER, at=NOVEMBER_6)
    world.excuse(world.last, date(2026, 11, 1))
    [check] = check_cards([card], at=NOVEMBER_6 + timedelta(days=1))
    assert check.is_as_frozen is False


def test_the_database_keeps_a_frozen_card_as_it_is(cast):
    busy_month(cast)
    [card] = freeze_month(OCTOBER, at=NOVEMBER_6)
    with pytest.raises(Error), transaction.atomic():
        Scorecard.objects.filter(pk=card.pk).update(grade="A")


def terms(cast, **facts):
    wanted = {"from_month": OCTOBER, "reason": "As agreed.", "weights": HOUSE_WEIGHTS, "by": cast.manager}
    return set_terms(**{**wanted, **facts})


def test_terms_hold_from_their_month_on_and_are_kept_with_the_card(cast):
    busy_month(cast)
    made = terms(cast, late_days=1, at=moment(date(2026, 9, 30)))
    [card] = freeze_month(OCTOBER, at=NOVEMBER_6)
    assert (card.content["terms"]["number"], card.content["terms"]["late_days"]) == (made.number, 1)
    assert card.content["figures"][0]["numerator"] == 6
    with pytest.raises(NotTheMoment) as refusal:
        terms(cast)
    assert refusal.value.sentence == (
        "The scorecards of October 2026 are frozen. Set terms for a later month than that."
    )


def test_terms_set_by_two_at_once_are_set_once(cast, monkeypatch):
    terms(cast)
    # as the second read the months before the first had written
    monkeypatch.setattr("documents.domain.scorecards.terms._require_free", lambda first: None)
    with pytest.raises(AlreadyThere) as refusal:
        terms(cast)
    assert refusal.value.sentence.startswith("Terms from October 2026 on were set a moment ago.")


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"reason": " "}, "Say why the terms change; vendors will read it beside their figures."),
        (
            {"weights": {**HOUSE_WEIGHTS, "ppm": -1}},
            "Give every figure a weight of nought or more, and at least one a weight above nought.",
        ),
        (
            {"weights": {"ppm": 1}},
            "Give every figure a weight of nought or more, and at least one a weight above nought.",
        ),
        (
            {"grade_a": 75},
            "Grade A must begin above grade B, both within a hundred points; the least number of lines and the parts "
            "per million that earn nothing are one or more.",
        ),
        (
            {"late_days": 6},
            "A month cannot be frozen before the window of its last day is over. Freeze it later.",
        ),
    ],
)
def test_terms_that_cannot_be_are_refused(cast, facts, sentence):
    with pytest.raises(Incomplete) as refusal:
        terms(cast, **facts)
    assert refusal.value.sentence == sentence


def test_terms_are_a_managers_and_one_a_month(cast):
    with pytest.raises(NotEntitled):
        terms(cast, by=cast.quality)
    made = terms(cast)
    with pytest.raises(NotTheMoment) as refusal:
        terms(cast)
    assert refusal.value.sentence == (
        f"{made.number} sets terms from October 2026 on already. Choose a later month."
    )
