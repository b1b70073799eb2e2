"""CUSTODY of pieces that are counted in our place, and of those that came back too many."""

from dataclasses import replace

import pytest

from documents.domain.chain.check_custody import check
from documents.domain.chain.check_incoming import check as check_incoming
from documents.domain.chain.lot_facts import HolderFacts
from tests.factories.lot_facts import day, good_lot, with_changes, with_step

SITE = "Brightwater Finishing, Main works"


def away_lot(*, ships_by: str = "", kind: str = "vendor", since: int = 12, is_last: bool = True):
    """Make a lot counted at its vendor in our place; the operation after it is done here unless it is the last."""
    lot = with_changes(good_lot(), "receipts", delegation="DL-000001", counted_at=SITE)
    lot = replace(lot, held=HolderFacts(SITE, kind, day(since), ships_by))
    return replace(lot, steps=lot.steps[:-1]) if is_last else lot


def told(lot) -> list[tuple]:
    return [(slot.state, slot.evidence or slot.sentence) for slot in check(lot)]


def test_pieces_that_leave_from_the_vendor_name_both_writings():
    assert told(away_lot(ships_by="DL-000002")) == [
        (
            "accepted",
            f"PO-000041: 48 sent, 48 back, 0 scrapped or short, counted at {SITE} by DL-000001, leaving from there by "
            "DL-000002",
        )
    ]


def test_pieces_at_the_vendor_without_a_writing_are_missing():
    assert told(away_lot()) == [
        (
            "missing",
            f"The pieces of lot T-000412 are at {SITE}, and no delegation in force lets that site ship to Orrin "
            "Aerospace. Record the one Orrin Aerospace accepted in writing, or bring the pieces home.",
        )
    ]


def test_work_left_to_do_here_wants_the_pieces_home():
    lot = with_step(
        away_lot(ships_by="DL-000002", is_last=False), 80, is_signed=False, signed_at=None, signed_on=None
    )
    assert told(lot) == [
        (
            "missing",
            f"The pieces of lot T-000412 are at {SITE} since they were counted there, and operation 80 Final "
            "inspection is done in the house. Bring them home.",
        )
    ]


@pytest.mark.parametrize(
    ("kind", "since", "state"),
    [("vendor", 12, "rejected"), ("shop", 16, "rejected"), ("shop", 15, "accepted")],
)
def test_work_signed_here_before_the_pieces_were_home_is_rejected(kind, since, state):
    lot = away_lot(kind=kind, since=since, is_last=False)
    [(found, words)] = told(lot)
    assert (found, "was signed while the pieces were at" in words) == (state, state == "rejected")


@pytest.mark.parametrize(("pieces", "words"), [(1, "1 piece more than"), (2, "2 pieces more than")])
def test_pieces_too_many_stop_the_lot_until_somebody_decides(pieces, words):
    lot = with_changes(good_lot(), "outside", too_many=pieces, too_many_since=day(12))
    [slot] = check(lot)
    assert (slot.state, slot.owner, slot.since) == ("rejected", "Brightwater Finishing", day(12))
    assert slot.sentence == (
        f"{words} were sent came back on PO-000041/1 and are put aside; nobody decided what they are. Ask Brightwater "
        "Finishing and write down the answer."
    )


@pytest.mark.parametrize("is_entitled", [True, False])
def test_count_in_our_place_holds_only_by_a_delegation_in_force(is_entitled):
    lot = with_changes(
        good_lot(), "receipts", delegation="DL-000001", counted_at=SITE, is_entitled=is_entitled
    )
    [slot] = check_incoming(lot)
    assert slot.state == ("accepted" if is_entitled else "rejected")
    if not is_entitled:
        assert slot.sentence == (
            f"{SITE} counted lot T-000412 on 12 Mar 2026 in our place, and DL-000001 did not hold that day. Bring the "
            "pieces home and open a nonconformance."
        )
