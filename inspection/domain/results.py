"""Results from a measuring machine's file: joined by id or occurrence, judged anew, all or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db import transaction

from inspection.domain.measurements import build_measurement, record_serials, require_day
from inspection.domain.nonconformances import open_for_measurement
from inspection.domain.records import pieces_wanted
from inspection.domain.verdicts import verdict
from inspection.models import InspectionRecord, Measurement
from portal.domain.canonical import sha256_of
from portal.domain.errors import NotTheMoment, Refused
from portal.domain.events import record_event
from portal.domain.files import take_in
from portal.domain.moves import lock
from portal.models import Person
from portal.permissions import require_inspector
from routes.domain.gauges import require_calibrated
from routes.domain.lots import lock_lots
from routes.formats.qif import ANGULAR, QifCharacteristic, QifDocument, QifSample, QifValue, read_qif_file
from routes.formats.units import DEG, convert
from routes.models import Characteristic, Gauge


class ResultsDoNotFit(Refused):
    """The file does not match the plan, both ways named; nothing was saved."""

    code = "results-do-not-fit"


@dataclass(frozen=True)
class Row:
    """One value ready to be kept: which characteristic of ours, which piece, what the file says."""

    characteristic: Characteristic
    serial: str
    value: Decimal
    unit: str
    stated: str
    joined_by: str


@dataclass
class ImportReport:
    """What a file would bring, or brought: matched, unmatched both ways, questions."""

    file_name: str
    samples: int = 0
    rows: list[Row] = field(default_factory=list)
    unknown_items: list[str] = field(default_factory=list)
    unmeasured: list[str] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    stated: Counter = field(default_factory=Counter)
    recomputed: Counter = field(default_factory=Counter)
    contradictions: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    sample_numbers: dict[str, str] = field(default_factory=dict)
    is_unit_asked: bool = False
    saved: int = 0

    @property
    def is_complete(self) -> bool:
        return bool(self.rows) and not (self.unknown_items or self.unmeasured or self.questions)

    def sentences(self) -> list[str]:
        """Return every reason why the file cannot be taken as it is."""
        reasons = list(self.questions)
        if self.unknown_items:
            reasons.append(
                f"These items of the file match no planned characteristic: {_listed(self.unknown_items)}."
            )
        if self.unmeasured:
            reasons.append(f"These planned values are not in the file: {_listed(self.unmeasured)}.")
        if not self.rows and not reasons:
            reasons.append("The file holds no values.")
        return reasons


def _listed(names: list[str], most: int = 12) -> str:
    rest = len(names) - most
    return ", ".join(names[:most]) + (f" and {rest} more" if rest > 0 else "")


def preview_results(
    *,
    record: InspectionRecord,
    content: bytes,
    name: str,
    unit: str = "",
    serial_map: dict[str, str] | None = None,
    by_hand: Collection[str] = (),
) -> ImportReport:
    """Say what a result file would bring, without keeping anything.

    serial_map: number of a sample as the file has it, or #1 for the first without one → serial of ours.
    by_hand:    balloons of the plan that are measured otherwise and need not be in the file.
    Raises:  FileNotReadable with the reason when the file cannot be read.
    """
    document = read_qif_file(content)
    report = ImportReport(file_name=name, samples=len(document.samples), remarks=list(document.problems))
    planned = _planned_characteristics(record)
    serials = _serials_of_samples(report, document, record_serials(record), serial_map or {})
    _join_samples(report, document, serials, Joiner.of(document, planned, unit))
    _name_doubled(report, record)
    _name_unmeasured(report, record, planned, by_hand)
    _compare_verdicts(report)
    return report


@transaction.atomic
def import_results(
    *,
    by: Person,
    record: InspectionRecord,
    content: bytes,
    name: str,
    measured_on: date,
    unit: str = "",
    gauge: Gauge | None = None,
    serial_map: dict[str, str] | None = None,
    by_hand: Collection[str] = (),
) -> ImportReport:
    """Keep every value of a result file on an open inspection, or none of them.

    1. each item is joined by id (where the name agrees), else by name and occurrence, never by row order;
    2. each sample is joined with a piece by the number it carries;
    3. verdicts are recomputed beside the stated ones; failing pieces are set apart.

    Raises:  ResultsDoNotFit naming what does not match, both ways; NotTheMoment when the record is not open or
             this very file was imported already; GaugeOutOfCalibration; FileNotReadable.
    """
    require_inspector(by, "import results")
    lock_lots([record.traveler.number])
    record = lock(record)
    _require_open_and_new(record, content, name)
    require_day(record, measured_on)
    if gauge is not None:
        require_calibrated(gauge, measured_on)
    report = preview_results(
        record=record, content=content, name=name, unit=unit, serial_map=serial_map, by_hand=by_hand
    )
    if not report.is_complete:
        raise ResultsDoNotFit(
            f"{name} does not fit {record.number}, so nothing was saved. {' '.join(report.sentences())}",
            report=report,
        )
    stored = take_in(content=content, name=name, by=by)
    kept = Measurement.objects.bulk_create(
        build_measurement(
            by=by,
            record=record,
            characteristic=row.characteristic,
            serial=row.serial,
            value=row.value,
            unit=row.unit,
            measured_on=measured_on,
            gauge=gauge,
            stated=row.stated,
            source_file=stored,
        )
        for row in report.rows
    )
    record.source_file = stored
    record.save()
    record_event(
        by=by,
        verb="import results into",
        noun="inspection",
        number=record.number,
        lots=[record.traveler.number],
        data={"file": stored.sha256, "values": len(kept), "stated": dict(report.stated)},
    )
    for measurement in kept:
        if measurement.verdict == Measurement.FAIL:
            open_for_measurement(by=by, measurement=measurement)
    report.saved = len(kept)
    return report


def _require_open_and_new(record: InspectionRecord, content: bytes, name: str) -> None:
    if record.state != InspectionRecord.OPEN:
        raise NotTheMoment(
            f"{record.number} is {record.get_state_display().lower()}; open another inspection to import results."
        )
    kept = Measurement.objects.filter(record=record, source_file__sha256=sha256_of(content))
    if kept.exists():
        raise NotTheMoment(f"{name} was imported into {record.number} already; nothing was added.")


def _planned_characteristics(record: InspectionRecord) -> list[Characteristic]:
    uuids = [planned["characteristic"] for planned in record.plan]
    return list(Characteristic.objects.filter(uuid__in=uuids))


def _serials_of_samples(
    report: ImportReport, document: QifDocument, serials: list[str], serial_map: dict[str, str]
) -> dict[int, str]:
    """Join each sample with one piece; ask about those that carry no number of ours."""
    pseudo = {item.item_id for item in document.characteristics if item.is_pseudo_dimension}
    found: dict[int, str] = {}
    for sample in document.samples:
        carried = _number_carried(sample, pseudo)
        key = carried or f"#{sample.index}"
        serial = _match_serial(serial_map.get(key, carried), serials)
        report.sample_numbers[key] = serial or ""
        if serial is None:
            said = f"“{carried}”" if carried else "no number"
            report.questions.append(
                f"Sample {sample.index} carries {said}: say which piece of the lot it is."
            )
        elif serial in found.values():
            report.questions.append(f"Two samples carry the number {serial}: say which pieces they are.")
        else:
            found[sample.index] = serial
    return found


def _number_carried(sample: QifSample, pseudo: set[str]) -> str:
    for value in sample.values:
        if value.item_id in pseudo and value.value is not None:
            return f"{value.value.normalize():f}"
    return sample.label


def _match_serial(carried: str, serials: list[str]) -> str | None:
    """Return the serial that is the same text, else the only one that is the same number (7 and 0007)."""
    if carried in serials:
        return carried
    # compared as text: a label of thousands of figures is no number a machine may turn into one
    bare = carried.lstrip("0")
    same = [s for s in serials if carried.isdecimal() and s.isdecimal() and s.lstrip("0") == bare]
    return same[0] if len(same) == 1 else None


@dataclass
class Joiner:
    """What a file's values are joined with: the plan by id and by name, and the units nobody states."""

    items: dict[str, QifCharacteristic]
    by_id: dict[str, Characteristic]
    by_name: dict[tuple[str, int], Characteristic]
    unit: str

    @classmethod
    def of(cls, document: QifDocument, planned: list[Characteristic], unit: str) -> Joiner:
        return cls(
            items={item.item_id: item for item in document.characteristics},
            by_id={c.source_id: c for c in planned if c.source_id},
            by_name={(c.source_name or c.name, c.source_occurrence): c for c in planned},
            unit=unit,
        )

    def join(self, value: QifValue) -> tuple[Characteristic | None, str]:
        """Join by id only where the name agrees too: ids of two files may be equal by chance.

        Among equal names the item's own place in the file counts, since a sample may lack the value of the first;
        it counts only when the file has as many items of that name as the plan, else nobody can tell which is which.
        """
        candidate = self.by_id.get(value.item_id)
        if candidate and (candidate.source_name or candidate.name) == value.name:
            return candidate, "id"
        item = self.items.get(value.item_id)
        in_file = sum(each.name == value.name for each in self.items.values())
        in_plan = sum(name == value.name for name, _ in self.by_name)
        if item is None or (max(in_file, in_plan) > 1 and in_file != in_plan):
            return None, ""
        return self.by_name.get((value.name, item.occurrence)), "name and occurrence"

    def unit_of(self, value: QifValue) -> str:
        """Return the unit of a value as stated, else as a person said; of an angle there is only one."""
        item = self.items.get(value.item_id)
        stated = value.unit or (item.unit if item else "")
        if stated:
            return stated
        return DEG if item and item.kind in ANGULAR else self.unit


def _join_samples(
    report: ImportReport, document: QifDocument, serials: dict[int, str], joiner: Joiner
) -> None:
    taken: set[tuple[int, str]] = set()
    silent: list[str] = []
    for sample in document.samples:
        if sample.index not in serials:
            continue
        for value in sample.values:
            item = joiner.items.get(value.item_id)
            if (item and item.is_pseudo_dimension) or value.value is None:
                continue
            row = _row(report, joiner, value, serials[sample.index])
            if row is None:
                continue
            if (row.characteristic.pk, row.serial) in taken:
                report.questions.append(
                    f"Characteristic {row.characteristic.balloon} has two values on {row.serial}: keep one in the file."
                )
            taken.add((row.characteristic.pk, row.serial))
            if row.characteristic.unit and not row.unit and value.name not in silent:
                silent.append(value.name)
    if silent:
        report.is_unit_asked = True
        report.questions.append(
            f"The file does not say the unit of {len(silent)} characteristics ({_listed(silent, 3)}): say mm or in."
        )


def _row(report: ImportReport, joiner: Joiner, value: QifValue, serial: str) -> Row | None:
    characteristic, joined_by = joiner.join(value)
    if characteristic is None:
        name = f"{value.name or 'an unnamed value'} ({value.occurrence})"
        if name not in report.unknown_items:
            report.unknown_items.append(name)
        return None
    row = Row(characteristic, serial, value.value, joiner.unit_of(value), value.stated_status, joined_by)
    report.rows.append(row)
    return row


def _name_doubled(report: ImportReport, record: InspectionRecord) -> None:
    standing = Measurement.objects.standing().filter(record=record)
    there = set(standing.values_list("characteristic_id", "serial"))
    report.questions += [
        f"Characteristic {row.characteristic.balloon} has a value on {row.serial} already: withdraw it first."
        for row in report.rows
        if (row.characteristic.pk, row.serial) in there
    ]


def _name_unmeasured(
    report: ImportReport, record: InspectionRecord, planned: list[Characteristic], by_hand: Collection[str]
) -> None:
    """Name what the plan asks of these pieces and neither the file nor an earlier entry has.

    What has no limits has no number in a file; what a person measures otherwise is named in `by_hand`.
    """
    pieces = {serial for serial in report.sample_numbers.values() if serial}
    measured = {(row.characteristic.pk, row.serial) for row in report.rows}
    standing = Measurement.objects.standing().filter(record=record, serial__in=pieces)
    measured |= set(standing.values_list("characteristic_id", "serial"))
    plans = {row["characteristic"]: row for row in record.plan}
    for characteristic in planned:
        if not characteristic.has_limits or characteristic.balloon in by_hand:
            continue
        wanted = pieces_wanted(plans[str(characteristic.uuid)], len(pieces))
        count = sum((characteristic.pk, serial) in measured for serial in pieces)
        if count < wanted:
            report.unmeasured.append(f"characteristic {characteristic.balloon} on {wanted - count} pieces")


def _compare_verdicts(report: ImportReport) -> None:
    for row in report.rows:
        limits = row.characteristic
        if limits.unit and not row.unit:
            continue
        own = convert(row.value, source=row.unit, target=limits.unit) if limits.unit else row.value
        ours = verdict(own, limits.lower, limits.upper)
        report.stated[row.stated or "none"] += 1
        report.recomputed[ours] += 1
        if row.stated in ("PASS", "FAIL") and ours in ("PASS", "FAIL") and row.stated != ours:
            report.contradictions.append(
                f"Characteristic {limits.balloon} on {row.serial}: the file states {row.stated}, value and "
                f"limits say {ours}."
            )
