import pytest

from documents.domain import notices
from documents.models import Notice
from inspection.domain import nonconformances, records
from inspection.domain.reversals import (
    PiecesHaveLeft,
    undo_completion,
    undo_disposition,
    withdraw_approval,
)
from inspection.models import FirstArticle, InspectionRecord, Nonconformance
from portal.domain.errors import Incomplete, NotEntitled, NotTheMoment
from portal.domain.reversals import SignerMayNotUndo
from portal.models import Event, Reversal
from routes.domain.lots import LotHasLeft, current_step, lock_lots, quantity_of, split
from routes.domain.quantities import record_quantity_move
from routes.domain.reversals import NotTheLastStep
from routes.models import OrderLine, QuantityMove, Traveler
from subcontract.domain.reversals import ReturnIsShared
from subcontract.models import OutsideOrder, Receipt
from tests.cast import PASSWORD, reauth
from tests.factories.documents import make_shipment
from tests.factories.inspection import (
    concede,
    decide,
    make_final_inspection,
    make_first_article,
    make_lot,
    make_nonconformance,
)
from tests.factories.measuring import complete, make_inspection
from tests.factories.routes import step_at
from tests.factories.subcontract import ALL_RIGHT, make_outside_order

GIVEN = {"reason": "The gauge was read upside down.", "judged_anew": "Every bore is measured again."}


def undo(cast, verb, by=None, **facts):
    by = by or cast.quality
    return verb(by=by, token=reauth(by), **GIVEN | facts)


# ------------------------------------------------------------------------------------------ inspections


@pytest.fixture
def inspected(cast):
    return make_final_inspection(cast, at="completed")


def test_an_undone_inspection_is_open_and_so_is_its_step(cast, inspected):
    signature, lot = inspected.completion_signature, inspected.traveler
    reversal = undo(cast, undo_completion, record=inspected)
    inspected.refresh_from_db()
    assert (inspected.state, inspected.completion_signature, inspected.completed_at) == ("open", None, None)
    step = step_at(lot, 50)
    assert (step.state, step.signature, current_step(lot)) == ("waiting", None, step)
    assert (reversal.noun, reversal.record, reversal.undone) == ("inspection", inspected.number, signature)
    assert reversal.opened == [f"inspection {inspected.number}", f"step {step.number}"]
    assert reversal.lots == [lot.number]


def test_an_undone_inspection_is_measured_on_and_completed_again(cast, inspected):
    undo(cast, undo_completion, record=inspected)
    inspected.refresh_from_db()
    first = Reversal.objects.get().undone
    done = complete(cast, inspected)
    assert (done.state, done.completion_signature_id != first.pk) == ("completed", True)
    assert step_at(inspected.traveler, 50).signature == done.completion_signature


def test_whoever_completed_an_inspection_does_not_undo_it(cast, inspected):
    with pytest.raises(NotEntitled, match="may not undo inspections"):
        undo(cast, undo_completion, by=cast.inspector, record=inspected)
    undo(cast, undo_completion, record=inspected)
    inspected.refresh_from_db()
    inspected = records.complete(by=cast.quality, record=inspected, token=reauth(cast.quality))
    with pytest.raises(SignerMayNotUndo, match=f"signed inspection {inspected.number} and may not undo it"):
        undo(cast, undo_completion, record=inspected)
    assert undo(cast, undo_completion, by=cast.second_quality, record=inspected).record == inspected.number


def test_only_a_completed_inspection_is_undone(cast):
    record = make_final_inspection(cast)
    with pytest.raises(NotTheMoment, match="is open; only a completed one is undone"):
        undo(cast, undo_completion, record=record)


def test_a_reversal_of_an_inspection_says_why(cast, inspected):
    with pytest.raises(
        Incomplete, match=f"Say why the acceptance of inspection {inspected.number} was wrong"
    ):
        undo(cast, undo_completion, record=inspected, reason="")
    inspected.refresh_from_db()
    assert inspected.state == InspectionRecord.COMPLETED


def test_an_inspection_its_lot_went_on_from_stands(cast):
    lot = make_lot(cast, at=999)
    first = InspectionRecord.objects.filter(traveler=lot, step__operation__sequence=30).get()
    with pytest.raises(NotTheLastStep, match="Undo that first, or order rework of operation 30"):
        undo(cast, undo_completion, record=first)


def test_an_inspection_of_a_lot_that_left_stands(cast, inspected):
    Traveler.objects.filter(pk=inspected.traveler_id).update(state=Traveler.SHIPPED)
    with pytest.raises(LotHasLeft, match="Report a nonconformance on the lot"):
        undo(cast, undo_completion, record=inspected)


# ---------------------------------------------------------------------------------- incoming verification


@pytest.fixture
def back(cast):
    """A lot whose outside operation is verified, standing at the next."""
    return make_lot(cast, at=50)


def incoming_of(lot) -> InspectionRecord:
    return InspectionRecord.objects.get(traveler=lot, kind=InspectionRecord.INCOMING)


def test_undoing_an_incoming_inspection_opens_the_return_too(cast, back):
    record, receipt = incoming_of(back), Receipt.objects.get(traveler=back)
    OutsideOrder.objects.filter(pk=receipt.line.order_id).update(state=OutsideOrder.CLOSED)
    reversal = undo(cast, undo_completion, record=record)
    receipt.refresh_from_db()
    assert (receipt.acceptance_signature, receipt.is_count_right, receipt.is_accepted) == (None, None, False)
    assert (receipt.is_identity_right, receipt.is_undamaged) == (None, None)
    assert OutsideOrder.objects.get().state == OutsideOrder.RETURNED
    assert reversal.opened == [
        f"inspection {record.number}",
        f"step {step_at(back, 40).number}",
        f"return of {receipt.line}, lot {back.number}",
    ]


def test_a_return_is_verified_anew_after_its_reversal(cast, back):
    record = incoming_of(back)
    undo(cast, undo_completion, record=record)
    record.refresh_from_db()
    with pytest.raises(Incomplete, match="answer for count, identity and damage"):
        complete(cast, record)
    complete(cast, record, receipt_answers=ALL_RIGHT)
    assert Receipt.objects.get(traveler=back).is_accepted is True


def test_a_return_another_lot_went_on_from_is_not_undone(cast):
    lot = make_lot(cast, at=40)
    make_outside_order(cast, lot=lot, at="returned")
    part = split(by=cast.operator, traveler=lot, quantity=1, reason="A dent.")
    verifying = make_inspection(cast, part)
    complete(cast, verifying, receipt_answers=ALL_RIGHT)
    other = complete(cast, make_inspection(cast, lot))
    with pytest.raises(ReturnIsShared, match=f"Undo the inspection of {lot.number} first"):
        undo(cast, undo_completion, record=verifying)
    undo(cast, undo_completion, record=other)
    reversal = undo(cast, undo_completion, record=verifying)
    assert reversal.lots == [lot.number, part.number]


# --------------------------------------------------------------------------------------- nonconformances


@pytest.fixture
def found(cast):
    return make_nonconformance(cast)


def test_an_undone_decision_leaves_the_pieces_undecided(cast, found):
    concede(cast, found)
    decided = decide(cast, found, Nonconformance.USE_AS_IS)
    reversal = undo(cast, undo_disposition, by=cast.second_quality, nonconformance=decided)
    found.refresh_from_db()
    assert (found.state, found.disposition, found.disposition_signature) == ("open", "", None)
    assert reversal.opened == [f"nonconformance {found.number}"]
    assert decide(cast, found, Nonconformance.USE_AS_IS).state == Nonconformance.DISPOSITIONED


def test_a_closed_nonconformance_is_undone_too(cast, found):
    concede(cast, found)
    closed = nonconformances.close(by=cast.inspector, nonconformance=decide(cast, found, "use_as_is"))
    undo(cast, undo_disposition, by=cast.second_quality, nonconformance=closed)
    found.refresh_from_db()
    assert found.state == Nonconformance.OPEN


def test_whoever_decided_does_not_undo_the_decision(cast, found):
    with pytest.raises(NotTheMoment, match="Nothing is decided about"):
        undo(cast, undo_disposition, nonconformance=found)
    decided = decide(cast, found, Nonconformance.REWORK, rework_operations=(20, 30))
    with pytest.raises(NotEntitled, match="may not undo dispositions"):
        undo(cast, undo_disposition, by=cast.inspector, nonconformance=decided)
    with pytest.raises(SignerMayNotUndo, match=f"signed nonconformance {found.number}"):
        undo(cast, undo_disposition, nonconformance=decided)
    undo(cast, undo_disposition, by=cast.manager, nonconformance=decided)
    # what was ordered again stays on the lot
    assert step_at(decided.traveler, 20).pass_number == 2


def test_scrap_is_undone_once_the_pieces_are_back(cast):
    record = make_final_inspection(cast)
    found = nonconformances.open_nonconformance(
        by=cast.inspector, traveler=record.traveler, description="A scratch.", quantity=2
    )
    record_quantity_move(
        by=cast.operator,
        traveler=found.traveler,
        kind=QuantityMove.CORRECTION,
        quantity=-1,
        reason="One more was in the tray.",
        witness=cast.inspector,
    )
    decided = decide(cast, found, Nonconformance.SCRAP)
    [lot] = lock_lots([found.traveler.number])
    assert quantity_of(lot) == 1
    with pytest.raises(PiecesHaveLeft, match="says scrap, and lot .* holds 1 of its 2 pieces"):
        undo(cast, undo_disposition, by=cast.manager, nonconformance=decided)
    record_quantity_move(
        by=cast.operator,
        traveler=lot,
        kind=QuantityMove.CORRECTION,
        quantity=-1,
        reason="Taken out of the bin.",
        witness=cast.inspector,
    )
    assert undo(cast, undo_disposition, by=cast.manager, nonconformance=decided).record == found.number


# ---------------------------------------------------------------------------------------- first articles


@pytest.fixture
def approved(cast):
    return make_first_article(cast, at="approved")


def test_a_withdrawn_approval_proves_nothing_and_stays_readable(cast, approved):
    signature = approved.approved_signature
    reversal = undo(cast, withdraw_approval, by=cast.second_quality, first_article=approved)
    approved.refresh_from_db()
    assert (approved.state, approved.approved_signature) == (FirstArticle.WITHDRAWN, signature)
    assert (reversal.noun, reversal.record) == ("first article", approved.number)
    assert reversal.lots == [approved.traveler.number]
    # the buyer who was shown it sees that it is no more
    assert FirstArticle.objects.for_viewer(cast.buyer).get() == approved


def test_an_approval_is_withdrawn_by_another_person_and_once(cast, approved):
    with pytest.raises(NotEntitled, match="may not withdraw approvals of first articles"):
        undo(cast, withdraw_approval, by=cast.inspector, first_article=approved)
    with pytest.raises(SignerMayNotUndo, match=f"signed first article {approved.number}"):
        undo(cast, withdraw_approval, first_article=approved)
    undo(cast, withdraw_approval, by=cast.second_quality, first_article=approved)
    with pytest.raises(NotTheMoment, match="is approval withdrawn; only an approval can be withdrawn"):
        undo(cast, withdraw_approval, by=cast.second_quality, first_article=approved)


def test_a_draft_has_no_approval_to_withdraw(cast):
    draft = make_first_article(cast)
    with pytest.raises(NotTheMoment, match="is draft; only an approval can be withdrawn"):
        undo(cast, withdraw_approval, first_article=draft)


def test_a_withdrawn_approval_is_told_on_every_lot_it_stood_for(cast, approved):
    lot = make_lot(
        cast, at=30, route_revision=approved.route_revision, order_line=approved.order_line, quantity=2
    )
    reversal = undo(cast, withdraw_approval, by=cast.second_quality, first_article=approved)
    assert reversal.lots == sorted([lot.number, approved.traveler.number])
    assert Event.objects.get(noun="reversal").lots == reversal.lots


# ---------------------------------------------------------------------------------- goods that have left


def test_a_notice_is_drafted_for_pieces_that_left(cast, found):
    concede(cast, found)
    decided = decide(cast, found, Nonconformance.USE_AS_IS)
    shipment = make_shipment(cast, at="dispatched")
    line = shipment.lines.get()
    Nonconformance.objects.filter(pk=found.pk).update(traveler=line.traveler)
    decided.refresh_from_db()
    undo(cast, undo_disposition, by=cast.second_quality, nonconformance=decided)
    notices.follow(Event.objects.filter(noun="reversal"))
    notice = Notice.objects.get()
    assert (notice.cause_noun, notice.cause_number) == ("reversal", Reversal.objects.get().number)
    assert notice.lots == [line.traveler.number]
    assert notice.cause.startswith(f"The decision on nonconformance {found.number} was undone by RV-")


def test_a_notice_is_drafted_for_lots_that_left_on_a_first_article(cast):
    shipment = make_shipment(cast, at="dispatched")
    lot = shipment.lines.get().traveler
    report = FirstArticle.objects.get(traveler=lot)
    undo(cast, withdraw_approval, by=cast.second_quality, first_article=report)

    def told() -> list[list[str]]:
        notices.follow(Event.objects.filter(noun="reversal"))
        return [notice.lots for notice in Notice.objects.all()]

    # nobody asked for one
    assert (lot.order_line.fai_regime, told()) == ("none", [])
    OrderLine.objects.update(fai_regime="with_first")
    FirstArticle.objects.filter(pk=report.pk).update(state=FirstArticle.APPROVED)
    # another approval stands for the same route
    assert told() == []
    FirstArticle.objects.filter(pk=report.pk).update(state=FirstArticle.WITHDRAWN)
    assert told() == [[lot.number]]


# -------------------------------------------------------------------------------------------------- pages


@pytest.mark.parametrize("kind", ["inspection", "nonconformance", "first article"])
def test_pages_undo_and_show_what_was_undone(cast, client, kind):
    record, path, by = {
        "inspection": lambda: (make_final_inspection(cast, at="completed"), "undo/", cast.quality),
        "nonconformance": lambda: (
            decide(cast, make_nonconformance(cast), "rework", rework_operations=(20, 30)),
            "undo/",
            cast.second_quality,
        ),
        "first article": lambda: (make_first_article(cast, at="approved"), "withdraw/", cast.second_quality),
    }[kind]()
    client.force_login(by)
    page = record.get_absolute_url()
    assert f'href="{page}{path}"' in client.get(page).content.decode()
    refused = client.post(f"{page}{path}", GIVEN | {"reason": "", "password": PASSWORD})
    assert refused.status_code == 422
    words = client.post(f"{page}{path}", GIVEN | {"password": PASSWORD}, follow=True).content.decode()
    reversal = Reversal.objects.get()
    assert (reversal.record, reversal.signature.person) == (record.number, by)
    assert f'href="{reversal.get_absolute_url()}"' in words
    assert f"<s>{reversal.undone.get_meaning_display()}, {reversal.undone.printed_name}" in words
