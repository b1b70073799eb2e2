from dataclasses import replace

import pytest

from documents.domain.chain.check_dates import check
from tests.factories.lot_facts import day, good_lot, with_certificate, with_changes


def states(lot):
    return [slot.state for slot in check(lot)]


def test_days_in_order_close():
    assert states(good_lot()) == ["accepted", "accepted"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"process_from": day(8)}, "processed from 2026-03-08 is before shipped 2026-03-09"),
        ({"process_to": day(9)}, "processed until 2026-03-09 is before processed from 2026-03-10"),
        ({"stated_on": day(10)}, "certified 2026-03-10 is before processed until 2026-03-11"),
        (
            {"process_to": day(13), "stated_on": day(14)},
            "received 2026-03-12 is before processed until 2026-03-13",
        ),
    ],
)
def test_impossible_days_are_rejected(changes, words):
    slot = check(with_certificate(good_lot(), **changes))[0]
    assert (slot.state, slot.sentence) == (
        "rejected",
        f"Certificate BW-20931 of PO-000041/1: {words}. Ask for a corrected certificate.",
    )


def test_missing_days_are_not_judged():
    assert states(with_certificate(good_lot(), process_from=None, process_to=None)) == [
        "accepted",
        "accepted",
    ]


def test_undecided_certificate_is_not_judged():
    assert states(with_certificate(good_lot(), stated_on=day(1), state="in_review")) == [
        "accepted",
        "accepted",
    ]


def test_value_before_the_work_is_rejected():
    slot = check(with_changes(good_lot(), "results", 1, first_on=day(12)))[1]
    assert (slot.state, slot.sentence) == (
        "rejected",
        "A value of operation 80 of lot T-000412 was measured on 12 Mar 2026, before operation 60 Anodize was signed "
        "on 13 Mar 2026. Void it with a reason and measure again.",
    )


def test_lot_without_days_asks_nothing():
    assert states(replace(good_lot(), outside=(), results=())) == ["na"]
