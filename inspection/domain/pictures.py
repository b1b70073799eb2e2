"""What the charts of one history show: pictures to draw, each with its words and its table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import log10

from inspection.domain.releases import History
from inspection.domain.short_runs import Place
from inspection.domain.spc.charts import DNOM, I_MR, Chart, Panel
from inspection.domain.spc.drift import DECISION
from inspection.domain.spc.short_runs import ShortRun
from inspection.models import RepeatabilityStudy
from portal.look.line_charts import ChartPicture, Line, Series

NAMES = {
    "i_mr": "Single values and moving ranges",
    "xbar_r": "Release means and ranges",
    "xbar_s": "Release means and standard deviations",
}


@dataclass(frozen=True)
class Row:
    """One release of the table beside the charts; figures are text, empty where there is none."""

    lot: str
    pieces: int
    mean: str
    lowest: str
    highest: str
    average: str
    drift_limits: str
    sums: str
    state: str


def figure(number: float | None) -> str:
    """Return a computed figure as it is shown: five digits that count."""
    return "" if number is None else f"{number:.5g}"


def level(history: History, number: float) -> str:
    """Return a level of a characteristic with one decimal more than its values have."""
    return f"{number:.{max(0, round(-log10(history.resolution)) + 1)}f}"


def short(lot: str) -> str:
    """Return a lot number without the zeros that only fill it up: T-000312 is T-312 below a chart."""
    prefix, _, digits = lot.rpartition("-")
    return f"{prefix}-{digits.lstrip('0')}" if prefix else lot


def values_picture(history: History) -> ChartPicture:
    """Return every value by release between the limits of the drawing."""
    each = history.characteristic
    lines = [
        Line(float(limit), f"{word} {limit.normalize():f}", kind)
        for limit, word, kind in (
            (each.upper, "upper limit", "limit"),
            (each.nominal, "nominal", "nominal"),
            (each.lower, "lower limit", "limit"),
        )
        if limit is not None
    ]
    lower, upper = history.limits
    values = history.values
    out = frozenset(
        at
        for at, value in enumerate(values)
        if (lower is not None and value < lower) or (upper is not None and value > upper)
    )
    words = (
        f"{len(values)} values of {len(history.releases)} releases, {figure(min(values))} to {figure(max(values))} "
        f"{each.unit}; {len(out) or 'none'} outside the limits."
    )
    return ChartPicture(
        f"Values by release, {each.balloon} {each.name}",
        words,
        [Series(values, is_joined=False, out=out)],
        lines,
        groups=[(short(release.lot), len(release.values)) for release in history.releases],
        unit=each.unit,
    )


def control_pictures(history: History, chart: Chart) -> list[ChartPicture]:
    """Return the chart of location and the chart of spread."""
    by_piece = chart.kind == I_MR
    groups = [
        (short(release.lot), len(release.values) if by_piece else 1)
        for release in history.releases
        if release.values
    ]
    return [
        _panel_picture(chart.location, groups, history.characteristic.unit),
        # a moving range stands at the later of its two pieces, so the first has none
        _panel_picture(chart.spread, _less_one(groups) if by_piece else groups, history.characteristic.unit),
    ]


def _less_one(groups: list[tuple[str, int]]) -> list[tuple[str, int]]:
    (name, places), *rest = groups
    return [(name, places - 1), *rest] if places > 1 else rest


def _panel_picture(panel: Panel, groups: list[tuple[str, int]], unit: str) -> ChartPicture:
    is_level = len(set(panel.uppers)) == 1
    lines = [Line(panel.center, f"centre {figure(panel.center)}", "center")]
    if is_level:
        lines += [
            Line(panel.upper, f"upper {figure(panel.upper)}"),
            Line(panel.lower, f"lower {figure(panel.lower)}"),
        ]
    out = frozenset(each.at for each in panel.signals)
    words = (
        f"{len(panel.points)} points, centre {figure(panel.center)}, limits {figure(panel.lower)} to "
        f"{figure(panel.upper)} {unit}; {len(out) or 'no'} point{'' if len(out) == 1 else 's'} beyond."
    )
    return ChartPicture(
        panel.name,
        words,
        [Series(panel.points, out=out)],
        lines,
        moving=() if is_level else (panel.lowers, panel.uppers),
        groups=groups,
        unit=unit,
    )


def drift_pictures(history: History) -> list[ChartPicture]:
    """Return the moving average and the cumulative sums of the releases after the baseline; none before one."""
    points = history.points
    if not points:
        return []
    unit, groups = history.characteristic.unit, [(short(release.lot), 1) for release in history.judged]
    out = frozenset(at for at, point in enumerate(points) if not point.is_average_in)
    over = frozenset(at for at, point in enumerate(points) if max(point.sum_high, point.sum_low) > DECISION)
    last = points[-1]
    center = history.baseline.mean
    return [
        ChartPicture(
            "Moving average of releases (EWMA)",
            f"The latest is {level(history, last.ewma)} {unit}, limits {level(history, last.lower)} to "
            f"{level(history, last.upper)}; "
            f"{len(out) or 'no'} release{'' if len(out) == 1 else 's'} beyond.",
            [Series([point.ewma for point in points], out=out)],
            [Line(center, f"first article {level(history, center)}", "center")],
            moving=([point.lower for point in points], [point.upper for point in points]),
            groups=groups,
            unit=unit,
        ),
        ChartPicture(
            "Cumulative sums (CUSUM)",
            f"The latest sums are {last.sum_high:.2f} upwards and {last.sum_low:.2f} downwards; the limit is "
            f"{DECISION}.",
            [
                Series([point.sum_high for point in points], out=over),
                Series([-point.sum_low for point in points], kind="second", out=over & _low(points)),
            ],
            [
                Line(DECISION, f"limit {DECISION}"),
                Line(-DECISION, f"limit -{DECISION}"),
                Line(0.0, "", "center"),
            ],
            groups=groups,
        ),
    ]


def _low(points) -> frozenset[int]:
    return frozenset(at for at, point in enumerate(points) if point.sum_low > DECISION)


def table_of(history: History) -> list[Row]:
    """Return one row a release: what the charts show, in figures."""
    rows = []
    for at, release in enumerate(history.releases):
        values = release.floats
        place = at - history.base_until
        point = history.points[place] if history.points and place >= 0 else None
        rows.append(
            Row(
                release.lot,
                len(values),
                level(history, sum(values) / len(values)),
                level(history, min(values)),
                level(history, max(values)),
                level(history, point.ewma) if point else "",
                f"{level(history, point.lower)} to {level(history, point.upper)}" if point else "",
                f"{point.sum_high:.2f} / {point.sum_low:.2f}" if point else "",
                _word(history, at, point),
            )
        )
    return rows


def _word(history: History, at: int, point) -> str:
    if point is not None:
        return "beyond" if point.crossed else "inside"
    if history.baseline and history.starts_at <= at < history.base_until:
        return "baseline"
    return "not judged"


def short_run_pictures(run: ShortRun, places: Sequence[Place], unit: str) -> list[ChartPicture]:
    """Return the chart of a family and of its moving ranges; a group of places is one run of one member."""
    groups: list[tuple[str, int]] = []
    for place in places:
        if groups and groups[-1][0] == place.member.name:
            groups[-1] = (place.member.name, groups[-1][1] + 1)
        else:
            groups.append((place.member.name, 1))
    said = unit if run.chart.kind == DNOM else "sigma"
    location, spread = run.chart.location, run.chart.spread
    names = {DNOM: ("Deviation from target", "Moving range of deviations")}
    upper, lower = names.get(run.chart.kind, ("Z", "Moving range of Z"))
    return [
        replace(_panel_picture(location, groups, said), title=upper),
        replace(_panel_picture(spread, _less_one(groups), said), title=lower),
    ]


def study_picture(study: RepeatabilityStudy) -> ChartPicture:
    """Return the runs of a gauge study, part beside part, the operators of a part beside each other."""
    parts = list(dict.fromkeys(row[0] for row in study.rows))
    operators = list(dict.fromkeys(row[1] for row in study.rows))
    values = [
        float(value)
        for part in parts
        for operator in operators
        for own, who, value in study.rows
        if (own, who) == (part, operator)
    ]
    a_part = len(values) // len(parts)
    return ChartPicture(
        "Runs by part",
        f"{len(values)} runs; within a part the operators stand in this order: {', '.join(operators)}.",
        [Series(values, is_joined=False)],
        groups=[(part, a_part) for part in parts],
        unit=study.unit,
    )
