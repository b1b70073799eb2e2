from dataclasses import replace

import pytest

from documents.domain.chain.check_material import check
from tests.factories.lot_facts import day, good_lot, good_material


def lot_with(**facts):
    return replace(good_lot(), material=good_material(**facts))


def lot_with_certificate(**facts):
    material = good_material()
    return lot_with(certificates=(replace(material.certificates[0], **facts),))


def test_certified_heat_closes():
    assert [slot.state for slot in check(good_lot())] == ["accepted", "accepted"]


def test_lot_without_material_is_missing():
    (slot,) = check(replace(good_lot(), material=None))
    assert (slot.state, slot.sentence) == (
        "missing",
        "No material is issued to lot T-000412. Issue a heat at operation 10 Issue plate.",
    )


def test_heat_without_certificate_is_owed_by_its_supplier():
    slot = check(lot_with(certificates=()))[0]
    assert (slot.state, slot.owner, slot.since) == ("missing", "Ridgeway Metals", day(2))
    assert slot.sentence == (
        "No certificate is here for material M-000007, heat 7T4418. Ridgeway Metals must send it."
    )


@pytest.mark.parametrize(
    ("state", "shown", "owner"),
    [
        ("received", "received", "Maud Ferreira"),
        ("in_review", "review", "Maud Ferreira"),
        ("rejected", "rejected", "Ridgeway Metals"),
        ("revoked", "stale", "Ridgeway Metals"),
    ],
)
def test_undecided_certificate_says_who_acts(state, shown, owner):
    slot = check(lot_with_certificate(state=state))[0]
    assert (slot.state, slot.owner, slot.url_kwargs) == (shown, owner, {"number": "C-000019"})


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("identifier", "7T4481", "names heat or batch 7T4481; material M-000007 has 7T4418."),
        ("condition", "6061-T651", "names condition 6061-T651; material M-000007 has 6061-T6."),
        ("certificate_type", "2.2", "names certificate type 2.2; material M-000007 has 3.1."),
        ("spec_number", "AMS 4117", "names specification AMS 4117; material M-000007 has AMS 4027."),
        ("spec_revision", "M", "names specification revision M; material M-000007 has N."),
        ("signed_name", "", "carries no signed by."),
    ],
)
def test_accepted_certificate_must_still_match(field, value, sentence):
    slot = check(lot_with_certificate(**{field: value}))[0]
    assert slot.state == "rejected"
    assert slot.sentence == (f"Certificate RM-551190 (C-000019) {sentence} Ask for a corrected certificate.")


def test_stronger_certificate_type_is_taken():
    assert check(lot_with_certificate(certificate_type="3.2"))[0].state == "accepted"


def test_certificate_must_cover_what_was_issued():
    slot = check(lot_with_certificate(covered=40))[0]
    assert (slot.state, slot.sentence) == (
        "missing",
        "Certificate RM-551190 covers 40 pieces; material M-000007, heat 7T4418, carries 48. "
        "Ask for a corrected certificate or split the lot.",
    )


def test_certificate_promised_to_too_many_is_rejected():
    assert check(lot_with_certificate(quantity=90))[0].state == "rejected"


def test_more_issued_than_received_is_rejected():
    slot = check(lot_with(issued=101, received_pieces=100))[1]
    assert (slot.state, slot.sentence) == (
        "rejected",
        "101 pieces were issued from M-000007, heat 7T4418, of which 100 were received. "
        "Find the heat of the others.",
    )


def test_route_without_material_asks_nothing():
    assert [slot.state for slot in check(replace(good_lot(), steps=good_lot().steps[1:]))] == ["na"]
