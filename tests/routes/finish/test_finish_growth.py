"""Windows before a finish, against eighty cases worked by hand."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from routes.domain.finish_growth import FACTORS, Growth, window
from routes.models.finish import FEATURES

with (Path(__file__).parent / "hand_worked_windows.csv").open(encoding="utf-8") as file:
    CASES = list(csv.DictReader(file))


def number(text):
    return Decimal(text) if text else None


def growth(thickness, ratio="1", more=None):
    return Growth.of(
        thickness_min=Decimal(thickness),
        thickness_max=Decimal(more or thickness),
        ratio_min=Decimal(ratio),
        ratio_max=Decimal(ratio),
    )


def test_eighty_cases_are_worked():
    assert len(CASES) == 80
    assert {case["kind"] for case in CASES} == set(FACTORS) == set(dict(FEATURES))
    assert {case["feasible"] for case in CASES} == {"yes", "no"}


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_window(case):
    grown = Growth.of(
        **{name: number(case[name]) for name in ("thickness_min", "thickness_max", "ratio_min", "ratio_max")}
    )
    found = window(
        kind=case["kind"], lower=number(case["lower"]), upper=number(case["upper"]), growths=[grown]
    )
    worked = (number(case["window_lower"]), number(case["window_upper"]), number(case["tolerance_left"]))
    assert (found.lower, found.upper, found.tolerance_left) == worked
    assert found.is_feasible == (case["feasible"] == "yes")


@pytest.mark.parametrize(
    "kind, before, thickness, ratio, after",
    [
        ("external", "1.0000", "0.002", "0.5", "1.0020"),
        ("internal", "0.5000", "0.002", "0.5", "0.4980"),
        ("thread_internal", "0.4500", "0.002", "0.5", "0.4460"),
        ("external", "0.2500", "0.0005", "1", "0.2510"),
    ],
)
def test_what_a_finish_makes_of_a_size(kind, before, thickness, ratio, after):
    found = window(kind=kind, lower=Decimal(after), upper=Decimal(after), growths=[growth(thickness, ratio)])
    assert (found.lower, found.upper) == (Decimal(before), Decimal(before))


def test_two_finishes_add_up():
    found = window(
        kind="external",
        lower=Decimal("9.90"),
        upper=Decimal("10.00"),
        growths=[growth("0.010", more="0.014"), growth("0.020", more="0.022")],
    )
    assert (found.lower, found.upper) == (Decimal("9.840"), Decimal("9.928"))


def test_share_of_the_tolerance_a_finish_uses():
    found = window(kind="external", lower=Decimal("9.9"), upper=Decimal("10.1"), growths=[growth("0.010")])
    assert (found.largest_move, found.uses_more_than(10), found.uses_more_than(9)) == (
        Decimal("0.020"),
        False,
        True,
    )
    open_end = window(kind="external", lower=None, upper=Decimal("10.1"), growths=[growth("0.010")])
    assert (open_end.uses_more_than(1), open_end.is_feasible) == (False, True)
