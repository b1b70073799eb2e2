"""Tables of characteristics, as they come."""

from decimal import Decimal

import pytest

from portal.intake.unreadable import FileNotReadable
from routes.formats.characteristics_csv import (
    CharacteristicRow,
    CharacteristicTable,
    read_characteristics,
    read_characteristics_file,
)

TITLES = "balloon,zone,name,kind,requirement,nominal,lower,upper,unit,designator,applies_to,is_reference"
GOOD = "7,B4,Bore,Diameter,Ø 10 +0.1/-0.2,10,9.8,10.1,mm,KC,AFTER,no"


def table(*rows: str, titles: str = TITLES) -> CharacteristicTable:
    return read_characteristics("\n".join((titles, *rows)).encode())


def test_a_good_row_is_read_whole():
    assert table(GOOD) == CharacteristicTable(
        rows=(
            CharacteristicRow(
                line=2,
                balloon="7",
                zone="B4",
                name="Bore",
                kind="Diameter",
                requirement="Ø 10 +0.1/-0.2",
                nominal=Decimal("10"),
                lower=Decimal("9.8"),
                upper=Decimal("10.1"),
                unit="mm",
                designator="KC",
                applies_to="AFTER",
                is_reference=False,
            ),
        ),
        problems=(),
        ignored_columns=(),
    )


def test_the_child_process_gives_the_same_table():
    content = "\n".join((TITLES, GOOD)).encode()
    assert read_characteristics_file(content) == read_characteristics(content)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [";", "\t"])
def test_dress_of_the_file_does_not_matter(encoding, separator):
    german = "\n".join((TITLES, "7,B4,Bore,Diameter,Ø 10,10,9#8,10#1,mm,KC,AFTER,no"))
    content = german.replace(",", separator).replace("#", ",").encode(encoding)
    (row,) = read_characteristics(content).rows
    assert (row.requirement, row.lower, row.upper) == ("Ø 10", Decimal("9.8"), Decimal("10.1"))


def test_tolerances_are_added_to_the_nominal():
    titles = "Balloon,Nominal,Plus tolerance,Minus_Tolerance,Units"
    found = table(
        "1,10,0.1,0.2,mm",
        "2,10,0.1,-0.2,mm",
        "3,.5,.01,0,inch",
        "4,10,0.03,+0.01,mm",
        "5,10,-0.01,0.03,mm",
        titles=titles,
    )
    assert [(row.lower, row.upper, row.unit) for row in found.rows] == [
        (Decimal("9.8"), Decimal("10.1"), "mm"),
        (Decimal("9.8"), Decimal("10.1"), "mm"),
        (Decimal("0.5"), Decimal("0.51"), "in"),
        (Decimal("10.01"), Decimal("10.03"), "mm"),
        (Decimal("9.97"), Decimal("9.99"), "mm"),
    ]
    assert found.problems == ()


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (
            GOOD.replace(",mm,", ",,"),
            "column unit: The unit is missing. Say whether it is mm, um, m, in or deg.",
        ),
        (
            GOOD.replace(",mm,", ",furlong,"),
            "column unit: The unit “furlong” is not known. Use mm, um, m, in or deg.",
        ),
        (
            GOOD.replace("9.8,10.1", "10.1,9.8"),
            "column lower: the limits read reversed, 10.1 above 9.8. Correct them by the drawing.",
        ),
        (
            GOOD.replace("9.8", "NaN"),
            "column lower: NaN is not a finite number. Write a plain number, without unit or sign for diameter.",
        ),
        (
            GOOD.replace("9.8", "9.8 mm"),
            "column lower: “9.8 mm” is not a number. Write a plain number, without unit or sign for diameter.",
        ),
        (
            GOOD.replace("AFTER", "LATER"),
            "column applies_to: “LATER” is not known. Use one of BEFORE, AFTER, BOTH, UNSPECIFIED, or leave it empty.",
        ),
        (GOOD.removesuffix("no") + "perhaps", "column is_reference: “perhaps” is neither yes nor no."),
        (
            GOOD.replace("7,B4,Bore", ",B4,"),
            "column balloon: number and name are both empty. Give the characteristic a number.",
        ),
    ],
)
def test_a_question_names_line_column_and_what_to_do(row, problem):
    assert table(GOOD).problems == ()
    assert table(row).problems == (f"Line 2, {problem}",)


def test_a_note_without_numbers_needs_no_unit():
    assert table("9,A1,Deburr,Note,Break edges,,,,,,,").problems == ()


def test_limits_and_tolerance_that_disagree_are_a_question():
    titles = "balloon,nominal,lower,minus,unit"
    assert table("1,10,9.8,0.2,mm", titles=titles).problems == ()
    assert table("1,10,9.9,0.2,mm", titles=titles).problems == (
        "Line 2, column lower: 9.9 differs from nominal and tolerance, which give 9.8. Keep one of them.",
    )
    assert table("1,,,0.2,mm", titles=titles).problems == (
        "Line 2, column minus: there is a tolerance but no nominal to add it to. Give the nominal or the limits.",
    )


def test_unknown_columns_are_listed_and_ignored():
    found = table("1,red,10,mm", titles="balloon,colour,nominal,unit")
    assert (found.ignored_columns, found.problems, found.rows[0].nominal) == (("colour",), (), Decimal(10))


def test_one_number_for_two_characteristics_is_a_question():
    assert table(GOOD, GOOD).problems == (
        "Balloon 7 appears 2 times. Give every characteristic its own number.",
    )


def test_a_formula_is_text():
    assert table('7,,"=HYPERLINK(""x"")",Note,,,,,,,,').rows[0].name == '=HYPERLINK("x")'


def test_more_cells_than_titles_are_a_question():
    assert table(GOOD + ",extra").problems == (
        "Line 2: there are 13 cells under 12 titles. Put text that contains the separator in quotation marks.",
    )


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is not a table of text."),
        (b"\0\1\2", "The file is not a table of text."),
        (b"1,2,3\n4,5,6\n", "The first line must name the columns, among them balloon or name"),
        (b'balloon,name\n1,"open\n', "Line 2 of the table cannot be read"),
        (b"balloon,name\n1," + b"x" * 3000, "Line 2 holds a cell of more than 2,000 characters."),
    ],
)
def test_what_is_no_table_is_refused(content, sentence):
    with pytest.raises(FileNotReadable, match=sentence):
        read_characteristics(content)


def test_titles_alone_are_a_question():
    assert table().problems == ("The table has titles but no rows.",)
