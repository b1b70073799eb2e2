"""Days counted from the day a test runs, for parametrized tests: a run that crosses midnight asks what it means."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from psycopg2.extras import DateRange


@dataclass(frozen=True)
class InDays:
    """A day so many days from the one on which the test runs, not the one on which it was collected."""

    days: int


def in_days(days: int) -> InDays:
    """Return a day so many days from the test's own today; negative lies behind it."""
    return InDays(days)


def settle(value: Any) -> Any:
    """Return a value with every day counted from today made a date, however deep it stands."""
    if isinstance(value, InDays):
        return day(value)
    if isinstance(value, dict):
        return {key: settle(each) for key, each in value.items()}
    if isinstance(value, DateRange):
        return DateRange(settle(value.lower), settle(value.upper))
    if type(value) in (list, tuple):
        return type(value)(settle(each) for each in value)
    return value


def day(value: InDays) -> date:
    """Return the date of a day counted from today."""
    return timezone.localdate() + timedelta(days=value.days)
