"""Mail: put down with the act it tells of, sent by a worker, once for each key.

A mail says which record and what to do; the rest is behind sign-in. It carries no file, no secret, no drawing data,
and nothing of a record its reader could not open.
"""

from __future__ import annotations

import hashlib
import re
from datetime import datetime
from email.utils import parseaddr
from smtplib import SMTPRecipientsRefused
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.core.validators import validate_email
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from portal.domain.canonical import plain
from portal.domain.errors import Refused
from portal.domain.reply_addresses import address_of
from portal.intake.mail import OWN_MARK
from portal.models import Job, Person
from portal.queue import enqueue

SEND = "send_mail"
KEY_LENGTH = Job._meta.get_field("unique_key").max_length
CONTROL = re.compile(r"[\x00-\x1f\x7f\u0085\u2028\u2029]")
TEMPLATE = re.compile(r"[a-z_]+")


class MailRefused(Refused):
    """A mail that must not leave as it is: no address, or words that would write headers of their own."""

    code = "mail-refused"


class MailUndeliverable(Refused):
    """The mail server will not take anything for this address."""

    code = "mail-undeliverable"


def send_mail(
    *,
    to: Person | str,
    subject: str,
    template: str,
    context: dict[str, Any],
    key: str,
    language: str = "",
    about: tuple[str, str] | None = None,
    at: datetime | None = None,
    reply_scope: str = "",
) -> Job:
    """Put a mail into the outbox, in the caller's transaction, and return its job.

    subject   one line; `%(names)s` are filled in from the context, in the reader's language
    template  names `templates/mail/<template>.txt` and `.html`
    key       what this mail is; asked for twice it is sent once to each reader
    language  of the reader; a person's own where it is empty
    about     noun and number of the record, so that mails about one are shown together
    at        not before this moment
    reply_scope  what it may be answered about by mail; the address is made when the mail leaves and kept nowhere

    Raises:  MailRefused for an address that is none, or a subject of more than one line.
    """
    address = to.email if isinstance(to, Person) else to
    language = language or language_of(to)
    _require_address(address)
    content = plain(context)
    line = _in(language, lambda: _filled(str(subject), content))
    if CONTROL.search(line) or not line.strip():
        raise MailRefused(f"The mail to {address} has no subject of one line. Write it on one line.")
    if not TEMPLATE.fullmatch(template):
        raise MailRefused(f"There is no mail called {template[:40]}.")
    unique = _unique_key(key, address)
    arguments = {
        "to": address,
        "subject": line,
        "template": template,
        "context": content,
        "language": language,
        "about": list(about or ()),
        "reply_scope": reply_scope,
    }
    return enqueue(SEND, unique_key=unique, arguments=arguments, **({"not_before": at} if at else {}))


def _require_address(address: str) -> None:
    try:
        if CONTROL.search(address) or parseaddr(address)[1] != address:
            raise ValidationError("")
        validate_email(address)
    except ValidationError:
        shown = CONTROL.sub(" ", address)[:80]
        raise MailRefused(f"“{shown}” is no mail address. Correct it in the person's account.") from None


def _filled(subject: str, context: dict) -> str:
    """Fill in a subject; a name somebody typed on two lines stands there on one."""
    if "%(" not in subject:
        return subject
    on_one_line = {
        name: " ".join(CONTROL.sub(" ", value).split()) if isinstance(value, str) else value
        for name, value in context.items()
    }
    return subject % on_one_line


def language_of(reader: Person | str) -> str:
    """Return the language a reader chose; empty where none was."""
    return getattr(reader, "language", "") or ""


def _in(language: str, work):
    if not language:
        return work()
    with translation.override(language):
        return work()


def _unique_key(key: str, address: str) -> str:
    unique = f"mail {key} {address}"
    return unique if len(unique) <= KEY_LENGTH else f"mail {hashlib.sha256(unique.encode()).hexdigest()}"


def compose(*, key: str, arguments: dict) -> EmailMultiAlternatives:
    """Return a mail as it leaves: the same words and the same Message-ID each time.

    A worker that dies after sending and before saying so sends it again; by the same Message-ID the reader's mailbox
    shows it once.
    Source:  RFC 5322 3.6.4 (Message-ID), RFC 3834 5 (Auto-Submitted), RFC 2369 (List-Unsubscribe).
    """
    choices = f"{settings.PORTAL_ADDRESS}{reverse('portal:mail-settings')}"
    words = {"address": settings.PORTAL_ADDRESS, "choices_url": choices, "subject": arguments["subject"]}
    reply_to = address_of(arguments["reply_scope"])
    words["is_answered_by_mail"] = bool(reply_to)
    words = {**arguments["context"], **words, "language": arguments["language"] or settings.LANGUAGE_CODE}
    name = f"mail/{arguments['template']}"
    text, page = _in(
        arguments["language"],
        lambda: (render_to_string(f"{name}.txt", words), render_to_string(f"{name}.html", words)),
    )
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    headers = {
        "Message-ID": f"<{_digest(key)}@{domain}>",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        # so that a mail of ours that comes back is known
        OWN_MARK: "1",
        "List-Unsubscribe": f"<{choices}>",
    }
    if arguments["about"]:
        headers["References"] = f"<{_digest(' '.join(arguments['about']))}@{domain}>"
    mail = EmailMultiAlternatives(
        subject=arguments["subject"],
        body=text,
        to=[arguments["to"]],
        headers=headers,
        reply_to=[reply_to] if reply_to else None,
    )
    mail.attach_alternative(page, "text/html")
    return mail


def _digest(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()[:40]


def deliver(*, key: str, arguments: dict) -> bool:
    """Send one mail of the outbox; return whether it left. A person who has left the portal gets none.

    Raises:  MailUndeliverable when the server refuses the address for good; whatever else it raises is tried again.
    """
    if Person.objects.filter(email__iexact=arguments["to"], is_active=False).exists():
        return False
    try:
        compose(key=key, arguments=arguments).send()
    except SMTPRecipientsRefused as refused:
        codes = [code for code, _ in refused.recipients.values()]
        if codes and min(codes) >= 500:
            raise MailUndeliverable(
                f"The mail server refuses mail for {arguments['to']}. Correct the address in the person's account."
            ) from None
        raise
    return True
