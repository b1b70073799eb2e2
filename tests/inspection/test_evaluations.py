"""Evaluations open by themselves, once; people report the rest; a quality engineer decides, signed."""

from datetime import timedelta

import pytest

from documents.domain import chain
from inspection.domain import evaluation_scopes, evaluations, first_articles, trigger_feed
from inspection.domain.evaluated import ChangesUndecided, NotAsDecided
from inspection.domain.evaluation_scopes import NothingToMeasure, NotInScope, OnlyAPartialOneIsWidened
from inspection.domain.evaluations import NoSuchChange, NothingApproved
from inspection.domain.form_3 import form_3
from inspection.domain.trigger_reading import read_pair
from inspection.models import Measurement, TriggerEvaluation
from portal.domain.errors import Incomplete, NotEntitled, NotTheMoment
from portal.models import Event
from routes.models import Traveler
from tests.cast import reauth
from tests.factories.inspection import make_lot, walk
from tests.factories.triggers import (
    decide,
    make_baseline,
    make_changed,
    make_evaluation,
    make_reported,
    make_trigger_policy,
    repeat,
    run,
)


@pytest.fixture
def first(cast):
    return make_baseline(cast)


def slots(lot: Traveler) -> dict[str, str]:
    judged = chain.check_lots([lot])[lot.number]
    return {slot.subject: slot.state for slot in judged if slot.code == "FAI"}


def sentence(lot: Traveler) -> str:
    judged = chain.check_lots([lot])[lot.number]
    return next(slot.sentence for slot in judged if (slot.code, slot.subject) == ("FAI", "evaluation"))


def open_partial(cast, asked_by, lot, **facts):
    usual = {
        "reason": evaluations.reason_of(asked_by),
        "extent": "partial",
        "baseline": asked_by.baseline,
        "evaluation": asked_by,
    }
    return first_articles.open_first_article(by=cast.inspector, traveler=lot, serial="1", **usual | facts)


# ------------------------------------------------------------------------------------------------- opening
def test_a_lot_like_the_first_opens_no_evaluation_and_a_changed_one_exactly_one(cast, first):
    same, changed = repeat(cast, first), make_changed(cast, first)
    run(cast, same)
    trigger_feed.follow(list(Event.objects.all()))
    trigger_feed.follow(list(Event.objects.all()))
    opened = TriggerEvaluation.objects.get()
    assert (opened.traveler, opened.baseline, opened.opened_by, opened.state) == (
        changed,
        first,
        None,
        "open",
    )
    assert [(row["kind"], row["before"], row["after"]) for row in opened.changes] == [
        ("fixture_revision", "B", "C")
    ]
    assert Event.objects.filter(noun="evaluation").count() == 1
    assert (slots(same), slots(changed)) == ({"": "accepted"}, {"": "accepted", "evaluation": "review"})


def test_rule_17_the_gate_asks_before_any_evaluation_is_open_and_is_satisfied_by_its_decision(cast, first):
    lot = make_changed(cast, first)
    assert slots(lot) == {"": "accepted", "evaluation": "missing"}
    assert sentence(lot) == (
        f"Lot {lot.number} differs from what first article {first.number} represented: revision of the fixture of "
        "operation 20: B → C. Evaluate it: none, a partial or a full first article."
    )
    decided = decide(cast, make_evaluation(cast, lot=lot), "none")
    assert slots(lot) == {"": "accepted", "evaluation": "accepted"}
    assert decided.signature.meaning == "approved"


def test_what_was_decided_is_not_asked_again_of_the_next_lot(cast, first):
    decided = make_evaluation(cast, lot=make_changed(cast, first), decision="none")
    following = make_changed(cast, first)
    assert evaluations.open_found([following.pk]) == []
    assert slots(following) == {"": "accepted", "evaluation": "accepted"}
    another = make_changed(cast, first, fixture_revision="D")
    assert [each.number for each in evaluations.open_found([another.pk])] != [decided.number]


def test_a_further_change_reopens_what_was_decided(cast, first):
    lot = make_changed(cast, first)
    decided = make_evaluation(cast, lot=lot, decision="none")
    run(cast, lot, fixture_revision="C", machine="DMU 50")
    assert evaluations.open_found([lot.pk]) == []  # the first lot says nothing of its machine
    run(cast, lot, fixture_revision="E")
    [reopened] = evaluations.open_found([lot.pk])
    assert (reopened.pk, reopened.state, reopened.decision, reopened.signature) == (
        decided.pk,
        "open",
        "",
        None,
    )
    assert [row["after"] for row in reopened.changes] == ["C", "E"]
    assert slots(lot) == {"": "accepted", "evaluation": "review"}


def test_a_policy_calls_a_fixture_revision_routine(cast, first):
    lot = make_changed(cast, first)
    make_trigger_policy(cast, "fixture_revision")
    assert (evaluations.open_found([lot.pk]), slots(lot)) == ([], {"": "accepted"})
    with pytest.raises(NotTheMoment, match="differs in nothing that is to be evaluated"):
        evaluations.evaluate(by=cast.inspector, traveler=lot)


def test_rule_18_a_lapse_asks_for_an_evaluation_and_not_for_a_first_article(cast, first):
    lot = repeat(cast, first)
    run(cast, lot)
    assert slots(lot) == {"": "accepted"}
    later = first.traveler.opened_at + timedelta(days=800)
    Traveler.objects.filter(pk=lot.pk).update(opened_at=later)
    assert slots(lot) == {"": "accepted", "evaluation": "missing"}
    opened = evaluations.evaluate(by=cast.inspector, traveler=lot)
    assert [row["kind"] for row in opened.changes] == ["lapse"]
    decide(cast, opened, "none")
    assert slots(lot) == {"": "accepted", "evaluation": "accepted"}


# ------------------------------------------------------------------------------------------------- reporting
def test_what_no_record_shows_is_reported_by_a_person(cast, first):
    opened = make_reported(cast, first=first)
    assert [(row["kind"], row["subject"], row["after"]) for row in opened.changes] == [
        ("natural_event", "spindle of VF-2", "The spindle crashed.")
    ]
    assert slots(first.traveler) == {"": "accepted", "evaluation": "review"}
    asked = {"by": cast.inspector, "traveler": first.traveler}
    with pytest.raises(NoSuchChange):
        evaluations.report(kind="fixture", what="New.", **asked)
    with pytest.raises(Incomplete):
        evaluations.report(kind="natural_event", what="  ", **asked)
    with pytest.raises(NotTheMoment, match="is on the evaluation"):
        evaluations.report(
            kind="natural_event", subject="spindle of VF-2", what="The spindle crashed.", **asked
        )
    with pytest.raises(NotEntitled):
        evaluations.report(kind="natural_event", what="Flood.", **asked | {"by": cast.operator})


def test_without_an_approved_first_article_there_is_nothing_to_evaluate(cast):
    with pytest.raises(NothingApproved):
        evaluations.evaluate(by=cast.inspector, traveler=make_lot(cast, at=20))


# ------------------------------------------------------------------------------------------------- deciding
def test_a_decision_is_refused_and_made(cast, first):
    opened = make_evaluation(cast, lot=make_changed(cast, first))
    touched = [each.balloon for each in evaluation_scopes.proposed_scope(opened)]
    with pytest.raises(Incomplete, match="Say why"):
        decide(cast, opened, "none", justification=" ")
    with pytest.raises(Incomplete, match="Choose no"):
        decide(cast, opened, "perhaps")
    with pytest.raises(NotInScope):
        decide(cast, opened, "partial", taken_out={"99": "Not there."})
    with pytest.raises(Incomplete, match="need not be measured"):
        decide(cast, opened, "partial", taken_out={touched[0]: " "})
    with pytest.raises(NothingToMeasure):
        decide(cast, opened, "partial", taken_out=dict.fromkeys(touched, "Not clamped there."))
    with pytest.raises(NotEntitled):
        evaluations.decide(
            by=cast.inspector,
            evaluation=opened,
            decision="none",
            justification="So.",
            token=reauth(cast.inspector),
        )
    run(cast, opened.traveler, fixture_revision="D")
    with pytest.raises(NotTheMoment, match="does not show yet"):
        decide(cast, opened, "none")
    evaluations.evaluate(by=cast.inspector, traveler=opened.traveler)
    opened.refresh_from_db()
    decided = decide(cast, opened, "partial", taken_out={touched[0]: "Not clamped there."})
    assert [(row["balloon"], row["taken_out"]) for row in decided.scope] == [
        (balloon, "Not clamped there." if balloon == touched[0] else "") for balloon in touched
    ]
    with pytest.raises(NotTheMoment, match="is decided"):
        decide(cast, decided, "none")


# ------------------------------------------------------------------------------------- the partial first article
def test_rule_16_a_partial_first_article_takes_its_scope_and_nothing_older_than_the_change(cast, first):
    lot = walk(cast, make_changed(cast, first))
    opened = make_evaluation(cast, lot=lot)
    with pytest.raises(ChangesUndecided, match=opened.number):
        open_partial(cast, opened, lot, evaluation=None)
    with pytest.raises(ChangesUndecided, match="waits for a decision"):
        open_partial(cast, opened, lot)
    touched = [each.balloon for each in evaluation_scopes.proposed_scope(opened)]
    decided = decide(cast, opened, "partial", taken_out={touched[0]: "Not clamped there."})
    with pytest.raises(NotAsDecided, match="decided otherwise"):
        open_partial(cast, decided, lot, extent="full", baseline=None)
    with pytest.raises(NotAsDecided, match="none of its pieces"):
        open_partial(cast, decided, first.traveler)
    partial = open_partial(cast, decided, lot)
    assert [row["5"] for row in form_3(partial)] == touched[1:]
    assert all(row["9"] for row in form_3(partial))

    # every value of the lot, were it from before the change, says nothing about it
    values = Measurement.objects.filter(record__traveler=lot)
    newest = values.latest("recorded_at").recorded_at
    decided.scope = [row | {"after": (newest + timedelta(seconds=1)).isoformat()} for row in decided.scope]
    partial.evaluation = replace_scope(decided)
    assert [(row["5"], row["9"]) for row in form_3(partial)] == [(balloon, "") for balloon in touched[1:]]


def replace_scope(evaluation: TriggerEvaluation) -> TriggerEvaluation:
    evaluation.save()
    return evaluation


def test_the_approved_partial_first_article_closes_what_the_decision_asked_for(cast, first):
    lot = walk(cast, make_changed(cast, first))
    decided = make_evaluation(cast, lot=lot, decision="partial")
    assert slots(lot) == {"": "missing", "evaluation": "accepted"}
    partial = open_partial(cast, decided, lot)
    submitted = first_articles.submit(by=cast.inspector, first_article=partial, token=reauth(cast.inspector))
    first_articles.approve(by=cast.quality, first_article=submitted, token=reauth(cast.quality))
    assert slots(lot) == {"": "accepted"}
    pair = read_pair(lot.pk)
    assert (pair.baseline.number, pair.is_own, pair.undecided()) == (partial.number, True, ())


def test_a_change_after_the_decision_keeps_the_partial_first_article_from_being_submitted(cast, first):
    lot = walk(cast, make_changed(cast, first))
    partial = open_partial(cast, make_evaluation(cast, lot=lot, decision="partial"), lot)
    make_reported_on(cast, lot)
    with pytest.raises(ChangesUndecided):
        first_articles.submit(by=cast.inspector, first_article=partial, token=reauth(cast.inspector))


def make_reported_on(cast, lot):
    return evaluations.report(by=cast.inspector, traveler=lot, kind="natural_event", what="Flood.")


def test_snapshots_are_read_whole_only_when_asked(cast, first):
    lot = make_changed(cast, first)
    gate, page = read_pair(lot.pk), read_pair(lot.pk, whole=True)
    assert (gate.used.features, gate.used.operations) == ((), ())
    drawn = lot.route_revision.part_revision.characteristics.values_list("balloon", flat=True)
    assert [each.balloon for each in page.used.features] == list(drawn)
    assert [each.key for each in gate.changes()] == [each.key for each in page.changes()]


# ------------------------------------------------------------------------------------------------ widened by hand
def make_narrow(cast, first) -> TriggerEvaluation:
    """Return the evaluation of a second lot like the first, of which one characteristic may have been hurt."""
    lot = repeat(cast, first)
    run(cast, lot)
    hurt = lot.route_revision.part_revision.characteristics.filter(is_reference=False)[:1]
    asked = {"kind": "natural_event", "what": "The probe was dropped.", "characteristics": hurt}
    return evaluations.report(by=cast.inspector, traveler=walk(cast, lot), **asked)


def test_a_scope_is_widened_by_hand_with_a_reason_and_never_below_what_is_touched(cast, first):
    opened = make_narrow(cast, first)
    touched, rest = evaluation_scopes.scope_and_rest(opened)
    more, why = rest[0].balloon, "It is clamped beside it."
    for wrong in (touched[0].balloon, "99"):
        with pytest.raises(NotInScope, match=f"Balloon {wrong} cannot be added"):
            decide(cast, opened, "partial", added={wrong: why})
    with pytest.raises(Incomplete, match="is measured too"):
        decide(cast, opened, "partial", added={more: " "})
    for decision in ("none", "full"):
        with pytest.raises(OnlyAPartialOneIsWidened):
            decide(cast, opened, decision, added={more: why})
    decided = decide(cast, opened, "partial", added={more: why})
    assert [(row["balloon"], row["added"]) for row in decided.scope] == [
        *((each.balloon, "") for each in touched),
        (more, why),
    ]
    # it shows the last of the changes, so nothing older counts for it
    assert decided.scope[-1]["after"] == max(row["at"] for row in decided.changes)
    lot = opened.traveler
    drawn = [each.balloon for each in lot.route_revision.part_revision.characteristics.order_by("position")]
    scope = {each.balloon for each in touched} | {more}
    assert [row["5"] for row in form_3(open_partial(cast, decided, lot))] == [
        balloon for balloon in drawn if balloon in scope
    ]


def test_what_no_change_touches_is_measured_by_hand_alone(cast, first):
    opened = make_narrow(cast, first)
    touched, rest = evaluation_scopes.scope_and_rest(opened)
    out = {each.balloon: "Not clamped there." for each in touched}
    decided = decide(cast, opened, "partial", taken_out=out, added={rest[0].balloon: "To be sure."})
    assert [row["balloon"] for row in decided.scope if not row["taken_out"]] == [rest[0].balloon]
