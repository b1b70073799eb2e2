"""Tables of measuring machines as text: the axis table, the tab-separated list of characteristics, any CSV with a head.

Layouts are known by their heads, whoever's program wrote them. Numbers may have a decimal comma, but only all of
them. What a table does not say (a unit, the serial of a column) stays empty and is asked later.
"""

from __future__ import annotations

import csv
import io
import re

from portal.intake.unreadable import FileNotReadable
from routes.formats.qif import QifDocument
from routes.formats.result_sheets import read_text_sheet
from routes.formats.table_rows import TableRead, refuse_deviations

AXIS_TABLE, LIST = "axis table", "characteristic list"
MOST_LINES = 400_000
# rows of form and position: what is tolerated there begins at zero and has no lower limit
_GEOMETRIC_AXES = frozenset({"M", "TP"})
_GEOMETRIC = re.compile(
    r"flatness|straightness|roundness|circularity|cylindricity|profile|parallelism|perpendicularity|angularity|"
    r"position|concentricity|coaxiality|symmetry|runout",
    re.IGNORECASE,
)
_DIM = re.compile(
    r"DIM\s+(?P<name>.+?)\s*=\s*(?P<what>.*?)(?:\s+UNITS\s*=\s*(?P<unit>\S+))?\s*$", re.IGNORECASE
)
_AXIS_HEAD = re.compile(r"AX\s+NOMINAL\s+\+TOL\s+-TOL\s+MEAS\b", re.IGNORECASE)
_ANY_AXIS_HEAD = re.compile(r"AX\s+(NOM|DEV|\+?TOL|MEAS)", re.IGNORECASE)
_FACT = re.compile(r"(?P<what>PART NAME|SER NUMBER)\s*:\s*(?P<value>.*?)\s*$", re.IGNORECASE)


def read_table(text: str) -> QifDocument | None:
    """Return what a table holds; None when its head is none that is known.

    Raises:  FileNotReadable naming the line of what is no number, or when there are too many lines.
    """
    lines = text.splitlines()
    if len(lines) > MOST_LINES:
        raise FileNotReadable(f"The table has more than {MOST_LINES:,} lines. Export it in several files.")
    head = next((line for line in lines if line.strip()), "")
    if any(_AXIS_HEAD.match(line.strip()) for line in lines[:60]):
        return _axis_table(lines)
    if any(_ANY_AXIS_HEAD.match(line.strip()) for line in lines[:60]):
        refuse_deviations([found["name"] for line in lines if (found := _DIM.match(line.strip()))])
    if {"partnb", "id"} <= {cell.strip().lower() for cell in head.split("\t")}:
        return _list(text)
    return read_text_sheet(text)


def _axis_table(lines: list[str]) -> QifDocument:
    """Read blocks of DIM … UNITS=…, each with a head of its own and a row an axis."""
    table = TableRead(AXIS_TABLE)
    serial, block, rows = "", None, 0
    for number, raw in enumerate(lines, start=1):
        line = raw.strip()
        if fact := _FACT.match(line):
            if fact["what"].upper() == "PART NAME":
                table.parts[fact["value"]] = None
            else:
                serial = fact["value"]
        elif found := _DIM.match(line):
            block, rows = found, 0
        elif block and line and not _AXIS_HEAD.match(line):
            rows += 1
            _axis_row(table, block, rows, line.split(), serial, number)
        elif not line:
            rows = rows if block else 0
    return table.document()


def _axis_row(
    table: TableRead, block: re.Match, nth: int, cells: list[str], serial: str, number: int
) -> None:
    if len(cells) < 5:
        raise FileNotReadable(
            f"Line {number} of the table has {len(cells)} columns; an axis has a nominal, two tolerances and a value. "
            "A report of deviations alone cannot be taken over: export it with the measured values."
        )
    axis, place = cells[0].upper(), f"line {number}"
    nominal, plus, minus, measured = (table.numbers.read(cell, place) for cell in cells[1:5])
    name = block["name"] if nth == 1 else f"{block['name']}.{axis}"
    is_geometric = axis in _GEOMETRIC_AXES and not nominal and not minus
    lower, upper = (None, plus) if is_geometric else table.limits(name, nominal, plus, minus)
    table.add_item(
        name,
        kind=axis,
        nominal=None if is_geometric else nominal,
        lower=lower,
        upper=upper,
        unit=block["unit"] or "",
    )
    out = table.numbers.read(cells[6], place) if len(cells) > 6 else None
    stated = "" if out is None else ("FAIL" if out else "PASS")
    table.add_value(serial, name, measured, stated)


def _list(text: str) -> QifDocument:
    """Read one row a value, tolerances as offsets from the nominal; a row of END closes the list."""
    table = TableRead(LIST)
    reader = csv.DictReader(io.StringIO(text), delimiter="\t")
    without: dict[str, None] = {}
    for row in reader:
        cells = {(key or "").strip().lower(): value for key, value in row.items() if isinstance(value, str)}
        name, line = (cells.get("id") or "").strip(), reader.line_num
        if not name:
            continue
        nominal, plus, minus, measured = (
            table.numbers.read(cells.get(key), f"line {line}")
            for key in ("nominal", "uppertol", "lowertol", "actual")
        )
        if measured is None and (cells.get("deviation") or "").strip():
            without[name] = None
        kind = (cells.get("type") or "").strip()
        is_geometric = minus is None and _GEOMETRIC.search(kind) is not None
        lower, upper = (None, plus) if is_geometric else table.limits(name, nominal, plus, minus)
        table.add_item(
            name,
            kind=kind,
            nominal=None if is_geometric else nominal,
            lower=lower,
            upper=upper,
            unit=(cells.get("unit") or "").strip(),
        )
        table.parts[(cells.get("planid") or "").strip()] = None
        table.add_value((cells.get("partnb") or "").strip(), name, measured)
    if without:
        refuse_deviations(list(without))
    return table.document()
