from dataclasses import replace

from documents.domain.chain.check_custody import check
from tests.factories.lot_facts import day, good_lot, with_changes, with_step


def test_returned_pieces_close():
    assert [slot.state for slot in check(good_lot())] == ["accepted"]


def test_pieces_at_the_vendor_are_owed_by_it():
    lot = with_changes(replace(good_lot(), receipts=()), "outside", returned=0, state="shipped")
    (slot,) = check(lot)
    assert (slot.state, slot.owner, slot.due_on) == ("missing", "Brightwater Finishing", day(14))
    assert slot.sentence == (
        "The pieces of lot T-000412 are at Brightwater Finishing, Main works, due back 14 Mar 2026."
    )


def test_unaccounted_pieces_are_missing():
    (slot,) = check(with_changes(good_lot(), "outside", returned=45))
    assert (slot.state, slot.sentence) == (
        "missing",
        "48 pieces went to Brightwater Finishing on PO-000041/1, 45 came back and 0 are reported scrapped or "
        "short; 3 are with nobody. Ask Brightwater Finishing and record the answer.",
    )


def test_scrapped_and_short_pieces_are_accounted_for():
    assert [slot.state for slot in check(with_changes(good_lot(), "outside", returned=45, lost=3))] == [
        "accepted"
    ]


def test_partial_return_closes_for_the_returned_lot():
    lot = with_changes(good_lot(), "outside", returned=20, state="shipped")
    assert [slot.state for slot in check(lot)] == ["accepted"]


def test_more_back_than_sent_is_an_alarm():
    assert [slot.state for slot in check(with_changes(good_lot(), "outside", returned=49))] == ["rejected"]


def test_signed_step_without_an_order_is_missing():
    assert [(slot.state, slot.waits) for slot in check(replace(good_lot(), outside=()))] == [
        ("missing", False)
    ]


def test_step_not_sent_yet_only_waits():
    lot = with_step(replace(good_lot(), outside=()), 60, is_signed=False)
    assert [(slot.state, slot.waits) for slot in check(lot)] == [("missing", True)]
