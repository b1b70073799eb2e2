"""What a customer asks of the certificates of its goods: set by a manager, kept with its history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils import timezone

from documents.domain.key_rules import ALWAYS_MUST, DEFAULT_LEVELS, EXACT, LANGUAGES, KeyRules
from documents.domain.key_verdicts import MUST, OFF, SHOULD
from documents.models import CertificateKeyRules
from documents.permissions import POLICY_SIGNERS
from portal.domain.errors import Incomplete, Refused
from portal.domain.events import record_event
from portal.models import Organization, Person
from portal.permissions import require_role
from routes.domain.terms import NotACustomer
from routes.models import Traveler

LEVELS = (MUST, SHOULD, OFF)
# those a customer may set; the others are always asked
OPEN_KEYS = tuple(key for key in DEFAULT_LEVELS if key not in ALWAYS_MUST)


class NoSuchKey(Refused):
    """The comparison has no key of this name, or none that can be set."""

    code = "no-such-key"


@transaction.atomic
def set_rules(
    *,
    by: Person,
    customer: Organization,
    levels: Mapping[str, str],
    revision_policy: str = EXACT,
    languages: Iterable[str] = LANGUAGES,
    reason: str,
) -> CertificateKeyRules:
    """Set what the certificates for a customer's goods must say, from now on; what was decided stays decided.

    levels: must, should or off by key; those left out have their default.
    Raises:  NotEntitled; NotACustomer; NoSuchKey; Incomplete without a reason, or without a language.
    """
    require_role(by, POLICY_SIGNERS, "set what certificates must say")
    if customer.kind != Organization.CUSTOMER or not customer.is_active:
        raise NotACustomer(
            f"{customer.name} is not an active customer, so nothing is agreed with it. Choose a customer."
        )
    if strange := sorted(set(levels) - set(OPEN_KEYS)):
        raise NoSuchKey(
            f"Nobody can set {', '.join(strange)}: it is always asked, or no key of a certificate. Choose among "
            f"{', '.join(OPEN_KEYS)}."
        )
    if wrong := sorted({each for each in levels.values() if each not in LEVELS}):
        raise NoSuchKey(f"A key is must, should or off, not {', '.join(wrong)}. Choose one of the three.")
    if revision_policy not in dict(CertificateKeyRules.POLICIES):
        raise NoSuchKey(
            f"There is no revision policy {revision_policy}. Choose one of the three on the form."
        )
    agreed = [each for each in LANGUAGES if each in set(languages)]
    if not agreed or not reason.strip():
        raise Incomplete(
            f"Give the reason for the rules of {customer.name} and at least one language its certificates may have."
        )
    rules = CertificateKeyRules.objects.create(
        customer=customer,
        levels={key: level for key, level in levels.items() if level != DEFAULT_LEVELS[key]},
        revision_policy=revision_policy,
        languages=agreed,
        reason=reason.strip(),
        set_by=by,
        set_at=timezone.now(),
    )
    open_lots = Traveler.objects.open().filter(order_line__order__customer=customer)
    record_event(
        by=by,
        verb="set certificate rules of",
        noun="organization",
        number=customer.number,
        lots=sorted(open_lots.values_list("number", flat=True)),
        data={
            "levels": rules.levels,
            "revision": revision_policy,
            "languages": agreed,
            "reason": rules.reason,
        },
    )
    return rules


def rules_of(customer: Organization) -> CertificateKeyRules | None:
    """Return the rules in force for a customer; none where the defaults count."""
    return CertificateKeyRules.objects.filter(customer=customer).select_related("set_by").first()


def rules_for(customers: Iterable[int]) -> KeyRules:
    """Return what is asked of a certificate that is for goods of these customers: the strictest of each.

    customers: keys of the organisations; without any the defaults count.
    """
    found = [CertificateKeyRules.objects.filter(customer_id=each).first() for each in sorted(set(customers))]
    if not found:
        return KeyRules()
    kept = [_as_rules(each) for each in found]
    levels = {key: min((each.level_of(key) for each in kept), key=LEVELS.index) for key in DEFAULT_LEVELS}
    policies = {each.revision_policy for each in kept}
    shared = tuple(each for each in LANGUAGES if all(each in rules.languages for rules in kept))
    return KeyRules(levels, policies.pop() if len(policies) == 1 else EXACT, shared or LANGUAGES)


def _as_rules(row: CertificateKeyRules | None) -> KeyRules:
    return KeyRules(row.levels, row.revision_policy, tuple(row.languages)) if row else KeyRules()
