"""Check policies from draft to dispatch: who may, what may never be left out, what follows for lots and packages."""

import pytest

from documents.domain import chain, packages, policies
from documents.domain.chain.facts import read_facts, read_facts_as_placed
from documents.domain.gate import ChainIsOpen
from documents.models import CheckPolicy, Shipment
from portal.domain.errors import Incomplete, NotEntitled, NotTheMoment
from portal.models import Event, Organization, Signature
from routes.domain.terms import NotACustomer
from tests.cast import reauth
from tests.factories.documents import dispatch, release, render
from tests.factories.policies import draft_policy, make_policy, sign_policy, without
from tests.factories.waivers import open_owners


def states(lot, code):
    slots = chain.judge(read_facts_as_placed([lot.pk])[lot.number])
    return {slot.state for slot in slots if slot.code == code}


def test_draft_changes_nothing_until_it_is_signed(ready):
    made = draft_policy(ready.cast, "LOCK")
    assert (made.number[:3], made.state, made.left_out) == ("CP-", "draft", ["LOCK"])
    assert states(ready.lot, "LOCK") != {"not_in_force"}
    sign_policy(ready.cast, made)
    assert states(ready.lot, "LOCK") == {"not_in_force"}


def test_signing_names_the_open_lots_of_the_customer(ready):
    made = make_policy(ready.cast, "LOCK", "PACK")
    event = Event.objects.get(noun="check policy", verb="sign")
    assert (event.number, event.lots, event.data["not_in_force"]) == (
        made.number,
        [ready.lot.number],
        ["LOCK", "PACK"],
    )
    signature = Signature.objects.get(noun="check policy")
    assert (made.signature, signature.meaning, signature.person) == (
        signature,
        Signature.APPROVED,
        ready.cast.manager,
    )


def test_policy_of_one_customer_is_nothing_to_another(ready):
    other = Organization.objects.exclude(pk=ready.cast.customer.pk).filter(kind=Organization.CUSTOMER).first()
    make_policy(ready.cast, "LOCK", customer=other)
    assert states(ready.lot, "LOCK") != {"not_in_force"}


def test_check_that_comes_after_a_policy_is_in_force_under_it(ready, monkeypatch):
    made = make_policy(ready.cast, "LOCK")
    later = ("BALANCE", dict(chain.CHECKS)["PACK"])
    monkeypatch.setattr(chain, "CHECKS", (*chain.CHECKS, later))
    monkeypatch.setattr(policies, "CODES", (*policies.CODES, "BALANCE"))
    assert policies.checks_in_force(made) == without("LOCK")
    assert "BALANCE" in without("LOCK")
    slots = chain.judge(read_facts_as_placed([ready.lot.pk])[ready.lot.number])
    assert [slot.code for slot in slots if slot.state == "not_in_force"] == ["LOCK"]


def test_next_policy_supersedes_the_one_in_force(ready):
    first = make_policy(ready.cast, "LOCK")
    second = make_policy(ready.cast, "PACK")
    found = dict(CheckPolicy.objects.values_list("number", "state"))
    assert found == {first.number: "superseded", second.number: "in_force"}
    assert policies.in_force(ready.cast.customer) == second


def test_policy_takes_no_statement_more(ready, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as before:
        read_facts([ready.lot.pk])
    make_policy(ready.cast, "LOCK")
    with django_assert_num_queries(len(before)):
        read_facts([ready.lot.pk])


# refused


@pytest.mark.parametrize("code", chain.policy.ALWAYS)
def test_law_and_truth_are_never_left_out(ready, code):
    with pytest.raises(policies.AlwaysInForce) as refused:
        draft_policy(ready.cast, code)
    assert str(refused.value) == (
        f"{code} cannot be left out: law and truth stay in force for everybody. Put it back."
    )


@pytest.mark.parametrize(
    ("changed", "error", "sentence"),
    [
        ({"checks": ["NOTES", "LUCK"]}, policies.NoSuchCheck, "The chain has no check LUCK. Choose among "),
        (
            {"reason": "  "},
            Incomplete,
            "Say why these checks are in force for Orrin Aerospace; the package names the policy.",
        ),
        (
            {"checks": list(policies.CODES)},
            policies.NothingChanges,
            "These checks are in force for Orrin Aerospace already, without any policy. Change one, or leave ",
        ),
    ],
)
def test_draft_is_refused(ready, changed, error, sentence):
    asked = {"checks": without("LOCK"), "reason": "Agreed."} | changed
    with pytest.raises(error) as refused:
        policies.draft(by=ready.cast.quality, customer=ready.cast.customer, **asked)
    assert str(refused.value).startswith(sentence)
    asked = {"checks": without("LOCK"), "reason": "Agreed."}
    assert policies.draft(by=ready.cast.quality, customer=ready.cast.customer, **asked).state == "draft"


def test_no_policy_is_agreed_with_a_vendor(ready):
    vendor = Organization.objects.filter(kind=Organization.VENDOR).first()
    with pytest.raises(NotACustomer):
        draft_policy(ready.cast, customer=vendor)


def test_second_draft_waits_for_the_first(ready):
    made = draft_policy(ready.cast)
    with pytest.raises(policies.TermsWait, match=f"{made.number} for Orrin Aerospace waits for a signature."):
        draft_policy(ready.cast, "PACK")


def test_the_same_policy_is_not_signed_twice_over(ready):
    made = make_policy(ready.cast)
    with pytest.raises(policies.NothingChanges, match=f"already, by policy {made.number}."):
        draft_policy(ready.cast)


def test_author_does_not_sign(ready):
    made = draft_policy(ready.cast, by=ready.cast.manager)
    with pytest.raises(policies.AuthorMayNotSign) as refused:
        sign_policy(ready.cast, made)
    assert str(refused.value).endswith(
        f"drafted check policy {made.number} and cannot sign it. Another manager must."
    )


def test_quality_drafts_and_does_not_sign(ready):
    made = draft_policy(ready.cast)
    with pytest.raises(NotEntitled):
        sign_policy(ready.cast, made, by=ready.cast.second_quality)
    assert sign_policy(ready.cast, made).state == "in_force"


def test_operator_drafts_nothing(ready):
    with pytest.raises(NotEntitled):
        draft_policy(ready.cast, by=ready.cast.operator)


def test_dropped_draft_is_gone(ready):
    made = draft_policy(ready.cast)
    with pytest.raises(Incomplete):
        policies.drop(by=ready.cast.quality, policy=made, reason="")
    assert policies.drop(by=ready.cast.quality, policy=made, reason="Not agreed.").state == "dropped"
    with pytest.raises(
        NotTheMoment, match=f"Check policy {made.number} is dropped and cannot be signed any more."
    ):
        policies.sign(by=ready.cast.manager, policy=made, token=reauth(ready.cast.manager))


# what follows


def test_gate_passes_what_the_policy_leaves_out_and_the_package_says_so(ready):
    open_owners(ready.lot)
    with pytest.raises(ChainIsOpen):
        release(ready.cast, ready.shipment)
    made = make_policy(ready.cast, "ROUTE")
    package = release(ready.cast, ready.shipment)
    entry = packages.manifest_of(package)["chain"]
    assert entry["not_in_force"] == [
        {
            "code": "ROUTE",
            "demand": "A released revision, of the part revision ordered, with every owner named; prototypes kept from "
            "production.",
            "customer": "Orrin Aerospace",
            "policy": made.number,
            "signed_by": ready.cast.manager.printed_name,
            "signed_on": made.signature.signed_at.date().isoformat(),
        }
    ]
    assert [slot["state"] for slot in entry["slots"] if slot["code"] == "ROUTE"] == ["not_in_force"]


def test_policy_signed_after_release_puts_the_package_out_of_date(ready):
    release(ready.cast, ready.shipment)
    render()
    make_policy(ready.cast, "LOCK")
    with pytest.raises(NotTheMoment):
        dispatch(ready.cast, ready.shipment)
    assert Shipment.objects.get(pk=ready.shipment.pk).state != Shipment.DISPATCHED
