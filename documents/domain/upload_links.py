"""Links without an account: made for one order, shown once, ended at any moment, good for sending and nothing else."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.domain import certificates
from documents.models import Certificate, UploadLink
from portal.domain.attempts import TooManyFailures, counted_attempt
from portal.domain.canonical import sha256_of
from portal.domain.errors import Incomplete, NotTheMoment, Refused
from portal.domain.events import record_event
from portal.domain.letterboxes import letterbox_of
from portal.domain.moves import lock
from portal.models import Event, Person, StoredFile
from portal.permissions import require_shop
from routes.models import TravelerStep
from subcontract.models import OutsideOrder, OutsideOrderLine

TOKEN_BYTES = 16  # 128 bits: guessing one is hopeless, and the square on the paper stays small
AFTER_CLOSING = timedelta(days=30)
# from then on whoever holds the link shows that they hold the paper, too
ASKED_AFTER = timedelta(days=14)
MOST_AN_HOUR = 40
ENDED = (OutsideOrder.CLOSED, OutsideOrder.CANCELLED)
OPEN = (OutsideOrder.ISSUED, OutsideOrder.SHIPPED, OutsideOrder.RETURNED, OutsideOrder.CLOSED)


class LinkOpensNothing(Refused):
    """The link is unknown, revoked or past its time; which of these is not told."""

    code = "link-opens-nothing"


class NotOnThePaper(Refused):
    """What was typed is not what the paper of the order says."""

    code = "not-on-the-paper"


class LinkIsBusy(Refused):
    """More files came by one link within an hour than any order needs."""

    code = "link-is-busy"


@transaction.atomic
def make_link(
    *, by: Person, order: OutsideOrder, made_for: str = UploadLink.PAPER, at: datetime | None = None
) -> tuple[UploadLink, str]:
    """Make one more link for an order and return it with its secret, which is kept nowhere.

    Raises:  NotTheMoment unless the order is issued and not cancelled.
    """
    require_shop(by, "make links for vendors")
    order = lock(order)
    if order.state not in OPEN:
        raise NotTheMoment(
            f"Outside order {order.number} is {order.get_state_display().lower()}; a link is made for an order the "
            "vendor has. Issue it first."
        )
    token = secrets.token_urlsafe(TOKEN_BYTES)
    last = order.upload_links.aggregate(last=Max("link_number"))["last"] or 0
    link = UploadLink.objects.create(
        order=order,
        link_number=last + 1,
        token_sha256=sha256_of(token.encode()),
        made_for=made_for,
        made_by=by,
        made_at=at or timezone.now(),
    )
    record_link(link, "make", by=by, made_for=made_for)
    return link, token


@transaction.atomic
def revoke_link(*, by: Person, link: UploadLink, reason: str, at: datetime | None = None) -> UploadLink:
    """End a link at once; what came through it stays.

    Raises:  Incomplete without a reason; NotTheMoment when it was revoked before.
    """
    require_shop(by, "revoke links of vendors")
    reason = reason.strip()
    if not reason:
        raise Incomplete(f"Say why {link} is revoked, as in: the paper was lost.")
    link = lock(link)
    if link.revoked_at is not None:
        raise NotTheMoment(f"{link} was revoked on {link.revoked_at:%-d %b %Y} already.")
    link.revoked_by, link.revoked_at, link.revoked_reason = by, at or timezone.now(), reason
    link.save()
    record_link(link, "revoke", by=by, reason=reason)
    return link


def find_link(
    token: str, *, address: str | None, at: datetime | None = None, by_mail: bool = False
) -> UploadLink:
    """Return the link in force whose secret this is; a wrong one counts against the address that tried it.

    by_mail: the secret of an address that mails are answered to; it opens no page. Mail programs may have written it
             in capitals.

    Raises:  LinkOpensNothing, in the same words whatever is wrong.
    """
    of_page = ~Q(made_for=UploadLink.MAIL) & Q(token_sha256=sha256_of(token.encode()))
    of_mail = Q(made_for=UploadLink.MAIL, token_sha256=sha256_of(token.lower().encode()))
    links = UploadLink.objects.filter(of_mail if by_mail else of_page)
    found = links.select_related("order__site__organization").first()
    if found is None:
        _count_guess(address)
    if found is None or not is_in_force(found, at=at):
        raise LinkOpensNothing(
            _(
                "Nothing can be sent by this link. Look whether the whole address was copied, or ask whoever sent "
                "you the parts for a new one."
            )
        )
    return found


def _count_guess(address: str | None) -> None:
    try:
        with counted_attempt(account=f"upload link from {address}", address=address):
            pass
    except TooManyFailures as failures:
        raise LinkIsBusy(
            _("Too many wrong links were tried from here. Wait five minutes, then try again.")
        ) from failures


def is_in_force(link: UploadLink, *, at: datetime | None = None) -> bool:
    """Say whether a link still opens its order: not revoked, and not past thirty days after the order's end."""
    if link.revoked_at is not None or not link.order.site.organization.is_active:
        return False
    ends = ends_at(link.order)
    return ends is None or (at or timezone.now()) < ends


def ends_at(order: OutsideOrder) -> datetime | None:
    """Return the moment from which an order's links open nothing; None while the order is open."""
    if order.state not in ENDED:
        return None
    ended = Event.objects.filter(noun="outside order", number=order.number, verb__in=("close", "cancel"))
    last = ended.aggregate(last=Max("at"))["last"]
    return last + AFTER_CLOSING if last else None


def asks_for_paper(link: UploadLink, *, at: datetime | None = None) -> bool:
    """Say whether the link is so old that its holder must show that they have the paper, too."""
    return (at or timezone.now()) - link.made_at >= ASKED_AFTER


def prove_paper(*, link: UploadLink, number: str, quantity: int, address: str | None) -> None:
    """Compare what was typed with the paper: the order's number, and the pieces of one of its lines or of all.

    Raises:  NotOnThePaper; TooManyFailures after ten wrong tries within five minutes.
    """
    try:
        with counted_attempt(account=f"paper of {link}", address=address) as attempt:
            pieces = list(link.order.lines.values_list("quantity", flat=True))
            attempt.is_good = number.strip().upper() == link.order.number and quantity in (
                *pieces,
                sum(pieces),
            )
    except TooManyFailures as failures:
        raise LinkIsBusy(
            _("The number and the quantity were wrong ten times. Wait five minutes, then try again.")
        ) from failures
    if not attempt.is_good:
        raise NotOnThePaper(
            _(
                "This is not what our order says. Type the order number and the pieces as they are printed on the "
                "paper that came with the parts."
            )
        )


@transaction.atomic
def send(
    *,
    link: UploadLink,
    line: OutsideOrderLine,
    content: bytes = b"",
    name: str = "",
    stored: StoredFile | None = None,
    page_from: int = 1,
    page_to: int | None = None,
    sender_name: str = "",
    sender_email: str = "",
    door: str = Certificate.LINK,
    at: datetime | None = None,
) -> Certificate:
    """Take in a certificate for an order's line from whoever holds its link.

    The same pages of the same file sent again for the same line are the certificate that is here already: a broken
    connection makes people send twice.

    Raises:  LinkIsBusy; whatever `certificates.upload` refuses.
    """
    moment = at or timezone.now()
    link = lock(link)
    if again := _sent_before(link, line, stored.sha256 if stored else sha256_of(content), page_from, page_to):
        return again
    if link.certificates.filter(uploaded_at__gt=moment - timedelta(hours=1)).count() >= MOST_AN_HOUR:
        raise LinkIsBusy(
            _("%(count)s files came by this link within an hour. Wait an hour, or call the shop.")
            % {"count": MOST_AN_HOUR}
        )
    sent = certificates.Sent(
        door=door, link=link, name=sender_name.strip(), email=sender_email.strip(), stored=stored
    )
    certificate = certificates.upload(
        by=letterbox_of(link.order.site.organization),
        content=content,
        name=name,
        kind=Certificate.PROCESS,
        line=line,
        page_from=page_from,
        page_to=page_to,
        replaces=replaced_by_line(line),
        sent=sent,
        at=moment,
    )
    link.last_used_at = moment
    link.save()
    return certificate


def _sent_before(
    link: UploadLink, line: OutsideOrderLine, sha256: str, page_from: int, page_to: int | None
) -> Certificate | None:
    """Return the open certificate these pages are already."""
    found = link.certificates.filter(
        file__sha256=sha256,
        page_from=page_from,
        state__in=certificates.OPEN_STATES,
        coverages__step__in=_steps(line),
    )
    return (found.filter(page_to=page_to) if page_to else found).first()


def _steps(line: OutsideOrderLine) -> list[TravelerStep]:
    return [step for step, _quantity in certificates.steps_of_line(line)]


def replaced_by_line(line: OutsideOrderLine) -> Certificate | None:
    """Return the rejected certificate of a line that the next one sent for it corrects."""
    last = Certificate.objects.filter(coverages__step__in=_steps(line)).order_by("-pk").first()
    return last if last and last.state in (Certificate.REJECTED, Certificate.REVOKED) else None


def note_sender(*, link: UploadLink, certificate: Certificate, name: str, email: str) -> Certificate:
    """Write down who sent a certificate by a link, while that was not said.

    Raises:  Incomplete without a name; NotTheMoment when it is known already.
    """
    name, email = name.strip(), email.strip()
    if not name:
        raise Incomplete(_("Type your name, so that the shop knows whom to ask."))
    with transaction.atomic():
        certificate = lock(certificate)
        if certificate.sent_name or certificate.link_id != link.pk:
            raise NotTheMoment(_("It is known already who sent this certificate."))
        certificate.sent_name, certificate.sent_email = name, email
        certificate.save()
        by = letterbox_of(link.order.site.organization)
        data = {"name": name}
        record_event(
            by=by,
            verb="name the sender of",
            noun="certificate",
            number=certificate.number,
            data=data,
            lots=certificates.lots_of(certificate),
        )
    return certificate


def record_link(link: UploadLink, verb: str, *, by: Person | None, **data) -> None:
    """Write down what became of a link; nobody did what a mail does by itself."""
    record_event(
        by=by, verb=verb, noun="upload link", number=f"{link.order.number}/{link.link_number}", data=data
    )
