"""Photos of the pages of one certificate: kept as they came, put in order by their sender, sent as one.

Who holds a link and who has an account do the same; only by which door the certificate then goes in differs.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from documents.domain import arrivals, certificates, photo_papers, upload_links
from documents.domain.certificates import NotYourOrder, label_of
from documents.models import Arrival, ArrivalFile, Certificate, UploadLink
from portal.domain.canonical import sha256_of
from portal.domain.errors import Incomplete, Refused
from portal.domain.files import FileRefused, read_bytes, take_in
from portal.domain.letterboxes import letterbox_of
from portal.domain.moves import lock, move
from portal.models import Person
from portal.permissions import VENDORS, require_role
from subcontract.models import OutsideOrderLine

MOST_WAITING = 20


class PhotosWait(Refused):
    """One person keeps more photos waiting than anybody sorts."""

    code = "photos-wait"


@transaction.atomic
def keep_by_link(
    *,
    link: UploadLink,
    line: OutsideOrderLine,
    files: Sequence[tuple[str, bytes]],
    at: datetime | None = None,
) -> Arrival:
    """Keep photos in the order they were chosen, until whoever holds the link has seen whether it is that of the pages.

    One that cannot be read is named with the reason; the others are kept.

    files    name and bytes of each
    Raises:  FileRefused when none can be read; LinkIsBusy when too many wait already.
    """
    link = lock(link)
    if line.order_id != link.order_id:
        raise NotYourOrder(_("This line is of another order. Choose a line of the order on your paper."))
    if link.arrivals.filter(state=Arrival.WAITING).count() >= MOST_WAITING:
        raise upload_links.LinkIsBusy(_("Many photos by this link wait already. Call the shop to sort them."))
    by = letterbox_of(link.order.site.organization)
    return _keep(by=by, door=Arrival.LINK, link=link, line=line, files=files, at=at)


@transaction.atomic
def keep_by_account(
    *, by: Person, line: OutsideOrderLine, files: Sequence[tuple[str, bytes]], at: datetime | None = None
) -> Arrival:
    """Keep photos of somebody who signed in, likewise.

    Raises:  NotEntitled; NotYourOrder for a line of others; FileRefused; PhotosWait when too many wait already.
    """
    require_role(by, VENDORS, "put photos of certificates in order")
    if not OutsideOrderLine.objects.for_viewer(by).filter(pk=line.pk).exists():
        raise NotYourOrder(_("This line is of another order. Choose a line of one of your orders."))
    lock(by)
    if waiting_of(by).count() >= MOST_WAITING:
        raise PhotosWait(_("Many photos of yours wait already. Send or sort those first."))
    return _keep(by=by, door=Arrival.PAGE, line=line, files=files, at=at)


def waiting_of(person: Person):
    """Return the photos of a person that wait to be put in order, the newest first."""
    return Arrival.objects.filter(door=Arrival.PAGE, brought_by=person, state=Arrival.WAITING).order_by("-pk")


def _keep(
    *,
    by: Person,
    door: str,
    line: OutsideOrderLine,
    files: Sequence[tuple[str, bytes]],
    link: UploadLink | None = None,
    at: datetime | None = None,
) -> Arrival:
    whole = sha256_of("".join(sha256_of(content) for _name, content in files).encode())
    words = _("Photos of the certificate for %(line)s; their sender has not sent them off yet.") % {
        "line": line
    }
    arrival = arrivals.keep(
        door=door,
        sha256=whole,
        words=words,
        subject=str(line),
        link=link,
        organization=line.order.site.organization,
        by=by,
        at=at,
    )
    for name, content in files:
        try:
            stored = take_in(
                content=content, name=name, by=by, allowed=photo_papers.PICTURES, label=label_of(line), at=at
            )
            arrivals.add_file(arrival, stored=stored)
        except FileRefused as refusal:
            arrivals.add_file(arrival, name=name, refusal=refusal.sentence)
    refused = list(arrival.files.filter(file=None))
    if len(refused) == len(files):
        raise FileRefused(" ".join(each.refusal for each in refused[:3]))
    return arrival


@transaction.atomic
def rearrange(*, arrival: Arrival, act: str, position: int) -> Arrival:
    """Move one photo earlier or later, or leave it out; the kept file stays kept.

    act      earlier | later | remove
    """
    arrival = lock(arrival)
    files = list(arrival.files.order_by("position"))
    at = position - 1
    if not 0 <= at < len(files) or arrival.state != Arrival.WAITING:
        return arrival
    if act == "remove":
        files.pop(at).delete()
    else:
        other = at + (1 if act == "later" else -1)
        if 0 <= other < len(files):
            files[at], files[other] = files[other], files[at]
    for place, file in enumerate(files, start=1):
        file.position = place
    ArrivalFile.objects.bulk_update(files, ["position"])
    return arrival


@transaction.atomic
def send_by_link(
    *,
    link: UploadLink,
    arrival: Arrival,
    sender_name: str = "",
    sender_email: str = "",
    at: datetime | None = None,
) -> Certificate:
    """Join the photos in their order into one certificate; each photo stays kept as it came.

    Raises:  Incomplete when no photo is left; NotTheMoment when they were sent before; FileRefused.
    """
    by = letterbox_of(link.order.site.organization)
    line, content, name = _join(by, arrival)
    return upload_links.send(
        link=link,
        line=line,
        content=content,
        name=name,
        sender_name=sender_name,
        sender_email=sender_email,
        at=at,
    )


@transaction.atomic
def send_by_account(
    *, by: Person, arrival: Arrival, replaces: Certificate | None = None, at: datetime | None = None
) -> Certificate:
    """Join the photos of somebody who signed in, likewise.

    replaces  the certificate it corrects; where none is named, the rejected one of the same line

    Raises:  Incomplete when no photo is left; NotTheMoment when they were sent before; FileRefused;
             whatever `certificates.upload` refuses.
    """
    require_role(by, VENDORS, "put photos of certificates in order")
    line, content, name = _join(by, arrival)
    return certificates.upload(
        by=by,
        content=content,
        name=name,
        kind=Certificate.PROCESS,
        line=line,
        replaces=replaces or upload_links.replaced_by_line(line),
        at=at,
    )


def _join(by: Person, arrival: Arrival) -> tuple[OutsideOrderLine, bytes, str]:
    """Return the line photos are for, and the paper made of them; it is looked at like any other file that comes."""
    arrival = lock(arrival)
    files = [each.file for each in arrival.files.select_related("file").order_by("position") if each.file]
    if not files:
        raise Incomplete(_("No photo is left to send. Go back and choose them again."))
    order, _slash, number = arrival.subject.rpartition("/")
    lines = OutsideOrderLine.objects.select_related("order__site__organization", "step", "traveler")
    line = lines.get(order__number=order, line_number=int(number))
    move(arrival, "place", by=by, lots=[line.traveler.number])
    joined = photo_papers.join(by=by, originals=files, label=label_of(line))
    return line, read_bytes(joined), joined.original_name
