"""Results from a measuring machine's file: looked at, asked about, judged anew, kept all or not at all."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.utils import timezone

from inspection.domain.bulk_values import BATCH, write_measurements
from inspection.domain.dry_run import ImportReport, look_at
from inspection.domain.gauge_fitness import require_all_fit
from inspection.domain.joining import Answers
from inspection.domain.mappings import keep_decisions, mapping_of
from inspection.domain.measurements import judged, require_day, sides_of
from inspection.domain.nonconformances import open_for_measurement
from inspection.domain.windows import limits_for, windows_of
from inspection.models import InspectionRecord, Measurement, ValueSetAside
from portal.domain.canonical import sha256_of
from portal.domain.errors import NotTheMoment, Refused
from portal.domain.events import record_event
from portal.domain.files import take_in
from portal.domain.moves import lock
from portal.models import Person, StoredFile
from portal.permissions import require_inspector
from routes.domain.gauges import require_calibrated
from routes.domain.lots import lock_lots
from routes.formats.qif import QifDocument
from routes.formats.result_files import read_results_file
from routes.models import Gauge


class ResultsDoNotFit(Refused):
    """The file does not match the plan, both ways named; nothing was saved."""

    code = "results-do-not-fit"


def preview_results(
    *,
    record: InspectionRecord,
    content: bytes,
    name: str,
    unit: str = "",
    serial_map: dict[str, str] | None = None,
    by_hand: Collection[str] = (),
    keep_there: bool = False,
    answers: Answers | None = None,
    source: str = "",
) -> ImportReport:
    """Say what a result file would bring, without keeping anything.

    serial_map: number of a sample as the file has it, or #1 for the first without one → serial of ours.
    by_hand:    balloons of the plan that are measured otherwise and need not be in the file.
    keep_there: values that stand there already with the same figures stay, and only the others are added.
    answers:    everything a person says about the file; instead of the four above.
    source:     what people call the origin of the file; what was decided for it before is used again.
    Raises:  FileNotReadable with the reason when the file cannot be read.
    """
    return preview_document(
        record=record,
        document=read_results_file(content),
        name=name,
        answers=answers
        or Answers(unit=unit, serial_map=serial_map or {}, by_hand=by_hand, keep_there=keep_there),
        source=source,
    )


def preview_document(
    *, record: InspectionRecord, document: QifDocument, name: str, answers: Answers, source: str = ""
) -> ImportReport:
    """Say what a file that was read already would bring; see `preview_results`."""
    return look_at(
        record=record,
        document=document,
        name=name,
        answers=answers,
        mapping=mapping_of(record.traveler.route_revision.part_revision, source),
    )


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
    keep_there: bool = False,
    answers: Answers | None = None,
    source: str = "",
    gauge_note: str = "",
) -> ImportReport:
    """Keep every value of a result file on an open inspection, or none of them.

    1. each item is joined as a person said, by id (where the name agrees), else by name and occurrence, never by
       row order; each sample with a piece by the number it carries;
    2. verdicts are recomputed beside the stated ones; failing pieces are set apart, save on the customer's side;
    3. what is set aside is kept with its reason, what was decided about the items is kept for the source.

    Raises:  ResultsDoNotFit naming what does not match, both ways; NotTheMoment when the record is not open or
             this very file was imported already; GaugeOutOfCalibration; OutsideGaugeRange and GaugeTooCoarse (unless
             `gauge_note` says why it will do); FileNotReadable.
    """
    require_inspector(by, "import results")
    lock_lots([record.traveler.number])
    record = lock(record)
    require_open_and_new(record, content, name)
    require_day(record, measured_on)
    if gauge is not None:
        require_calibrated(gauge, measured_on)
    answers = answers or Answers(
        unit=unit, serial_map=serial_map or {}, by_hand=by_hand, keep_there=keep_there
    )
    report = preview_results(record=record, content=content, name=name, answers=answers, source=source)
    if not report.is_complete:
        raise ResultsDoNotFit(
            f"{name} does not fit {record.number}, so nothing was saved. {' '.join(report.sentences())}",
            report=report,
        )
    if gauge is not None:
        read = [(row.characteristic, row.value, row.unit) for row in report.rows]
        require_all_fit(gauge, read, note=gauge_note)
    stored = take_in(content=content, name=name, by=by)
    failing = _keep(by, record, report, stored, measured_on, gauge, gauge_note)
    keep_decisions(by=by, record=record, source=source, report=report, unit=answers.unit)
    record.source_file = stored
    record.save()
    record_event(
        by=by,
        verb="import results into",
        noun="inspection",
        number=record.number,
        lots=[record.traveler.number],
        data={
            "file": stored.sha256,
            "values": report.saved,
            "set aside": len(report.set_aside),
            "already there": len(report.already),
            "stated": dict(report.stated),
        },
    )
    if record.kind != InspectionRecord.CUSTOMER:
        for measurement in failing:
            open_for_measurement(by=by, measurement=measurement)
    return report


def _keep(
    by: Person,
    record: InspectionRecord,
    report: ImportReport,
    stored: StoredFile,
    measured_on: date,
    gauge: Gauge | None,
    gauge_note: str,
) -> list[Measurement]:
    """Save what a file brings and what was set aside; return the failing values."""
    sides, windows = sides_of(record), windows_of(record)
    shared = {
        "record_id": record.pk,
        "gauge_id": gauge.pk if gauge else None,
        "gauge_note": gauge_note.strip()[:200],
        "measured_on": measured_on,
        "source_file_id": stored.pk,
        "recorded_by_id": by.pk,
        "recorded_at": timezone.now(),
    }
    report.saved = write_measurements(
        {
            **shared,
            **judged(
                characteristic=row.characteristic,
                value=row.value,
                unit=row.unit,
                limits=limits_for(row.characteristic, windows),
            ),
            "characteristic_id": row.characteristic.pk,
            "side": sides[str(row.characteristic.uuid)],
            "serial": row.serial,
            "stated": row.stated[:30],
        }
        for row in report.rows
    )
    ValueSetAside.objects.bulk_create(
        (
            ValueSetAside(
                record=record,
                item_name=each.key.name[:200],
                item_occurrence=each.key.occurrence,
                sample=each.sample[:60],
                stated_value=each.value[:60],
                stated=each.stated[:30],
                reason=each.reason[:300],
            )
            for each in report.set_aside
        ),
        batch_size=BATCH,
    )
    failing = Measurement.objects.filter(record=record, source_file=stored, verdict=Measurement.FAIL)
    return list(failing.select_related("characteristic", "record__traveler").order_by("pk"))


def require_open_and_new(record: InspectionRecord, content: bytes, name: str) -> None:
    """Refuse a file for an inspection that is not open, or that holds this very file already.

    Raises:  NotTheMoment.
    """
    if record.state != InspectionRecord.OPEN:
        raise NotTheMoment(
            f"{record.number} is {record.get_state_display().lower()}; open another inspection to import results."
        )
    kept = Measurement.objects.filter(record=record, source_file__sha256=sha256_of(content))
    if kept.exists():
        raise NotTheMoment(f"{name} was imported into {record.number} already; nothing was added.")
