"""Gauges, and whether their readings count on a day."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction

from portal.domain.errors import Refused
from portal.domain.events import record_event
from portal.domain.moves import lock
from portal.models import Person, StoredFile
from routes.domain.words import DatesDoNotFit, only_once, require_text
from routes.models import Calibration, Gauge, GaugeRange
from routes.permissions import METROLOGISTS, require_role


class GaugeOutOfCalibration(Refused):
    """The gauge had no calibration in force on the day."""

    code = "gauge-out-of-calibration"


class RangeDoesNotFit(Refused):
    """A range of a gauge that cannot be."""

    code = "range-does-not-fit"


@transaction.atomic
def add_gauge(
    *,
    by: Person,
    number: str,
    kind: str,
    description: str = "",
    location: str = "",
    owner: str = "",
    interval_days: int | None = None,
) -> Gauge:
    """Add a measuring instrument.

    Units:   `interval_days` from one calibration to the next; it proposes the due day.
    Raises:  NotEntitled; Incomplete; AlreadyThere.
    """
    require_role(by=by, roles=METROLOGISTS, act="add gauges")
    number = require_text(number, "The gauge has no number. Give the one engraved on it.")
    kind = require_text(kind, f"Gauge {number} has no kind, as in micrometer. Give it.")
    with only_once(f"Gauge {number} is known already. Record its calibration on its page."):
        gauge = Gauge.objects.create(
            number=number,
            kind=kind,
            description=description.strip(),
            location=location.strip(),
            owner=owner.strip(),
            interval_days=interval_days,
        )
    record_event(by=by, verb="add", noun="gauge", number=number, data={"kind": kind})
    return gauge


@transaction.atomic
def change_gauge(
    *,
    by: Person,
    gauge: Gauge,
    kind: str,
    description: str = "",
    location: str = "",
    owner: str = "",
    interval_days: int | None = None,
    is_active: bool = True,
) -> Gauge:
    """Change where a gauge is, who answers for it, how often it is calibrated, and whether it is in service.

    Raises:  NotEntitled; Incomplete without a kind.
    """
    require_role(by=by, roles=METROLOGISTS, act="change gauges")
    gauge = lock(gauge)
    given = {
        "kind": require_text(kind, f"Gauge {gauge.number} has no kind, as in micrometer. Give it."),
        "description": description.strip(),
        "location": location.strip(),
        "owner": owner.strip(),
        "interval_days": interval_days,
        "is_active": is_active,
    }
    changes = [name for name, value in given.items() if getattr(gauge, name) != value]
    for name, value in given.items():
        setattr(gauge, name, value)
    gauge.save()
    said = ", ".join(name.replace("_", " ") for name in changes) or "nothing"
    record_event(by=by, verb="change", noun="gauge", number=gauge.number, data={"changes": said})
    return gauge


@transaction.atomic
def add_range(
    *,
    by: Person,
    gauge: Gauge,
    low: Decimal,
    high: Decimal,
    unit: str,
    resolution: Decimal | None = None,
) -> GaugeRange:
    """Say from where to where a gauge may be read, and how finely.

    Units:   all three numbers in `unit`.
    Raises:  NotEntitled; Incomplete without a unit; RangeDoesNotFit when it ends before it begins, or its resolution
             is not above zero and below its width.
    """
    require_role(by=by, roles=METROLOGISTS, act="say how far gauges read")
    gauge = lock(gauge)
    unit = require_text(unit, f"The range of gauge {gauge.number} has no unit. Give it.")
    if high <= low:
        raise RangeDoesNotFit(
            f"Gauge {gauge.number} would read from {low:f} to {high:f} {unit}. Give the lower end first."
        )
    if resolution is not None and not 0 < resolution < high - low:
        raise RangeDoesNotFit(
            f"A resolution of {resolution:f} {unit} does not fit a range from {low:f} to {high:f} {unit}. Correct it, "
            "or leave it empty."
        )
    made = GaugeRange.objects.create(gauge=gauge, low=low, high=high, unit=unit, resolution=resolution)
    record_event(
        by=by,
        verb="add range to",
        noun="gauge",
        number=gauge.number,
        data={"range": str(made), "resolution": resolution},
    )
    return made


@transaction.atomic
def record_calibration(
    *,
    by: Person,
    gauge: Gauge,
    certificate_number: str,
    calibrated_on: date,
    due_on: date,
    is_in_tolerance: bool = True,
    was_found_in_tolerance: bool | None = None,
    uncertainty: str = "",
    file: StoredFile | None = None,
) -> Calibration:
    """Record one calibration of a gauge: how it was found, and how it was left.

    is_in_tolerance:        as left; whether it may be used from now on.
    was_found_in_tolerance: as found; where nothing is said, as it was left. Found out of tolerance, what it read
                            since its last good calibration is in doubt.

    Raises:  NotEntitled; Incomplete; DatesDoNotFit when it is due before it was made.
    Source:  ISO 9001:2015 7.1.5.2 (the validity of previous results is determined); release rule 45.
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
    found_good = is_in_tolerance if was_found_in_tolerance is None else was_found_in_tolerance
    calibration = Calibration.objects.create(
        gauge=gauge,
        certificate_number=certificate_number,
        calibrated_on=calibrated_on,
        due_on=due_on,
        is_in_tolerance=is_in_tolerance,
        was_found_in_tolerance=found_good,
        uncertainty=uncertainty.strip(),
        file=file,
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
            "was_found_in_tolerance": found_good,
        },
    )
    return calibration


def due_within(days: int, *, on: date) -> dict[str, list[Gauge]]:
    """Return the gauges in service that are overdue, never calibrated or left bad, and those due soon, by due day.

    Units:   days counted from `on`; both days are included.
    """
    gauges = Gauge.objects.filter(is_active=True).prefetch_related("calibrations")
    found: dict[str, list[Gauge]] = {"overdue": [], "soon": []}
    for gauge in gauges:
        known = [each for each in gauge.calibrations.all() if each.calibrated_on <= on]
        latest = max(known, key=lambda each: (each.calibrated_on, each.pk), default=None)
        gauge.due_on = latest.due_on if latest and latest.is_in_tolerance else None
        if gauge.due_on is None or gauge.due_on < on:
            found["overdue"].append(gauge)
        elif gauge.due_on <= on + timedelta(days=days):
            found["soon"].append(gauge)
    for gauges in found.values():
        gauges.sort(key=lambda each: (each.due_on or date.min, each.number))
    return found


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
