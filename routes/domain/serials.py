"""Serial numbers as people read them."""

from __future__ import annotations

from collections.abc import Sequence

DASH = "–"


def as_ranges(serials: Sequence[str]) -> list[str]:
    """Return serials with runs of neighbours joined: 0001, 0002, 0003, 0007 are 0001–0003 and 0007.

    Only plain numbers of one width make a run; two neighbours stay two numbers.
    """
    runs: list[list[str]] = []
    for serial in serials:
        if runs and _follows(runs[-1][-1], serial):
            runs[-1].append(serial)
        else:
            runs.append([serial])
    return [text for run in runs for text in (run if len(run) < 3 else [f"{run[0]}{DASH}{run[-1]}"])]


def _follows(before: str, serial: str) -> bool:
    are_numbers = all(text.isascii() and text.isdigit() for text in (before, serial))
    return are_numbers and len(before) == len(serial) and int(serial) == int(before) + 1
