"""Control charts of measured values: individuals, subgroups, and short runs of several parts on one chart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import sqrt
from statistics import fmean, median, stdev

from inspection.domain.spc.constants import SMALLEST, c4, factors
from inspection.domain.spc.run_rules import BEYOND, Signal, signals

# fewer points than this give limits that the next few points may still move a lot
PROVISIONAL_BELOW = 20
ALIKE_AT = 0.05
I_MR, XBAR_R, XBAR_S, DNOM, Z_MR, ZBAR_W = "i_mr", "xbar_r", "xbar_s", "dnom", "z_mr", "zbar_w"


@dataclass(frozen=True)
class Panel:
    """One row of plotted points with its centre and limits.

    Units:   those of the values; of a Z chart, sigmas. `sigmas` is one standard deviation of each plotted point.
    """

    name: str
    points: tuple[float, ...]
    center: float
    sigmas: tuple[float, ...]
    lowers: tuple[float, ...]
    uppers: tuple[float, ...]
    signals: tuple[Signal, ...] = ()

    @property
    def lower(self) -> float:
        return self.lowers[-1]

    @property
    def upper(self) -> float:
        return self.uppers[-1]

    @property
    def out(self) -> list[int]:
        """Return the places of points beyond the limits, from 0."""
        return [each.at for each in self.signals if each.rule == BEYOND]


@dataclass(frozen=True)
class Chart:
    """A chart of location above a chart of spread, and the sigma within subgroups it estimates."""

    kind: str
    location: Panel
    spread: Panel
    sigma: float
    notes: tuple[str, ...] = field(default=())

    @property
    def is_in_control(self) -> bool:
        return not self.location.signals and not self.spread.signals

    @property
    def is_provisional(self) -> bool:
        return len(self.location.points) < PROVISIONAL_BELOW


def panel(
    name: str,
    points: Sequence[float],
    center: float,
    sigmas: Sequence[float],
    *,
    floor: float | None = None,
    rules: Sequence[str] = (BEYOND,),
) -> Panel:
    """Return points with limits three of their sigmas from the centre; `floor` stops the lower ones."""
    lowers = [center - 3 * each for each in sigmas]
    if floor is not None:
        lowers = [max(floor, each) for each in lowers]
    uppers = [center + 3 * each for each in sigmas]
    found = signals(points, center, sigmas, rules=rules, lowers=lowers, uppers=uppers)
    return Panel(name, tuple(points), center, tuple(sigmas), tuple(lowers), tuple(uppers), tuple(found))


def individuals(
    values: Sequence[float], *, published: bool = True, rules: Sequence[str] = (BEYOND,)
) -> Chart:
    """Return the chart of single values with their moving ranges of two.

    Raises:  ValueError for fewer than two values.
    """
    if len(values) < 2:
        raise ValueError("A chart of single values needs at least 2 of them.")
    two = factors(2, published=published)
    ranges = [abs(after - before) for before, after in zip(values, values[1:], strict=False)]
    sigma = fmean(ranges) / two.d2
    return Chart(
        I_MR,
        panel("Value", values, fmean(values), [sigma] * len(values), rules=rules),
        panel("Moving range", ranges, fmean(ranges), [two.d3 * sigma] * len(ranges), floor=0.0),
        sigma,
    )


def mean_and_range(
    groups: Sequence[Sequence[float]], *, published: bool = True, rules: Sequence[str] = (BEYOND,)
) -> Chart:
    """Return the chart of subgroup means with their ranges; sizes may differ.

    Raises:  ValueError for fewer than two subgroups, or one that holds a single value.
    """
    _require_groups(groups)
    ranges = [max(group) - min(group) for group in groups]
    of_size = [factors(len(group), published=published) for group in groups]
    sigma = fmean(each / size.d2 for each, size in zip(ranges, of_size, strict=True))
    spread_center = sigma * fmean(size.d2 for size in of_size)
    return Chart(
        XBAR_R,
        _means(groups, sigma, rules),
        panel("Range", ranges, spread_center, [size.d3 * sigma for size in of_size], floor=0.0),
        sigma,
    )


def mean_and_deviation(groups: Sequence[Sequence[float]], *, rules: Sequence[str] = (BEYOND,)) -> Chart:
    """Return the chart of subgroup means with their standard deviations; sizes may differ.

    Raises:  ValueError for fewer than two subgroups, or one that holds a single value.
    """
    _require_groups(groups)
    deviations = [stdev(group) for group in groups]
    # factors of a standard deviation have a formula, so a subgroup may be as large as it likes
    of_size = [c4(len(group)) for group in groups]
    sigma = fmean(each / size for each, size in zip(deviations, of_size, strict=True))
    spreads = [sqrt(1 - size**2) * sigma for size in of_size]
    return Chart(
        XBAR_S,
        _means(groups, sigma, rules),
        panel("Standard deviation", deviations, sigma * fmean(of_size), spreads, floor=0.0),
        sigma,
    )


def _require_groups(groups: Sequence[Sequence[float]]) -> None:
    if len(groups) < 2:
        raise ValueError("A chart of subgroups needs at least 2 of them.")
    if any(len(group) < SMALLEST for group in groups):
        raise ValueError("Every subgroup needs at least 2 values.")


def _means(groups: Sequence[Sequence[float]], sigma: float, rules: Sequence[str]) -> Panel:
    everything = [value for group in groups for value in group]
    sigmas = [sigma / sqrt(len(group)) for group in groups]
    return panel("Mean", [fmean(group) for group in groups], fmean(everything), sigmas, rules=rules)


def chart_of(groups: Sequence[Sequence[float]], *, rules: Sequence[str] = (BEYOND,)) -> Chart:
    """Return the chart that fits the data: what each release measured, in order.

    Subgroups by release once four of them hold two values or more; ranges up to nine values each, standard
    deviations beyond and where sizes differ; single values otherwise.
    """
    groups = [group for group in groups if group]
    sizes = {len(group) for group in groups}
    if len(groups) >= 4 and min(sizes) >= SMALLEST:
        if len(sizes) == 1 and max(sizes) < 10:
            return mean_and_range(groups, rules=rules)
        return mean_and_deviation(groups, rules=rules)
    return individuals([value for group in groups for value in group], rules=rules)


@dataclass(frozen=True)
class ShortRunValue:
    """One value of a part or feature that shares a chart with others of its family."""

    family_part: str
    value: float
    target: float


def deviation_from_nominal(values: Sequence[ShortRunValue], *, published: bool = True) -> Chart:
    """Return the chart of value − target over parts of one process; valid only while their sigmas are alike.

    Raises:  ValueError when the spreads of the parts differ (Levene's test about the median, 5 %).
    """
    apart = _by_part([(each.family_part, each.value - each.target) for each in values])
    p_value = sigmas_are_alike(list(apart.values()))
    if p_value is not None and p_value < ALIKE_AT:
        raise ValueError(
            f"The spreads of {', '.join(apart)} are not alike (Levene p = {p_value:.4f}); "
            "use the Z chart, which divides by each part's own sigma."
        )
    chart = individuals([each.value - each.target for each in values], published=published)
    said = (
        "Too few values of a part to compare spreads."
        if p_value is None
        else f"Spreads of {len(apart)} parts are alike: Levene p = {p_value:.3f}."
    )
    return Chart(DNOM, chart.location, chart.spread, chart.sigma, (said,))


def z_and_moving_range(values: Sequence[ShortRunValue], sigmas: dict[str, float] | None = None) -> Chart:
    """Return the chart of (value − target) / sigma of its part: limits are ±3, of the moving range D4 × d2.

    sigmas: one a part, known from before; without it, mean moving range / d2 of the part's own values.
    Raises:  ValueError for a part without spread.
    """
    two = factors(2)
    apart = _by_part([(each.family_part, each.value) for each in values])
    sigmas = sigmas or {part: _sigma_of(part, own) for part, own in apart.items()}
    z = [(each.value - each.target) / sigmas[each.family_part] for each in values]
    ranges = [abs(after - before) for before, after in zip(z, z[1:], strict=False)]
    return Chart(
        Z_MR,
        panel("Z", z, 0.0, [1.0] * len(z)),
        panel("Moving range of Z", ranges, two.d2, [two.d3] * len(ranges), floor=0.0),
        1.0,
    )


def zbar_and_w(
    groups: Sequence[tuple[str, Sequence[float], float]], ranges_of: dict[str, float] | None = None
) -> Chart:
    """Return the chart of subgroups of several parts: mean from target and range, in mean ranges of the part.

    groups: (part, values, target), all of one size. ranges_of: the mean range of each part, where it is known.
    Raises:  ValueError where sizes differ or a part has no spread.
    """
    _require_groups([values for _, values, _ in groups])
    if len({len(values) for _, values, _ in groups}) > 1:
        raise ValueError("Every subgroup of this chart holds the same number of values.")
    size = factors(len(groups[0][1]))
    apart = _by_part([(part, max(values) - min(values)) for part, values, _ in groups])
    means = ranges_of or {part: fmean(own) for part, own in apart.items()}
    for part, mean in means.items():
        if mean <= 0:
            raise ValueError(f"The values of {part} have no spread, so nothing can be divided by it.")
    z = [(fmean(values) - target) / means[part] for part, values, target in groups]
    w = [(max(values) - min(values)) / means[part] for part, values, _ in groups]
    return Chart(
        ZBAR_W,
        panel("Mean from target in mean ranges", z, 0.0, [size.a2 / 3] * len(z)),
        panel("Range in mean ranges", w, 1.0, [size.d3 / size.d2] * len(w), floor=0.0),
        1 / size.d2,
    )


def _by_part(pairs: Sequence[tuple[str, float]]) -> dict[str, list[float]]:
    apart: dict[str, list[float]] = defaultdict(list)
    for part, value in pairs:
        apart[part].append(value)
    return dict(apart)


def _sigma_of(part: str, values: list[float]) -> float:
    if len(values) < 2:
        raise ValueError(f"{part} has one value only, and no sigma of its own is given for it.")
    sigma = individuals(values, published=False).sigma
    if sigma <= 0:
        raise ValueError(f"The values of {part} have no spread, so nothing can be divided by it.")
    return sigma


def sigmas_are_alike(groups: Sequence[Sequence[float]]) -> float | None:
    """Return the p value of Levene's test about the median that the groups spread alike; None where it says nothing.

    Source:  Brown and Forsythe, distances from the median instead of the mean.
    """
    from scipy.special import fdtrc

    groups = [group for group in groups if len(group) >= 3]
    if len(groups) < 2:
        return None
    apart = [[abs(value - median(group)) for value in group] for group in groups]
    count, parts = sum(len(group) for group in apart), len(apart)
    overall = fmean(value for group in apart for value in group)
    means = [fmean(group) for group in apart]
    between = sum(len(group) * (mean - overall) ** 2 for group, mean in zip(apart, means, strict=True))
    within = sum((value - mean) ** 2 for group, mean in zip(apart, means, strict=True) for value in group)
    if within == 0:
        return None
    return float(fdtrc(parts - 1, count - parts, between / (parts - 1) / (within / (count - parts))))
