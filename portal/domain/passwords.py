"""Passwords: strong enough, changed by their owner alone, replaced by a mailed link."""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils.encoding import force_bytes, force_str
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode
from django.utils.translation import gettext as _

from portal.domain.attempts import counted_attempt
from portal.domain.errors import NotTheMoment, Refused
from portal.domain.events import record_event
from portal.domain.moves import lock
from portal.domain.reauthentication import CredentialRefused
from portal.domain.sign_in import find_person
from portal.models import Person
from portal.queue import enqueue

MAIL_RESET = "mail_reset"


class PasswordTooWeak(Refused):
    """The new password could be guessed."""

    code = "password-too-weak"


class ResetLinkRefused(Refused):
    """The link of a reset is used up, too old or altered."""

    code = "reset-link-refused"


def require_strong(password: str, *, person: Person) -> None:
    """Refuse a password that is short, common or like the person's own name.

    Raises:  PasswordTooWeak with every reason.
    """
    try:
        validate_password(password, user=person)
    except ValidationError as error:
        raise PasswordTooWeak(" ".join(error.messages)) from None


@transaction.atomic
def _replace(person: Person, *, password: str, verb: str) -> Person:
    """Set the password of a person whose credential was checked, unless another has set one since.

    Raises:  NotTheMoment; PasswordTooWeak.
    """
    current = lock(person)
    # two who hold the same link, or the same old password, are not both let in by it
    if current.password != person.password or not current.is_active:
        raise NotTheMoment(_("The password was changed a moment ago, so this one was not set."))
    require_strong(password, person=current)
    current.set_password(password)
    current.save()
    record_event(by=current, verb=verb, noun="person", number=current.email)
    return current


def change_password(*, by: Person, old: str, new: str) -> Person:
    """Replace one's own password; every other session of the person ends.

    Raises:  CredentialRefused when the old one is wrong; TooManyFailures; PasswordTooWeak; NotTheMoment.
    """
    with counted_attempt(account=by.email, address=None) as attempt:
        if not by.check_password(old):
            raise CredentialRefused(
                _("The present password is not right, so nothing was changed. Type it again.")
            )
        attempt.is_good = True
    return _replace(by, password=new, verb="change_password")


def ask_for_reset(*, email: str, address: str | None) -> None:
    """Have a link mailed that sets a new password, if the address is known; never say whether it is.

    A worker makes the link and sends it: whoever waited for a mail server would learn that there is an account.

    Raises:  TooManyFailures when links were asked for too often.
    """
    # an asking counts as a failure of its own kind, so that nobody's mailbox is flooded
    with counted_attempt(account=f"reset {email}", address=address):
        person = find_person(email)
    if person is None:
        return
    with transaction.atomic():
        record_event(by=None, verb="mail_reset", noun="person", number=person.email)
        enqueue(MAIL_RESET, unique_key=f"{MAIL_RESET} {uuid4()}", arguments={"person": person.pk})


def mail_reset(person_key: int) -> None:
    """Send the link to its person; made here, its secret is kept nowhere. Who has left meanwhile gets none."""
    person = Person.objects.filter(pk=person_key, is_active=True).first()
    if person is None:
        return
    words = {
        "uid": urlsafe_base64_encode(force_bytes(person.pk)),
        "token": default_token_generator.make_token(person),
    }
    link = f"{settings.PORTAL_ADDRESS}{reverse('portal:password-reset-confirm', kwargs=words)}"
    send_mail(
        "A new password for the supplier quality portal",
        f"Open this page to set a new password:\n\n{link}\n\n"
        "If you did not ask for it, do nothing; your password stays as it is.\n",
        None,
        [person.email],
    )


def find_reset(*, uid: str, token: str) -> Person:
    """Return the person whose reset link this is.

    Raises:  ResetLinkRefused when it is used up, too old, altered or of somebody who left.
    """
    try:
        pk = int(force_str(urlsafe_base64_decode(uid)))
        person = Person.objects.filter(pk=pk, is_active=True).first()
    except (ValueError, OverflowError):
        person = None
    if person is None or not default_token_generator.check_token(person, token):
        raise ResetLinkRefused(_("This link was used before or is too old. Ask for a new one."))
    return person


def reset_password(*, uid: str, token: str, password: str) -> Person:
    """Set a new password by a mailed link; the link and every open session end with it.

    Raises:  ResetLinkRefused; PasswordTooWeak; NotTheMoment.
    """
    return _replace(find_reset(uid=uid, token=token), password=password, verb="reset_password")
