"""Charts as SVG, drawn here so that a page, a printed sheet and a screen reader get the same one.

Each element carries its colours as attributes, which print everywhere, and a class, by which the style sheet of the
pages recolours it for the dark theme. Shape tells apart what colour tells apart: a point outside is a diamond.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from math import floor, isfinite, log10

WIDTH, HEIGHT = 460, 220
LEFT, RIGHT, TOP, BOTTOM = 58, 452, 14, 188
# beyond this many points a column of pixels shows its range instead of each point
MOST_POINTS = 1200
MOST_NAMES = 6
TICKS = 4

INK = {
    "axis": "#59636e",
    "limit": "#ae1e1a",
    "center": "#59636e",
    "nominal": "#59636e",
    "series": "#1c4aab",
    "second": "#673a9c",
    "mean": "#18202b",
    "out": "#ae1e1a",
    "part": "#b4bdc5",
}


@dataclass(frozen=True)
class Line:
    """A level across the chart, with the word at its left end. `kind`: limit, center or nominal."""

    level: float
    word: str
    kind: str = "limit"


@dataclass(frozen=True)
class Series:
    """Points in order; joined by a line or not. `limits` are lower and upper of each, where they differ."""

    points: Sequence[float]
    is_joined: bool = True
    kind: str = "series"
    out: frozenset[int] = frozenset()


@dataclass(frozen=True)
class ChartPicture:
    """What is drawn: one or two series over the same places, levels, moving limits, names of groups of places.

    groups: (name, how many places it takes), together as many as there are places.
    """

    title: str
    words: str
    series: Sequence[Series]
    lines: Sequence[Line] = ()
    moving: Sequence[Sequence[float]] = ()
    groups: Sequence[tuple[str, int]] = field(default=())
    unit: str = ""


def svg_of(picture: ChartPicture, *, is_standalone: bool = False) -> str:
    """Return the drawing. Every word in it is escaped.

    is_standalone: with the name space a file of its own needs.
    """
    count = max((len(each.points) for each in picture.series), default=0)
    low, high = _reach(picture)

    def x(place: float) -> float:
        return LEFT + (place + 0.5) / max(count, 1) * (RIGHT - LEFT)

    def y(level: float) -> float:
        return BOTTOM - (level - low) / (high - low) * (BOTTOM - TOP)

    space = ' xmlns="http://www.w3.org/2000/svg"' if is_standalone else ""
    parts = [
        f'<svg{space} class="chart" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" role="img" '
        f'font-family="Noto Sans, DejaVu Sans" aria-label="{escape(picture.title)}. {escape(picture.words)}">'
        f"<title>{escape(picture.title)}</title><desc>{escape(picture.words)}</desc>"
    ]
    parts += _axes(low, high, y, picture.unit)
    parts += _groups(picture.groups, x)
    told_apart = _told_apart(picture.lines)
    parts += [_level(line, y) for line in told_apart]
    parts += [_path(each, x, y, "limit", dash="5 3") for each in picture.moving]
    for each in picture.series:
        parts += _series(each, x, y)
    # words last, so that their halo on a page keeps them readable over the points
    parts += [_level_word(line, y) for line in told_apart]
    return "".join([*parts, "</svg>"])


def _reach(picture: ChartPicture) -> tuple[float, float]:
    """Return the ends of the scale: everything drawn, with a little room."""
    levels = [
        level
        for group in (
            *(each.points for each in picture.series),
            [line.level for line in picture.lines],
            *picture.moving,
        )
        for level in group
        if isfinite(level)
    ] or [0.0]
    low, high = min(levels), max(levels)
    room = (high - low) * 0.08 or abs(high) * 0.01 or 1.0
    return low - room, high + room


def ticks(low: float, high: float) -> list[float]:
    """Return round levels between two ends, about four of them."""
    rough = (high - low) / TICKS
    power = 10.0 ** floor(log10(rough))
    step = next((power * each for each in (1, 2, 2.5, 5, 10) if power * each >= rough), power * 10)
    first = int(-(-low // step))
    return [at * step for at in range(first, first + 12) if at * step <= high]


def _axes(low: float, high: float, y, unit: str) -> list[str]:
    levels = ticks(low, high)
    finest = -floor(log10(levels[1] - levels[0])) + 1 if len(levels) > 1 else 3
    digits = max(0, min(8, finest))
    parts = [f'<path class="c-axis" d="M{LEFT} {TOP}V{BOTTOM}H{RIGHT}" fill="none" stroke="{INK["axis"]}"/>']
    for level in levels:
        text = f"{level:.{digits}f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
        parts.append(
            f'<text class="c-word" x="{LEFT - 5}" y="{y(level) + 4:.1f}" text-anchor="end" font-size="11" '
            f'fill="{INK["axis"]}">{text}</text>'
        )
    if unit:
        parts.append(
            f'<text class="c-word" x="2" y="{TOP - 3}" font-size="11" fill="{INK["axis"]}">{escape(unit)}</text>'
        )
    return parts


def _groups(groups: Sequence[tuple[str, int]], x) -> list[str]:
    parts, start, written_to = [], 0, 0.0
    every = -(-len(groups) // MOST_NAMES) if groups else 1
    for at, (name, places) in enumerate(groups):
        edge = x(start - 0.5)
        if at and len(groups) <= 60:
            parts.append(
                f'<path class="c-part" d="M{edge:.1f} {TOP}V{BOTTOM}" stroke="{INK["part"]}" stroke-width="0.7"/>'
            )
        if at % every == 0:
            # a long name at either end stays on the sheet
            half = 3.2 * len(name)
            middle = min(max(x(start + places / 2 - 0.5), LEFT + half), WIDTH - half)
            # a name that would stand on the one before it is left to the table of points
            if middle - half >= written_to:
                written_to = middle + half
                parts.append(
                    f'<text class="c-word" x="{middle:.1f}" y="{BOTTOM + 16}" text-anchor="middle" font-size="11" '
                    f'fill="{INK["axis"]}">{escape(name)}</text>'
                )
        start += places
    return parts


def _told_apart(lines: Sequence[Line]) -> list[Line]:
    """Leave out a nominal that lies on a limit: the words of both would stand on each other."""
    limits = {line.level for line in lines if line.kind == "limit"}
    return [line for line in lines if line.kind != "nominal" or line.level not in limits]


def _level(line: Line, y) -> str:
    dash = {"limit": "", "center": ' stroke-dasharray="2 3"', "nominal": ' stroke-dasharray="8 3"'}[line.kind]
    return (
        f'<path class="c-{line.kind}" d="M{LEFT} {y(line.level):.1f}H{RIGHT}" stroke="{INK[line.kind]}" '
        f'stroke-width="1.2"{dash}/>'
    )


def _level_word(line: Line, y) -> str:
    return (
        f'<text class="c-word c-{line.kind}-word" x="{LEFT + 4}" y="{y(line.level) - 3:.1f}" font-size="10" '
        f'fill="{INK[line.kind]}">{escape(line.word)}</text>'
    )


def _path(points: Sequence[float], x, y, kind: str, *, dash: str = "") -> str:
    steps = "L".join(f"{x(at):.1f} {y(point):.1f}" for at, point in enumerate(points))
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<path class="c-{kind}" d="M{steps}" fill="none" stroke="{INK[kind]}" stroke-width="1.2"{dashed}/>'
    )


def _series(series: Series, x, y) -> list[str]:
    points, kind = series.points, series.kind
    if not points:
        return []
    if len(points) > MOST_POINTS:
        parts = [_ranges(points, x, y, kind)]
    else:
        parts = [_path(points, x, y, kind)] if series.is_joined and len(points) > 1 else []
        # a step of no length with a round end is a dot of a few signs
        dots = "".join(
            f"M{x(at):.1f} {y(point):.1f}h0" for at, point in enumerate(points) if at not in series.out
        )
        size = 5 if len(points) <= 150 else 3
        if dots:
            parts.append(
                f'<path class="c-{kind} c-dots" d="{dots}" fill="none" stroke="{INK[kind]}" '
                f'stroke-width="{size}" stroke-linecap="round"/>'
            )
    marks = "".join(
        f"M{x(at):.1f} {y(points[at]) - 5:.1f}l5 5l-5 5l-5 -5z" for at in sorted(series.out)[:MOST_POINTS]
    )
    if marks:
        parts.append(f'<path class="c-out" d="{marks}" fill="{INK["out"]}"/>')
    return parts


def _ranges(points: Sequence[float], x, y, kind: str) -> str:
    """Return one upright stroke a column: from its lowest to its highest point."""
    columns: dict[int, tuple[float, float]] = {}
    for at, point in enumerate(points):
        low, high = columns.get(round(x(at)), (point, point))
        columns[round(x(at))] = (min(low, point), max(high, point))
    strokes = "".join(f"M{at} {y(low) + 0.5:.1f}V{y(high) - 0.5:.1f}" for at, (low, high) in columns.items())
    return f'<path class="c-{kind}" d="{strokes}" stroke="{INK[kind]}" stroke-width="1"/>'
