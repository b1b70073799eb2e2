"""How strictly the next lot of a series is looked at, from how the lots before it fared.

Only lots offered for the first time count; a lot offered again tells about the sorting, not about the process.

Source:  MIL-STD-105E 4.7 (switching procedures) and 4.8 (discontinuation).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from inspection.domain.sampling.z14 import NORMAL, REDUCED, TIGHTENED

DISCONTINUED = "discontinued"
WINDOW, REJECTED_OF_WINDOW = 5, 2
ACCEPTED_TO_RELAX = 5
REJECTED_TO_STOP = 5
ACCEPTED_TO_REDUCE = 10


@dataclass(frozen=True)
class Outcome:
    """How one lot fared: accepted or not, and whether its count lay between acceptance and rejection number."""

    is_accepted: bool
    is_between: bool = False


@dataclass(frozen=True)
class Switch:
    """A change of severity and the sentence that says why."""

    verb: str
    severity: str
    why: str


def switch_after(severity: str, since: Sequence[Outcome]) -> Switch | None:
    """Return the change that the last lot of a series brings, or None.

    since: original lots since this severity began, the last one last.
    """
    if not since:
        return None
    rejected = sum(not each.is_accepted for each in since)
    if severity == NORMAL:
        recent = sum(not each.is_accepted for each in since[-WINDOW:])
        if recent >= REJECTED_OF_WINDOW:
            return Switch(
                "tighten", TIGHTENED, f"{recent} of the last {len(since[-WINDOW:])} lots were rejected"
            )
    elif severity == TIGHTENED:
        if rejected >= REJECTED_TO_STOP:
            return Switch(
                "discontinue", DISCONTINUED, f"{rejected} lots were rejected on tightened inspection"
            )
        last = since[-ACCEPTED_TO_RELAX:]
        if len(last) == ACCEPTED_TO_RELAX and all(each.is_accepted for each in last):
            return Switch("relax", NORMAL, f"{ACCEPTED_TO_RELAX} consecutive lots were accepted")
    elif severity == REDUCED:
        if not since[-1].is_accepted:
            return Switch("restore", NORMAL, "a lot was rejected on reduced inspection")
        if since[-1].is_between:
            return Switch("restore", NORMAL, "a lot lay between acceptance and rejection number")
    return None


def lots_to_reduce(since: Sequence[Outcome]) -> int:
    """Return how many more lots must be accepted on normal inspection before it may be reduced."""
    run = 0
    for each in reversed(since):
        if not each.is_accepted:
            break
        run += 1
    return max(ACCEPTED_TO_REDUCE - run, 0)
