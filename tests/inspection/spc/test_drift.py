"""Run lengths of the drift charts by simulation with fixed seeds, and their arithmetic on small cases."""

import numpy
import pytest

from inspection.domain.spc import drift as d
from inspection.domain.spc.drift import Baseline, baseline_of, drift


def _run_lengths(*, shift, seed, runs=20_000, most=6_000, n=None, pieces=1, widened=True):
    """Return how many releases each simulated process takes to its first alarm.

    shift: in sigmas of a release mean. n: values the baseline is estimated from, None where it is known.
    """
    random = numpy.random.default_rng(seed)
    mean, sigma = numpy.zeros(runs), numpy.ones(runs)
    if n:
        mean = random.standard_normal(runs) / n**0.5
        sigma = numpy.sqrt(random.chisquare(n - 1, runs) / (n - 1))
    is_wide = bool(n) and widened
    ratio = d.Baseline(0, 1, n).widening if is_wide else 1.0
    slack = d.SLACK + (d.SLACK_FOR_ESTIMATE * (pieces / n) ** 0.5 if is_wide else 0.0)
    kept, high, low = (numpy.zeros(runs) for _ in range(3))
    lengths, alive = numpy.full(runs, most), numpy.arange(runs)
    variance = share = 0.0
    for release in range(1, most + 1):
        away = (random.standard_normal(len(alive)) + shift) / pieces**0.5
        away = (away - mean[alive]) / sigma[alive]
        kept = (1 - d.WEIGHT) * kept + d.WEIGHT * away
        variance = (1 - d.WEIGHT) ** 2 * variance + d.WEIGHT**2 / pieces
        share = (1 - d.WEIGHT) * share + d.WEIGHT
        step = away * pieces**0.5 / ratio
        high, low = numpy.maximum(0, high + step - slack), numpy.maximum(0, low - step - slack)
        half = d.WIDTH * ratio * (variance + (share**2 / n if is_wide else 0.0)) ** 0.5
        out = (abs(kept) > half) | (high > d.DECISION) | (low > d.DECISION)
        lengths[alive[out]] = release
        alive, kept, high, low = (each[~out] for each in (alive, kept, high, low))
        if not len(alive):
            break
    return lengths


def test_in_control_with_known_parameters_an_alarm_comes_after_370_releases_or_more_on_average():
    lengths = _run_lengths(shift=0, seed=46)
    error = lengths.std() / len(lengths) ** 0.5
    assert lengths.mean() - 3 * error >= 370
    assert lengths.mean() == pytest.approx(396, abs=12)


def test_a_shift_of_one_sigma_is_found_within_ten_releases_on_average():
    lengths = _run_lengths(shift=1.0, seed=46)
    assert lengths.mean() + 3 * lengths.std() / len(lengths) ** 0.5 <= 10
    assert lengths.mean() == pytest.approx(9.3, abs=0.3)
    assert _run_lengths(shift=-1.0, seed=47).mean() == pytest.approx(9.3, abs=0.3)


@pytest.mark.parametrize(("n", "pieces"), [(5, 1), (10, 5), (20, 1), (20, 20), (50, 5)])
def test_widened_limits_keep_an_estimated_baseline_quiet(n, pieces):
    widened = _run_lengths(shift=0, seed=48, runs=2_000, most=1_500, n=n, pieces=pieces)
    assert widened.mean() >= 370
    # within the first twenty releases no more false alarms than a known baseline's 1 in 23
    assert (widened <= 20).mean() <= 0.055


def test_limits_not_widened_would_cry_wolf():
    plain = _run_lengths(shift=0, seed=48, runs=2_000, most=1_500, n=20, pieces=5, widened=False)
    assert (plain <= 20).mean() > 0.3


def test_the_simulated_charts_are_the_drawn_ones():
    releases = [[10.0, 10.4], [10.2], [10.9, 10.5, 10.7]]
    points = drift(releases, Baseline(10.0, 0.5, 20))
    ratio = Baseline(10.0, 0.5, 20).widening
    assert ratio == pytest.approx(1.149, abs=0.001)
    away = [0.4, 0.4, 1.4]
    assert [point.ewma for point in points] == pytest.approx([10.04, 10.072, 10.1976])
    first_half = 3 * ratio * 0.5 * (0.04 / 2 + 0.04 / 20) ** 0.5
    assert points[0].upper - 10 == pytest.approx(first_half)
    slack = 0.5 + 1.5 * (2 / 20) ** 0.5
    assert points[0].sum_high == pytest.approx(max(0, away[0] * 2**0.5 / ratio - slack))
    assert [point.crossed for point in points] == [None, None, None]


def test_a_known_baseline_has_the_textbook_limits():
    points = drift([[0.0]] * 60, Baseline(0.0, 1.0))
    assert points[-1].upper == pytest.approx(3.0 * (0.2 / 1.8) ** 0.5)
    assert Baseline(0.0, 1.0).assumption == "Mean and sigma of the baseline are taken as known."


@pytest.mark.parametrize(("step", "side"), [(0.9, "high"), (-0.9, "low")])
def test_a_lasting_shift_crosses_on_its_side_and_a_restart_forgets_it(step, side):
    releases = [[step]] * 20
    points = drift(releases, Baseline(0.0, 1.0))
    first = next(at for at, point in enumerate(points) if point.crossed)
    assert points[first].crossed[1] == side
    assert points[first].pressure > 1 >= points[first - 1].pressure
    again = drift(releases, Baseline(0.0, 1.0), restarts=frozenset({first}))
    assert again[first + 1].crossed is None
    assert again[first + 1].ewma == pytest.approx(0.2 * step)


def test_a_slow_drift_is_found_by_the_sum_when_the_average_is_still_inside():
    points = drift([[0.85]] * 30, Baseline(0.0, 1.0))
    assert {point.crossed[0] for point in points if point.crossed} == {"cusum"}


def test_a_baseline_needs_five_values_and_no_sigma_below_the_gauge():
    assert baseline_of([1.0] * 4, resolution=0.001) is None
    found = baseline_of([1.0] * 5, resolution=0.001)
    assert (found.n, found.sigma) == (5, pytest.approx(0.001 / 12**0.5))
    assert "estimated from 5 values" in found.assumption
