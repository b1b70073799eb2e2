"""Plans with acceptance number zero for a lot on its own, against exact figures."""

import csv
from decimal import Decimal
from fractions import Fraction

import pytest

from inspection.domain.sampling import isolated
from inspection.domain.sampling.isolated import NoIsolatedPlan, chance_in_lot, chance_in_series, plan_for


def test_every_published_plan_is_met(shared_data):
    with (shared_data / "sampling-tables" / "c0_hypergeometric_part1.csv").open() as file:
        rows = list(csv.DictReader(file))
    plans = [
        plan_for(
            lot=int(row["lot"]),
            ltpd_percent=Decimal(row["defective_fraction"]) * 100,
            beta_percent=Decimal(row["beta"]) * 100,
        )
        for row in rows
    ]
    assert len(rows) == 40
    assert [(p.defectives, p.n, round(float(p.risk), 6)) for p in plans] == [
        (int(row["defectives"]), int(row["n_c0"]), float(row["pa"])) for row in rows
    ]


def test_the_operating_characteristic_is_met(shared_data):
    with (shared_data / "sampling-tables" / "oc_n52_c3.csv").open() as file:
        rows = list(csv.DictReader(file))
    chances = [chance_in_series(fraction=Fraction(row["p"]), n=52, ac=3) for row in rows]
    assert len(rows) == 12
    assert [round(float(chance), 4) for chance in chances] == [float(row["Pa_binomial"]) for row in rows]


@pytest.mark.parametrize(
    "lot, sizes",
    [
        (10, (9, 9, 7, 7)),
        (25, (17, 13, 11, 9)),
        (50, (27, 18, 12, 10)),
        (100, (37, 20, 14, 10)),
        (250, (40, 21, 14, 11)),
        (500, (43, 22, 14, 11)),
    ],
)
def test_samples_at_a_risk_of_ten_percent(lot, sizes):
    asked = [Decimal(each) for each in (5, 10, 15, 20)]
    found = tuple(plan_for(lot=lot, ltpd_percent=each, beta_percent=Decimal(10)).n for each in asked)
    assert found == sizes


def test_finding_nothing_still_passes_most_lots_of_one_percent():
    assert round(float(chance_in_series(fraction=Fraction(1, 100), n=13, ac=0)), 3) == 0.878


def test_the_smallest_sample_is_the_smallest_and_both_forms_agree():
    for lot in (7, 40, 333):
        for ltpd in ("0.4", "3", "17", "60"):
            plan = plan_for(lot=lot, ltpd_percent=Decimal(ltpd), beta_percent=Decimal(5))
            risks = [
                chance_in_lot(lot=lot, defectives=plan.defectives, n=n, ac=0) for n in (plan.n - 1, plan.n)
            ]
            assert risks[0] > Fraction(5, 100) >= risks[1] == plan.risk


def test_one_piece_is_every_piece():
    plan = plan_for(lot=1, ltpd_percent=Decimal(10), beta_percent=Decimal(10))
    assert (plan.n, plan.inspect_all) == (1, True)


@pytest.mark.parametrize(
    "lot, ltpd, beta, sentence",
    [
        (0, "10", "10", f"A lot of 0 pieces has no sampling plan. Give 1 to {isolated.LARGEST_LOT} pieces."),
        (5, "0", "10", "The limiting quality of 0 % is not usable. Give more than 0 and at most 100 %."),
        (5, "10", "100", "The risk of 100 % is not usable. Give more than 0 and at most 99 %."),
        (5, "NaN", "10", "The limiting quality of NaN % is not usable. Give more than 0 and at most 100 %."),
    ],
)
def test_figures_that_give_no_plan_are_refused(lot, ltpd, beta, sentence):
    with pytest.raises(NoIsolatedPlan) as refused:
        plan_for(lot=lot, ltpd_percent=Decimal(ltpd), beta_percent=Decimal(beta))
    assert str(refused.value) == sentence
