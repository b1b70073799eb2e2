"""The shop's mailbox for certificates, read over IMAP where no mail server hands mails in."""

from __future__ import annotations

import contextlib
import imaplib
import logging
import ssl
from collections.abc import Iterator

from django.conf import settings

from documents.domain import mail_in
from portal.domain.errors import Refused

log = logging.getLogger(__name__)

MOST_AT_ONCE = 50
TIMEOUT_SECONDS = 30


def fetch() -> list[mail_in.MailTaken]:
    """Take in the unread mails of the configured mailbox; each is marked as read only after it is safe here.

    A mail that cannot be read is flagged and stays where it is; one that failed for another reason is tried again.
    Killed at any moment, the next run meets the same mails and knows those it has.
    """
    if not settings.PORTAL_IMAP_HOST:
        return []
    taken = []
    with _mailbox() as box:
        _answer, found = box.uid("search", None, "UNSEEN UNFLAGGED")
        for uid in (found[0] or b"").split()[:MOST_AT_ONCE]:
            _answer, parts = box.uid("fetch", uid, "(BODY.PEEK[])")
            content = next((part[1] for part in parts if isinstance(part, tuple)), b"")
            try:
                taken.append(mail_in.receive(message=content))
            except Refused as refusal:
                log.warning("A mail in the mailbox was not taken: %s", refusal.sentence)
                box.uid("store", uid, "+FLAGS", r"(\Flagged)")
                continue
            box.uid("store", uid, "+FLAGS", r"(\Seen)")
    return taken


@contextlib.contextmanager
def _mailbox() -> Iterator[imaplib.IMAP4]:
    host, port = settings.PORTAL_IMAP_HOST, settings.PORTAL_IMAP_PORT
    if settings.PORTAL_IMAP_TLS:
        context = ssl.create_default_context()
        box = imaplib.IMAP4_SSL(host, port, ssl_context=context, timeout=TIMEOUT_SECONDS)
    else:
        box = imaplib.IMAP4(host, port, timeout=TIMEOUT_SECONDS)
    try:
        box.login(settings.PORTAL_IMAP_USER, settings.PORTAL_IMAP_PASSWORD)
        box.select(settings.PORTAL_IMAP_FOLDER)
        yield box
    finally:
        with contextlib.suppress(imaplib.IMAP4.error, OSError):
            box.logout()
