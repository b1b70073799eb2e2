"""On which days something stood: an approval, a registration, an agreement; plain days, no records."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

from portal.domain.standing import first_day_after
from portal.models import Registration, Site

# the first day on which something did not stand, and the first on which it stood again; none: for good
Gap = tuple[date, date | None]
# the reference of a registration, its first day, and the first day it held no more
Rest = tuple[str, date, date]


def gaps_of(states: Sequence[tuple[str, date]], *, in_force: str = "approved") -> tuple[Gap, ...]:
    """Return the days on which an approval did not stand, from its states in the order they were recorded.

    Each state comes with the day from which it holds. A suspension ends where the next state begins: what was good
    before it, and what is good after the reinstatement, stays good.

    Source:  release rules 21 and 22: the approval is judged on the day of the order and of the work, not today.
    """
    ends = [since for _, since in states[1:]] + [None]
    found = [(since, end) for (state, since), end in zip(states, ends, strict=True) if state != in_force]
    return tuple(gap for gap in found if gap[1] is None or gap[0] < gap[1])


def stood_on(gaps: Iterable[Gap], on: date) -> bool:
    """Say whether no gap holds that day; its first day is one of it, the day it ends is not."""
    return not any(start <= on and (end is None or on < end) for start, end in gaps)


def day_at(site: Site, at: datetime | None = None) -> date:
    """Return the day it is at a site at a moment, now when none is given: days are read in the site's time zone."""
    return (at or timezone.now()).astimezone(ZoneInfo(site.time_zone)).date()


def plain_words(text: str) -> str:
    """Return a text as its letters and figures in upper case, one blank between words and at both ends."""
    return f" {' '.join(re.findall(r'[A-Z0-9]+', text.upper()))} "


def rests_on(basis: str, held: Iterable[Rest]) -> tuple[Rest, ...]:
    """Return the registrations an approval's basis names by their reference, each with its days.

    "Nadcap AC7108, certificate 12345" rests on the registration 12345 where the vendor has it on record. A basis
    that names none of record rests on its own words. A renewed certificate often keeps its number: each counts. A
    reference of less than three signs could be any word of a basis and names nothing.
    """
    words = plain_words(basis)
    named = ((plain_words(each[0]), each) for each in held)
    return tuple(each for reference, each in named if len(reference.strip()) > 2 and reference in words)


def rested_on(rests: Sequence[Rest], on: date) -> bool:
    """Say whether one of the registrations an approval rests on held that day, or it rests on none."""
    return not rests or any(first <= on < after for _, first, after in rests)


def held_by(organizations: Iterable[int]) -> dict[int, list[tuple[int | None, Rest]]]:
    """Return the registrations of organizations by their key, each with the key of the site it is bound to, if any."""
    found: dict[int, list[tuple[int | None, Rest]]] = {key: [] for key in organizations}
    for each in Registration.objects.filter(organization__in=found).order_by("pk"):
        found[each.organization_id].append(
            (each.site_id, (each.reference, each.valid_from, first_day_after(each)))
        )
    return found
