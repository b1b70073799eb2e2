"""Units of length and angle, converted exactly or not at all."""

from __future__ import annotations

from decimal import Decimal, localcontext

from portal.domain.errors import Refused

MM, UM, M, INCH, DEG = "mm", "um", "m", "in", "deg"

# The international inch is 25.4 mm by definition (ISO 31-1), so every factor here is exact.
_LENGTH_IN_MM = {MM: Decimal(1), UM: Decimal("0.001"), M: Decimal(1000), INCH: Decimal("25.4")}
_ANGLE_IN_DEG = {DEG: Decimal(1)}
_SPELLINGS = {
    MM: ("mm", "millimeter", "millimetre", "millimeters", "millimetres"),
    UM: ("um", "µm", "μm", "micron", "microns", "micrometer", "micrometre"),
    M: ("m", "meter", "metre"),
    INCH: ("in", "inch", "inches", "in.", '"'),
    DEG: ("deg", "degree", "degrees", "°"),
}
_BY_SPELLING = {spelling: unit for unit, spellings in _SPELLINGS.items() for spelling in spellings}


class UnknownUnit(Refused):
    """A unit is missing, unknown, or of another kind than the one asked for."""

    code = "unknown-unit"


def unit_of(text: str) -> str:
    """Return our code (mm, um, m, in, deg) for a unit as somebody wrote it.

    Raises:  UnknownUnit when it is empty or not one of ours; a unit is asked for, never guessed.
    """
    unit = _BY_SPELLING.get(text.strip().lower())
    if unit is None and not text.strip():
        raise UnknownUnit("The unit is missing. Say whether it is mm, um, m, in or deg.")
    if unit is None:
        raise UnknownUnit(f"The unit “{text.strip()[:20]}” is not known. Use mm, um, m, in or deg.")
    return unit


def convert(value: Decimal, *, source: str, target: str) -> Decimal:
    """Return the same quantity in another unit.

    Units:   mm, um, m, in among themselves; deg only to deg. To mm the result is exact; a result without end
             (1 mm in inch) has 28 digits.
    Raises:  UnknownUnit when a unit is unknown or a length is asked for as an angle.
    """
    source, target = unit_of(source), unit_of(target)
    if source == target:
        return value
    for scale in (_LENGTH_IN_MM, _ANGLE_IN_DEG):
        if source in scale and target in scale:
            with localcontext() as context:
                context.prec = 28
                return value * scale[source] / scale[target]
    raise UnknownUnit(
        f"A value in {source} cannot be given in {target}: one is a length, the other an angle."
    )
