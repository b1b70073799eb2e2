"""Tables of results with a row of heads, from a text or a workbook: a row a value, a characteristic, or a piece.

A column is known by its head, never by its place; a head that is none of ours and holds no numbers is named and left
out. What the table does not say (a unit, whose piece a column is) stays empty and is asked later.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from decimal import Decimal

from portal.intake.unreadable import FileNotReadable
from routes.formats import sheet_columns as col
from routes.formats.identities import is_identity
from routes.formats.qif import QifDocument
from routes.formats.sheet_columns import Columns, columns_of, role_of
from routes.formats.table_rows import TableRead, refuse_deviations

BY_VALUE, BY_CHARACTERISTIC, BY_PIECE = "list of values", "wide table", "table by piece"
# a head stands near the top; below that a table is not looked for
MOST_LINES_ABOVE = 60
MOST_CELLS = 4_000_000
_STATED = {
    **dict.fromkeys(("pass", "ok", "yes", "accept", "accepted", "conforms", "good", "i.o.", "io"), "PASS"),
    **dict.fromkeys(("fail", "nok", "no", "reject", "rejected", "not ok", "n.i.o.", "nio", "out"), "FAIL"),
}
_NUMBER_LIKE = re.compile(r"[+-]?(\d+[.,]?\d*|[.,]\d+)(e[+-]?\d+)?")
_NOTHING = frozenset({"-", "–", "n/a", "na", "none", "not measured"})

Cell = str | Decimal
Line = tuple[int, list[Cell]]


def read_text_sheet(text: str) -> QifDocument | None:
    """Return what a text table with a row of heads holds; None when it has none."""
    separator = _separator(text)
    if not separator:
        return None
    try:
        reader = csv.reader(io.StringIO(text), delimiter=separator)
        lines: list[Line] = [(reader.line_num, list(row)) for row in reader]
    except csv.Error as error:
        raise FileNotReadable(
            "The table cannot be read: a quotation mark is opened and not closed, or a cell is far too long. "
            "Export it again."
        ) from error
    return read_sheet(lines, where="line")


def _separator(text: str) -> str:
    """Return what divides the cells of the row of heads; nothing when there is no such row."""
    found = [
        (columns.is_by_piece, -line.count(separator), separator)
        for line in text.splitlines()[:MOST_LINES_ABOVE]
        for separator in ";\t,"
        if (columns := columns_of([cell.strip('" ') for cell in line.split(separator)])).is_head
    ]
    return min(found)[2] if found else ""


def read_sheet(lines: list[Line], *, where: str) -> QifDocument | None:
    """Return what the rows of a table hold, None when none of its first rows is a row of heads.

    where: how its rows are called in a sentence, line or row.
    Raises:  FileNotReadable naming the row of what is no number; or the characteristics with deviations only.
    """
    heads = [columns_of([str(cell) for cell in cells]) for _, cells in lines[:MOST_LINES_ABOVE]]
    known = [(columns.is_by_piece, place) for place, columns in enumerate(heads) if columns.is_head]
    if not known:
        return None
    if sum(len(row) for _, row in lines) > MOST_CELLS:
        raise FileNotReadable(f"The table has more than {MOST_CELLS:,} cells. Export it in several files.")
    # a line above the table that names its piece looks like a head of its own: one with characteristics goes first
    _, place = min(known)
    return _Sheet(heads[place], lines[place + 1 :], where, _piece_above(lines[:place])).read()


def _piece_above(lines: Iterable[Line]) -> str:
    """Return the piece that the lines above the head name, as in “Serial number: 7”."""
    for _, cells in lines:
        texts = [text for cell in cells if (text := str(cell).strip())]
        for text, following in zip(texts, texts[1:], strict=False):
            if role_of(text) == col.SERIAL:
                return following
    return ""


class _Sheet:
    """One table, read row by row."""

    def __init__(self, columns: Columns, lines: list[Line], where: str, piece: str) -> None:
        self.columns, self.lines, self.where, self.piece = columns, lines, where, piece
        self.without: dict[str, None] = {}

    def read(self) -> QifDocument:
        if self.columns.is_by_piece:
            table = self._by_piece()
        elif col.VALUE in self.columns.places:
            table = self._by_value()
        else:
            table = self._by_characteristic()
        if self.without:
            refuse_deviations(list(self.without))
        return table.document()

    def _text(self, cells: list[Cell], role: str) -> str:
        place = self.columns.places.get(role)
        return "" if place is None or place >= len(cells) else str(cells[place]).strip()

    def _cell(self, cells: list[Cell], place: int | None) -> Cell:
        return "" if place is None or place >= len(cells) else cells[place]

    def _number(self, table: TableRead, cell: Cell, line: int) -> Decimal | None:
        if isinstance(cell, Decimal):
            return cell
        return None if cell.strip().lower() in _NOTHING else table.numbers.read(cell, f"{self.where} {line}")

    def _value(self, table: TableRead, cell: Cell, line: int) -> tuple[Decimal | None, str] | None:
        """Return value and stated verdict of a cell; nothing for an empty one."""
        text = "" if isinstance(cell, Decimal) else cell.strip()
        if not isinstance(cell, Decimal) and (not text or text.lower() in _NOTHING):
            return None
        stated = _STATED.get(text.lower())
        return (None, stated) if stated else (self._number(table, cell, line), "")

    def _add_item(self, table: TableRead, key: str, name: str, cells: list[Cell], line: int) -> None:
        facts = {
            role: self._number(table, self._cell(cells, self.columns.places.get(role)), line)
            for role in (col.NOMINAL, col.LOWER, col.UPPER, col.PLUS, col.MINUS)
        }
        balloon = self._text(cells, col.BALLOON)
        unit = self._text(cells, col.UNIT) or self.columns.unit
        self._add(table, key, name, facts, unit, balloon)

    def _add(self, table: TableRead, key: str, name: str, facts: dict, unit: str, balloon: str) -> None:
        nominal, lower, upper, plus, minus = (
            facts.get(role) for role in (col.NOMINAL, col.LOWER, col.UPPER, col.PLUS, col.MINUS)
        )
        if lower is None and upper is None and (plus is not None or minus is not None):
            is_form = minus is None and not nominal
            lower, upper = (None, plus) if is_form else table.limits(name, nominal, plus, minus)
            nominal = None if is_form else nominal
        table.add_item(
            name,
            kind="",
            nominal=nominal,
            lower=lower,
            upper=upper,
            unit=unit,
            key=key,
            balloon=balloon or (name if self.columns.is_plainly_named or self.columns.is_by_piece else ""),
        )

    def _by_value(self) -> TableRead:
        """Read one row a value; the characteristic of a row is told by its name and balloon."""
        table = TableRead(BY_VALUE)
        for line, cells in self.lines:
            name = self._text(cells, col.NAME)
            if not name:
                continue
            found = self._value(table, self._cell(cells, self.columns.places[col.VALUE]), line)
            if found is None:
                if self._text(cells, col.DEVIATION):
                    self.without[name] = None
                continue
            key = " ".join(filter(None, (self._text(cells, col.BALLOON), name)))
            self._add_item(table, key, name, cells, line)
            value, stated = found
            said = self._text(cells, col.STATUS)
            stated = stated or _STATED.get(said.lower(), said.upper()[:30])
            table.add_value(self._text(cells, col.SERIAL) or self.piece, key, value, stated)
        return table

    def _by_characteristic(self) -> TableRead:
        """Read one row a characteristic and one column a piece; rows of one name are told apart by their place."""
        table = TableRead(BY_CHARACTERISTIC)
        pieces = self._pieces(table)
        for line, cells in self.lines:
            name = self._text(cells, col.NAME)
            if not name:
                continue
            if is_identity(name):
                self._name_pieces(table, pieces, cells)
                continue
            found = {place: self._value(table, self._cell(cells, place), line) for place in pieces}
            if not any(found.values()):
                if self._text(cells, col.DEVIATION):
                    self.without[name] = None
                elif not self._has_limits(cells):
                    continue
            key = f"{name} in {self.where} {line}"
            self._add_item(table, key, name, cells, line)
            for place, value in found.items():
                if value is not None:
                    table.add_value(place, key, *value)
        return table

    def _has_limits(self, cells: list[Cell]) -> bool:
        return any(self._text(cells, role) for role in (col.NOMINAL, col.LOWER, col.UPPER, col.PLUS))

    def _pieces(self, table: TableRead) -> list[int]:
        """Return the columns of pieces: those without a role of their own that hold numbers or verdicts."""
        pieces, left_out = [], []
        for place, head in self.columns.unknown.items():
            cells = [cell for _, row in self.lines if (cell := self._cell(row, place)) != ""]
            if cells and sum(map(_is_result, cells)) * 2 >= len(cells):
                pieces.append(place)
                table.labels[place] = head
            else:
                left_out.append(head)
        if left_out:
            table.notes.append(f"Columns that are not known and were left out: {', '.join(left_out[:12])}.")
        return pieces

    def _name_pieces(self, table: TableRead, pieces: list[int], cells: list[Cell]) -> None:
        for place in pieces:
            if text := str(self._cell(cells, place)).strip():
                table.labels[place] = text

    def _by_piece(self) -> TableRead:
        """Read one row a piece and one column a characteristic; rows of limits stand among them by their name."""
        table = TableRead(BY_PIECE)
        facts: dict[int, dict] = {place: {} for place in self.columns.unknown}
        units: dict[int, str] = {}
        rows: list[Line] = []
        for line, cells in self.lines:
            role = role_of(self._text(cells, col.SERIAL))
            if role == col.UNIT:
                units |= {place: str(self._cell(cells, place)).strip() for place in facts}
            elif role in (col.NOMINAL, col.LOWER, col.UPPER, col.PLUS, col.MINUS):
                for place, known in facts.items():
                    known[role] = self._number(table, self._cell(cells, place), line)
            elif self._text(cells, col.SERIAL) and role != col.OTHER:
                rows.append((line, cells))
        measured = [
            place
            for place in facts
            if any(facts[place].values()) or any(_is_result(self._cell(cells, place)) for _, cells in rows)
        ]
        for place in measured:
            head = self.columns.unknown[place]
            unit = units.get(place, "") or col.unit_in(head)
            self._add(table, f"{head} in column {place + 1}", head, facts[place], unit, "")
        for line, cells in rows:
            for place in measured:
                value = self._value(table, self._cell(cells, place), line)
                if value is not None:
                    key = f"{self.columns.unknown[place]} in column {place + 1}"
                    table.add_value((line, self._text(cells, col.SERIAL)), key, *value)
            table.labels[line, self._text(cells, col.SERIAL)] = self._text(cells, col.SERIAL)
        return table


def _is_result(cell: Cell) -> bool:
    if isinstance(cell, Decimal):
        return True
    text = cell.strip().lower()
    return text in _STATED or _NUMBER_LIKE.fullmatch(text) is not None
