"""Values typed or pasted into a grid: looked over before they are kept, then kept all together or not at all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction

from inspection.domain.measurements import record_attribute, record_value
from inspection.domain.verdicts import verdict
from inspection.domain.windows import Limits, limits_for, windows_of
from inspection.models import InspectionRecord, Measurement
from portal.domain.errors import Refused
from portal.models import Person
from routes.formats.numbers import NotANumber, exact
from routes.models import Characteristic, Gauge

CONFORMING = frozenset({"ok", "pass", "yes", "conforms", "c"})
NOT_CONFORMING = frozenset({"nok", "not ok", "fail", "no", "does not conform", "nc"})
_COMMA = re.compile(r"[+-]?\d*,\d+")
MIXED = (
    "Some values have a decimal comma and others a decimal point, so {text} can be read in two ways. "
    "Write all of them with one."
)


class EntriesRefused(Refused):
    """Some values of a grid cannot be kept, so none was; `facts["cells"]` says why, cell by cell."""

    code = "entries-refused"


class BlockDoesNotFit(Refused):
    """A pasted block names what is not in the grid, or is larger than what is left of it."""

    code = "block-does-not-fit"


@dataclass(frozen=True)
class Entry:
    """What was typed for one characteristic on one piece."""

    characteristic: Characteristic
    serial: str
    text: str

    @property
    def place(self) -> tuple[str, str]:
        return self.characteristic.balloon, self.serial


@dataclass(frozen=True)
class Looked:
    """One entry as it is understood. Units: `value` in the characteristic's unit."""

    entry: Entry
    value: Decimal | None = None
    is_conforming: bool | None = None
    verdict: str = ""
    problem: str = ""


def look_over(entries: Iterable[Entry], *, windows: dict[str, Limits] | None = None) -> list[Looked]:
    """Return what each entry means and how it is judged, without keeping anything.

    windows: those of the inspection's frozen plan, which hold before a finish instead of the drawing's limits.
    A comma divides a number only where no other number of the grid has a point.
    """
    entries = list(entries)
    texts = [entry.text.strip() for entry in entries]
    has_comma, has_point = any(map(_COMMA.fullmatch, texts)), any(_is_with_point(text) for text in texts)
    return [
        _looked(
            entry,
            text,
            limits=limits_for(entry.characteristic, windows or {}),
            is_mixed=has_comma and has_point,
        )
        for entry, text in zip(entries, texts, strict=True)
    ]


def _is_with_point(text: str) -> bool:
    return "." in text and text.lower() not in CONFORMING | NOT_CONFORMING


def _looked(entry: Entry, text: str, *, limits: Limits, is_mixed: bool) -> Looked:
    if text.lower() in CONFORMING | NOT_CONFORMING:
        is_conforming = text.lower() in CONFORMING
        return Looked(entry, is_conforming=is_conforming, verdict="PASS" if is_conforming else "FAIL")
    if _COMMA.fullmatch(text):
        if is_mixed:
            return Looked(entry, problem=MIXED.format(text=text[:30]))
        text = text.replace(",", ".")
    try:
        value = exact(text)
    except NotANumber as error:
        words = "Type the measured value" if entry.characteristic.has_limits else "Type a value, ok or nok"
        return Looked(entry, problem=f"{error}. {words}.")
    return Looked(entry, value=value, verdict=verdict(value, *limits))


@transaction.atomic
def record_entries(
    *,
    by: Person,
    record: InspectionRecord,
    entries: Iterable[Entry],
    measured_on: date,
    gauge: Gauge | None = None,
    gauge_note: str = "",
) -> list[Measurement]:
    """Take down every value of a grid, or none of them; each by the rules of a single value.

    gauge_note: why a gauge coarser than a tenth of a tolerance will do.
    Units:   values in the unit of their characteristic.
    Raises:  EntriesRefused naming each cell that cannot be kept and why.
    """
    kept: list[Measurement] = []
    problems: dict[tuple[str, str], str] = {}
    looked = look_over(entries, windows=windows_of(record))
    for each in looked:
        if each.problem:
            problems[each.entry.place] = each.problem
            continue
        try:
            kept.append(_keep(by, record, each, measured_on, gauge, gauge_note))
        except Refused as refusal:
            problems[each.entry.place] = refusal.sentence
    if problems:
        raise EntriesRefused(_words(problems, len(looked)), cells=problems)
    if not kept:
        raise EntriesRefused("Nothing was typed. Fill in at least one value.", cells={})
    return kept


def _keep(
    by: Person,
    record: InspectionRecord,
    each: Looked,
    measured_on: date,
    gauge: Gauge | None,
    gauge_note: str,
) -> Measurement:
    where = {
        "by": by,
        "record": record,
        "characteristic": each.entry.characteristic,
        "serial": each.entry.serial,
        "measured_on": measured_on,
        "gauge": gauge,
    }
    if each.is_conforming is not None:
        return record_attribute(**where, is_conforming=each.is_conforming)
    unit = each.entry.characteristic.unit
    return record_value(**where, value=each.value, unit=unit, gauge_note=gauge_note)


def _words(problems: dict[tuple[str, str], str], count: int) -> str:
    """Return one sentence for each different reason, with the places it stands for."""
    by_reason: dict[str, list[str]] = {}
    for (balloon, serial), reason in problems.items():
        by_reason.setdefault(reason, []).append(f"{balloon} on {serial}")
    said = [
        f"{', '.join(places[:6])}{' and others' if len(places) > 6 else ''}: {reason}"
        for reason, places in list(by_reason.items())[:8]
    ]
    return f"{len(problems)} of {count} values cannot be kept, so none was. {' '.join(said)}"


def place_block(
    text: str,
    *,
    characteristics: Sequence[Characteristic],
    serials: Sequence[str],
    start: tuple[str, str] | None = None,
) -> dict[tuple[str, str], str]:
    """Return what a block pasted from a sheet says of each cell of a grid, by (balloon, serial).

    A block with heads is placed by them: serials above and balloons (or names) beside, or the other way round. One
    without heads is laid down from `start`, or the first cell: characteristics down, pieces across.
    Raises:  BlockDoesNotFit naming what is not in the grid, or how much does not fit into it.
    """
    rows = [
        [cell.strip() for cell in _cells(line)] for line in text.strip("\r\n").splitlines() if line.strip()
    ]
    if not rows:
        raise BlockDoesNotFit("The block is empty. Copy the cells in the sheet again and paste them.")
    balloons = _by_spelling(characteristics)
    pieces = {serial.casefold(): serial for serial in serials}
    above, beside = rows[0][1:], [row[0] for row in rows[1:]]
    if _is_heads(above, pieces) and _is_heads(beside, balloons):
        return _by_heads(rows, beside=balloons, above=pieces, is_turned=False)
    if _is_heads(above, balloons) and _is_heads(beside, pieces):
        return _by_heads(rows, beside=pieces, above=balloons, is_turned=True)
    return _from_start(rows, [each.balloon for each in characteristics], list(serials), start)


def _cells(line: str) -> list[str]:
    return line.split("\t") if "\t" in line else line.split(";")


def _by_spelling(characteristics: Sequence[Characteristic]) -> dict[str, str]:
    """Return balloons by all they may be called; a name that several have calls none."""
    names = [each.name.casefold() for each in characteristics]
    found = {
        each.name.casefold(): each.balloon
        for each in characteristics
        if names.count(each.name.casefold()) == 1
    }
    return found | {each.balloon.casefold(): each.balloon for each in characteristics}


def _is_heads(cells: list[str], known: dict[str, str]) -> bool:
    """Say whether some cells are heads: most of them are known, and so many that it is no chance."""
    named = [cell for cell in cells if cell]
    return bool(named) and sum(cell.casefold() in known for cell in named) * 2 > len(named)


def _by_heads(
    rows: list[list[str]], *, beside: dict[str, str], above: dict[str, str], is_turned: bool
) -> dict[tuple[str, str], str]:
    heads = rows[0]
    unknown = [cell for cell in heads[1:] if cell and cell.casefold() not in above]
    unknown += [row[0] for row in rows[1:] if row[0].casefold() not in beside]
    if unknown:
        raise BlockDoesNotFit(
            f"These are not in the grid: {', '.join(unknown[:12])}. Correct them in the sheet or leave them out."
        )
    found = {}
    for row in rows[1:]:
        for head, cell in zip(heads[1:], row[1:], strict=False):
            if head and cell:
                place = (above[head.casefold()], beside[row[0].casefold()])
                found[place if is_turned else place[::-1]] = cell
    return found


def _from_start(
    rows: list[list[str]], balloons: list[str], serials: list[str], start: tuple[str, str] | None
) -> dict[tuple[str, str], str]:
    first, piece = start or (balloons[0], serials[0])
    below, across = balloons[balloons.index(first) :], serials[serials.index(piece) :]
    widest = max(map(len, rows))
    if len(rows) > len(below) or widest > len(across):
        raise BlockDoesNotFit(
            f"The block has {len(rows)} rows and {widest} columns; from characteristic {first} on piece {piece} there "
            f"are {len(below)} characteristics and {len(across)} pieces. Copy fewer cells, or begin elsewhere."
        )
    return {
        (balloon, serial): cell
        for balloon, row in zip(below, rows, strict=False)
        for serial, cell in zip(across, row, strict=False)
        if cell
    }
