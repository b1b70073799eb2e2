"""Tables with a row of heads: columns known by name, deviations alone refused with the list, nothing guessed."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from portal.intake.unreadable import FileNotReadable
from routes.formats.result_files import read_results

LONG = (
    "Balloon,Characteristic,Nominal,+Tol,-Tol,Actual [mm],Serial No.,Status,Colour\n"
    "1,BORE,10,0.2,-0.1,10.05,SN-1,PASS,red\n"
    "1,BORE,10,0.2,-0.1,10.25,SN-2,FAIL,red\n"
    "2,FLAT,0,0.05,,0.02,SN-1,OK,red\n"
)
BY_PIECE = (
    "Serial,BORE (mm),LENGTH,SEEN\nUSL,10.2,81,\nLSL,9.9,79,\nUnit,,in,\nSN-1,10.1,80.5,ok\nSN-2,10,,nok\n"
)
BY_CHARACTERISTIC = "Characteristic;LSL;USL;Unit;SN-1;SN-2\nBORE;9,9;10,2;mm;10,1;10\nSerial number;;;;7;8\n"


def read(text: str, encoding: str = "utf-8"):
    return read_results(text.encode(encoding))[1]


def values(document) -> list[tuple]:
    return [(s.label, v.name, v.value, v.unit, v.stated_status) for s in document.samples for v in s.values]


def limits(document) -> list[tuple]:
    return [(i.balloon, i.name, i.lower, i.upper) for i in document.characteristics]


def test_one_row_a_value():
    found = read(LONG)
    assert limits(found) == [
        ("1", "BORE", Decimal("9.9"), Decimal("10.2")),
        ("2", "FLAT", None, Decimal("0.05")),
    ]
    assert values(found) == [
        ("SN-1", "BORE", Decimal("10.05"), "mm", "PASS"),
        ("SN-1", "FLAT", Decimal("0.02"), "mm", "PASS"),
        ("SN-2", "BORE", Decimal("10.25"), "mm", "FAIL"),
    ]


def test_one_row_a_piece():
    found = read(BY_PIECE)
    assert limits(found) == [
        ("BORE (mm)", "BORE (mm)", Decimal("9.9"), Decimal("10.2")),
        ("LENGTH", "LENGTH", Decimal(79), Decimal(81)),
        ("SEEN", "SEEN", None, None),
    ]
    assert values(found) == [
        ("SN-1", "BORE (mm)", Decimal("10.1"), "mm", ""),
        ("SN-1", "LENGTH", Decimal("80.5"), "in", ""),
        ("SN-1", "SEEN", None, "", "PASS"),
        ("SN-2", "BORE (mm)", Decimal(10), "mm", ""),
        ("SN-2", "SEEN", None, "", "FAIL"),
    ]


def test_one_row_a_characteristic_whose_pieces_are_named_in_a_row():
    assert values(read(BY_CHARACTERISTIC)) == [
        ("7", "BORE", Decimal("10.1"), "mm", ""),
        ("8", "BORE", Decimal(10), "mm", ""),
    ]


def test_rows_of_one_name_are_told_apart():
    found = read("Characteristic\tLSL\tUSL\tS1\nBORE\t9\t11\t10\nBORE\t4\t6\t5\n")
    assert [(i.name, i.occurrence, i.lower) for i in found.characteristics] == [
        ("BORE", 1, Decimal(9)),
        ("BORE", 2, Decimal(4)),
    ]
    assert [(v.occurrence, v.value) for v in found.samples[0].values] == [(1, 10), (2, 5)]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_every_encoding_is_read(encoding):
    found = read(BY_CHARACTERISTIC.replace("BORE", "Länge µ"), encoding)
    assert [each[1:3] for each in values(found)] == [("Länge µ", Decimal("10.1")), ("Länge µ", Decimal(10))]


def test_number_of_a_row_is_no_balloon():
    found = read("No;Feature;Inspected;USL;SN-1\n1;BORE;2026-01-05;11;10\n2;LENGTH;2026-01-05;81;80\n")
    assert found.notes == ("Columns that are not known and were left out: Inspected.",)
    assert [(i.name, i.balloon) for i in found.characteristics] == [("BORE", ""), ("LENGTH", "")]


def test_piece_above_the_head_is_the_piece_of_all_rows():
    found = read("Part number,P-1\nSerial number,SN-9\n\nCharacteristic,Actual\nBORE,10.1\n")
    assert [s.label for s in found.samples] == ["SN-9"]


@pytest.mark.parametrize(
    "text",
    [
        "Characteristic,Nominal,Deviation\nBORE,10,0.02\nFLAT,0,0.01\n",
        "Characteristic,Nominal,Actual,Dev\nBORE,10,,0.02\nFLAT,0,,0.01\n",
        "planid\tpartnb\tid\tnominal\tdeviation\nP\t1\tBORE\t10\t0.02\nP\t1\tFLAT\t0\t0.01\n",
        "DIM BORE= DIAMETER UNITS=MM\nAX NOMINAL DEV\nD 10 0.02\nDIM FLAT= FLATNESS UNITS=MM\nAX NOMINAL DEV\nM 0 0\n",
    ],
)
def test_deviations_alone_are_refused_with_the_list(text):
    with pytest.raises(FileNotReadable) as refused:
        read(text)
    assert refused.value.sentence == (
        "The file gives deviations and no measured values for 2 characteristics: BORE, FLAT. "
        "A report of deviations alone cannot be taken over: export it with the measured values."
    )


def test_with_its_measured_values_the_same_report_is_taken():
    found = read("Characteristic,Nominal,Actual,Dev\nBORE,10,10.02,0.02\nFLAT,0,0.01,0.01\n")
    assert [each[2] for each in values(found)] == [Decimal("10.02"), Decimal("0.01")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "Characteristic;Actual\nBORE;10,1\nLENGTH;80.5\n",
            "decimal comma .line 2. and with a decimal point .line 3",
        ),
        ("Characteristic;Actual\nBORE;about ten\n", "line 2: “about ten” is not a number"),
        ("Characteristic;Actual\nBORE;1.234,5\n", "line 2: “1.234,5” is not a number"),
        ("Characteristic;Actual\n", "a head and no rows"),
        ("Colour;Taste\nred;sweet\n", "none of the result files known here"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(text, words):
    with pytest.raises(FileNotReadable, match=words):
        read(text)


def workbook(rows, title: str = "Results", also=()) -> bytes:
    book = Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    for name in also:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


ROWS = [
    ["Kestrel"],
    [],
    ["Balloon", "LSL", "USL", "SN-1", "SN-2"],
    [1, 9.9, 10.2, 10.05, 10.3],
    [2, "", 0.05, 0.02, "ok"],
]


def test_workbook_is_read_as_a_table():
    kind, found = read_results(workbook(ROWS))
    assert kind == "XLSX"
    assert limits(found) == [("1", "1", Decimal("9.9"), Decimal("10.2")), ("2", "2", None, Decimal("0.05"))]
    assert [each[:3] for each in values(found)] == [
        ("SN-1", "1", Decimal("10.05")),
        ("SN-1", "2", Decimal("0.02")),
        ("SN-2", "1", Decimal("10.3")),
        ("SN-2", "2", None),
    ]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (
            workbook([*ROWS, [3, 1, 2, "=A1+1", 1]]),
            "formulas without their results: D6 on “Results”. Formulas are not",
        ),
        (workbook([["a", "b"]]), "holds no table of results"),
        (workbook(ROWS, also=["Second"]), "on 2 sheets: “Results”, “Second”"),
        (workbook(ROWS)[:900], "cut off or damaged"),
    ],
)
def test_workbook_that_cannot_be_read_is_refused(content, words):
    with pytest.raises(FileNotReadable, match=words):
        read_results(content)


def test_customers_workbook_of_the_real_case(shared_data):
    case = shared_data / "real-case-A-nist-cover"
    _, found = read_results((case / "incoming" / "cover_incoming_capability_report.xlsx").read_bytes())
    ours = {(str(s.index), v.name, str(v.occurrence)): v.value for s in found.samples for v in s.values}
    with open(case / "expected" / "cover_incoming_xlsx_vs_qif_differences.csv", newline="") as opened:
        differing = {
            (r["sample"], r["characteristic"], r["occurrence"]): Decimal(r["value_xlsx"])
            for r in csv.DictReader(opened)
        }
    with open(case / "expected" / "cover_incoming_values.csv", newline="") as opened:
        rows = {
            (r["sample"], r["characteristic"], r["occurrence"]): Decimal(repr(float(r["measured"])))
            for r in csv.DictReader(opened)
        }
    expected = {key: differing.get(key, value) for key, value in rows.items()}
    assert len(differing) == 20
    # one perpendicularity of one sample is in the customer's QIF only
    assert (len(ours), expected | ours == expected, len(expected.keys() - ours.keys())) == (540, True, 1)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet='Characteristic;,\t1\n.9"-SN ', max_size=60))
def test_no_text_breaks_the_reader(text):
    try:
        read(f"Characteristic;LSL;Actual\n{text}")
    except FileNotReadable as refusal:
        assert refusal.sentence.endswith(".")
