"""Figures by hand: windows, parts, excuses, bounds, medians, score and grade. No database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from documents.domain.scorecards.bounds import upper_bound_ppm
from documents.domain.scorecards.facts import (
    Came,
    FindingFact,
    LineFact,
    MonthFacts,
    PaperFact,
    ReturnFact,
    next_month,
)
from documents.domain.scorecards.figures import reckon, went, whole_on
from documents.domain.scorecards.terms import Terms

OCTOBER = date(2026, 10, 1)
TODAY = date(2026, 11, 5)
LINE = LineFact(
    "PO-000001/1", "T-000001", 50, date(2026, 10, 20), date(2026, 10, 6), (Came(date(2026, 10, 20), 50),)
)


def oct_day(day: int) -> date:
    return date(2026, 10, day)


@pytest.mark.parametrize(
    ("found", "of", "bound"),
    [
        # 1 - 0.05^(1/n) for none found
        (0, 100, 29_513),
        (0, 1, 950_000),
        (0, 1000, 2_991),
        # published one-sided 95 % bounds: 1 of 10 39.4 %, 2 of 20 28.3 %, 5 of 50 19.9 %
        (1, 10, 394_163),
        (2, 20, 282_619),
        (5, 50, 198_833),
        (10, 10, 1_000_000),
        (0, 0, None),
        (3, 2, None),
        (-1, 5, None),
    ],
)
def test_upper_bound_of_what_may_still_be_wrong(found, of, bound):
    assert upper_bound_ppm(found, of) == bound


def test_upper_bound_agrees_with_the_beta_distribution_and_holds_in_large_lots():
    from scipy.stats import beta

    for found, of in ((0, 7), (1, 33), (4, 250), (17, 40_000), (300, 1_000_000)):
        exact = round(float(beta.ppf(0.95, found + 1, of - found)) * 1_000_000)
        assert abs(upper_bound_ppm(found, of) - exact) <= 1, (found, of)


@pytest.mark.parametrize(
    ("facts", "terms", "said"),
    [
        ({}, {}, "met"),
        ({"came": (Came(oct_day(21), 50),)}, {}, "late"),
        ({"came": (Came(oct_day(21), 50),)}, {"late_days": 1}, "met"),
        ({"came": (Came(oct_day(22), 50),)}, {"late_days": 1}, "late"),
        # early is a miss only where the terms say so
        ({"came": (Came(oct_day(14), 50),)}, {}, "met"),
        ({"came": (Came(oct_day(14), 50),)}, {"early_days": 5}, "early"),
        ({"came": (Came(oct_day(15), 50),)}, {"early_days": 5}, "met"),
        # a part on time is a miss; two parts that are whole on the day are not
        ({"came": (Came(oct_day(19), 49),)}, {}, "partial"),
        ({"came": (Came(oct_day(19), 49, scrapped=1),)}, {}, "partial"),
        ({"came": (Came(oct_day(19), 49), Came(oct_day(20), 1))}, {}, "met"),
        ({"came": (Came(oct_day(19), 49), Came(oct_day(23), 1))}, {}, "late"),
        ({"came": ()}, {}, "missing"),
        ({"came": (Came(oct_day(20), 0, short=50),)}, {}, "missing"),
        # what the shop never sent, or sent too late, is not the vendor's
        ({"came": (), "sent_on": None}, {}, "not_sent"),
        ({"came": (Came(oct_day(30), 50),), "sent_on": oct_day(21)}, {}, "not_sent"),
        # an excuse needs a record, and takes nothing from a line that was on time
        ({"came": (Came(oct_day(21), 50),), "delay": "DY-000001"}, {}, "excused"),
        ({"came": (), "delay": "DY-000001"}, {}, "excused"),
        ({"delay": "DY-000001"}, {}, "met"),
    ],
)
def test_a_line_by_its_window(facts, terms, said):
    assert went(replace(LINE, **facts), replace(Terms(), **terms), TODAY) == said


def test_a_line_is_not_judged_before_its_window_is_over():
    out = replace(LINE, came=())
    assert went(out, Terms(late_days=3), oct_day(23)) == "pending"
    assert went(out, Terms(late_days=3), oct_day(24)) == "missing"


def test_the_day_a_line_was_whole():
    parts = replace(LINE, came=(Came(oct_day(3), 20), Came(oct_day(5), 30), Came(oct_day(9), 1)))
    assert (whole_on(parts), whole_on(replace(LINE, came=()))) == (oct_day(5), None)


def month(**facts) -> MonthFacts:
    return MonthFacts(OCTOBER, **facts)


def ten_lines(late: int) -> tuple[LineFact, ...]:
    came = Came(oct_day(25), 50)
    return tuple(
        replace(LINE, number=f"PO-{n:06d}/1", **({"came": (came,)} if n < late else {})) for n in range(10)
    )


def test_on_time_shows_numerator_denominator_and_leaves_out_what_was_not_the_vendors():
    lines = (*ten_lines(3)[:9], replace(ten_lines(1)[0], number="PO-000099/1", delay="DY-000001"))
    elsewhere = replace(LINE, due_on=date(2026, 11, 1))
    figure = reckon(month(lines=(*lines, elsewhere)), Terms(), today=TODAY).figure("on_time")
    assert (figure.numerator, figure.denominator, figure.value) == (6, 9, Decimal("66.7"))
    assert [(each.number, each.went) for each in figure.records if each.went != "met"] == [
        ("PO-000000/1", "late"),
        ("PO-000001/1", "late"),
        ("PO-000002/1", "late"),
        ("PO-000099/1", "excused"),
    ]


def test_too_few_lines_are_no_figure():
    figure = reckon(month(lines=ten_lines(0)[:3]), Terms(), today=TODAY).figure("on_time")
    assert (figure.counted, figure.least, figure.value, figure.is_enough) == (3, 5, None, False)


def returns(days: list[tuple[int | None, int | None]], pieces: int = 20) -> tuple[ReturnFact, ...]:
    """Make returns on the 10th, with the days the certificate was brought and accepted."""
    return tuple(
        ReturnFact(
            f"PO-{n:06d}/1",
            f"T-{n:06d}",
            oct_day(10),
            pieces,
            brought and oct_day(brought),
            accepted and oct_day(accepted),
        )
        for n, (brought, accepted) in enumerate(days)
    )


def test_parts_per_million_with_bound_count_use_as_is_and_everything_received():
    found = (FindingFact("NC-000001", oct_day(12), 1), FindingFact("NC-000002", oct_day(13), 2))
    figure = reckon(month(returns=returns([(9, 10)] * 5), findings=found), Terms(), today=TODAY).figure("ppm")
    assert (figure.numerator, figure.denominator, figure.value, figure.bound) == (
        3,
        100,
        Decimal(30_000),
        75_711,
    )
    assert figure.points == 0
    clean = reckon(month(returns=returns([(9, 10)] * 5)), Terms(), today=TODAY).figure("ppm")
    assert (clean.value, clean.bound, clean.points) == (Decimal(0), 29_513, Decimal(100))


def test_paper_right_first_time_counts_each_paper_by_its_first_try():
    papers = tuple(
        PaperFact(f"C-{n:06d}", oct_day(9), decision, is_again)
        for n, (decision, is_again) in enumerate(
            [("accept", False)] * 4 + [("reject", False), ("accept", True), ("revoke", False), ("", False)]
        )
    )
    figure = reckon(month(papers=papers), Terms(), today=TODAY).figure("paper")
    assert (figure.numerator, figure.denominator, figure.value) == (4, 6, Decimal("66.7"))
    assert [each.went for each in figure.records] == ["right"] * 4 + ["wrong", "again", "wrong", "pending"]


def test_days_of_the_certificate_run_from_the_goods_to_its_acceptance():
    days = [(8, 9), (10, 11), (10, 12), (11, 14), (12, 20), (None, None)]
    figure = reckon(month(returns=returns(days)), Terms(), today=TODAY).figure("paper_days")
    # nought (it was accepted before the goods came), 1, 2, 4 and 10 days; the sixth has none yet
    assert (figure.numerator, figure.denominator, figure.value) == (3, 6, Decimal("50.0"))
    assert (figure.median, figure.p90) == (Decimal("2.0"), 10)


def test_days_of_the_work_are_compared_with_those_agreed():
    lines = tuple(
        replace(LINE, number=f"PO-{n:06d}/1", came=(Came(oct_day(day), 50),))
        for n, day in enumerate((10, 12, 20, 21, 24))
    )
    figure = reckon(month(lines=lines), Terms(), today=TODAY).figure("work_days")
    assert (figure.numerator, figure.denominator, figure.median, figure.agreed) == (
        3,
        5,
        Decimal("14.0"),
        Decimal("14.0"),
    )


def full_month(**facts) -> MonthFacts:
    wanted = {
        "lines": ten_lines(1),
        "returns": returns([(9, 10)] * 9 + [(11, 12)]),
        "papers": tuple(PaperFact(f"C-{n:06d}", oct_day(9), "accept") for n in range(10)),
    }
    return month(**{**wanted, **facts})


def test_score_is_the_mean_by_weight_and_gives_the_grade():
    card = reckon(full_month(), Terms(), today=TODAY)
    assert [(each.code, each.points) for each in card.figures] == [
        ("on_time", Decimal("90.0")),
        ("ppm", Decimal("100.0")),
        ("paper", Decimal("100.0")),
        ("paper_days", Decimal("90.0")),
        ("work_days", Decimal("90.0")),
    ]
    # (35 x 90 + 30 x 100 + 15 x 100 + 10 x 90 + 10 x 90) / 100
    assert (card.score, card.grade) == (Decimal("94.5"), "A")


def test_an_escape_of_a_critical_characteristic_leaves_no_more_than_c():
    escape = FindingFact("NC-000009", oct_day(14), 1, is_at_customer=True, is_critical=True)
    terms = Terms(ppm_at_zero=1_000_000)
    card = reckon(full_month(findings=(escape,)), terms, today=TODAY)
    assert (card.grade, card.escapes, card.score) == ("C", ("NC-000009",), Decimal("94.4"))
    for facts in ({"is_critical": False}, {"is_at_customer": False}):
        card = reckon(full_month(findings=(replace(escape, **facts),)), terms, today=TODAY)
        assert (card.grade, card.escapes) == ("A", ())


def test_figures_that_weigh_less_than_half_are_no_score():
    card = reckon(month(papers=full_month().papers), Terms(), today=TODAY)
    assert (card.figure("paper").value, card.score, card.grade) == (Decimal("100.0"), None, "")
    assert reckon(month(lines=ten_lines(0)), Terms(), today=TODAY).score is None
    both = reckon(month(lines=ten_lines(0), papers=full_month().papers), Terms(), today=TODAY)
    assert (both.score, both.grade) == (Decimal("100.0"), "A")


@pytest.mark.parametrize(("late", "grade"), [(0, "A"), (2, "B"), (4, "C")])
def test_grades_begin_where_the_terms_say(late, grade):
    terms = Terms(weights={"on_time": 1, "ppm": 0, "paper": 0, "paper_days": 0, "work_days": 0})
    card = reckon(month(lines=ten_lines(late)), terms, today=TODAY)
    assert (card.score, card.grade) == (Decimal(f"{100 - 10 * late}.0"), grade)


def test_the_same_facts_have_the_same_hash_and_others_another():
    assert full_month().sha256 == full_month().sha256 != full_month(papers=()).sha256
    assert [next_month(date(2026, m, 1)) for m in (1, 11, 12)] == [
        date(2026, 2, 1),
        date(2026, 12, 1),
        date(2027, 1, 1),
    ]
