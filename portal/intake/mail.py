"""Reading a mail in the child process: who says they sent it, to which addresses, and the files it carries."""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import dataclass, field
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses

from portal.intake.unreadable import FileNotReadable

MOST_PARTS = 300
MOST_FILES = 30
MOST_DEPTH = 10
MOST_BYTES = 90 * 1024 * 1024
MOST_TEXT = 20_000
ADDRESSED = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To", "Resent-To")
# what goes along with a mail and is no paper
NO_PAPERS = (
    "application/pkcs7-signature",
    "application/pgp-signature",
    "text/calendar",
    "application/ms-tnef",
)
OWN_MARK = "X-Supplier-Portal"


@dataclass
class MailInside:
    """What one mail says of itself. Nothing of it is proved: anybody can write any of it."""

    sender: str = ""
    sender_name: str = ""
    subject: str = ""
    message_id: str = ""
    recipients: list[str] = field(default_factory=list)
    text: str = ""
    # why a machine wrote it, so that no machine is answered
    automatic: str = ""
    names: list[str] = field(default_factory=list)
    contents: list[bytes] = field(default_factory=list)


def read_mail(content: bytes) -> MailInside:
    """Return what a mail says and carries; files of forwarded mails inside it are taken, too.

    Raises:  FileNotReadable for what is no mail, or a mail made to choke its reader.
    """
    message = email.message_from_bytes(content, policy=email.policy.compat32)
    if not message.get("From") and not message.get("Received"):
        raise FileNotReadable("This is no mail: it names no sender. Nothing was taken.")
    senders = getaddresses([said(message, "From")])
    found = MailInside(
        sender=senders[0][1].strip()[:254] if senders else "",
        sender_name=senders[0][0].strip()[:120] if senders else "",
        subject=" ".join(said(message, "Subject").split())[:300],
        message_id=said(message, "Message-ID").strip()[:300],
        recipients=_recipients(message),
        automatic=_why_automatic(message),
    )
    _walk(message, found, depth=0, seen=[0])
    return found


def said(message: Message, name: str) -> str:
    """Return a header as text, however it is written."""
    raw = message.get(name)
    if raw is None:
        return ""
    try:
        text = str(make_header(decode_header(str(raw))))
    except (LookupError, ValueError, UnicodeError):
        text = str(raw)
    # what could not be decoded arrives as half characters that no database takes
    return text.encode("utf-8", "replace").decode("utf-8").replace("\x00", "")


def _recipients(message: Message) -> list[str]:
    texts = [str(value) for name in ADDRESSED for value in message.get_all(name, [])]
    found = [address.strip() for _name, address in getaddresses(texts) if "@" in address]
    return list(dict.fromkeys(each[:320] for each in found))[:100]


def _why_automatic(message: Message) -> str:
    """Return why this was written by a machine; nothing for a person's mail.

    Source:  RFC 3834 (automatic answers) and RFC 3464 (reports of delivery).
    """
    submitted = said(message, "Auto-Submitted").strip().lower()
    if submitted and submitted.partition(";")[0].strip() != "no":
        return "it says that a machine wrote it"
    if said(message, "Precedence").strip().lower() in ("bulk", "junk", "list", "auto_reply"):
        return "it was sent to many"
    if message.get_content_type() == "multipart/report" or said(message, "Return-Path").strip() == "<>":
        return "it reports on the delivery of another mail"
    if re.match(r"(mailer-daemon|postmaster)@", said(message, "From").rpartition("<")[2], re.IGNORECASE):
        return "a mail server wrote it"
    if message.get(OWN_MARK):
        return "this portal wrote it"
    return ""


def _walk(part: Message, found: MailInside, *, depth: int, seen: list[int]) -> None:
    seen[0] += 1
    if depth > MOST_DEPTH or seen[0] > MOST_PARTS:
        raise FileNotReadable("The mail is nested deeper than any real one. Send the files by themselves.")
    if part.is_multipart():
        for inner in part.get_payload():
            _walk(inner, found, depth=depth + 1, seen=seen)
        return
    kind, name = part.get_content_type(), _name_of(part)
    if kind in NO_PAPERS:
        return
    is_attached = part.get_content_disposition() == "attachment"
    is_paper = kind == "application/pdf" or (kind.startswith("image/") and _is_no_ornament(part))
    if not is_attached and not (name and is_paper) and kind != "application/pdf":
        if kind == "text/plain" and len(found.text) < MOST_TEXT:
            found.text += _text_of(part)[: MOST_TEXT - len(found.text)]
        return
    if len(found.names) >= MOST_FILES:
        raise FileNotReadable(f"The mail carries more than {MOST_FILES} files. Send them in several mails.")
    content = part.get_payload(decode=True) or b""
    if sum(map(len, found.contents)) + len(content) > MOST_BYTES:
        raise FileNotReadable("The files of the mail are too large together. Send them in several mails.")
    found.names.append(
        name or f"attachment {len(found.names) + 1}{'.pdf' if kind == 'application/pdf' else ''}"
    )
    found.contents.append(content)


def _is_no_ornament(part: Message) -> bool:
    """Say whether a picture is more than the sign below somebody's name, which the text refers to."""
    return part.get_content_disposition() == "attachment" or part.get("Content-ID") is None


def _name_of(part: Message) -> str:
    try:
        name = part.get_filename() or ""
        decoded = str(make_header(decode_header(name)))
    except (LookupError, ValueError, UnicodeError, TypeError):
        return ""
    return decoded.encode("utf-8", "replace").decode("utf-8").replace("\x00", "")[:255]


def _text_of(part: Message) -> str:
    content = part.get_payload(decode=True) or b""
    try:
        text = content.decode(part.get_content_charset() or "utf-8", "replace")
    except LookupError:
        text = content.decode("utf-8", "replace")
    return text.replace("\x00", "")
