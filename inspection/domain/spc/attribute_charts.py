"""Charts of counts: shares and numbers of bad pieces, defects in all and per unit. Only points beyond limits count."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

from inspection.domain.spc.charts import Panel, panel


def share_bad(bad: Sequence[int], sizes: Sequence[int]) -> Panel:
    """Return the p chart: the share of bad pieces in samples that may differ in size."""
    center = sum(bad) / sum(sizes)
    points = [count / size for count, size in zip(bad, sizes, strict=True)]
    return _within(
        "Share of bad pieces", points, center, [sqrt(center * (1 - center) / n) for n in sizes], most=1.0
    )


def number_bad(bad: Sequence[int], size: int) -> Panel:
    """Return the np chart: the number of bad pieces in samples of one size."""
    share = sum(bad) / (size * len(bad))
    sigma = sqrt(size * share * (1 - share))
    return _within("Bad pieces", bad, size * share, [sigma] * len(bad), most=float(size))


def defects(counts: Sequence[int]) -> Panel:
    """Return the c chart: defects found in equal amounts of work."""
    center = sum(counts) / len(counts)
    return _within("Defects", counts, center, [sqrt(center)] * len(counts))


def defects_per_unit(counts: Sequence[int], sizes: Sequence[float]) -> Panel:
    """Return the u chart: defects per unit in samples that may differ in size."""
    center = sum(counts) / sum(sizes)
    points = [count / size for count, size in zip(counts, sizes, strict=True)]
    return _within("Defects per unit", points, center, [sqrt(center / n) for n in sizes])


def _within(
    name: str, points: Sequence[float], center: float, sigmas: Sequence[float], most: float | None = None
) -> Panel:
    found = panel(name, points, center, sigmas, floor=0.0)
    if most is None:
        return found
    uppers = tuple(min(most, upper) for upper in found.uppers)
    return Panel(name, found.points, center, found.sigmas, found.lowers, uppers, found.signals)
