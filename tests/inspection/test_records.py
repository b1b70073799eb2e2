"""Inspections: opened at the lot's step, completed when every planned value is there."""

import pytest

from inspection.domain import records
from inspection.domain.record_contents import altered_since_completion
from inspection.domain.records import ReceiptAnswers
from inspection.models import InspectionRecord, Nonconformance
from portal.domain.errors import Incomplete, NotEntitled, NotTheMoment
from portal.domain.signatures import read_signed
from portal.models import Authority
from routes.domain.lots import current_step, quantity_of, serials_of
from routes.models import Traveler, TravelerStep
from tests.cast import reauth
from tests.factories.inspection import concede, decide, make_final_inspection, make_lot, make_nonconformance
from tests.factories.measuring import complete, make_inspection, measure, measure_all, pass_inspection
from tests.factories.routes import make_open_traveler, step_at
from tests.factories.subcontract import ALL_RIGHT, line_of, make_lot_to_send, make_outside_order, receive


def test_plan_is_frozen_when_the_inspection_opens(cast):
    record = make_final_inspection(cast)
    assert [(row["balloon"], row["side"], row["rule"]) for row in record.plan] == [
        ("1", "after", "all"),
        ("3", "after", "all"),
    ]
    assert (record.kind, record.lot_size, record.inspector) == ("final", 5, cast.inspector)


def test_inspection_completes_its_step_with_the_same_signature(cast):
    record = make_final_inspection(cast)
    measure_all(cast, record)
    completed = complete(cast, record)
    step = TravelerStep.objects.get(pk=record.step_id)
    assert (completed.state, step.state, step.quantity_out) == ("completed", "signed", 5)
    assert step.signature == completed.completion_signature
    assert current_step(record.traveler).operation.sequence == 60


def test_missing_values_are_named(cast):
    record = make_final_inspection(cast)
    measure(cast, record, "1", "1")
    with pytest.raises(Incomplete) as refused:
        complete(cast, record)
    assert refused.value.sentence == (
        f"{record.number} lacks values by its plan: characteristic 1: 1 of 5 pieces; "
        "characteristic 3: 0 of 5 pieces. Enter them first."
    )


@pytest.mark.parametrize(
    ("rule", "size", "lot_size", "wanted"),
    [("all", None, 5, 5), ("first", None, 5, 1), ("sample", 3, 5, 3), ("sample", 8, 5, 5)],
)
def test_sampling_rule_says_how_many_pieces(rule, size, lot_size, wanted):
    assert records.pieces_wanted({"rule": rule, "sample_size": size}, lot_size) == wanted


def test_one_step_has_one_open_inspection(cast):
    record = make_final_inspection(cast)
    with pytest.raises(NotTheMoment, match="has an open inspection"):
        make_inspection(cast, record.traveler)


def test_inspection_of_a_later_step_is_refused(cast):
    lot = make_open_traveler(cast, quantity=5, up_to=20)
    with pytest.raises(NotTheMoment, match="stands at operation 20 Mill complete"):
        records.open_inspection(by=cast.inspector, step=step_at(lot, 30), kind="in_process")


@pytest.mark.parametrize(
    ("sequence", "kind", "words"),
    [
        (30, "incoming", "takes an in-process or final inspection"),
        (40, "final", "takes an incoming inspection"),
        (20, "final", "is not an inspection"),
    ],
)
def test_kind_fits_the_operation(cast, sequence, kind, words):
    lot = make_open_traveler(cast, quantity=5)
    with pytest.raises(Incomplete, match=words):
        records.open_inspection(by=cast.inspector, step=step_at(lot, sequence), kind=kind)


def test_failing_piece_leaves_the_lot_and_the_rest_goes_on(cast):
    lot = make_lot(cast, quantity=20, is_serialized=True)
    record = make_inspection(cast, lot)
    measure(cast, record, "1", "0020", "10.4")
    measure_all(cast, record)
    complete(cast, record)
    child = Traveler.objects.get(parent=lot)
    assert (serials_of(child), quantity_of(lot)) == (["0020"], 19)
    assert (current_step(lot).operation.sequence, current_step(child).operation.sequence) == (60, 50)


def test_failing_piece_is_not_completed_until_it_is_decided(cast):
    nonconformance = make_nonconformance(cast, record=make_final_inspection(cast, is_serialized=True))
    record = make_inspection(cast, nonconformance.traveler)
    measure_all(cast, record)
    with pytest.raises(NotTheMoment, match=f"undecided nonconformances: {nonconformance.number}"):
        complete(cast, record)
    concede(cast, nonconformance)
    decide(cast, nonconformance, Nonconformance.USE_AS_IS)
    assert complete(cast, record).state == InspectionRecord.COMPLETED


@pytest.mark.parametrize("is_serialized", [True, False])
def test_values_of_a_piece_set_apart_count_in_its_own_lot(cast, is_serialized):
    record = make_final_inspection(cast, is_serialized=is_serialized)
    nonconformance = make_nonconformance(cast, record=record)
    [serial] = nonconformance.serials
    # the rest of this piece's values is still taken down with the others
    measure(cast, record, "3", serial)
    own = make_inspection(cast, nonconformance.traveler)
    assert records.missing_values(own) == []
    concede(cast, nonconformance)
    decide(cast, nonconformance, Nonconformance.USE_AS_IS)
    signed = complete(cast, own)
    assert read_signed(signed.completion_signature)["content"]["values"]
    # the step is signed now, so the values its piece brought along count for nothing new; they stay signed
    assert altered_since_completion(signed) == ""
    assert records.missing_values(record) == [
        "characteristic 1: 0 of 4 pieces",
        "characteristic 3: 0 of 4 pieces",
    ]


def test_reworked_piece_is_measured_again(cast):
    nonconformance = make_nonconformance(cast, record=make_final_inspection(cast, is_serialized=True))
    decide(cast, nonconformance, Nonconformance.REWORK, rework_operations=(20,))
    lot = nonconformance.traveler
    assert (current_step(lot).operation.sequence, current_step(lot).pass_number) == (20, 2)
    from tests.factories.routes import sign_step

    sign_step(cast, current_step(lot))
    record = make_inspection(cast, lot)
    assert records.missing_values(record) == [
        "characteristic 1: 0 of 1 pieces",
        "characteristic 3: 0 of 1 pieces",
    ]


def test_incoming_waits_for_the_return(cast):
    order = make_outside_order(cast, at="shipped")
    step = line_of(order).step
    with pytest.raises(NotTheMoment, match="Nothing has come back"):
        records.open_inspection(by=cast.inspector, step=step, kind="incoming")
    receive(cast, order, 50)
    assert records.open_inspection(by=cast.inspector, step=step, kind="incoming").kind == "incoming"


def test_incoming_answers_for_count_identity_and_condition(cast):
    lot = line_of(make_outside_order(cast, at="returned")).traveler
    record = make_inspection(cast, lot)
    with pytest.raises(Incomplete, match="answer for count, identity and damage"):
        complete(cast, record)
    wrong = ReceiptAnswers(is_count_right=True, is_identity_right=False, is_undamaged=False)
    with pytest.raises(NotTheMoment, match="The identity and the condition of the return"):
        complete(cast, record, receipt_answers=wrong)
    assert complete(cast, record, receipt_answers=ALL_RIGHT).state == InspectionRecord.COMPLETED


def test_lot_set_apart_after_the_return_is_verified_too(cast):
    order = make_outside_order(cast, at="returned")
    lot = line_of(order).traveler
    from inspection.domain.nonconformances import open_nonconformance

    apart = open_nonconformance(by=cast.inspector, traveler=lot, description="Burnt edge.", quantity=1)
    pass_inspection(cast, lot, receipt_answers=ALL_RIGHT)
    decide(cast, apart, Nonconformance.REWORK, rework_operations=(30,))
    assert current_step(apart.traveler).operation.sequence == 30


def test_split_rest_of_a_verified_return_needs_no_second_answer(cast):
    order = make_outside_order(cast, lot=make_lot_to_send(cast), at="returned")
    lot = line_of(order).traveler
    from routes.domain.lots import split

    child = split(by=cast.operator, traveler=lot, quantity=3, reason="Second box.")
    pass_inspection(cast, lot, receipt_answers=ALL_RIGHT)
    assert pass_inspection(cast, child).state == InspectionRecord.COMPLETED


def test_completion_takes_authority(cast):
    record = make_final_inspection(cast)
    measure_all(cast, record)
    Authority.objects.filter(person=cast.inspector, act=Authority.INSPECT).delete()
    with pytest.raises(NotEntitled, match="no authority in force"):
        complete(cast, record)
    with pytest.raises(NotEntitled):
        records.complete(by=cast.operator, record=record, token=reauth(cast.operator))


def test_operator_opens_no_inspection(cast):
    lot = make_lot(cast)
    with pytest.raises(NotEntitled, match="may not open inspections"):
        records.open_inspection(by=cast.operator, step=current_step(lot), kind="final")


def test_open_inspection_is_set_aside_with_a_reason(cast):
    record = make_final_inspection(cast)
    with pytest.raises(Incomplete, match="Say why"):
        records.void(by=cast.quality, record=record, reason=" ")
    with pytest.raises(NotEntitled):
        records.void(by=cast.inspector, record=record, reason="Wrong lot on the table.")
    voided = records.void(by=cast.quality, record=record, reason="Wrong lot on the table.")
    assert (voided.state, voided.void_reason) == ("voided", "Wrong lot on the table.")
    assert make_inspection(cast, record.traveler).state == "open"


def test_completed_inspection_stays(cast):
    record = make_final_inspection(cast, at="completed")
    with pytest.raises(NotTheMoment, match="Open a rework pass"):
        records.void(by=cast.quality, record=record, reason="Second thoughts.")
