"""Results no head stands over: told by their names and by the look of what stands beside them."""

import pytest

from tests.documents.reading.test_told_results import rows


def table(*lines: str) -> list[tuple[float, float, str]]:
    """Return the cells of some lines, a bar between two columns."""
    places = (0.05, 0.3, 0.42, 0.54, 0.66, 0.82)
    return [
        (places[column], 0.3 + 0.02 * row, words)
        for row, line in enumerate(lines)
        for column, words in enumerate(line.split("|"))
        if words
    ]


@pytest.mark.parametrize(
    ("line", "row"),
    [
        ("THICKNESS (µm)|MIN 8|MAX 13|ACTUAL 10", ("THICKNESS", "10", "µm", "8", "13")),
        ("Coating thickness|11 µm|allowed 8 to 13 µm", ("Coating thickness", "11", "μm", "8", "13")),
        ("Tensile strength|985 MPa|(895 min)", ("Tensile strength", "985", "MPa", "895", "")),
        ("Hardness|40 - 47|44|HRC", ("Hardness", "44", "HRC", "40", "47")),
    ],
)
def test_a_figure_alone_among_limits_and_units_is_the_result(line, row):
    assert rows(*table(line)) == [row]


@pytest.mark.parametrize(
    "line",
    [
        # two figures, and nothing says which is the result
        "Hardness|44|45|HRC",
        "Hardness|3 of 3 pieces|HRC",
        "Hardness|3",
        # so many were looked at, and what was found stands beside it
        "Coating thickness, 5 pieces|min 0.047 mm, avg 0.050 mm, max 0.053 mm",
        "Schichtdicke, 5 Teile|min 47 µm, max 53 µm",
        # a letter is an element only among others
        "C|0.04|(0.07 max)",
        "Part|4711|C|2",
    ],
)
def test_what_may_be_something_else_is_no_result(line):
    assert rows(*table(line)) == []


def test_an_analysis_and_a_tensile_test_stand_side_by_side():
    found = rows(
        *table(
            "C|0.039|(0.07 max)|Tensile|212.0 ksi|(190 min)",
            "Mn|0.64|(1.0 max)|Elongation|10.7 %|(10 min)",
            "Cr|16.40|(15 - 17)",
        )
    )
    assert found == [
        ("C", "0.039", "%", "", "0.07"),
        ("Tensile", "212.0", "ksi", "190", ""),
        ("Mn", "0.64", "%", "", "1.0"),
        ("Elongation", "10.7", "%", "10", ""),
        ("Cr", "16.40", "%", "15", "17"),
    ]


@pytest.mark.parametrize(
    ("words", "row"),
    [
        ("Gemessen wurde: Schichtdicke 0,0007 in (gefordert 0,0004 bis 0,0010 in).",
         ("Schichtdicke", "0.0007", "in", "0.0004", "0.0010")),
        ("On three of the pieces the hardness was found to be 44 HRC, which meets 40 to 47 HRC.",
         ("hardness", "44", "HRC", "", "")),
    ],
)  # fmt: skip
def test_a_result_is_told_inside_a_sentence(words, row):
    assert rows((0.1, 0.3, words)) == [row]


@pytest.mark.parametrize(
    "words", ["The specification requires a hardness of 40 HRC.", "Parts reach a hardness of 40 HRC min."]
)
def test_what_a_sentence_asks_for_is_no_result(words):
    assert rows((0.1, 0.3, words)) == []


def test_a_result_is_told_in_a_column_beside_another():
    assert rows(
        (0.4, 0.30, "Coating thickness"),
        (0.1, 0.316, "CERTIFICATE"),
        (0.1, 0.332, "RA-10814"),
        (0.4, 0.332, "Specified 8 - 13 µm"),
        (0.4, 0.348, "Achieved 10 µm"),
    ) == [("Coating thickness", "10", "μm", "8", "13")]


@pytest.mark.parametrize(
    ("line", "row"),
    [
        ("Thickness, µm|LSL 8|USL 13|Mean 10|n = 5", ("Thickness", "10", "µm", "8", "13")),
        ("Tensile strength 203 ksi (190 min)", ("Tensile strength", "203", "ksi", "190", "")),
        ("TEST: HARDNESS|MIN: 40|MAX: 47|RESULT: 44|UOM: HRC", ("HARDNESS", "44", "HRC", "40", "47")),
    ],
)
def test_words_before_each_figure_say_what_it_is(line, row):
    assert rows(*table(line)) == [row]
