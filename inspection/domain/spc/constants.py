"""Factors of control charts: what a range or a standard deviation of n normal values is expected to be.

Published tables print d2 with three decimals, and the packages that customers compare us with compute with those
three, and with a d3 whose sixth digit is off. `published=True` does likewise, so that our figures are theirs; the
exact factor is one argument away.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import exp, lgamma, pi, sqrt
from statistics import NormalDist

SMALLEST, LARGEST = 2, 100
REACH, STEP = 9.0, 0.05
# d3 as packages of control charts carry it, for the sizes at which ranges are charted
PUBLISHED_D3 = {
    2: 0.8525033,
    3: 0.8883697,
    4: 0.8798108,
    5: 0.8640855,
    6: 0.8480442,
    7: 0.8332108,
    8: 0.8198378,
    9: 0.8078413,
}


@dataclass(frozen=True)
class Factors:
    """The factors for one size of subgroup. Units: none."""

    n: int
    d2: float
    d3: float
    c4: float

    @property
    def a2(self) -> float:
        return 3 / (self.d2 * sqrt(self.n))

    @property
    def a3(self) -> float:
        return 3 / (self.c4 * sqrt(self.n))

    @property
    def spread_of_s(self) -> float:
        """Return the standard deviation of s, in sigmas."""
        return sqrt(1 - self.c4**2)

    @property
    def b3(self) -> float:
        return max(0.0, 1 - 3 * self.spread_of_s / self.c4)

    @property
    def b4(self) -> float:
        return 1 + 3 * self.spread_of_s / self.c4

    @property
    def lower_d3(self) -> float:
        """Return D3, the lower limit of a range in mean ranges."""
        return max(0.0, 1 - 3 * self.d3 / self.d2)

    @property
    def upper_d4(self) -> float:
        """Return D4, the upper limit of a range in mean ranges."""
        return 1 + 3 * self.d3 / self.d2


@lru_cache(maxsize=256)
def factors(n: int, *, published: bool = False) -> Factors:
    """Return the factors for subgroups of n.

    Raises:  ValueError outside 2 to 100.
    """
    if not SMALLEST <= n <= LARGEST:
        raise ValueError(f"A subgroup holds {SMALLEST} to {LARGEST} values, not {n}.")
    d2, d3 = _moments_of_range(n)
    if published:
        d2, d3 = round(d2, 3), PUBLISHED_D3.get(n, d3)
    return Factors(n=n, d2=d2, d3=d3, c4=c4(n))


@lru_cache(maxsize=256)
def c4(n: int) -> float:
    """Return what the standard deviation of n normal values is expected to be, in sigmas."""
    return sqrt(2 / (n - 1)) * exp(lgamma(n / 2) - lgamma((n - 1) / 2))


@lru_cache(maxsize=1)
def _grid() -> tuple[list[float], list[float]]:
    places = [-REACH + STEP * at for at in range(int(round(2 * REACH / STEP)) + 1)]
    normal = NormalDist()
    return [exp(-x * x / 2) / sqrt(2 * pi) for x in places], [normal.cdf(x) for x in places]


def _moments_of_range(n: int) -> tuple[float, float]:
    """Return mean and standard deviation of the range of n values, from its distribution.

    P(range <= r) = n * integral of density(x) * (cdf(x + r) - cdf(x)) ** (n - 1); the mean is the integral of
    1 - P over r, the mean square that of 2 r (1 - P). By Simpson over r, by equal steps over x.
    """
    density, cdf = _grid()
    last = len(cdf) - 1
    mean = square = 0.0
    for step in range(last + 1):
        within = sum(density[at] * (cdf[min(at + step, last)] - cdf[at]) ** (n - 1) for at in range(last + 1))
        beyond = max(0.0, 1 - n * within * STEP)
        weight = 1 if step in (0, last) else (4 if step % 2 else 2)
        mean += weight * beyond
        square += weight * 2 * step * STEP * beyond
    mean, square = mean * STEP / 3, square * STEP / 3
    return mean, sqrt(square - mean**2)
