"""Keys for machines: made by a person for one purpose, shown once, ended at any moment."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.domain import reauthentication
from portal.domain.canonical import sha256_of
from portal.domain.errors import Incomplete, NotTheMoment, Refused
from portal.domain.events import record_event
from portal.domain.moves import lock
from portal.look.days import say as say_moment
from portal.models import ApiToken, Person
from portal.permissions import require_may_revoke

MARK = "sqp"
LONGEST_DAYS = 366
PREFIX_BYTES, SECRET_BYTES = 5, 32
# the moment of the last call is kept to the minute, so that most calls write nothing
NOTED_EVERY = timedelta(minutes=1)


class TokenDaysRefused(Refused):
    """A token must end, and not too far away."""

    code = "token-days-refused"


@transaction.atomic
def make_token(
    *, by: Person, purpose: str, days: int, token: str, can_write: bool = False, at: datetime | None = None
) -> tuple[ApiToken, str]:
    """Make a bearer token for one purpose and return it with its secret, which is kept nowhere.

    It sees what its person sees, and never signs: every signature asks for the password anew.

    token    the fresh credential: a session left open must not turn into a key that lasts for months
    Units:   days from now, at most 366.
    Raises:  Incomplete without a purpose; TokenDaysRefused; CredentialRefused.
    """
    purpose = purpose.strip()
    if not purpose:
        raise Incomplete(_("The token has no purpose. Say what uses it, as in ERP order feed."))
    if not 1 <= days <= LONGEST_DAYS:
        raise TokenDaysRefused(
            _(
                "A token for %(purpose)s cannot last %(days)s days. Choose 1 to %(most)s "
                "days and renew it in time."
            )
            % {"purpose": purpose, "days": days, "most": LONGEST_DAYS}
        )
    reauthentication.spend(person=by, token=token)
    moment = at or timezone.now()
    prefix = f"{MARK}_{secrets.token_hex(PREFIX_BYTES)}"
    secret = f"{prefix}_{secrets.token_urlsafe(SECRET_BYTES)}"
    made = ApiToken.objects.create(
        person=by,
        purpose=purpose,
        prefix=prefix,
        token_sha256=sha256_of(secret.encode()),
        can_write=can_write,
        created_at=moment,
        expires_at=moment + timedelta(days=days),
    )
    _record(made, "make", by=by, purpose=purpose, can_write=can_write, days=days)
    return made, secret


@transaction.atomic
def revoke_token(*, by: Person, api_token: ApiToken, at: datetime | None = None) -> ApiToken:
    """End a token at once.

    Raises:  NotEntitled unless it is one's own or a manager asks; NotTheMoment when it was ended before.
    """
    require_may_revoke(by, api_token)
    api_token = lock(api_token)
    if api_token.revoked_at is not None:
        raise NotTheMoment(
            _("Token %(prefix)s was revoked on %(revoked_at)s UTC already.")
            % {"prefix": api_token.prefix, "revoked_at": say_moment(api_token.revoked_at, "j M Y H:i")}
        )
    api_token.revoked_at = at or timezone.now()
    api_token.save()
    _record(api_token, "revoke", by=by, purpose=api_token.purpose, person=api_token.person.email)
    return api_token


def find_token(secret: str, *, at: datetime | None = None) -> ApiToken | None:
    """Return the token in force whose secret this is, with its person; None opens no door."""
    found = ApiToken.objects.in_force(at=at or timezone.now()).filter(token_sha256=sha256_of(secret.encode()))
    return found.select_related("person__organization").first()


def note_use(api_token: ApiToken, *, at: datetime | None = None) -> bool:
    """Keep when a token was last used, at most once a minute; say whether it was written now."""
    moment = at or timezone.now()
    if api_token.last_used_at and moment - api_token.last_used_at < NOTED_EVERY:
        return False
    stale = Q(last_used_at__isnull=True) | Q(last_used_at__lte=moment - NOTED_EVERY)
    return bool(ApiToken.objects.filter(stale, pk=api_token.pk).update(last_used_at=moment))


def _record(api_token: ApiToken, verb: str, *, by: Person, **data) -> None:
    record_event(by=by, verb=verb, noun="token", number=api_token.prefix, data=data)
