"""The trigger policy: drafted by one, signed by another, one in force."""

import pytest

from inspection.domain import trigger_policies
from inspection.domain.trigger_policies import NotRoutine, RestNotPossible
from inspection.domain.triggers import Policy
from portal.domain.errors import Incomplete, NotEntitled, NotTheMoment
from routes.domain.words import AlreadyThere, AuthorMayNotApprove
from tests.cast import reauth
from tests.factories.triggers import draft_trigger_policy, make_trigger_policy


def test_without_a_policy_the_defaults_hold_and_a_signed_one_stands_instead(cast):
    assert trigger_policies.in_force() == Policy()
    first = make_trigger_policy(cast, "machine", lapse_months=12)
    assert trigger_policies.in_force() == Policy(("machine",), 12, first.number)
    second = make_trigger_policy(cast, "machine", "gauge")
    first.refresh_from_db()
    assert (first.state, trigger_policies.in_force()) == (
        "superseded",
        Policy(("machine", "gauge"), 24, second.number),
    )


@pytest.mark.parametrize(
    ("change", "refusal", "words"),
    [
        ({"routine": ["weather"]}, NotRoutine, "Nothing called weather"),
        ({"routine": ["machine", "lapse"]}, NotRoutine, "production stood still too long"),
        ({"lapse_months": 0}, RestNotPossible, "not 0"),
        ({"lapse_months": 121}, RestNotPossible, "not 121"),
        ({"reason": "  "}, Incomplete, "whoever signs reads it"),
        ({"routine": Policy().routine}, NotTheMoment, "without any policy"),
    ],
)
def test_a_draft_is_refused(cast, change, refusal, words):
    draft = {"by": cast.quality, "routine": ["machine"], "lapse_months": 24, "reason": "So."}
    with pytest.raises(refusal, match=words):
        trigger_policies.draft(**draft | change)
    assert trigger_policies.draft(**draft).routine == ["machine"]


def test_its_author_does_not_sign_it_and_it_is_signed_once(cast):
    policy = draft_trigger_policy(cast, "machine")
    with pytest.raises(AlreadyThere):
        draft_trigger_policy(cast, "site")
    with pytest.raises(AuthorMayNotApprove):
        trigger_policies.sign(by=cast.quality, policy=policy, token=reauth(cast.quality))
    by = cast.second_quality
    trigger_policies.sign(by=by, policy=policy, token=reauth(by))
    with pytest.raises(NotTheMoment, match="cannot be signed any more"):
        trigger_policies.sign(by=by, policy=policy, token=reauth(by))


def test_a_draft_is_dropped_with_a_reason(cast):
    policy = draft_trigger_policy(cast, "machine")
    with pytest.raises(NotEntitled):
        trigger_policies.drop(by=cast.operator, policy=policy, reason="No.")
    with pytest.raises(Incomplete):
        trigger_policies.drop(by=cast.quality, policy=policy, reason=" ")
    assert trigger_policies.drop(by=cast.quality, policy=policy, reason="Not agreed.").state == "dropped"
    with pytest.raises(NotTheMoment, match="cannot be dropped"):
        trigger_policies.drop(by=cast.quality, policy=policy, reason="Again.")
