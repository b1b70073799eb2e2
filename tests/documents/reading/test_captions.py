"""Captions told by their stems, the side of their values they stand on, and addresses in several lines."""

import pytest

from documents.formats.certificate_reading import read_pages
from documents.formats.reading.captions import key_of_caption
from documents.formats.reading.days import find_days
from documents.formats.reading.stems import key_by_stems
from portal.intake.words import PageWords, Word


def page(*lines: tuple[float, float, str]) -> PageWords:
    """Return a page with words at (left, top); letters are as wide as half their height, a page is 600 by 800."""
    words = []
    for left, top, text in lines:
        for word in text.split():
            wide = len(word) * 0.008
            words.append(Word(word, left, top, left + wide, top + 0.012))
            left += wide + 0.006
    return PageWords(number=1, width=600, height=800, words=words)


def read(*lines, country="DE") -> dict[str, str]:
    return {field.key: field.value for field in reversed(read_pages([page(*lines)], country=country).found)}


@pytest.mark.parametrize(
    ("caption", "key"),
    [
        ("Nr. der Bescheinigung", "stated_number"),
        ("Class (per spec)", "spec_class"),
        ("Date Certified", "stated_on"),
        ("Change Letter", "part_revision"),
        ("Rev. de la norma", "spec_revision"),
        ("Beendet am: Bearbeitung", "process_to"),
        ("Certificado según EN 10204", "certificate_type"),
        ("Our Order No.", ""),
        ("Heat Treatment", ""),
        ("Quality Manager", ""),
        ("Type II", ""),
        ("Form Rev.", ""),
        ("We certify that the parts conform", ""),
        ("Lot 4711 of 2026", ""),
    ],
)
def test_a_caption_is_told_by_its_stems(caption, key):
    assert key_by_stems(caption, has_colon=key == "spec_class") == key


def test_one_stem_is_enough_only_before_a_colon():
    assert (key_by_stems("Temper", has_colon=True), key_by_stems("Temper", has_colon=False)) == (
        "condition",
        "",
    )


def test_two_captions_in_one_cell_are_left_as_they_are():
    assert key_of_caption("Part No. / Lot No.")[0] == ""
    assert key_of_caption("Producto xyz / Part No.")[0] == "part_number"


ROWS = (
    (0.1, "AB-12345", "Certificate No."),
    (0.2, "P-000123", "Purchase Order"),
    (0.3, "4711-22", "Part No."),
)


def test_captions_below_their_values_are_seen_to_stand_there():
    lines = [(0.1, top, value) for top, value, _ in ROWS] + [(0.1, top + 0.02, said) for top, _, said in ROWS]
    found = read(*lines)
    assert (found["stated_number"], found["po_number"], found["part_number"]) == (
        "AB-12345",
        "P-000123",
        "4711-22",
    )


def test_captions_above_their_values_are_read_as_well():
    lines = [(0.1, top, said) for top, _, said in ROWS] + [(0.1, top + 0.02, value) for top, value, _ in ROWS]
    found = read(*lines)
    assert (found["stated_number"], found["po_number"], found["part_number"]) == (
        "AB-12345",
        "P-000123",
        "4711-22",
    )


def test_dots_that_lead_to_a_value_are_no_words():
    assert read((0.1, 0.1, "Purchase Order ............ P-000123"))["po_number"] == "P-000123"


def test_an_address_in_three_lines_below_its_maker_is_one():
    found = read(
        (0.1, 0.30, "Manufacturer"),
        (0.1, 0.32, "Steel Mill SE"),
        (0.1, 0.34, "Stahlstrasse 1"),
        (0.1, 0.36, "Linz 4040, AT"),
    )
    assert (found["site_address"], found["issuer_name"]) == ("Stahlstrasse 1, 4040 Linz, AT", "Steel Mill SE")


def test_the_address_of_a_customer_is_not_that_of_the_site():
    found = read(
        (0.1, 0.30, "Customer"),
        (0.1, 0.32, "Bike Parts AG"),
        (0.1, 0.34, "Handelsgasse 1"),
        (0.1, 0.36, "10115 Berlin"),
    )
    assert "site_address" not in found


def test_a_stretch_of_days_is_two_days():
    assert [day for *_, day, _ in find_days("07.04.2026 - 08.04.2026", country="DE")] == [
        "2026-04-07",
        "2026-04-08",
    ]


def test_a_value_that_runs_into_the_next_column_is_not_read_there():
    lines = ((0.1, 0.2, "LOCATION"), (0.36, 0.2, "PURCHASE ORDER NO."), (0.7, 0.2, "PART NO."))
    values = ((0.1, 0.22, "1180 Industry Park Road, KS 67213 P-873654"), (0.7, 0.22, "4595-278"))
    # the number of the order begins where its caption does
    assert read(*lines, *values, country="US")["po_number"] == "P-873654"


def test_a_label_at_the_end_of_a_line_belongs_to_the_next_one():
    found = read(
        (0.1, 0.2, "Por la presente certificamos que 50 piezas con número de parte 1036-449 del lote"),
        (0.1, 0.215, "T-004856 (pedido P-351695) fueron tratadas."),
        country="MX",
    )
    assert found["lot_number"] == "T-004856"
