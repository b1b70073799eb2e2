"""Who comes in and who leaves: the first manager, invitations, the end of an account."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.domain.canonical import sha256_of
from portal.domain.errors import NotEntitled, NotTheMoment, Refused
from portal.domain.events import record_event
from portal.domain.labels import make_standard_labels
from portal.domain.moves import lock
from portal.domain.organizations import add_organization, add_site
from portal.domain.passwords import require_strong
from portal.domain.tokens import revoke_token
from portal.models import Invitation, Organization, Person
from portal.permissions import MANAGERS, ROLES_BY_KIND, may_manage_people

INVITATION_LIFETIME = timedelta(days=14)
SET_UP_LOCK = 7_300_001  # any number nobody else locks


class AlreadySetUp(Refused):
    """The first manager exists, so the page that makes one is closed."""

    code = "already-set-up"


class AddressTaken(Refused):
    """Somebody has an account with this e-mail address."""

    code = "address-taken"


class RoleDoesNotFit(Refused):
    """The role belongs to another kind of organization."""

    code = "role-does-not-fit"


class InvitationRefused(Refused):
    """The link of an invitation is used up, too old or altered."""

    code = "invitation-refused"


class LastManager(Refused):
    """Without this person nobody could manage people."""

    code = "last-manager"


def is_set_up() -> bool:
    """Say whether anybody has an account."""
    return Person.objects.exists()


@transaction.atomic
def set_up(*, shop: dict[str, str], site: dict[str, str], person: dict[str, str], password: str) -> Person:
    """Make the shop, its first site, the standard labels and its first manager.

    shop, site, person: the facts of each, by field name.
    Raises:  AlreadySetUp when anybody exists; PasswordTooWeak; what adding an organization or a site raises.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SET_UP_LOCK])
    if is_set_up():
        raise AlreadySetUp("The portal is set up already. Sign in, or ask a manager for an invitation.")
    organization = add_organization(by=None, kind=Organization.SHOP, **shop)
    add_site(by=None, organization=organization, **site)
    make_standard_labels()
    manager = Person(organization=organization, role=Person.MANAGER, **person)
    return _make(manager, password=password, verb="set_up")


def _make(person: Person, *, password: str, verb: str) -> Person:
    require_strong(password, person=person)
    person.email = person.email.strip().lower()
    person.set_password(password)
    person.save()
    record_event(
        by=person,
        verb=verb,
        noun="person",
        number=person.email,
        data={"role": person.role, "organization": person.organization.number},
    )
    return person


def _require_free(email: str) -> None:
    if Person.objects.filter(email__iexact=email.strip()).exists():
        raise AddressTaken(
            f"{email} has an account already, which may be disabled. Enable it, or use another address."
        )


@transaction.atomic
def invite(
    *,
    by: Person,
    email: str,
    printed_name: str,
    organization: Organization,
    role: str,
    title: str = "",
    at: datetime | None = None,
) -> tuple[Invitation, str]:
    """Invite one person and return the invitation with the word of its link, which is kept nowhere.

    Earlier links to the same address end.

    Units:   an invitation holds for 14 days.
    Raises:  NotEntitled unless a manager invites; RoleDoesNotFit; AddressTaken.
    """
    if not may_manage_people(by):
        raise NotEntitled(f"{by.printed_name} may not invite people; ask a manager.")
    if role not in ROLES_BY_KIND[organization.kind]:
        raise RoleDoesNotFit(
            f"{dict(Person.ROLES)[role]} is not a role of {organization.name}, which is a {organization.kind}. "
            f"Choose one of: {', '.join(str(dict(Person.ROLES)[each]) for each in ROLES_BY_KIND[organization.kind])}."
        )
    _require_free(email)
    at = at or timezone.now()
    email = email.strip().lower()
    Invitation.objects.filter(email=email, accepted_at__isnull=True, expires_at__gt=at).update(expires_at=at)
    token = secrets.token_urlsafe(24)
    invitation = Invitation.objects.create(
        email=email,
        printed_name=printed_name,
        title=title,
        organization=organization,
        role=role,
        token_sha256=sha256_of(token.encode()),
        invited_by=by,
        invited_at=at,
        expires_at=at + INVITATION_LIFETIME,
    )
    record_event(
        by=by,
        verb="invite",
        noun="person",
        number=email,
        data={"role": role, "organization": organization.number},
    )
    return invitation, token


def find_invitation(*, token: str, at: datetime | None = None) -> Invitation:
    """Return the open invitation of a link.

    Raises:  InvitationRefused when it was used, is older than 14 days, was replaced by a newer one, or comes from
             somebody who is a manager no more.
    """
    found = (
        Invitation.objects.filter(
            token_sha256=sha256_of(token.encode()),
            accepted_at__isnull=True,
            expires_at__gt=at or timezone.now(),
            # who may invite no more leaves no door behind
            invited_by__is_active=True,
            invited_by__role__in=MANAGERS,
        )
        .select_related("organization", "invited_by")
        .first()
    )
    if found is None:
        raise InvitationRefused(
            _(
                "This invitation was used before, is too old or was replaced. Ask whoever "
                "invited you for a new one."
            )
        )
    return found


@transaction.atomic
def accept_invitation(*, token: str, password: str, at: datetime | None = None) -> Person:
    """Make the invited person's account; the link works once.

    Raises:  InvitationRefused; AddressTaken; PasswordTooWeak.
    """
    invitation = lock(find_invitation(token=token, at=at))
    if invitation.accepted_at is not None:
        raise InvitationRefused(_("This invitation was used a moment ago. Sign in with the new account."))
    find_invitation(token=token, at=at)  # nor replaced by a newer one while we waited
    _require_free(invitation.email)
    invitation.accepted_at = at or timezone.now()
    invitation.save()
    return _make(
        Person(
            email=invitation.email,
            printed_name=invitation.printed_name,
            title=invitation.title,
            organization=invitation.organization,
            role=invitation.role,
        ),
        password=password,
        verb="accept_invitation",
    )


def lock_with_managers(*, by: Person, person: Person) -> dict[int, Person]:
    """Return both people and every manager, read again under row locks, by key.

    All are locked in one order, whoever acts upon whom at the same instant, so that of two managers who end
    each other one stays.
    """
    wanted = Q(role=Person.MANAGER) | Q(pk__in=(by.pk, person.pk))
    return {each.pk: each for each in Person.objects.select_for_update().filter(wanted).order_by("pk")}


def require_manager_left(people: dict[int, Person], *, without: Person) -> None:
    """Refuse what would leave nobody to manage people.

    Raises:  LastManager.
    """
    if not any(may_manage_people(each) for each in people.values() if each.pk != without.pk):
        raise LastManager(
            f"{without.printed_name} is the only manager. "
            "Invite another manager, or make somebody one, before this changes."
        )


@transaction.atomic
def disable_person(*, by: Person, person: Person, reason: str, at: datetime | None = None) -> Person:
    """End a person's account: the next request of every session is refused, the name stays on records.

    The person's tokens end with it; enabling the account again does not bring them back.

    Raises:  NotEntitled unless a manager does it; NotTheMoment when it is disabled already;
             LastManager when nobody could manage people afterwards.
    """
    people = lock_with_managers(by=by, person=person)
    current = people[person.pk]
    if not may_manage_people(people[by.pk]):
        raise NotEntitled(f"{by.printed_name} may not disable people; ask a manager.")
    if not current.is_active:
        raise NotTheMoment(f"{current.printed_name} is disabled already.")
    require_manager_left(people, without=current)
    current.is_active, current.disabled_at = False, at or timezone.now()
    current.save()
    for api_token in current.api_tokens.filter(revoked_at=None):
        revoke_token(by=by, api_token=api_token, at=current.disabled_at)
    record_event(by=by, verb="disable", noun="person", number=current.email, data={"reason": reason})
    return current


@transaction.atomic
def enable_person(*, by: Person, person: Person, reason: str) -> Person:
    """Open a disabled account again; its password is the old one until its owner replaces it.

    Raises:  NotEntitled unless a manager does it; NotTheMoment when it is not disabled.
    """
    if not may_manage_people(by):
        raise NotEntitled(f"{by.printed_name} may not enable people; ask a manager.")
    current = lock(person)
    if current.is_active:
        raise NotTheMoment(f"{current.printed_name} is not disabled.")
    current.is_active, current.disabled_at = True, None
    current.save()
    record_event(by=by, verb="enable", noun="person", number=current.email, data={"reason": reason})
    return current


@transaction.atomic
def set_export_eligibility(*, by: Person, person: Person, is_eligible: bool, basis: str) -> Person:
    """Say on which evidence a person may, or may no longer, see export-controlled data.

    Raises:  NotEntitled unless a manager says so, and never about oneself.
    Source:  22 CFR 120.62 and 120.67: eligibility rests on evidence; nobody vouches for themselves.
    """
    if not may_manage_people(by) or by.pk == person.pk:
        raise NotEntitled(
            f"{by.printed_name} may not decide this; ask a manager, or another one about yourself."
        )
    current = lock(person)
    current.is_export_eligible = is_eligible
    current.save()
    record_event(
        by=by,
        verb="set_export_eligibility",
        noun="person",
        number=current.email,
        data={"is_eligible": is_eligible, "basis": basis},
    )
    return current
