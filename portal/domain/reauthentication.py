"""A fresh credential, given at a door and spent by one signature."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from portal.domain.attempts import counted_attempt
from portal.domain.canonical import sha256_of
from portal.domain.errors import Refused
from portal.models import Person, Reauthentication

LIFETIME = timedelta(minutes=5)


class CredentialRefused(Refused):
    code = "credential-refused"


def confirm(*, person: Person, password: str) -> str:
    """Check the full credential and return a token that one signature may spend within five minutes.

    Wrong passwords share the budget of the sign-in page, so a session left open is no way to guess one.

    Raises:  CredentialRefused when the password is wrong or the person is disabled;
             TooManyFailures when the budget is spent.
    Source:  21 CFR 11.200(a)(1).
    """
    with counted_attempt(account=person.email, address=None) as attempt:
        if not person.is_active or not person.check_password(password):
            raise CredentialRefused(_("The password is not right, so nothing was signed. Type it again."))
        attempt.is_good = True
    return issue(person=person)


def issue(*, person: Person, only_for: str = "") -> str:
    """Return a token for a credential that was just checked; `only_for` binds it to one act.

    Called by whoever checked the credential, and by nobody else.
    """
    token = secrets.token_urlsafe(24)
    now = timezone.now()
    Reauthentication.objects.create(
        person=person,
        token_sha256=sha256_of(token.encode()),
        created_at=now,
        expires_at=now + LIFETIME,
        only_for=only_for,
    )
    return token


def spend(*, person: Person, token: str, act: str | None = None) -> None:
    """Use up a token inside the caller's transaction, for the act that is signed.

    Raises:  CredentialRefused when it is unknown, of another person, spent, older than five minutes, or bound
             to another act than this one.
    """
    now = timezone.now()
    # no join here: PostgreSQL looks again only at the updated table's own columns when two spend at once
    spent = Reauthentication.objects.filter(
        person_id=person.pk,
        token_sha256=sha256_of(token.encode()),
        used_at__isnull=True,
        expires_at__gt=now,
        only_for__in=["", act or ""],
    ).update(used_at=now)
    if spent != 1 or not Person.objects.filter(pk=person.pk, is_active=True).exists():
        raise CredentialRefused(
            _("%(person)s must give the password again to sign; each signature needs it anew.")
            % {"person": person.printed_name}
        )
