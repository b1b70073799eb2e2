"""Counting wrong passwords, so that guessing one takes longer than a life."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.domain.errors import Refused
from portal.models import SignInAttempt

LIMIT = 10
WINDOW = timedelta(minutes=5)


class TooManyFailures(Refused):
    """The budget of wrong passwords is spent for the moment."""

    code = "too-many-failures"


@dataclass
class Attempt:
    """One try; whoever checks the credential says whether it was good."""

    is_good: bool = False


def account_key(account: str) -> str:
    """Return the account as it is counted: width, letter case and accents make no new budget."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", account).casefold())
    bare = "".join(sign for sign in folded if not unicodedata.combining(sign) and sign != "\x00")
    return bare.strip()[:254]


@contextmanager
def counted_attempt(*, account: str, address: str | None) -> Iterator[Attempt]:
    """Hold one try against the budget of an account and of an address, and give it back when it was good.

    The try is written down before the credential is looked at: many tries at the same instant see each other.

    Units:   at most 10 failures per account and per address in 5 minutes.
    Raises:  TooManyFailures before the credential is looked at.
    """
    key, since = account_key(account), timezone.now() - WINDOW
    row = SignInAttempt.objects.create(account_key=key, address=address)
    failed = SignInAttempt.objects.filter(at__gt=since).exclude(pk=row.pk)
    counts = failed.filter(Q(account_key=key) | Q(address=address, address__isnull=False)).aggregate(
        account=Count("pk", filter=Q(account_key=key)), address=Count("pk", filter=Q(address=address))
    )
    if max(counts.values()) >= LIMIT:
        row.delete()
        raise TooManyFailures(
            _(
                "The password or PIN was wrong ten times within five minutes. Wait five minutes, "
                "then try again."
            )
        )
    attempt = Attempt()
    try:
        yield attempt
    finally:
        if attempt.is_good:
            row.delete()
