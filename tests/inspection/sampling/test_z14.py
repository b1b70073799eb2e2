"""Sampling plans by code letter and AQL, against the published tables."""

import csv

import pytest

from inspection.domain.sampling import z14
from inspection.domain.sampling.z14 import NoSuchPlan, master_plan, plan_for


def test_every_published_plan_of_level_two_is_met(shared_data):
    with (shared_data / "sampling-tables" / "z14_single_level_II.csv").open() as file:
        rows = list(csv.DictReader(file))
    made = [master_plan(letter=r["code_letter"], aql=r["aql"], severity=r["inspection"]) for r in rows]
    assert len(rows) == 1170
    assert made == [(int(r["n"]), int(r["ac"]), int(r["re"])) for r in rows]


def test_the_disputed_cells_follow_the_reading_we_use(shared_data):
    with (shared_data / "sampling-tables" / "DISPUTED_CELLS.csv").open() as file:
        rows = list(csv.DictReader(file))
    made = [
        "/".join(map(str, master_plan(letter=r["code_letter"], aql=r["aql"], severity="tightened")))
        for r in rows
    ]
    assert len(rows) == 13
    assert made == [r["used"] for r in rows]


def test_every_code_letter_is_met_at_both_ends_of_its_row(shared_data):
    with (shared_data / "sampling-tables" / "code_letters.csv").open() as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        first, last = row["lot"].split("-") if "-" in row["lot"] else (row["lot"].rstrip("+"), "2000000")
        for level in z14.LEVELS:
            letters = {z14.code_letter(lot=int(lot), level=level) for lot in (first, last)}
            assert letters == {row[level]}, (row["lot"], level)


@pytest.mark.parametrize(
    "lot, level, aql, letter, n, ac, re, inspect_all",
    [
        (500, "II", "1.0", "H", 50, 1, 2, False),
        (40, "II", "0.65", "D", 20, 0, 1, False),
        (12, "II", "1.0", "B", 12, 0, 1, True),
        (1000, "II", "0.40", "J", 125, 1, 2, False),
        (3000, "I", "2.5", "H", 50, 3, 4, False),
        (1, "ii", "10", "A", 1, 1, 2, True),
    ],
)
def test_normal_plans_of_lots(lot, level, aql, letter, n, ac, re, inspect_all):
    plan = plan_for(lot=lot, level=level, aql=aql)
    assert (plan.code_letter, plan.n, plan.ac, plan.re, plan.inspect_all) == (letter, n, ac, re, inspect_all)


def test_the_last_letters_lead_to_a_plan_in_every_column():
    for severity in z14.SEVERITIES:
        for aql in z14.AQLS:
            n, ac, re = master_plan(letter="R", aql=aql, severity=severity)
            assert (n > 0, re > ac) == (True, True)
    assert master_plan(letter="S", aql="0.025", severity="tightened") == (3150, 1, 2)


def test_a_sample_as_large_as_the_lot_is_every_piece():
    assert [(plan_for(lot=lot).n, plan_for(lot=lot).inspect_all) for lot in (12, 13, 14)] == [
        (12, True),
        (13, True),
        (13, False),
    ]


@pytest.mark.parametrize(
    "asked, sentence",
    [
        ({"lot": 0}, "A lot of 0 pieces has no sampling plan. Give a lot from 1 to 1000000000 pieces."),
        (
            {"lot": 9, "level": "IV"},
            "There is no inspection level 'IV'. Choose S-1, S-2, S-3, S-4, I, II, III.",
        ),
        ({"lot": 9, "aql": "0.9"}, f"The tables have no AQL '0.9'. Choose {', '.join(z14.AQLS)}."),
        ({"lot": 9, "aql": "NaN"}, f"The tables have no AQL 'NaN'. Choose {', '.join(z14.AQLS)}."),
        (
            {"lot": 9, "severity": "hard"},
            "There is no 'hard' inspection. Choose normal, tightened, reduced.",
        ),
    ],
)
def test_what_the_tables_do_not_have_is_refused(asked, sentence):
    with pytest.raises(NoSuchPlan) as refused:
        plan_for(**asked)
    assert str(refused.value) == sentence
