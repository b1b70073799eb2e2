"""How far two series of readings of the same pieces agree: mean bias with its 95 % interval."""

from __future__ import annotations

from decimal import Decimal, localcontext

# digits after the point, beyond what any gauge resolves
DIGITS = Decimal("0.000001")
_CONFIDENCE = 0.95


def mean_of(values: list[Decimal]) -> Decimal | None:
    """Return the mean, rounded to six digits after the point; None of nothing."""
    if not values:
        return None
    return _rounded(_exact_mean(values))


def half_width(values: list[Decimal]) -> Decimal | None:
    """Return half of the 95 % interval of the mean, rounded up to six digits; None below two values.

    Source:  Student's t for a mean with unknown spread, n − 1 degrees of freedom; the differences of paired readings
             are taken to be independent and near enough to normal.
    """
    count = len(values)
    if count < 2:
        return None
    from scipy.special import stdtrit  # 0.2 s to load, and only here

    with localcontext() as context:
        context.prec = 28
        mean = _exact_mean(values)
        variance = sum((value - mean) ** 2 for value in values) / (count - 1)
        factor = Decimal(repr(float(stdtrit(count - 1, (1 + _CONFIDENCE) / 2))))
        return _rounded(factor * (variance / count).sqrt())


def is_bias(values: list[Decimal]) -> bool:
    """Say whether the 95 % interval of the mean leaves zero out: one side reads higher than the other."""
    half = half_width(values)
    return half is not None and abs(_exact_mean(values)) > half


def _exact_mean(values: list[Decimal]) -> Decimal:
    with localcontext() as context:
        context.prec = 28
        return sum(values, Decimal(0)) / len(values)


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(DIGITS).normalize()
