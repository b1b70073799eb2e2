"""Run rules on the means of releases, held against the baseline as the drift charts are."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from statistics import fmean

from inspection.domain.spc.drift import HIGH, LOW, Baseline
from inspection.domain.spc.run_rules import Signal, signals


def release_signals(
    releases: Sequence[Sequence[float]],
    baseline: Baseline,
    *,
    rules: Sequence[str],
    restarts: frozenset[int] = frozenset(),
) -> list[Signal]:
    """Return every rule broken by the means of releases, `at` the place of the release that completes the pattern.

    One sigma of a mean is that of its pieces with the error of the baseline's mean, widened as the drift limits are.
    restarts: the places after which patterns begin anew.
    """
    found, start = [], 0
    for end in [*sorted(restarts), len(releases) - 1]:
        stretch = releases[start : end + 1]
        if not stretch:
            continue
        means = [fmean(values) for values in stretch]
        sigmas = [_sigma(len(values), baseline) for values in stretch]
        found += [
            Signal(start + each.at, each.rule) for each in signals(means, baseline.mean, sigmas, rules=rules)
        ]
        start = end + 1
    return found


def _sigma(pieces: int, baseline: Baseline) -> float:
    uncertainty = 0.0 if baseline.n is None else 1 / baseline.n
    return baseline.sigma * baseline.widening * sqrt(1 / pieces + uncertainty)


def direction_of(values: Sequence[float], baseline: Baseline) -> str:
    """Return on which side of the baseline a release stands."""
    return HIGH if fmean(values) >= baseline.mean else LOW
