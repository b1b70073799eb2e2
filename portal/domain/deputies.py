"""Deputies: who signs for somebody who is away, from when until when, and never for the work of that person."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from portal.domain.authorities import AuthorityDaysReversed
from portal.domain.errors import Incomplete, NotEntitled, NotTheMoment, Refused
from portal.domain.events import record_event
from portal.domain.moves import lock
from portal.models import Authority, Person
from portal.permissions import INSPECTORS, QUALITY, SHOP

# who may do an act at all; an authority is no use to somebody whose role the act is closed to
ROLES_OF_ACT = {
    Authority.SIGN_STEP: SHOP,
    Authority.INSPECT: INSPECTORS,
    Authority.ACCEPT_CERTIFICATE: QUALITY,
    Authority.APPROVE_ROUTE: QUALITY,
    Authority.APPROVE_FIRST_ARTICLE: QUALITY,
    Authority.DISPOSITION: QUALITY,
    Authority.ORDER_OUTSIDE: QUALITY,
    Authority.CERTIFY: QUALITY,
    Authority.RELEASE: QUALITY,
}


class DeputyDoesNotFit(Refused):
    """This person cannot stand in for that one."""

    code = "deputy-does-not-fit"


class DeputyOutlastsAuthority(Refused):
    """The deputy's days go beyond those of the authority."""

    code = "deputy-outlasts-authority"


@transaction.atomic
def name_deputy(
    *,
    by: Person,
    authorities: Iterable[Authority],
    person: Person,
    valid_from: date,
    valid_to: date,
    basis: str,
) -> list[Authority]:
    """Let `person` sign for the holder of these authorities, between two days; all of them or none.

    A deputy's authority holds only while the one it stands in for does: what withdraws that one ends it too.

    Raises:  NotEntitled unless the holder or a manager names the deputy; NotTheMoment when the authority was
             withdrawn, or when they are named already for one of these days; DeputyDoesNotFit for the holder, for
             somebody who left or whose role does not do the act, or for the authority of a deputy;
             AuthorityDaysReversed; DeputyOutlastsAuthority; Incomplete without a basis or without any authority.
    Source:  AS9100D 8.5.2 (acceptance authority media) and 5.3 (responsibilities are assigned); docs/decisions/0034.
    """
    if not basis.strip():
        raise Incomplete(
            f"Say on what ground {person.printed_name} stands in, such as a letter or the leave it is for."
        )
    named = [
        _name(by, lock(authority), person, valid_from, valid_to, basis.strip())
        for authority in sorted(authorities, key=lambda each: each.pk)
    ]
    if not named:
        raise Incomplete(f"Say what {person.printed_name} may sign as a deputy: choose at least one act.")
    return named


def _name(
    by: Person, current: Authority, person: Person, valid_from: date, valid_to: date, basis: str
) -> Authority:
    _require_may_name(by, current)
    _require_holds(current)
    _require_fits(current, person)
    _require_days(current, person, valid_from, valid_to)
    made = Authority.objects.create(
        person=person,
        act=current.act,
        customer=current.customer,
        valid_from=valid_from,
        valid_to=valid_to,
        basis=basis,
        deputy_for=current,
    )
    record_event(
        by=by,
        verb="name deputy",
        noun="authority",
        number=current.person.email,
        data={
            "act": current.act,
            "deputy": person.email,
            "name": person.printed_name,
            "from": valid_from,
            "to": valid_to,
            "basis": made.basis,
        },
    )
    return made


@transaction.atomic
def end_deputy(*, by: Person, authority: Authority, reason: str) -> Authority:
    """End what a deputy may sign, at once; what was signed before stays signed.

    Raises:  NotEntitled unless the one it stands in for, the deputy or a manager ends it; NotTheMoment when it has
             ended already, or is nobody's deputy; Incomplete without a reason.
    """
    current = lock(authority)
    deputy = current.person.printed_name
    if current.deputy_for is None:
        raise NotTheMoment(
            f"{deputy} holds this authority in their own name. A manager can withdraw it on their page."
        )
    concerned = (current.person_id, current.deputy_for.person_id)
    if not by.is_active or (by.pk not in concerned and by.role != Person.MANAGER):
        raise NotEntitled(f"{by.printed_name} may not end what {deputy} signs as a deputy; ask a manager.")
    if current.withdrawn_at is not None:
        raise NotTheMoment(
            f"{deputy} has been no deputy since {current.withdrawn_at:%-d %b %Y}. Reload the page."
        )
    if not reason.strip():
        raise Incomplete(f"Say why {deputy} is no deputy any more; the reason is kept with it.")
    current.withdrawn_at = timezone.now()
    current.save()
    record_event(
        by=by,
        verb="end deputy",
        noun="authority",
        number=current.deputy_for.person.email,
        data={"act": current.act, "deputy": current.person.email, "reason": reason.strip()},
    )
    return current


def names_answered_for(person: Person, on: date | None = None) -> tuple[str, ...]:
    """Return the printed names whose work is a person's today: their own, then of those they stand in for."""
    held = Authority.objects.deputising().standing_on(on or timezone.localdate()).filter(person=person)
    names = held.order_by("deputy_for__person__printed_name").values_list(
        "deputy_for__person__printed_name", flat=True
    )
    return tuple(dict.fromkeys((person.printed_name, *names)))


def deputies_today(names: Iterable[str], on: date | None = None) -> dict[str, tuple[str, ...]]:
    """Return, for those of these people who are away today, who stands in for them."""
    away = standing_in(on).filter(deputy_for__person__printed_name__in=set(names))
    return by_holder(away.values_list("deputy_for__person__printed_name", "person__printed_name"))


def standing_in(on: date | None = None) -> QuerySet[Authority]:
    """Return what people hold for others today, those who stand in the shortest first."""
    held = Authority.objects.deputising().standing_on(on or timezone.localdate())
    return held.filter(person__is_active=True).order_by("valid_to", "pk")


def by_holder(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Group the names of deputies by that of whom they stand in for; each once."""
    found: dict[str, dict[str, None]] = {}
    for holder, deputy in pairs:
        found.setdefault(holder, {})[deputy] = None
    return {holder: tuple(named) for holder, named in found.items()}


def may_name_deputies(person: Person, holder: Person) -> bool:
    """Say whether a person may name deputies of the holder: the holder themselves may, and managers."""
    return person.is_active and holder.is_shop and (person.pk == holder.pk or person.role == Person.MANAGER)


def _require_may_name(by: Person, authority: Authority) -> None:
    if not may_name_deputies(by, authority.person):
        raise NotEntitled(
            f"{by.printed_name} may not name a deputy of {authority.person.printed_name}; they may themselves, or a "
            "manager may."
        )


def _require_holds(authority: Authority) -> None:
    holder = authority.person.printed_name
    if authority.deputy_for_id is not None:
        raise DeputyDoesNotFit(
            f"{holder} holds this authority as a deputy and cannot hand it on. Ask "
            f"{authority.deputy_for.person.printed_name} to name another deputy."
        )
    if authority.withdrawn_at is not None or not authority.person.is_active:
        raise NotTheMoment(
            f"{holder} no longer holds the authority to {authority.get_act_display().lower()}, so nobody can stand "
            "in for it. A manager can grant it to somebody else."
        )


def _require_fits(authority: Authority, person: Person) -> None:
    holder, what = authority.person, authority.get_act_display().lower()
    if person.pk == holder.pk:
        raise DeputyDoesNotFit(f"{holder.printed_name} cannot be their own deputy. Choose somebody else.")
    if not person.is_active:
        raise DeputyDoesNotFit(f"{person.printed_name} has left and can be nobody's deputy. Choose another.")
    if person.role not in ROLES_OF_ACT[authority.act]:
        words = dict(Person.ROLES)
        able = ", ".join(words[role].lower() for role in ROLES_OF_ACT[authority.act])
        raise DeputyDoesNotFit(
            f"{person.printed_name} is {words[person.role].lower()} and cannot {what} for {holder.printed_name}; "
            f"a deputy for this is one of: {able}."
        )


def _require_days(authority: Authority, person: Person, valid_from: date, valid_to: date) -> None:
    if valid_to < valid_from:
        raise AuthorityDaysReversed(
            f"{person.printed_name} would end as a deputy on {valid_to} before beginning on {valid_from}. Change one "
            "of the days."
        )
    if valid_from < timezone.localdate():
        raise DeputyDoesNotFit(
            f"Nobody becomes a deputy for days that are over, and {valid_from} is. Begin today or later."
        )
    ends = authority.valid_to
    if valid_from < authority.valid_from or (ends is not None and valid_to > ends):
        until = f"until {ends}" if ends else "on"
        raise DeputyOutlastsAuthority(
            f"{authority.person.printed_name} holds this authority from {authority.valid_from} {until}; a deputy "
            f"cannot hold it from {valid_from} to {valid_to}. Keep to those days."
        )
    covered = Q(valid_from__lte=valid_to, valid_to__gte=valid_from, withdrawn_at__isnull=True)
    if known := authority.deputies.filter(covered, person=person).first():
        raise NotTheMoment(
            f"{person.printed_name} is named for this already from {known.valid_from} to {known.valid_to}. End that "
            "first, or choose other days."
        )
