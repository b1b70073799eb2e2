"""What shows that a clause was met, and the points where work waits for the customer."""

from datetime import timedelta

import pytest

from portal.domain.errors import Incomplete, NotEntitled, NotTheMoment
from portal.domain.reauthentication import CredentialRefused
from portal.domain.signatures import is_intact
from portal.models import Event
from routes.domain import clause_evidence, clauses, lots, travelers
from routes.domain.clause_evidence import ClauseOfAnotherOrder, NoPoint, PointNotReleased
from routes.domain.clauses import PointDoesNotFit
from routes.domain.lots import LotHasLeft
from routes.domain.own_papers import FileOfAnotherCustomer
from routes.domain.words import AlreadyThere, DatesDoNotFit
from routes.models import ClauseEvidence
from tests.cast import reauth
from tests.factories.certificates import pdf
from tests.factories.clauses import carry, let_go, show
from tests.factories.inspection import make_lot
from tests.factories.measuring import complete, make_inspection, measure_all
from tests.factories.routes import (
    make_gauge,
    make_open_traveler,
    make_order_line,
    make_part_revision,
    make_released_route,
    sign_step,
    step_at,
    today,
)


def hold_lot(cast, kind="hold", *, at=20):
    """Return a lot that stands at operation 20 and the point of its order at `at`."""
    lot = make_open_traveler(cast, quantity=5, up_to=20)
    return lot, carry(cast, lot.order_line, kind, point_at=at)


def evidence_lot(cast):
    lot = make_open_traveler(cast, quantity=5)
    return lot, carry(cast, lot.order_line)


def test_evidence_says_what_and_is_signed(cast):
    lot, carried = evidence_lot(cast)
    kept = show(cast, carried, lot, reference=" FOD log 118 ", content=pdf(), name="fod.pdf")
    assert (kept.reference, kept.file.original_name, kept.recorded_at) == (
        "FOD log 118",
        "fod.pdf",
        kept.signature.signed_at,
    )
    signed = {
        "lot": lot.number,
        "order_line": str(lot.order_line),
        "clause": "Q-evidence B",
        "kind": "evidence",
        "point_at": None,
        "reference": "FOD log 118",
        "present": "",
        "done_on": today(),
        "sha256": kept.file.sha256,
    }
    assert is_intact(kept.signature, noun="clause evidence", number=kept.number, content=signed)


def test_evidence_is_an_event_of_the_lot(cast):
    lot, carried = evidence_lot(cast)
    kept = show(cast, carried, lot)
    event = Event.objects.get(noun="clause evidence")
    assert (event.verb, event.number, event.lots) == ("record", kept.number, [lot.number])


def test_evidence_needs_a_reference(cast):
    lot, carried = evidence_lot(cast)
    with pytest.raises(Incomplete, match="which document, report or letter"):
        show(cast, carried, lot, reference=" ")
    assert not ClauseEvidence.objects.exists()


def test_evidence_is_recorded_by_those_who_inspect(cast):
    lot, carried = evidence_lot(cast)
    with pytest.raises(NotEntitled):
        show(cast, carried, lot, by=cast.operator)
    with pytest.raises(CredentialRefused):
        clause_evidence.record(
            by=cast.inspector, line_clause=carried, traveler=lot, reference="R", done_on=today(), token="old"
        )


def test_evidence_of_a_day_to_come_is_refused(cast):
    lot, carried = evidence_lot(cast)
    with pytest.raises(DatesDoNotFit, match="a day to come"):
        show(cast, carried, lot, done_on=today() + timedelta(days=1))


def test_evidence_for_a_lot_of_another_line_is_refused(cast):
    _, carried = evidence_lot(cast)
    other = make_open_traveler(cast, quantity=5)
    with pytest.raises(ClauseOfAnotherOrder, match=f"lot {other.number} was made for {other.order_line}"):
        show(cast, carried, other)


def test_clause_that_does_not_apply_asks_for_no_evidence(cast):
    lot, carried = evidence_lot(cast)
    clauses.answer_clause(
        by=cast.quality,
        line_clause=carried,
        answer="not_applicable",
        answered_by="No such work.",
        token=reauth(cast.quality),
    )
    with pytest.raises(NotTheMoment, match="is signed not to apply"):
        show(cast, carried, lot)


def test_lot_that_has_left_takes_no_evidence(cast):
    lot, carried = evidence_lot(cast)
    type(lot).objects.filter(pk=lot.pk).update(state="shipped")
    with pytest.raises(LotHasLeft):
        show(cast, carried, lot)


def test_paper_of_another_customer_is_refused(cast):
    lot, carried = evidence_lot(cast)
    content = pdf()
    show(cast, carried, lot, content=content, name="fod.pdf")
    theirs = make_part_revision(cast, customer=cast.stranger_customer)
    other = make_open_traveler(
        cast,
        order_line=make_order_line(cast, theirs),
        route_revision=make_released_route(cast, part_revision=theirs),
    )
    with pytest.raises(FileOfAnotherCustomer, match="also stands for a lot of another customer"):
        show(cast, carry(cast, other.order_line), other, content=content, name="fod.pdf")


@pytest.mark.parametrize("kind", ["hold", "witness"])
def test_point_stops_the_signature_until_it_is_let_go(cast, kind):
    lot, carried = hold_lot(cast, kind)
    step = step_at(lot, 20)
    with pytest.raises(PointNotReleased) as refusal:
        sign_step(cast, step)
    assert refusal.value.sentence == (
        f"Operation 20 Mill complete of lot {lot.number} waits for Orrin Aerospace: {carried.clause} "
        f"({carried.clause.title}). Ask Orrin Aerospace to let it go, or record who was there, then sign."
    )
    let_go(cast, carried, lot)
    assert sign_step(cast, step).state == "signed"


def test_point_stops_only_its_operation(cast):
    lot, _ = hold_lot(cast, at=60)
    assert sign_step(cast, step_at(lot, 20)).state == "signed"


def test_point_stops_an_inspection_too(cast):
    lot = make_lot(cast, at=30)
    carried = carry(cast, lot.order_line, "hold", point_at=30)
    record = make_inspection(cast, lot)
    measure_all(cast, record, gauge=make_gauge(cast))
    with pytest.raises(PointNotReleased, match="Operation 30"):
        complete(cast, record)
    show(cast, carried, lot)
    assert complete(cast, record).state == "completed"


def test_point_that_does_not_apply_stops_nothing(cast):
    lot, carried = hold_lot(cast)
    clauses.answer_clause(
        by=cast.quality,
        line_clause=carried,
        answer="not_applicable",
        answered_by="Waived in the order, page 2.",
        token=reauth(cast.quality),
    )
    assert sign_step(cast, step_at(lot, 20)).state == "signed"


def test_hold_needs_somebody_of_the_customer(cast):
    lot, carried = hold_lot(cast)
    with pytest.raises(Incomplete, match="who of Orrin Aerospace was there"):
        show(cast, carried, lot, present=" ")


def test_witness_who_did_not_come_holds_nothing_up(cast):
    lot, carried = hold_lot(cast, "witness")
    kept = show(cast, carried, lot, present="", reference="Notice of 3 March, no answer in 5 days")
    assert (kept.present, sign_step(cast, step_at(lot, 20)).state) == ("", "signed")


def test_point_is_let_go_by_the_customer_in_its_own_name(cast):
    lot, carried = hold_lot(cast)
    kept = let_go(cast, carried, lot)
    person = cast.customer_quality
    assert (kept.present, kept.signature.meaning, kept.done_on) == (
        f"{person.printed_name}, {person.title}",
        "released",
        today(),
    )
    assert kept.reference == "Let go in this portal by Orrin Aerospace"


def test_source_inspection_is_accepted_by_the_customer(cast):
    lot = make_lot(cast, at=999)
    carried = carry(cast, lot.order_line, "source")
    kept = let_go(cast, carried, lot, remarks="Seen on 5 of 5.")
    assert (kept.reference, kept.signature.meaning) == ("Seen on 5 of 5.", "accepted")


@pytest.mark.parametrize("who", ["buyer", "quality", "stranger_buyer", "vendor"])
def test_point_is_not_let_go_by_others(cast, who):
    lot, carried = hold_lot(cast)
    with pytest.raises(NotEntitled):
        let_go(cast, carried, lot, by=getattr(cast, who))


def test_point_of_another_customer_is_not_let_go(cast):
    lot, carried = hold_lot(cast)
    person = cast.customer_quality
    person.organization = cast.stranger_customer
    with pytest.raises(NotEntitled, match="may not let points of Orrin Aerospace go"):
        let_go(cast, carried, lot, by=person)


def test_clause_that_asks_for_a_paper_has_no_point(cast):
    lot, carried = evidence_lot(cast)
    with pytest.raises(NoPoint):
        let_go(cast, carried, lot)


def test_point_is_let_go_once(cast):
    lot, carried = hold_lot(cast)
    kept = let_go(cast, carried, lot)
    with pytest.raises(AlreadyThere, match=f"see {kept.number}"):
        let_go(cast, carried, lot)
    with pytest.raises(AlreadyThere):
        show(cast, carried, lot)


def test_point_cannot_be_let_go_after_the_signature(cast):
    lot = make_open_traveler(cast, quantity=5, up_to=30)
    carried = carry(cast, lot.order_line, "hold", point_at=20)
    with pytest.raises(NotTheMoment, match="Operation 20 Mill complete .* is signed already"):
        let_go(cast, carried, lot)


def test_presence_after_the_signature_is_too_late(cast):
    lot = make_open_traveler(cast, quantity=5, up_to=20)
    yesterday = lot.opened_at
    travelers.sign_step(
        by=cast.operator, step=step_at(lot, 20), token=reauth(cast.operator), at=step_at(lot, 10).signed_at
    )
    carried = carry(cast, lot.order_line, "hold", point_at=20)
    lot.steps.filter(operation__sequence=20).update(signed_at=yesterday - timedelta(days=2))
    with pytest.raises(DatesDoNotFit, match="came too late for clause Q-hold B"):
        show(cast, carried, lot)
    assert show(cast, carried, lot, done_on=today() - timedelta(days=3)).present == "Anton Belisle"


def test_withdrawn_evidence_stops_the_step_again(cast):
    lot, carried = hold_lot(cast)
    kept = let_go(cast, carried, lot)
    gone = clause_evidence.withdraw(by=cast.quality, evidence=kept, reason="Other part.")
    assert (gone.withdrawn_by, gone.withdrawn_reason) == (cast.quality, "Other part.")
    event = Event.objects.get(verb="withdraw", noun="clause evidence")
    assert (event.number, event.lots, event.data["reason"]) == (kept.number, [lot.number], "Other part.")
    with pytest.raises(PointNotReleased):
        sign_step(cast, step_at(lot, 20))


def test_withdrawal_says_why_and_happens_once(cast):
    lot, carried = hold_lot(cast)
    kept = let_go(cast, carried, lot)
    with pytest.raises(NotEntitled):
        clause_evidence.withdraw(by=cast.inspector, evidence=kept, reason="No.")
    with pytest.raises(Incomplete):
        clause_evidence.withdraw(by=cast.quality, evidence=kept, reason=" ")
    clause_evidence.withdraw(by=cast.quality, evidence=kept, reason="Other part.")
    with pytest.raises(NotTheMoment, match="was withdrawn before"):
        clause_evidence.withdraw(by=cast.quality, evidence=kept, reason="Again.")


def test_child_inherits_what_was_let_go_before_the_split(cast):
    lot, carried = hold_lot(cast)
    before = let_go(cast, carried, lot)
    child = lots.split(by=cast.operator, traveler=lot, quantity=2, reason="Two boxes")
    assert [each.number for each in clause_evidence.evidence_of(child)] == [before.number]
    assert sign_step(cast, step_at(child, 20)).state == "signed"


def test_child_does_not_inherit_what_came_later(cast):
    lot, carried = hold_lot(cast)
    child = lots.split(by=cast.operator, traveler=lot, quantity=2, reason="Two boxes")
    let_go(cast, carried, lot)
    with pytest.raises(PointNotReleased):
        sign_step(cast, step_at(child, 20))


def test_withdrawal_reaches_the_children(cast):
    lot, carried = hold_lot(cast)
    kept = let_go(cast, carried, lot)
    child = lots.split(by=cast.operator, traveler=lot, quantity=2, reason="Two boxes")
    clause_evidence.withdraw(by=cast.quality, evidence=kept, reason="Other part.")
    assert Event.objects.get(verb="withdraw", noun="clause evidence").lots == [lot.number, child.number]


def test_repeated_operation_waits_for_the_customer_again(cast):
    lot, carried = hold_lot(cast)
    let_go(cast, carried, lot)
    sign_step(cast, step_at(lot, 20))
    travelers.add_rework_pass(by=cast.quality, traveler=lot, operation_sequences=[20], reason="Burr")
    with pytest.raises(PointNotReleased):
        sign_step(cast, step_at(lot, 20))
    let_go(cast, carried, lot)
    assert sign_step(cast, step_at(lot, 20)).pass_number == 2


def test_hold_and_witness_name_an_operation_of_the_route(cast):
    lot = make_open_traveler(cast, quantity=5)
    with pytest.raises(PointDoesNotFit, match="Say which operation waits for it"):
        carry(cast, lot.order_line, "hold")
    with pytest.raises(PointDoesNotFit, match=r"no operation 25 .* Choose one of 10, 20, 30, 40, 50, 60\."):
        carry(cast, lot.order_line, "witness", point_at=25)


@pytest.mark.parametrize("kind", ["evidence", "source"])
def test_other_clauses_stop_no_operation(cast, kind):
    lot = make_open_traveler(cast, quantity=5)
    with pytest.raises(PointDoesNotFit, match="stops no operation"):
        carry(cast, lot.order_line, kind, point_at=20)
    assert carry(cast, lot.order_line, kind, number="Q-9").point_at is None


def test_operation_cannot_be_checked_before_a_route_is_released(cast):
    line = make_order_line(cast, make_part_revision(cast))
    assert carry(cast, line, "hold", point_at=25).point_at == 25
