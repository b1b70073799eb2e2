"""Several numbers of pieces in one place, and numbers of pieces that were only tested."""

import pytest

from documents.formats.certificate_reading import read_certificate
from tests.documents.reading.test_captions import read


@pytest.mark.parametrize(
    ("lines", "pieces"),
    [
        (((0.1, 0.2, "Quantity received / processed / rejected"), (0.6, 0.2, "8 / 6 / 2")), "6"),
        (((0.1, 0.2, "Qty received / accepted / rejected: 1,250 / 1,248 / 2"),), "1248"),
        (((0.1, 0.2, "Menge erhalten / Ausschuss / bearbeitet"), (0.1, 0.22, "20 / 1 / 19")), "19"),
        (((0.1, 0.2, "Cantidad recibidas / aceptadas"), (0.6, 0.2, "20 / 19")), "19"),
        # as many numbers as names, or it is not known which is which
        (((0.1, 0.2, "Quantity received / processed / rejected"), (0.6, 0.2, "8 / 2")), None),
        # how many were tested is not how many there are
        (((0.1, 0.2, "Coating thickness, eddy current, 5 pieces"), (0.6, 0.2, "average 0.050 mm")), None),
        (((0.1, 0.2, "We certify that 5 pieces of part 4711-3 conform"),), "5"),
    ],
)
def test_the_pieces_a_paper_is_for_are_told_from_others(lines, pieces):
    assert read(*lines).get("quantity") == pieces


def test_the_paper_of_a_demonstration_says_how_many_it_is_for():
    from documents.demo.papers import paper

    reading = read_certificate(paper("process_certificate", quantity="6"))
    assert [each.value for each in reading.of("quantity")] == ["6"]
