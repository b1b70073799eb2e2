"""The results of a package: the values of exactly the pieces it ships, and the gauges they were taken with."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Q

from documents.domain.inherited import Line, counts_for, lineages
from inspection.models import InspectionRecord, Measurement, Nonconformance
from portal.models import StoredFile
from routes.domain.late_entry import is_late_day
from routes.models import Calibration, Characteristic, Gauge, Traveler

SIDES = {"before": "Before finish", "after": "After finish"}


def values_of(lots: Iterable[Traveler], serials: dict[str, list[str]]) -> list[tuple[Traveler, Measurement]]:
    """Return the standing value of each characteristic, side and piece of each lot; the latest counts.

    serials: the serials of each lot that has them. Without serials a piece is known by its place in the sample of
    its inspection, so pieces set apart by a nonconformance go with the lot they stand in.
    """
    lots = list(lots)
    lines = lineages(lots)
    wanted = Q()
    for lot in lots:
        wanted |= _condition(lines[lot.pk], serials.get(lot.number, []))
    rows = list(
        Measurement.objects.standing()
        .filter(wanted, record__state=InspectionRecord.COMPLETED)
        .select_related("record__traveler", "characteristic__part_revision", "gauge", "source_file__label")
        .order_by("characteristic__position", "pk")
    )
    apart = _set_apart(rows)
    found = []
    for lot in lots:
        numbers = {each.number: each for each, _ in lines[lot.pk]}
        own = [row for row in rows if _is_of(row, lines[lot.pk], serials.get(lot.number, []))]
        if not serials.get(lot.number):
            own = [row for row in own if _stands_here(row, apart, numbers, lot)]
        latest = {(row.characteristic_id, row.side, row.serial): row for row in own}
        found += [(lot, row) for row in latest.values()]
    return found


def _condition(line: Line, serials: list[str]) -> Q:
    if serials:
        return Q(record__traveler__in=[lot for lot, _ in line], serial__in=serials)
    return counts_for(line, moment="recorded_at", lot="record__traveler")


def _is_of(row: Measurement, line: Line, serials: list[str]) -> bool:
    cutoffs = {lot.pk: cutoff for lot, cutoff in line}
    if row.record.traveler_id not in cutoffs:
        return False
    if serials:
        return row.serial in serials
    cutoff = cutoffs[row.record.traveler_id]
    return cutoff is None or row.recorded_at <= cutoff


def _set_apart(rows: list[Measurement]) -> dict[tuple[int, str], str]:
    """Return where a failing piece went: its inspection and place in the sample → the lot it stands in."""
    found = Nonconformance.objects.filter(measurement__in=rows).select_related("traveler", "measurement")
    return {
        (each.measurement.record_id, each.measurement.serial): each.traveler.number
        for each in found
        if each.traveler_id != each.found_on_traveler_id
    }


def _stands_here(row: Measurement, apart: dict, numbers: dict[str, Traveler], lot: Traveler) -> bool:
    went_to = apart.get((row.record_id, row.serial))
    if went_to is not None:
        return went_to in numbers
    # a lot made of pieces set apart inherits the values of those pieces only
    is_inherited = row.record.traveler_id != lot.pk
    return not (is_inherited and any(number in numbers for number in apart.values()))


def result_rows(values: list[tuple[Traveler, Measurement]], serials: dict[str, list[str]]) -> list[dict]:
    """Return one row for each characteristic and side, in the order of the drawing, with a value a piece."""
    several = len({lot.pk for lot, _ in values}) > 1
    rows: dict[tuple[int, str], list[tuple[str, Measurement]]] = {}
    for lot, value in sorted(values, key=lambda each: (each[0].number, each[1].pk)):
        is_named = bool(serials.get(lot.number)) or not several
        piece = value.serial if is_named else f"{lot.number} {value.serial}"
        rows.setdefault((value.characteristic_id, value.side), []).append((piece, value))
    ordered = sorted(
        rows.values(), key=lambda row: (row[0][1].characteristic.position, row[0][1].side != "before")
    )
    return [_row(row) for row in ordered]


def _row(values: list[tuple[str, Measurement]]) -> dict:
    characteristic: Characteristic = values[0][1].characteristic
    gauges = dict.fromkeys(value.gauge.number for _, value in values if value.gauge)
    return {
        "balloon": characteristic.balloon,
        "zone": characteristic.zone,
        "requirement": characteristic.requirement,
        "unit": characteristic.unit,
        "lower": plain_number(characteristic.lower),
        "upper": plain_number(characteristic.upper),
        "side": SIDES[values[0][1].side] if characteristic.side != "unspecified" else "",
        "designator": characteristic.designator,
        "gauge": ", ".join(gauges),
        "values": [
            {
                "serial": piece,
                "value": _value_text(value),
                "verdict": value.verdict.lower(),
                "stated": value.stated,
                "measured_on": value.measured_on,
            }
            | _entered_late(value.measured_on, value.recorded_at)
            for piece, value in values
        ],
    }


def _entered_late(day: date, entered_at: datetime | None) -> dict:
    """Return when something of a day was entered, if that was long after it."""
    is_late = entered_at is not None and is_late_day(day, entered_at=entered_at)
    return {"entered_at": entered_at} if is_late else {}


def plain_number(number: Decimal | None) -> str:
    """Return a limit or value without trailing zeros and without exponent; empty when there is none."""
    return "" if number is None else f"{number.normalize():f}"


def _value_text(value: Measurement) -> str:
    if value.value is None:
        return "Accept" if value.verdict == Measurement.PASS else "Reject"
    return plain_number(value.value)


def gauge_rows(values: list[tuple[Traveler, Measurement]]) -> list[dict]:
    """Return the gauges used, each with the calibrations in force on the days it was used."""
    used: dict[Gauge, set] = {}
    for _, value in values:
        if value.gauge:
            used.setdefault(value.gauge, set()).add(value.measured_on)
    calibrations = Calibration.objects.filter(gauge__in=used).with_entered_at()
    calibrations = calibrations.order_by("gauge__number", "calibrated_on")
    rows = []
    for calibration in calibrations.select_related("gauge"):
        if any(calibration.calibrated_on <= day <= calibration.due_on for day in used[calibration.gauge]):
            rows.append(
                {
                    "number": calibration.gauge.number,
                    "kind": calibration.gauge.kind,
                    "certificate": calibration.certificate_number,
                    "calibrated_on": calibration.calibrated_on,
                    "due_on": calibration.due_on,
                }
                | _entered_late(calibration.calibrated_on, calibration.entered_at)
            )
    return rows


def source_files(values: list[tuple[Traveler, Measurement]]) -> list[StoredFile]:
    """Return the result files the values were read from."""
    found = {value.source_file_id: value.source_file for _, value in values if value.source_file}
    return list(found.values())


def plan_rows(values: list[tuple[Traveler, Measurement]]) -> list[dict]:
    """Return the sampling plan each of these values was taken by, as it was frozen; nothing where every piece was due.

    Source:  release rule 47: the plan stands with the inspection it was made for.
    """
    records = {value.record_id: value.record for _, value in values}
    taken = {(value.record_id, str(value.characteristic.uuid), value.side) for _, value in values}
    return [
        {
            "balloon": row["balloon"],
            "side": SIDES[row["side"]],
            "lot": record.traveler.number,
            "inspection": record.number,
            "plan": row["why"],
        }
        for record in sorted(records.values(), key=lambda each: each.pk)
        for row in record.plan
        if row.get("why") and (record.pk, row["characteristic"], row["side"]) in taken
    ]
