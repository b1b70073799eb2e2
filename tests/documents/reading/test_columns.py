"""Tables of results told by their heads: which column holds the result, and tables beside tables."""

import pytest

from tests.documents.reading.test_told_results import rows


def table(*lines: str, at: float = 0.3) -> list[tuple[float, float, str]]:
    """Return the cells of some lines, a bar between two columns."""
    places = (0.05, 0.2, 0.32, 0.46, 0.6, 0.7, 0.8, 0.9)
    return [
        (places[column], at + 0.02 * row, words)
        for row, line in enumerate(lines)
        for column, words in enumerate(line.split("|"))
        if words
    ]


@pytest.mark.parametrize(
    ("head", "line"),
    [
        ("Test|Required|Obtained (avg. of 3)|Readings", "Hardness|40 - 47 HRC|44 HRC|3 of 3 pieces"),
        ("Test|Required|Readings|Mean of 3 readings", "Hardness|40 - 47 HRC|5|44 HRC"),
        ("Group|Property|Requirement|Result|Count", "Mechanical|Hardness|40 - 47 HRC|44 HRC|3"),
        ("Ensayo|Propiedad|Requisito|Valor|Lecturas", "Tracción|Hardness|40 - 47 HRC|44 HRC|3"),
    ],
)
def test_how_many_readings_there_were_is_no_result(head, line):
    assert rows(*table(head, line)) == [("Hardness", "44", "HRC", "40", "47")]


def test_two_tables_stand_side_by_side():
    found = rows(*table("Element|Min|Max|Ist|Element|Min|Max|Ist", "C|-|0,070|0,035|Cr|15,00|17,00|15,83"))
    assert [row[:2] + row[3:] for row in found] == [
        ("C", "0.035", "", "0.070"),
        ("Cr", "15.83", "15.00", "17.00"),
    ]


@pytest.mark.parametrize(
    "head", ["Kennwert|Einheit|Min|Probe 1", "Test|Units|Min|Cast analysis / test result"]
)
def test_the_result_stands_under_its_specimen_or_under_half_a_head(head):
    assert rows(*table(head, "Hardness|HRC|40|44")) == [("Hardness", "44", "HRC", "40", "")]
