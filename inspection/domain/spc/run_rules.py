"""Run rules: patterns of points that a process in control shows seldom.

Only the first is asked by default: every further rule finds shifts sooner and cries wolf more often. They are for
charts of measured values, not of counts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

BEYOND = "beyond_3_sigma"
TWO_OF_THREE = "2_of_3_beyond_2_sigma"
FOUR_OF_FIVE = "4_of_5_beyond_1_sigma"
EIGHT_ONE_SIDE = "8_on_one_side"
NINE_ONE_SIDE = "9_on_one_side"
SIX_TREND = "6_rising_or_falling"
FOURTEEN_ALTERNATING = "14_alternating"
FIFTEEN_WITHIN = "15_within_1_sigma"
EIGHT_OUTSIDE = "8_outside_1_sigma"

WESTERN_ELECTRIC = (BEYOND, TWO_OF_THREE, FOUR_OF_FIVE, EIGHT_ONE_SIDE)
NELSON = (
    BEYOND,
    NINE_ONE_SIDE,
    SIX_TREND,
    FOURTEEN_ALTERNATING,
    TWO_OF_THREE,
    FOUR_OF_FIVE,
    FIFTEEN_WITHIN,
    EIGHT_OUTSIDE,
)
WORDS = {
    BEYOND: "beyond the limits",
    TWO_OF_THREE: "2 of 3 points beyond two sigmas on one side",
    FOUR_OF_FIVE: "4 of 5 points beyond one sigma on one side",
    EIGHT_ONE_SIDE: "8 points on one side of the centre",
    NINE_ONE_SIDE: "9 points on one side of the centre",
    SIX_TREND: "6 points rising or falling",
    FOURTEEN_ALTERNATING: "14 points going up and down in turn",
    FIFTEEN_WITHIN: "15 points within one sigma of the centre",
    EIGHT_OUTSIDE: "8 points outside one sigma on both sides",
}


@dataclass(frozen=True)
class Signal:
    """One rule broken at one point; `at` is the place of the last point of the pattern, from 0."""

    at: int
    rule: str


def signals(
    points: Sequence[float],
    center: float,
    sigmas: Sequence[float],
    *,
    rules: Sequence[str] = (BEYOND,),
    lowers: Sequence[float] | None = None,
    uppers: Sequence[float] | None = None,
) -> list[Signal]:
    """Return every place at which one of the rules is broken, in the order of the points.

    lowers, uppers: the limits drawn, where they are not three sigmas from the centre.
    """
    lowers = lowers or [center - 3 * each for each in sigmas]
    uppers = uppers or [center + 3 * each for each in sigmas]
    z = [_from_center(point, center, sigma) for point, sigma in zip(points, sigmas, strict=True)]
    found = []
    for at, point in enumerate(points):
        for rule in rules:
            if rule == BEYOND:
                broken = point < lowers[at] or point > uppers[at]
            else:
                length, test = PATTERNS[rule]
                broken = at + 1 >= length and test(z[at + 1 - length : at + 1])
            if broken:
                found.append(Signal(at, rule))
    return found


def _from_center(point: float, center: float, sigma: float) -> float:
    if sigma > 0:
        return (point - center) / sigma
    return 0.0 if point == center else (9.0 if point > center else -9.0)


def _beyond(share: int, sigmas: float) -> Callable[[Sequence[float]], bool]:
    def test(z: Sequence[float]) -> bool:
        # the point that completes the pattern is one of those beyond
        above = z[-1] > sigmas and sum(each > sigmas for each in z) >= share
        below = z[-1] < -sigmas and sum(each < -sigmas for each in z) >= share
        return above or below

    return test


def _one_side(z: Sequence[float]) -> bool:
    return all(each > 0 for each in z) or all(each < 0 for each in z)


def _trend(z: Sequence[float]) -> bool:
    steps = [after - before for before, after in zip(z, z[1:], strict=False)]
    return all(each > 0 for each in steps) or all(each < 0 for each in steps)


def _alternating(z: Sequence[float]) -> bool:
    steps = [after - before for before, after in zip(z, z[1:], strict=False)]
    return all(one * other < 0 for one, other in zip(steps, steps[1:], strict=False))


def _within(z: Sequence[float]) -> bool:
    return all(abs(each) < 1 for each in z)


def _outside_both(z: Sequence[float]) -> bool:
    return all(abs(each) > 1 for each in z) and min(z) < 0 < max(z)


PATTERNS: dict[str, tuple[int, Callable[[Sequence[float]], bool]]] = {
    TWO_OF_THREE: (3, _beyond(2, 2)),
    FOUR_OF_FIVE: (5, _beyond(4, 1)),
    EIGHT_ONE_SIDE: (8, _one_side),
    NINE_ONE_SIDE: (9, _one_side),
    SIX_TREND: (6, _trend),
    FOURTEEN_ALTERNATING: (14, _alternating),
    FIFTEEN_WITHIN: (15, _within),
    EIGHT_OUTSIDE: (8, _outside_both),
}
