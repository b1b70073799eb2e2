"""A repeat order with nothing material changed asks no question; what did change asks exactly one."""

from __future__ import annotations

import pytest

from documents.domain import chain
from routes.domain import setups, travelers
from routes.domain.setups import DifferenceUndecided
from routes.models import Traveler
from tests.factories.documents import make_shippable_lot
from tests.factories.locks import (
    COMMENTED,
    RECUT,
    hand_over,
    make_lock_policy,
    make_prototype,
    make_second_setup,
)
from tests.factories.routes import NC_PROGRAM, make_order_line, sign_step, sign_up_to, step_at

# what a repeat order could ask anew of planning and of the first article
ASKED_ANEW = ("NOTES", "ROUTE", "LOCK", "FAI")
CELL_ONE = {"fixture": "FX-12", "fixture_revision": "B"}
CELL_TWO = {"fixture": "FX-30", "fixture_revision": "A"}


@pytest.fixture
def first(cast):
    """The first lot of the part: its route released, its first article approved, every link closed."""
    return make_shippable_lot(cast, fai_regime="with_first", quantity=5)


def repeat(cast, first):
    """Open a lot of a new order on the same released route and bring it to its machine."""
    route = first.route_revision
    line = make_order_line(cast, route.part_revision, quantity=5, fai_regime="with_first")
    lot = travelers.open_traveler(by=cast.quality, order_line=line, route_revision=route, quantity=5)
    sign_up_to(cast, lot, 20)
    return lot


def run(cast, lot, program, setup=CELL_ONE):
    return setups.record_run(by=cast.operator, step=step_at(lot, 20), nc_program=program, **setup)


def questions(lot):
    """Return what stops the lot that a repeat order could ask anew."""
    judged = chain.check_lots([lot])[lot.number]
    return [(slot.code, slot.subject) for slot in judged if slot.code in ASKED_ANEW and not slot.is_closed]


@pytest.mark.parametrize(
    # the first article was milled in the first cell; another fixture is evaluated once, approved or not
    ("setup", "asked"),
    [(CELL_ONE, []), (CELL_TWO, [("FAI", "evaluation")])],
    ids=["first cell", "second cell"],
)
def test_repeat_order_with_an_approved_setup_asks_nothing_of_the_lock(cast, first, setup, asked):
    make_second_setup(cast, first.route_revision.operations.get(sequence=20))
    lot = repeat(cast, first)
    run(cast, lot, NC_PROGRAM, setup)
    assert sign_step(cast, step_at(lot, 20)).state == "signed"
    assert questions(lot) == asked


def test_changed_byte_of_a_comment_asks_nothing_under_a_policy(cast, first):
    policy = make_lock_policy(cast, "nc_program_comments")
    lot = repeat(cast, first)
    run(cast, lot, COMMENTED)
    assert sign_step(cast, step_at(lot, 20)).state == "signed"
    assert questions(lot) == []
    [lock] = [slot for slot in chain.check_lots([lot])[lot.number] if slot.code == "LOCK"]
    assert lock.evidence == f"1 setup run recorded; nc program comments routine by {policy.number}"


@pytest.mark.parametrize(
    ("program", "asked"),
    [(COMMENTED, []), (RECUT, [("FAI", "evaluation")])],
    ids=["comment without a policy", "cutting word"],
)
def test_changed_byte_asks_where_no_policy_calls_it_routine(cast, first, program, asked):
    if program is RECUT:
        make_lock_policy(cast, "nc_program_comments")
    lot = repeat(cast, first)
    run(cast, lot, program)
    with pytest.raises(DifferenceUndecided):
        sign_step(cast, step_at(lot, 20))
    assert questions(lot) == [("LOCK", "20/1"), *asked]


def test_prototype_in_between_asks_for_its_handoff_and_nothing_else(cast, first):
    route = first.route_revision
    line = make_order_line(cast, route.part_revision, quantity=5)
    tried = make_prototype(cast, line, route)
    lot = repeat(cast, first)
    run(cast, lot, NC_PROGRAM)
    sign_step(cast, step_at(lot, 20))
    assert (questions(lot), questions(first)) == ([("ROUTE", "handoff")], [])
    hand_over(cast, route, tried)
    assert questions(lot) == []
    assert questions(Traveler.objects.get(pk=tried.pk)) == [("ROUTE", "purpose"), ("LOCK", "20/1")]
