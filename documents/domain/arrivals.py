"""What came in and must be said what it is: stacks, files of the watched folder, mails, pages of other orders."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from documents.domain import certificates
from documents.domain.page_orders import PageRange, ranges_of
from documents.models import Arrival, ArrivalFile, Certificate, UploadLink
from documents.permissions import CLERKS
from portal.domain.canonical import sha256_of
from portal.domain.errors import Incomplete, NotTheMoment, Refused
from portal.domain.events import record_event
from portal.domain.files import read_bytes, take_in
from portal.domain.moves import lock, move
from portal.domain.numbers import next_number
from portal.models import Organization, Person, StoredFile
from portal.permissions import require_role
from subcontract.models import OutsideOrder, OutsideOrderLine

# the certificate of a closed order may be corrected; a cancelled one needs none
SENT_FOR = (OutsideOrder.ISSUED, OutsideOrder.SHIPPED, OutsideOrder.RETURNED, OutsideOrder.CLOSED)
MOST_PIECES = 200
TAKEN = certificates.TAKEN


class PagesOverlapNothing(Refused):
    """A range of pages does not lie in the file it is of."""

    code = "pages-overlap-nothing"


@dataclass(frozen=True)
class Piece:
    """Some pages of one file of an arrival, and the order line they are the certificate of.

    Units:   pages count from 1, both ends included.
    """

    position: int
    page_from: int
    page_to: int
    line: OutsideOrderLine


def order_numbers(organization: Organization | None = None) -> list[str]:
    """Return the numbers of the orders a certificate may come for; of one vendor when it is known."""
    orders = OutsideOrder.objects.filter(state__in=SENT_FOR)
    if organization:
        orders = orders.filter(site__organization=organization)
    return list(orders.values_list("number", flat=True))


def ranges_in(content: bytes, name: str, numbers: Iterable[str]) -> list[PageRange]:
    """Return which pages of a file name which of these orders; one range without order for what holds no text."""
    from portal.intake.look import look_at

    look = look_at(content, name=name)
    return ranges_of(look.page_texts, numbers, page_count=max(look.page_count, 1))


@transaction.atomic
def bring_stack(
    *, by: Person | None, content: bytes, name: str, door: str = Arrival.STACK, at: datetime | None = None
) -> Arrival:
    """Keep a scanned stack, propose which of its pages are whose, and let it wait for its clerk.

    by       None for the watched folder, where the same file arriving again is the arrival that is here already

    Raises:  FileRefused for what cannot be read.
    """
    if by is not None:
        require_role(by, CLERKS, "bring in stacks of certificates")
    sha256 = sha256_of(content)
    if door == Arrival.FOLDER and (again := Arrival.objects.filter(door=door, sha256=sha256).first()):
        return again
    stored = take_in(content=content, name=name, by=by, allowed=TAKEN, at=at)
    ranges = ranges_in(content, stored.original_name, order_numbers())
    arrival = keep(door=door, sha256=sha256, words=_words_of(ranges), by=by, at=at)
    add_file(arrival, stored=stored, ranges=ranges)
    return arrival


def _words_of(ranges: Sequence[PageRange]) -> str:
    read = sum(1 for each in ranges if each.order)
    if not read:
        return "No order number could be read on its pages. Say which order each certificate is for."
    return f"{read} order number{'s' if read > 1 else ''} could be read. Look at the pages, correct, and place them."


def keep(
    *,
    door: str,
    sha256: str,
    words: str,
    by: Person | None = None,
    sender: str = "",
    subject: str = "",
    link: UploadLink | None = None,
    organization: Organization | None = None,
    at: datetime | None = None,
) -> Arrival:
    """Write down that something came in and waits; its files are added next, in the same transaction."""
    arrival = Arrival.objects.create(
        number=next_number("AR"),
        door=door,
        sha256=sha256,
        words=words,
        brought_by=by,
        sender=sender[:254],
        subject=subject[:300],
        link=link,
        organization=organization or (link.order.site.organization if link else None),
        arrived_at=at or timezone.now(),
    )
    record_event(by=by, verb="receive", noun="arrival", number=arrival.number, data={"door": door})
    return arrival


def add_file(
    arrival: Arrival,
    *,
    stored: StoredFile | None = None,
    name: str = "",
    refusal: str = "",
    ranges: Sequence[PageRange] = (),
) -> ArrivalFile:
    """Add a file to an arrival, or the name of one that was refused and why."""
    return ArrivalFile.objects.create(
        arrival=arrival,
        position=arrival.files.count() + 1,
        file=stored,
        name=(stored.original_name if stored else name)[:255],
        refusal=refusal,
        proposals=[each.as_data() for each in ranges],
    )


@transaction.atomic
def place(
    *, by: Person, arrival: Arrival, pieces: Sequence[Piece], at: datetime | None = None
) -> list[Certificate]:
    """Make a certificate of each piece; what is in no piece stays in the kept file and proves nothing.

    The whole stack is placed at once: refused for one piece, nothing is placed.

    Raises:  Incomplete without a piece, or for the same pages twice for one line; NotTheMoment when it does not wait;
             PagesNotThere; NotTheMoment for an order that is cancelled.
    """
    require_role(by, CLERKS, "place what came in")
    arrival = lock(arrival)
    if not pieces or len(pieces) > MOST_PIECES:
        raise Incomplete(f"Say of {arrival.number} which pages are the certificate of which order line.")
    if len(set(pieces)) < len(pieces):
        raise Incomplete(
            f"The same pages of {arrival.number} are named twice for one order line. Remove one."
        )
    files = {each.position: each.file for each in arrival.files.select_related("file")}
    if arrival.state == Arrival.WAITING:
        made = [_make(by, arrival, files.get(each.position), each, at) for each in pieces]
    else:
        made = []
    move(arrival, "place", by=by, data={"certificates": [each.number for each in made]})
    return made


def _make(
    by: Person, arrival: Arrival, stored: StoredFile | None, piece: Piece, at: datetime | None
) -> Certificate:
    order = piece.line.order
    if order.state not in SENT_FOR:
        raise NotTheMoment(
            f"Outside order {order.number} is {order.get_state_display().lower()}; it takes no certificate. "
            "Choose another order."
        )
    if stored is None:
        raise Incomplete(f"File {piece.position} of {arrival.number} was refused; it becomes no certificate.")
    return certificates.upload(
        by=by,
        content=b"",
        name=stored.original_name,
        kind=Certificate.PROCESS,
        line=piece.line,
        page_from=piece.page_from,
        page_to=piece.page_to,
        sent=certificates.Sent(
            door=Certificate.PAGE if arrival.door == Arrival.LINK else arrival.door,
            stored=stored,
            name=arrival.sender[:120],
        ),
        at=at,
    )


@transaction.atomic
def set_aside(*, by: Person, arrival: Arrival, reason: str) -> Arrival:
    """Say that nothing of an arrival is a certificate; its files stay.

    Raises:  Incomplete without a reason; NotTheMoment when it does not wait.
    """
    require_role(by, CLERKS, "set aside what came in")
    if not reason.strip():
        raise Incomplete(f"Say why {arrival.number} is set aside, as in: an advertisement.")
    return move(arrival, "set aside", by=by, set_aside_reason=reason.strip())


@transaction.atomic
def take_up(*, by: Person, arrival: Arrival) -> Arrival:
    """Let an arrival wait again that was set aside.

    Raises:  NotTheMoment unless it is set aside.
    """
    require_role(by, CLERKS, "take up what was set aside")
    return move(arrival, "take up", by=by, set_aside_reason="")


def content_of(file: ArrivalFile) -> bytes:
    """Return the kept bytes of a file that waits.

    Raises:  FileDamaged.
    """
    return read_bytes(file.file)
