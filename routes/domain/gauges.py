"""Gauges, and whether their readings count on a day."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from portal.domain.errors import Refused
from portal.domain.events import record_event
from portal.domain.moves import lock
from portal.models import Person
from routes.domain.words import DatesDoNotFit, only_once, require_text
from routes.models import Calibration, Gauge
from routes.permissions import METROLOGISTS, require_role


class GaugeOutOfCalibration(Refused):
    """The gauge had no calibration in force on the day."""

    code = "gauge-out-of-calibration"


@transaction.atomic
def add_gauge(*, by: Person, number: str, kind: str, description: str = "") -> Gauge:
    """Add a measuring instrument.

    Raises:  NotEntitled; Incomplete; AlreadyThere.
    """
    require_role(by=by, roles=METROLOGISTS, act="add gauges")
    number = require_text(number, "The gauge has no number. Give the one engraved on it.")
    kind = require_text(kind, f"Gauge {number} has no kind, as in micrometer. Give it.")
    with only_once(f"Gauge {number} is known already. Record its calibration on its page."):
        gauge = Gauge.objects.create(number=number, kind=kind, description=description.strip())
    record_event(by=by, verb="add", noun="gauge", number=number, data={"kind": kind})
    return gauge


@transaction.atomic
def record_calibration(
    *,
    by: Person,
    gauge: Gauge,
    certificate_number: str,
    calibrated_on: date,
    due_on: date,
    is_in_tolerance: bool = True,
) -> Calibration:
    """Record one calibration of a gauge.

    Raises:  NotEntitled; Incomplete; DatesDoNotFit when it is due before it was made.
    """
    require_role(by=by, roles=METROLOGISTS, act="record calibrations")
    gauge = lock(gauge)
    certificate_number = require_text(
        certificate_number, f"The calibration of gauge {gauge.number} has no certificate number. Give it."
    )
    if due_on <= calibrated_on:
        raise DatesDoNotFit(
            f"Gauge {gauge.number} would be due on {due_on}, not after its calibration on {calibrated_on}. "
            "Correct one of the days."
        )
    calibration = Calibration.objects.create(
        gauge=gauge,
        certificate_number=certificate_number,
        calibrated_on=calibrated_on,
        due_on=due_on,
        is_in_tolerance=is_in_tolerance,
    )
    record_event(
        by=by,
        verb="calibrate",
        noun="gauge",
        number=gauge.number,
        data={
            "certificate": certificate_number,
            "calibrated_on": calibrated_on,
            "due_on": due_on,
            "is_in_tolerance": is_in_tolerance,
        },
    )
    return calibration


def is_calibrated(gauge: Gauge, on: date) -> bool:
    """Say whether readings of the gauge count on that day.

    The latest calibration up to the day decides: in tolerance, and the day not after its due day. A later bad
    finding does not reach back by itself; it is an event a person must judge.
    Source:  ISO 9001:2015 7.1.5.2 (measurement traceability).
    """
    latest = (
        Calibration.objects.filter(gauge=gauge, calibrated_on__lte=on)
        .order_by("-calibrated_on", "-pk")
        .first()
    )
    return latest is not None and latest.is_in_tolerance and on <= latest.due_on


def require_calibrated(gauge: Gauge, on: date) -> None:
    """Refuse a gauge that may not be used on that day.

    Raises:  GaugeOutOfCalibration naming gauge and day.
    """
    if not gauge.is_active:
        raise GaugeOutOfCalibration(f"Gauge {gauge.number} is out of service. Measure with another gauge.")
    if not is_calibrated(gauge, on):
        raise GaugeOutOfCalibration(
            f"Gauge {gauge.number} has no good calibration in force on {on}. "
            "Record its calibration or measure with another gauge."
        )
