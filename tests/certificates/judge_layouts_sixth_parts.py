"""Cells and lines that the sixth set of judging layouts shares; no block of a paper is built here."""

from __future__ import annotations

from tests.certificates.sheet import Sheet
from tests.certificates.trade import Result


def asked(sheet: Sheet, row: Result, joint: str = " to ") -> str:
    """Return the limits of a row as one cell."""
    low, high = sheet.habits.number(row.minimum), sheet.habits.number(row.maximum)
    if low and high:
        return f"{low}{joint}{high}"
    return f"{low} min" if low else f"{high} max"


def beside(sheet: Sheet, row: Result, steps: int) -> str:
    """Return the value so many steps of its last digit higher (lower below zero)."""
    digits = len(row.value.partition(".")[2])
    return sheet.habits.number(f"{float(row.value) + steps * 10**-digits:.{digits}f}")


def tick(sheet: Sheet, x: float, y: float, is_ticked: bool, side: float = 9) -> float:
    """Draw a box, crossed by two strokes when ticked; return where words may follow."""
    sheet.box(x, y, side, side)
    if is_ticked:
        sheet.line(x + 1.5, y + 1.5, x + side - 1.5, y + side - 1.5, 1)
        sheet.line(x + 1.5, y + side - 1.5, x + side - 1.5, y + 1.5, 1)
    return x + side + 4


def cell(
    sheet: Sheet, x: float, y: float, width: float, height: float, label: str, template: str, size: float = 9
) -> float:
    """Rule a box with a small label at its top and what it stands for below; return the box's right edge."""
    sheet.box(x, y, width, height)
    sheet.say(x + 4, y + 3, label, 6.5)
    sheet.flow(x + 4, y + 13, width - 8, template, size, label=label)
    return x + width
