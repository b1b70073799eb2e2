"""Files as people save them: separators, letters, workbooks, and what is refused."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from documents.formats import tables
from documents.formats.tables import read_table
from portal.intake.unreadable import FileNotReadable
from tests.factories.tables import csv_of, xlsx_of

ROWS = [[1, ["Number", "Größe"]], [3, ["G-1", "5"]]]


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_every_usual_dress_of_csv_reads_the_same(sign, encoding):
    content = csv_of("Number,Größe", "", "G-1,5", sign=sign, encoding=encoding)
    assert read_table(content) == [{"name": "", "rows": ROWS}]


def test_the_separator_line_of_excel_is_no_row():
    assert read_table(b"sep=;\r\nNumber;Kind\r\nG-1;CMM\r\n") == [
        {"name": "", "rows": [[2, ["Number", "Kind"]], [3, ["G-1", "CMM"]]]}
    ]


def test_a_row_over_several_lines_is_named_by_its_first():
    rows = read_table(b'Number,Text\nG-1,"two\nlines"\nG-2,x\n')[0]["rows"]
    assert [line for line, _ in rows] == [1, 2, 4]


def test_formulas_are_marked_and_quoted_text_is_text():
    [_, [_, cells]] = read_table(b'A,B\n=1+1,"=""00123"""\n')[0]["rows"]
    assert cells == [["formula", "=1+1"], "00123"]


def test_a_workbook_says_what_its_cells_are():
    content = xlsx_of(
        [
            ["Text", "Whole", "Part", "Day", "Moment", "Truth", "Formula", "Empty"],
            ["007", 7, 0.1 + 0.2, date(2026, 4, 3), datetime(2026, 4, 3, 0, 0), True, "=A1", None],
        ],
        title="Gauges",
    )
    [sheet] = read_table(content)
    assert sheet["name"] == "Gauges"
    assert sheet["rows"][1] == [
        2,
        [
            "007",
            ["number", "7"],
            ["number", "0.3"],
            ["day", "2026-04-03"],
            ["day", "2026-04-03"],
            ["truth", "yes"],
            ["formula", "=A1"],
        ],
    ]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b'A,B\n"open,1\n', "Row 2 of the table cannot be read: a quotation mark is left open"),
        (b"\x00\x01\x02\x03", "The file is no table of text."),
        (b"   \n", "The file is no table of text."),
        (("A,B\n" + "x" * 4001 + ",1\n").encode(), "Row 2 holds a cell of more than 4,000 characters."),
        (("A,B\n" + "," * 200 + "1\n").encode(), "Row 2 has more than 200 cells."),
    ],
)
def test_a_damaged_table_is_refused_by_row(content, sentence):
    with pytest.raises(FileNotReadable) as refused:
        read_table(content)
    assert sentence in refused.value.sentence


def test_more_rows_than_are_read_are_refused(monkeypatch):
    monkeypatch.setattr(tables, "MOST_ROWS", 2)
    with pytest.raises(FileNotReadable, match="more than 2 rows"):
        read_table(csv_of("A,B", "1,2", "3,4"))
    assert len(read_table(csv_of("A,B", "1,2"))[0]["rows"]) == 2
