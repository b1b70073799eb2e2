"""What counts as late: work by its moment, findings by their day."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from routes.domain import gauges
from routes.domain.late_entry import LateWithoutReason, is_late, is_late_day, require_late_reason
from routes.templatetags.routes_words import entered_late
from tests.factories.routes import make_gauge, today

NOON = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize("hours, expected", [(0, False), (24, False), (24.1, True)])
def test_work_is_late_after_a_day(hours, expected):
    assert is_late(NOON - timedelta(hours=hours), entered_at=NOON) is expected


@pytest.mark.parametrize(
    "day, expected", [(date(2026, 3, 10), False), (date(2026, 3, 9), False), (date(2026, 3, 8), True)]
)
def test_finding_of_yesterday_is_in_time(day, expected):
    assert is_late_day(day, entered_at=NOON) is expected


def test_late_finding_says_when_it_was_entered():
    assert entered_late(date(2026, 3, 1), NOON) == "entered late, 10 Mar 2026"
    assert [
        entered_late(date(2026, 3, 9), NOON),
        entered_late(None, NOON),
        entered_late(NOON.date(), None),
    ] == [
        "",
        "",
        "",
    ]


def test_reason_is_asked_only_for_late_work():
    assert require_late_reason("Step 1", timezone.now(), "  ") == ""
    with pytest.raises(LateWithoutReason, match="Step 1 was done on .* more than 24 hours ago"):
        require_late_reason("Step 1", timezone.now() - timedelta(hours=25), "  ")


def test_gauge_page_marks_a_calibration_entered_late(cast, sign_in):
    gauge = make_gauge(cast)
    gauges.record_calibration(
        by=cast.inspector,
        gauge=gauge,
        certificate_number="CAL-NEW",
        calibrated_on=today(),
        due_on=today() + timedelta(days=300),
    )
    page = sign_in(cast.quality).get(reverse("routes:gauge-detail", args=[gauge.number])).content.decode()
    assert page.count(f"entered late, {timezone.now():%-d %b %Y}") == 1
