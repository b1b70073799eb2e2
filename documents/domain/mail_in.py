"""Certificates that come as the answer to a mail: each file becomes a certificate, or waits, or is refused in words."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from documents.domain import arrivals, link_pages, upload_links
from documents.domain.page_orders import orders_on
from documents.domain.sender_mails import language_at, write_to_sender
from documents.models import Arrival, Certificate, UploadLink
from portal.domain.canonical import sha256_of
from portal.domain.errors import Refused
from portal.domain.files import MAX_BYTES, FileRefused, take_in
from portal.domain.moves import move
from portal.domain.reply_addresses import secrets_in
from portal.intake import child
from portal.intake.unreadable import FileNotReadable
from subcontract.models import OutsideOrder, OutsideOrderLine

READER = "portal.intake.mail:read_mail"
# a file in a mail is a third longer than by itself
MOST_BYTES = MAX_BYTES * 3 // 2
MOST_WORDS = 1500


class MailNotTaken(Refused):
    """What came is no mail that can be read."""

    code = "mail-not-taken"


@dataclass
class MailTaken:
    """What became of a mail, in the words its sender is answered with.

    Nobody is answered when `ignored` says why: machines that answer machines never end.
    """

    to: str = ""
    subject: str = ""
    arrival: Arrival | None = None
    certificates: list[Certificate] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)
    ignored: str = ""
    is_known: bool = False


def receive(*, message: bytes, at: datetime | None = None) -> MailTaken:
    """Take in one mail; the same mail again is the arrival that is here already.

    1. mails of machines are ignored; 2. the secret of a link in the address it was sent to says for which order;
    3. each file becomes a certificate of that order, and one that cannot be read is refused with its sentence;
    4. what cannot be placed waits for the clerk and is not lost.

    Raises:  MailNotTaken for what is no mail.
    """
    sha256 = sha256_of(message)
    if known := Arrival.objects.filter(door=Arrival.MAIL, sha256=sha256).first():
        return MailTaken(arrival=known, is_known=True)
    said = _read(message)
    if said["automatic"]:
        return MailTaken(ignored=f"The mail is not answered and not kept: {said['automatic']}.")
    taken = MailTaken(to=said["sender"], subject=said["subject"])
    # outside the transaction: a wrong secret is counted even when nothing else is written
    link = link_addressed(said["recipients"], at=at)
    language = language_at(link.order, taken.to) if link else ""
    with transaction.atomic(), translation.override(language or settings.LANGUAGE_CODE):
        _take(taken, said, sha256, link, at)
        if link is not None:
            _answer(taken, link.order, sha256, language)
    return taken


def _answer(taken: MailTaken, order: OutsideOrder, sha256: str, language: str) -> None:
    """Tell the sender what became of each file; only of a mail that knew the secret of an order.

    Anybody else may have put a stranger's address into a mail, and the stranger would get our answer.
    """
    write_to_sender(
        to=taken.to,
        reader=taken.to,
        subject=_("Your mail for order %(number)s") % {"number": order.number},
        template="answer",
        context={"sentences": taken.sentences},
        key=f"mail answered {sha256}",
        about=("arrival", taken.arrival.number),
        order=order,
        language=language,
    )


def _read(message: bytes) -> dict:
    if len(message) > MOST_BYTES:
        raise MailNotTaken(
            f"The mail has more than {MOST_BYTES // 1024**2} MiB. Send its files in several mails."
        )
    try:
        return child.run(reader=READER, content=message)
    except FileNotReadable as refusal:
        raise MailNotTaken(refusal.sentence) from refusal


def link_addressed(recipients: list[str], *, at: datetime | None = None) -> UploadLink | None:
    """Return the link in force whose secret stands in one of the addresses a mail was sent to."""
    for secret in secrets_in(recipients):
        try:
            return upload_links.find_link(secret, address=None, at=at, by_mail=True)
        except Refused:
            continue
    return None


def _take(taken: MailTaken, said: dict, sha256: str, link: UploadLink | None, at: datetime | None) -> None:
    line, words = _line_for(said, link, at)
    taken.arrival = arrivals.keep(
        door=Arrival.MAIL,
        sha256=sha256,
        words=words,
        sender=said["sender"],
        subject=said["subject"],
        link=link,
        at=at,
    )
    contents = [base64.b64decode(each) for each in said["contents"]]
    for name, content in zip(said["names"], contents, strict=True):
        if line is None:
            _keep_waiting(taken, name, content, at)
        else:
            _make(taken, said, link, line, name, content, at)
    if not contents:
        _keep_words(taken.arrival, said["text"])
        taken.sentences.append(_("The mail carries no file. Answer again with the certificate attached."))
    if taken.certificates:
        taken.arrival = move(
            taken.arrival,
            "place",
            by=None,
            words="Its files became certificates.",
            data={"certificates": [each.number for each in taken.certificates]},
        )


def _keep_words(arrival: Arrival, text: str) -> None:
    """Keep what a mail without a file says: somebody may have answered in words, and the clerk is to read them."""
    text = " ".join(text.split())[:MOST_WORDS]
    if text:
        arrival.words = f"It carries no file. It says: {text}"
        arrival.save()


def _line_for(
    said: dict, link: UploadLink | None, at: datetime | None
) -> tuple[OutsideOrderLine | None, str]:
    """Return the line a mail's files are for, and why a person must say so where it is not plain."""
    if link is None:
        return None, "It was not sent to the address of an order. Say which order its files are for."
    told = f"{said['subject']} {said['text']}"
    if upload_links.asks_for_paper(link, at=at) and not orders_on(told, [link.order.number]):
        return None, f"Its address is older than fourteen days and it does not name {link.order.number}."
    lines = list(link.order.lines.select_related("order", "step", "traveler")[:2])
    if len(lines) != 1:
        return None, f"{link.order.number} has several lines. Say which of them each file is for."
    return lines[0], "No file of it could be read."


def _keep_waiting(taken: MailTaken, name: str, content: bytes, at: datetime | None) -> None:
    try:
        with transaction.atomic():
            stored = take_in(content=content, name=name, by=None, allowed=arrivals.TAKEN, at=at)
            ranges = arrivals.ranges_in(content, stored.original_name, arrivals.order_numbers())
            arrivals.add_file(taken.arrival, stored=stored, ranges=ranges)
        here = _("%(name)s is here; a person says which order it is for.")
        taken.sentences.append(here % {"name": stored.original_name})
    except FileRefused as refusal:
        _refuse(taken, name, refusal)


def _make(
    taken: MailTaken,
    said: dict,
    link: UploadLink,
    line: OutsideOrderLine,
    name: str,
    content: bytes,
    at: datetime | None,
) -> None:
    try:
        with transaction.atomic():
            made = link_pages.send_file(
                link=link,
                line=line,
                content=content,
                name=name,
                sender_name=said["sender_name"],
                sender_email=said["sender"],
                door=Certificate.MAIL,
                at=at,
            )
            arrivals.add_file(taken.arrival, stored=made.file)
        taken.certificates.append(made)
        received = _("%(name)s is received as %(number)s for %(order)s.")
        names = {"name": made.file.original_name, "number": made.number, "order": link.order.number}
        taken.sentences.append(received % names)
    except Refused as refusal:
        _refuse(taken, name, refusal)


def _refuse(taken: MailTaken, name: str, refusal: Refused) -> None:
    """Keep with the arrival that a file was not taken, in the very words its sender is told."""
    arrivals.add_file(taken.arrival, name=name or "without a name", refusal=refusal.sentence)
    sentence = _("%(name)s was not taken: %(why)s")
    taken.sentences.append(sentence % {"name": name, "why": refusal.sentence})
