"""What the record expects, looked for on a page where no label tells: found only where it can mean nothing else."""

from decimal import Decimal

import pytest

from documents.domain.expected_words import expected_alone, expected_on_page, twin_on_page
from documents.domain.key_sources import Sources, weigh
from documents.domain.result_limits import Limit, compare_results
from documents.formats.conforming import says_conforming
from documents.formats.paper import Box, ReadField, Reading, ReadLine, ReadRow


def page(*lines: str) -> Reading:
    return Reading(lines=tuple(ReadLine(words, 1, row) for row, words in enumerate(lines)))


@pytest.mark.parametrize(
    ("field", "wanted", "words", "found"),
    [
        ("po_number", "P-000041", "against P 000041/2 of May", "P 000041"),
        ("po_number", "P-000041", "against P-0000412", None),
        ("part_number", "4711-22", "Bracket 4711-22, 48 off", "4711-22"),
        ("part_number", "4711-22", "Bracket 4711-22-1", None),
        ("spec_number", "AMS 2759", "per AMS 2759/3", None),
        ("spec_number", "AMS 2759/3", "per AMS2759/3", "AMS2759/3"),
        ("quantity", "1250", "1,250 pcs were treated", "1,250 pcs"),
        ("quantity", "1250", "box 1250", None),
        ("condition", "T651", "6061-T651 plate", "T651"),
        ("condition", "T6", "6061-T651 plate", None),
        ("condition", "F", "F", None),
    ],
)
def test_a_number_is_found_whole_or_not_at_all(field, wanted, words, found):
    seen = expected_on_page(page("Certificate", words), field, wanted)
    assert (seen.words if seen else None) == found


@pytest.mark.parametrize(
    ("field", "wanted", "lines", "is_found"),
    [
        ("spec_revision", "F", ("MIL-PRF-8625 Rev F",), True),
        ("spec_revision", "F", ("MIL-PRF-8625", "Part 12 Rev. G"), False),
        ("spec_revision", "F", ("Rev F",), False),
        ("spec_type", "II", ("MIL-PRF-8625 F Type 2",), True),
        ("spec_type", "II", ("MIL-PRF-8625 F Type III",), False),
        ("spec_class", "1A", ("MIL-PRF-8625, Class 1A",), True),
        ("spec_class", "1", ("MIL-PRF-8625, Class 1A",), False),
    ],
)
def test_a_letter_is_found_behind_the_number_it_belongs_to(field, wanted, lines, is_found):
    seen = expected_on_page(page(*lines), field, wanted, owners=("MIL-PRF-8625",))
    assert (seen is not None) == is_found


def test_a_site_is_found_by_all_its_words_on_two_lines():
    reading = page("Harrow Alloys", "Sheffield works")
    assert expected_on_page(reading, "site", "Harrow Alloys, Sheffield").words == "Harrow Alloys"
    assert expected_on_page(reading, "site", "Harrow Alloys, Rotherham") is None


@pytest.mark.parametrize(
    ("label", "verdict", "asks"),
    [("", "match", False), ("Your order", "mismatch", True)],
)
def test_what_a_label_says_against_the_record_is_never_hidden(label, verdict, asks):
    other = ReadField("po_number", "P-000099", "P-000099", 1, None, label=label)
    reading = Reading(found=(other,), lines=(ReadLine("Ref. P-000041", 1, 3),))
    key = weigh(
        Sources("C-1", "lot T-1", reading), key="order", field="po_number", typed="", wanted="P-000041"
    )
    # both stand on the page: a person says which of them is the order
    assert (key.verdict, key.read, key.asks, key.stops) == (verdict, "P-000041", asks, False)
    assert ("P-000099" in key.sentence) is asks


def revisions(*found: tuple[str, str, str]):
    fields = tuple(
        ReadField("spec_revision", words, value, 1, None, label=label) for words, value, label in found
    )
    sources = Sources("C-1", "lot T-1", Reading(found=fields), owners={"spec_revision": ("AMS 2770",)})
    return weigh(sources, key="revision", field="spec_revision", typed="", wanted="R")


def test_a_revision_at_its_own_number_counts_before_one_of_a_form():
    form, ours = ("3", "3", "issue"), ("AMS 2770 Revision R", "R", "")
    assert revisions(form, ours).verdict == "match"
    assert revisions(form, ("AMS 2770 Revision S", "S", ""), ("R", "R", "Rev")).stops
    both = revisions(form, ("R", "R", "Rev"))
    assert (both.asks, both.read) == (True, "R")
    assert revisions(form).stops


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Die Lieferung entspricht der handelsüblichen Güte.", False),
        ("The parts conform to good commercial practice.", False),
        ("The parts were processed in compliance with the order.", True),
        ("Die Teile sind konform zur Norm.", True),
        ("El trabajo es conforme con la norma.", True),
        ("产品符合标准要求。", True),
        ("Certificate of Conformity", False),
        ("Quality system certified to ISO 9001:2015.", False),
        ("MATERIAL MEETS: AMS 4027", False),
        ("产品合格证", False),
        ("The goods left in good order.", False),
        ("This certifies that the articles were received and returned.", False),
        ("This certifies that the articles received were heat treated to AMS 2770.", True),
        ("Wir bescheinigen, dass wir die Teile erhalten haben.", False),
        ("Wir bescheinigen, dass die gelieferten Teile nach AMS 2700 passiviert wurden.", True),
        ("Certificamos que las piezas fueron recibidas.", False),
        ("Certificamos que las piezas entregadas fueron procesadas según AMS 2404.", True),
    ],
)
def test_conformity_is_told_from_titles_and_from_the_house(text, says):
    assert says_conforming(text) is says


@pytest.mark.parametrize(
    ("name", "value", "unit", "verdict"),
    [
        ("Rm", "900", "MPa", "match"),
        ("Rm", "900", "ksi", "mismatch"),
        ("Tensile strength", "131", "ksi", "normalised"),
        ("Zugfestigkeit", "880", "MPa", "mismatch"),
    ],
)
def test_a_figure_that_fits_only_in_the_other_unit_is_asked_about(name, value, unit, verdict):
    limit = Limit("Tensile strength", "MPa", Decimal("895"), None, "order", "mechanical")
    (key,) = compare_results([ReadRow("tensile", name, value, unit)], [limit])
    assert key.verdict == verdict


def test_a_figure_far_from_its_limits_is_asked_about():
    limit = Limit("Hardness", "HRC", Decimal(40), Decimal(47), "order", "hardness")

    def judged(value: str, *typed: str):
        keys = compare_results([ReadRow("hardness", "Hardness", value, "HRC")], [limit], typed=typed)
        return [(key.stops, key.asks) for key in keys]

    assert [judged(value) for value in ("44", "38", "3")] == [
        [(False, False)],
        [(True, False)],
        [(False, True)],
    ]
    # whoever types the result answers it; a plain failure stays one
    assert (judged("3", "Hardness"), judged("38", "Hardness")) == ([], [(True, False)])


def test_the_name_of_the_test_before_a_property_is_looked_past():
    limit = Limit("Elongation", "%", Decimal(10), None, "order", "tensile")
    (key,) = compare_results([ReadRow("tensile", "Tracción Alargamiento", "11", "%")], [limit])
    assert key.verdict == "match"


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (("Bracket 4711-223, 48 off",), "4711-223"),
        (("Bracket 4711-223", "Cover 4711-224"), None),
        # begins as ours does, but not for half of it
        (("Bracket 4719-822",), None),
        (("Bracket 9711-222",), None),
        (("Bracket 4711-223-1",), None),
        (("Bracket 14711-223",), None),
    ],
)
def test_a_number_of_the_same_build_says_that_the_paper_is_for_another_part(lines, found):
    twin = twin_on_page(page(*lines), "part_number", "4711-222")
    assert (twin and twin.value) == found


def test_a_number_read_as_another_thing_is_no_twin():
    other = ReadField("stated_number", "4711-223", "4711-223", 1, None)
    reading = Reading(found=(other,), lines=page("No. 4711-223").lines)
    assert twin_on_page(reading, "part_number", "4711-222") is None


def alone(words: str, field: str, wanted: str, **facts):
    box = Box(0.1, 0.1, 0.2, 0.12)
    reading = Reading(lines=(ReadLine(words, 1, 0, box),), **facts)
    found = expected_alone(reading, field, wanted)
    return found.words if found else ""


def test_a_letter_in_a_cell_of_its_own_tells_where_to_look():
    assert alone("Zustandsbuchstabe: D", "part_revision", "D") == "D"
    assert alone("III", "spec_type", "3") == "III"
    assert (alone("E", "part_revision", "D"), alone("D E", "part_revision", "D")) == ("", "")
    assert alone("P-000123", "po_number", "P-000123") == ""


def test_a_cell_read_as_another_thing_is_not_taken_for_what_is_expected():
    box = Box(0.1, 0.1, 0.2, 0.12)
    other = ReadField("spec_revision", "D", "D", 1, box)
    row = ReadRow("tensile", "Elongation", "9", page=1, box=Box(0.0, 0.05, 0.9, 0.2))
    assert alone("D", "part_revision", "D", found=(other,)) == ""
    assert alone("D", "spec_revision", "D", found=(other,)) == "D"
    assert alone("2", "spec_class", "2", rows=(row,)) == ""
