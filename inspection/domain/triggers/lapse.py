"""How long production rested."""

from __future__ import annotations

import calendar
from datetime import datetime


def months_after(moment: datetime, months: int) -> datetime:
    """Return the same day so many months later, or the last day of that month where there is none.

    Units:   calendar months.
    """
    years, month = divmod(moment.month - 1 + months, 12)
    year, month = moment.year + years, month + 1
    last = calendar.monthrange(year, month)[1]
    return moment.replace(year=year, month=month, day=min(moment.day, last))


def has_lapsed(last_production_at: datetime, restarted_at: datetime, months: int) -> bool:
    """Say whether production rested longer than it may, compared by days.

    Units:   `months` calendar months.
    Source:  AS9102 Rev C 4.6 f (end of the last production operation to the actual restart); release rule 18.
    """
    return restarted_at.date() > months_after(last_production_at, months).date()
