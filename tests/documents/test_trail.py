"""Edits after the first signature: what counts as one, who may review them, what the pages show."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from documents.domain import certificates, decisions, trail
from documents.domain.chain import check_lots
from documents.domain.chain.trail_facts import REGISTER, read_edits
from documents.domain.trail import EditorMayNotReview, NothingToReview
from inspection.domain.measurements import void_measurement
from portal.domain.errors import NotEntitled
from portal.domain.reauthentication import CredentialRefused
from portal.domain.signatures import is_intact
from portal.models import Event
from routes.domain import clause_evidence, clauses, holds, lots, travelers
from routes.domain.quantities import record_quantity_move
from tests.cast import PASSWORD, reauth
from tests.factories.certificates import accept, make_process_certificate
from tests.factories.clauses import carry, show
from tests.factories.inspection import make_lot
from tests.factories.measuring import make_inspection, measure
from tests.factories.routes import make_open_traveler, sign_step, step_at

HOUSE = Path(trail.__file__).parents[2]
ROOMS = ("routes/domain", "subcontract/domain", "inspection/domain", "documents/domain")


def signed_lot(cast, **facts):
    """Return a lot with two steps signed."""
    return make_open_traveler(cast, quantity=5, up_to=30, **facts)


def void_a_value(cast, lot):
    void_measurement(
        by=cast.inspector,
        measurement=measure(cast, make_inspection(cast, lot), "2", "1"),
        reason="Wrong piece.",
    )


def correct_the_count(cast, lot, *, by=None, quantity=1):
    record_quantity_move(
        by=by or cast.operator,
        traveler=lot,
        kind="correction",
        quantity=quantity,
        reason="Counted again.",
        witness=cast.inspector,
    )


def sign_late(cast, lot):
    """Sign operation 20 again, two days after it was done."""
    travelers.add_rework_pass(by=cast.quality, traveler=lot, operation_sequences=[20], reason="Burr")
    done = step_at(lot, 10).signed_at + timedelta(seconds=1)
    lot.steps.filter(operation__sequence=10).update(signed_at=done - timedelta(days=3))
    type(lot).objects.filter(pk=lot.pk).update(opened_at=done - timedelta(days=4))
    travelers.sign_step(
        by=cast.operator,
        step=step_at(lot, 20),
        token=reauth(cast.operator),
        at=timezone.now() - timedelta(days=2),
        late_reason="Tablet broken.",
    )


def answer_anew(cast, lot):
    carried = carry(cast, lot.order_line)
    clauses.answer_clause(
        by=cast.quality, line_clause=carried, answer="operation", answered_by="operation 60 Pack"
    )


def withdraw_evidence(cast, lot):
    kept = show(cast, carry(cast, lot.order_line), lot)
    clause_evidence.withdraw(by=cast.quality, evidence=kept, reason="Other part.")


def split_in_the_past(cast, lot):
    lot.steps.exclude(signed_at=None).update(signed_at=timezone.now() - timedelta(days=3))
    type(lot).objects.filter(pk=lot.pk).update(opened_at=timezone.now() - timedelta(days=4))
    lots.split(
        by=cast.operator,
        traveler=lot,
        quantity=2,
        reason="Two heats",
        at=timezone.now() - timedelta(days=1),
    )


EDITS = {
    "void value of": void_a_value,
    "record_quantity": correct_the_count,
    "sign": sign_late,
    "answer clause of": answer_anew,
    "withdraw": withdraw_evidence,
    "split": split_in_the_past,
}


def edits_of(lot):
    return [edit.verb for edit in read_edits([lot.pk]).get(lot.pk, ())]


@pytest.mark.parametrize("verb", EDITS)
def test_act_that_changes_what_was_signed_is_an_edit(cast, verb):
    lot = signed_lot(cast)
    assert edits_of(lot) == []
    EDITS[verb](cast, lot)
    assert edits_of(lot) == [verb]


@pytest.mark.parametrize("verb", sorted({verb for verb, _, _ in REGISTER}))
def test_verb_of_the_register_is_recorded_somewhere(verb):
    """A verb renamed would silently be no edit any more."""
    rooms = [path for room in ROOMS for path in (HOUSE / room).rglob("*.py")]
    written = [path for path in rooms if "trail" not in path.name and f'"{verb}"' in path.read_text()]
    assert written != []


def test_reopened_lot_is_an_edit(cast):
    lot = make_lot(cast, at=999)
    assert edits_of(lot) == []
    travelers.add_rework_pass(by=cast.quality, traveler=lot, operation_sequences=[20, 50], reason="Burr")
    assert edits_of(lot) == ["reopen"]


def test_certificate_typed_anew_or_revoked_is_an_edit(cast):
    certificate = make_process_certificate(cast)
    lot = certificate.coverages.get().traveler
    assert edits_of(lot) == []
    certificates.enter_fields(by=cast.inspector, certificate=certificate, signed_name="D. Marchetti")
    accept(cast, certificate)
    assert edits_of(lot) == ["enter"]
    decisions.revoke(by=cast.quality, certificate=certificate, reason="Forged.", token=reauth(cast.quality))
    assert edits_of(lot) == ["enter", "revoke"]


def hold_and_release(cast, lot):
    hold = holds.place_hold(by=cast.operator, traveler=lot, reason="Burr")
    holds.release_hold(by=cast.quality, hold=hold, reason="Gone.", token=reauth(cast.quality))


def scrap_one(cast, lot):
    record_quantity_move(
        by=cast.operator, traveler=lot, kind="scrapped", quantity=1, reason="Dent", witness=cast.inspector
    )


NO_EDITS = {
    "hold": hold_and_release,
    "scrap": scrap_one,
    "split": lambda cast, lot: lots.split(by=cast.operator, traveler=lot, quantity=2, reason="Two boxes"),
    "rework": lambda cast, lot: travelers.add_rework_pass(
        by=cast.quality, traveler=lot, operation_sequences=[20], reason="Burr"
    ),
    "measure": lambda cast, lot: measure(cast, make_inspection(cast, lot), "2", "1"),
    "clause": lambda cast, lot: carry(cast, lot.order_line),
}


@pytest.mark.parametrize("name", NO_EDITS)
def test_act_that_adds_or_moves_on_is_no_edit(cast, name):
    lot = signed_lot(cast)
    NO_EDITS[name](cast, lot)
    assert edits_of(lot) == []


def test_edit_before_the_first_signature_is_none(cast):
    lot = make_open_traveler(cast, quantity=5)
    correct_the_count(cast, lot)
    assert edits_of(lot) == []


def test_child_inherits_edits_and_reviews_until_the_split(cast):
    lot = signed_lot(cast)
    correct_the_count(cast, lot)
    trail.review(by=cast.quality, traveler=lot, remarks="", token=reauth(cast.quality))
    child = lots.split(by=cast.operator, traveler=lot, quantity=2, reason="Two boxes")
    correct_the_count(cast, lot, quantity=-1)
    found = read_edits([lot.pk, child.pk])
    assert [edit.reviewed_by for edit in found[child.pk]] == [cast.quality.printed_name]
    assert [edit.reviewed_by for edit in found[lot.pk]] == [cast.quality.printed_name, ""]


def test_review_names_exactly_the_edits_it_covers(cast):
    lot = signed_lot(cast)
    correct_the_count(cast, lot)
    kept = trail.review(
        by=cast.quality, traveler=lot, remarks=" Counted with me. ", token=reauth(cast.quality)
    )
    event = Event.objects.get(verb="record_quantity")
    assert (kept.edits, kept.through_event, kept.reviewer, kept.remarks) == (
        1,
        event.pk,
        cast.quality,
        "Counted with me.",
    )
    content = {"lot": lot.number, "edits": [event.leaf_sha256], "remarks": "Counted with me."}
    assert is_intact(kept.signature, noun="trail", number=lot.number, content=content)
    told = Event.objects.get(verb="review trail of")
    assert (told.number, told.lots) == (lot.number, [lot.number])


def test_review_is_not_signed_by_an_editor(cast):
    lot = signed_lot(cast)
    correct_the_count(cast, lot)
    correct_the_count(cast, lot, by=cast.quality, quantity=-1)
    with pytest.raises(EditorMayNotReview) as refusal:
        trail.review(by=cast.quality, traveler=lot, remarks="", token=reauth(cast.quality))
    assert refusal.value.sentence == (
        f"{cast.quality.printed_name} made 1 of the 2 edits of lot {lot.number} and may not review them. Ask another "
        "quality engineer."
    )
    assert (
        trail.review(
            by=cast.second_quality, traveler=lot, remarks="", token=reauth(cast.second_quality)
        ).edits
        == 2
    )


def test_review_needs_edits_quality_and_a_credential(cast):
    lot = signed_lot(cast)
    with pytest.raises(NothingToReview):
        trail.review(by=cast.quality, traveler=lot, remarks="", token=reauth(cast.quality))
    correct_the_count(cast, lot)
    with pytest.raises(NotEntitled):
        trail.review(by=cast.inspector, traveler=lot, remarks="", token=reauth(cast.inspector))
    with pytest.raises(CredentialRefused):
        trail.review(by=cast.quality, traveler=lot, remarks="", token="old")
    assert not lot.trail_reviews.exists()


def trail_slot(lot):
    return next(slot for slot in check_lots([lot])[lot.number] if slot.code == "TRAIL")


def test_chain_asks_for_the_review_and_takes_it(cast):
    lot = make_lot(cast, at=999)
    correct_the_count(cast, lot)
    assert (trail_slot(lot).state, trail_slot(lot).stops) == ("missing", True)
    trail.review(by=cast.quality, traveler=lot, remarks="", token=reauth(cast.quality))
    assert (trail_slot(lot).state, trail_slot(lot).evidence) == (
        "accepted",
        f"1 edit, reviewed by {cast.quality.printed_name}",
    )
    correct_the_count(cast, lot, quantity=-1)
    assert trail_slot(lot).state == "missing"


def test_edits_of_three_lots_take_one_statement(cast):
    found = [signed_lot(cast) for _ in range(3)]
    for lot in found:
        correct_the_count(cast, lot)
    with CaptureQueriesContext(connection) as statements:
        edits = read_edits([lot.pk for lot in found])
    assert (len(statements), [len(edits[lot.pk]) for lot in found]) == (1, [1, 1, 1])


def test_edit_says_what_stood_there_before_and_now(cast):
    lot = signed_lot(cast)
    correct_the_count(cast, lot)
    void_a_value(cast, lot)
    answer_anew(cast, lot)
    told = [(edit.event.verb, edit.was, edit.now) for edit in trail.edits_of(lot)]
    value = Event.objects.get(verb="void value of").data["value"]
    assert told == [
        ("record_quantity", "5 pieces", "4 pieces"),
        ("void value of", value, "withdrawn"),
        ("answer clause of", "document: FOD log of the cell", "operation: operation 60 Pack"),
    ]


def test_amended_line_says_what_it_was_and_what_changed():
    data = {"was": {"quantity": 5, "due_on": None}, "changes": "pieces 5 to 6"}
    event = Event(verb="amend_line", noun="order", number="O-000001", data=data, at=timezone.now())
    assert trail._changed(event) == ("quantity 5; due on none", "pieces 5 to 6")


def test_edit_of_a_certificate_says_which_fields_changed(cast):
    certificate = make_process_certificate(cast)
    lot = certificate.coverages.get().traveler
    was = certificate.signed_name
    certificates.enter_fields(by=cast.inspector, certificate=certificate, signed_name="D. Marchetti Jr")
    [edit] = trail.edits_of(lot)
    assert (edit.was, edit.now) == (f"signed name {was or 'none'}", "signed name D. Marchetti Jr")


def test_trail_page_shows_edits_and_offers_the_review(cast, sign_in):
    lot = signed_lot(cast)
    correct_the_count(cast, lot)
    here = reverse("documents:lot-trail", kwargs={"number": lot.number})
    there = reverse("documents:lot-trail-review", kwargs={"number": lot.number})
    client = sign_in(cast.quality)
    page = client.get(here).content.decode()
    assert [word in page for word in ("5 pieces", "4 pieces", "Counted again.", there)] == [True] * 4
    assert client.post(there, {"remarks": "", "password": "wrong"}).status_code == 422
    answer = client.post(there, {"remarks": "Right.", "password": PASSWORD})
    assert (answer.status_code, answer.url) == (302, here)
    page = client.get(here).content.decode()
    assert (there in page, "Right." in page) == (False, True)


def test_editor_is_told_to_ask_another(cast, sign_in):
    lot = signed_lot(cast)
    correct_the_count(cast, lot, by=cast.quality)
    here = reverse("documents:lot-trail", kwargs={"number": lot.number})
    page = sign_in(cast.quality).get(here).content.decode()
    assert ("You made one of these edits." in page, "trail/review/" in page) == (True, False)


def test_page_of_a_lot_without_edits_says_so(cast, sign_in):
    lot = signed_lot(cast)
    page = sign_in(cast.operator).get(reverse("documents:lot-trail", kwargs={"number": lot.number}))
    assert "Nothing signed or measured of this lot was changed afterwards." in page.content.decode()


def test_signature_of_the_next_step_is_no_edit(cast):
    lot = make_open_traveler(cast, quantity=5, up_to=20)
    sign_step(cast, step_at(lot, 20))
    assert edits_of(lot) == []
