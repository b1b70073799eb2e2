"""May this person sign this, for this customer, today?"""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from portal.domain.errors import NotEntitled
from portal.domain.events import record_event
from portal.models import Authority, Organization, Person


def has_authority(*, person: Person, act: str, customer: Organization | None = None, on: date | None = None) -> bool:
    """Say whether `person` may sign `act` on that day; an authority without customer holds for all of them."""
    held = Authority.objects.in_force(person=person, act=act, on=on or timezone.localdate())
    return person.is_active and held.filter(Q(customer__isnull=True) | Q(customer=customer)).exists()


def require_authority(
    *, person: Person, act: str, customer: Organization | None = None, on: date | None = None
) -> None:
    """Refuse unless `person` holds the authority.

    Raises:  NotEntitled naming the act and the person.
    """
    if not has_authority(person=person, act=act, customer=customer, on=on):
        for_whom = f" for {customer.name}" if customer else ""
        raise NotEntitled(
            f"{person.printed_name} holds no authority in force to {dict(Authority.ACTS)[act].lower()}{for_whom}. "
            "A manager can grant it on the person's page."
        )


@transaction.atomic
def grant_authority(
    *,
    by: Person,
    person: Person,
    act: str,
    valid_from: date,
    basis: str,
    valid_to: date | None = None,
    customer: Organization | None = None,
    stamp: str = "",
) -> Authority:
    """Give a person the right to sign one kind of act between two days.

    Raises:  NotEntitled unless a manager grants it, or when managers grant it to an outsider.
    """
    if by.role != Person.MANAGER:
        raise NotEntitled(f"{by.printed_name} may not grant authorities; ask a manager.")
    if not person.is_shop:
        raise NotEntitled(f"{person.printed_name} is not of the shop and cannot hold its signing authority.")
    authority = Authority.objects.create(
        person=person,
        act=act,
        customer=customer,
        valid_from=valid_from,
        valid_to=valid_to,
        stamp=stamp,
        basis=basis,
    )
    record_event(
        by=by,
        verb="grant",
        noun="authority",
        number=person.email,
        data={"act": act, "from": valid_from, "to": valid_to, "basis": basis},
    )
    return authority


@transaction.atomic
def withdraw_authority(*, by: Person, authority: Authority, on: date, reason: str) -> Authority:
    """End an authority on a day; what was signed before stays signed.

    Raises:  NotEntitled unless a manager withdraws it.
    """
    if by.role != Person.MANAGER:
        raise NotEntitled(f"{by.printed_name} may not withdraw authorities; ask a manager.")
    authority.valid_to = max(on, authority.valid_from)
    authority.save()
    record_event(
        by=by,
        verb="withdraw",
        noun="authority",
        number=authority.person.email,
        data={"act": authority.act, "on": on, "reason": reason},
    )
    return authority
