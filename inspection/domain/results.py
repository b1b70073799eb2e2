"""Results from a measuring machine's file: joined by id or occurrence, judged anew, all or nothing."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db import transaction

from inspection.domain.measurements import build_measurement, record_serials
from inspection.domain.nonconformances import open_for_measurement
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
from routes.formats.qif import QifDocument, QifSample, QifValue, read_qif_file
from routes.formats.units import convert
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
) -> ImportReport:
    """Say what a result file would bring, without keeping anything.

    serial_map: sample label or number as the file has it → serial of ours, where a person decided it.
    Raises:  FileNotReadable with the reason when the file cannot be read.
    """
    document = read_qif_file(content)
    report = ImportReport(file_name=name, samples=len(document.samples))
    planned = _planned_characteristics(record)
    serials = _serials_of_samples(report, document, record_serials(record), serial_map or {})
    _ask_unit(report, document, unit)
    for sample in document.samples:
        serial = serials.get(sample.index)
        if serial is not None:
            _join_sample(report, document, sample, serial, planned, unit)
    _name_unmeasured(report, planned, serials)
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
    if gauge is not None:
        require_calibrated(gauge, measured_on)
    report = preview_results(record=record, content=content, name=name, unit=unit, serial_map=serial_map)
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
    if record.source_file and record.source_file.sha256 == sha256_of(content):
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
        serial = _match_serial(serial_map.get(carried, carried), serials)
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
    same = [s for s in serials if carried.isdigit() and s.isdigit() and int(s) == int(carried)]
    return same[0] if len(same) == 1 else None


def _ask_unit(report: ImportReport, document: QifDocument, unit: str) -> None:
    silent = [c.name for c in document.characteristics if not c.unit and not c.is_pseudo_dimension]
    if silent and not unit:
        report.questions.append(
            f"The file does not say the unit of {len(silent)} characteristics ({_listed(silent, 3)}): say mm or in."
        )


def _join_sample(
    report: ImportReport,
    document: QifDocument,
    sample: QifSample,
    serial: str,
    planned: list[Characteristic],
    unit: str,
) -> None:
    by_id = {c.source_id: c for c in planned if c.source_id}
    by_name = {(c.source_name or c.name, c.source_occurrence): c for c in planned}
    items = {item.item_id: item for item in document.characteristics}
    for value in sample.values:
        item = items.get(value.item_id)
        if (item and item.is_pseudo_dimension) or value.value is None:
            continue
        characteristic, joined_by = _join_value(value, by_id, by_name)
        if characteristic is None:
            name = f"{value.name or 'an unnamed value'} ({value.occurrence})"
            if name not in report.unknown_items:
                report.unknown_items.append(name)
            continue
        said = value.unit or (item.unit if item else "") or unit or characteristic.unit
        report.rows.append(Row(characteristic, serial, value.value, said, value.stated_status, joined_by))


def _join_value(
    value: QifValue, by_id: dict[str, Characteristic], by_name: dict[tuple[str, int], Characteristic]
) -> tuple[Characteristic | None, str]:
    """Join by id only where the name agrees too: ids of two files may be equal by chance."""
    candidate = by_id.get(value.item_id)
    if candidate and (candidate.source_name or candidate.name) == value.name:
        return candidate, "id"
    return by_name.get((value.name, value.occurrence)), "name and occurrence"


def _name_unmeasured(report: ImportReport, planned: list[Characteristic], serials: dict[int, str]) -> None:
    measured = {(row.characteristic.pk, row.serial) for row in report.rows}
    missing = Counter(
        characteristic.balloon
        for characteristic in planned
        for serial in serials.values()
        if (characteristic.pk, serial) not in measured
    )
    report.unmeasured = [f"characteristic {balloon} on {count} pieces" for balloon, count in missing.items()]


def _compare_verdicts(report: ImportReport) -> None:
    for row in report.rows:
        unit = row.characteristic.unit
        own = convert(row.value, source=row.unit, target=unit) if unit else row.value
        ours = verdict(own, row.characteristic.lower, row.characteristic.upper)
        report.stated[row.stated or "none"] += 1
        report.recomputed[ours] += 1
        if row.stated in ("PASS", "FAIL") and ours in ("PASS", "FAIL") and row.stated != ours:
            report.contradictions.append(
                f"Characteristic {row.characteristic.balloon} on {row.serial}: the file states {row.stated}, value and "
                f"limits say {ours}."
            )
