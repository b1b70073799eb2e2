"""Does a characteristic move from release to release? EWMA and CUSUM of release means against a baseline.

The baseline is a sample, so its mean and sigma are estimates. The limits are widened for that:
  EWMA   the variance of the baseline's mean is added to that of the average, and the normal quantile of the limit
         becomes Student's with the baseline's degrees of freedom;
  CUSUM  a release counts from a slack grown by 1.5 standard errors of the baseline's mean, in release sigmas, and is
         divided by the same ratio of quantiles.
With a known baseline both are the textbook charts. `docs/decisions/0040` gives the run lengths found by simulation.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import sqrt
from statistics import NormalDist, fmean, stdev

WEIGHT = 0.2
WIDTH = 3.0
SLACK = 0.5
DECISION = 5.1
SLACK_FOR_ESTIMATE = 1.5
SMALLEST_BASELINE = 5
EWMA, CUSUM = "ewma", "cusum"
HIGH, LOW = "high", "low"


@dataclass(frozen=True)
class Baseline:
    """What releases are compared with. `n` None means mean and sigma are known. Units: those of the values."""

    mean: float
    sigma: float
    n: int | None = None

    @property
    def widening(self) -> float:
        """Return how much wider limits are because sigma is estimated."""
        return 1.0 if self.n is None else _widening(self.n)

    @property
    def assumption(self) -> str:
        """Return in words what the limits rest on."""
        if self.n is None:
            return "Mean and sigma of the baseline are taken as known."
        return (
            f"The baseline is estimated from {self.n} values: limits are widened by {self.widening:.2f} for its sigma, "
            f"and for the error of its mean, {self.sigma / sqrt(self.n):.3g}. Pieces are taken as independent and "
            "normal, with no spread between releases beyond that of pieces."
        )


@lru_cache(maxsize=256)
def _widening(n: int) -> float:
    from scipy.special import stdtrit

    return float(stdtrit(n - 1, NormalDist().cdf(WIDTH))) / WIDTH


def baseline_of(values: Sequence[float], *, resolution: float) -> Baseline | None:
    """Return the baseline of measured values; None for fewer than five.

    resolution: the smallest step values are written in; a gauge cannot see a sigma below its twelfth root part.
    """
    if len(values) < SMALLEST_BASELINE:
        return None
    return Baseline(fmean(values), max(stdev(values), resolution / sqrt(12)), len(values))


@dataclass(frozen=True)
class Point:
    """One release on the charts. Units: `mean`, `ewma`, `lower`, `upper` as the values; sums in release sigmas."""

    pieces: int
    mean: float
    ewma: float
    lower: float
    upper: float
    sum_high: float
    sum_low: float

    @property
    def crossed(self) -> tuple[str, str] | None:
        """Return (chart, side) of the limit this release is beyond; the average is asked first."""
        if self.ewma > self.upper:
            return EWMA, HIGH
        if self.ewma < self.lower:
            return EWMA, LOW
        if self.sum_high > DECISION:
            return CUSUM, HIGH
        if self.sum_low > DECISION:
            return CUSUM, LOW
        return None

    @property
    def is_average_in(self) -> bool:
        return self.lower <= self.ewma <= self.upper

    @property
    def pressure(self) -> float:
        """Return how near a limit this release stands: 1 at the limit, 0 at the centre."""
        center = (self.lower + self.upper) / 2
        half = (self.upper - self.lower) / 2
        return max(abs(self.ewma - center) / half, self.sum_high / DECISION, self.sum_low / DECISION)


def drift(
    releases: Iterable[Sequence[float]], baseline: Baseline, *, restarts: frozenset[int] = frozenset()
) -> list[Point]:
    """Return the charts of releases in order.

    restarts: the places after which both charts begin anew, because somebody ended an alarm there.
    """
    points = []
    kept = variance = share = high = low = 0.0
    uncertainty = 0.0 if baseline.n is None else 1 / baseline.n
    for at, values in enumerate(releases):
        pieces, away = len(values), (fmean(values) - baseline.mean) / baseline.sigma
        kept = (1 - WEIGHT) * kept + WEIGHT * away
        variance = (1 - WEIGHT) ** 2 * variance + WEIGHT**2 / pieces
        share = (1 - WEIGHT) * share + WEIGHT
        half = WIDTH * baseline.widening * sqrt(variance + share**2 * uncertainty)
        slack = SLACK + SLACK_FOR_ESTIMATE * sqrt(pieces * uncertainty)
        step = away * sqrt(pieces) / baseline.widening
        high, low = max(0.0, high + step - slack), max(0.0, low - step - slack)
        points.append(
            Point(
                pieces,
                baseline.mean + away * baseline.sigma,
                baseline.mean + kept * baseline.sigma,
                baseline.mean - half * baseline.sigma,
                baseline.mean + half * baseline.sigma,
                high,
                low,
            )
        )
        if at in restarts:
            kept = variance = share = high = low = 0.0
    return points
