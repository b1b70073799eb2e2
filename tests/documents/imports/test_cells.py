"""One cell: its value, a sentence, or a question; never a guess."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from documents.domain.imports.cells import CellAsked, CellWrong, Habits, read_cell
from documents.domain.imports.columns import CHOICE, DAY, LIST, NUMBER, TEXT, TRUTH, WHOLE, Column

ASK, DAY_FIRST, MONTH_FIRST = Habits(), Habits(date_order="dmy"), Habits(date_order="mdy")
POINT, COMMA = Habits(decimal_sign="point"), Habits(decimal_sign="comma")


def column(kind: str, **facts) -> Column:
    return Column("it", "It", "What it is.", kind=kind, **facts)


@pytest.mark.parametrize(
    ("cell", "habits", "day"),
    [
        ("2026-03-31", ASK, date(2026, 3, 31)),
        ("2026/3/1", ASK, date(2026, 3, 1)),
        (["day", "2026-04-03"], ASK, date(2026, 4, 3)),
        ("31/03/2026", ASK, date(2026, 3, 31)),
        ("03/31/2026", ASK, date(2026, 3, 31)),
        ("05.05.2026", ASK, date(2026, 5, 5)),
        ("31 March 2026", ASK, date(2026, 3, 31)),
        ("Mar 31, 2026", ASK, date(2026, 3, 31)),
        ("03/04/2026", DAY_FIRST, date(2026, 4, 3)),
        ("03/04/2026", MONTH_FIRST, date(2026, 3, 4)),
    ],
)
def test_a_day_is_read_where_it_can_be_read_in_one_way(cell, habits, day):
    assert read_cell(column(DAY), cell, habits) == day


@pytest.mark.parametrize(
    ("kind", "cell", "question"),
    [
        (DAY, "03/04/2026", "date_order"),
        (DAY, "03.04.2026", "date_order"),
        (NUMBER, "10,5", "decimal_sign"),
        (NUMBER, "1,000", "decimal_sign"),
        (WHOLE, "1,000", "decimal_sign"),
        (WHOLE, "1.000", "decimal_sign"),
    ],
)
def test_what_can_be_read_in_two_ways_is_asked(kind, cell, question):
    with pytest.raises(CellAsked) as asked:
        read_cell(column(kind), cell, ASK)
    assert asked.value.question == question


@pytest.mark.parametrize(
    ("kind", "cell", "habits", "value"),
    [
        (NUMBER, "10.022", ASK, Decimal("10.022")),
        (NUMBER, "−0.1", ASK, Decimal("-0.1")),
        (NUMBER, "10,022", COMMA, Decimal("10.022")),
        (NUMBER, "1.250,5", COMMA, Decimal("1250.5")),
        (NUMBER, "1,250.5", POINT, Decimal("1250.5")),
        (NUMBER, ["number", "0.1"], COMMA, Decimal("0.1")),
        (WHOLE, "1,000", POINT, 1000),
        (WHOLE, "1.000", COMMA, 1000),
        (WHOLE, "1.000", POINT, 1),
        (WHOLE, ["number", "40"], ASK, 40),
    ],
)
def test_a_number_is_read_by_the_sign_that_was_chosen(kind, cell, habits, value):
    assert read_cell(column(kind), cell, habits) == value


@pytest.mark.parametrize(
    ("kind", "cell", "habits", "sentence"),
    [
        (DAY, "soon", ASK, "“soon” is not a day. Write it as year-month-day, as in 2026-03-31."),
        (DAY, "2026-02-30", ASK, "“2026-02-30” is no day of the calendar. Correct it, or the order chosen."),
        (
            DAY,
            "31/03/2026",
            MONTH_FIRST,
            "“31/03/2026” is no day of the calendar. Correct it, or the order chosen.",
        ),
        (DAY, "31/31/2026", ASK, "“31/31/2026” is no day of the calendar. Correct it."),
        (DAY, "0026-03-31", ASK, "“0026-03-31” lies outside 1900 to 2199. Correct the year."),
        (
            DAY,
            ["number", "45123"],
            ASK,
            "“45123” is not a day. Write it as year-month-day, as in 2026-03-31.",
        ),
        (
            NUMBER,
            "ten",
            ASK,
            "“ten” is not a number. Write a plain number, without unit or sign for diameter.",
        ),
        (
            NUMBER,
            "NaN",
            ASK,
            "NaN is not a finite number. Write a plain number, without unit or sign for diameter.",
        ),
        (NUMBER, "10.5", COMMA, "“10.5” does not fit the decimal sign chosen for this file. Correct it."),
        (WHOLE, "2.5", POINT, "“2.5” is not a whole number. Correct it."),
        (WHOLE, "99999999", ASK, "“99999999” is beyond 10,000,000. Correct it."),
        (TRUTH, "maybe", ASK, "“maybe” is neither yes nor no."),
        (TEXT, ["formula", "=A1&B1"], ASK, "holds a formula, “=A1&B1”. Replace it by its value."),
        (TEXT, ["error", "#REF!"], ASK, "holds the error #REF!. Correct the cell."),
        (TEXT, "a\x00b", ASK, "holds a control sign that cannot be seen. Type the text again."),
        (TEXT, "\u202efdp.exe", ASK, "holds a control sign that cannot be seen. Type the text again."),
        (TEXT, "x" * 201, ASK, "has 201 characters; at most 200 are kept. Shorten it."),
        (LIST, "II | " + "x" * 201, ASK, f"“{'x' * 30}…” has more than 200 characters. Shorten it."),
    ],
)
def test_a_wrong_cell_says_what_to_do(kind, cell, habits, sentence):
    with pytest.raises(CellWrong) as wrong:
        read_cell(column(kind), cell, habits)
    assert str(wrong.value) == sentence


@pytest.mark.parametrize(
    ("cell", "value"),
    [("Heat", "heat"), ("HEAT NUMBER", "heat"), ("date-code", "date_code"), ("date_code", "date_code")],
)
def test_a_choice_is_known_by_any_of_its_words(cell, value):
    choices = (("heat", ("heat", "heat number")), ("date_code", ("date code",)))
    assert read_cell(column(CHOICE, choices=choices), cell, ASK) == value


def test_an_unknown_choice_names_those_there_are():
    choices = (("heat", ("heat",)), ("batch", ("batch", "lot")))
    with pytest.raises(CellWrong, match="“melt” is not known. Use one of: heat, batch."):
        read_cell(column(CHOICE, choices=choices), "melt", ASK)


@pytest.mark.parametrize(("cell", "value"), [("II | III", ["II", "III"]), ("1;2", ["1", "2"]), ("", None)])
def test_a_list_is_parted_by_bars_and_semicolons(cell, value):
    assert read_cell(column(LIST), cell, ASK) == value


@pytest.mark.parametrize(
    ("cell", "value"), [("yes", True), ("X", True), (["truth", "no"], False), ("Nein", False), ("", None)]
)
def test_yes_and_no_are_read_in_several_words(cell, value):
    assert read_cell(column(TRUTH), cell, ASK) is value
