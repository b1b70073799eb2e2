"""Check policies at any state, made by walking the real moves."""

from __future__ import annotations

from documents.domain import policies
from documents.models import CheckPolicy
from portal.models import Organization, Person
from tests.cast import Cast, reauth

REASON = "Their own process approval covers it."


def without(*codes: str) -> list[str]:
    """Return every check but these."""
    return [code for code in policies.CODES if code not in codes]


def draft_policy(
    cast: Cast,
    *left_out: str,
    customer: Organization | None = None,
    by: Person | None = None,
    reason: str = REASON,
) -> CheckPolicy:
    """Draft a policy that leaves these checks out, LOCK when none is named."""
    checks = without(*(left_out or ("LOCK",)))
    customer = customer or cast.customer
    return policies.draft(by=by or cast.quality, customer=customer, checks=checks, reason=reason)


def sign_policy(cast: Cast, policy: CheckPolicy, *, by: Person | None = None) -> CheckPolicy:
    """Sign a policy as the manager."""
    by = by or cast.manager
    return policies.sign(by=by, policy=policy, token=reauth(by))


def make_policy(cast: Cast, *left_out: str, **facts) -> CheckPolicy:
    """Draft a policy and have it signed."""
    return sign_policy(cast, draft_policy(cast, *left_out, **facts))
