"""May this person sign this, for this customer, today?"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from portal.domain.errors import NotEntitled, NotTheMoment, Refused
from portal.domain.events import record_event
from portal.domain.moves import lock
from portal.models import Authority, Organization, Person


class AuthorityDaysReversed(Refused):
    """An authority would end before it begins."""

    code = "authority-days-reversed"


def has_authority(
    *, person: Person, act: str, customer: Organization | None = None, on: date | None = None
) -> bool:
    """Say whether `person` may sign `act` on that day, in their own name or as a deputy.

    An authority without a customer holds for all customers.
    """
    return authority_for(person=person, act=act, customer=customer, on=on) is not None


def authority_for(
    *, person: Person, act: str, customer: Organization | None = None, on: date | None = None
) -> Authority | None:
    """Return the authority by which `person` signs `act` on that day: their own before one as a deputy."""
    if not person.is_active:
        return None
    held = Authority.objects.in_force(person=person, act=act, on=on or timezone.localdate())
    held = held.filter(Q(customer__isnull=True) | Q(customer=customer))
    return held.select_related("deputy_for__person").order_by(F("deputy_for").asc(nulls_first=True)).first()


def require_authority(
    *, person: Person, act: str, customer: Organization | None = None, on: date | None = None
) -> Authority:
    """Return the authority `person` signs by, or refuse.

    Raises:  NotEntitled naming the act and the person.
    """
    held = authority_for(person=person, act=act, customer=customer, on=on)
    if held is None:
        for_whom = f" for {customer.name}" if customer else ""
        what = dict(Authority.ACTS)[act].lower()
        raise NotEntitled(
            f"{person.printed_name} holds no authority in force to {what}{for_whom}. "
            "A manager can grant it on the person's page."
        )
    return held


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

    Raises:  NotEntitled unless a manager grants it, or when managers grant it to an outsider;
             AuthorityDaysReversed when the last day is before the first.
    Source:  AS9100D 8.5.2 (acceptance authority media).
    """
    if by.role != Person.MANAGER:
        raise NotEntitled(f"{by.printed_name} may not grant authorities; ask a manager.")
    if not person.is_shop:
        raise NotEntitled(f"{person.printed_name} is not of the shop and cannot hold its signing authority.")
    if valid_to is not None and valid_to < valid_from:
        raise AuthorityDaysReversed(
            f"The authority would end on {valid_to} before it begins on {valid_from}. Change one of the days."
        )
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
def withdraw_authority(
    *, by: Person, authority: Authority, reason: str, at: datetime | None = None
) -> Authority:
    """End an authority at once; what was signed before stays signed.

    Raises:  NotEntitled unless a manager withdraws it; NotTheMoment when it was withdrawn before.
    """
    if by.role != Person.MANAGER:
        raise NotEntitled(f"{by.printed_name} may not withdraw authorities; ask a manager.")
    current = lock(authority)
    if current.withdrawn_at is not None:
        raise NotTheMoment(
            f"This authority of {current.person.printed_name} was withdrawn on "
            f"{current.withdrawn_at:%-d %b %Y}; it holds no more."
        )
    current.withdrawn_at = at or timezone.now()
    current.save()
    record_event(
        by=by,
        verb="withdraw",
        noun="authority",
        number=current.person.email,
        data={"act": current.act, "at": current.withdrawn_at, "reason": reason},
    )
    return current
