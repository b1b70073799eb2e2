"""Which chart several parts may share: deviations from target while their spreads are alike, else Z."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from inspection.domain.spc.charts import (
    ALIKE_AT,
    DNOM,
    Z_MR,
    Chart,
    ShortRunValue,
    deviation_from_nominal,
    individuals,
    sigmas_are_alike,
    z_and_moving_range,
)

CHARTS = {"dnom": DNOM, "z": Z_MR}


@dataclass(frozen=True)
class Family:
    """One part of the chart: how many values, its target, how far its mean is from it, its own sigma.

    Units:   those of the values; `sigma` is None where its values show no spread of their own.
    """

    name: str
    n: int
    target: float
    away: float
    sigma: float | None


@dataclass(frozen=True)
class ShortRun:
    """The chart of a family, why it is this one, and what stands behind it."""

    chart: Chart
    why: str
    families: tuple[Family, ...]
    p_value: float | None


def short_run(values: Sequence[ShortRunValue], *, chart: str = "") -> ShortRun:
    """Return the short-run chart of values in the order they were made.

    chart: `dnom` or `z` where a person chooses; else deviations while Levene's test leaves the spreads alike.
    Raises:  ValueError with a sentence for fewer than two values, a part with two targets, spreads that are not alike
             for `dnom`, or a part without spread for `z`.
    """
    if len(values) < 2:
        raise ValueError("A short-run chart needs at least 2 values.")
    own = _families(values)
    p_value = sigmas_are_alike([_deviations(values, each.name) for each in own])
    kind = CHARTS[chart] if chart else _fitting(own, p_value)
    drawn = deviation_from_nominal(values) if kind == DNOM else z_and_moving_range(values)
    if drawn.sigma <= 0:
        raise ValueError(
            "No two values that follow each other differ, so there is no spread to draw limits from."
        )
    return ShortRun(drawn, _why(kind, own, p_value, is_chosen=bool(chart)), own, p_value)


def _families(values: Sequence[ShortRunValue]) -> tuple[Family, ...]:
    targets: dict[str, float] = {}
    for each in values:
        if targets.setdefault(each.family_part, each.target) != each.target:
            raise ValueError(
                f"{each.family_part} has two targets, {targets[each.family_part]:g} and {each.target:g}. Name each "
                "characteristic of the family apart."
            )
    found = []
    for name, target in targets.items():
        away = _deviations(values, name)
        sigma = individuals(away, published=False).sigma if len(away) > 1 else None
        found.append(Family(name, len(away), target, fmean(away), sigma or None))
    return tuple(found)


def _deviations(values: Sequence[ShortRunValue], name: str) -> list[float]:
    return [each.value - each.target for each in values if each.family_part == name]


def _fitting(own: Sequence[Family], p_value: float | None) -> str:
    """Return the chart the data allow: Z needs a sigma of every part, so a part without one keeps deviations."""
    differ = p_value is not None and p_value < ALIKE_AT
    return Z_MR if differ and all(each.sigma for each in own) else DNOM


def _why(kind: str, own: Sequence[Family], p_value: float | None, *, is_chosen: bool) -> str:
    if p_value is None:
        tested = "Fewer than two of them have three values, so their spreads cannot be compared"
    else:
        tested = f"Levene's test of their spreads gives p = {p_value:.3f}"
    if kind == Z_MR:
        said = "every deviation is divided by the standard deviation of its own characteristic; limits are ±3"
        if p_value is not None and p_value < ALIKE_AT:
            return f"{tested}, below {ALIKE_AT:g}: the spreads differ, so {said}."
        return f"{tested}. {'Chosen here' if is_chosen else 'So'}: {said}."
    if len(own) == 1:
        return "One characteristic alone: its deviations from the target and one standard deviation of all of them."
    said = "deviations share one standard deviation, from all moving ranges"
    if p_value is None:
        return f"{tested}; they are taken as alike, and {said}."
    return f"{tested}, not below {ALIKE_AT:g}: nothing tells them apart, so {said}."
