"""A clock that stands in the past, for what the sample shop did before it was built."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from time import monotonic

from django.utils import timezone


@contextmanager
def on(day: date, hour: int) -> Iterator[None]:
    """Let what is done in here have happened on a day that is over; the clock runs on from that hour.

    It moves the clock of this process, so nothing else may run in it: the sample shop is built before any page is
    answered. What is signed into a checkpoint of the log is signed by the real clock, after all of it.

    Units:   hours in UTC.
    Raises:  ValueError for an hour to come.
    """
    real, began = timezone.now, monotonic()
    moment = datetime.combine(day, time(hour), tzinfo=UTC)
    if moment > real():
        raise ValueError(f"{moment:%Y-%m-%d %H:%M} is still to come.")

    def now() -> datetime:
        return moment + timedelta(seconds=monotonic() - began)

    timezone.now = now
    try:
        yield
    finally:
        timezone.now = real
