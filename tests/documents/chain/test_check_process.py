from dataclasses import replace

import pytest

from documents.domain.chain.check_process import check
from tests.factories.lot_facts import day, good_lot, with_certificate, with_changes, with_step


def test_accepted_certificate_closes():
    assert [(slot.state, slot.evidence) for slot in check(good_lot())] == [("accepted", "BW-20931")]


def test_no_certificate_is_owed_by_the_vendor():
    (slot,) = check(replace(good_lot(), process_certificates=()))
    assert (slot.state, slot.owner, slot.since, slot.due_on) == (
        "missing",
        "Brightwater Finishing",
        day(12),
        day(14),
    )
    assert slot.sentence == (
        "No certificate is here for lot T-000412, operation 60 Anodize. Brightwater Finishing must send it."
    )


@pytest.mark.parametrize(
    ("field", "value", "key", "wanted"),
    [
        ("po_number", "PO-000099", "order", "PO-000041"),
        ("part_number", "30-4471-1", "part", "30-4471-2"),
        ("part_revision", "B", "part revision", "C"),
        ("spec_number", "AMS 2469", "specification", "MIL-PRF-8625"),
        ("spec_revision", "E", "specification revision", "F"),
        ("spec_type", "Type III", "type", "Type II"),
        ("spec_class", "Class 2", "class", "Class 1"),
        ("site", "Brightwater Finishing, Second works", "site", "Brightwater Finishing, Main works"),
    ],
)
def test_every_join_key_must_match(field, value, key, wanted):
    (slot,) = check(with_certificate(good_lot(), **{field: value}))
    assert (slot.state, slot.sentence) == (
        "rejected",
        f"Certificate BW-20931 (C-000020) names {key} {value}; lot T-000412 has {wanted}. "
        "Ask for a corrected certificate.",
    )


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("po_number", "po 000041"),
        ("spec_number", "MIL-A-8625"),
        ("spec_type", "ii"),
        ("part_revision", "Rev C"),
    ],
)
def test_other_ways_of_writing_match(field, value):
    assert [slot.state for slot in check(with_certificate(good_lot(), **{field: value}))] == ["accepted"]


def test_too_few_pieces_covered_is_missing():
    (slot,) = check(with_certificate(good_lot(), covered=46, allocated=46, quantity=46))
    assert (slot.state, slot.sentence) == (
        "missing",
        "Certificate BW-20931 covers 46 pieces; lot T-000412, operation 60 Anodize carries 48. "
        "Ask for a corrected certificate or split the lot.",
    )


def test_two_certificates_add_up():
    lot = with_certificate(good_lot(), covered=46)
    more = (60, 1, replace(lot.process_certificates[0][2], number="C-000021", covered=2))
    assert [
        slot.state for slot in check(replace(lot, process_certificates=(*lot.process_certificates, more)))
    ] == ["accepted"]


def test_pieces_scrapped_later_were_covered_too():
    assert [slot.state for slot in check(replace(good_lot(), quantity=45))] == ["accepted"]
    assert [slot.state for slot in check(with_step(good_lot(), 60, quantity_out=49))] == ["missing"]


def test_certificate_of_an_earlier_pass_does_not_count():
    lot = with_changes(with_step(good_lot(), 60, pass_number=2), "outside", pass_number=2)
    assert [slot.state for slot in check(lot)] == ["missing"]


def test_certificate_used_for_more_than_it_states_is_rejected():
    (slot,) = check(with_certificate(good_lot(), allocated=60))
    assert (slot.state, slot.owner, slot.sentence) == (
        "rejected",
        "Maud Ferreira",
        "Certificate BW-20931 is for 48 pieces and is used for 60. "
        "Take some lots off it and ask for a certificate for them.",
    )


def test_step_not_sent_yet_only_waits():
    lot = replace(good_lot(), outside=(), process_certificates=())
    assert [(slot.state, slot.waits) for slot in check(lot)] == [("missing", True)]
