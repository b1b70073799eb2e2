"""One column of values studied: chart, signals and every index, as plain data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from inspection.domain.spc.capability import Capability, Index, capability
from inspection.domain.spc.charts import Chart, Panel, individuals, mean_and_deviation, mean_and_range
from inspection.domain.spc.run_rules import BEYOND, NELSON, WESTERN_ELECTRIC, WORDS

RULES = {"default": (BEYOND,), "western-electric": WESTERN_ELECTRIC, "nelson": NELSON}
LARGEST_SUBGROUP = 25
RANGES_UP_TO = 9
NAMES = (
    ("Cp", "cp"), ("Cp_l", "cpl"), ("Cp_u", "cpu"), ("Cp_k", "cpk"), ("Cpm", "cpm"),
    ("Pp", "pp"), ("Pp_l", "ppl"), ("Pp_u", "ppu"), ("Pp_k", "ppk"), ("Ppm", "ppm"),
)  # fmt: skip


def study(
    values: Sequence[float],
    *,
    lower: float | None,
    upper: float | None,
    subgroup: int = 1,
    target: float | None = None,
    rules: str = "default",
) -> dict:
    """Return every figure of a column: chart and capability with published factors, and again with exact ones.

    subgroup: values that follow each other and belong together; a rest at the end is left out of the chart and said.
    Raises:  ValueError with a sentence where the values allow no study.
    """
    _require(values, lower, upper, subgroup)
    chart = _chart(values, subgroup, RULES[rules], published=True)
    found = capability(
        values,
        lower=lower,
        upper=upper,
        sigma_within=chart.sigma,
        target=target,
        is_in_control=chart.is_in_control,
    )
    exact_chart = _chart(values, subgroup, RULES[rules], published=False)
    exact = capability(
        values,
        lower=lower,
        upper=upper,
        sigma_within=exact_chart.sigma,
        target=target,
        is_in_control=exact_chart.is_in_control,
    )
    left = len(values) % subgroup
    return {
        "n": len(values),
        "subgroup": subgroup,
        "subgroups": len(values) // subgroup,
        "left_out_of_chart": left,
        "lsl": lower,
        "usl": upper,
        "target": found.target,
        "mean": found.mean,
        "minimum": min(values),
        "maximum": max(values),
        "sd_overall": found.sigma_overall,
        "sd_within": chart.sigma,
        "provisional": found.is_provisional,
        "in_control": chart.is_in_control,
        "label": "performance" if found.is_performance else "capability",
        "center": chart.location.center,
        "LCL": chart.location.lower,
        "UCL": chart.location.upper,
        "chart": _chart_figures(chart),
        **_index_figures(found),
        "normality": None if found.normality is None else asdict(found.normality),
        "outside_limits": sum(
            (lower is not None and value < lower) or (upper is not None and value > upper) for value in values
        ),
        "factors": "published: d2 with three decimals",
        "exact_factors": {
            "sd_within": exact_chart.sigma,
            "in_control": exact_chart.is_in_control,
            "chart": _chart_figures(exact_chart),
            **_index_figures(exact),
        },
    }


def _require(values: Sequence[float], lower: float | None, upper: float | None, subgroup: int) -> None:
    if lower is None and upper is None:
        raise ValueError("Give at least one limit: the lower, the upper, or both.")
    if lower is not None and upper is not None and lower >= upper:
        raise ValueError(f"The lower limit {lower:g} is not below the upper limit {upper:g}.")
    if not 1 <= subgroup <= LARGEST_SUBGROUP:
        raise ValueError(f"A subgroup holds 1 to {LARGEST_SUBGROUP} values, not {subgroup}.")
    if len(values) < 2 * subgroup:
        raise ValueError(
            f"{len(values)} value{'' if len(values) == 1 else 's'} make fewer than two subgroups of {subgroup}."
        )
    if len(set(values)) == 1:
        raise ValueError(
            f"All {len(values)} values are {values[0]:g}: without spread there is no capability."
        )


def _chart(values: Sequence[float], subgroup: int, rules: Sequence[str], *, published: bool) -> Chart:
    if subgroup == 1:
        chart = individuals(values, published=published, rules=rules)
    else:
        whole = len(values) - len(values) % subgroup
        groups = [values[at : at + subgroup] for at in range(0, whole, subgroup)]
        if subgroup <= RANGES_UP_TO:
            chart = mean_and_range(groups, published=published, rules=rules)
        else:
            chart = mean_and_deviation(groups, rules=rules)
    if chart.sigma <= 0:
        raise ValueError(
            "No subgroup has any spread, so its sigma cannot be estimated; choose another subgroup."
        )
    return chart


def _chart_figures(chart: Chart) -> dict:
    return {
        "kind": chart.kind,
        "provisional": chart.is_provisional,
        "location": panel_figures(chart.location),
        "spread": panel_figures(chart.spread),
    }


def panel_figures(panel: Panel) -> dict:
    """Return one row of a chart as plain data."""
    return {
        "name": panel.name,
        "center": panel.center,
        "LCL": panel.lower,
        "UCL": panel.upper,
        "violating_points": sorted({each.at + 1 for each in panel.signals}),
        "signals": [
            {"point": each.at + 1, "rule": each.rule, "words": WORDS[each.rule]} for each in panel.signals
        ],
    }


def _index_figures(found: Capability) -> dict:
    figures: dict = {}
    for name, field in NAMES:
        index: Index | None = getattr(found, field)
        figures[name] = None if index is None else index.value
        figures[f"{name} 2.5%"] = None if index is None else index.low
        figures[f"{name} 97.5%"] = None if index is None else index.high
        figures[f"{name} lower 95% bound"] = None if index is None else index.bound
    # the names people say, beside those of the long list
    return figures | {"Cpk": figures["Cp_k"], "Ppk": figures["Pp_k"], "k": found.off_center}
