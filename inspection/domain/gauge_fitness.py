"""Whether a gauge is fit for a value: inside its range, and fine enough for the tolerance."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from portal.domain.errors import Refused
from routes.formats.units import UnknownUnit, convert
from routes.models import Characteristic, Gauge, GaugeRange

# a gauge reads at least ten times finer than what it decides
PARTS_OF_TOLERANCE = 10


class OutsideGaugeRange(Refused):
    """The gauge cannot have read this value."""

    code = "outside-gauge-range"


class GaugeTooCoarse(Refused):
    """The gauge reads too coarsely for this tolerance, and nobody said why it was used all the same."""

    code = "gauge-too-coarse"


def require_fit(
    gauge: Gauge,
    *,
    characteristic: Characteristic,
    value: Decimal | None,
    unit: str,
    note: str = "",
    ranges: Iterable[GaugeRange] | None = None,
) -> None:
    """Refuse a gauge that cannot read a value, or reads it too coarsely without a reason.

    A gauge without ranges on record, or with none in a unit of that kind, is not asked. Pass and fail of a go/no-go
    gauge have no value and no range.

    Units:   `value` in `unit`; ranges and tolerance are converted exactly.
    Raises:  OutsideGaugeRange naming the ranges; GaugeTooCoarse without a note.
    Source:  ISO 9001:2015 7.1.5.1 (suitable for the type of measurement); the ten-to-one rule of gauge selection.
    """
    if value is None:
        return
    kept = list(gauge.ranges.all() if ranges is None else ranges)
    usable = [(each, own) for each in kept if (own := _as(value, unit, each.unit)) is not None]
    if not usable:
        return
    around = [each for each, own in usable if each.low <= own <= each.high]
    if not around:
        said = " and ".join(str(each) for each, _ in usable)
        raise OutsideGaugeRange(
            f"Gauge {gauge.number} reads from {said}; {value.normalize():f} {unit} of characteristic "
            f"{characteristic.balloon} is outside it. Correct the value or its unit, or name the gauge that was used."
        )
    if not note.strip() and (coarse := _too_coarse(around, characteristic)):
        raise GaugeTooCoarse(
            f"Gauge {gauge.number} reads in steps of {coarse.resolution.normalize():f} {coarse.unit}, coarser than a "
            f"tenth of the tolerance of characteristic {characteristic.balloon} "
            f"({characteristic.requirement}). Use a finer one, or say why this one will do."
        )


def require_all_fit(
    gauge: Gauge,
    values: Iterable[tuple[Characteristic, Decimal | None, str]],
    *,
    note: str = "",
) -> None:
    """Refuse a gauge for a whole file of values; its ranges are read once.

    Raises:  as for one value.
    """
    ranges = list(gauge.ranges.all())
    if not ranges:
        return
    for characteristic, value, unit in values:
        require_fit(gauge, characteristic=characteristic, value=value, unit=unit, note=note, ranges=ranges)


def _as(value: Decimal, source: str, target: str) -> Decimal | None:
    """Return a value in another unit; None where it cannot be one, as degrees are no millimetres."""
    try:
        return convert(value, source=source, target=target) if source != target else value
    except UnknownUnit:
        return None


def _too_coarse(around: list[GaugeRange], characteristic: Characteristic) -> GaugeRange | None:
    """Return the finest of these ranges where even that is too coarse for two limits; None otherwise."""
    if characteristic.lower is None or characteristic.upper is None:
        return None
    width = characteristic.upper - characteristic.lower
    if width <= 0 or any(each.resolution is None for each in around):
        return None
    steps = [(_as(each.resolution, each.unit, characteristic.unit), each) for each in around]
    step, finest = min(steps, key=lambda pair: pair[0])
    return finest if step * PARTS_OF_TOLERANCE > width else None
