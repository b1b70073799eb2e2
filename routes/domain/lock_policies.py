"""Lock policies: which differences from an approved setup are routine, drafted, signed by another, superseded."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from portal.domain.errors import Refused
from portal.domain.events import record_event
from portal.domain.numbers import next_number
from portal.domain.signed_terms import (
    Kind,
    NothingChanges,
    TermsWait,
    drop_draft,
    put_in_force,
    take_to_sign,
)
from portal.models import Authority, Organization, Person
from routes.domain.terms import NotACustomer
from routes.domain.words import ANOTHER, AuthorMayNotApprove, only_once, require_text
from routes.models import LockPolicy
from routes.permissions import PLANNERS, require_role

KIND = Kind("lock policy", "lock policy {}", changes="what is routine")
FIELDS = tuple(field for field, _ in LockPolicy.FIELDS)


class NoSuchDifference(Refused):
    """Nothing of this name is compared."""

    code = "no-such-difference"


@transaction.atomic
def draft(
    *, by: Person, routine: Iterable[str], reason: str, customer: Organization | None = None
) -> LockPolicy:
    """Draft which differences are routine, for one customer or the house; nothing changes until it is signed.

    Raises:  NotEntitled; NotACustomer; NoSuchDifference; Incomplete without a reason; TermsWait; NothingChanges;
             AlreadyThere when two draft at once.
    """
    require_role(by=by, roles=PLANNERS, act="draft lock policies")
    if customer is not None and (customer.kind != Organization.CUSTOMER or not customer.is_active):
        raise NotACustomer(
            f"{customer.name} is not an active customer, so nothing is routine for it. Choose a customer."
        )
    named = _in_order(routine)
    policy = LockPolicy(customer=customer, routine=named, author=by, drafted_at=timezone.now())
    policy.reason = require_text(
        reason, f"Say why these differences are routine for {policy.whose}; whoever signs reads it."
    )
    _require_change(policy)
    policy.number = next_number("LP")
    with only_once(
        f"A lock policy for {policy.whose} was drafted a moment ago. Sign or drop that one first."
    ):
        policy.save()
    data = {"customer": customer.number if customer else None, "routine": named, "reason": policy.reason}
    record_event(by=by, verb="draft", noun="lock policy", number=policy.number, data=data)
    return policy


@transaction.atomic
def sign(*, by: Person, policy: LockPolicy, token: str) -> LockPolicy:
    """Put a policy in force from now on; the one before is superseded.

    What was recorded before keeps the class it had then: a policy looks forward only.
    Raises:  NotEntitled without role or authority; AuthorMayNotApprove; NotTheMoment once signed or dropped;
             CredentialRefused.
    """
    require_role(by=by, roles=PLANNERS, act=f"sign lock policy {policy.number}")
    policy = take_to_sign(KIND, policy, by=by, refusal=AuthorMayNotApprove, otherwise=ANOTHER)
    return put_in_force(
        KIND,
        policy,
        by=by,
        token=token,
        before=own_policy(policy.customer),
        data={"routine": policy.routine},
        content={
            "customer": policy.customer.number if policy.customer else None,
            "routine": policy.routine,
            "evaluate": evaluated(policy.routine),
            "reason": policy.reason,
        },
        act=Authority.APPROVE_ROUTE,
        customer=policy.customer,
    )


@transaction.atomic
def drop(*, by: Person, policy: LockPolicy, reason: str) -> LockPolicy:
    """Give up a draft; nothing changes for anybody.

    Raises:  NotEntitled; Incomplete without a reason; NotTheMoment once it is signed or dropped.
    """
    require_role(by=by, roles=PLANNERS, act=f"drop lock policy {policy.number}")
    return drop_draft(KIND, policy, by=by, reason=reason)


def in_force(customer: Organization) -> LockPolicy | None:
    """Return the policy a difference is classed by: that of the customer, else that of the house."""
    return own_policy(customer) or own_policy(None)


def own_policy(customer: Organization | None) -> LockPolicy | None:
    """Return the policy in force of exactly this customer, or of the house."""
    return LockPolicy.objects.filter(customer=customer, state=LockPolicy.IN_FORCE).first()


def evaluated(routine: Iterable[str]) -> list[str]:
    """Return the differences somebody decides on where these are routine."""
    named = set(routine)
    return [field for field in FIELDS if field not in named]


def _in_order(routine: Iterable[str]) -> list[str]:
    named = set(routine)
    if unknown := sorted(named - set(FIELDS)):
        raise NoSuchDifference(
            f"Nothing called {', '.join(unknown)} is compared with a setup. Choose among {', '.join(FIELDS)}."
        )
    return [field for field in FIELDS if field in named]


def _require_change(policy: LockPolicy) -> None:
    own = LockPolicy.objects.filter(customer=policy.customer)
    if waiting := own.filter(state=LockPolicy.DRAFT).first():
        raise TermsWait(
            f"{waiting.number} for {policy.whose} waits for a signature. Sign or drop it before drafting another."
        )
    standing = own_policy(policy.customer)
    # a customer's first policy may name nothing: then nothing of the house's is routine for it
    is_first_of_customer = policy.customer is not None and standing is None
    if not is_first_of_customer and policy.routine == (standing.routine if standing else []):
        by = f"by policy {standing.number}" if standing else "without any policy"
        raise NothingChanges(
            f"It is so for {policy.whose} already, {by}. Change one difference, or leave it as it is."
        )
