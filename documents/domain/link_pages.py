"""One file by link with certificates of several orders: each takes its own pages, offered after they were read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from documents.domain import arrivals, upload_links
from documents.domain.page_orders import PageRange
from documents.models import Arrival, ArrivalFile, Certificate, UploadLink
from portal.domain.errors import NotTheMoment
from portal.domain.letterboxes import letterbox_of
from portal.domain.moves import lock, move
from subcontract.models import OutsideOrder, OutsideOrderLine


@dataclass(frozen=True)
class Offer:
    """Pages of the sent file that name another open order of the same vendor."""

    order: str
    page_from: int
    page_to: int
    position: int


@transaction.atomic
def send_file(
    *,
    link: UploadLink,
    line: OutsideOrderLine,
    content: bytes,
    name: str,
    sender_name: str = "",
    sender_email: str = "",
    door: str = Certificate.LINK,
    at: datetime | None = None,
) -> Certificate:
    """Take in one file by link; of a file that names several orders, this order's pages become its certificate.

    The pages that name other open orders of the vendor are kept waiting: the sender is offered them, and the shop's
    clerk sees them.
    """
    ranges = _ranges(link, content, name)
    own = next((each for each in ranges if each.order == link.order.number), None)
    others = [each for each in ranges if each.order not in ("", link.order.number)]
    pages = {"page_from": own.page_from, "page_to": own.page_to} if own and others else {}
    certificate = upload_links.send(
        link=link,
        line=line,
        content=content,
        name=name,
        sender_name=sender_name,
        sender_email=sender_email,
        door=door,
        at=at,
        **pages,
    )
    if others and not _waiting(link, certificate).exists():
        words = _("Its other pages name other orders of the same vendor; the sender may still say so.")
        arrival = arrivals.keep(
            door=Arrival.LINK,
            sha256=certificate.file.sha256,
            words=words,
            link=link,
            sender=sender_name or sender_email,
            at=at,
        )
        arrivals.add_file(arrival, stored=certificate.file, ranges=others)
    return certificate


def _ranges(link: UploadLink, content: bytes, name: str) -> list[PageRange]:
    numbers = arrivals.order_numbers(link.order.site.organization)
    # a single page cannot hold the certificates of several orders apart; it is looked at once less
    return arrivals.ranges_in(content, name, numbers) if content.startswith(b"%PDF") else []


def _waiting(link: UploadLink, certificate: Certificate):
    return ArrivalFile.objects.filter(
        arrival__link=link, arrival__state=Arrival.WAITING, file__sha256=certificate.file.sha256
    )


def offers_of(link: UploadLink, certificate: Certificate) -> list[Offer]:
    """Return the pages of a sent file that name other orders and were not sent for them yet."""
    waiting = _waiting(link, certificate).first()
    if waiting is None:
        return []
    taken = set(
        link.certificates.filter(file__sha256=certificate.file.sha256).values_list("page_from", "page_to")
    )
    return [
        Offer(each["order"], each["page_from"], each["page_to"], position)
        for position, each in enumerate(waiting.proposals, start=1)
        if (each["page_from"], each["page_to"]) not in taken
    ]


@transaction.atomic
def take_offer(
    *, link: UploadLink, certificate: Certificate, position: int, at: datetime | None = None
) -> Certificate:
    """Send offered pages for the order they name.

    Raises:  NotTheMoment when they were sent before, or the order takes no certificate now.
    """
    lock(link)
    offer = next((each for each in offers_of(link, certificate) if each.position == position), None)
    line = _line_of(link, offer.order) if offer else None
    if line is None:
        raise NotTheMoment(
            _("These pages were sent already, or their order is closed. Nothing more was sent.")
        )
    made = upload_links.send(
        link=link,
        line=line,
        stored=certificate.file,
        name=certificate.file.original_name,
        page_from=offer.page_from,
        page_to=offer.page_to,
        sender_name=certificate.sent_name,
        sender_email=certificate.sent_email,
        at=at,
    )
    if not offers_of(link, certificate):
        arrival = _waiting(link, certificate).select_related("arrival").get().arrival
        move(arrival, "place", by=letterbox_of(link.order.site.organization))
    return made


def _line_of(link: UploadLink, number: str) -> OutsideOrderLine | None:
    """Return the one line of an order the pages can be for; an order of several lines is the clerk's to place."""
    lines = OutsideOrderLine.objects.filter(
        order__number=number,
        order__state__in=arrivals.SENT_FOR,
        order__site__organization=link.order.site.organization,
    ).exclude(order__state=OutsideOrder.CANCELLED)
    found = list(lines.select_related("order", "step", "traveler")[:2])
    return found[0] if len(found) == 1 else None
