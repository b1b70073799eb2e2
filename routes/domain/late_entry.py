"""Work and findings entered long after they happened: what counts as late, and the reason asked for it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils import timezone

from portal.domain.errors import Incomplete

# House rule (docs/decisions/0012): what is entered more than a day after it was done is late and says so.
LATE_AFTER = timedelta(hours=24)


class LateWithoutReason(Incomplete):
    """Work is entered long after it was done and nobody says why."""

    code = "late-without-reason"


def is_late(moment: datetime, *, entered_at: datetime) -> bool:
    """Say whether work was entered so long after it was done that a reason is asked."""
    return entered_at - moment > LATE_AFTER


def is_late_day(day: date, *, entered_at: datetime) -> bool:
    """Say whether something of a day was entered long after that day had ended.

    Only the day is known, so it counts from the day's end: what happened yesterday is entered in time today.
    """
    return timezone.localdate(entered_at) - day > LATE_AFTER


def require_late_reason(what: str, moment: datetime, reason: str) -> str:
    """Return the reason without blanks around it; it may be empty when the work is of the last day.

    Raises:  LateWithoutReason.
    """
    reason = reason.strip()
    if not reason and is_late(moment, entered_at=timezone.now()):
        raise LateWithoutReason(
            f"{what} was done on {moment:%-d %b %Y %H:%M}, more than {LATE_AFTER.total_seconds() / 3600:.0f} hours "
            "ago. Say why it is entered late."
        )
    return reason
