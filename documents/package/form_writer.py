"""Fixed forms with many rows: the layout engine sets the blank form once, and this writes the rows into it.

Every row is tagged and all rows belong to one table, however many pages it takes; the head that later pages repeat is
no second table to a listener. What needs shaping, or does not fit, is left to the layout engine (`CannotWrite`).
Source:  ISO 32000-1, 7.5.6 (objects added at the end of a file), 14.7 and 14.8.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name

from documents.package.ready import ready
from documents.package.structure import graft, prepare
from documents.package.written_rows import LEADING, MM, CannotWrite, Cell, Line, Wrapper
from documents.package.written_sheets import HAIR, Grid, Placed, written_file

# Above and below the text of a cell, and the line between two rows.
AROUND = 2 * 0.8 * MM + HAIR
LOWEST, LEAST_ROOM = 16 * MM, 30 * MM
SLOT = "slot:"


@dataclass(frozen=True)
class WrittenTable:
    """One table to write: the blank page it begins on, the head later pages repeat, and its rows."""

    blank: bytes
    head: bytes
    rows: list[list[Cell]]


@dataclass
class _Row:
    """One row, measured."""

    given: list[Cell]
    lines: list[tuple[Line, ...]]
    height: float


def write_table(table: WrittenTable, *, prefix: str, title: str | None = None) -> bytes:
    """Return the pages of one table, its tags fit to stand beside others; with a title it is a section of its own.

    Raises:  CannotWrite when a cell holds what only the layout engine can set.
    """
    with pikepdf.open(io.BytesIO(table.blank)) as pdf, pikepdf.open(io.BytesIO(table.head)) as head:
        first, again = _grid(pdf.pages[0]), _grid(head.pages[0])
        if len(pdf.pages) != 1 or len(head.pages) != 1 or min(first.top, again.top) - LOWEST < LEAST_ROOM:
            raise CannotWrite("the head of the form leaves no room for rows")
        wrapper = Wrapper()
        rows = [_measure(cells, first, wrapper) for cells in table.rows]
        sheets = _paginate(rows, first.top - LOWEST, again.top - LOWEST)
        _clear_slots(pdf)
        prepare(pdf, prefix=prefix)
        return written_file(pdf, head, sheets=sheets, grids=(first, again), body=_body(pdf), title=title)


def _measure(cells: list[Cell], grid: Grid, wrapper: Wrapper) -> _Row:
    lines = [
        wrapper.lines(cell, right - left) for cell, (left, right) in zip(cells, grid.columns, strict=True)
    ]
    return _Row(cells, lines, max(_tallest(lines), cells[0].size * LEADING) + AROUND)


def _tallest(lines: list[tuple[Line, ...]]) -> float:
    return max((sum(line.height for line in found) for found in lines), default=0.0)


def _paginate(rows: list[_Row], first: float, later: float) -> list[list[Placed]]:
    """Put the rows on sheets; a row taller than a page is split between its lines and stays one row."""
    sheets: list[list[Placed]] = [[]]
    used, room = 0.0, first
    for at, row in enumerate(rows):
        if used + row.height > room and sheets[-1]:
            sheets.append([])
            used, room = 0.0, later
        parts = [row.lines] if row.height <= room else _split(row, room, later)
        for number, lines in enumerate(parts):
            if number:
                sheets.append([])
                used = 0.0
            height = row.height if len(parts) == 1 else _tallest(lines) + AROUND
            sheets[-1].append(Placed(at, row.given, lines, used, height))
            used += height
        room = later if len(sheets) > 1 else first
    return sheets


def _split(row: _Row, room: float, later: float) -> list[list[tuple[Line, ...]]]:
    """Cut every cell of a row into parts that fit one page each."""
    cells = [_parts(found, room - AROUND, later - AROUND) for found in row.lines]
    count = max(len(parts) for parts in cells)
    return [[parts[at] if at < len(parts) else () for parts in cells] for at in range(count)]


def _parts(lines: tuple[Line, ...], room: float, later: float) -> list[tuple[Line, ...]]:
    parts: list[list[Line]] = [[]]
    used = 0.0
    for line in lines:
        if used + line.height > room and parts[-1]:
            parts.append([])
            used, room = 0.0, later
        parts[-1].append(line)
        used += line.height
    return [tuple(part) for part in parts]


def _grid(page: pikepdf.Page) -> Grid:
    """Read from the blank form where its columns are and where its rows begin."""
    places = {}
    for link in page.obj.get(Name.Annots, Array()):
        target = str(link.get(Name.A, Dictionary()).get(Name.URI, ""))
        if target.startswith(SLOT):
            places[int(target.removeprefix(SLOT))] = [float(value) for value in link.Rect]
    size = (float(page.mediabox[2]), float(page.mediabox[3]))
    columns = [(places[at][0], places[at][2]) for at in sorted(places)]
    return Grid.of(columns, top=min(box[1] for box in places.values()) + HAIR / 2, size=size)


def _clear_slots(pdf: pikepdf.Pdf) -> None:
    """Take the row that only told where things are out of the form."""
    page, root = pdf.pages[0], pdf.Root.StructTreeRoot
    key = int(page.obj.StructParents)
    del page.obj[Name.Annots]
    numbers = root.ParentTree.Nums
    kept = next(numbers[at + 1] for at in range(0, len(numbers), 2) if int(numbers[at]) == key)
    root.ParentTree.Nums = Array([key, kept])
    root.ParentTreeNextKey = key + 1
    _body(pdf).K = Array()


def _body(pdf: pikepdf.Pdf) -> pikepdf.Object:
    waiting = [pdf.Root.StructTreeRoot.K[0]]
    while waiting:
        element = waiting.pop()
        if Name.TBody == element.S:
            return element
        kids = element.get(Name.K, Array())
        kids = kids if isinstance(kids, Array) else [kids]
        waiting += [kid for kid in kids if isinstance(kid, Dictionary) and Name.S in kid]
    raise LookupError("The blank form has no table.")


def join(parts: list[bytes], *, title: str) -> bytes:
    """Return several prepared files as one section, their trees side by side."""
    with pikepdf.open(io.BytesIO(parts[0])) as pdf:
        for content in parts[1:]:
            with pikepdf.open(io.BytesIO(content)) as more:
                graft(pdf, more, title="")
            added = pdf.Root.StructTreeRoot.K[0].K[-1]
            added.S = Name.Sect
            del added[Name.T]
        return ready(pdf, title=title)
