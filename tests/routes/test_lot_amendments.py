"""Changing one lot's way: what a second person must sign, what a proposal stops, and what nobody may change."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.domain.errors import Incomplete, NotEntitled, NotTheMoment
from portal.domain.reauthentication import CredentialRefused
from portal.domain.signatures import is_intact
from portal.models import Authority, Event
from routes.domain import clause_evidence, lot_amendments, lots, quantities, travelers
from routes.domain.amended import AmendmentUndecided, amendments_of, redlines_by_step, redlines_of
from routes.domain.amendment_limits import MayNotBeRedlined, MayNotBeSkipped
from routes.domain.floor import what_stops
from routes.domain.lots import LotHasLeft
from routes.domain.travelers import ReworkNotVerified
from routes.domain.words import AlreadyThere, AuthorMayNotApprove, DatesDoNotFit
from routes.models import Traveler, TravelerAmendment, TravelerStep
from tests.factories import routes as made
from tests.factories.amendments import (
    WORDS,
    approve,
    make_amendable_lot,
    make_amendment,
    propose,
    refuse,
)
from tests.factories.clauses import carry
from tests.factories.inspection import walk
from tests.factories.measuring import complete, make_inspection, measure_all

KINDS = ("redline", "skip", "add")


def places(kind: str) -> dict:
    return {"sequence": 27} if kind == "add" else {}


def states(lot: Traveler) -> dict[int, str]:
    return {step.operation.sequence: step.state for step in lots.steps_of(lot)}


# ------------------------------------------------------------------------------------------------ proposing


@pytest.mark.parametrize("kind", KINDS)
def test_a_proposal_is_kept_and_told(cast, kind):
    lot = make_amendable_lot(cast)
    amendment = propose(cast, lot, kind, **places(kind))
    assert (amendment.state, amendment.proposed_by, amendment.signature) == ("proposed", cast.operator, None)
    told = Event.objects.get(noun="amendment")
    assert (told.verb, told.number, told.lots) == ("propose", amendment.number, [lot.number])
    assert told.data["reason"] == "The brush is worn."
    assert amendments_of(lot) == [amendment]


@pytest.mark.parametrize("kind", KINDS)
def test_who_may_propose(cast, kind):
    lot = make_amendable_lot(cast)
    with pytest.raises(NotEntitled):
        propose(cast, lot, kind, by=cast.buyer, **places(kind))
    assert propose(cast, lot, kind, by=cast.inspector, **places(kind)).state == "proposed"


@pytest.mark.parametrize("kind", KINDS)
def test_a_proposal_gives_a_reason(cast, kind):
    lot = make_amendable_lot(cast)
    with pytest.raises(Incomplete) as refusal:
        propose(cast, lot, kind, reason=" ", **places(kind))
    assert refusal.value.sentence == f"Say why lot {lot.number} is amended."


@pytest.mark.parametrize("kind", ["redline", "add"])
def test_the_words_that_hold_are_given_and_short(cast, kind):
    lot = make_amendable_lot(cast)
    for words in (" ", "x" * 2_001):
        with pytest.raises(Incomplete):
            propose(cast, lot, kind, words=words, **places(kind))
    assert propose(cast, lot, kind, words="x" * 2_000, **places(kind)).words == "x" * 2_000


def test_an_added_operation_has_a_name(cast):
    lot = make_amendable_lot(cast)
    with pytest.raises(Incomplete) as refusal:
        propose(cast, lot, "add", sequence=27, name="")
    assert refusal.value.sentence == f"Name the operation that is added to lot {lot.number}."


@pytest.mark.parametrize("kind", KINDS)
def test_a_lot_that_left_is_not_amended(cast, kind):
    lot = make_amendable_lot(cast)
    open_one = propose(cast, lot, kind, **places(kind))
    moved = {"kind": "scrapped", "quantity": 50, "reason": "Dropped.", "witness": cast.inspector}
    quantities.record_quantity_move(by=cast.operator, traveler=lot, **moved)
    with pytest.raises(LotHasLeft):
        propose(cast, lot, kind, **places(kind))
    with pytest.raises(LotHasLeft):
        approve(cast, open_one)


@pytest.mark.parametrize("kind", ["redline", "skip"])
def test_only_what_is_still_to_be_done_is_amended(cast, kind):
    lot = make_amendable_lot(cast, up_to=30)
    for sequence in (25, 26):
        with pytest.raises(NotTheMoment):
            propose(cast, lot, kind, sequence=sequence)
    assert propose(cast, lot, kind, sequence=55).step.operation.sequence == 55


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_is_not_proposed_twice(cast, kind):
    lot = make_amendable_lot(cast)
    first = propose(cast, lot, kind, **places(kind))
    with pytest.raises(AlreadyThere):
        propose(cast, lot, kind, **places(kind))
    refuse(cast, first)
    assert propose(cast, lot, kind, **places(kind)).state == "proposed"


# ------------------------------------------------------------------------------------------------ deciding


@pytest.mark.parametrize("kind", KINDS)
def test_the_second_person_signs_what_was_proposed(cast, kind):
    amendment = make_amendment(cast, make_amendable_lot(cast), kind, **places(kind))
    assert (amendment.state, amendment.signature.person, amendment.signature.meaning) == (
        "approved",
        cast.second_quality,
        "approved",
    )
    amendment.refresh_from_db()
    content = lot_amendments.content_of(amendment)
    assert is_intact(amendment.signature, noun="amendment", number=amendment.number, content=content)
    amendment.reason = "Another reason."
    changed = lot_amendments.content_of(amendment)
    assert not is_intact(amendment.signature, noun="amendment", number=amendment.number, content=changed)


def test_who_proposed_it_does_not_decide_it(cast):
    amendment = propose(cast, make_amendable_lot(cast), "skip", by=cast.quality)
    for decide in (approve, refuse):
        with pytest.raises(AuthorMayNotApprove) as refusal:
            decide(cast, amendment, by=cast.quality)
    assert refusal.value.sentence == (
        f"{cast.quality.printed_name} proposed {amendment.number} and may not refuse it. "
        "Ask another quality engineer."
    )
    assert approve(cast, amendment).state == "approved"


@pytest.mark.parametrize("decide", [approve, refuse])
def test_the_floor_does_not_decide(cast, decide):
    amendment = propose(cast, make_amendable_lot(cast), "skip")
    for by in (cast.inspector, cast.customer_quality):
        with pytest.raises(NotEntitled):
            decide(cast, amendment, by=by)


@pytest.mark.parametrize("decide", [approve, refuse])
def test_the_second_person_holds_the_authority_for_this_customer(cast, decide):
    amendment = propose(cast, make_amendable_lot(cast), "skip")
    held = cast.second_quality.authorities.filter(act=Authority.APPROVE_ROUTE)
    held.update(customer=cast.stranger_customer)
    with pytest.raises(NotEntitled):
        decide(cast, amendment)
    held.update(customer=cast.customer)
    assert decide(cast, amendment).signature.person == cast.second_quality


def test_a_decision_takes_the_credential_anew(cast):
    amendment = propose(cast, make_amendable_lot(cast), "skip")
    with pytest.raises(CredentialRefused):
        lot_amendments.approve(by=cast.second_quality, amendment=amendment, token="spent")
    with pytest.raises(CredentialRefused):
        refuse(cast, amendment, token="spent")
    amendment.refresh_from_db()
    assert amendment.state == "proposed"


def test_a_refusal_gives_a_reason_and_changes_nothing(cast):
    lot = make_amendable_lot(cast)
    amendment = propose(cast, lot, "skip")
    with pytest.raises(Incomplete):
        refuse(cast, amendment, reason=" ")
    refused = refuse(cast, amendment)
    assert (refused.state, refused.decision_reason, states(lot)[25]) == (
        "refused",
        "The brush was changed.",
        "waiting",
    )


def test_what_is_decided_stays_decided(cast):
    for at in ("approved", "refused", "withdrawn"):
        amendment = make_amendment(cast, make_amendable_lot(cast), "redline", at=at)
        for again in (approve, refuse):
            with pytest.raises(NotTheMoment):
                again(cast, amendment)
        with pytest.raises(NotTheMoment):
            lot_amendments.withdraw(by=cast.operator, amendment=amendment, reason="Not needed.")


def test_only_who_proposed_it_withdraws_it(cast):
    amendment = propose(cast, make_amendable_lot(cast), "skip")
    for by, reason, refusal in [
        (cast.quality, "Not needed.", NotEntitled),
        (cast.buyer, "Not needed.", NotEntitled),
        (cast.operator, " ", Incomplete),
    ]:
        with pytest.raises(refusal):
            lot_amendments.withdraw(by=by, amendment=amendment, reason=reason)
    taken_back = lot_amendments.withdraw(by=cast.operator, amendment=amendment, reason="Not needed.")
    assert (taken_back.state, taken_back.signature) == ("withdrawn", None)


def test_an_approval_asks_again_because_the_lot_went_on(cast):
    lot = make_amendable_lot(cast)
    skip = propose(cast, lot, "skip", sequence=55)
    clause = carry(cast, lot.order_line, "hold", point_at=55)
    with pytest.raises(MayNotBeSkipped) as refusal:
        approve(cast, skip)
    assert str(clause.clause) in refusal.value.sentence
    assert states(lot)[55] == "waiting"


# ------------------------------------------------------------------------------------------------ redlines


def test_a_redline_holds_at_its_step_once_approved(cast):
    lot = make_amendable_lot(cast)
    amendment = propose(cast, lot, "redline")
    assert redlines_of(made.step_at(lot, 25)) == []
    approve(cast, amendment)
    assert [each.words for each in redlines_of(made.step_at(lot, 25))] == [WORDS]
    assert redlines_of(made.step_at(lot, 30)) == []


def test_who_signs_a_redlined_step_signs_its_words(cast):
    lot = make_amendable_lot(cast, up_to=20)
    amendment = make_amendment(cast, lot, "redline")
    plain, redlined = (made.sign_step(cast, made.step_at(lot, sequence)) for sequence in (20, 25))
    signed = [json.loads(bytes(step.signature.canonical))["content"] for step in (plain, redlined)]
    assert ["redlines" in content for content in signed] == [False, True]
    assert signed[1]["redlines"] == [{"number": amendment.number, "words": WORDS}]


def test_a_further_pass_begins_with_the_words_of_the_route(cast):
    lot = make_amendable_lot(cast)
    approve(cast, propose(cast, lot, "redline"))
    made.sign_up_to(cast, lot, 30)
    travelers.add_rework_pass(
        by=cast.quality, traveler=lot, operation_sequences=[25], reason="Edges still sharp."
    )
    first, second = TravelerStep.objects.filter(operation__sequence=25).order_by("pass_number")
    held = redlines_by_step([first, second], amendments_of(lot))
    assert ([each.words for each in held[first.pk]], held[second.pk]) == ([WORDS], [])


def test_a_redline_does_not_reach_a_processor(cast):
    lot = make_amendable_lot(cast)
    with pytest.raises(MayNotBeRedlined) as refusal:
        propose(cast, lot, "redline", sequence=40)
    assert refusal.value.sentence == (
        f"Operation 40 Anodize of lot {lot.number} is done outside, where nobody reads this traveler. "
        "Write it on the outside order, or change the route by a new revision."
    )
    assert propose(cast, lot, "redline", sequence=50).state == "proposed"


@pytest.mark.parametrize("kind", ["redline", "skip"])
def test_a_step_with_an_open_amendment_is_not_signed(cast, kind):
    lot = make_amendable_lot(cast)
    amendment, step = propose(cast, lot, kind), made.step_at(lot, 25)
    with pytest.raises(AmendmentUndecided) as refusal:
        made.sign_step(cast, step)
    assert refusal.value.sentence == (
        f"Step {step.number} Deburr edges waits for a decision on {amendment.number} ({kind}: The brush is worn). "
        "A quality engineer other than who proposed it approves or refuses it; who proposed it may withdraw it."
    )
    assert what_stops(step) == refusal.value.sentence
    refuse(cast, amendment)
    assert (what_stops(step), made.sign_step(cast, step).state) == ("", "signed")


def test_an_inspection_with_an_open_redline_is_not_completed(cast):
    lot = make_amendable_lot(cast, up_to=30, quantity=2)
    amendment, record = propose(cast, lot, "redline", sequence=30), make_inspection(cast, lot)
    measure_all(cast, record, gauge=made.make_gauge(cast))
    with pytest.raises(AmendmentUndecided):
        complete(cast, record)
    approve(cast, amendment)
    complete(cast, record)
    assert states(lot)[30] == "signed"


# ------------------------------------------------------------------------------------------------ repeats


def test_a_repeat_opens_a_further_pass_when_the_second_person_signs(cast):
    lot = make_amendable_lot(cast, up_to=30)
    amendment = propose(cast, lot, "repeat")
    assert states(lot)[25] == "signed"
    approve(cast, amendment)
    step = made.step_at(lot, 25)
    assert (step.pass_number, step.state) == (2, "waiting")


def test_a_repeat_is_of_what_was_done_and_inspected_again(cast):
    lot = walk(cast, make_amendable_lot(cast, quantity=3), to=60)
    for sequences, refusal in [([60], NotTheMoment), ([99], NotTheMoment), ([], ReworkNotVerified)]:
        with pytest.raises(refusal):
            propose(cast, lot, "repeat", operation_sequences=sequences)
    with pytest.raises(ReworkNotVerified):
        propose(cast, lot, "repeat", operation_sequences=[25])
    approve(cast, propose(cast, lot, "repeat", operation_sequences=[25, 30, 50]))
    assert {s for s, state in states(lot).items() if state == "waiting"} == {25, 30, 50, 60}


def test_a_repeat_opens_a_complete_lot_again(cast):
    lot = walk(cast, make_amendable_lot(cast, quantity=3), to=999)
    approve(cast, propose(cast, lot, "repeat", operation_sequences=[55]))
    lot.refresh_from_db()
    assert (lot.state, states(lot)[55]) == ("open", "waiting")


# ------------------------------------------------------------------------------------------------ lineage


def split_off(cast, lot: Traveler, **facts) -> Traveler:
    return lots.split(by=cast.operator, traveler=lot, quantity=1, reason="Sent ahead.", **facts)


def test_a_child_inherits_what_was_approved_before_the_split(cast):
    lot = make_amendable_lot(cast)
    skip = approve(cast, propose(cast, lot, "skip"))
    added = approve(cast, propose(cast, lot, "add", sequence=27))
    redline = approve(cast, propose(cast, lot, "redline", sequence=55))
    child = split_off(cast, lot)
    assert states(child) == states(lot)
    assert amendments_of(child) == [skip, added, redline]
    assert redlines_of(made.step_at(child, 55)) == [redline]
    made.sign_step(cast, made.step_at(child, 27))
    assert (states(child)[27], states(lot)[27]) == ("signed", "waiting")


@pytest.mark.parametrize("at", ["proposed", "approved later"])
def test_a_child_goes_on_by_the_route_while_nothing_was_signed(cast, at):
    lot = make_amendable_lot(cast)
    skip = propose(cast, lot, "skip")
    child = split_off(cast, lot)
    if at == "approved later":
        approve(cast, skip)
    assert (states(child)[25], amendments_of(child)) == ("waiting", [])
    assert made.sign_step(cast, made.step_at(child, 25)).state == "signed"


def test_a_split_is_not_dated_before_an_approval(cast):
    lot = make_amendable_lot(cast)
    before = timezone.now()
    approve(cast, propose(cast, lot, "redline"))
    with pytest.raises(DatesDoNotFit):
        split_off(cast, lot, at=before)
    assert split_off(cast, lot, at=timezone.now()).parent == lot


# ------------------------------------------------------------------------------------------------ the database


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("redline", {"words": ""}),
        ("redline", {"step": None}),
        ("redline", {"decided_at": None}),
        ("redline", {"signature": None}),
        ("redline", {"state": "proposed"}),
        ("skip", {"words": "Do something."}),
        ("add", {"operation": None}),
        ("add", {"name": ""}),
        ("repeat", {"repeated": []}),
    ],
)
def test_the_database_keeps_an_amendment_whole(cast, kind, change):
    lot = make_amendable_lot(cast, up_to=30 if kind == "repeat" else 25)
    amendment = make_amendment(cast, lot, kind, **places(kind))
    with pytest.raises(IntegrityError), transaction.atomic():
        TravelerAmendment.objects.filter(pk=amendment.pk).update(**change)
    assert TravelerAmendment.objects.filter(pk=amendment.pk).update(reason="Another.") == 1


def test_a_skipped_step_has_its_moment(cast):
    lot = make_amendable_lot(cast)
    approve(cast, propose(cast, lot, "skip"))
    step = TravelerStep.objects.filter(pk=made.step_at(lot, 25).pk)
    for change in ({"skipped_at": None}, {"state": "waiting"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            step.update(**change)
    assert step.update(skipped_at=timezone.now() - timedelta(minutes=1)) == 1


def test_points_are_still_asked_beside_amendments(cast):
    lot = make_amendable_lot(cast)
    carry(cast, lot.order_line, "hold", point_at=25)
    approve(cast, propose(cast, lot, "redline"))
    with pytest.raises(clause_evidence.PointNotReleased):
        made.sign_step(cast, made.step_at(lot, 25))
