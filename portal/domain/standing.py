"""How a registration or an agreement stands on a day, by words everybody uses."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from portal.models import Agreement, Registration

# how long before its last day something counts as expiring: time to renew it
SOON_DAYS = 60
IN_FORCE, TO_COME, EXPIRING, EXPIRED = "in_force", "to_come", "expiring", "expired"
WITHDRAWN, ENDED = "withdrawn", "ended"
# what holds no more, in the order in which it is worth telling
OVER = (WITHDRAWN, ENDED, EXPIRED)


def ended_on(record: Registration | Agreement) -> date | None:
    """Return the first day on which somebody said it held no more."""
    return record.withdrawn_on if isinstance(record, Registration) else record.ended_on


def first_day_after(record: Registration | Agreement) -> date:
    """Return the first day it holds no more; the end of the calendar for one without an end."""
    after = record.valid_to + timedelta(days=1) if record.valid_to else date.max
    return min(after, ended_on(record) or after)


def standing_of(record: Registration | Agreement, today: date) -> str:
    """Return how it stands on a day: to come, in force, expiring within sixty days, expired, withdrawn or ended.

    Source:  AS9100D 8.4.1.1 (register of external providers with their status).
    """
    ended = ended_on(record)
    if ended and ended <= today:
        return WITHDRAWN if isinstance(record, Registration) else ENDED
    if today < record.valid_from:
        return TO_COME
    if record.valid_to and record.valid_to < today:
        return EXPIRED
    if record.valid_to and (record.valid_to - today).days <= SOON_DAYS:
        return EXPIRING
    return IN_FORCE


def latest_of_each_kind(registrations: Iterable[Registration]) -> list[Registration]:
    """Return the registrations that speak for today: of one kind at one site, the one that ends last.

    What was renewed is history; what was not is still owed.
    """
    latest: dict[tuple, Registration] = {}
    for each in registrations:
        key = (each.organization_id, each.site_id, each.kind)
        if key not in latest or first_day_after(latest[key]) < first_day_after(each):
            latest[key] = each
    return sorted(latest.values(), key=lambda each: (each.valid_to, each.pk))
