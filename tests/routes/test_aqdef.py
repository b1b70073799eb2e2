"""AQDEF: fields and lines of values, whole files and pairs, and what is never guessed about them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.intake.unreadable import FileNotReadable
from routes.formats.aqdef import read_aqdef
from routes.formats.result_files import encoding_of, read_results, with_description

SI, DC4 = "\x0f", "\x14"
HEAD = """K0100 3
K1001 P-1
K1002 Cover
K2001/1 BORE
K2101/1 10
K2112/1 -0.1
K2113/1 0.2
K2142/1 mm
K2001/2 FLAT
K2101/2 0
K2110/2 0
K2111/2 0.05
K2120/2 2
K2142/2 mm
K2001/3 FINISH
K2004/3 1
"""


def line(*cells: tuple[str, ...]) -> str:
    return SI.join(DC4.join(cell) for cell in cells)


FULL = line(
    ("10.05", "0", "01.02.2026/10:00:00", "", "#B-7", "1", "4", "12", "", "9"),
    ("0.031",),
    ("5", "1"),
)


def values(document) -> list[tuple]:
    return [(s.label, v.name, v.value, v.stated_status) for s in document.samples for v in s.values]


def items(document) -> dict[str, tuple]:
    return {i.name: (i.nominal, i.lower, i.upper, i.unit, i.balloon) for i in document.characteristics}


def test_lines_of_values_and_limits_of_every_kind():
    found = read_aqdef(
        f"{HEAD}{FULL}\nK0014/0 SN-1\n{line(('10.30', '255'), ('0.06', '0'), ('5', '0'))}\nK0014/0 SN-2\n"
    )
    assert items(found) == {
        "BORE": (Decimal(10), Decimal("9.9"), Decimal("10.2"), "mm", "BORE"),
        "FLAT": (None, None, Decimal("0.05"), "mm", "FLAT"),
        "FINISH": (None, None, None, "", "FINISH"),
    }
    assert values(found) == [
        ("SN-1", "BORE", Decimal("10.05"), ""),
        ("SN-1", "FLAT", Decimal("0.031"), ""),
        ("SN-1", "FINISH", None, "1 of 5 faulty"),
        ("SN-2", "BORE", None, "not valid (255)"),
        ("SN-2", "FLAT", Decimal("0.06"), ""),
        ("SN-2", "FINISH", None, "0 of 5 faulty"),
    ]
    assert found.notes == ("The file names batch B-7; operator 4; machine 12; gauge 9.",)
    assert found.problems == (
        "1 values are marked as not valid by the measuring program (K0002: 255 (1)). They are not taken over.",
        "1 characteristics count faulty pieces of a sample instead of measuring them (K2004). Enter what they say by "
        "hand.",
    )
    assert (found.parts[0].number, found.facts["value_lines"], found.facts["K0100"]) == ("P-1", 2, 3)


TWO = "K0100 2\nK1001/1 P-1\nK2001/1 BORE\nK2001/2 LENGTH\n"


def fields(*rows: tuple[int, str, str]) -> str:
    return "".join(f"K0001/{n} {value}\n{f'K0004/{n} {at}' if at else ''}\n" for n, value, at in rows)


def test_fields_of_equal_number_belong_together_by_their_place():
    found = read_aqdef(TWO + fields((1, "10", ""), (2, "80", ""), (1, "11", ""), (2, "81", "")))
    assert [[v.value for v in s.values] for s in found.samples] == [[10, 80], [11, 81]]
    assert found.problems == ()


def test_fields_of_different_number_belong_together_by_their_time_only():
    rows = fields((1, "10", "t1"), (1, "11", "t2"), (2, "81", "t2"))
    assert [[v.value for v in s.values] for s in read_aqdef(TWO + rows).samples] == [[10], [11, 81]]
    alone = read_aqdef(TWO + fields((1, "10", ""), (1, "11", ""), (2, "81", "")))
    assert [[v.value for v in s.values] for s in alone.samples] == [[10], [11], [81]]
    assert [sentence[:50] for sentence in alone.problems] == [
        "Some characteristics have more values than others,"
    ]


def test_serial_carried_as_a_dimension_is_told_apart():
    text = "K0100 2\nK2001/1 Part Number\nK2001/2 BORE\n" + line(("7",), ("10.1",)) + "\n"
    found = read_aqdef(text)
    assert [(i.name, i.is_pseudo_dimension) for i in found.characteristics] == [
        ("Part Number", True),
        ("BORE", False),
    ]
    assert [s.label for s in found.samples] == ["7"]


def test_several_parts_keep_their_samples_apart():
    text = "K1001/1 A\nK2001/1 D\nK0001/1 1\nK1001/2 B\nK2001/2 D\nK0001/2 2\n"
    found = read_aqdef(text)
    assert [(s.part, [v.value for v in s.values]) for s in found.samples] == [("A", [1]), ("B", [2])]
    assert [(i.part, i.name, i.occurrence) for i in found.characteristics] == [("A", "D", 1), ("B", "D", 1)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("10.1\x0f11\n", "values of AQDEF without their description"),
        ("K0100 1\n10.1\x0f11\n", "no characteristic is described before it"),
        ("K0100 1\nK2001/1 D\n10.1\x0f11\n", "holds 2 values, and 1 characteristics are described"),
        ("K0100 1\nK2001/1 D\nhello\n", "neither a K field nor a line of values: “hello”"),
        ("K0100 1\nK2001/1 D\nK0001/1 nan\n", "nan is not a finite number"),
        ("K0100 1\nK2001/1 D\n1.5\n1,6\n", "with a decimal comma .* and with a decimal point"),
        ("K0100 1\nK1001 P\n", "describes no characteristic"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(text, words):
    with pytest.raises(FileNotReadable, match=words):
        read_results(text.encode())


def test_what_reads_oddly_is_named():
    text = "K0100 3\nK2001/1 A\nK2101/1 10\nK2110/1 9\nK2112/1 -0.5\nK2001/2 B\nK2110/2 5\nK2111/2 4\n"
    assert read_aqdef(text).problems == (
        "The lower limit of A is stated as 9; its nominal and allowance make 9.5. Decide it by the drawing.",
        "The limits of B read reversed: lower 5, upper 4. Decide them by the drawing.",
        "The file announces 3 characteristics (K0100) and describes 2: it may be cut off. Export it again, or see that "
        "nothing is missing.",
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_every_encoding_is_read(encoding):
    text = "K0100 1\nK2001/1 Länge\nK2142/1 mm\n10.5\n"
    kind, found = read_results(text.encode(encoding))
    assert (kind, found.characteristics[0].name, values(found)) == (
        "AQDEF",
        "Länge",
        [("", "Länge", Decimal("10.5"), "")],
    )
    assert found.facts["encoding"] == encoding.removesuffix("-sig")
    assert encoding_of("Länge".encode(encoding)) == encoding.removesuffix("-sig")


def test_pair_is_read_as_one_file():
    description, own = HEAD.encode(), f"{FULL}\n".encode()
    assert read_results(with_description(description, own))[1] == read_aqdef(HEAD + FULL, encoding="utf-8")
    with pytest.raises(FileNotReadable, match="The description is no AQDEF file"):
        with_description(own, description)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="K012345/ .,-#\n\x0f\x14é", max_size=80))
def test_no_text_breaks_the_reader(text):
    try:
        read_aqdef(TWO + text)
    except FileNotReadable as refusal:
        assert refusal.sentence.endswith(".")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)), min_size=1, max_size=8))
def test_values_come_back_as_they_were_written(rows):
    lines = "".join(f"{line((f'{a}e-3',), (f'{b}e-3',))}\n" for a, b in rows)
    found = read_aqdef(TWO + lines)
    assert [[v.value for v in s.values] for s in found.samples] == [
        [Decimal(a).scaleb(-3), Decimal(b).scaleb(-3)] for a, b in rows
    ]
