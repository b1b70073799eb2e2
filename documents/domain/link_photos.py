"""Photos of the pages of one certificate: kept as they came, put in order by their sender, sent as one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from documents.domain import arrivals, photo_papers, upload_links
from documents.domain.certificates import NotYourOrder
from documents.models import Arrival, ArrivalFile, Certificate, UploadLink
from portal.domain.canonical import sha256_of
from portal.domain.errors import Incomplete
from portal.domain.files import FileRefused, read_bytes, take_in
from portal.domain.letterboxes import letterbox_of
from portal.domain.moves import lock, move
from portal.models import Label
from subcontract.models import OutsideOrderLine

MOST_WAITING = 20


@transaction.atomic
def keep_photos(
    *,
    link: UploadLink,
    line: OutsideOrderLine,
    files: Sequence[tuple[str, bytes]],
    at: datetime | None = None,
) -> Arrival:
    """Keep photos in the order they were chosen, until their sender has seen whether it is the order of the pages.

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
    whole = sha256_of("".join(sha256_of(content) for _name, content in files).encode())
    words = _("Photos of the certificate for %(line)s; their sender has not sent them off yet.") % {
        "line": line
    }
    arrival = arrivals.keep(door=Arrival.LINK, sha256=whole, words=words, link=link, by=by, at=at)
    arrival.subject = str(line)
    arrival.save()
    label = _label(line)
    for name, content in files:
        try:
            stored = take_in(
                content=content, name=name, by=by, allowed=photo_papers.PICTURES, label=label, at=at
            )
            arrivals.add_file(arrival, stored=stored)
        except FileRefused as refusal:
            arrivals.add_file(arrival, name=name, refusal=refusal.sentence)
    refused = list(arrival.files.filter(file=None))
    if len(refused) == len(files):
        raise FileRefused(" ".join(each.refusal for each in refused[:3]))
    return arrival


def _label(line: OutsideOrderLine) -> Label | None:
    return line.traveler.route_revision.part_revision.label


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
def send_photos(
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
    arrival = lock(arrival)
    files = [each for each in arrival.files.select_related("file") if each.file]
    if not files:
        raise Incomplete(_("No photo is left to send. Go back and choose them again."))
    line = link.order.lines.select_related("order", "step", "traveler").get(
        line_number=int(arrival.subject.rpartition("/")[2])
    )
    by = letterbox_of(link.order.site.organization)
    move(arrival, "place", by=by, lots=[line.traveler.number])
    joined = photo_papers.join(
        by=by,
        files=[(read_bytes(each.file), each.file.original_name) for each in files],
        label=_label(line),
        at=at,
    )
    # looked at like any other file that becomes a certificate
    return upload_links.send(
        link=link,
        line=line,
        content=read_bytes(joined),
        name=joined.original_name,
        sender_name=sender_name,
        sender_email=sender_email,
        at=at,
    )
