"""How much of what is measured comes from the gauge and the hand that holds it: the crossed study, by analysis of
variance."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, sqrt
from statistics import fmean

POOLED_ABOVE = 0.25
GOOD_BELOW, BAD_ABOVE = 10.0, 30.0


@dataclass(frozen=True)
class GaugeStudy:
    """Variances by source. Units: the square of the values' unit; `percent` of the total spread."""

    repeatability: float
    reproducibility: float
    operator: float
    interaction: float
    part: float
    interaction_p: float

    @property
    def gauge(self) -> float:
        return self.repeatability + self.reproducibility

    @property
    def total(self) -> float:
        return self.gauge + self.part

    @property
    def percent(self) -> float:
        """Return %GRR: the spread of the gauge in percent of the total spread."""
        return 100 * sqrt(self.gauge / self.total)

    @property
    def percent_contribution(self) -> float:
        return 100 * self.gauge / self.total

    @property
    def categories(self) -> int:
        """Return how many classes of parts this gauge can tell apart (ndc)."""
        return max(1, floor(1.41 * sqrt(self.part / self.gauge)))

    @property
    def word(self) -> str:
        if self.percent < GOOD_BELOW:
            return "good"
        return "conditional" if self.percent <= BAD_ABOVE else "unfit"


def crossed_study(rows: Sequence[tuple[str, str, float]]) -> GaugeStudy:
    """Return the study of (part, operator, value) rows, each part measured as often by each operator.

    The interaction is pooled into repeatability where its p value is above 0.25.
    Raises:  ValueError where a part lacks a run, there is one part, one operator or one run only, or no run differs.
    """
    from scipy.special import fdtrc

    cells: dict[tuple[str, str], list[float]] = defaultdict(list)
    for part, operator, value in rows:
        cells[part, operator].append(value)
    parts = list(dict.fromkeys(part for part, _, _ in rows))
    operators = list(dict.fromkeys(operator for _, operator, _ in rows))
    runs = {len(cells.get((part, operator), ())) for part in parts for operator in operators}
    if len(runs) != 1 or min(runs) < 2 or len(parts) < 2 or len(operators) < 2:
        raise ValueError(
            "A crossed study needs two parts, two operators and two runs or more, and every operator measuring "
            "every part equally often."
        )
    p, o, r = len(parts), len(operators), runs.pop()
    mean = fmean(value for _, _, value in rows)
    of_part = {part: fmean(v for q, _, v in rows if q == part) for part in parts}
    of_operator = {operator: fmean(v for _, q, v in rows if q == operator) for operator in operators}
    ss_part = o * r * sum((each - mean) ** 2 for each in of_part.values())
    ss_operator = p * r * sum((each - mean) ** 2 for each in of_operator.values())
    ss_error = sum((value - fmean(cell)) ** 2 for cell in cells.values() for value in cell)
    ss_both = r * sum(
        (fmean(cell) - of_part[part] - of_operator[operator] + mean) ** 2
        for (part, operator), cell in cells.items()
    )
    both_freedom, error_freedom = (p - 1) * (o - 1), p * o * (r - 1)
    ms_both, ms_error = ss_both / both_freedom, ss_error / error_freedom
    p_value = float(fdtrc(both_freedom, error_freedom, ms_both / ms_error)) if ms_error else 0.0
    interaction = max(0.0, (ms_both - ms_error) / r)
    against = ms_both
    if p_value > POOLED_ABOVE:
        interaction = 0.0
        ms_error = against = (ss_both + ss_error) / (both_freedom + error_freedom)
    operator = max(0.0, (ss_operator / (o - 1) - against) / (p * r))
    part = max(0.0, (ss_part / (p - 1) - against) / (o * r))
    if ms_error + operator + interaction <= 0:
        raise ValueError(
            "Every run of a part reads the same, so the steps of the gauge hide its own spread. Read it more finely."
        )
    return GaugeStudy(ms_error, operator + interaction, operator, interaction, part, p_value)
