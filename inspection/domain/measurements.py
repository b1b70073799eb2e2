"""Taking down what was measured: converted exactly, judged by us, never changed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from inspection.domain.gauge_fitness import require_fit
from inspection.domain.nonconformances import open_for_measurement
from inspection.domain.verdicts import verdict
from inspection.domain.windows import Limits, limits_for, windows_of
from inspection.models import InspectionRecord, Measurement, MeasurementVoid, Nonconformance
from portal.domain.errors import Incomplete, NotTheMoment, Refused
from portal.domain.events import record_event
from portal.domain.moves import lock
from portal.models import Person
from portal.permissions import require_inspector
from routes.domain.gauges import require_calibrated
from routes.domain.lots import serials_of
from routes.formats.units import convert
from routes.models import Characteristic, Gauge, Piece

# ten digits before the point, as the columns of values and limits hold
LARGEST = Decimal(10) ** 10


class NotPlanned(Refused):
    code = "not-planned"


def side_of(record: InspectionRecord, characteristic: Characteristic) -> str:
    """Return the side of the finish on which this record plans the characteristic.

    Raises:  NotPlanned when the frozen plan does not name it.
    """
    for planned in record.plan:
        if planned["characteristic"] == str(characteristic.uuid):
            return planned["side"]
    raise NotPlanned(
        f"{record.number} does not plan characteristic {characteristic.balloon} {characteristic.name}. "
        "Enter it where the route plans it, or revise the route."
    )


def sides_of(record: InspectionRecord) -> dict[str, str]:
    """Return the side of the finish on which a record plans each characteristic, by its uuid."""
    return {planned["characteristic"]: planned["side"] for planned in record.plan}


def require_piece(record: InspectionRecord, serial: str) -> None:
    """Refuse a piece that is not of this lot, nor was set apart from it since the inspection opened.

    A lot without serials takes piece numbers 1 to its size.
    Raises:  Incomplete naming the serial and the lot.
    """
    serials = record_serials(record)
    if serial not in serials and serial not in pieces_set_apart(record):
        raise Incomplete(
            f"{serial} is not a piece of lot {record.traveler.number}; its pieces are "
            f"{serials[0]} to {serials[-1]}."
            if serials
            else f"Lot {record.traveler.number} has no pieces left."
        )


def record_serials(record: InspectionRecord) -> list[str]:
    """Return the pieces an inspection asks for: those the lot holds now.

    Without serials they are the numbers 1 to the lot's size, less those set apart; a lot that was set apart
    itself keeps the number its piece had.
    """
    if record.kind == InspectionRecord.CUSTOMER:
        return _pieces_of_family(record)
    if is_serialized(record):
        return serials_of(record.traveler)
    if numbers := _numbers_kept(record):
        return numbers
    apart = set(pieces_set_apart(record))
    return [str(number) for number in range(1, record.lot_size + 1) if str(number) not in apart]


def _pieces_of_family(record: InspectionRecord) -> list[str]:
    """Return every piece the lot ever had: the customer measures what was delivered, split off or not."""
    if not is_serialized(record):
        return [str(number) for number in range(1, record.lot_size + 1)]
    number = record.traveler.number
    pieces = Piece.objects.filter(Q(traveler=record.traveler) | Q(traveler__number__startswith=f"{number}/"))
    return list(pieces.order_by("pk").values_list("serial", flat=True))


def is_serialized(record: InspectionRecord) -> bool:
    """Say whether the pieces of this inspection carry serials of their own."""
    return record.traveler.route_revision.part_revision.part.is_serialized


def _numbers_kept(record: InspectionRecord) -> list[str]:
    found = Nonconformance.objects.filter(traveler=record.traveler, measurement__isnull=False)
    first = found.exclude(found_on_traveler=record.traveler).order_by("pk").first()
    return list(first.serials) if first else []


def pieces_set_apart(record: InspectionRecord) -> list[str]:
    """Return the pieces split off since the inspection opened: their other values may still be taken down here."""
    if is_serialized(record):
        apart = Piece.objects.filter(
            traveler__number__startswith=f"{record.traveler.number}/",
            traveler__split_at__gte=record.opened_at,
            is_gone=False,
        )
        return list(apart.values_list("serial", flat=True))
    found = Nonconformance.objects.filter(measurement__record=record).exclude(traveler=record.traveler)
    return [serial for nonconformance in found for serial in nonconformance.serials]


@transaction.atomic
def record_value(
    *,
    by: Person,
    record: InspectionRecord,
    characteristic: Characteristic,
    serial: str,
    value: Decimal,
    unit: str,
    measured_on: date,
    gauge: Gauge | None = None,
    stated: str = "",
    gauge_note: str = "",
) -> Measurement:
    """Take down one measured value; a failing one opens a nonconformance at once.

    gauge_note: why a gauge coarser than a tenth of the tolerance will do.
    Units:   `value` in `unit`; kept in the characteristic's unit, converted exactly.
    Raises:  NotPlanned, Incomplete (no such piece, a day to come), GaugeOutOfCalibration, OutsideGaugeRange,
             GaugeTooCoarse, UnknownUnit;
             NotTheMoment when the record is not open or the piece has a value already.
    """
    record = _open_record(by, record)
    _require_takeable(record, characteristic, serial, measured_on, gauge)
    if gauge is not None:
        require_fit(gauge, characteristic=characteristic, value=value, unit=unit, note=gauge_note)
    measurement = build_measurement(
        by=by,
        record=record,
        characteristic=characteristic,
        serial=serial,
        value=value,
        unit=unit,
        measured_on=measured_on,
        gauge=gauge,
        stated=stated,
        gauge_note=gauge_note,
    )
    measurement.save()
    _write_down(by, measurement)
    return measurement


def build_measurement(
    *,
    by: Person,
    record: InspectionRecord,
    characteristic: Characteristic,
    serial: str,
    value: Decimal,
    unit: str,
    measured_on: date,
    gauge: Gauge | None = None,
    stated: str = "",
    gauge_note: str = "",
) -> Measurement:
    """Return an unsaved measurement with its value converted and its verdict recomputed."""
    return Measurement(
        record=record,
        characteristic=characteristic,
        side=side_of(record, characteristic),
        serial=serial,
        stated=stated[:30],
        gauge=gauge,
        gauge_note=gauge_note.strip()[:200],
        measured_on=measured_on,
        recorded_by=by,
        recorded_at=timezone.now(),
        **judged(
            characteristic=characteristic,
            value=value,
            unit=unit,
            limits=limits_for(characteristic, windows_of(record)),
        ),
    )


def judged(*, characteristic: Characteristic, value: Decimal, unit: str, limits: Limits) -> dict[str, object]:
    """Return a value as it is kept: in the characteristic's unit, as stated, and with our verdict by these limits.

    Raises:  UnknownUnit; Incomplete for a number too large to be a measurement.
    """
    own = convert(value, source=unit, target=characteristic.unit) if characteristic.unit else value
    if abs(own) >= LARGEST:
        raise Incomplete(
            f"The value {value:f} {unit} of characteristic {characteristic.balloon} is too large to be one. "
            "Check the number and its unit."
        )
    return {
        "value": own,
        "stated_value": f"{value:f}"[:60],
        "stated_unit": unit[:10],
        "verdict": verdict(own, *limits),
    }


@transaction.atomic
def record_attribute(
    *,
    by: Person,
    record: InspectionRecord,
    characteristic: Characteristic,
    serial: str,
    is_conforming: bool,
    measured_on: date,
    gauge: Gauge | None = None,
) -> Measurement:
    """Take down a pass or fail of a requirement that has no number, or that a qualified gauge decides.

    Raises:  Incomplete when the characteristic has limits and no gauge decided it; NotPlanned; GaugeOutOfCalibration.
    Source:  AS9102 Rev C, field 9: variable data wherever the requirement has limits.
    """
    record = _open_record(by, record)
    _require_takeable(record, characteristic, serial, measured_on, gauge)
    if characteristic.has_limits and gauge is None:
        raise Incomplete(
            f"Characteristic {characteristic.balloon} has limits: enter the measured value, or name the go/no-go "
            "gauge that decides it."
        )
    measurement = Measurement.objects.create(
        record=record,
        characteristic=characteristic,
        side=side_of(record, characteristic),
        serial=serial,
        value=None,
        verdict=Measurement.PASS if is_conforming else Measurement.FAIL,
        gauge=gauge,
        measured_on=measured_on,
        recorded_by=by,
        recorded_at=timezone.now(),
    )
    _write_down(by, measurement)
    return measurement


def _require_takeable(
    record: InspectionRecord, characteristic: Characteristic, serial: str, on: date, gauge: Gauge | None
) -> None:
    require_piece(record, serial)
    require_day(record, on)
    if gauge is not None:
        require_calibrated(gauge, on)
    there = Measurement.objects.standing().filter(record=record, characteristic=characteristic, serial=serial)
    if there.exists():
        raise NotTheMoment(
            f"Characteristic {characteristic.balloon} has a value on {serial} already in {record.number}. "
            "Withdraw it with its reason before another is entered."
        )


def require_day(record: InspectionRecord, on: date) -> None:
    """Refuse values measured on a day to come.

    Raises:  Incomplete naming the day.
    """
    if on > timezone.localdate():
        raise Incomplete(
            f"Nothing of {record.number} can have been measured on {on}, a day to come. Correct the day."
        )


def _open_record(by: Person, record: InspectionRecord) -> InspectionRecord:
    require_inspector(by, "record results")
    # the lock is on the record alone; what its lot is made as stays, and is not asked again with every value
    lot = record.traveler
    record = lock(record)
    record.traveler = lot
    if record.state != InspectionRecord.OPEN:
        raise NotTheMoment(
            f"{record.number} is {record.get_state_display().lower()}; open another inspection to add results."
        )
    return record


def _write_down(by: Person, measurement: Measurement) -> None:
    record_event(
        by=by,
        verb="measure",
        noun="inspection",
        number=measurement.record.number,
        lots=[measurement.record.traveler.number],
        data={
            "characteristic": measurement.characteristic.balloon,
            "serial": measurement.serial,
            "value": measurement.value,
            "verdict": measurement.verdict,
        },
    )
    # what the customer finds opens nothing here: a person of the shop decides whether it is a nonconformance
    is_ours = measurement.record.kind != InspectionRecord.CUSTOMER
    if measurement.verdict == Measurement.FAIL and is_ours:
        open_for_measurement(by=by, measurement=measurement)


@transaction.atomic
def void_measurement(*, by: Person, measurement: Measurement, reason: str) -> MeasurementVoid:
    """Withdraw one value with its reason; the value itself stays readable.

    Raises:  Incomplete without a reason; NotTheMoment when it is withdrawn already or its inspection is signed.
    """
    require_inspector(by, "withdraw results")
    if not reason.strip():
        raise Incomplete("Say why this value is withdrawn; it stays readable beside the reason.")
    record = lock(measurement.record)
    if record.state != InspectionRecord.OPEN:
        raise NotTheMoment(
            f"{record.number} is signed with this value; it stands. Open a nonconformance or a rework pass instead."
        )
    if MeasurementVoid.objects.filter(measurement=measurement).exists():
        raise NotTheMoment("This value is withdrawn already.")
    void = MeasurementVoid.objects.create(
        measurement=measurement, reason=reason.strip(), voided_by=by, voided_at=timezone.now()
    )
    record_event(
        by=by,
        verb="void value of",
        noun="inspection",
        number=measurement.record.number,
        lots=[measurement.record.traveler.number],
        data={
            "characteristic": measurement.characteristic.balloon,
            "serial": measurement.serial,
            "value": measurement.value,
            "reason": reason,
        },
    )
    return void
