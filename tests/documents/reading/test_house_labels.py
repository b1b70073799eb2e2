"""Labels as single houses shorten them: each is a label of its key beside its value, before a colon and over it."""

import pytest

from documents.formats.certificate_reading import read_pages
from documents.formats.reading.house_labels import HOUSES
from documents.formats.reading.labels import KEY_OF, LABELS, folded
from documents.formats.reading.numbers import read_quantity
from tests.documents.reading.test_captions import page

FITTING = {
    "po_number": "P-548443",
    "part_number": "8192-389",
    "quantity": "120",
    "stated_number": "KR-59958",
    "lot_number": "T-005824",
    "part_revision": "G",
    "process_to": "2026-05-25",
}


def test_every_key_of_the_labels_of_houses_is_one_that_is_read():
    assert set(HOUSES) <= set(LABELS)


@pytest.mark.parametrize(
    ("label", "key"),
    [
        ("Number off", "quantity"), ("Acc'd", "quantity"), ("Stckz.", "quantity"), ("Cdad.", "quantity"),
        ("总件数", "quantity"),
        ("Purch. Ord. No.", "po_number"), ("Best.-Nr.", "po_number"), ("O. de C.", "po_number"),
        ("外协单号", "po_number"),
        ("Art.-Nr.", "part_number"), ("Componente", "part_number"), ("客户料号", "part_number"),
        ("Dok.-Nr.", "stated_number"), ("T.C. No.", "stated_number"), ("Constancia No.", "stated_number"),
        ("FA-Nr.", "lot_number"), ("Hoja viajera", "lot_number"), ("流程卡号", "lot_number"),
        ("Chg level", "part_revision"), ("Índice de plano", "part_revision"),
        ("Unloaded", "process_to"), ("Beendet am", "process_to"), ("Terminado", "process_to"), ("完工", "process_to"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("place", ["beside", "behind a colon", "below"])
def test_a_label_of_one_house_is_read(label, key, place):
    value = FITTING[key]
    cells = {
        "beside": [(0.1, 0.32, label), (0.4, 0.32, value)],
        "behind a colon": [(0.1, 0.32, f"{label}: {value}")],
        "below": [(0.1, 0.32, label), (0.1, 0.335, value)],
    }[place]
    assert [each.value for each in read_pages([page(*cells)], country="US").of(key) if each.label] == [value]


@pytest.mark.parametrize("label", ["Rej'd", "Back order", "Our lot", "退货数"])
def test_what_stands_at_a_label_of_other_things_is_not_read(label):
    assert KEY_OF[folded(label)] == "other"
    cells = [(0.1, 0.3, "Order"), (0.4, 0.3, "P-1234"), (0.1, 0.32, label), (0.4, 0.32, "12")]
    assert "quantity" not in {each.key for each in read_pages([page(*cells)], country="US").found}


@pytest.mark.parametrize("text", ["05/26/2026", "8192-389", "2026-05-26", "12.5 %"])
def test_a_number_that_goes_on_is_no_count(text):
    assert read_quantity(text) == ""


@pytest.mark.parametrize(
    ("text", "count"), [("120", "120"), ("1,250 EA", "1250"), ("48.00", "48"), ("24 pcs", "24")]
)
def test_a_count_is_read_with_its_unit(text, count):
    assert read_quantity(text) == count
