"""Numbers as files write them, read exactly or not at all."""

from __future__ import annotations

import re
from decimal import Decimal

# Beyond these a number is an attack or a typing slip, never a dimension.
LONGEST = 60
LARGEST_EXPONENT = 15
SMALLEST_EXPONENT = -40

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?")


class NotANumber(ValueError):
    """The text is not a finite number of sensible size; the message says which of these."""


def exact(text: str) -> Decimal:
    """Return the decimal number a text shows, with a point as its decimal sign.

    Raises:  NotANumber for anything else, NaN and infinity included.
    """
    text = text.strip()
    shown = text if len(text) <= 30 else text[:30] + "…"
    if re.fullmatch(r"[+-]?(nan|inf|infinity)", text, re.IGNORECASE):
        raise NotANumber(f"{shown} is not a finite number")
    if len(text) > LONGEST or not _NUMBER.fullmatch(text):
        raise NotANumber(f"“{shown}” is not a number")
    value = Decimal(text)
    if value and not SMALLEST_EXPONENT <= value.adjusted() <= LARGEST_EXPONENT:
        raise NotANumber(f"{shown} is too large or too small to be a measurement")
    return value
