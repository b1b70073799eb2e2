"""Days, numbers, limits, specifications and serial numbers as papers write them."""

import pytest

from documents.formats.reading.days import read_day
from documents.formats.reading.languages import language_of
from documents.formats.reading.numbers import Limits, plain, read_limits, read_quantity, writes_comma
from documents.formats.reading.serials import read_serials
from documents.formats.reading.specifications import find_specifications
from documents.formats.reading.values import Place, read_value_of

EITHER = ("2026-04-03", "2026-03-04")


@pytest.mark.parametrize(
    ("text", "country", "language", "day", "ways"),
    [
        ("2026-03-14", "", "", "2026-03-14", ()),
        ("14. März 2026", "", "de", "2026-03-14", ()),
        ("14 de marzo de 2026", "", "es", "2026-03-14", ()),
        ("2026年3月14日", "", "zh", "2026-03-14", ()),
        ("March 4th, 2026", "", "en", "2026-03-04", ()),
        ("4-Mar-26", "", "en", "2026-03-04", ()),
        ("04.03.26", "", "en", "2026-03-04", ()),
        ("13/04/2026", "", "en", "2026-04-13", ()),
        ("03/04/26", "", "en", "", EITHER),
        ("03/04/26", "CA", "en", "", EITHER),
        ("03/04/26", "US", "en", "2026-03-04", ()),
        ("03/04/26", "GB", "en", "2026-04-03", ()),
        ("03/04/2026", "", "de", "2026-04-03", ()),
        ("04/04/26", "", "en", "2026-04-04", ()),
        ("31/02/2026", "", "en", "", ()),
        ("heat T935361", "", "en", "", ()),
    ],
)
def test_a_day_is_read_only_where_it_is_plain(text, country, language, day, ways):
    assert read_day(text, country=country, language=language) == (day, ways)


@pytest.mark.parametrize(
    ("text", "comma", "number"),
    [("0,05", None, "0.05"), ("1.234,5", None, "1234.5"), ("1,234.5", None, "1234.5"), ("1,234", None, "1234"),
     ("1,234", True, "1.234"), ("1.234", True, "1234"), ("1.234", None, "1.234"), (".5", None, "0.5"),
     ("−3", None, "-3"),
     ("1,234,567", None, "1234567"), ("", None, ""), ("n/a", None, "")],
)  # fmt: skip
def test_a_number_is_written_with_a_point(text, comma, number):
    assert plain(text, comma=comma) == number


def test_a_paper_tells_its_decimal_sign_by_numbers_without_doubt():
    assert [writes_comma("0,05 0,73 1.234"), writes_comma("0.05 1,234")] == [True, False]


@pytest.mark.parametrize(
    ("text", "limits"),
    [
        ("1.2-2.0", Limits("1.2", "2.0")),
        ("≤ 0.05", Limits("", "0.05")),
        ("min. 470", Limits("470", "")),
        ("44 HRC max", Limits("", "44", "HRC")),
        ("min 78.5 J max 90.6 J", Limits("78.5", "90.6", "J")),
        ("0,40 bis 0,50 mm", Limits("0.40", "0.50", "mm")),
        ("none", Limits()),
    ],
)
def test_limits_are_read_from_signs_and_words(text, limits):
    assert read_limits(text) == limits


@pytest.mark.parametrize(
    ("text", "pieces"),
    [("48 pcs", "48"), ("1,200", "1200"), ("1.200 Stück", "1200"), ("120 件", "120"), ("250 piezas", "250"),
     ("5000 kg", ""), ("12.5", ""), ("12 mm", ""), ("lot", "")],
)  # fmt: skip
def test_a_quantity_is_pieces_and_never_a_weight(text, pieces):
    assert read_quantity(text) == pieces


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("MIL-PRF-8625F Type II Class 2", ("MIL-PRF-8625", "F", "II", "2")),
        ("MIL-PRF-8625 rev F, type IIB, cl. 1", ("MIL-PRF-8625", "F", "IIB", "1")),
        ("AMS 2759/4C", ("AMS 2759/4", "C", "", "")),
        ("AMS 5643:W", ("AMS 5643", "W", "", "")),
        ("AMS-QQ-A-250/11", ("AMS-QQ-A-250/11", "", "", "")),
        ("ASTM B633-19 Type II SC2", ("ASTM B633", "19", "II", "SC2")),
        ("AMS 2700 Rev F, Method 1, Type 2, Class 2", ("AMS 2700", "F", "2", "2")),
        ("DIN EN ISO 898-1:2013", ("DIN EN ISO 898-1", "2013", "", "")),
        ("BAC 5019 Rev. W", ("BAC 5019", "W", "", "")),
        ("MIL-DTL-5541 F版 1A级", ("MIL-DTL-5541", "F", "", "1A")),
        ("ASTM E1417 21版 1型", ("ASTM E1417", "21", "1", "")),
        ("MIL-PRF-8625 Rev. F Ty. III Cl. 2", ("MIL-PRF-8625", "F", "III", "2")),
        ("GB/T 228.1-2021", ("GB/T 228.1", "2021", "", "")),
    ],
)
def test_a_specification_is_taken_apart(text, parts):
    (found,) = find_specifications(text)
    assert (found.number, found.revision, found.spec_type, found.spec_class) == parts


@pytest.mark.parametrize("text", ["ISO 9001:2015", "AS9100D", "EN 10204", "ISO/IEC 17025", "AC7108"])
def test_a_system_standard_is_not_the_specification_of_a_process(text):
    assert [found.number for found in find_specifications(text) if found.is_of_a_process] == []


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("SN-001 to SN-004", "SN-001, SN-002, SN-003, SN-004"),
        ("0001, 0003, 0007-0009", "0001, 0003, 0007, 0008, 0009"),
        ("A12, A13 and A15", "A12, A13, A15"),
        ("none", ""),
    ],
)
def test_serial_numbers_are_named_one_by_one(text, numbers):
    assert read_serials(text)[1] == numbers


@pytest.mark.parametrize(
    ("key", "text", "values"),
    [
        ("po_number", "PO-2211 line 3", [("po_number", "PO-2211"), ("po_line", "3")]),
        ("po_number", "4500012345 / 10", [("po_number", "4500012345"), ("po_line", "10")]),
        ("po_number", "0334/2019/ZZS", [("po_number", "0334/2019/ZZS")]),
        ("part_number", "KES-1042 Rev. C", [("part_number", "KES-1042"), ("part_revision", "C")]),
        (
            "signed_name",
            "J. D. Keller, Inspector",
            [("signed_name", "J. D. Keller"), ("signed_title", "Inspector")],
        ),
        ("quantity", "630 lb", [("weight", "630")]),
        (
            "process_on",
            "2026-03-02 to 2026-03-04",
            [("process_from", "2026-03-02"), ("process_to", "2026-03-04")],
        ),
        ("certificate_type", "EN 10204:2004 - 3.1", [("certificate_type", "3.1")]),
        ("stated_number", "of Conformance", []),
        ("part_revision", "72-41806-3 revision D", [("part_revision", "D")]),
        ("part_revision", "72-41806-3", []),
        ("part_revision", "B", [("part_revision", "B")]),
    ],
)
def test_words_behind_a_label_are_cut_to_their_key(key, text, values):
    assert [(each.key, each.value) for each in read_value_of(key, text, Place())] == values


@pytest.mark.parametrize(
    ("text", "language"),
    [("We hereby certify that the parts of this order", "en"),
     ("Hiermit bestätigen wir, dass die Teile nach der Norm", "de"),
     ("Certificamos que las piezas de la orden cumplen con el", "es"),
     ("兹证明上述零件已按所列规范加工和检验", "zh"), ("A1", "")],
)  # fmt: skip
def test_the_language_is_told_by_small_words(text, language):
    assert language_of(text) == language
