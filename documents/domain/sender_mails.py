"""Mails to whoever sent a certificate without an account: what was decided on it.

An address somebody typed or wrote proves nothing, so it hears only of what it sent, and only where a link in force said
for which order that was.
"""

from __future__ import annotations

import logging

from documents.models import Certificate
from portal.domain.mails import MailRefused, send_mail
from portal.models import Job

logger = logging.getLogger(__name__)


def tell_sender(certificate: Certificate, *, subject: str, context: dict, key: str) -> Job | None:
    """Tell whoever sent a certificate without an account what was decided on it."""
    if certificate.link_id is None or not certificate.sent_email:
        return None
    try:
        return send_mail(
            to=certificate.sent_email,
            subject=subject,
            template="plain",
            context={**context, "path": "", "reader": certificate.sent_name or certificate.sent_email},
            key=key,
            about=("certificate", certificate.number),
        )
    except MailRefused as refusal:
        logger.warning("No mail to the sender of certificate %s: %s", certificate.number, refusal.sentence)
        return None
