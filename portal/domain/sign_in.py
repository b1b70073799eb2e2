"""Coming in with an address and a password."""

from __future__ import annotations

from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext as _

from portal.domain.attempts import counted_attempt
from portal.domain.errors import Refused
from portal.domain.events import record_event
from portal.models import Person


class SignInRefused(Refused):
    """The pair of address and password opens nothing; which half is wrong is not told."""

    code = "sign-in-refused"


def find_person(email: str) -> Person | None:
    """Return the active person of an e-mail address in any letter case."""
    bare = email.replace("\x00", "").strip()
    return Person.objects.filter(email__iexact=bare, is_active=True).select_related("organization").first()


def sign_in(*, email: str, password: str, address: str | None) -> Person:
    """Check address and password and return the person.

    An unknown account takes as long as a known one and reads the same, so that nobody learns who works here.

    Raises:  SignInRefused when the pair is wrong or the person is disabled;
             TooManyFailures when the budget of the account or of the network address is spent.
    """
    with counted_attempt(account=email, address=address) as attempt:
        person = find_person(email)
        if person is None:
            make_password(password)  # costs what checking a real one would
        if person is None or not person.check_password(password):
            raise SignInRefused(
                _(
                    "This e-mail address and password do not belong together. Try again, or ask "
                    "for a new password."
                )
            )
        attempt.is_good = True
    record_event(by=person, verb="sign_in", noun="person", number=person.email)
    return person
