"""Waivers from the question to the last piece: who may, within which limits, what follows when they are taken back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from documents.domain import chain, conformity, packages, shipments, waivers
from documents.domain.chain.facts import read_facts_as_placed
from documents.domain.waiver_uses import WaiverUsedUp, pieces_used, use_waivers
from documents.models import Shipment, Waiver, WaiverUse
from portal.domain.errors import Incomplete, NotEntitled, NotTheMoment
from portal.models import Event, Signature
from routes.domain import holds, lots
from tests.cast import reauth
from tests.factories.documents import certify, dispatch, release, render, review, share
from tests.factories.waivers import (
    FIRST_ARTICLE,
    OWNERS,
    ask,
    decide,
    letter,
    make_waiver,
    open_first_article,
    open_owners,
)


def slot_of(lot, named=FIRST_ARTICLE):
    slots = chain.judge(read_facts_as_placed([lot.pk])[lot.number])
    return next(slot for slot in slots if (slot.code, slot.subject) == named)


@pytest.fixture
def opened(ready):
    """The ready lot with one demand of the customer and one of the house open."""
    open_first_article(ready.lot)
    open_owners(ready.lot)
    return ready


# asked for


def test_waiver_asked_for_keeps_the_demand_as_it_was_asked(opened):
    slot = slot_of(opened.lot)
    made = ask(opened.cast, opened.lot)
    assert (made.state, made.authority, made.demand, made.source) == (
        "requested",
        "customer",
        slot.demand,
        slot.source,
    )
    told = slot_of(opened.lot)
    assert (told.owner, told.is_closed) == ("Orrin Aerospace", False)
    assert told.sentence.endswith(
        f"asked Orrin Aerospace on {timezone.now():%-d %b %Y} to let it pass: {made.number}."
    )
    event = Event.objects.get(noun="waiver", verb="request")
    assert (event.number, event.lots) == (made.number, [opened.lot.number])


@pytest.mark.parametrize(
    ("named", "kind", "words"),
    [
        (("PROCESS", "99/1"), waivers.NoSuchDemand, "asks nothing by the name PROCESS 99/1."),
        (("MAGIC", ""), waivers.NoSuchDemand, "asks nothing by the name MAGIC."),
        (("DATES", "results"), waivers.DemandIsClosed, "DATES results of lot {lot} is closed already"),
    ],
)
def test_only_an_open_demand_can_be_asked_about(opened, named, kind, words):
    with pytest.raises(kind) as refused:
        ask(opened.cast, opened.lot, named)
    assert words.format(lot=opened.lot.number) in refused.value.sentence


def test_nobody_waives_a_hold(opened):
    hold = holds.place_hold(by=opened.cast.quality, traveler=opened.lot, reason="Bore looks wide.")
    with pytest.raises(waivers.NobodyMayWaive) as refused:
        ask(opened.cast, opened.lot, ("STEPS", f"hold {hold.number}"))
    assert refused.value.sentence.startswith(
        f"Nobody may waive STEPS hold {hold.number} of lot {opened.lot.number}:"
    )
    assert refused.value.sentence.endswith("Decide on the hold and let it go.")


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"reason": " "}, "Say why this should be let pass on lot {lot}; whoever decides reads it."),
        ({"quantity_limit": 6}, "Lot {lot} has 5 pieces; a waiver cannot be for 6. Give 1 to 5."),
        ({"quantity_limit": 0}, "Lot {lot} has 5 pieces; a waiver cannot be for 0. Give 1 to 5."),
        ({"serials": ("X-9",)}, "Lot {lot} does not hold serial X-9. Correct the serials."),
    ],
    ids=["no reason", "too many", "none", "serials"],
)
def test_request_stays_within_the_lot(opened, facts, sentence):
    with pytest.raises(Incomplete) as refused:
        ask(opened.cast, opened.lot, **facts)
    assert refused.value.sentence == sentence.format(lot=opened.lot.number)


def test_request_ends_on_a_day_to_come(opened):
    with pytest.raises(Incomplete) as refused:
        ask(opened.cast, opened.lot, days=-1)
    assert refused.value.sentence.endswith("lets nothing pass; that day is over. Give a day to come.")


def test_second_request_waits_for_the_first(opened):
    first = ask(opened.cast, opened.lot)
    with pytest.raises(waivers.WaiverStands) as refused:
        ask(opened.cast, opened.lot)
    assert refused.value.sentence == (
        f"{first.number} asks already that this is let pass, and waits for Orrin Aerospace. Withdraw it to ask anew."
    )


def test_granted_waiver_that_helps_no_more_is_withdrawn_first(opened):
    made = decide(opened.cast, ask(opened.cast, opened.lot, quantity_limit=4))
    assert slot_of(opened.lot).sentence.endswith("Split the lot or ask for a wider one.")
    with pytest.raises(waivers.WaiverStands):
        ask(opened.cast, opened.lot)
    decide(opened.cast, made, verb="withdraw")
    assert ask(opened.cast, opened.lot).state == "requested"


@pytest.mark.parametrize("person", ["inspector", "operator", "buyer", "customer_quality", "vendor"])
def test_quality_asks_and_nobody_else(opened, person):
    with pytest.raises(NotEntitled):
        ask(opened.cast, opened.lot, by=getattr(opened.cast, person))
    assert Waiver.objects.count() == 0


# decided

MAY = {
    "customer": {"customer_quality", "second_quality", "manager", "second_manager"},
    "house": {"manager", "second_manager"},
}


@pytest.mark.parametrize("named", [FIRST_ARTICLE, OWNERS], ids=["customer", "house"])
@pytest.mark.parametrize("verb", ["grant", "refuse"])
def test_who_decides_follows_the_source(opened, named, verb):
    made = ask(opened.cast, opened.lot, named)
    paper = letter(opened.cast) if made.authority == "customer" else None
    for name, person in opened.cast.people.items():
        if name in MAY[made.authority]:
            continue
        with pytest.raises(NotEntitled):
            facts = {"reference": "DEV-9"} | ({"file": paper} if verb == "grant" else {})
            decide(opened.cast, made, by=person, verb=verb, **facts)
    made.refresh_from_db()
    assert (made.state, Signature.objects.filter(noun="waiver").count()) == ("requested", 0)
    by = opened.cast.people[sorted(MAY[made.authority])[0]]
    decided = decide(opened.cast, made, by=by, verb=verb)
    assert decided.decision_signature.person == by
    assert decided.decision_signature.meaning == Signature.WAIVED


def test_manager_who_asked_does_not_decide(opened):
    made = ask(opened.cast, opened.lot, OWNERS, by=opened.cast.manager)
    with pytest.raises(NotEntitled) as refused:
        decide(opened.cast, made, by=opened.cast.manager)
    assert refused.value.sentence == (
        f"{opened.cast.manager.printed_name} asked for {made.number} and cannot decide on it. Another person must."
    )
    assert decide(opened.cast, made, by=opened.cast.second_manager).state == "granted"


@pytest.mark.parametrize("lacks", ["reference", "file"])
def test_recorded_decision_takes_reference_and_letter(opened, lacks):
    made, by = ask(opened.cast, opened.lot), opened.cast.second_quality
    facts = {"reference": "DEV-9", "file": letter(opened.cast)}
    with pytest.raises(Incomplete) as refused:
        decide(opened.cast, made, by=by, **facts | {lacks: "" if lacks == "reference" else None})
    assert refused.value.sentence == (
        f"{made.number} is the customer's to grant. To record its written decision, give the number of its letter "
        "and the letter itself."
    )
    granted = decide(opened.cast, made, by=by, **facts)
    assert (granted.state, granted.decision_reference, granted.decision_file) == ("granted", *facts.values())
    assert "in writing (DEV-9), recorded by" in slot_of(opened.lot).sentence


def test_recorded_refusal_takes_a_reference(opened):
    made, by = ask(opened.cast, opened.lot), opened.cast.second_quality
    with pytest.raises(Incomplete):
        decide(opened.cast, made, by=by, verb="refuse")
    assert decide(opened.cast, made, by=by, verb="refuse", reference="DEV-9").state == "refused"
    assert not slot_of(opened.lot).is_closed


@pytest.mark.parametrize("verb", ["grant", "refuse", "withdraw"])
def test_decision_says_why(opened, verb):
    made = ask(opened.cast, opened.lot, OWNERS)
    with pytest.raises(Incomplete) as refused:
        decide(opened.cast, made, verb=verb, reason=" ")
    assert refused.value.sentence == f"Say why; the reason is signed and printed with {made.number}."


def test_request_that_outlived_its_day_is_not_granted(opened):
    made = ask(opened.cast, opened.lot)
    Waiver.objects.update(valid_to=timezone.localdate() - timedelta(days=1))
    with pytest.raises(NotTheMoment) as refused:
        decide(opened.cast, made)
    assert refused.value.sentence.endswith("which has passed. Refuse it and ask for another.")


def test_demand_that_is_closed_meanwhile_is_not_granted(opened):
    made = ask(opened.cast, opened.lot, OWNERS)
    opened.lot.steps.update(timing_owner=opened.cast.operator)
    with pytest.raises(waivers.DemandIsClosed):
        decide(opened.cast, made)
    assert decide(opened.cast, made, verb="withdraw").state == "withdrawn"


@pytest.mark.parametrize("verb", ["grant", "refuse"])
def test_decided_once(opened, verb):
    made = decide(opened.cast, ask(opened.cast, opened.lot), verb="refuse")
    with pytest.raises(NotTheMoment) as refused:
        decide(opened.cast, made, verb=verb)
    assert refused.value.sentence == f"{made.number} is refused; to {verb} it is not possible any more."


@pytest.mark.parametrize(
    ("named", "person", "may"),
    [
        (FIRST_ARTICLE, "customer_quality", True),
        (FIRST_ARTICLE, "quality", True),
        (FIRST_ARTICLE, "stranger_buyer", False),
        (FIRST_ARTICLE, "buyer", False),
        (FIRST_ARTICLE, "inspector", False),
        (OWNERS, "manager", True),
        (OWNERS, "second_quality", False),
        (OWNERS, "customer_quality", False),
    ],
)
def test_granted_waiver_is_withdrawn_by_who_may_grant_it(opened, named, person, may):
    made = decide(opened.cast, ask(opened.cast, opened.lot, named))
    by = getattr(opened.cast, person)
    if may:
        assert decide(opened.cast, made, by=by, verb="withdraw").state == "withdrawn"
        assert not slot_of(opened.lot, named).is_closed
        return
    with pytest.raises(NotEntitled):
        decide(opened.cast, made, by=by, verb="withdraw")
    assert slot_of(opened.lot, named).state == "waived"


# in force


def test_granted_waiver_closes_its_demand_and_no_other(opened):
    decide(opened.cast, ask(opened.cast, opened.lot))
    assert (slot_of(opened.lot).state, slot_of(opened.lot, OWNERS).state) == ("waived", "missing")


def test_waiver_ends_with_its_last_day(opened):
    made = decide(opened.cast, ask(opened.cast, opened.lot))
    Waiver.objects.update(valid_to=timezone.localdate())
    assert slot_of(opened.lot).state == "waived"
    Waiver.objects.update(valid_to=timezone.localdate() - timedelta(days=2))
    assert slot_of(opened.lot).sentence.endswith("withdraw it and ask for another.")
    assert made.state == "granted"


def test_row_that_says_the_wrong_authority_closes_nothing(opened):
    decide(opened.cast, ask(opened.cast, opened.lot))
    Waiver.objects.update(authority="house")
    assert slot_of(opened.lot).state == "review"


def test_children_inherit_what_was_asked_before_the_split(opened):
    early = lots.split(by=opened.cast.quality, traveler=opened.lot, quantity=1, reason="Partial delivery.")
    made = ask(opened.cast, opened.lot, quantity_limit=4)
    late = lots.split(by=opened.cast.quality, traveler=opened.lot, quantity=1, reason="Partial delivery.")
    decide(opened.cast, made)
    states = [slot_of(lot).state for lot in (opened.lot, early, late)]
    assert states == ["waived", "review", "waived"]
    event = Event.objects.get(noun="waiver", verb="grant")
    assert event.lots == sorted([opened.lot.number, early.number, late.number])


# used up


@pytest.fixture
def waived(ready):
    """The ready lot, its process let pass for all five pieces, its certificate signed again."""
    waiver = make_waiver(ready.cast, ready.lot)
    certify(ready.cast, ready.shipment, reason="A waiver was granted.")
    return ready, Waiver.objects.get(pk=waiver.pk)


def test_certificate_signed_before_the_waiver_stops_the_gate(ready):
    waiver = make_waiver(ready.cast, ready.lot)
    with pytest.raises(shipments.ChainIsOpen) as refused:
        release(ready.cast, ready.shipment)
    assert f"does not name waiver {waiver.number}, so its statement is not true." in refused.value.sentence
    made = certify(ready.cast, ready.shipment, reason="A waiver was granted.")
    named = f"{waiver.number} (FAI: {slot_of(ready.lot).demand.rstrip('.')})"
    assert made.content["14"] == conformity.QUALIFIED.format(kinds="waivers", exceptions=named)
    assert made.content["is_qualified"] and f"Waivers: {named}" in made.content["lines"][0]["13"]
    assert release(ready.cast, ready.shipment).state == "frozen"


def test_release_sets_the_pieces_aside_and_its_withdrawal_gives_them_back(waived):
    ready, waiver = waived
    release(ready.cast, ready.shipment)
    assert (pieces_used(waiver), slot_of(ready.lot).state) == (5, "waived")
    assert packages.is_unchanged(shipments.current_package(ready.shipment))
    shipments.withdraw_release(by=ready.cast.quality, shipment=ready.shipment, reason="Carrier.")
    assert (pieces_used(waiver), WaiverUse.objects.count()) == (0, 1)
    release(ready.cast, ready.shipment, reason="Another carrier.")
    assert (pieces_used(waiver), WaiverUse.objects.count()) == (5, 2)


def test_refused_release_uses_nothing(waived):
    ready, waiver = waived
    open_owners(ready.lot)
    with pytest.raises(shipments.ChainIsOpen):
        release(ready.cast, ready.shipment)
    assert pieces_used(waiver) == 0


def test_lots_of_one_shipment_together_stay_within_what_is_left(ready):
    shipments.cancel(by=ready.cast.quality, shipment=ready.shipment)
    made = make_waiver(ready.cast, ready.lot, quantity_limit=4)
    child = lots.split(by=ready.cast.quality, traveler=ready.lot, quantity=3, reason="Partial delivery.")
    draft = shipments.draft_shipment(
        by=ready.cast.quality, customer=ready.cast.customer, lots=[ready.lot, child]
    )
    certify(ready.cast, draft)
    with pytest.raises(WaiverUsedUp) as refused:
        release(ready.cast, draft)
    assert refused.value.sentence == (
        f"{draft.number} needs {made.number} for 5 pieces (2 of {ready.lot.number}, 3 of {child.number}), and "
        "4 of 4 are left. Ship fewer of them, or ask for a wider waiver."
    )
    assert pieces_used(made) == 0


def test_second_shipment_of_the_family_gets_what_the_first_left(ready):
    shipments.cancel(by=ready.cast.quality, shipment=ready.shipment)
    made = make_waiver(ready.cast, ready.lot, quantity_limit=4)
    child = lots.split(by=ready.cast.quality, traveler=ready.lot, quantity=3, reason="Partial delivery.")
    first, second = (
        shipments.draft_shipment(by=ready.cast.quality, customer=ready.cast.customer, lots=[lot])
        for lot in (child, ready.lot)
    )
    for draft in (first, second):
        certify(ready.cast, draft)
    release(ready.cast, first)
    assert packages.is_unchanged(shipments.current_package(first))
    with pytest.raises(shipments.ChainIsOpen) as refused:
        release(ready.cast, second)
    assert (
        f"Waiver {made.number} lets 4 pieces pass, of which 1 are left; lot {ready.lot.number} has 2."
        in refused.value.sentence
    )


def test_waiver_taken_back_after_the_chain_was_read_is_not_used(waived):
    ready, waiver = waived
    facts = shipments.facts_of(ready.shipment)
    decide(ready.cast, waiver, verb="withdraw")
    with pytest.raises(WaiverUsedUp) as refused:
        use_waivers(shipment=ready.shipment, facts=facts)
    assert refused.value.sentence == (
        f"{waiver.number} was withdrawn while {ready.shipment.number} was being released. Look at its chain again."
    )
    assert WaiverUse.objects.count() == 0


def test_withdrawn_waiver_makes_the_release_out_of_date(waived):
    ready, waiver = waived
    package = release(ready.cast, ready.shipment)
    render()
    decide(ready.cast, waiver, verb="withdraw")
    assert not packages.is_unchanged(package)
    with pytest.raises(shipments.PackageIsStale):
        dispatch(ready.cast, ready.shipment)
    package.refresh_from_db()
    assert (package.state, pieces_used(waiver)) == ("stale", 0)
    assert Shipment.objects.get(pk=ready.shipment.pk).state == Shipment.CERTIFIED


def test_goods_that_left_keep_their_waiver_and_nothing_else_does(waived):
    ready, waiver = waived
    release(ready.cast, ready.shipment)
    render()
    dispatch(ready.cast, ready.shipment)
    decide(ready.cast, waiver, verb="withdraw")
    Waiver.objects.update(valid_to=timezone.localdate() - timedelta(days=400))
    assert (slot_of(ready.lot).state, pieces_used(waiver)) == ("review", 5)
    Waiver.objects.update(valid_to=timezone.localdate())
    assert slot_of(ready.lot).state == "waived"


def test_package_returned_before_dispatch_gives_the_pieces_back(waived):
    ready, waiver = waived
    release(ready.cast, ready.shipment)
    render()
    package = share(ready.cast, ready.shipment)
    review(ready.cast, package, decision="returned", words="Name the bath.")
    assert pieces_used(waiver) == 0


def test_package_returned_after_dispatch_is_issued_again_under_the_same_waiver(waived):
    ready, waiver = waived
    release(ready.cast, ready.shipment)
    render()
    dispatch(ready.cast, ready.shipment)
    review(ready.cast, shipments.current_package(ready.shipment), decision="returned", words="Name the bath.")
    assert pieces_used(waiver) == 5
    again = shipments.reissue(
        by=ready.cast.quality,
        shipment=Shipment.objects.get(pk=ready.shipment.pk),
        token=reauth(ready.cast.quality),
        reason="Bath named.",
    )
    assert (again.revision, WaiverUse.objects.count()) == (2, 1)


def test_taking_back_a_question_leaves_a_release_as_it_is(waived):
    """A question nobody has answered closes nothing, so the gate does not look at it."""
    ready, _ = waived
    open_owners(ready.lot)
    made = ask(ready.cast, ready.lot, OWNERS)
    ready.lot.steps.update(timing_owner=ready.cast.operator)
    package = release(ready.cast, ready.shipment)
    decide(ready.cast, made, verb="withdraw")
    assert packages.is_unchanged(package)


def test_package_names_waiver_and_letter(ready):
    open_first_article(ready.lot)
    paper = letter(ready.cast)
    asked, by = ask(ready.cast, ready.lot), ready.cast.second_quality
    made = decide(ready.cast, asked, by=by, reference="DEV-9", file=paper)
    certify(ready.cast, ready.shipment, reason="A waiver was granted.")
    package = release(ready.cast, ready.shipment)
    told = packages.manifest_of(package)
    [entry] = told["waivers"]
    assert {
        key: entry[key] for key in ("number", "lot", "code", "given_by", "reference", "sha256", "pieces")
    } == {
        "number": made.number,
        "lot": ready.lot.number,
        "code": "FAI",
        "given_by": "Orrin Aerospace",
        "reference": "DEV-9",
        "sha256": paper.sha256,
        "pieces": 5,
    }
    assert paper.sha256 in {each["sha256"] for each in told["files"]}
    [slot] = [each for each in told["chain"]["slots"] if each["state"] == "waived"]
    assert (slot["code"], slot["waived_by"], slot["section"]) == (
        "FAI",
        "Orrin Aerospace",
        "nonconformances",
    )
