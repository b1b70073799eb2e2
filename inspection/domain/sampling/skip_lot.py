"""Which lots of a qualified series are looked at, and what ends the qualification.

Source:  ISO 2859-3 (skip-lot sampling): qualification by ten accepted lots, one lot in two to five looked at, back to
         every lot on a rejection, a change of the process, or too long a pause.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, timedelta

from inspection.domain.sampling.switching import Outcome

ACCEPTED_TO_QUALIFY = 10
FRACTIONS = (2, 3, 4, 5)
LONGEST_PAUSE = timedelta(days=365)


def lots_to_qualify(series: Sequence[Outcome]) -> int:
    """Return how many more lots must be accepted in a row before a series qualifies."""
    run = 0
    for each in reversed(series):
        if not each.is_accepted or each.is_between:
            break
        run += 1
    return max(ACCEPTED_TO_QUALIFY - run, 0)


def is_drawn(*, lot: str, draw: str, one_in: int) -> bool:
    """Say whether a lot is among those looked at: drawn by chance, the same however often one asks.

    draw: what nobody knew before the series was qualified, so that nobody can choose the lots.
    """
    digest = hashlib.sha256(f"{draw}:{lot}".encode()).digest()
    return int.from_bytes(digest[:8], "big") % one_in == 0


def ended_by(
    *, series: Sequence[Outcome], route: str, route_then: str, last_on: date | None, today: date
) -> str:
    """Return what ends a qualification, as words; empty while it stands.

    series: lots since it was qualified. route: the released plan now, and the one it was qualified with.
    """
    if any(not each.is_accepted or each.is_between for each in series):
        return "a lot was rejected"
    if route != route_then:
        return f"the route changed from {route_then} to {route}"
    if last_on is not None and today - last_on > LONGEST_PAUSE:
        return f"no lot was looked at since {last_on:%-d %b %Y}"
    return ""
