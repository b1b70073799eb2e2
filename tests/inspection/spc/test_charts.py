"""Charts against published figures: to one part in a million where computed, to the last digit where printed."""

import json

import pytest

from inspection.domain.spc import charts
from inspection.domain.spc.attribute_charts import defects, defects_per_unit, number_bad, share_bad
from inspection.domain.spc.charts import ShortRunValue
from inspection.domain.spc.constants import factors
from inspection.domain.spc.run_rules import NELSON
from tests.inspection.spc.published import expected, jasp, piston_rings, trial

WITHIN = 1e-6
# n: d2, d3, c4, A2, A3, B3, B4, D3, D4
FACTORS = {
    2: (1.1284, 0.8525, 0.7979, 1.8800, 2.6587, 0, 3.2665, 0, 3.2665),
    3: (1.6926, 0.8884, 0.8862, 1.0233, 1.9544, 0, 2.5682, 0, 2.5746),
    4: (2.0588, 0.8798, 0.9213, 0.7286, 1.6281, 0, 2.2660, 0, 2.2821),
    5: (2.3259, 0.8641, 0.9400, 0.5768, 1.4273, 0, 2.0890, 0, 2.1145),
    6: (2.5344, 0.8480, 0.9515, 0.4832, 1.2871, 0.0304, 1.9696, 0, 2.0038),
    7: (2.7044, 0.8332, 0.9594, 0.4193, 1.1819, 0.1177, 1.8823, 0.0757, 1.9243),
    8: (2.8472, 0.8198, 0.9650, 0.3725, 1.0991, 0.1851, 1.8149, 0.1362, 1.8638),
    9: (2.9700, 0.8078, 0.9693, 0.3367, 1.0317, 0.2391, 1.7609, 0.1840, 1.8160),
    10: (3.0775, 0.7971, 0.9727, 0.3083, 0.9754, 0.2837, 1.7163, 0.2230, 1.7770),
    15: (3.4718, 0.7562, 0.9823, 0.2231, 0.7885, 0.4282, 1.5718, 0.3466, 1.6534),
    20: (3.7350, 0.7287, 0.9869, 0.1796, 0.6797, 0.5102, 1.4898, 0.4147, 1.5853),
    25: (3.9306, 0.7084, 0.9896, 0.1526, 0.6063, 0.5648, 1.4352, 0.4593, 1.5407),
}


@pytest.mark.parametrize("n", FACTORS)
def test_factors_are_those_of_the_tables(n):
    found = factors(n)
    figures = (
        found.d2, found.d3, found.c4, found.a2, found.a3, found.b3, found.b4, found.lower_d3, found.upper_d4
    )  # fmt: skip
    assert [round(figure, 4) for figure in figures] == list(FACTORS[n])


def test_factors_of_two_are_exact_where_a_formula_is_known():
    assert factors(2).d2 == pytest.approx(2 / 3.141592653589793**0.5, rel=1e-7)
    assert factors(2).d3 == pytest.approx((2 - 4 / 3.141592653589793) ** 0.5, rel=1e-6)
    assert factors(2, published=True).d2 == 1.128


@pytest.mark.parametrize("n", range(2, 10))
def test_published_factors_are_the_exact_ones_but_for_their_last_digit(n):
    assert factors(n, published=True).d2 == pytest.approx(factors(n).d2, abs=0.0005)
    assert factors(n, published=True).d3 == pytest.approx(factors(n).d3, rel=1e-5)


@pytest.mark.parametrize("n", [1, 0, 101])
def test_a_size_without_factors_is_refused(n):
    with pytest.raises(ValueError, match=f"A subgroup holds 2 to 100 values, not {n}"):
        factors(n)


def test_piston_rings_have_the_computed_limits(shared_data):
    figures = expected(shared_data)
    groups = piston_rings(shared_data)
    ranges, deviations = charts.mean_and_range(groups), charts.mean_and_deviation(groups)
    for dataset, panel, sigma in (
        ("pistonrings[1:25] xbar (sigma UWAVE-R)", ranges.location, ranges.sigma),
        ("pistonrings[1:25] R", ranges.spread, ranges.sigma),
        ("pistonrings[1:25] S", deviations.spread, deviations.sigma),
    ):
        found = {"center": panel.center, "sd": sigma, "LCL": panel.lower, "UCL": panel.upper}
        assert found == {name: pytest.approx(float(figures[dataset, name]), rel=WITHIN) for name in found}, (
            dataset
        )
        assert panel.out == []


def test_viscosity_of_single_batches_has_the_computed_limits_and_its_point_four(shared_data):
    figures = expected(shared_data)
    chart = charts.individuals([row[1] for row in trial(shared_data, "viscosity")])
    found = (chart.location.center, chart.sigma, chart.location.lower, chart.location.upper)
    wanted = [float(figures["viscosity trial individuals", name]) for name in ("center", "sd", "LCL", "UCL")]
    assert found == pytest.approx(wanted, rel=WITHIN)
    assert [at + 1 for at in chart.location.out] == [4]


def test_counts_have_the_computed_limits_and_points_outside(shared_data):
    figures = expected(shared_data)
    juice, circuit = trial(shared_data, "orangejuice"), trial(shared_data, "circuit")
    bad, sizes = [int(row[1]) for row in juice], [int(row[2]) for row in juice]
    counts, units = [int(row[1]) for row in circuit], [row[2] for row in circuit]
    for dataset, panel in (
        ("orangejuice trial np", number_bad(bad, 50)),
        ("circuit trial c", defects(counts)),
        ("circuit trial u", defects_per_unit(counts, units)),
    ):
        found = (panel.center, panel.lower, panel.upper)
        assert found == pytest.approx(
            [float(figures[dataset, name]) for name in ("center", "LCL", "UCL")], rel=WITHIN
        )
        assert " ".join(str(at + 1) for at in panel.out) == figures[dataset, "violating_points"]
    shares = share_bad(bad, sizes)
    for at in range(len(bad)):
        assert shares.lowers[at] == pytest.approx(
            float(figures["orangejuice trial p", f"LCL[{at + 1}]"]), rel=WITHIN
        )
        assert shares.uppers[at] == pytest.approx(
            float(figures["orangejuice trial p", f"UCL[{at + 1}]"]), rel=WITHIN
        )
    assert shares.sigmas[0] == pytest.approx(float(figures["orangejuice trial p", "sd"]), rel=WITHIN)
    assert [at + 1 for at in shares.out] == [15, 23]


def test_samples_of_different_size_get_limits_of_their_own(shared_data):
    rows = jasp(shared_data, "attributeCharts__SPC_P.csv")
    found = share_bad([int(row["D"]) for row in rows], [int(row["Size"]) for row in rows])
    center = sum(int(row["D"]) for row in rows) / sum(int(row["Size"]) for row in rows)
    assert found.center == pytest.approx(center, rel=1e-12)
    assert len({round(upper, 9) for upper in found.uppers}) == len({row["Size"] for row in rows})
    assert [round(point, 3) for point in found.points] == [float(row["Proportion"]) for row in rows]


def test_flow_rates_of_the_handbook_have_the_printed_limits(shared_data):
    book = json.loads((shared_data / "spc" / "published_nist_montgomery.json").read_text())
    case = book["nist-6.3.2.2-individuals-flowrate"]
    chart = charts.individuals(case["values"])
    published = case["published"]
    assert chart.location.center == pytest.approx(published["xbar"], abs=0.005)
    assert chart.spread.center == pytest.approx(published["mrbar"], abs=0.00005)
    assert chart.location.upper == pytest.approx(published["UCL"], abs=0.00005)
    assert chart.location.lower == pytest.approx(published["LCL"], abs=0.00005)
    assert chart.is_in_control


def test_exact_factors_give_the_hand_worked_single_values():
    chart = charts.individuals([10, 12, 11, 13, 12], published=False)
    assert chart.spread.center == 1.5
    assert [round(chart.sigma, 4), round(chart.location.upper, 3), round(chart.location.lower, 3)] == [
        1.3293,
        15.588,
        7.612,
    ]
    assert chart.is_provisional


def test_pattern_data_break_every_rule_of_the_eight(shared_data):
    rows = jasp(shared_data, "controlChartRules__violatingAllSubgroupRules.csv")
    groups = [[float(row[name]) for name in ("V1", "V2", "V3")] for row in rows]
    assert {each.rule for each in charts.mean_and_deviation(groups, rules=NELSON).location.signals} == set(
        NELSON
    )
    assert {each.rule for each in charts.mean_and_deviation(groups).location.signals} == {NELSON[0]}


def test_wide_subgroups_of_the_debug_table_are_read_alike_by_range_and_deviation(shared_data):
    rows = jasp(shared_data, "variableChartsSubgroups__variableChartsSubgroupsWideFormatDebug.csv")
    groups = [[float(row[f"dm{at}"]) for at in range(1, 6)] for row in rows]
    ranges, deviations = charts.mean_and_range(groups), charts.mean_and_deviation(groups)
    mean_range = sum(max(group) - min(group) for group in groups) / len(groups)
    assert ranges.sigma == pytest.approx(mean_range / 2.326, rel=1e-12)
    assert ranges.location.center == pytest.approx(sum(map(sum, groups)) / (5 * len(groups)), rel=1e-12)
    assert deviations.sigma == pytest.approx(ranges.sigma, rel=0.05)


@pytest.mark.parametrize(
    ("groups", "kind"),
    [
        ([[1.0], [2.0], [3.0]], charts.I_MR),
        ([[1.0, 2.0, 4.0]], charts.I_MR),
        ([[1.0, 2.0]] * 3, charts.I_MR),
        ([[1.0, 2.0]] * 4, charts.XBAR_R),
        ([[1.0, 2.0], [1.0, 3.0, 2.0]] * 2, charts.XBAR_S),
        ([list(map(float, range(10)))] * 4, charts.XBAR_S),
        ([list(map(float, range(500)))] * 4, charts.XBAR_S),
    ],
)
def test_the_chart_follows_the_data(groups, kind):
    assert charts.chart_of(groups).kind == kind


@pytest.mark.parametrize(
    ("draw", "sentence"),
    [
        (lambda: charts.individuals([1.0]), "at least 2"),
        (lambda: charts.mean_and_range([[1.0, 2.0]]), "at least 2 of them"),
        (lambda: charts.mean_and_deviation([[1.0, 2.0], [1.0]]), "Every subgroup needs at least 2"),
        (
            lambda: charts.z_and_moving_range([ShortRunValue("A", 1, 1), ShortRunValue("A", 1, 1)]),
            "no spread",
        ),
        (lambda: charts.z_and_moving_range([ShortRunValue("A", 1, 1)]), "one value only"),
        (lambda: charts.zbar_and_w([("A", [1, 2], 1), ("A", [1, 2, 3], 1)]), "the same number"),
        (lambda: charts.zbar_and_w([("A", [1, 1], 1), ("A", [2, 2], 1)]), "no spread"),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_words(draw, sentence):
    with pytest.raises(ValueError, match=sentence):
        draw()


def _family(spread_of_b):
    a = [0.1, -0.2, 0.15, -0.1, 0.05, 0.2, -0.15, 0.0]
    return [
        *(ShortRunValue("A", 10 + each, 10) for each in a),
        *(ShortRunValue("B", 25 + spread_of_b * each, 25) for each in a),
    ]


def test_deviation_from_nominal_joins_parts_that_spread_alike_and_refuses_others():
    chart = charts.deviation_from_nominal(_family(1.1))
    assert len(chart.location.points) == 16
    assert chart.notes[0].startswith("Spreads of 2 parts are alike")
    with pytest.raises(ValueError, match="spreads of A, B are not alike"):
        charts.deviation_from_nominal(_family(12))


def test_z_chart_has_limits_of_three_and_a_range_limit_of_d4_times_d2():
    chart = charts.z_and_moving_range(_family(12))
    assert (chart.location.lower, chart.location.center, chart.location.upper) == (-3, 0, 3)
    assert round(chart.spread.upper, 3) == 3.686
    assert chart.location.points[:8] == pytest.approx(chart.location.points[8:])


def test_zbar_chart_has_limits_of_a2_and_d4_in_mean_ranges():
    groups = [("A", [10.0, 10.2, 9.9], 10.0), ("B", [25.0, 27.0, 24.0], 25.0), ("A", [10.1, 9.8, 10.0], 10.0)]
    chart = charts.zbar_and_w(groups)
    assert [round(chart.location.upper, 4), round(chart.spread.upper, 4)] == [1.0233, 2.5746]
    assert chart.spread.points == pytest.approx((1.0, 1.0, 1.0))
