from dataclasses import replace

from documents.domain.chain.check_steps import check
from documents.domain.chain.lot_facts import HoldFacts
from tests.factories.lot_facts import day, good_lot, moment, with_step

SIGNED, ORDER, ENTITLED, CONSERVED = range(4)


def test_signed_lot_closes():
    assert [slot.state for slot in check(good_lot())] == ["accepted"] * 4


def test_unsigned_last_step_is_missing_and_owed_by_its_owner():
    lot = with_step(good_lot(), 80, is_signed=False, signed_at=None, signed_on=None)
    slot = check(lot)[SIGNED]
    assert (slot.state, slot.owner, slot.due_on) == ("missing", "Ruben Achterberg", day(27))
    assert slot.sentence == "Operation 80 Final inspection is not signed."


def test_outside_step_waits_for_its_return():
    lot = replace(with_step(good_lot(), 60, is_signed=False), receipts=())
    slot = check(lot)[SIGNED]
    assert (slot.state, slot.waits) == ("missing", True)
    assert slot.sentence == "Operation 60 Anodize is signed when its return is verified."


def test_outside_step_not_sent_yet_is_to_be_acted_on():
    lot = replace(with_step(good_lot(), 60, is_signed=False), receipts=(), outside=())
    assert check(lot)[SIGNED].waits is False


def test_verified_return_leaves_the_step_to_be_signed():
    assert check(with_step(good_lot(), 60, is_signed=False))[SIGNED].waits is False


def test_inspection_step_waits_for_its_inspection():
    lot = replace(with_step(good_lot(), 80, is_signed=False), inspections=good_lot().inspections[:1])
    slot = check(lot)[SIGNED]
    assert (slot.waits, slot.sentence) == (
        True,
        "Operation 80 Final inspection is signed when its inspection is completed.",
    )


def test_step_signed_too_early_is_rejected():
    slot = check(with_step(good_lot(), 60, signed_at=moment(3)))[ORDER]
    assert (slot.state, slot.sentence) == (
        "rejected",
        "Operation 60 Anodize of lot T-000412 was signed before operation 20 Mill. "
        "Repeat operation 60 Anodize in a new pass.",
    )


def test_rework_needs_a_new_inspection():
    lot = with_step(good_lot(), 20, pass_number=2, signed_at=moment(20))
    assert check(lot)[ORDER].state == "rejected"


def test_rework_leaves_later_production_standing():
    lot = with_step(good_lot(), 20, pass_number=2, signed_at=moment(14))
    lot = with_step(lot, 30, pass_number=2, signed_at=moment(14))
    assert check(lot)[ORDER].state == "accepted"


def test_signer_without_authority_is_rejected():
    slot = check(with_step(good_lot(), 20, is_entitled=False))[ENTITLED]
    assert (slot.state, slot.sentence) == (
        "rejected",
        "Operation 20 Mill of lot T-000412 was signed by Sami Okonjo, who held no authority for it that day. "
        "Repeat it in a new pass, signed by somebody who does.",
    )


def test_lost_piece_is_missing():
    slot = check(with_step(good_lot(), 20, quantity_in=50, moved=1))[CONSERVED]
    assert (slot.state, slot.sentence) == (
        "missing",
        "Operation 20 Mill of lot T-000412: 50 pieces went in, 48 came out and 1 left. "
        "Record where the others are, with a witness.",
    )


def test_pieces_that_left_are_counted():
    assert check(with_step(good_lot(), 20, quantity_in=50, moved=2))[CONSERVED].state == "accepted"


def test_serials_must_equal_the_count():
    lot = replace(good_lot(), is_serialized=True, serials=tuple(f"{n:03}" for n in range(47)))
    assert check(lot)[CONSERVED].sentence == (
        "Lot T-000412 counts 48 pieces and 47 serials. Record where the difference is, with a witness."
    )


def test_empty_lot_is_to_be_closed():
    assert check(replace(good_lot(), quantity=0))[CONSERVED].sentence == (
        "Lot T-000412 has no piece left. Close it."
    )


def test_hold_stops_the_lot():
    hold = HoldFacts("H-000002", "T-000412", "Customer asks.", "Maud Ferreira", day(15))
    slot = check(replace(good_lot(), holds=(hold,)))[4]
    assert (slot.state, slot.since, slot.sentence) == (
        "rejected",
        day(15),
        "Lot T-000412 is on hold H-000002, placed by Maud Ferreira: Customer asks. Decide and let it go.",
    )
