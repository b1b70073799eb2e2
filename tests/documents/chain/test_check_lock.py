from dataclasses import replace

from documents.domain.chain.check_lock import check
from documents.domain.chain.lot_facts import DifferenceFacts
from tests.factories.lot_facts import good_lot, with_changes, with_step

FIXTURE = DifferenceFacts("fixture_revision", "B", "C")


def test_setup_as_locked_closes():
    assert [slot.state for slot in check(good_lot())] == ["accepted"]


def test_undecided_difference_waits_for_a_decision():
    (slot,) = check(with_changes(good_lot(), "runs", differences=(FIXTURE,)))
    assert (slot.state, slot.owner) == ("review", "Maud Ferreira")
    assert slot.sentence == (
        "Operation 20 Mill ran with fixture revision C; the lock names B. Decide on the difference."
    )


def test_decided_difference_closes():
    lot = with_changes(good_lot(), "runs", differences=(replace(FIXTURE, is_decided=True),))
    assert [slot.state for slot in check(lot)] == ["accepted"]


def test_signed_step_without_a_run_is_missing():
    (slot,) = check(replace(good_lot(), runs=()))
    assert (slot.state, slot.owner, slot.waits) == ("missing", "Ruben Achterberg", False)


def test_step_not_run_yet_only_waits():
    (slot,) = check(with_step(replace(good_lot(), runs=()), 20, is_signed=False))
    assert (slot.state, slot.waits) == ("missing", True)


def test_run_of_an_earlier_pass_does_not_count():
    assert [slot.state for slot in check(with_step(good_lot(), 20, pass_number=2))] == ["missing"]


def test_route_without_setups_asks_nothing():
    assert [slot.state for slot in check(with_step(good_lot(), 20, has_setup=False))] == ["na"]


ROUTINE = DifferenceFacts("nc_program_comments", "aa", "bb", routine_by="LP-000001")


def test_routine_difference_closes_and_names_the_policy():
    (slot,) = check(with_changes(good_lot(), "runs", differences=(ROUTINE,)))
    assert (slot.state, slot.evidence) == (
        "accepted",
        "1 setup run recorded; nc program comments routine by LP-000001",
    )


def test_difference_to_evaluate_beside_a_routine_one_waits_and_names_the_nearest_setup():
    lot = with_changes(good_lot(), "runs", differences=(ROUTINE, FIXTURE), setup="SU-000002 (Cell 2)")
    (slot,) = check(lot)
    assert (slot.state, slot.sentence) == (
        "review",
        "Operation 20 Mill ran with fixture revision C; setup SU-000002 (Cell 2), the nearest approved, names B. "
        "Decide on the difference.",
    )
