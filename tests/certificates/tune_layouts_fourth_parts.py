"""What the houses of the fourth set of layouts have in common."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from documents.formats.paper import ReadField
from tests.certificates.sheet import MONTHS, Habits, Sheet
from tests.certificates.trade import Result


@dataclass(frozen=True)
class MonthFirst(Habits):
    """A house that writes Nov 22, 2026."""

    def day(self, day: date) -> str:
        return f"{MONTHS['en'][day.month - 1][:3]} {day.day}, {day.year}"


def spec(sheet: Sheet, revised: str) -> str:
    """Return the template of a specification with its revision; a standard's year follows a hyphen or colon."""
    number = sheet.facts.spec_number
    if number.startswith(("ASTM", "EN ")):
        revised = "-" if number.startswith("ASTM") else ":"
    return "{spec_number}[" + revised + "{spec_revision}]"


def span(sheet: Sheet, row: Result, least: str = "min. {}", most: str = "max. {}", to: str = " – ") -> str:
    """Return the limits of a result as one cell says them."""
    low, high = sheet.habits.number(row.minimum), sheet.habits.number(row.maximum)
    return f"{low}{to}{high}" if low and high else least.format(low) if low else most.format(high)


def said(sheet: Sheet, row: Result, what: str) -> str:
    return sheet.habits.number(getattr(row, what)) or "-"


def under_heads(
    sheet: Sheet,
    y: float,
    cells: Iterable[tuple[float, float, str, str]],
    height: float = 30,
    size: float = 9,
) -> float:
    """Draw a shaded row of captions with the facts in a row of boxes under it."""
    for x, width, label, template in cells:
        sheet.box(x, y, width, 13, 0.88)
        sheet.box(x, y, width, 13)
        sheet.box(x, y + 13, width, height - 13)
        sheet.say(x + 3, y + 3, label, 7, sheet.bold)
        sheet.flow(x + 3, y + 17, width - 5, template, size, label=label)
    return y + height


def over_rules(
    sheet: Sheet, x: float, y: float, cells: Iterable[tuple[float, str, str]], size: float = 9
) -> float:
    """Write each fact on a rule with its caption in small print below the rule."""
    for width, label, template in cells:
        sheet.flow(x, y, width - 8, template, size, label=label)
        sheet.line(x, y + size * 1.4, x + width - 8, y + size * 1.4)
        sheet.say(x, y + size * 1.4 + 2, label, 6.5)
        x += width
    return y + size * 1.4 + 18


def down(
    sheet: Sheet, x: float, y: float, at: float, pairs: Iterable[tuple[str, str]], size: float = 9, step: float = 0,
    width: float = 180,
) -> float:  # fmt: skip
    """Write labels with what they stand for down the page."""
    for label, template in pairs:
        y = max(sheet.pair(x, y, label, template, at, width, size), y + (step or size * 1.6))
    return y


def of_test(sheet: Sheet, *tests: str) -> list[Result]:
    return [row for row in sheet.facts.rows if row.test in tests]


def not_of(sheet: Sheet, *tests: str) -> list[Result]:
    return [row for row in sheet.facts.rows if row.test not in tests]


def results(
    sheet: Sheet, y: float, heads: Iterable[tuple[float, str]], rows: Iterable[Result], cells, step: float = 14,
    size: float = 8.5,
) -> float:  # fmt: skip
    """Write a head and results a row each; `cells` makes the row's texts in the order of the heads."""
    heads = list(heads)
    for x, head in heads:
        sheet.say(x, y, head, size, sheet.bold)
    for row in rows:
        y += step
        for (x, _), text in zip(heads, cells(row), strict=True):
            sheet.say(x, y, text, size)
        sheet.note(row)
    return y + step


def elements_across(
    sheet: Sheet, x: float, y: float, first: float, step: float, rows: list[Result], lines: Iterable[tuple[str, str]],
    size: float = 8,
) -> float:  # fmt: skip
    """Write results side by side, names on top, one line each for what `lines` names."""
    for at, row in enumerate(rows):
        sheet.say(x + first + at * step, y, row.name, size, sheet.bold)
        sheet.note(row)
    for label, what in lines:
        y += size * 1.7
        sheet.say(x, y, label, size)
        for at, row in enumerate(rows):
            sheet.say(x + first + at * step, y, said(sheet, row, what), size)
    return y + size * 2


def ticked(sheet: Sheet, x: float, y: float, key: str, word: str, offered: tuple[str, ...]) -> float:
    """Draw a box for each choice of a form with a cross in the one that applies."""
    chosen = getattr(sheet.facts, key)
    for each in (*offered, *([chosen] if chosen and chosen not in offered else [])):
        sheet.box(x, y + 1, 8, 8)
        if each == chosen:
            sheet.say(x + 1.2, y, "X", 8.5, sheet.bold)
            sheet.found.append(ReadField(key, each, each, len(sheet.pages), None, label=word))
        x = sheet.say(x + 12, y, f"{word} {each}", 9) + 14
    return x
