"""Characteristics from a table: CSV as shops and CMM programs write it, in any European or American dress.

Nothing is guessed. A row with a question is still shown, with the line, the column and what to do; the caller
takes rows over only when there is no question left.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from portal.intake import child
from portal.intake.media import decode_text
from portal.intake.unreadable import FileNotReadable
from routes.formats.numbers import NotANumber, exact
from routes.formats.units import UnknownUnit, unit_of

READER = "routes.formats.characteristics_csv:read_characteristics"
MOST_ROWS = 20_000
LONGEST_CELL = 2_000
SIDES = ("BEFORE", "AFTER", "BOTH", "UNSPECIFIED")
DESIGNATORS = ("", "KC", "CI", "CC", "SC", "MAJOR", "MINOR", "CRITICAL")

# Our column, and what other people call it.
COLUMNS = {
    "balloon": ("balloon", "bubble", "item", "no", "number", "char no", "characteristic number"),
    "zone": ("zone", "reference location", "drawing zone", "sheet zone", "location"),
    "name": ("name", "characteristic", "characteristic name", "feature"),
    "kind": ("kind", "type", "characteristic type"),
    "requirement": ("requirement", "specification", "callout", "text"),
    "nominal": ("nominal", "target", "nominal value"),
    "lower": ("lower", "lower limit", "lsl", "min", "minimum"),
    "upper": ("upper", "upper limit", "usl", "max", "maximum"),
    "minus": ("minus", "minus tolerance", "lower tolerance", "tol -", "-tol"),
    "plus": ("plus", "plus tolerance", "upper tolerance", "tol +", "+tol"),
    "unit": ("unit", "units", "uom"),
    "designator": ("designator", "class", "key characteristic"),
    "applies_to": ("applies to", "applies", "side", "before after"),
    "is_reference": ("is reference", "reference", "ref"),
}
_TITLES = {title: column for column, titles in COLUMNS.items() for title in titles}
_NUMBERS = ("nominal", "lower", "upper", "minus", "plus")
_TRUE, _FALSE = {"yes", "y", "true", "1", "x", "ref"}, {"", "no", "n", "false", "0"}


@dataclass(frozen=True, slots=True)
class CharacteristicRow:
    """One row as read.

    Units: nominal and absolute limits in `unit`; `line` is the line of the file the row begins on.
    """

    line: int
    balloon: str
    zone: str
    name: str
    kind: str
    requirement: str
    nominal: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    unit: str
    designator: str
    applies_to: str
    is_reference: bool


@dataclass(frozen=True, slots=True)
class CharacteristicTable:
    """All rows, the questions they leave, and the titles of columns that were not read."""

    rows: tuple[CharacteristicRow, ...]
    problems: tuple[str, ...]
    ignored_columns: tuple[str, ...]


def read_characteristics_file(source: str | Path | bytes) -> CharacteristicTable:
    """Read a table of characteristics in a limited child process.

    Raises:  FileNotReadable when it is not a table with the columns that are needed.
    """
    given = {"content": source} if isinstance(source, bytes) else {"path": source}
    data = child.run(reader=READER, **given)
    rows = []
    for row in data["rows"]:
        for key in ("nominal", "lower", "upper"):
            row[key] = None if row[key] is None else Decimal(row[key])
        rows.append(CharacteristicRow(**row))
    return CharacteristicTable(tuple(rows), tuple(data["problems"]), tuple(data["ignored_columns"]))


def read_characteristics(content: bytes) -> CharacteristicTable:
    """Read a table of characteristics; called inside the child process.

    1. Decode (UTF-8, UTF-16 with mark, Windows-1252) and find the separator by the title line.
    2. Decide once for the whole table whether the decimal sign is a point or a comma.
    3. Read row by row; a cell is text, whatever it begins with.

    Raises:  FileNotReadable when there is no title line with at least balloon or name, or too many rows.
    """
    text = decode_text(content)
    if text is None or not text.strip():
        raise FileNotReadable("The file is not a table of text. Save it as CSV and send that.")
    separator = _separator(text.lstrip().splitlines()[0])
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    lines = _lines(reader)
    titles = next(lines)[1]
    columns, ignored, problems = _columns(titles)
    has_comma = separator != "," and _has_decimal_comma(text, separator)
    rows = []
    for line, cells in lines:
        if len(cells) > len(titles):
            problems.append(
                f"Line {line}: there are {len(cells)} cells under {len(titles)} titles. "
                "Put text that contains the separator in quotation marks."
            )
        found = {column: cells[at].strip() for column, at in columns.items() if at < len(cells)}
        rows.append(_Row(line, found, has_comma, problems).read())
        if len(rows) > MOST_ROWS:
            raise FileNotReadable(f"The table has more than {MOST_ROWS:,} rows. Split it.")
    problems.extend(_repeated(rows))
    if not rows:
        problems.append("The table has titles but no rows.")
    return CharacteristicTable(tuple(rows), tuple(problems), tuple(ignored))


def _lines(reader) -> Iterator[tuple[int, list[str]]]:
    """Yield the line number and cells of each row that is not empty."""
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                if any(len(cell) > LONGEST_CELL for cell in cells):
                    raise FileNotReadable(
                        f"Line {reader.line_num} holds a cell of more than {LONGEST_CELL:,} characters. "
                        "Close the quotation mark before it or shorten the text."
                    )
                yield reader.line_num, cells
    except csv.Error as error:
        raise FileNotReadable(
            f"Line {reader.line_num} of the table cannot be read: a quotation mark is left open or stands alone. "
            "Save the table again as CSV."
        ) from error


def _separator(title_line: str) -> str:
    return max(("\t", ";", ","), key=title_line.count)


def _columns(titles: list[str]) -> tuple[dict[str, int], list[str], list[str]]:
    """Return where each known column stands, the unknown titles, and questions about titles."""
    columns: dict[str, int] = {}
    ignored, problems = [], []
    for at, title in enumerate(titles):
        column = _TITLES.get(re.sub(r"[\s_]+", " ", title).strip().lower())
        if column is None:
            ignored.append(title.strip()[:60])
        elif column in columns:
            problems.append(
                f"The column {column} appears twice (“{title.strip()[:60]}”). Remove one of them."
            )
        else:
            columns[column] = at
    if "balloon" not in columns and "name" not in columns:
        raise FileNotReadable(
            "The first line must name the columns, among them balloon or name; it reads "
            f"“{', '.join(titles)[:80]}”. Put the titles in the first line."
        )
    return columns, ignored, problems


def _has_decimal_comma(text: str, separator: str) -> bool:
    """Say whether numbers in this table carry a comma where others carry a point."""
    cells = [cell.strip() for line in text.splitlines()[1:] for cell in line.split(separator)]
    with_comma = sum(1 for cell in cells if re.fullmatch(r"[+-]?\d+,\d+", cell))
    with_point = sum(1 for cell in cells if re.fullmatch(r"[+-]?\d+\.\d+", cell))
    return with_comma > with_point


def _repeated(rows: list[CharacteristicRow]) -> list[str]:
    counts = Counter(row.balloon for row in rows if row.balloon)
    return [
        f"Balloon {balloon} appears {count} times. Give every characteristic its own number."
        for balloon, count in counts.items()
        if count > 1
    ]


class _Row:
    """Reads one row and notes its questions."""

    def __init__(self, line: int, cells: dict[str, str], has_comma: bool, problems: list[str]) -> None:
        self.line, self.cells, self.has_comma, self.problems = line, cells, has_comma, problems

    def read(self) -> CharacteristicRow:
        numbers = {column: self._number(column) for column in _NUMBERS}
        lower, upper = self._limits(numbers)
        is_reference = self._truth("is_reference")
        if not (self._cell("balloon") or self._cell("name")):
            self._ask("balloon", "number and name are both empty. Give the characteristic a number.")
        return CharacteristicRow(
            line=self.line,
            balloon=self._cell("balloon"),
            zone=self._cell("zone"),
            name=self._cell("name"),
            kind=self._cell("kind"),
            requirement=self._cell("requirement"),
            nominal=numbers["nominal"],
            lower=lower,
            upper=upper,
            unit=self._unit(any(number is not None for number in (numbers["nominal"], lower, upper))),
            designator=self._one_of("designator", DESIGNATORS, ""),
            applies_to=self._one_of("applies_to", SIDES, "UNSPECIFIED"),
            is_reference=is_reference,
        )

    def _cell(self, column: str) -> str:
        return self.cells.get(column, "")

    def _ask(self, column: str, what: str) -> None:
        self.problems.append(f"Line {self.line}, column {column}: {what}")

    def _number(self, column: str) -> Decimal | None:
        text = self._cell(column)
        if not text:
            return None
        try:
            return exact(text.replace(",", ".") if self.has_comma and "." not in text else text)
        except NotANumber as error:
            self._ask(column, f"{error}. Write a plain number, without unit or sign for diameter.")
            return None

    def _limits(self, numbers: dict[str, Decimal | None]) -> tuple[Decimal | None, Decimal | None]:
        lower = self._limit("lower", "minus", numbers)
        upper = self._limit("upper", "plus", numbers)
        if lower is not None and upper is not None and lower > upper:
            self._ask(
                "lower", f"the limits read reversed, {lower} above {upper}. Correct them by the drawing."
            )
        return lower, upper

    def _limit(self, limit: str, offset: str, numbers: dict[str, Decimal | None]) -> Decimal | None:
        """Return the limit given, or the nominal with its tolerance; two that differ are a question."""
        given, tolerance, nominal = numbers[limit], numbers[offset], numbers["nominal"]
        if tolerance is None:
            return given
        if nominal is None:
            self._ask(
                offset, "there is a tolerance but no nominal to add it to. Give the nominal or the limits."
            )
            return given
        # 0.1 and -0.1 in the column minus both mean below the nominal; +0.1 there means above it.
        is_below = offset == "minus" and not self._cell(offset).startswith("+")
        reached = nominal - abs(tolerance) if is_below else nominal + tolerance
        if given is not None and given != reached:
            self._ask(
                limit, f"{given} differs from nominal and tolerance, which give {reached}. Keep one of them."
            )
        return reached if given is None else given

    def _unit(self, has_number: bool) -> str:
        text = self._cell("unit")
        if not text and not has_number:
            return ""
        try:
            return unit_of(text)
        except UnknownUnit as refusal:
            self._ask("unit", refusal.sentence)
            return ""

    def _one_of(self, column: str, choices: tuple[str, ...], default: str) -> str:
        text = self._cell(column).upper()
        if not text:
            return default
        if text in choices:
            return text
        named = ", ".join(choice for choice in choices if choice)
        self._ask(column, f"“{self._cell(column)[:20]}” is not known. Use one of {named}, or leave it empty.")
        return default

    def _truth(self, column: str) -> bool:
        text = self._cell(column).lower()
        if text not in _TRUE | _FALSE:
            self._ask(column, f"“{text[:20]}” is neither yes nor no.")
        return text in _TRUE
