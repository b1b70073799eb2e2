"""Badge and PIN: how a step is signed at a tablet that many people share.

The badge says who, the PIN proves it. A PIN signs production steps and nothing else; whoever approves, accepts,
releases or dispatches gives the full password.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.auth.hashers import check_password, make_password
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.domain.attempts import counted_attempt
from portal.domain.errors import NotEntitled, Refused
from portal.domain.events import record_event
from portal.domain.moves import lock
from portal.domain.reauthentication import CredentialRefused, issue
from portal.models import Authority, Person
from portal.permissions import MANAGERS, require_role, require_shop

SHORTEST, LONGEST = 6, 12
# Source: 21 CFR 11.200(a)(1)(i), one continuous period of access asks for the secret alone; house rule of its end
IDLE = timedelta(minutes=10)
# a digit before or after its neighbour, around the end of the row too
ROWS = "01234567890123456789", "98765432109876543210"


class PinTooEasy(Refused):
    """The PIN could be guessed."""

    code = "pin-too-easy"


class BadgeTaken(Refused):
    """Another person wears this badge."""

    code = "badge-taken"


class PinRefused(CredentialRefused):
    """The badge and the PIN do not belong together."""

    code = "pin-refused"


def set_pin(*, by: Person, badge_number: str, pin: str, password: str) -> Person:
    """Give oneself a badge and a PIN, proved by the password; a PIN set before is gone.

    Nobody, not even a manager, chooses somebody else's PIN: a signature is its owner's alone.

    Raises:  NotEntitled for outsiders; CredentialRefused when the password is wrong; TooManyFailures;
             PinTooEasy; BadgeTaken.
    Source:  21 CFR 11.100(a), 11.300(a).
    """
    require_shop(by, "sign with a PIN")
    badge = _clean_badge(badge_number)
    if not badge:
        raise PinRefused("A PIN belongs to a badge. Give the number of your badge.")
    _require_hard(pin, badge)
    with counted_attempt(account=by.email, address=None) as attempt:
        if not by.check_password(password):
            raise CredentialRefused("The password is not right, so your PIN is as before. Type it again.")
        attempt.is_good = True
    return _keep(by, badge=badge, pin=make_password(pin), by=by, verb="set_pin")


def give_badge(*, by: Person, person: Person, badge_number: str, reason: str) -> Person:
    """Give somebody a badge, or take it away with an empty number; the PIN of the old one is gone.

    Raises:  NotEntitled unless a manager gives it to somebody of the shop; BadgeTaken.
    """
    require_role(by, MANAGERS, "hand out badges")
    if not person.is_shop:
        raise NotEntitled(f"{person.printed_name} is not of the shop and signs no steps at its tablets.")
    return _keep(person, badge=_clean_badge(badge_number), pin="", by=by, verb="give_badge", reason=reason)


def begin_at_tablet(*, badge_number: str, pin: str, address: str | None = None) -> tuple[Person, str]:
    """Return who stands at the tablet, proved by badge and PIN, and a token that signs one production step.

    An unknown badge reads and costs the same as a wrong PIN.

    Raises:  PinRefused; TooManyFailures when the budget of the person, of the badge or of the address is spent.
    Source:  21 CFR 11.200(a)(1)(i), the first signing of a period uses all components.
    """
    badge = _clean_badge(badge_number)
    person = Person.objects.filter(badge_number=badge, is_active=True).first() if badge else None
    account = person.email if person else f"badge {badge}"
    with counted_attempt(account=account, address=address) as attempt:
        if not _is_right(person, pin):
            raise PinRefused(
                "This badge and this PIN do not belong together, so nothing was done. Scan the badge and type "
                "the PIN again; a forgotten PIN is replaced on your own page, with your password."
            )
        attempt.is_good = True
    return person, issue(person=person, only_for=Authority.SIGN_STEP)


def confirm_pin(*, person: Person, pin: str, address: str | None = None) -> str:
    """Check the PIN of the person whose badge was read before; return a token that signs one production step.

    Raises:  PinRefused when it is wrong, or the person has left; TooManyFailures.
    Source:  21 CFR 11.200(a)(1)(i), later signings of the period use the secret.
    """
    with counted_attempt(account=person.email, address=address) as attempt:
        if not person.is_active or not _is_right(person, pin):
            raise PinRefused(
                f"This is not the PIN of {person.printed_name}, so nothing was done. Type it again, "
                "or put the badge away and scan your own."
            )
        attempt.is_good = True
    return issue(person=person, only_for=Authority.SIGN_STEP)


def is_still_at_tablet(*, seen_at: datetime, at: datetime | None = None) -> bool:
    """Say whether the badge read before still counts: for ten minutes after the tablet was last used.

    Source:  21 CFR 11.200(a)(1)(ii), a signing outside one continuous period uses all components.
    """
    now = at or timezone.now()
    return timedelta(0) <= now - seen_at <= IDLE


def _clean_badge(badge_number: str) -> str:
    return badge_number.replace("\x00", "").strip()


def _require_hard(pin: str, badge: str) -> None:
    if not (pin.isascii() and pin.isdigit() and SHORTEST <= len(pin) <= LONGEST):
        raise PinTooEasy(f"A PIN is {SHORTEST} to {LONGEST} digits. Choose another.")
    repeats = any(pin == pin[:width] * (len(pin) // width) for width in range(1, len(pin) // 2 + 1))
    if repeats or any(pin in row for row in ROWS) or pin in badge:
        raise PinTooEasy(
            "This PIN is a row of neighbours, a repetition, or stands on your badge, so it could be guessed. "
            "Choose another."
        )


def _is_right(person: Person | None, pin: str) -> bool:
    if person is None or not person.pin:
        make_password(pin)  # costs what checking a real one would
        return False
    return check_password(pin, person.pin)


@transaction.atomic
def _keep(person: Person, *, badge: str, pin: str, by: Person, verb: str, reason: str = "") -> Person:
    current = lock(person)
    current.badge_number, current.pin = badge or None, pin
    try:
        with transaction.atomic():
            current.save()
    except IntegrityError:
        raise BadgeTaken(
            f"Badge {badge} is worn by somebody else. Read its number again; a manager can take a badge away."
        ) from None
    record_event(
        by=by,
        verb=verb,
        noun="person",
        number=current.email,
        data={"badge": badge, "reason": reason} if reason else {"badge": badge},
    )
    return current
