"""Nominal and limits out of the words of a requirement, only where they can be read in one way."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from documents.domain.imports.cells import COMMA, CellAsked, Habits, with_point

_NUMBER = r"\d+(?:[.,]\d+)?|[.,]\d+"
_SIGN = "[⌀Øø∅]|dia\\.?|diameter"
_UNIT = r"mm|in|inch|\"|°|deg|µm|um"
_HEAD = rf"^(?:(?P<kind>{_SIGN}|R|SR|SØ)\s*)?(?P<nominal>{_NUMBER})(?![\d.,])\s*(?P<unit>{_UNIT})?\s*"
_TAIL = rf"\s*(?P<unit2>{_UNIT})?$"
_BOTH = re.compile(_HEAD + rf"(?:±|\+/-|\+-)\s*(?P<tolerance>{_NUMBER})" + _TAIL, re.IGNORECASE)
_OFFSET = rf"[+\-]\s*(?:{_NUMBER})|(?<=[\s/])0"
_TWO = re.compile(_HEAD + rf"(?P<first>{_OFFSET})\s*(?:/|\s)\s*(?P<second>{_OFFSET})" + _TAIL, re.IGNORECASE)
# without blanks round its dash, 4-40 is a thread
_RANGE = re.compile(
    rf"^(?:{_SIGN})?\s*(?P<low>{_NUMBER})\s+(?:-|–|to)\s+(?P<high>{_NUMBER})" + _TAIL, re.IGNORECASE
)
_ONE_SIDED = re.compile(
    rf"^(?:(?P<before>max|maximum|min|minimum|≤|≥)\.?\s*)?(?:(?:{_SIGN}|R)\s*)?(?P<limit>{_NUMBER})\s*"
    rf"(?P<unit2>{_UNIT})?\s*(?P<after>max|maximum|min|minimum)?\.?$",
    re.IGNORECASE,
)
_SPELLED = {'"': "in", "inch": "in", "°": "deg", "µm": "um"}


@dataclass(frozen=True)
class Limits:
    """What a requirement says in numbers.

    Units: in `unit` where the words name one, else in the unit of the drawing.
    """

    nominal: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    unit: str


def read_requirement(text: str, habits: Habits) -> Limits | None:
    """Return nominal and limits of a requirement; None when its words do not say them in one way.

    Reads `10.0 ±0.1`, `Ø6.6 +0.2/0`, `12 -0.05/-0.1`, `9.9 - 10.1`, `max 1.6`, `0.5 MIN`. A plain number has no
    limits of its own, and a feature control frame or a note stays words.

    Raises:  CellAsked when a comma may be a decimal sign.
    """
    words = " ".join(text.replace("−", "-").split())
    for pattern, read in ((_BOTH, _both), (_TWO, _two), (_RANGE, _range), (_ONE_SIDED, _one_sided)):
        if found := pattern.fullmatch(words):
            return read(found, habits)
    return None


def _number(text: str, habits: Habits) -> Decimal:
    if "," in text and habits.decimal_sign != COMMA:
        raise CellAsked(
            "decimal_sign",
            f"“{text}” holds a comma. Say whether the file writes a point or a comma before decimals.",
        )
    return Decimal(with_point(text.replace(" ", ""), habits))


def _unit(found: re.Match) -> str:
    named = found.groupdict().get("unit") or found.groupdict().get("unit2") or ""
    return _SPELLED.get(named.lower(), named.lower())


def _both(found: re.Match, habits: Habits) -> Limits:
    nominal, tolerance = _number(found["nominal"], habits), _number(found["tolerance"], habits)
    return Limits(nominal, nominal - tolerance, nominal + tolerance, _unit(found))


def _two(found: re.Match, habits: Habits) -> Limits | None:
    nominal = _number(found["nominal"], habits)
    reached = [nominal + _number(found[name], habits) for name in ("first", "second")]
    return Limits(nominal, min(reached), max(reached), _unit(found))


def _range(found: re.Match, habits: Habits) -> Limits | None:
    low, high = _number(found["low"], habits), _number(found["high"], habits)
    # a larger number first is a nominal with a minus, or a slip: only the drawing can tell
    return Limits(None, low, high, _unit(found)) if low < high else None


def _one_sided(found: re.Match, habits: Habits) -> Limits | None:
    side = {found["before"], found["after"]} - {None}
    if len(side) != 1:
        return None
    limit, word = _number(found["limit"], habits), side.pop().lower()
    is_upper = word in ("max", "maximum", "≤")
    return Limits(None, None if is_upper else limit, limit if is_upper else None, _unit(found))
