"""Which tables of which sections are written row by row, and what stands in their cells.

Sizes and faces are those of paper.css; a test compares both ways of setting the same rows.
"""

from __future__ import annotations

from collections.abc import Callable

from documents.package.form_writer import WrittenTable, join, write_table
from documents.package.paper_filters import DRAWING_SIGNS, unit
from documents.package.ready import saved
from documents.package.structure import prepared
from documents.package.written_faces import BOLD, MONO, TEXT
from documents.package.written_rows import BALLOON_SIZE, RED, VIOLET, Cell, Style, plain

# A form of one page or two is quick either way, and what follows its table stays on the same page.
FEWEST_ROWS = 40
FORM_SIZE, RESULTS_SIZE, KEY_SIZE = 8.2, 7.6, 6.8
MONO_PART, SIGN_PART = 0.86, 1.35
MORE_OF_RESULTS = ("sampling", "contradicted", "judged_readings", "late")

Sheets = Callable[[dict], bytes]


def is_long(section, context: dict) -> bool:
    """Tell whether a section is a fixed form with enough rows to be written."""
    if section.template not in ROWS:
        return False
    tables = context["tables"] if section.template == "results" else [context["form"]]
    return sum(len(table["rows"]) for table in tables) >= FEWEST_ROWS


def written_section(section, context: dict, *, prefix: str, blank: Sheets, plain_sheet: Sheets) -> bytes:
    """Return a long form: its tables written one after the other, and what follows them.

    blank, plain_sheet: draw the HTML of a context with tags and without, and refuse what no font can draw.
    Raises:  CannotWrite when one of its cells needs the layout engine.
    """
    parts = []
    tables = ROWS[section.template](context)
    has_rest = any(context.get(name) for name in MORE_OF_RESULTS) or (context.get("form") or {}).get("foot")
    is_whole = len(tables) == 1 and not has_rest
    for at, rows in enumerate(tables):
        only = {"tables": context["tables"][at : at + 1]} if "tables" in context else {}
        of_table = context | only | {"slots": range(len(rows[0])) if rows else [], "leaves_out_rest": True}
        again = of_table | {"leaves_out_head": True}
        table = WrittenTable(blank(again if at else of_table), plain_sheet(again), rows)
        parts.append(write_table(table, prefix=f"{prefix}{at}", title=section.title if is_whole else None))
    if is_whole:
        return parts[0]
    if has_rest:
        with prepared(
            blank(context | {"leaves_out_head": True, "leaves_out_table": True}), prefix=f"{prefix}r"
        ) as rest:
            parts.append(saved(rest))
    return join(parts, title=section.title)


def _form_rows(context: dict) -> list[list[list[Cell]]]:
    """Return the rows of Form 2 or 3: characteristic numbers in balloons, requirements with their signs."""
    return [
        [[_form_cell(number, value) for number, value in row] for row in context["form"]["rows"]],
    ]


def _form_cell(number: str, value: str) -> Cell:
    return (
        _balloon(value)
        if number == "5"
        else _requirement(value, FORM_SIZE)
        if number == "8"
        else _cell(value)
    )


def _plain_rows(context: dict) -> list[list[list[Cell]]]:
    return [[[_cell(value) for _, value in row] for row in context["form"]["rows"]]]


def _results_rows(context: dict) -> list[list[list[Cell]]]:
    """Return the rows of each table of the inspection report."""
    return [[_results_row(row) for row in table["rows"]] for table in context["tables"]]


def _results_row(row: dict) -> list[Cell]:
    size = RESULTS_SIZE
    return [
        _balloon(row.get("balloon")),
        _cell(row.get("zone"), size),
        _requirement(row.get("requirement"), size, row.get("designator")),
        _cell(unit(row.get("unit")), size),
        _cell(row.get("lower"), size, is_right=True),
        _cell(row.get("upper"), size, is_right=True),
        _cell(row.get("side"), size),
        *(_value(cell, size) for cell in row["cells"]),
        _cell(row.get("gauge"), size * MONO_PART, kind=MONO),
    ]


def _cell(value, size: float = FORM_SIZE, *, kind: str = TEXT, is_right: bool = False) -> Cell:
    text = plain(value)
    return Cell(((text, Style(size, kind)),) if text else (), size, is_right=is_right)


def _balloon(value) -> Cell:
    return Cell(((plain(value), Style(BALLOON_SIZE, BOLD)),), BALLOON_SIZE, is_balloon=True)


def _value(cell: dict, size: float) -> Cell:
    if not cell["is_bad"]:
        return _cell(cell["text"], size, is_right=True)
    text = plain(cell["text"])
    runs = ((text, Style(size, BOLD, RED)),) if text else ()
    return Cell(runs, size, is_failing=True, is_right=True)


def _requirement(value, size: float, designator=None) -> Cell:
    """Set a requirement with the signs of a drawing larger, and the mark of a key characteristic behind it."""
    text, runs, at = plain(value), [], 0
    for found in DRAWING_SIGNS.finditer(text):
        runs += [(text[at : found.start()], Style(size)), (found[0], Style(size * SIGN_PART))]
        at = found.end()
    runs.append((text[at:], Style(size)))
    if designator:
        runs += [(" ", Style(size)), (plain(designator), Style(KEY_SIZE, BOLD, VIOLET))]
    return Cell(tuple(run for run in runs if run[0]), size)


ROWS = {"form2": _plain_rows, "form3": _form_rows, "results": _results_rows}
