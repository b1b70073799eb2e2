"""How well values fit between their limits, and how sure that is.

An index from few values proves little, so none is given without its number of values and its lower 95 % bound.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log, sqrt
from statistics import NormalDist, fmean, stdev

PROVISIONAL_BELOW = 20
CONFIDENCE = 0.95
NORMAL_AT = 0.05


@dataclass(frozen=True)
class Index:
    """One index: its value, the two-sided 95 % interval, and the one-sided lower 95 % bound."""

    value: float
    low: float
    high: float
    bound: float


@dataclass(frozen=True)
class Capability:
    """The indices of one characteristic; those a missing limit leaves undefined are None.

    `is_performance`: the process is not in control, so within-subgroup indices promise nothing and Pp and Ppk only
    tell what happened. Units: `mean`, `sigma_within` and `sigma_overall` in that of the values.
    """

    n: int
    mean: float
    sigma_within: float
    sigma_overall: float
    lower: float | None
    upper: float | None
    target: float | None
    is_in_control: bool
    cp: Index | None
    cpl: Index | None
    cpu: Index | None
    cpk: Index | None
    cpm: Index | None
    pp: Index | None
    ppl: Index | None
    ppu: Index | None
    ppk: Index | None
    ppm: Index | None
    normality: Normality | None

    @property
    def is_provisional(self) -> bool:
        return self.n < PROVISIONAL_BELOW

    @property
    def is_performance(self) -> bool:
        return not self.is_in_control

    @property
    def off_center(self) -> float | None:
        """Return k: how far the mean is from the middle, in half widths of the limits."""
        if self.lower is None or self.upper is None:
            return None
        return abs((self.lower + self.upper) / 2 - self.mean) / ((self.upper - self.lower) / 2)

    @property
    def main(self) -> Index | None:
        """Return the index to show first: Cpk in control, else Ppk."""
        return self.cpk if self.is_in_control else self.ppk

    @property
    def main_name(self) -> str:
        return "Cpk" if self.is_in_control else "Ppk"


@dataclass(frozen=True)
class Normality:
    """The Anderson-Darling test against a normal of unknown mean and sigma."""

    statistic: float
    p_value: float

    @property
    def is_doubtful(self) -> bool:
        return self.p_value < NORMAL_AT


def capability(
    values: Sequence[float],
    *,
    lower: float | None,
    upper: float | None,
    sigma_within: float,
    target: float | None = None,
    is_in_control: bool = True,
) -> Capability:
    """Return every index of the values.

    target: what Cpm measures from; the middle of the limits where it is not given.
    Raises:  ValueError without a limit, with fewer than two values, or where no value differs.
    """
    if lower is None and upper is None:
        raise ValueError("Capability needs at least one limit.")
    if len(values) < 2:
        raise ValueError("Capability needs at least 2 values.")
    mean, overall = fmean(values), stdev(values)
    if overall <= 0 or sigma_within <= 0:
        raise ValueError("The values do not differ, so there is no spread to compare with the limits.")
    if target is None and lower is not None and upper is not None:
        target = (lower + upper) / 2
    n = len(values)
    within = _indices(n, mean, sigma_within, lower, upper, target)
    total = _indices(n, mean, overall, lower, upper, target)
    return Capability(
        n=n,
        mean=mean,
        sigma_within=sigma_within,
        sigma_overall=overall,
        lower=lower,
        upper=upper,
        target=target,
        is_in_control=is_in_control,
        **dict(zip(("cp", "cpl", "cpu", "cpk", "cpm"), within, strict=True)),
        **dict(zip(("pp", "ppl", "ppu", "ppk", "ppm"), total, strict=True)),
        normality=anderson_darling(values),
    )


def _indices(
    n: int, mean: float, sigma: float, lower: float | None, upper: float | None, target: float | None
) -> tuple[Index | None, Index | None, Index | None, Index | None, Index | None]:
    below = None if lower is None else (mean - lower) / (3 * sigma)
    above = None if upper is None else (upper - mean) / (3 * sigma)
    nearest = min(side for side in (below, above) if side is not None)
    spread = centred = None
    if lower is not None and upper is not None:
        width = (upper - lower) / (6 * sigma)
        spread = by_chi_square(width, n - 1)
        away = ((mean - target) / sigma) ** 2
        # counted as the common packages count it: a little fewer than the textbook's (1 + away) ** 2
        freedom = n * (1 + away) / (1 + 2 * away)
        centred = by_chi_square(width / sqrt(1 + away), freedom)
    # of one side alone the interval is made of two one-sided bounds, of the nearer one it is two-sided
    sides = [None if side is None else by_bissell(side, n, confidence=0.90) for side in (below, above)]
    return spread, sides[0], sides[1], by_bissell(nearest, n), centred


def by_chi_square(value: float, freedom: float) -> Index:
    """Return an index that rests on the spread alone, with its interval by chi-square."""
    tail = (1 - CONFIDENCE) / 2
    low, high, bound = (
        value * sqrt(_chi_square(q, freedom) / freedom) for q in (tail, 1 - tail, 1 - CONFIDENCE)
    )
    return Index(value, low, high, bound)


def by_bissell(value: float, n: int, *, confidence: float = CONFIDENCE) -> Index:
    """Return an index of the nearer side with its interval by Bissell's approximation."""
    wobble = sqrt(1 / (9 * n) + value**2 / (2 * (n - 1)))
    both, one = (NormalDist().inv_cdf(q) for q in (1 - (1 - confidence) / 2, CONFIDENCE))
    return Index(value, value - both * wobble, value + both * wobble, value - one * wobble)


def _chi_square(q: float, freedom: float) -> float:
    from scipy.special import gammaincinv

    return 2 * float(gammaincinv(freedom / 2, q))


def anderson_darling(values: Sequence[float]) -> Normality | None:
    """Return the Anderson-Darling test of normality; None for fewer than eight values or no spread.

    Source:  D'Agostino and Stephens, p values for mean and sigma both estimated.
    """
    n = len(values)
    if n < 8 or (sigma := stdev(values)) <= 0:
        return None
    mean, normal = fmean(values), NormalDist()
    # beyond eight sigmas a logarithm of the tail has no digits left
    shares = [min(max(normal.cdf((value - mean) / sigma), 1e-16), 1 - 1e-16) for value in sorted(values)]
    total = sum((2 * at + 1) * (log(shares[at]) + log(1 - shares[n - 1 - at])) for at in range(n))
    statistic = (-n - total / n) * (1 + 0.75 / n + 2.25 / n**2)
    return Normality(statistic, _p_value(statistic))


def _p_value(a: float) -> float:
    if a < 0.2:
        return 1 - exp(-13.436 + 101.14 * a - 223.73 * a * a)
    if a < 0.34:
        return 1 - exp(-8.318 + 42.796 * a - 59.938 * a * a)
    if a < 0.6:
        return exp(0.9177 - 4.279 * a - 1.38 * a * a)
    # past thirteen the parabola would turn upwards again
    return exp(1.2937 - 5.709 * min(a, 13.0) + 0.0186 * min(a, 13.0) ** 2)
