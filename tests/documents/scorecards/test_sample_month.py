"""The month that went by in the sample shop: done by the verbs on its days, frozen, reckoned again to the same."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from documents.demo import last_month, past
from documents.demo.parts import PIN
from documents.domain.scorecards.freezing import check_cards
from documents.models import Scorecard
from portal.models import Event, Signature
from routes.domain.lots import current_step, quantity_of
from routes.models import Traveler


def test_the_month_is_frozen_from_what_happened_and_reckons_to_the_same(db):
    today = timezone.localdate()
    stock = last_month.went_by(today)
    card = Scorecard.objects.get(vendor=stock.people.organizations["LOWELL"])
    assert card.month == last_month.last_due(today)
    assert {each["code"]: (each["numerator"], each["denominator"]) for each in card.content["figures"]} == {
        "on_time": (5, 6),
        "ppm": (1, 120),
        "paper": (5, 6),
        "paper_days": (6, 6),
        "work_days": (5, 6),
    }
    assert all(each["counted"] >= 5 and each["value"] for each in card.content["figures"])
    assert [(each.is_as_frozen, each.changed) for each in check_cards([card])] == [(True, ())]
    assert stock.plan.spec == PIN
    assert quantity_of_open_lots() == 119


def quantity_of_open_lots() -> int:
    """Return the pins that wait for their final inspection."""
    waiting = list(Traveler.objects.filter(state=Traveler.OPEN))
    assert {current_step(lot).operation.sequence for lot in waiting} == {40}
    return sum(quantity_of(lot) for lot in waiting)


def test_what_happened_stands_in_the_log_in_its_order_and_before_today(db):
    before = timezone.now()
    last_month.went_by(before.date())
    moments = list(Event.objects.order_by("pk").values_list("at", flat=True))
    month = last_month.last_due(before.date())
    assert moments == sorted(moments)
    assert month <= moments[0].date() < moments[-1].date() == last_month.freezing_day(month)
    signed = list(Signature.objects.order_by("pk").values_list("signed_at", flat=True))
    assert signed == sorted(signed)
    assert month <= signed[0].date() < signed[-1].date() < last_month.freezing_day(month)
    assert timezone.now() >= before


@pytest.mark.parametrize(
    ("today", "month"),
    [
        (date(2026, 11, 23), date(2026, 10, 1)),
        (date(2026, 11, 7), date(2026, 10, 1)),
        (date(2026, 11, 6), date(2026, 9, 1)),
        (date(2027, 1, 2), date(2026, 11, 1)),
        (date(2026, 3, 31), date(2026, 2, 1)),
    ],
)
def test_the_month_is_the_last_whose_days_of_grace_are_over(db, today, month):
    assert last_month.last_due(today) == month


def test_every_month_has_days_enough_for_every_basket():
    latest = max(trip.back + trip.is_paper_wrong for trip in last_month.TRIPS)
    months = [date(year, month, 1) for year in range(2026, 2056) for month in range(1, 13)]
    assert min(len(last_month.working_days(month)) for month in months) == 20 > latest


def test_a_clock_in_the_past_runs_on_and_is_put_right_whatever_happens():
    real, day = timezone.now, date(2026, 10, 1)
    with pytest.raises(KeyError), past.on(day, 6):
        first, second = timezone.now(), timezone.now()
        assert datetime(2026, 10, 1, 6, tzinfo=UTC) <= first <= second
        assert timezone.localdate() == day
        raise KeyError
    assert timezone.now is real


def test_no_clock_stands_in_the_future():
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(ValueError, match="is still to come"), past.on(tomorrow, 6):
        pass
