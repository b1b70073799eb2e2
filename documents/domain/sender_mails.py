"""Mails to whoever sent something without an account: what became of each file, and what was decided on it.

An address somebody typed or wrote proves nothing, so it hears only of what it sent, and only where a link in force said
for which order that was.
"""

from __future__ import annotations

import logging

from documents.domain.reply_links import reply_scope
from documents.models import Certificate
from portal.domain.mails import MailRefused, send_mail
from portal.models import Job, Person
from subcontract.models import OutsideOrder

logger = logging.getLogger(__name__)


def write_to_sender(
    *,
    to: str,
    reader: str,
    subject: str,
    template: str,
    context: dict,
    key: str,
    about: tuple[str, str],
    order: OutsideOrder | None = None,
    language: str = "",
) -> Job | None:
    """Put down a mail to an address nobody has checked; one that is none gets nothing, and nothing else fails.

    order   whose certificates may be sent as the answer to it; only for who has shown a secret of that order by mail
    """
    try:
        return send_mail(
            to=to,
            subject=subject,
            template=template,
            context={**context, "path": "", "reader": reader},
            key=key,
            about=about,
            reply_scope=reply_scope(order) if order else "",
            language=language,
        )
    except MailRefused as refusal:
        logger.warning("No mail about %s %s to its sender: %s", *about, refusal.sentence)
        return None


def language_at(order: OutsideOrder, sender: str) -> str:
    """Return the language to answer a sender in: their own where they have an account, else that of all their house.

    Empty, which is the portal's own, where a house reads in several.
    """
    house = Person.objects.filter(organization=order.site.organization, is_active=True)
    own = house.filter(email__iexact=sender).first()
    languages = {own.language} if own else set(house.values_list("language", flat=True))
    return languages.pop() if len(languages) == 1 else ""


def tell_sender(
    certificate: Certificate,
    *,
    subject: str,
    context: dict,
    key: str,
    language: str = "",
    wants_answer: bool = False,
) -> Job | None:
    """Tell whoever sent a certificate without an account what was decided on it.

    Who typed an address into a page may have mistyped it; only who wrote a mail gets one that can be answered.
    """
    if certificate.link_id is None or not certificate.sent_email:
        return None
    came_by_mail = certificate.door == Certificate.MAIL
    return write_to_sender(
        to=certificate.sent_email,
        reader=certificate.sent_name or certificate.sent_email,
        subject=subject,
        template="plain",
        context=context,
        key=key,
        about=("certificate", certificate.number),
        order=certificate.link.order if wants_answer and came_by_mail else None,
        language=language,
    )
