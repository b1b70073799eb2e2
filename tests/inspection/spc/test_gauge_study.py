"""The crossed gauge study against the figures printed for the handbook's ten parts, three operators, three runs."""

import pytest

from inspection.domain.spc.gauge_study import crossed_study
from tests.inspection.spc.published import jasp

HANDBOOK = {
    "A": """0.29 0.41 0.64 -0.56 -0.68 -0.58 1.34 1.17 1.27 0.47 0.50 0.64 -0.80 -0.92 -0.84
            0.02 -0.11 -0.21 0.59 0.75 0.66 -0.31 -0.20 -0.17 2.26 1.99 2.01 -1.36 -1.25 -1.31""",
    "B": """0.08 0.25 0.07 -0.47 -1.22 -0.68 1.19 0.94 1.34 0.01 1.03 0.20 -0.56 -1.20 -1.28
            -0.20 0.22 0.06 0.47 0.55 0.83 -0.63 0.08 -0.34 1.80 2.12 2.19 -1.68 -1.62 -1.50""",
    "C": """0.04 -0.11 -0.15 -1.38 -1.13 -0.96 0.88 1.09 0.67 0.14 0.20 0.11 -1.46 -1.07 -1.45
            -0.29 -0.67 -0.49 0.02 0.01 0.21 -0.46 -0.56 -0.49 1.77 1.45 1.87 -1.49 -1.77 -2.16""",
}


def _handbook():
    return [
        (str(at // 3), operator, float(value))
        for operator, values in HANDBOOK.items()
        for at, value in enumerate(values.split())
    ]


def test_handbook_study_has_the_printed_variances():
    study = crossed_study(_handbook())
    assert [
        round(each, 5) for each in (study.repeatability, study.reproducibility, study.part, study.gauge)
    ] == [
        0.03997,
        0.05146,
        1.08645,
        0.09143,
    ]
    assert [round(study.percent, 2), round(study.percent_contribution, 2)] == [27.86, 7.76]
    assert (study.categories, study.word, round(study.interaction_p, 3)) == (4, "conditional", 0.974)


def test_interaction_that_matters_is_not_pooled():
    rows = [
        (part, operator, value + (2.0 if (part, operator) == ("1", "A") else 0.0))
        for part, operator, value in _handbook()
    ]
    study = crossed_study(rows)
    assert study.interaction_p < 0.05
    assert study.interaction > 0
    assert study.reproducibility == pytest.approx(study.operator + study.interaction)


def test_long_table_is_studied_whole(shared_data):
    rows = jasp(shared_data, "msaGaugeRRCrossed__msaGaugeRRCrossed_long.csv")
    study = crossed_study([(row["Parts"], row["Operators"], float(row["Dm"])) for row in rows])
    assert len(rows) == 90
    assert [round(study.percent, 2), study.categories, study.word] == [11.97, 11, "conditional"]


def test_a_study_that_lacks_a_run_is_refused():
    with pytest.raises(ValueError, match="measuring every part equally often"):
        crossed_study(_handbook()[:-1])
