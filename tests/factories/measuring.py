"""Measuring a lot at its present step: every planned value at its nominal, then the signature."""

from __future__ import annotations

from decimal import Decimal

from inspection.domain import measurements, records
from inspection.domain.record_contents import values_of
from inspection.domain.records import ReceiptAnswers
from inspection.models import InspectionRecord, Measurement
from routes.domain.lots import current_step
from routes.models import Characteristic, Gauge, Operation, Traveler
from tests.cast import Cast, reauth
from tests.factories.routes import make_gauge, today


def kind_at(lot: Traveler) -> str:
    """Return the kind of inspection the lot's present step takes: incoming, in process, or final at the last."""
    operation = current_step(lot).operation
    if operation.kind == Operation.OUTSIDE:
        return InspectionRecord.INCOMING
    later = operation.route_revision.operations.filter(
        sequence__gt=operation.sequence, kind__in=[Operation.INSPECT, Operation.OUTSIDE]
    )
    return InspectionRecord.IN_PROCESS if later.exists() else InspectionRecord.FINAL


def make_inspection(cast: Cast, lot: Traveler) -> InspectionRecord:
    """Open the inspection of the lot's present step."""
    return records.open_inspection(by=cast.inspector, step=current_step(lot), kind=kind_at(lot))


def characteristic_of(record: InspectionRecord, balloon: str) -> Characteristic:
    return Characteristic.objects.get(
        part_revision=record.traveler.route_revision.part_revision, balloon=balloon
    )


def measure(
    cast: Cast,
    record: InspectionRecord,
    balloon: str,
    serial: str,
    value: Decimal | str | None = None,
    *,
    gauge: Gauge | None = None,
    **facts,
) -> Measurement:
    """Take down one value in mm, the nominal unless another is given."""
    characteristic = characteristic_of(record, balloon)
    wanted = {"unit": characteristic.unit, "measured_on": today()}
    return measurements.record_value(
        by=cast.inspector,
        record=record,
        characteristic=characteristic,
        serial=serial,
        value=characteristic.nominal if value is None else Decimal(value),
        gauge=gauge,
        **{**wanted, **facts},
    )


def measure_all(cast: Cast, record: InspectionRecord, *, gauge: Gauge | None = None) -> None:
    """Take down every value the plan still asks for, at its nominal."""
    serials = measurements.record_serials(record)
    there = set(values_of(record).values_list("characteristic__uuid", "serial"))
    for planned in record.plan:
        characteristic = characteristic_of(record, planned["balloon"])
        for serial in serials[: records.pieces_wanted(planned, len(serials))]:
            if (characteristic.uuid, serial) not in there:
                measure(cast, record, planned["balloon"], serial, gauge=gauge)


def complete(
    cast: Cast, record: InspectionRecord, *, receipt_answers: ReceiptAnswers | None = None
) -> InspectionRecord:
    return records.complete(
        by=cast.inspector, record=record, token=reauth(cast.inspector), receipt_answers=receipt_answers
    )


def pass_inspection(
    cast: Cast, lot: Traveler, *, receipt_answers: ReceiptAnswers | None = None
) -> InspectionRecord:
    """Open the inspection of the lot's present step, measure every piece with a good gauge, complete it."""
    record = make_inspection(cast, lot)
    measure_all(cast, record, gauge=make_gauge(cast) if record.plan else None)
    return complete(cast, record, receipt_answers=receipt_answers)
