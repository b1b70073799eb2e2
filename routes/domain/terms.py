"""What a customer's new order lines begin with: the first-article regime and the approval of packages."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from portal.domain.errors import Incomplete, Refused
from portal.domain.events import record_event
from portal.models import Organization, Person
from routes.models import CustomerTerms, OrderLine
from routes.models.clauses import FAI_EDITIONS
from routes.permissions import PLANNERS, require_role


class NotACustomer(Refused):
    """Only customers order, and only with them terms are agreed."""

    code = "not-a-customer"


@dataclass(frozen=True)
class Terms:
    """What a new order line begins with when it says nothing itself."""

    fai_regime: str
    needs_package_approval: bool
    # the revision of AS9102 whose forms the customer reads
    fai_edition: str = "C"


# the strictest: a customer without agreed terms is asked before anything leaves
HOUSE_TERMS = Terms(fai_regime=OrderLine.BEFORE_DISPATCH, needs_package_approval=False)


def terms_of(customer: Organization) -> Terms:
    """Return what was agreed with a customer, else the house's own terms."""
    agreed = CustomerTerms.objects.filter(customer=customer).first()
    if agreed is None:
        return HOUSE_TERMS
    return Terms(agreed.fai_regime, agreed.needs_package_approval, agreed.fai_edition)


@transaction.atomic
def change_terms(
    *,
    by: Person,
    customer: Organization,
    fai_regime: str,
    needs_package_approval: bool = False,
    fai_edition: str = "",
) -> CustomerTerms:
    """Agree what new order lines and first articles of a customer begin with; those that stand keep what they say.

    fai_edition: B or C; left out, it stays what it was.
    Raises:  NotEntitled; NotACustomer for the shop or a vendor; Incomplete for a regime that is none of the four or an
             edition that is not kept.
    Source:  docs/decisions/0011 (what each first-article regime means).
    """
    require_role(by=by, roles=PLANNERS, act="agree terms with customers")
    if customer.kind != Organization.CUSTOMER:
        raise NotACustomer(f"{customer.name} orders nothing here, so there are no terms. Choose a customer.")
    regimes = dict(OrderLine.FAI_REGIMES)
    if fai_regime not in regimes:
        raise Incomplete(
            f"Say how {customer.name} takes first articles: {', '.join(each.lower() for each in regimes.values())}."
        )
    editions = dict(FAI_EDITIONS)
    if fai_edition and fai_edition not in editions:
        raise Incomplete(f"Say which forms {customer.name} reads: {' or '.join(editions.values())}.")
    # the customer's row orders two people who agree at the same moment
    Organization.objects.select_for_update().get(pk=customer.pk)
    agreed = {
        "fai_regime": fai_regime,
        "needs_package_approval": needs_package_approval,
        "fai_edition": fai_edition or terms_of(customer).fai_edition,
    }
    terms, _ = CustomerTerms.objects.update_or_create(customer=customer, defaults=agreed)
    record_event(
        by=by,
        verb="change terms of",
        noun="organization",
        number=customer.number,
        data=agreed,
    )
    return terms
