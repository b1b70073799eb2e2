"""Check policies: which checks of the chain are in force for a customer, drafted, signed by another, superseded."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from documents.domain.chain import CHECKS
from documents.domain.chain.policy import ALWAYS
from documents.models import CheckPolicy
from documents.permissions import POLICY_SIGNERS
from portal.domain.errors import Incomplete, NotEntitled, Refused
from portal.domain.events import record_event
from portal.domain.numbers import next_number
from portal.domain.signed_terms import Kind, NothingChanges, TermsWait, drop_draft, put_in_force, take_to_sign
from portal.models import Organization, Person
from portal.permissions import require_quality, require_role
from routes.domain.lots import lock_lots
from routes.domain.terms import NotACustomer
from routes.domain.words import only_once
from routes.models import Traveler

KIND = Kind("check policy", "check policy {}", changes="what is in force")
CODES = tuple(code for code, _ in CHECKS)
OPTIONAL = tuple(code for code in CODES if code not in ALWAYS)


class NoSuchCheck(Refused):
    """The chain has no check of this name."""

    code = "no-such-check"


class AlwaysInForce(Refused):
    """Law and truth are not for a customer to switch off."""

    code = "always-in-force"


class AuthorMayNotSign(NotEntitled):
    """Whoever drafted a policy does not put it in force."""

    code = "author-may-not-sign"


@transaction.atomic
def draft(*, by: Person, customer: Organization, checks: Iterable[str], reason: str) -> CheckPolicy:
    """Draft which checks are to be in force for a customer; nothing changes until a manager signs it.

    Raises:  NotEntitled; NotACustomer; NoSuchCheck; AlwaysInForce when one is left out that nobody may leave out;
             Incomplete without a reason; TermsWait; NothingChanges.
    """
    require_quality(by, "draft check policies")
    if customer.kind != Organization.CUSTOMER or not customer.is_active:
        raise NotACustomer(
            f"{customer.name} is not an active customer, so no checks are agreed with it. Choose a customer."
        )
    dropped = _left_out(checks)
    if not reason.strip():
        raise Incomplete(
            f"Say why these checks are in force for {customer.name}; the package names the policy."
        )
    _require_change(customer, dropped)
    with only_once(
        f"A check policy for {customer.name} was drafted a moment ago. Sign or drop that one first."
    ):
        policy = CheckPolicy.objects.create(
            number=next_number("CP"),
            customer=customer,
            left_out=dropped,
            reason=reason.strip(),
            author=by,
            drafted_at=timezone.now(),
        )
    record_event(
        by=by,
        verb="draft",
        noun="check policy",
        number=policy.number,
        data={"customer": customer.number, "not_in_force": dropped, "reason": policy.reason},
    )
    return policy


@transaction.atomic
def sign(*, by: Person, policy: CheckPolicy, token: str) -> CheckPolicy:
    """Put a policy in force from now on; the one before is superseded, and every open lot is judged by the new one.

    1. the customer's open lots are locked in number order, so that no gate judges them meanwhile;
    2. the policy in force is superseded, this one signed;
    3. the event names the lots.

    Raises:  NotEntitled for whoever is not a manager; AuthorMayNotSign; NotTheMoment once signed or dropped.
    """
    require_role(by, POLICY_SIGNERS, f"sign check policy {policy.number}")
    lots = _lock_open_lots(policy.customer)
    policy = take_to_sign(
        KIND, policy, by=by, refusal=AuthorMayNotSign, otherwise="cannot sign it. Another manager must."
    )
    return put_in_force(
        KIND,
        policy,
        by=by,
        token=token,
        before=in_force(policy.customer),
        data={"customer": policy.customer.number, "not_in_force": policy.left_out},
        lots=lots,
        content={
            "customer": policy.customer.number,
            "in_force": checks_in_force(policy),
            "not_in_force": policy.left_out,
            "reason": policy.reason,
        },
    )


@transaction.atomic
def drop(*, by: Person, policy: CheckPolicy, reason: str) -> CheckPolicy:
    """Give up a draft; nothing changes for anybody.

    Raises:  NotEntitled; Incomplete without a reason; NotTheMoment once it is signed or dropped.
    """
    require_quality(by, f"drop check policy {policy.number}")
    return drop_draft(KIND, policy, by=by, reason=reason)


def in_force(customer: Organization) -> CheckPolicy | None:
    """Return the policy in force for a customer; without one every check is in force."""
    found = CheckPolicy.objects.filter(customer=customer, state=CheckPolicy.IN_FORCE)
    return found.select_related("customer").first()


def checks_in_force(policy: CheckPolicy) -> list[str]:
    """Return the codes in force under a policy, in the order of the chain: all that it does not leave out."""
    return [code for code in CODES if code not in policy.left_out]


def _left_out(checks: Iterable[str]) -> list[str]:
    """Return the codes a draft leaves out by not naming them, in the order of the chain."""
    named = set(checks)
    if unknown := sorted(named - set(CODES)):
        raise NoSuchCheck(f"The chain has no check {', '.join(unknown)}. Choose among {', '.join(CODES)}.")
    if missing := [code for code in ALWAYS if code not in named]:
        raise AlwaysInForce(
            f"{', '.join(missing)} cannot be left out: law and truth stay in force for everybody. Put "
            f"{'it' if len(missing) == 1 else 'them'} back."
        )
    return [code for code in OPTIONAL if code not in named]


def _require_change(customer: Organization, dropped: list[str]) -> None:
    if waiting := CheckPolicy.objects.filter(customer=customer, state=CheckPolicy.DRAFT).first():
        raise TermsWait(
            f"{waiting.number} for {customer.name} waits for a signature. Sign or drop it before drafting another."
        )
    standing = in_force(customer)
    if dropped == (standing.left_out if standing else []):
        by = f"by policy {standing.number}" if standing else "without any policy"
        raise NothingChanges(
            f"These checks are in force for {customer.name} already, {by}. Change one, or leave it as it is."
        )


def _lock_open_lots(customer: Organization) -> list[str]:
    """Lock every open lot of a customer in number order; return their numbers."""
    open_lots = Traveler.objects.open().filter(order_line__order__customer=customer)
    numbers = list(open_lots.order_by("number").values_list("number", flat=True))
    return [lot.number for lot in lock_lots(numbers)] if numbers else []
