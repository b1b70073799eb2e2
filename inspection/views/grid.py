"""The grid of an inspection: planned characteristics down, pieces across, a verdict in every cell."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from inspection.domain.measurements import record_serials
from inspection.domain.record_contents import values_of
from inspection.domain.sampling.judging import Judgement, judge
from inspection.domain.windows import window_words, windows_of
from inspection.models import InspectionRecord, Measurement, Nonconformance
from routes.domain.lots import quantity_of
from routes.models import Characteristic

PIECES_SHOWN = 12


@dataclass
class Row:
    """One planned characteristic: what the plan asks for, what is there, and one cell a piece."""

    characteristic: Characteristic
    wanted: int
    there: int
    cells: list[dict[str, Any]]
    gauges: list[str] = field(default_factory=list)
    # why so many pieces, in the words of the frozen plan; what it is judged by before a finish; what the plan says
    why: str = ""
    window: str = ""
    verdict: str = ""

    @property
    def missing(self) -> int:
        return max(self.wanted - self.there, 0)


@dataclass
class Grid:
    """What the page of an inspection shows of its values."""

    pieces: list[dict[str, Any]]
    rows: list[Row]
    count: int
    missing: int
    contradicting: list[Measurement]


def is_contradicting(measurement: Measurement) -> bool:
    """Say whether the source states a verdict that value and limits do not bear out."""
    return measurement.stated in ("PASS", "FAIL") and measurement.stated != measurement.verdict


def shown_value(measurement: Measurement) -> str:
    """Return the value as people write it, or the word of an attribute check."""
    if measurement.value is None:
        return "conforms" if measurement.verdict == Measurement.PASS else "does not conform"
    return f"{measurement.value.normalize():f}"


def ready(measurement: Measurement) -> Measurement:
    """Return a measurement with the words its cell shows."""
    measurement.text = shown_value(measurement)
    measurement.state = measurement.verdict.lower()
    measurement.is_contradicting = is_contradicting(measurement)
    return measurement


def grid_of(record: InspectionRecord, *, start: int = 0) -> Grid:
    """Return the grid of an inspection, a dozen pieces from `start`.

    All standing values are read in one statement; only the cells of the pieces shown are built.
    """
    values = values_of(record).select_related("characteristic", "gauge", "recorded_by").order_by("pk")
    found: dict[str, dict[str, Measurement]] = defaultdict(dict)
    for value in values:
        found[str(value.characteristic.uuid)][value.serial] = ready(value)
    serials = record_serials(record)
    present = set(serials)
    measured = dict.fromkeys(serial for by_piece in found.values() for serial in by_piece)
    # what stands out comes first: the pieces set apart since
    columns = [*(serial for serial in measured if serial not in present), *serials]
    shown = columns[start : start + PIECES_SHOWN]
    rows = _rows(record, found, shown, present)
    everything = [value for by_piece in found.values() for value in by_piece.values()]
    return Grid(
        pieces=_pieces(record, shown, present),
        rows=rows,
        count=len(columns),
        missing=sum(row.missing for row in rows),
        contradicting=[value for value in everything if value.is_contradicting],
    )


def _rows(
    record: InspectionRecord, found: dict[str, dict[str, Measurement]], shown: list[str], present: set[str]
) -> list[Row]:
    uuids = [planned["characteristic"] for planned in record.plan]
    planned_ones = {str(each.uuid): each for each in Characteristic.objects.filter(uuid__in=uuids)}
    size = quantity_of(record.traveler) if record.state == InspectionRecord.OPEN else record.lot_size
    windows = windows_of(record)
    rows = []
    for planned in record.plan:
        by_piece = found[planned["characteristic"]]
        # what was completed had its values; only an open inspection can lack some
        is_open = record.state == InspectionRecord.OPEN and record.kind != InspectionRecord.CUSTOMER
        judged = judge(
            planned,
            lot_size=size,
            present=present if is_open else {*present, *by_piece},
            measured=set(by_piece),
            failing={serial for serial, value in by_piece.items() if value.verdict == Measurement.FAIL},
        )
        there, wanted = judged.there, judged.wanted
        characteristic = planned_ones[planned["characteristic"]]
        rows.append(
            Row(
                characteristic=characteristic,
                wanted=wanted if is_open else min(wanted, there),
                there=there,
                cells=[{"serial": serial, "value": by_piece.get(serial)} for serial in shown],
                gauges=_measured_with(by_piece.values()),
                why=planned.get("why", ""),
                window=window_words(characteristic, windows),
                verdict=_verdict_of_plan(planned, judged),
            )
        )
    return sorted(rows, key=lambda row: row.characteristic.position)


def _verdict_of_plan(planned: dict, judged: Judgement) -> str:
    """Return what an acceptance plan says of what was found so far; nothing while nothing was."""
    if "re" not in planned or not judged.found:
        return ""
    found = f"{judged.found} nonconforming, {planned['ac']} allowed"
    return (
        f"{found}: the plan rejects the lot, sort every piece" if judged.is_rejected else f"{found}: accepted"
    )


def _measured_with(values) -> list[str]:
    """Return each gauge with the days it was used on, as one phrase a gauge and day."""
    used = {
        (value.gauge.number if value.gauge else "no gauge", value.measured_on, value.gauge_note)
        for value in values
    }
    return [f"{gauge}, {on:%-d %b %Y}{f': {note}' if note else ''}" for gauge, on, note in sorted(used)]


def _pieces(record: InspectionRecord, shown: list[str], present: set[str]) -> list[dict[str, Any]]:
    """Return the columns; a piece set apart since names the nonconformance that holds it."""
    apart = [serial for serial in shown if serial not in present]
    holding: dict[str, Nonconformance] = {}
    if apart:
        raised = Nonconformance.objects.filter(measurement__record=record, serials__overlap=apart)
        holding = {serial: each for each in raised.order_by("-pk") for serial in each.serials}
    return [
        {"serial": serial, "is_apart": serial not in present, "nonconformance": holding.get(serial)}
        for serial in shown
    ]
