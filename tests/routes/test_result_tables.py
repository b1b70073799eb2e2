"""Tables of measuring machines: the layouts of one real inspection agree, and what is unclear is not guessed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from portal.intake.unreadable import FileNotReadable
from routes.formats.result_files import read_results
from routes.formats.result_tables import read_table

AXES = """PART NAME  : P-1
SER NUMBER : 7

DIM BORE= DIAMETER OF FEATURE 1 UNITS=IN
AX    NOMINAL       +TOL       -TOL       MEAS        DEV     OUTTOL
D       0.5000     0.0100    -0.0200     0.5150     0.0150     0.0050

DIM FLAT= FLATNESS OF FEATURE 2 UNITS=MM
AX    NOMINAL       +TOL       -TOL       MEAS        DEV     OUTTOL
M       0.0000     0.0500     0.0000     0.0420     0.0420     0.0000
"""
LIST = (
    "planid\tpartnb\tid\ttype\tactual\tnominal\tuppertol\tlowertol\tunit\n"
    "P-1\t7\tBORE\tdiameter\t10,1\t10\t0,2\t-0,1\tmm\nEND\n"
)
WIDE = "Characteristic;Nominal;LSL;USL;S1;S2\nBORE;10;9,9;10,2;10,1;\nFLAT;;;0,05;0,03;0,04\n"


def items(document) -> dict[str, tuple]:
    return {item.name: (item.nominal, item.lower, item.upper, item.unit) for item in document.characteristics}


def values(document) -> list[tuple]:
    return [
        (sample.label, value.name, value.value, value.stated_status)
        for sample in document.samples
        for value in sample.values
    ]


def test_axis_table_gives_offsets_and_states_a_verdict():
    found = read_table(AXES)
    assert items(found) == {
        "BORE": (Decimal("0.5"), Decimal("0.48"), Decimal("0.51"), "in"),
        "FLAT": (None, None, Decimal("0.05"), "mm"),
    }
    assert values(found) == [("7", "BORE", Decimal("0.515"), "FAIL"), ("7", "FLAT", Decimal("0.042"), "PASS")]
    assert [part.number for part in found.parts] == ["P-1"]


def test_list_gives_offsets_with_decimal_commas():
    found = read_table(LIST)
    assert items(found) == {"BORE": (Decimal(10), Decimal("9.9"), Decimal("10.2"), "mm")}
    assert values(found) == [("7", "BORE", Decimal("10.1"), "")]


def test_wide_table_gives_limits_and_leaves_out_what_is_empty():
    found = read_table(WIDE)
    assert items(found) == {
        "BORE": (Decimal(10), Decimal("9.9"), Decimal("10.2"), ""),
        "FLAT": (None, None, Decimal("0.05"), ""),
    }
    assert values(found) == [
        ("S1", "BORE", Decimal("10.1"), ""),
        ("S1", "FLAT", Decimal("0.03"), ""),
        ("S2", "FLAT", Decimal("0.04"), ""),
    ]


def test_lower_tolerance_without_its_sign_is_no_limit():
    found = read_table(AXES.replace("-0.0200", " 0.0200"))
    assert items(found)["BORE"] == (Decimal("0.5"), None, None, "in")
    assert found.problems == (
        "The lower tolerances of 1 characteristics (BORE) carry no minus sign: whether they lie below or above the "
        "nominal is not said. Decide by the drawing.",
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (AXES.replace("0.5150", "NaN"), "line 6: NaN is not a finite number"),
        (
            AXES.replace("     0.0100    -0.0200     0.5150     0.0150     0.0050", " 0.0150"),
            "deviations alone",
        ),
        ("Characteristic;Nominal;LSL;USL;S1\n", "a head and no rows"),
        (WIDE.replace("10,1", "=1+1"), "line 2"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_line(text, words):
    with pytest.raises(FileNotReadable, match=words):
        read_table(text)


def test_other_text_is_no_table():
    assert read_table("G0 X10\nM30\n") is None
    with pytest.raises(FileNotReadable, match="none of the result files known here"):
        read_results(b"G0 X10\nM30\n")


@pytest.mark.parametrize(("sample", "count"), [("01", 27), ("02", 27), ("20", 27)])
def test_layouts_of_the_real_inspection_agree(shared_data, sample, count):
    folder = shared_data / "cmm-exports"
    axes, listed, wide = (
        read_results((folder / name).read_bytes())
        for name in (
            f"cover_sample{sample}_axis_table.txt",
            f"cover_sample{sample}_chr.txt",
            "cover_all_samples_wide_semicolon.csv",
        )
    )
    assert [kind for kind, _ in (axes, listed, wide)] == ["table"] * 3
    of_axes, of_list = ({name: value for _, name, value, _ in values(each)} for _, each in (axes, listed))
    of_wide = {name: value for label, name, value, _ in values(wide[1]) if label == f"S{sample}"}
    assert len(of_axes) == count
    assert of_axes == of_list
    # the wide table shows what the axis table rounds to four digits
    assert {name: round(value, 4) for name, value in of_wide.items()} == of_axes
