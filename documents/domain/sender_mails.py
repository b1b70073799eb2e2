"""Mails to whoever sent a certificate without an account: what became of their mail, and what was decided.

An address somebody typed or wrote proves nothing, so it hears only of what it sent, and only where a link in force said
for which order that was.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from documents.models import Certificate
from portal.domain.mails import MailRefused, send_mail
from portal.models import Job

if TYPE_CHECKING:
    from documents.domain.mail_in import MailTaken

logger = logging.getLogger(__name__)


def answer(taken: MailTaken) -> Job | None:
    """Answer a mail with what became of each of its files; whoever names no order gets no answer.

    Source:  RFC 3834: machines are never answered, and one mail is answered once.
    """
    arrival = taken.arrival
    if taken.ignored or taken.is_known or not taken.to or arrival is None or arrival.link is None:
        return None
    order = arrival.link.order.number
    return _send(
        to=taken.to,
        subject=f"Your mail for order {order}",
        context={
            "sentence": "\n".join(taken.sentences)
            or "Your mail is here. A person says which line it is for.",
            "facts": [],
            "todo": "A person decides on each certificate; you will be told.",
        },
        key=f"mail answered {arrival.number}",
        about=("arrival", arrival.number),
    )


def tell_sender(certificate: Certificate, *, subject: str, context: dict, key: str) -> Job | None:
    """Tell whoever sent a certificate without an account what was decided on it."""
    if certificate.link_id is None or not certificate.sent_email:
        return None
    return _send(
        to=certificate.sent_email,
        subject=subject,
        context=context,
        key=key,
        about=("certificate", certificate.number),
        name=certificate.sent_name,
    )


def _send(
    *, to: str, subject: str, context: dict, key: str, about: tuple[str, str], name: str = ""
) -> Job | None:
    try:
        return send_mail(
            to=to,
            subject=subject,
            template="plain",
            context={**context, "path": "", "reader": name or to},
            key=key,
            about=about,
        )
    except MailRefused as refusal:
        logger.warning("No mail to the sender of %s %s: %s", *about, refusal.sentence)
        return None
