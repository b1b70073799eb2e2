from dataclasses import replace

import pytest

from documents.domain.chain.check_finish import check
from tests.factories.lot_facts import good_lot, moment, with_changes, with_step


def test_both_sides_checked_closes():
    assert [slot.state for slot in check(good_lot())] == ["accepted"]


@pytest.mark.parametrize(
    ("side", "before", "after", "words"),
    [
        ("after", (30,), (), "characteristic 12 after the finish"),
        ("before", (), (80,), "characteristic 12 before the finish"),
        ("both", (30,), (), "characteristic 12 after the finish"),
        ("both", (), (80,), "characteristic 12 before the finish"),
        ("unspecified", (), (), "characteristic 12 anywhere"),
    ],
)
def test_side_without_a_check_is_missing(side, before, after, words):
    (slot,) = check(with_changes(good_lot(), "characteristics", side=side, before=before, after=after))
    assert (slot.state, slot.sentence) == (
        "missing",
        f"Route R-000004-2 does not check {words}. Plan the checks on a new route revision.",
    )


@pytest.mark.parametrize(
    ("side", "before", "after"),
    [("after", (), (80,)), ("unspecified", (), (80,)), ("unspecified", (30,), (80,))],
)
def test_side_with_a_check_closes(side, before, after):
    lot = with_changes(good_lot(), "characteristics", side=side, before=before, after=after)
    assert [slot.state for slot in check(lot)] == ["accepted"]


def test_reference_needs_no_check():
    lot = with_changes(good_lot(), "characteristics", is_reference=True, before=(), after=())
    assert [slot.state for slot in check(lot)] == ["accepted"]


def test_after_check_before_the_finish_is_rejected():
    lot = with_changes(good_lot(), "characteristics", after=(30,))
    assert [slot.state for slot in check(lot)] == ["rejected"]


def test_inspection_before_the_latest_finish_is_rejected():
    (slot,) = check(with_step(good_lot(), 60, pass_number=2, signed_at=moment(20)))
    assert (slot.state, slot.sentence) == (
        "rejected",
        "Operation 80 Final inspection of lot T-000412 was done before the latest operation 60 Anodize. "
        "Repeat it in a new pass.",
    )


def test_finish_not_done_yet_only_waits():
    (slot,) = check(with_step(good_lot(), 60, is_signed=False, signed_at=None))
    assert (slot.state, slot.waits) == ("missing", True)


def test_route_without_finish_asks_nothing():
    assert [slot.state for slot in check(with_step(good_lot(), 60, changes_surface=False))] == ["na"]


def test_drawing_without_characteristics_closes():
    assert [slot.state for slot in check(replace(good_lot(), characteristics=()))] == ["accepted"]
