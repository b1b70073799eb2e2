"""Lots brought in mid-way: what they owe, what a scan may prove, who reviews it."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction

from portal.domain.errors import Incomplete, NotEntitled, NotTheMoment
from portal.domain.files import FileRefused
from portal.domain.reauthentication import CredentialRefused
from portal.domain.signatures import is_intact
from portal.models import Event
from routes.domain import elsewhere, lots, materials, travelers
from routes.domain.elsewhere import FileOfAnotherCustomer, NotBroughtIn, NotDoneElsewhere, NothingBefore
from routes.domain.lots import LotHasLeft
from routes.domain.proofs import listed, proofs_of, sentence_for, sentence_of
from routes.domain.travelers import RouteDoesNotFit
from routes.domain.words import AlreadyThere, AuthorMayNotApprove, DatesDoNotFit, QuantityNotPossible
from routes.models import RecordedElsewhere, TravelerStep
from tests.cast import make_cast, reauth
from tests.factories.certificates import pdf
from tests.factories.elsewhere import make_brought_in_lot, review_all, scan, scan_all
from tests.factories.routes import (
    make_draft_route,
    make_material,
    make_open_traveler,
    make_order_line,
    make_part_revision,
    make_released_route,
    sign_step,
    step_at,
    today,
)


def states_of(lot):
    return [(step.operation.sequence, step.state) for step in lots.steps_of(lot)]


def owed(lot):
    return [(each.key, each.state) for each in proofs_of(lot)]


def plan(cast, **facts):
    """Return what `bring_in` takes for a lot of five that stands at operation 50."""
    route = make_released_route(cast)
    return {
        "by": cast.quality,
        "order_line": make_order_line(cast, route.part_revision, quantity=5),
        "route_revision": route,
        "quantity": 5,
        "at_sequence": 50,
        "reason": "Begun on paper.",
    } | facts


def test_brought_in_lot_stands_at_its_operation(cast):
    lot = elsewhere.bring_in(**plan(cast))
    assert states_of(lot) == [
        *[(sequence, "elsewhere") for sequence in (10, 20, 30, 40)],
        (50, "waiting"),
        (60, "waiting"),
    ]
    assert (lot.brought_in_at, lots.current_step(lot).operation.sequence) == (50, 50)
    assert lots.quantity_of(lot) == 5


def test_bringing_in_is_an_event_with_its_reason(cast):
    lot = elsewhere.bring_in(**plan(cast))
    event = Event.objects.get(verb="bring in")
    assert (event.number, event.data["sequence"], event.data["reason"]) == (lot.number, 50, "Begun on paper.")
    moved = Event.objects.filter(verb="record elsewhere", lots__contains=[lot.number])
    assert [event.data["to"] for event in moved] == ["elsewhere"] * 4


def test_owners_become_people_for_every_step(cast):
    lot = elsewhere.bring_in(**plan(cast))
    assert {step.quality_owner for step in lots.steps_of(lot)} == {cast.quality}


def test_bring_in_refuses_an_operation_the_route_does_not_have(cast):
    with pytest.raises(NothingBefore, match=r"has no operation 45\. Choose .* 10, 20, 30, 40, 50, 60\."):
        elsewhere.bring_in(**plan(cast, at_sequence=45))


def test_bring_in_refuses_the_first_operation(cast):
    with pytest.raises(NothingBefore, match="Open the lot as a new one"):
        elsewhere.bring_in(**plan(cast, at_sequence=10))


def test_bring_in_refuses_without_a_reason(cast):
    with pytest.raises(Incomplete, match="why it comes in now"):
        elsewhere.bring_in(**plan(cast, reason=" "))


def test_bring_in_refuses_a_draft_route(cast):
    route = make_draft_route(cast)
    with pytest.raises(RouteDoesNotFit):
        elsewhere.bring_in(
            **plan(cast, route_revision=route, order_line=make_order_line(cast, route.part_revision))
        )


def test_bring_in_refuses_more_than_the_line_may_have(cast):
    with pytest.raises(QuantityNotPossible, match="Open a smaller lot"):
        elsewhere.bring_in(**plan(cast, quantity=11))


def test_bring_in_is_planning(cast):
    with pytest.raises(NotEntitled):
        elsewhere.bring_in(**plan(cast, by=cast.operator))


def test_lot_owes_a_scan_for_each_thing_done_before(cast):
    lot = make_brought_in_lot(cast)
    assert owed(lot) == [
        ("step-10", "missing"),
        ("material", "missing"),
        ("step-20", "missing"),
        ("step-30", "missing"),
        ("results-30", "missing"),
        ("step-40", "missing"),
        ("process-40", "missing"),
    ]


def test_first_article_is_owed_where_the_order_asks_for_one(cast):
    lot = make_brought_in_lot(cast, at_sequence=20, fai_regime="before_dispatch")
    assert [key for key, _ in owed(lot)] == ["step-10", "material", "first_article"]


def test_lot_made_here_owes_nothing_from_elsewhere(cast):
    assert owed(make_open_traveler(cast)) == []


def test_best_scan_of_a_thing_stands_for_it(cast):
    lot = make_brought_in_lot(cast, at_sequence=20)
    first = scan(cast, lot, "step", 10)
    elsewhere.reject_elsewhere(
        by=cast.quality, record=first, reason="Nobody signed it.", token=reauth(cast.quality)
    )
    assert owed(lot)[0] == ("step-10", "rejected")
    second = scan(cast, lot, "step", 10)
    assert owed(lot)[0] == ("step-10", "recorded")
    elsewhere.review_elsewhere(by=cast.quality, record=second, token=reauth(cast.quality))
    assert (owed(lot)[0], proofs_of(lot)[0].record.number) == (("step-10", "reviewed"), second.number)


def test_one_paper_proves_several_things_with_one_signature(cast):
    lot = make_brought_in_lot(cast)
    records = scan_all(cast, lot)
    assert (len(records), len({record.file_id for record in records})) == (7, 1)
    assert [each.number for each in elsewhere.on_the_same_paper(records[3])] == [
        each.number for each in records
    ]
    reviewed = review_all(cast, lot)
    assert {state for _, state in owed(lot)} == {"reviewed"}
    signature = reviewed[0].review_signature
    assert {each.review_signature_id for each in reviewed} == {signature.pk}
    assert (signature.get_meaning_display(), signature.number) == ("Reviewed", records[0].number)
    content = {
        "lot": lot.number,
        "records": [
            {
                "number": each.number,
                "proves": each.proves,
                "operation": each.operation.sequence if each.operation else None,
                "description": each.description,
                "reference": "TRV-118",
                "done_on": each.done_on,
                "sha256": each.file.sha256,
            }
            for each in records
        ],
        "reason": "",
    }
    assert is_intact(signature, noun="record from elsewhere", number=records[0].number, content=content)


def test_who_added_a_scan_does_not_review_it(cast):
    lot = make_brought_in_lot(cast, at_sequence=20)
    record = elsewhere.record_elsewhere(
        by=cast.quality,
        traveler=lot,
        proves="step",
        operation=lot.route_revision.operations.get(sequence=10),
        description="Old traveler.",
        reference="",
        done_on=today(),
        content=pdf(),
        name="a.pdf",
    )
    with pytest.raises(AuthorMayNotApprove, match="Ask another quality engineer"):
        elsewhere.review_elsewhere(by=cast.quality, record=record, token=reauth(cast.quality))
    reviewed = elsewhere.review_elsewhere(
        by=cast.second_quality, record=record, token=reauth(cast.second_quality)
    )
    assert (reviewed.state, reviewed.review_signature.printed_name) == ("reviewed", "Tomas Wray")


def test_review_is_the_work_of_quality(cast):
    record = scan(cast, make_brought_in_lot(cast, at_sequence=20), "step", 10)
    with pytest.raises(NotEntitled):
        elsewhere.review_elsewhere(by=cast.operator, record=record, token=reauth(cast.operator))


def test_review_asks_for_a_fresh_credential(cast):
    record = scan(cast, make_brought_in_lot(cast, at_sequence=20), "step", 10)
    with pytest.raises(CredentialRefused):
        elsewhere.review_elsewhere(by=cast.quality, record=record, token="spent")
    record.refresh_from_db()
    assert record.state == "recorded"


def test_decided_scan_is_not_decided_again(cast):
    lot = make_brought_in_lot(cast, at_sequence=20)
    record = scan(cast, lot, "step", 10)
    elsewhere.review_elsewhere(by=cast.quality, record=record, token=reauth(cast.quality))
    with pytest.raises(NotTheMoment, match="is reviewed already"):
        elsewhere.reject_elsewhere(
            by=cast.quality, record=record, reason="Blurred.", token=reauth(cast.quality)
        )


def test_rejection_needs_a_reason(cast):
    record = scan(cast, make_brought_in_lot(cast, at_sequence=20), "step", 10)
    with pytest.raises(Incomplete, match=record.number):
        elsewhere.reject_elsewhere(by=cast.quality, record=record, reason=" ", token=reauth(cast.quality))


def test_scan_of_a_lot_made_here_is_refused(cast):
    lot = make_open_traveler(cast)
    with pytest.raises(NotBroughtIn, match="was opened here"):
        scan(cast, lot, "step", 10)


@pytest.mark.parametrize(
    "proves, sequence, why",
    [
        ("step", 50, "that operation is done here"),
        ("process", 20, "nothing of that kind is asked"),
        ("results", 10, "nothing of that kind is asked"),
        ("first_article", None, "nothing of that kind is asked"),
        ("step", None, "name the operation"),
        ("material", 10, "it belongs to the lot"),
    ],
)
def test_scan_proves_only_what_the_lot_owes(cast, proves, sequence, why):
    lot = make_brought_in_lot(cast)
    with pytest.raises(NotDoneElsewhere, match=why):
        scan(cast, lot, proves, sequence)
    assert not RecordedElsewhere.objects.exists()


def test_paper_is_not_younger_than_the_lot(cast):
    lot = make_brought_in_lot(cast)
    with pytest.raises(DatesDoNotFit, match="later work is recorded here"):
        scan(cast, lot, "step", 10, done_on=today() + timedelta(days=1))


def test_paper_without_a_description_is_refused(cast):
    lot = make_brought_in_lot(cast)
    with pytest.raises(Incomplete, match="what the paper is"):
        scan(cast, lot, "step", 10, description="")


def test_paper_that_cannot_be_read_is_refused(cast):
    lot = make_brought_in_lot(cast)
    with pytest.raises(FileRefused):
        scan(cast, lot, "step", 10, content=b"", name="empty.pdf")


def test_same_file_is_not_added_twice_for_one_thing(cast):
    lot, paper = make_brought_in_lot(cast), pdf()
    record = scan(cast, lot, "step", 10, content=paper)
    with pytest.raises(AlreadyThere, match=f"shown by {record.number} already, which waits"):
        scan(cast, lot, "step", 10, content=paper)
    assert scan(cast, lot, "step", 20, content=paper).state == "recorded"


def test_reviewed_thing_needs_no_further_scan(cast):
    lot = make_brought_in_lot(cast, at_sequence=20)
    record = scan(cast, lot, "step", 10)
    elsewhere.review_elsewhere(by=cast.quality, record=record, token=reauth(cast.quality))
    with pytest.raises(AlreadyThere, match="was reviewed"):
        scan(cast, lot, "step", 10)


def test_shipped_lot_takes_no_scan(cast):
    lot = make_brought_in_lot(cast)
    type(lot).objects.filter(pk=lot.pk).update(state="closed")
    with pytest.raises(LotHasLeft):
        scan(cast, lot, "step", 10)


def test_outsiders_add_nothing(cast):
    lot = make_brought_in_lot(cast)
    with pytest.raises(NotEntitled):
        elsewhere.record_paper(
            by=cast.vendor,
            traveler=lot,
            proofs=[],
            description="x",
            reference="",
            done_on=today(),
            content=pdf(),
            name="a.pdf",
        )


def test_paper_that_proves_nothing_is_refused(cast):
    lot = make_brought_in_lot(cast)
    with pytest.raises(Incomplete, match="at least one thing"):
        elsewhere.record_paper(
            by=cast.inspector,
            traveler=lot,
            proofs=[],
            description="x",
            reference="",
            done_on=today(),
            content=pdf(),
            name="a.pdf",
        )


def test_child_has_the_steps_and_scans_of_its_parent(cast):
    lot = make_brought_in_lot(cast, scans="recorded")
    child = lots.split(by=cast.operator, traveler=lot, quantity=2, reason="Partial shipment.")
    review_all(cast, lot)
    assert states_of(child) == states_of(lot)
    assert {state for _, state in owed(child)} == {"reviewed"}


def test_scan_of_a_child_is_not_its_parents(cast):
    lot = make_brought_in_lot(cast)
    child = lots.split(by=cast.operator, traveler=lot, quantity=2, reason="Two heats.")
    scan(cast, child, "material")
    assert [state for key, state in owed(lot) if key == "material"] == ["missing"]
    assert [state for key, state in owed(child) if key == "material"] == ["recorded"]


def test_material_on_record_here_needs_no_scan(cast):
    lot = make_brought_in_lot(cast)
    materials.issue_material(by=cast.operator, traveler=lot, material_lot=make_material(cast))
    lot.refresh_from_db()
    assert "material" not in [key for key, _ in owed(lot)]
    with pytest.raises(NotDoneElsewhere, match="its material is on record here"):
        scan(cast, lot, "material")


def test_lot_brought_in_at_its_last_operation_is_complete_when_it_is_signed(cast):
    lot = make_brought_in_lot(cast, at_sequence=60)
    signed = sign_step(cast, step_at(lot, 60))
    lot.refresh_from_db()
    assert (signed.quantity_in, signed.quantity_out, lot.state) == (5, 5, "complete")


def test_work_done_elsewhere_may_be_repeated_here(cast):
    lot = make_brought_in_lot(cast)
    travelers.add_rework_pass(
        by=cast.quality, traveler=lot, operation_sequences=[20, 30], reason="Burrs found."
    )
    assert [(s.operation.sequence, s.pass_number, s.state) for s in lots.steps_of(lot)][1:3] == [
        (20, 2, TravelerStep.WAITING),
        (30, 2, TravelerStep.WAITING),
    ]
    assert [key for key, _ in owed(lot)] == ["step-10", "material", "step-40", "process-40"]


def test_serialised_lot_keeps_the_serials_it_came_with(cast):
    lot = make_brought_in_lot(cast, is_serialized=True, serials=["A7", "A9", "B1", "B2", "B4"])
    assert lots.serials_of(lot) == ["A7", "A9", "B1", "B2", "B4"]


def test_part_of_another_order_is_refused(cast):
    line = make_order_line(cast, make_part_revision(cast))
    with pytest.raises(RouteDoesNotFit):
        elsewhere.bring_in(**plan(cast, order_line=line))


def test_names_are_listed_as_people_do():
    assert [listed(names) for names in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]


def test_what_came_from_elsewhere_is_one_sentence(cast):
    lot = make_brought_in_lot(cast)
    assert (
        sentence_for(lot) == f"Operations 10 to 40 of lot {lot.number} recorded elsewhere, not reviewed yet."
    )
    record = scan(cast, lot, "step", 10)
    elsewhere.review_elsewhere(by=cast.quality, record=record, token=reauth(cast.quality))
    assert sentence_for(lot) == (
        f"Operations 10 to 40 of lot {lot.number} recorded elsewhere, reviewed by Maud Ferreira ({record.number})."
    )
    assert sentence_for(make_open_traveler(cast)) == ""
    assert sentence_of("T-1", [10], [("E-1", "A")]) == (
        "Operation 10 of lot T-1 recorded elsewhere, reviewed by A (E-1)."
    )


def test_file_of_another_customers_lot_is_refused(cast):
    paper = pdf()
    scan(cast, make_brought_in_lot(cast), "step", 10, content=paper)
    theirs = make_brought_in_lot(cast, customer=cast.stranger_customer)
    with pytest.raises(FileOfAnotherCustomer, match="Send only the pages of this lot"):
        scan(cast, theirs, "step", 10, content=paper)
    assert scan(cast, theirs, "step", 10).state == "recorded"


def test_a_scan_rejected_at_the_wrong_lot_is_free_for_the_right_one(cast):
    paper = pdf()
    wrong = scan(cast, make_brought_in_lot(cast), "step", 10, content=paper)
    right = make_brought_in_lot(cast, customer=cast.stranger_customer)
    with pytest.raises(FileOfAnotherCustomer):
        scan(cast, right, "step", 10, content=paper)
    elsewhere.reject_elsewhere(
        by=cast.quality, record=wrong, reason="Of another lot.", token=reauth(cast.quality)
    )
    assert scan(cast, right, "step", 10, content=paper).state == "recorded"


def test_one_scan_for_two_customers_at_the_same_instant_is_taken_once(committed_db):
    cast, paper = make_cast(), pdf()
    ours = make_brought_in_lot(cast)
    theirs = make_brought_in_lot(cast, customer=cast.stranger_customer)
    came_of_it = []

    def bring_the_same():
        try:
            came_of_it.append(scan(cast, theirs, "step", 10, content=paper))
        except FileOfAnotherCustomer as refusal:
            came_of_it.append(refusal)
        finally:
            connection.close()

    other = threading.Thread(target=bring_the_same)
    with transaction.atomic():
        kept = scan(cast, ours, "step", 10, content=paper)
        other.start()
        other.join(timeout=3)
    other.join(timeout=30)
    assert [type(each) for each in came_of_it] == [FileOfAnotherCustomer]
    assert list(RecordedElsewhere.objects.all()) == [kept]
