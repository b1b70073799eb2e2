"""What one lot may pass over and what may be added to it: the limits a second signature does not lift."""

from __future__ import annotations

import pytest

from portal.domain.errors import NotTheMoment
from routes.domain import lots, travelers
from routes.domain.amended import AmendmentUndecided
from routes.domain.amendment_limits import DoesNotFitTheWay, MayNotBeSkipped
from routes.domain.clauses import answer_clause
from routes.domain.packing import add_demand
from routes.domain.travelers import OutOfOrder
from routes.models import Operation, Traveler
from tests.factories import routes as made
from tests.factories.amendments import (
    WORDS,
    approve,
    make_amendable_lot,
    make_long_route,
    propose,
    refuse,
)
from tests.factories.clauses import carry
from tests.factories.inspection import walk


def states(lot: Traveler) -> dict[int, str]:
    return {step.operation.sequence: step.state for step in lots.steps_of(lot)}


# ------------------------------------------------------------------------------------------------ skips


def test_a_skipped_step_is_passed_over(cast):
    lot = make_amendable_lot(cast)
    with pytest.raises(OutOfOrder):
        made.sign_step(cast, made.step_at(lot, 55))
    approve(cast, propose(cast, lot, "skip"))
    step = made.step_at(lot, 25)
    assert (step.state, step.signature, step.quantity_in, step.skipped_at is not None) == (
        "skipped",
        None,
        None,
        True,
    )
    assert lots.current_step(lot).operation.sequence == 30
    with pytest.raises(NotTheMoment):
        made.sign_step(cast, step)


def test_pieces_go_on_over_a_skipped_step(cast):
    lot = make_amendable_lot(cast, route=make_long_route(cast, with_outside=False), up_to=25)
    approve(cast, propose(cast, lot, "skip"))
    done = made.step_at(walk(cast, lot, to=50), 30)
    assert (made.step_at(lot, 20).quantity_out, done.quantity_in, done.quantity_out) == (50, 50, 50)


def test_skipping_the_last_waiting_step_completes_the_lot(cast):
    lot = walk(cast, make_amendable_lot(cast, quantity=3), to=60)
    amendment = propose(cast, lot, "skip", sequence=60)
    lot.refresh_from_db()
    assert lot.state == "open"
    approve(cast, amendment)
    lot.refresh_from_db()
    assert (lot.state, states(lot)[60]) == ("complete", "skipped")


@pytest.mark.parametrize(
    ("sequence", "reasons"),
    [
        (30, "it is an inspection; characteristic 2 (Width) is measured at it"),
        (40, "it is done outside, and its certificate is part of the proof; it changes the surface, "
             "and measurements count before or after it"),
    ],
)  # fmt: skip
def test_what_the_proof_rests_on_is_not_skipped(cast, sequence, reasons):
    lot = make_amendable_lot(cast)
    name = made.step_at(lot, sequence).operation.name
    with pytest.raises(MayNotBeSkipped) as refusal:
        propose(cast, lot, "skip", sequence=sequence)
    assert refusal.value.sentence == (
        f"Operation {sequence} {name} of lot {lot.number} may not be skipped: {reasons}. Change the route by a new "
        "revision, or ask Orrin Aerospace to change what asks for it."
    )


def test_what_drawing_notes_and_the_first_article_rest_on_is_not_skipped(cast):
    lot = make_amendable_lot(cast, up_to=0)
    for sequence, reasons in [
        (10, "it gives the lot its material"),
        (20, "its setup is part of the approved process; it answers drawing note 1 (Anodize per MIL-PRF-8625); "
             "it answers drawing note 2 (Break sharp edges 0.2 max)"),
    ]:  # fmt: skip
        with pytest.raises(MayNotBeSkipped) as refusal:
            propose(cast, lot, "skip", sequence=sequence)
        assert f"may not be skipped: {reasons}. Change" in refusal.value.sentence


def test_an_operation_with_a_specification_is_not_skipped(cast):
    lot = make_amendable_lot(cast)
    operation = Operation.objects.filter(pk=made.step_at(lot, 55).operation_id)
    specification = made.make_process_specification(cast)
    operation.update(specification=specification)
    with pytest.raises(MayNotBeSkipped) as refusal:
        propose(cast, lot, "skip", sequence=55)
    assert f"may not be skipped: it is done to {specification}." in refusal.value.sentence
    operation.update(specification=None)
    assert propose(cast, lot, "skip", sequence=55).state == "proposed"


@pytest.mark.parametrize("kind", ["hold", "witness"])
def test_a_point_of_the_customer_is_not_skipped(cast, kind):
    lot = make_amendable_lot(cast)
    carried = carry(cast, lot.order_line, kind, point_at=25)
    with pytest.raises(MayNotBeSkipped) as refusal:
        propose(cast, lot, "skip")
    assert f"clause {carried.clause} ({carried.clause.title}) makes work wait before it." in (
        refusal.value.sentence
    )


def test_what_answers_a_clause_is_not_skipped(cast):
    lot = make_amendable_lot(cast)
    carried = carry(cast, lot.order_line, "evidence")
    words = {"by": cast.quality, "line_clause": carried, "answer": "operation"}
    for sequence, named in {25: "Deburr edges, by hand", 55: "op. 55", 60: "60"}.items():
        answer_clause(**words, answered_by=named)
        with pytest.raises(MayNotBeSkipped) as refusal:
            propose(cast, lot, "skip", sequence=sequence)
        assert f"it answers clause {carried.clause} ({carried.clause.title})." in refusal.value.sentence
    assert propose(cast, lot, "skip").state == "proposed"


def test_what_the_order_says_of_packing_is_not_skipped(cast):
    lot = make_amendable_lot(cast)
    add_demand(by=cast.quality, order_line=lot.order_line, kind="preservation", text="Each piece in a bag.")
    with pytest.raises(MayNotBeSkipped) as refusal:
        propose(cast, lot, "skip", sequence=60)
    assert "the order asks for it (Preservation and packing: Each piece in a bag.)." in refusal.value.sentence
    assert propose(cast, lot, "skip", sequence=55).state == "proposed"


def test_a_repeated_operation_is_not_skipped(cast):
    lot = make_amendable_lot(cast, up_to=30)
    travelers.add_rework_pass(
        by=cast.quality, traveler=lot, operation_sequences=[25], reason="Edges still sharp."
    )
    with pytest.raises(MayNotBeSkipped) as refusal:
        propose(cast, lot, "skip")
    assert "it is repeated in pass 2 because its work did not stand." in refusal.value.sentence


def test_a_step_is_not_skipped_while_its_redline_is_open(cast):
    lot = make_amendable_lot(cast)
    skip, redline = propose(cast, lot, "skip"), propose(cast, lot, "redline")
    with pytest.raises(AmendmentUndecided) as refusal:
        approve(cast, skip)
    assert refusal.value.sentence == (
        f"{skip.number} would skip operation 25 Deburr edges of lot {lot.number}, to which {redline.number} is open. "
        f"Decide {redline.number} first."
    )
    refuse(cast, redline)
    assert approve(cast, skip).state == "approved"


def test_a_skipped_operation_can_be_done_after_all(cast):
    lot = make_amendable_lot(cast)
    approve(cast, propose(cast, lot, "skip"))
    approve(cast, propose(cast, lot, "repeat"))
    step = made.step_at(lot, 25)
    assert (step.number, step.state) == (f"{lot.number}-25-2", "waiting")
    assert made.sign_step(cast, step).state == "signed"


# ------------------------------------------------------------------------------------------------ additions


def test_an_added_operation_is_a_step_of_this_lot_alone(cast):
    lot = make_amendable_lot(cast)
    other = made.make_open_traveler(cast, route_revision=lot.route_revision)
    amendment = approve(cast, propose(cast, lot, "add", sequence=27))
    step = made.step_at(lot, 27)
    assert (step.number, step.operation.name, step.operation.instructions, step.operation.added_by) == (
        f"{lot.number}-27-1",
        "Deburr the bore",
        WORDS,
        amendment,
    )
    assert (step.quality_owner, step.timing_owner) == (cast.quality, cast.manager)
    sequences = [10, 20, 25, 30, 40, 50, 55, 60]
    assert list(lot.route_revision.operations.values_list("sequence", flat=True)) == sequences
    assert (sorted(states(lot)), sorted(states(other))) == (sorted([*sequences, 27]), sequences)
    assert sorted(states(made.make_open_traveler(cast, route_revision=lot.route_revision))) == sequences


def test_an_added_operation_is_signed_in_its_place(cast):
    lot = make_amendable_lot(cast, route=make_long_route(cast, with_outside=False))
    approve(cast, propose(cast, lot, "add", sequence=27))
    made.sign_up_to(cast, lot, 27)
    with pytest.raises(OutOfOrder):
        made.sign_step(cast, made.step_at(lot, 55))
    assert made.sign_step(cast, made.step_at(lot, 27)).quantity_out == 50


def test_later_steps_wait_while_an_addition_is_open(cast):
    lot = make_amendable_lot(cast)
    amendment = propose(cast, lot, "add", sequence=22)
    with pytest.raises(AmendmentUndecided):
        made.sign_step(cast, made.step_at(lot, 25))
    refuse(cast, amendment)
    assert made.sign_step(cast, made.step_at(lot, 25)).state == "signed"


def test_an_addition_of_a_later_place_stops_nothing_before_it(cast):
    lot = make_amendable_lot(cast)
    propose(cast, lot, "add", sequence=57, kind="wash")
    assert made.sign_step(cast, made.step_at(lot, 25)).state == "signed"


@pytest.mark.parametrize("kind", ["machine", "outside", "inspect", "material", "pack", "polka"])
def test_what_needs_a_plan_of_its_own_is_not_added(cast, kind):
    lot = make_amendable_lot(cast)
    with pytest.raises(DoesNotFitTheWay) as refusal:
        propose(cast, lot, "add", sequence=27, kind=kind)
    assert refusal.value.sentence.endswith("which only a route has. Possible are: deburr, wash, mark.")


@pytest.mark.parametrize("sequence", [5, 25, 65])
def test_an_addition_stands_between_two_operations(cast, sequence):
    lot = make_amendable_lot(cast)
    with pytest.raises(DoesNotFitTheWay):
        propose(cast, lot, "add", sequence=sequence)


def test_nothing_is_added_before_what_was_done(cast):
    lot = make_amendable_lot(cast, up_to=30)
    with pytest.raises(NotTheMoment) as refusal:
        propose(cast, lot, "add", sequence=22)
    assert refusal.value.sentence == (
        f"Operation 25 Deburr edges of lot {lot.number} was done already, so nothing can be added at 22 before it. "
        "Choose a later place, or open a nonconformance and rework the lot."
    )
    assert propose(cast, lot, "add", sequence=27).sequence == 27


@pytest.mark.parametrize(("sequence", "kind"), [(35, "deburr"), (35, "mark"), (57, "mark")])
def test_what_touches_the_part_is_inspected_after_it(cast, sequence, kind):
    lot = make_amendable_lot(cast)
    with pytest.raises(DoesNotFitTheWay) as refusal:
        propose(cast, lot, "add", sequence=sequence, kind=kind)
    assert refusal.value.sentence == (
        f"Nobody would inspect lot {lot.number} after operation {sequence} any more, on this side of the finish. "
        "Choose a place before the inspection."
    )
    assert propose(cast, lot, "add", sequence=sequence, kind="wash").state == "proposed"


def test_nothing_is_taken_off_a_finish(cast):
    lot = make_amendable_lot(cast)
    with pytest.raises(DoesNotFitTheWay) as refusal:
        propose(cast, lot, "add", sequence=45)
    assert refusal.value.sentence == (
        f"Operation 45 would take material off lot {lot.number} after operation 40 Anodize gave it its surface. "
        "Choose a place before it, or change the route by a new revision."
    )
    assert propose(cast, lot, "add", sequence=45, kind="mark").state == "proposed"
