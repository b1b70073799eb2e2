"""From the cells of a file to rows with values: find the line of titles, then read what stands below it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from types import SimpleNamespace

from documents.domain.imports.cells import CellAsked, CellWrong, Habits, read_cell
from documents.domain.imports.columns import Table, bare

# A heading, a logo and a date may stand above the titles; a table does not begin further down.
TITLES_WITHIN = 40
LONGEST_TITLE = 60


@dataclass
class Row:
    """One row as read: its values by column, and what stops it. A column that is empty or absent is None."""

    line: int
    values: SimpleNamespace
    wrong: list[str] = field(default_factory=list)
    asked: list[tuple[str, str]] = field(default_factory=list)

    @property
    def is_readable(self) -> bool:
        return not self.wrong and not self.asked


@dataclass
class Found:
    """Where the table was found: its sheet, the line of titles, which column stands where, what is not read."""

    sheet: str
    line: int
    places: dict[str, int]
    ignored: list[str]
    twice: list[str]
    rows: list[list]


def cell_text(cell) -> str:
    return cell if isinstance(cell, str) else cell[1]


def find_table(sheets: list[dict], table: Table, *, sheet: str = "") -> Found | None:
    """Return the line of titles that knows most columns of the noun; None when no line knows two of them.

    sheet: the one sheet to look in, when a person named it.
    """
    best, most = None, 0
    for each in sheets:
        if sheet and each["name"] != sheet:
            continue
        for at, (line, cells) in enumerate(each["rows"][:TITLES_WITHIN]):
            found = _titles(table, cells)
            score = len(found[0]) + sum(column.name in found[0] for column in table.required)
            if score > most:
                best, most = Found(each["name"], line, *found, rows=each["rows"][at + 1 :]), score
    needed = min(2, len(table.columns))
    return best if best and len(best.places) >= needed else None


def _titles(table: Table, cells: list) -> tuple[dict[str, int], list[str], list[str]]:
    places: dict[str, int] = {}
    ignored, twice = [], []
    for at, cell in enumerate(cells):
        title = cell_text(cell).strip()
        # forms print the number of the field before its label
        name = table.by_title.get(bare(title)) or table.by_title.get(bare(title).lstrip("0123456789 "))
        if not title:
            continue
        if name is None:
            ignored.append(title[:LONGEST_TITLE])
        elif name in places:
            twice.append(title[:LONGEST_TITLE])
        else:
            places[name] = at
    return places, ignored, twice


def read_rows(found: Found, table: Table, habits: Habits) -> Iterator[Row]:
    """Yield the rows below the titles; an empty one is skipped."""
    for line, cells in found.rows:
        given = {name: cells[at] if at < len(cells) else "" for name, at in found.places.items()}
        if not any(cell_text(cell) for cell in given.values()):
            continue
        yield _read_row(line, given, table, habits)


def _read_row(line: int, given: dict, table: Table, habits: Habits) -> Row:
    row = Row(line, SimpleNamespace(**dict.fromkeys(column.name for column in table.columns)))
    for column in table.columns:
        if column.name not in given:
            continue
        try:
            setattr(row.values, column.name, read_cell(column, given[column.name], habits))
        except CellAsked as question:
            row.asked.append((question.question, f"Row {line}, column {column.title}: {question}"))
        except CellWrong as wrong:
            row.wrong.append(f"Row {line}, column {column.title}: {wrong}")
    return row


def require_given(row: Row, table: Table) -> None:
    """Note every required cell that is empty, once what the whole file is for has been filled in."""
    said = "\n".join([*row.wrong, *(words for _, words in row.asked)])
    for column in table.required:
        about = f"Row {row.line}, column {column.title}: "
        if getattr(row.values, column.name) is None and about not in said:
            meaning = column.meaning[:1].lower() + column.meaning[1:]
            row.wrong.append(
                f"Row {row.line}, column {column.title} is empty. Fill it in{': ' + meaning if meaning else '.'}"
            )


def key_of(row: Row, table: Table) -> tuple[str, ...]:
    """Return what tells a row from the others of its file, as text compared without case."""
    return tuple(str(getattr(row.values, name) or "").casefold() for name in table.key)
