"""Results told in words, and the tables whose names stand behind a code."""

import pytest

from documents.formats.certificate_reading import read_pages
from documents.formats.reading.properties import role_in_a_sentence
from tests.documents.reading.test_captions import page, read

HEAD = ((0.1, 0.10, "Order P-123456"), (0.1, 0.12, "Part 4711-3"))


def rows(*lines) -> list[tuple[str, ...]]:
    return [
        (row.property_name, row.value, row.unit, row.minimum, row.maximum)
        for row in read_pages([page(*HEAD, *lines)], country="DE").rows
    ]


@pytest.mark.parametrize(
    ("lines", "row"),
    [
        (((0.1, 0.3, "Hardness (HRC)"), (0.1, 0.315, "Required 40 to 47"), (0.4, 0.315, "Obtained 45")),
         ("Hardness", "45", "HRC", "40", "47")),
        (((0.1, 0.3, "Härte [HRC]"), (0.1, 0.315, "Soll 40 .. 47"), (0.1, 0.33, "Einzelwerte 43 44 45"),
          (0.1, 0.345, "Mittelwert 44")), ("Härte", "44", "HRC", "40", "47")),
        (((0.1, 0.3, "Dureza: se obtuvo 45 HRC; se exige de 40 a 47 HRC."),), ("Dureza", "45", "HRC", "40", "47")),
        (((0.1, 0.3, "Hardness: 40 - 47 HRC; 实测 measured 45 HRC"),), ("Hardness", "45", "HRC", "40", "47")),
        (((0.1, 0.3, "Tensile strength: required min. 190 ksi, measured 203.5 ksi"),),
         ("Tensile strength", "203.5", "ksi", "190", "")),
    ],
)  # fmt: skip
def test_a_result_is_told_by_the_words_before_its_figures(lines, row):
    assert rows(*lines) == [row]


@pytest.mark.parametrize(
    "lines",
    [
        ((0.1, 0.3, "Hardness: measured to ASTM E18, required by the order"),),
        ((0.1, 0.3, "Hardness (HRC)"), (0.1, 0.315, "Pieces 3")),
        # too far below to belong to the name
        ((0.1, 0.3, "Hardness (HRC)"), (0.1, 0.5, "Obtained 45")),
        ((0.1, 0.3, "Hardness (HRC)"), (0.1, 0.315, "Readings 43 44 45")),
    ],
)
def test_a_figure_no_word_leads_is_no_result(lines):
    assert rows(*lines) == []


def test_words_lead_a_value_a_limit_or_single_readings():
    assert [role_in_a_sentence(word) for word in ("Obtained", "Soll", "Einzelwerte", "order")] == [
        "value", "limits", "other", "",
    ]  # fmt: skip


def test_names_stand_under_the_title_behind_a_code():
    places = (0.1, 0.16, 0.4, 0.5, 0.6, 0.7)
    head = zip(places, ("C10", "Zugversuch", "Min.", "Max.", "Ist", "Einheit"), strict=True)
    line = zip(places[1:], ("Tensile strength", "190", "210", "203", "ksi"), strict=True)
    assert rows(*((x, 0.3, word) for x, word in head), *((x, 0.32, word) for x, word in line)) == [
        ("Tensile strength", "203", "ksi", "190", "210")
    ]


def test_what_stands_below_a_table_of_elements_is_no_part_of_it():
    places = (0.1, 0.3, 0.4, 0.5, 0.6)
    table = [
        *((x, 0.3, word) for x, word in zip(places[1:], ("Si", "Fe", "Cu", "Mn"), strict=True)),
        *(
            (x, 0.32, word)
            for x, word in zip(places, ("Actual", "0.66", "0.37", "0.26", "0.11"), strict=True)
        ),
    ]
    found = read_pages(
        [page(*HEAD, *table, (0.1, 0.36, "The values are given for guidance only and bind nobody."))]
    )
    assert len(found.rows) == 4
    assert found.first("statement").words.startswith("The values are given")


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("Nr. HF-40967 vom 03.07.2026", "2026-07-03"),
        ("vom 03.07.2026", "2026-07-03"),
        ("Ihre Bestellung P-491699 vom 03.07.2026", None),
    ],
)
def test_the_day_behind_the_number_of_a_paper_is_its_day(words, day):
    found = read((0.1, 0.1, "Werksbescheinigung"), (0.1, 0.12, words))
    assert found.get("stated_on") == day


def test_type_and_class_are_read_out_of_one_cell():
    found = read(
        (0.1, 0.1, "Specification: MIL-DTL-5541"), (0.1, 0.2, "Type/Class:"), (0.3, 0.2, "Type II Class 3")
    )
    assert (found["spec_type"], found["spec_class"]) == ("II", "3")


def test_the_latin_half_says_what_a_sign_of_two_meanings_stands_for():
    found = read((0.1, 0.1, "Spec. ASTM E1417"), (0.1, 0.2, "类别 Type"), (0.1, 0.22, "2"), country="CN")
    assert found.get("spec_type") == "2"


def test_the_least_and_the_greatest_may_run_together_in_a_head():
    head = ((0.1, "Kennwert"), (0.4, "Mindestwert/Min. Höchstwert/Max."), (0.7, "Istwert"), (0.8, "Einheit"))
    line = ((0.1, "Fe"), (0.53, "0.70"), (0.7, "0.30"), (0.8, "%"))
    table = [*((x, 0.3, word) for x, word in head), *((x, 0.32, word) for x, word in line)]
    assert rows(*table) == [("Fe", "0.30", "%", "", "0.70")]
