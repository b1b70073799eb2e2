"""Amendments as the chain reads them: what stops, what is named, what a child inherits."""

import pytest

from documents.domain.amended_lots import amendment_entries, how_amended
from documents.domain.chain import judge
from documents.domain.chain.facts import read_facts
from documents.domain.slot_acts import act_on
from portal.domain.canonical import plain
from routes.domain import lots
from routes.domain.amended import amendments_of, what_it_changes
from tests.documents.evidence.oracle import open_links
from tests.factories.amendments import WORDS, approve, make_amendable_lot, make_amendment, propose


def facts_of(lot):
    return read_facts([lot.pk])[lot.number]


def slots_of(lot):
    return {slot.subject: slot for slot in judge(facts_of(lot)) if slot.subject.startswith("amendment")}


def open_steps(lot):
    return {slot.subject for slot in judge(facts_of(lot)) if slot.code == "STEPS" and not slot.is_closed}


@pytest.mark.parametrize(
    ("kind", "facts"),
    [
        ("redline", {}),
        ("skip", {}),
        ("add", {"sequence": 27}),
        ("repeat", {"operation_sequences": [20]}),
        ("repeat", {"operation_sequences": [10, 20]}),
    ],
)
def test_facts_name_an_amendment_as_its_page_does(cast, kind, facts):
    lot = make_amendable_lot(cast)
    amendment = propose(cast, lot, kind, **facts)
    (fact,) = facts_of(lot).amendments
    assert (fact.number, fact.operations, fact.is_approved) == (
        amendment.number,
        what_it_changes(amendment),
        False,
    )


def test_an_open_amendment_stops_and_leads_to_its_decision(cast):
    lot = make_amendable_lot(cast)
    amendment = propose(cast, lot, "skip")
    slot = slots_of(lot)[f"amendment {amendment.number}"]
    assert (slot.state, slot.stops, slot.waived_by, slot.owner) == (
        "review",
        True,
        "nobody",
        cast.quality.printed_name,
    )
    assert slot.sentence == (
        f"Amendment {amendment.number} of lot {lot.number} (Skip of operation 25 Deburr edges), proposed by "
        "Sami Okonjo: The brush is worn. Nobody has decided it. Have a quality engineer other than Sami Okonjo "
        "approve or refuse it."
    )
    act = act_on(slot, facts_of(lot), cast.quality)
    assert (act["act"], act["url"]) == (
        f"Decide on {amendment.number}",
        f"/amendments/{amendment.number}/approve/",
    )


def test_who_proposed_it_does_not_owe_its_decision(cast):
    lot = make_amendable_lot(cast)
    propose(cast, lot, "skip", by=cast.quality)
    assert [slot.owner for slot in slots_of(lot).values()] == ["another quality engineer"]


@pytest.mark.parametrize(("at", "states"), [("approved", ["accepted"]), ("refused", []), ("withdrawn", [])])
def test_a_decision_closes_the_link(cast, at, states):
    lot = make_amendable_lot(cast)
    make_amendment(cast, lot, "redline", at=at)
    assert [slot.state for slot in slots_of(lot).values()] == states


def test_an_approved_amendment_names_who_stands_behind_it(cast):
    lot = make_amendable_lot(cast)
    amendment = make_amendment(cast, lot, "redline")
    (slot,) = slots_of(lot).values()
    assert slot.evidence == (
        f"Redline of operation 25 Deburr edges, approved by {cast.second_quality.printed_name} on "
        f"{amendment.decided_at:%-d %b %Y}"
    )


def test_what_is_skipped_is_done_and_told_so(cast):
    lot = make_amendable_lot(cast)
    amendment = make_amendment(cast, lot, "skip")
    facts = facts_of(lot)
    step = next(each for each in facts.steps if each.sequence == 25)
    assert (step.is_done, step.is_signed, step.is_skipped) == (True, False, True)
    assert how_amended(facts, step) == {"skipped": f"skipped, {amendment.number}"}


def test_a_child_inherits_what_was_approved_before_the_split(cast):
    lot = make_amendable_lot(cast)
    make_amendment(cast, lot, "skip")
    make_amendment(cast, lot, "add", sequence=27)
    late = propose(cast, lot, "redline", sequence=55)
    child = lots.split(by=cast.operator, traveler=lot, quantity=1, reason="Sent ahead.")
    approve(cast, late)
    mine, parents = facts_of(child), facts_of(lot)
    assert [each.number for each in mine.amendments] == [each.number for each in amendments_of(child)]
    assert (len(mine.amendments), len(parents.amendments)) == (2, 3)
    places = [(step.sequence, step.is_done) for step in parents.steps]
    assert [(step.sequence, step.is_done) for step in mine.steps] == places


@pytest.mark.parametrize("kind", ["redline", "skip", "add"])
@pytest.mark.parametrize("at", ["proposed", "approved", "refused"])
def test_the_plain_reading_says_the_same(cast, kind, at):
    lot = make_amendable_lot(cast)
    make_amendment(cast, lot, kind, at=at, **({"sequence": 27} if kind == "add" else {}))
    child = lots.split(by=cast.operator, traveler=lot, quantity=1, reason="Sent ahead.")
    for each in (lot, child):
        assert open_links(each.number)["STEPS"] == open_steps(each)


def test_the_package_tells_of_every_approved_amendment(cast):
    lot = make_amendable_lot(cast)
    redline = make_amendment(cast, lot, "redline")
    make_amendment(cast, lot, "skip", sequence=55, at="refused")
    facts = facts_of(lot)
    (entry,) = amendment_entries({lot.number: facts})
    assert plain(entry) == {
        "lot": lot.number,
        "number": redline.number,
        "kind": "redline",
        "title": "Redline of operation 25 Deburr edges",
        "words": WORDS,
        "reason": "The brush is worn.",
        "proposed_by": "Sami Okonjo",
        "approved_by": cast.second_quality.printed_name,
        "approved_on": f"{redline.decided_at:%Y-%m-%d}",
    }
    told = {step.sequence: how_amended(facts, step) for step in facts.steps}
    assert {place: words for place, words in told.items() if words} == {25: {"amended_by": redline.number}}
