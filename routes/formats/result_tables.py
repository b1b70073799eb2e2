"""Tables of measuring machines: the axis table, the tab-separated list of characteristics, the wide CSV.

Three layouts are known by their heads, whoever's program wrote them. Numbers may have a decimal comma, but only all of
them. What a table does not say (a unit, the serial of a column) stays empty and is asked later.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal

from portal.intake.unreadable import FileNotReadable
from routes.formats.numbers import NotANumber, exact
from routes.formats.qif import QifCharacteristic, QifDocument, QifPart, QifSample, QifValue

AXIS_TABLE, LIST, WIDE = "axis table", "characteristic list", "wide table"
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
_FACT = re.compile(r"(?P<what>PART NAME|SER NUMBER)\s*:\s*(?P<value>.*?)\s*$", re.IGNORECASE)


@dataclass
class _Table:
    """What was read so far: items by name, values by sample."""

    layout: str
    items: dict[str, QifCharacteristic] = field(default_factory=dict)
    samples: dict[str, list[QifValue]] = field(default_factory=dict)
    parts: dict[str, None] = field(default_factory=dict)
    seen: Counter = field(default_factory=Counter)
    unsigned: dict[str, None] = field(default_factory=dict)

    def add_item(
        self,
        name: str,
        *,
        kind: str,
        nominal: Decimal | None,
        lower: Decimal | None,
        upper: Decimal | None,
        unit: str,
    ) -> None:
        """Take an item over the first time it is met."""
        if name in self.items:
            return
        self.items[name] = QifCharacteristic(
            item_id=name,
            name=name,
            occurrence=1,
            kind=kind,
            nominal=nominal,
            lower=lower,
            upper=upper,
            unit=unit.lower(),
            defined_as_limit=None if lower is None else True,
            qpid="",
            designator="",
            zone="",
            is_pseudo_dimension=False,
        )

    def add_value(self, sample: str, name: str, value: Decimal | None, stated: str = "") -> None:
        self.seen[sample, name] += 1
        found = QifValue(
            item_id=name,
            name=name,
            occurrence=self.seen[sample, name],
            value=value,
            unit=self.items[name].unit,
            stated_status=stated,
        )
        self.samples.setdefault(sample, []).append(found)

    def document(self) -> QifDocument:
        if not self.items:
            raise FileNotReadable("The table has a head and no rows. Export the results again and send that.")
        return QifDocument(
            version=self.layout,
            parts=tuple(QifPart(name="", number=number, version="", qpid="") for number in self.parts),
            characteristics=tuple(self.items.values()),
            samples=tuple(
                QifSample(index=index, label=label, values=tuple(values))
                for index, (label, values) in enumerate(self.samples.items(), start=1)
            ),
            problems=self._problems(),
        )

    def _problems(self) -> tuple[str, ...]:
        if not self.unsigned:
            return ()
        names = ", ".join(list(self.unsigned)[:3])
        return (
            f"The lower tolerances of {len(self.unsigned)} characteristics ({names}) carry no minus sign: "
            "whether they lie below or above the nominal is not said. Decide by the drawing.",
        )


def read_table(text: str) -> QifDocument | None:
    """Return what a table holds; None when it has none of the three layouts.

    Raises:  FileNotReadable naming the line of what is no number, or when there are too many lines.
    """
    lines = text.splitlines()
    if len(lines) > MOST_LINES:
        raise FileNotReadable(f"The table has more than {MOST_LINES:,} lines. Export it in several files.")
    head = next((line for line in lines if line.strip()), "")
    if any(_AXIS_HEAD.match(line.strip()) for line in lines[:60]):
        return _axis_table(lines)
    if {"partnb", "id", "actual"} <= {cell.strip().lower() for cell in head.split("\t")}:
        return _list(text)
    if re.match(r'"?characteristic"?\s*[;,\t]', head, re.IGNORECASE):
        return _wide(text, head)
    return None


def _number(text: str | None, line: int) -> Decimal | None:
    text = (text or "").strip()
    if text.count(",") == 1 and "." not in text:
        text = text.replace(",", ".")
    if not text:
        return None
    try:
        return exact(text)
    except NotANumber as error:
        raise FileNotReadable(
            f"The table cannot be taken over: line {line}: {error}. Correct it in the program that made the file."
        ) from error


def _limits(
    table: _Table, name: str, nominal: Decimal | None, plus: Decimal | None, minus: Decimal | None
) -> tuple[Decimal | None, Decimal | None]:
    """Return absolute limits; a lower tolerance without its sign may be either, so it is no limit."""
    if minus is not None and minus > 0:
        table.unsigned[name] = None
        return None, None
    if nominal is None:
        return None, None
    return (
        None if minus is None else nominal + minus,
        None if plus is None else nominal + plus,
    )


def _axis_table(lines: list[str]) -> QifDocument:
    """Read blocks of DIM … UNITS=…, each with a head of its own and a row an axis."""
    table = _Table(AXIS_TABLE)
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


def _axis_row(table: _Table, block: re.Match, nth: int, cells: list[str], serial: str, number: int) -> None:
    if len(cells) < 5:
        raise FileNotReadable(
            f"Line {number} of the table has {len(cells)} columns; an axis has a nominal, two tolerances and a value. "
            "A report of deviations alone cannot be taken over: export it with the measured values."
        )
    axis = cells[0].upper()
    nominal, plus, minus, measured = (_number(cell, number) for cell in cells[1:5])
    name = block["name"] if nth == 1 else f"{block['name']}.{axis}"
    is_geometric = axis in _GEOMETRIC_AXES and not nominal and not minus
    lower, upper = (None, plus) if is_geometric else _limits(table, name, nominal, plus, minus)
    table.add_item(
        name,
        kind=axis,
        nominal=None if is_geometric else nominal,
        lower=lower,
        upper=upper,
        unit=block["unit"] or "",
    )
    out = _number(cells[6], number) if len(cells) > 6 else None
    stated = "" if out is None else ("FAIL" if out else "PASS")
    table.add_value(serial, name, measured, stated)


def _list(text: str) -> QifDocument:
    """Read one row a value, tolerances as offsets from the nominal; a row of END closes the list."""
    table = _Table(LIST)
    reader = csv.DictReader(io.StringIO(text), delimiter="\t")
    for row in reader:
        cells = {(key or "").strip().lower(): value for key, value in row.items() if isinstance(value, str)}
        name, line = (cells.get("id") or "").strip(), reader.line_num
        if not name:
            continue
        nominal, plus, minus, measured = (
            _number(cells.get(key), line) for key in ("nominal", "uppertol", "lowertol", "actual")
        )
        kind = (cells.get("type") or "").strip()
        is_geometric = minus is None and _GEOMETRIC.search(kind) is not None
        lower, upper = (None, plus) if is_geometric else _limits(table, name, nominal, plus, minus)
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
    return table.document()


def _wide(text: str, head: str) -> QifDocument:
    """Read one row a characteristic and one column a sample; limits are absolute."""
    separator = max(";,\t", key=head.count)
    table = _Table(WIDE)
    reader = csv.reader(io.StringIO(text), delimiter=separator)
    names: list[str] = []
    for row in reader:
        cells = [cell.strip() for cell in row]
        if not any(cells):
            continue
        if not names:
            names = [cell.lower() for cell in cells]
            titles = cells
            known = {name: place for place, name in enumerate(names) if name in _WIDE_HEADS}
            continue
        facts = {name: cells[place] if place < len(cells) else "" for name, place in known.items()}
        name = facts["characteristic"]
        table.add_item(
            name,
            kind="",
            nominal=_number(facts.get("nominal"), reader.line_num),
            lower=_number(facts.get("lsl"), reader.line_num),
            upper=_number(facts.get("usl"), reader.line_num),
            unit=facts.get("unit", ""),
        )
        for place, cell in enumerate(cells):
            if place not in known.values() and cell:
                table.add_value(titles[place], name, _number(cell, reader.line_num))
    return table.document()


_WIDE_HEADS = frozenset({"characteristic", "nominal", "lsl", "usl", "unit"})
