"""Words that look like a value and stand in a place that can be none; and values that stand in unusual places."""

import pytest

from documents.formats.certificate_reading import read_pages
from tests.documents.reading.test_captions import page, read


def every(key: str, *lines) -> list[str]:
    return [each.value for each in read_pages([page(*lines)], country="US").of(key)]


def line(*words: str, at: float = 0.3, step: float = 0.2) -> tuple[tuple[float, float, str], ...]:
    return tuple((0.05 + step * place, at, each) for place, each in enumerate(words))


@pytest.mark.parametrize(
    "words",
    [
        ("TYPE", "[ ] TYPE I", "[X] TYPE II", "[ ] TYPE III"),
        ("TYPE", "☐ TYPE I", "☑ TYPE II", "☐ TYPE III"),
        ("TYPE", "[ ] I  [X] II  [ ] III"),
        ("TYPE", "TYPE I ☐", "TYPE II ☑", "TYPE III ☐"),
    ],
)
def test_what_stands_at_an_empty_box_is_not_said(words):
    assert every("spec_type", *line(*words)) == ["II"]


def test_where_no_box_is_ticked_nothing_is_said():
    assert every("spec_type", *line("TYPE", "[ ] TYPE I", "[ ] TYPE II")) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("AMS 2700 Rev G", "Type 1", "X Type 2", "Type 6"), ["2"]),
        (("Type I X", "Type II", "Type III"), ["II"]),
        (("Type I", "Type II", "Type III"), []),
        (("Type II", "Type II"), ["II"]),
        (("Certificate type 3.1", "Type II"), ["II"]),
    ],
)
def test_of_choices_in_drawn_boxes_only_the_crossed_one_is_said(words, said):
    assert sorted(set(every("spec_type", *line(*words)))) == said


def test_a_line_without_an_empty_box_keeps_its_signs():
    assert every("po_number", *line("Order", "P-4711", "[note]")) == ["P-4711"]


@pytest.mark.parametrize(
    ("words", "key"),
    [
        (("QA form 114, issue 3",), "spec_revision"),
        (("Formblatt 12, Ausgabe 4",), "spec_revision"),
        (("Heat treat load no. K6438",), "identifier"),
        (("A03", "B03", "Standard"), "stated_number"),
        (("类型 / 等级", "2级"), "spec_type"),
    ],
)
def test_no_value_is_taken_from_a_place_that_has_none(words, key):
    assert every(key, *line("Specification", "AMS 2770", at=0.2), *line(*words)) == []


@pytest.mark.parametrize(
    ("words", "key", "value"),
    [
        (("Specification and revision", "AMS 2700 F"), "spec_revision", "F"),
        (("Standard", "AMS 4027, P"), "spec_revision", "P"),
        (("Specification", "MIL-PRF-8625 Issue F Type III CL 1"), "spec_class", "1"),
        (("supplied in the H900 condition, to the order",), "condition", "H900"),
        (("Zeugnis RU-42081 vom 09.06.2026 zur Bestellung P-304307",), "stated_on", "2026-06-09"),
        (("Certificado de cumplimiento No. KL-43186",), "stated_number", "KL-43186"),
        (("Part number", "7782-462, Stand G"), "part_revision", "G"),
    ],
)
def test_a_value_is_read_where_houses_put_it(words, key, value):
    assert read(*line(*words, step=0.4))[key] == value


def test_how_many_pages_there_are_stands_at_the_edge_of_a_page():
    assert every("page_of", (0.5, 0.95, "1 of 3")) == ["1/3"]
    assert every("page_of", (0.5, 0.5, "1 of 3")) == []


def test_a_type_stands_beside_its_caption_among_captions_over_their_values():
    found = every(
        "spec_type",
        *line("Report No.", "Order", "Part no.", at=0.1),
        *line("GS-67592", "P-547338", "5454-391", at=0.12),
        *line("Batch", "Quantity", "Date", at=0.15),
        *line("T-008384", "48", "2026-07-21", at=0.17),
        *line("Inspection standard", "ASTM E1417-21", at=0.2, step=0.4),
        *line("Type", "1", at=0.22, step=0.4),
        *line("Written technique", "PT/144", at=0.24, step=0.4),
    )
    assert found[:1] == ["1"]


def test_words_in_capitals_at_the_foot_are_no_signature():
    assert every("signed_name", *line("NO MERCURY", "NO WELD REPAIR", at=0.9)) == []


def test_labels_in_a_column_are_no_statement():
    labels = (
        "No. de parte/ Part #",
        "Lote/ Customer Lot",
        "Piezas/ Qty Certified",
        "Norma aplicable/ Spec No.",
    )
    assert every("statement", *((0.1, 0.2 + 0.015 * row, each) for row, each in enumerate(labels))) == []


@pytest.mark.parametrize(
    ("words", "key", "value"),
    [
        (
            "1. This statement has the number KR-59958 and was made on 2026-05-26.",
            "stated_number",
            "KR-59958",
        ),
        ("1. This statement has the number KR-59958 and was made on 2026-05-26.", "stated_on", "2026-05-26"),
        ("For Harrow Alloys: Fiona Marsh, Chief Inspector", "signed_name", "Fiona Marsh"),
        ("# BS-63792", "stated_number", "BS-63792"),
    ],
)
def test_a_sentence_says_what_no_label_does(words, key, value):
    assert read((0.1, 0.7, words))[key] == value


def test_pieces_in_and_out_are_no_pages():
    found = read((0.1, 0.3, "Qty In/Out:"), (0.4, 0.3, "250 / 248"))
    assert (found["quantity"], "page_of" in found) == ("248", False)
