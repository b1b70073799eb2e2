"""Which short-run chart a family gets, and why."""

import pytest

from inspection.domain.spc.charts import ShortRunValue
from inspection.domain.spc.short_runs import short_run

QUIET = (0.0, 0.01, -0.01, 0.02, -0.02, 0.01, 0.0, -0.01)


def values(part, target, deviations):
    return [ShortRunValue(part, target + each, target) for each in deviations]


def wide(deviations):
    return [20 * each for each in deviations]


def test_alike_spreads_share_deviations_from_target():
    run = short_run([*values("A 1", 10, QUIET), *values("B 4", 25, QUIET)])
    assert [run.chart.kind, [each.n for each in run.families], round(run.p_value, 9)] == [
        "dnom",
        [8, 8],
        1.0,
    ]
    # 15 ranges: 0.15 in each half and 0.01 from one to the other
    assert run.chart.sigma == pytest.approx(0.31 / 15 / 1.128)
    assert run.why == (
        "Levene's test of their spreads gives p = 1.000, not below 0.05: nothing tells them apart, so deviations "
        "share one standard deviation, from all moving ranges."
    )


def test_spreads_that_differ_are_charted_as_z():
    family = [*values("A 1", 10, QUIET), *values("B 4", 25, wide(QUIET))]
    run = short_run(family)
    assert [run.chart.kind, run.chart.location.lower, run.chart.location.upper] == ["z_mr", -3.0, 3.0]
    own = [each.sigma for each in run.families]
    assert own[1] / own[0] == pytest.approx(20)
    assert run.chart.location.points[9] == pytest.approx(0.2 / own[1])
    assert "the spreads differ, so every deviation is divided by the standard deviation" in run.why
    with pytest.raises(ValueError, match=r"The spreads of A 1, B 4 are not alike"):
        short_run(family, chart="dnom")


def test_z_may_be_chosen_where_spreads_are_alike():
    run = short_run([*values("A 1", 10, QUIET), *values("B 4", 25, QUIET)], chart="z")
    assert [run.chart.kind, "Chosen here" in run.why] == ["z_mr", True]


@pytest.mark.parametrize(
    ("family", "chart", "words"),
    [
        (values("A 1", 10, [0.01]), "", "needs at least 2 values"),
        (values("A 1", 10, [0.01] * 4), "", "no spread to draw limits from"),
        (values("A 1", 10, [0.01] * 4), "z", "have no spread"),
        ([*values("A 1", 10, QUIET), *values("B 4", 25, [0.1])], "z", "B 4 has one value only"),
        ([*values("A 1", 10, QUIET), *values("A 1", 11, QUIET)], "", "A 1 has two targets, 10 and 11"),
    ],
)
def test_what_cannot_be_charted_is_said(family, chart, words):
    with pytest.raises(ValueError, match=words):
        short_run(family, chart=chart)


def test_too_few_values_to_compare_are_taken_as_alike_and_said():
    run = short_run([*values("A 1", 10, [0.01, 0.02]), *values("B 4", 25, [0.0, 0.03])])
    assert [run.chart.kind, run.p_value] == ["dnom", None]
    assert run.why.startswith(
        "Fewer than two of them have three values, so their spreads cannot be compared;"
    )
