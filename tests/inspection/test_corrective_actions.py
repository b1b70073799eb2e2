"""Corrective action: every state, every refusal, and who may not judge their own work."""

import pytest

from inspection.domain import corrective_actions
from inspection.domain.corrective_actions import SomebodyElseNeeded, TooEarlyToJudge, lots_since, owed_on
from inspection.models import CorrectiveAction
from portal.domain.errors import Incomplete, NotEntitled, NotTheMoment
from tests.cast import reauth
from tests.days import in_days, settle
from tests.factories.findings import make_action
from tests.factories.inspection import make_nonconformance
from tests.factories.routes import today

ANSWER = {
    "containment": "Sorted.",
    "occurrence_cause": "Worn insert.",
    "escape_cause": "Not measured.",
    "check_on": in_days(0),
}


def prove(cast, action, *, by=None, reason="Forty lots without one."):
    by = by or cast.second_quality
    return corrective_actions.prove_effective(by=by, action=action, token=reauth(by), reason=reason)


def test_the_whole_way_to_effective(cast):
    action = make_action(cast, at="effective")
    assert (action.state, action.signature.person) == ("effective", cast.second_quality)
    assert (owed_on(action), action.steps.get().evidence) == (None, "Work instruction 12 rev C.")
    assert list(CorrectiveAction.objects.running()) == []


def test_what_it_is_opened_from_is_kept(cast):
    found = make_nonconformance(cast)
    action = make_action(cast, nonconformances=[found])
    assert (action.origin_noun, action.origin_number) == ("nonconformance", found.number)
    assert (list(action.nonconformances.all()), action.part) == (
        [found],
        found.traveler.route_revision.part_revision.part,
    )
    assert make_action(cast, origin_noun="gauge", origin_number="MIC-07").origin_number == "MIC-07"


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"problem": " "}, "Say what the problem is"),
        ({"due_on": in_days(-1)}, "a day that has passed"),
        ({"origin_noun": "moon"}, "Say what it is opened from"),
        ({"origin_noun": "certificate"}, "give the number of that record"),
        ({"vendor": "customer"}, "is no vendor"),
        ({"vendor": "vendor_organization", "owner": "inspector"}, "name no person of the shop"),
        ({"owner": "vendor"}, "is not of the shop"),
    ],
)
def test_opening_needs_a_problem_a_day_and_somebody_who_can_answer(cast, facts, words):
    named = {key: getattr(cast, each) if key in ("vendor", "owner") else each for key, each in facts.items()}
    with pytest.raises(Incomplete, match=words):
        make_action(cast, **named)
    assert make_action(cast).state == "open"


def test_only_quality_opens(cast):
    with pytest.raises(NotEntitled):
        corrective_actions.open_action(by=cast.inspector, problem="Wide bores.", due_on=today())


def test_a_vendor_answers_its_own_and_nobody_elses(cast):
    action = make_action(cast, vendor=cast.vendor_organization)
    step = {"text": "Train the racks.", "owner": "Plating lead", "due_on": settle(in_days(1))}
    for stranger in (cast.stranger_vendor, cast.quality, cast.buyer):
        with pytest.raises(NotEntitled, match="that is for Brightwater Finishing"):
            corrective_actions.add_step(by=stranger, action=action, **step)
    corrective_actions.add_step(by=cast.vendor, action=action, **step)
    answered = corrective_actions.answer(by=cast.vendor, action=action, **settle(ANSWER))
    assert (answered.state, answered.answered_by) == ("answered", cast.vendor)
    ours = make_action(cast)
    with pytest.raises(NotEntitled, match="its owner, an inspector or quality"):
        corrective_actions.add_step(by=cast.vendor, action=ours, **step)
    seen = CorrectiveAction.objects.for_viewer(cast.vendor)
    assert (list(seen), CorrectiveAction.objects.for_viewer(cast.stranger_vendor).count()) == ([answered], 0)
    assert CorrectiveAction.objects.for_viewer(cast.customer_quality).count() == 0


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"containment": ""}, "lacks: what was contained"),
        ({"occurrence_cause": " ", "escape_cause": ""}, "lacks: why it happened, why it was not found"),
        ({"check_on": None}, "Say when to look"),
        ({"check_on": None, "check_after_lots": 3}, "names no part"),
    ],
)
def test_an_answer_is_whole(cast, facts, words):
    action = make_action(cast)
    with pytest.raises(Incomplete, match="has no action yet"):
        corrective_actions.answer(by=cast.inspector, action=action, **settle(ANSWER))
    corrective_actions.add_step(
        by=cast.inspector, action=action, text="New insert.", owner="Tom", due_on=today()
    )
    with pytest.raises(Incomplete, match=words):
        corrective_actions.answer(by=cast.inspector, action=action, **settle({**ANSWER, **facts}))
    assert corrective_actions.answer(by=cast.inspector, action=action, **settle(ANSWER)).state == "answered"


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"text": " "}, "Say what is to be done"),
        ({"owner": ""}, "and who does it"),
        ({"due_on": in_days(-1)}, "lies before"),
    ],
)
def test_an_action_has_words_a_name_and_a_day(cast, facts, words):
    action = make_action(cast)
    wanted = {"text": "New insert.", "owner": "Tom", "due_on": today()}
    with pytest.raises(Incomplete, match=words):
        corrective_actions.add_step(by=cast.inspector, action=action, **{**wanted, **facts})
    assert corrective_actions.add_step(by=cast.inspector, action=action, **wanted).done_on is None


def test_an_answer_is_accepted_by_somebody_else_or_returned_with_a_reason(cast):
    action = make_action(cast)
    corrective_actions.add_step(
        by=cast.quality, action=action, text="New insert.", owner="Tom", due_on=today()
    )
    corrective_actions.answer(by=cast.quality, action=action, **settle(ANSWER))
    with pytest.raises(SomebodyElseNeeded, match="somebody else of quality accepts"):
        corrective_actions.accept_answer(by=cast.quality, action=action)
    with pytest.raises(Incomplete, match="Say what is missing"):
        corrective_actions.return_answer(by=cast.second_quality, action=action, reason=" ")
    returned = corrective_actions.return_answer(by=cast.second_quality, action=action, reason="Why worn?")
    assert (returned.state, returned.said) == ("reopened", "Why worn?")
    corrective_actions.answer(by=cast.quality, action=action, **settle(ANSWER))
    assert corrective_actions.accept_answer(by=cast.second_quality, action=action).state == "accepted"
    with pytest.raises(NotTheMoment, match="its actions stand"):
        corrective_actions.add_step(by=cast.quality, action=action, text="More.", owner="Tom", due_on=today())


def test_actions_are_done_with_evidence_before_it_is_implemented(cast):
    early = make_action(cast, at="answered")
    done = {"done_on": today(), "evidence": "Photo."}
    with pytest.raises(NotTheMoment, match="once its answer is accepted"):
        corrective_actions.finish_step(by=cast.inspector, action=early, step=early.steps.get(), **done)
    action = make_action(cast, at="accepted")
    step = action.steps.get()
    assert owed_on(action) == step.due_on
    with pytest.raises(Incomplete, match="is not done"):
        corrective_actions.implement(by=cast.inspector, action=action)
    with pytest.raises(Incomplete, match="Say what shows"):
        corrective_actions.finish_step(
            by=cast.inspector, action=action, step=step, done_on=today(), evidence=""
        )
    with pytest.raises(Incomplete, match="a day to come"):
        corrective_actions.finish_step(
            by=cast.inspector, action=action, step=step, done_on=settle(in_days(1)), evidence="Photo."
        )
    corrective_actions.finish_step(by=cast.inspector, action=action, step=step, **done)
    with pytest.raises(NotTheMoment, match="already"):
        corrective_actions.finish_step(by=cast.inspector, action=action, step=step, **done)
    implemented = corrective_actions.implement(by=cast.inspector, action=action)
    assert (implemented.state, implemented.implemented_at is None) == ("implemented", False)


def test_who_worked_on_it_does_not_judge_it(cast):
    action = make_action(cast, at="implemented", owner=cast.quality)
    with pytest.raises(SomebodyElseNeeded, match="worked on CA-"):
        prove(cast, action, by=cast.quality)
    with pytest.raises(Incomplete, match="Say what was looked at"):
        prove(cast, action, reason=" ")
    with pytest.raises(NotEntitled):
        prove(cast, action, by=cast.inspector)
    assert prove(cast, action).state == "effective"


@pytest.mark.parametrize("is_ripe", [True, False])
def test_effect_is_judged_on_its_day_and_not_before(cast, is_ripe):
    action = make_action(cast, at="implemented", check_on=today() if is_ripe else settle(in_days(1)))
    assert owed_on(action) == action.check_on
    if is_ripe:
        assert prove(cast, action).state == "effective"
        return
    with pytest.raises(TooEarlyToJudge, match="Wait for the day, or reopen it"):
        prove(cast, action)


def test_effect_is_judged_after_the_lots_that_were_agreed(cast):
    found = make_nonconformance(cast)
    action = make_action(cast, at="implemented", nonconformances=[found])
    CorrectiveAction.objects.filter(pk=action.pk).update(check_after_lots=1)
    action.refresh_from_db()
    assert lots_since(action) == 0
    with pytest.raises(TooEarlyToJudge, match="after 1 lots of BRK-.*; 0 were finished"):
        prove(cast, action)


def test_what_did_not_help_is_answered_anew(cast):
    action = make_action(cast, at="implemented")
    with pytest.raises(Incomplete, match="is seen not to have helped"):
        corrective_actions.reopen(by=cast.quality, action=action, reason="")
    assert (
        corrective_actions.reopen(by=cast.quality, action=action, reason="It came back.").state == "reopened"
    )
    with pytest.raises(NotTheMoment):
        prove(cast, action)


def test_an_answered_one_is_not_dropped(cast):
    action = make_action(cast)
    with pytest.raises(Incomplete, match="Say why CA-"):
        corrective_actions.drop(by=cast.quality, action=action, reason=" ")
    assert corrective_actions.drop(by=cast.quality, action=action, reason="Twice opened.").state == "dropped"
    with pytest.raises(NotTheMoment, match="for this it must be open or reopened"):
        corrective_actions.drop(by=cast.quality, action=make_action(cast, at="answered"), reason="No.")
