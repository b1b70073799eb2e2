import pytest
from django.utils import timezone

from portal.domain.errors import Incomplete, NotEntitled, NotTheMoment
from portal.domain.reauthentication import CredentialRefused
from routes.domain import lock_policies, setups
from routes.domain.lock_policies import NoSuchDifference, NothingChanges, TermsWait
from routes.domain.setups import DifferenceUndecided
from routes.domain.terms import NotACustomer
from routes.domain.words import AuthorMayNotApprove
from routes.models import LockPolicy
from tests.cast import reauth
from tests.factories import routes as made
from tests.factories.locks import COMMENTED, RECUT, draft_lock_policy, make_lock_policy
from tests.factories.routes import NC_PROGRAM


@pytest.fixture
def step(cast):
    return made.step_at(made.make_open_traveler(cast, up_to=20), 20)


def run(cast, step, program, **changes):
    facts = {"by": cast.operator, "step": step, "fixture": "FX-12", "fixture_revision": "B"}
    return setups.record_run(**facts | changes, nc_program=program)


def classes(found):
    return [(each.field, each.routine_by, each.is_open) for each in found.differences.order_by("pk")]


def test_without_a_policy_every_difference_is_evaluated_and_the_step_waits(cast, step):
    found = run(cast, step, COMMENTED)
    assert classes(found) == [("nc_program_comments", None, True)]
    with pytest.raises(DifferenceUndecided) as refused:
        made.sign_step(cast, step)
    assert refused.value.sentence == (
        f"Step {step.number} waits: the nc program comments as run differs from setup {found.setup.number}, and "
        f"nobody has decided on it. Ask a quality engineer other than {cast.operator.printed_name} to decide."
    )
    by = cast.quality
    setups.disposition_difference(
        by=by, difference=found.differences.get(), reason="A date only.", token=reauth(by)
    )
    assert made.sign_step(cast, step).state == "signed"


def test_what_is_routine_is_recorded_and_asks_nothing(cast, step):
    policy = make_lock_policy(cast, "nc_program_comments")
    found = run(cast, step, COMMENTED)
    assert classes(found) == [("nc_program_comments", policy, False)]
    with pytest.raises(NotTheMoment, match="is routine by policy"):
        setups.disposition_difference(
            by=cast.quality, difference=found.differences.get(), reason="Seen.", token=reauth(cast.quality)
        )
    assert made.sign_step(cast, step).state == "signed"


def test_cutting_word_is_evaluated_beside_what_is_routine(cast, step):
    policy = make_lock_policy(cast, "nc_program_comments", "fixture_revision")
    found = run(cast, step, RECUT, fixture_revision="C")
    assert classes(found) == [("fixture_revision", policy, False), ("nc_program", None, True)]
    with pytest.raises(DifferenceUndecided, match="the nc program as run differs"):
        made.sign_step(cast, step)


def test_policy_of_the_customer_stands_instead_of_that_of_the_house(cast, step):
    make_lock_policy(cast, "nc_program_comments")
    own = make_lock_policy(cast, customer=cast.customer)
    assert (own.routine, lock_policies.in_force(cast.customer)) == ([], own)
    assert classes(run(cast, step, COMMENTED)) == [("nc_program_comments", None, True)]


def test_policy_looks_forward_only(cast, step):
    before = run(cast, step, COMMENTED)
    policy = make_lock_policy(cast, "nc_program_comments")
    after = run(cast, step, COMMENTED)
    assert (classes(before)[0][1], classes(after)[0][1]) == (None, policy)


def test_child_waits_for_what_was_run_before_its_split(cast):
    from routes.domain import lots

    lot = made.make_open_traveler(cast, up_to=20)
    run(cast, made.step_at(lot, 20), RECUT)
    child = lots.split(by=cast.quality, traveler=lot, quantity=10, reason="Half of it.")
    with pytest.raises(DifferenceUndecided):
        made.sign_step(cast, made.step_at(child, 20))


def test_equal_run_signs(cast, step):
    assert run(cast, step, NC_PROGRAM).differences.count() == 0
    assert made.sign_step(cast, step).state == "signed"


def test_draft_waits_and_the_next_policy_supersedes(cast):
    first = make_lock_policy(cast, "machine")
    second = draft_lock_policy(cast, "site", "machine")
    assert (second.number[:3], second.routine, lock_policies.in_force(cast.customer)) == (
        "LP-",
        ["machine", "site"],
        first,
    )
    by = cast.second_quality
    signed = lock_policies.sign(by=by, policy=second, token=reauth(by))
    assert (signed.state, signed.signature.person) == ("in_force", by)
    assert LockPolicy.objects.get(pk=first.pk).state == "superseded"
    assert lock_policies.evaluated(signed.routine) == [
        "nc_program",
        "nc_program_comments",
        "fixture",
        "fixture_revision",
        "offsets",
    ]


def test_draft_is_refused(cast):
    draft = lock_policies.draft
    with pytest.raises(NotEntitled):
        draft(by=cast.operator, routine=["machine"], reason="Same cells.")
    with pytest.raises(NotACustomer):
        draft(by=cast.quality, routine=["machine"], reason="Same.", customer=cast.vendor_organization)
    with pytest.raises(NoSuchDifference, match="Nothing called coolant is compared"):
        draft(by=cast.quality, routine=["coolant"], reason="Same.")
    with pytest.raises(Incomplete):
        draft(by=cast.quality, routine=["machine"], reason=" ")
    with pytest.raises(NothingChanges):
        draft(by=cast.quality, routine=[], reason="Nothing.")
    waiting = draft(by=cast.quality, routine=["machine"], reason="Same cells.")
    with pytest.raises(TermsWait, match=waiting.number):
        draft(by=cast.quality, routine=["site"], reason="Same halls.")


def test_policy_is_signed_by_another_with_authority_once(cast):
    policy = draft_lock_policy(cast, "machine")

    def sign(by, token=None):
        return lock_policies.sign(by=by, policy=policy, token=token or reauth(by))

    with pytest.raises(AuthorMayNotApprove):
        sign(cast.quality)
    with pytest.raises(NotEntitled):
        sign(cast.operator)
    with pytest.raises(CredentialRefused):
        sign(cast.second_quality, token="made up")
    cast.manager.authorities.filter(act="approve_route").update(withdrawn_at=timezone.now())
    with pytest.raises(NotEntitled):
        sign(cast.manager)
    assert sign(cast.second_quality).state == "in_force"
    with pytest.raises(NotTheMoment):
        sign(cast.second_quality)


def test_draft_is_dropped_with_a_reason(cast):
    policy = draft_lock_policy(cast, "machine")
    with pytest.raises(NotEntitled):
        lock_policies.drop(by=cast.operator, policy=policy, reason="No.")
    with pytest.raises(Incomplete):
        lock_policies.drop(by=cast.quality, policy=policy, reason="")
    assert lock_policies.drop(by=cast.quality, policy=policy, reason="Not agreed.").state == "dropped"
    with pytest.raises(NotTheMoment):
        lock_policies.drop(by=cast.quality, policy=policy, reason="Again.")
    assert draft_lock_policy(cast, "machine").state == "draft"
