from dataclasses import replace

import pytest

from documents.domain.chain.check_incoming import check
from tests.factories.lot_facts import good_lot, make_step, moment, with_certificate, with_changes, with_step

PLATE_AFTER = make_step(70, "Bond", "machine", on=14, is_irreversible=True)


def with_irreversible_step(lot):
    return replace(lot, steps=(*lot.steps[:4], PLATE_AFTER, lot.steps[4]))


def test_verified_return_closes():
    assert [slot.state for slot in check(good_lot())] == ["accepted"]


def test_unverified_return_is_owed_by_the_incoming_owner():
    (slot,) = check(with_changes(good_lot(), "receipts", accepted_at=None))
    assert (slot.state, slot.owner) == ("review", "Lotte Brandvold")
    assert slot.sentence == (
        "48 pieces of lot T-000412 came back on PO-000041 and nobody has verified count, identity and damage. "
        "Verify and sign."
    )


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("is_count_right", "the count is wrong"),
        ("is_identity_right", "the identity is wrong"),
        ("is_undamaged", "pieces are damaged"),
    ],
)
def test_bad_return_is_rejected(answer, words):
    (slot,) = check(with_changes(good_lot(), "receipts", **{answer: False}))
    assert (slot.state, slot.sentence) == (
        "rejected",
        f"Incoming verification of PO-000041 found for lot T-000412 that {words}. "
        "Open a nonconformance and decide on the pieces.",
    )


def test_next_step_before_the_verification_is_rejected():
    (slot,) = check(with_step(good_lot(), 80, signed_at=moment(12)))
    assert (slot.state, slot.sentence) == (
        "rejected",
        "Operation 80 Final inspection of lot T-000412 was signed before the return on PO-000041 was verified. "
        "Repeat it in a new pass.",
    )


def test_irreversible_step_before_the_certificate_is_rejected():
    lot = with_irreversible_step(good_lot())
    assert [slot.state for slot in check(lot)] == ["accepted"]
    assert [slot.state for slot in check(with_certificate(lot, decided_at=moment(15)))] == ["rejected"]
    assert [slot.state for slot in check(replace(lot, process_certificates=()))] == ["rejected"]


def test_pieces_still_away_only_wait():
    assert [(slot.state, slot.waits) for slot in check(replace(good_lot(), receipts=()))] == [
        ("missing", True)
    ]
