"""One cell: read as its column means it, or a sentence that says what is wrong with it, or a question."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import permutations

from documents.domain.imports import columns as kinds
from documents.domain.imports.columns import Column
from documents.formats import tables
from routes.formats.numbers import NotANumber, exact

DATE_ORDER, DECIMAL_SIGN, UNREAD_LIMITS = "date_order", "decimal_sign", "unread_limits"
DAY_FIRST, MONTH_FIRST, YEAR_FIRST = "dmy", "mdy", "ymd"
POINT, COMMA = "point", "comma"
FIRST_YEAR, LAST_YEAR = 1900, 2199
MOST_PIECES = 10_000_000

YES = {"yes", "y", "true", "1", "x", "ja", "oui", "si"}
NO = {"no", "n", "false", "0", "-", "nein", "non"}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WORDY = re.compile(r"(?:(\d{1,2})\W+)?([a-z]{3})[a-z]*\W+(?:(\d{1,2})\W+)?(\d{4})", re.IGNORECASE)
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]00:00(?::00)?)?")
_FIGURES = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})")
_GROUPED = {
    POINT: re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?"),
    COMMA: re.compile(r"[+-]?\d{1,3}(\.\d{3})+(,\d+)?"),
}


class CellWrong(Exception):
    """The cell cannot be taken; its text completes "Row 3, column Due on: …"."""


class CellAsked(CellWrong):
    """The cell can be read in two ways; `question` names the choice that settles it."""

    def __init__(self, question: str, words: str) -> None:
        super().__init__(words)
        self.question = question


@dataclass(frozen=True)
class Habits:
    """How a person says the file is written, where it does not say so itself.

    keeps_words: a requirement whose limits cannot be read stays words.
    """

    date_order: str = ""
    decimal_sign: str = ""
    keeps_words: bool = False


def read_cell(column: Column, cell: tables.Cell, habits: Habits):
    """Return the value of a cell, None when it is empty.

    Raises:  CellWrong with what to do; CellAsked when only a person can say how it is meant.
    """
    kind, text = ("", cell) if isinstance(cell, str) else cell
    if kind == tables.FORMULA:
        raise CellWrong(f"holds a formula, “{text[:40]}”. Replace it by its value.")
    if kind == tables.ERROR:
        raise CellWrong(f"holds the error {text[:20]}. Correct the cell.")
    _require_plain(text)
    if not text:
        return None
    return _READERS[column.kind](column, kind, text, habits)


def _require_plain(text: str) -> None:
    # line breaks and tabs are text; other control signs and signs that turn the writing round are not
    strange = [sign for sign in text if sign not in "\n\r\t" and unicodedata.category(sign) in ("Cc", "Cs")]
    turns = [sign for sign in text if sign in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"]
    if strange or turns:
        raise CellWrong("holds a control sign that cannot be seen. Type the text again.")


def _text(column: Column, kind: str, text: str, habits: Habits) -> str:
    if len(text) > column.most:
        raise CellWrong(f"has {len(text)} characters; at most {column.most} are kept. Shorten it.")
    return text


def _list(column: Column, kind: str, text: str, habits: Habits) -> list[str]:
    words = [word.strip() for word in re.split(r"[|;\n]", text) if word.strip()]
    if long := next((word for word in words if len(word) > column.most), None):
        raise CellWrong(f"“{long[:30]}…” has more than {column.most} characters. Shorten it.")
    return words


def _choice(column: Column, kind: str, text: str, habits: Habits) -> str:
    wanted = kinds.bare(text)
    for code, words in column.choices:
        if wanted in {kinds.bare(word) for word in (code, *words)}:
            return code
    named = ", ".join(words[0] for _, words in column.choices)
    raise CellWrong(f"“{text[:30]}” is not known. Use one of: {named}.")


def _truth(column: Column, kind: str, text: str, habits: Habits) -> bool:
    word = text.casefold()
    if word not in YES | NO:
        raise CellWrong(f"“{text[:20]}” is neither yes nor no.")
    return word in YES


def _day(column: Column, kind: str, text: str, habits: Habits) -> date:
    day = _wordy_day(text) or _iso_day(text) or _figures_day(text, habits)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise CellWrong(f"“{text[:20]}” lies outside {FIRST_YEAR} to {LAST_YEAR}. Correct the year.")
    return day


def _iso_day(text: str) -> date | None:
    found = _ISO.fullmatch(text)
    return _date(text, *(int(part) for part in found.groups())) if found else None


def _wordy_day(text: str) -> date | None:
    """Read 31 March 2026 and Mar 31, 2026."""
    found = _WORDY.fullmatch(text)
    if not found or found[2].lower() not in _MONTHS or (found[1] is None) == (found[3] is None):
        return None
    return _date(text, int(found[4]), _MONTHS.index(found[2].lower()) + 1, int(found[1] or found[3]))


def _figures_day(text: str, habits: Habits) -> date:
    found = _FIGURES.fullmatch(text)
    if not found:
        raise CellWrong(f"“{text[:20]}” is not a day. Write it as year-month-day, as in 2026-03-31.")
    first, second, year = (int(part) for part in found.groups())
    if habits.date_order in (DAY_FIRST, MONTH_FIRST):
        day, month = (first, second) if habits.date_order == DAY_FIRST else (second, first)
        return _date(text, year, month, day)
    possible = {(month, day) for day, month in permutations((first, second)) if month <= 12}
    if len(possible) == 2:
        one, other = sorted(possible)
        raise CellAsked(
            DATE_ORDER,
            f"“{text}” may be {_in_words(*one)} {year} or {_in_words(*other)} {year}. "
            "Say whether the file writes the day or the month first.",
        )
    if not possible:
        raise CellWrong(f"“{text}” is no day of the calendar. Correct it.")
    [(month, day)] = possible
    return _date(text, year, month, day)


def _in_words(month: int, day: int) -> str:
    # the year may be one no calendar has; a leap year knows every day
    return f"{date(2000, month, day):%-d %b}"


def _date(text: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise CellWrong(
            f"“{text[:20]}” is no day of the calendar. Correct it, or the order chosen."
        ) from None


def _number(column: Column, kind: str, text: str, habits: Habits) -> Decimal:
    plain = text if kind == tables.NUMBER else with_point(text, habits)
    try:
        return exact(plain)
    except NotANumber as error:
        raise CellWrong(f"{error}. Write a plain number, without unit or sign for diameter.") from None


def with_point(text: str, habits: Habits) -> str:
    """Return the text of a number with a point as its decimal sign, by the sign a person chose."""
    text = text.replace("\u00a0", "").replace("\u202f", "").replace("−", "-")
    sign, other = {POINT: (".", ","), COMMA: (",", "."), "": (".", ",")}[habits.decimal_sign]
    if not habits.decimal_sign and "," in text:
        raise CellAsked(
            DECIMAL_SIGN,
            f"“{text[:20]}” holds a comma. Say whether the file writes a point or a comma before decimals.",
        )
    if other in text:
        if not _GROUPED[habits.decimal_sign].fullmatch(text):
            raise CellWrong(f"“{text[:20]}” does not fit the decimal sign chosen for this file. Correct it.")
        text = text.replace(other, "")
    return text.replace(sign, ".")


def _whole(column: Column, kind: str, text: str, habits: Habits) -> int:
    if kind != tables.NUMBER and "." in text and not habits.decimal_sign:
        raise CellAsked(
            DECIMAL_SIGN,
            f"“{text[:20]}” holds a point. Say whether the file writes a point or a comma before decimals.",
        )
    value = _number(column, kind, text, habits)
    if value != value.to_integral_value():
        raise CellWrong(f"“{text[:20]}” is not a whole number. Correct it.")
    if abs(value) > MOST_PIECES:
        raise CellWrong(f"“{text[:20]}” is beyond {MOST_PIECES:,}. Correct it.")
    return int(value)


_READERS = {
    kinds.TEXT: _text,
    kinds.LIST: _list,
    kinds.CHOICE: _choice,
    kinds.TRUTH: _truth,
    kinds.DAY: _day,
    kinds.NUMBER: _number,
    kinds.WHOLE: _whole,
}
