"""Results an order names, the thickness signed for a coating, and numbers that were taken before."""

from decimal import Decimal

import pytest

from documents.domain.asked_of_work import results_named_in
from documents.domain.cross_check import compare
from documents.domain.readings import keep_reading
from documents.domain.test_results import ResultRow, add_result
from documents.formats.paper import ReadField, Reading, ReadRow
from subcontract.models import OutsideOrder
from tests.factories.certificates import line_of, make_process_certificate
from tests.factories.finish import make_growth
from tests.factories.inspection import make_lot

WANTED = "Type and class; hardness; coating thickness."


@pytest.fixture
def certificate(cast):
    """A certificate of an anodize whose order asks for hardness and thickness, typed and not read yet."""
    lot = make_lot(cast, at=50)
    OutsideOrder.objects.filter(pk=line_of(lot).order_id).update(certificate_content=WANTED)
    return make_process_certificate(cast, lot=lot)


def read(certificate, *rows: ReadRow, number: str = "BW-1") -> None:
    field = ReadField("stated_number", number, number, 1, None, label="Certificate no.")
    keep_reading(certificate=certificate, reading=Reading(found=(field,), rows=rows), reader="test")


def keys_of(certificate, name: str) -> list[tuple[str, str, str]]:
    return [(key.on_paper, key.verdict, key.sentence) for key in compare(certificate) if key.key == name]


@pytest.mark.parametrize(
    ("content", "names"),
    [
        ("Type and class.", ()),
        (WANTED, ("hardness", "coating thickness")),
        ("Schichtdicke und Härte", ("hardness", "coating thickness")),
        ("膜厚", ("coating thickness",)),
    ],
)
def test_results_are_asked_for_by_the_words_of_the_order(content, names):
    assert results_named_in(content) == names


def test_a_result_the_order_names_must_be_stated(certificate):
    read(certificate, ReadRow("thickness", "Coating thickness", "52", "µm"))
    [(_, verdict, sentence)] = keys_of(certificate, "required results")
    assert (verdict, sentence) == ("not_found", "The certificate states no hardness; it is asked for.")


def test_a_result_typed_off_the_page_is_stated(cast, certificate):
    read(certificate, ReadRow("thickness", "Coating thickness", "52", "µm"))
    row = ResultRow(test="hardness", property_name="Hardness", value=Decimal(410), unit="HV")
    add_result(by=cast.inspector, certificate=certificate, row=row)
    assert keys_of(certificate, "required results") == []


@pytest.mark.parametrize(("value", "verdict"), [("52", "match"), ("90", "mismatch")])
def test_thickness_is_held_against_the_growth_signed_for_it(cast, certificate, value, verdict):
    line = line_of(certificate.coverages.get().traveler)
    growth = make_growth(cast, specification=line.specification, spec_type=line.spec_type)
    read(
        certificate,
        ReadRow("thickness", "Coating thickness", value, "µm"),
        ReadRow("hardness", "Hardness", "400", "HV"),
    )
    found = [each for each in keys_of(certificate, "results") if "thickness" in each[0]]
    assert [(words, said) for words, said, _ in found] == [(f"Coating thickness {value} µm", verdict)]
    assert (str(growth.specification) in found[0][2]) is (verdict == "mismatch")


def test_a_number_accepted_for_other_pieces_stops(cast, certificate):
    first = make_process_certificate(cast, lot=make_lot(cast, at=50), at="accepted")
    again = make_process_certificate(cast, lot=make_lot(cast, at=50), stated_number="")
    read(again, number=first.stated_number)
    lot = first.coverages.get().traveler.number
    assert keys_of(again, "same number") == [
        (
            first.stated_number,
            "mismatch",
            f"Page 1 is certificate {first.stated_number}, which was taken for {lot}.",
        )
    ]
