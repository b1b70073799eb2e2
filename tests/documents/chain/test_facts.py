"""Facts read from real records: what a lot inherits, how many statements it takes, what its digest covers."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from documents.domain.chain import check_lots, digest, judge
from documents.domain.chain.facts import read_facts
from routes.domain import holds, lots, setups
from tests.factories.inspection import concede, decide, make_lot, make_nonconformance
from tests.factories.routes import NC_PROGRAM, step_at
from tests.factories.subcontract import make_lot_to_send, make_outside_order, receive


def facts_of(lot):
    return read_facts([lot.pk])[lot.number]


def open_codes(lot):
    return list(dict.fromkeys(slot.code for slot in judge(facts_of(lot)) if slot.stops))


def run_as_locked(cast, lot):
    setups.record_run(
        by=cast.operator,
        step=step_at(lot, 20),
        fixture="FX-12",
        fixture_revision="B",
        nc_program=NC_PROGRAM,
        machine="VF-2",
    )


def statements_for(lots_of_a_test) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        check_lots(lots_of_a_test)
    return len(captured)


def test_finished_lot_lacks_its_setup_run_and_its_certificates(cast):
    lot = make_lot(cast, at=999)
    assert open_codes(lot) == ["LOCK", "MATERIAL", "PROCESS"]


def test_setup_run_closes_the_lock(cast):
    lot = make_lot(cast, at=999)
    run_as_locked(cast, lot)
    assert open_codes(lot) == ["MATERIAL", "PROCESS"]


def test_open_lot_is_stopped_by_what_is_next(cast):
    lot = make_lot(cast, at=30)
    run_as_locked(cast, lot)
    assert open_codes(lot) == ["MATERIAL", "RESULTS"]


def test_child_inherits_what_was_done_before_the_split(cast):
    lot = make_lot(cast, at=999)
    child = lots.split(by=cast.operator, traveler=lot, quantity=2, reason="Partial shipment.")
    mine, parent = facts_of(child), facts_of(lot)
    assert (mine.quantity, parent.quantity) == (2, 3)
    for name in ("steps", "material", "outside", "receipts", "inspections", "notes", "holder"):
        assert getattr(mine, name) == getattr(parent, name)
    assert [result.values for result in mine.results] == [result.values for result in parent.results]


def test_child_does_not_inherit_what_came_after_the_split(cast):
    lot = make_lot(cast, at=999)
    child = lots.split(by=cast.operator, traveler=lot, quantity=2, reason="Partial shipment.")
    holds.place_hold(by=cast.quality, traveler=lot, reason="Bore looks wide.")
    run_as_locked(cast, lot)
    assert (len(facts_of(lot).holds), len(facts_of(child).holds)) == (1, 0)
    assert (len(facts_of(lot).runs), len(facts_of(child).runs)) == (1, 0)


def test_child_inherits_an_open_hold(cast):
    lot = make_lot(cast, at=30)
    holds.place_hold(by=cast.quality, traveler=lot, reason="Bore looks wide.")
    child = lots.split(by=cast.operator, traveler=lot, quantity=2, reason="Sort them.")
    assert [hold.lot for hold in facts_of(child).holds] == [lot.number]


def test_partial_return_is_wholly_in_one_place(cast):
    lot = make_lot_to_send(cast, quantity=5)
    order = make_outside_order(cast, lot=lot, at="shipped")
    child = receive(cast, order, 3).traveler
    away, back = facts_of(lot), facts_of(child)
    assert (away.quantity, away.holder) == (2, "Brightwater Finishing, Main works")
    assert (back.quantity, back.holder) == (3, "Halden Precision, Main works")
    custody = {
        number: [slot.state for slot in slots if slot.code == "CUSTODY"]
        for number, slots in check_lots([lot, child]).items()
    }
    assert custody == {lot.number: ["missing"], child.number: ["accepted"]}


def test_failing_piece_is_judged_in_its_own_lot(cast):
    found = make_nonconformance(cast)
    states = {
        lot.number: [slot.state for slot in judge(facts_of(lot)) if slot.code == "NC"]
        for lot in (found.traveler, found.found_on_traveler)
    }
    assert states == {found.traveler.number: ["missing"], found.found_on_traveler.number: ["accepted"]}
    assert [result.failing for result in facts_of(found.traveler).results] == [(), ()]


def test_concession_reaches_the_facts(cast):
    found = make_nonconformance(cast)
    concession = concede(cast, found)
    decide(cast, found, "use_as_is")
    (fact,) = facts_of(found.traveler).nonconformances
    assert [(each.number, each.quantity_limit) for each in fact.concessions] == [(concession.number, 1)]


def test_thirty_lots_take_as_many_statements_as_one(cast):
    lot = make_lot(cast, at=999, quantity=31)
    family = [lot]
    for _ in range(29):
        family.append(lots.split(by=cast.operator, traveler=lot, quantity=1, reason="One by one."))
    alone, together = statements_for([lot]), statements_for(family)
    assert (together, alone <= 25) == (alone, True)
    assert len(check_lots(family)) == 30


def test_no_lot_takes_no_statement(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert check_lots([]) == {}


def test_digest_is_the_same_at_every_reading_and_changes_with_a_fact(cast):
    lot = make_lot(cast, at=999)
    before = digest(facts_of(lot))
    assert digest(facts_of(lot)) == before
    run_as_locked(cast, lot)
    assert digest(facts_of(lot)) != before


@pytest.mark.parametrize("is_serialized", [False, True])
def test_results_count_the_pieces_of_the_lot(cast, is_serialized):
    lot = make_lot(cast, at=999, is_serialized=is_serialized)
    final = facts_of(lot).results[-1]
    assert (final.sequence, final.planned, final.complete, final.short) == (50, 2, 2, ())
    assert final.values == 10
