"""Photographs of one certificate, joined into one paper; each is kept as it came."""

from __future__ import annotations

import base64
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from documents.models import Certificate, JoinedPhoto
from documents.permissions import BRINGERS
from portal.domain.errors import Incomplete
from portal.domain.file_words import in_readers_words
from portal.domain.files import FileRefused, read_bytes, store_own_file, take_in
from portal.intake import child
from portal.intake.photos import MOST_PHOTOS
from portal.intake.unreadable import FileNotReadable
from portal.models import Label, Person, StoredFile
from portal.permissions import require_role

JOINER = "portal.intake.photos:join_photos"
PICTURES = ("image/jpeg", "image/png", "image/tiff", "image/heic")
PDF = "application/pdf"
MIB = 1024 * 1024
# ten pictures of a telephone weigh about 60 MiB; one at a time is whole in the child's memory
LIMITS = child.Limits(memory_bytes=1024 * MIB, cpu_seconds=60, wall_seconds=75)


@transaction.atomic
def keep_and_join(
    *,
    by: Person,
    files: list[tuple[bytes, str]],
    label: Label | None = None,
    at: datetime | None = None,
) -> StoredFile:
    """Keep each picture as it came, and join them in the order given.

    Raises:  NotEntitled; Incomplete without a picture; FileRefused naming the picture that cannot be taken.
    """
    _require_some(by, len(files))
    originals = [
        take_in(content=content, name=name, by=by, allowed=PICTURES, label=label, at=at)
        for content, name in files
    ]
    return join(by=by, originals=originals, label=label)


@transaction.atomic
def join(*, by: Person, originals: list[StoredFile], label: Label | None = None) -> StoredFile:
    """Return the PDF made of kept pictures, a page for each in the order given.

    The same pictures in the same order give the same bytes. Where a picture was taken does not reach the PDF.

    Raises:  NotEntitled; Incomplete without a picture; FileRefused; FileDamaged when one is not what was kept.
    """
    _require_some(by, len(originals))
    joined = _joined([read_bytes(original) for original in originals])
    paper = store_own_file(
        content=base64.b64decode(joined["pdf"]),
        name=f"{originals[0].original_name.rpartition('.')[0] or 'photos'}.pdf",
        media_type=PDF,
        by=by,
        label=label,
    )
    JoinedPhoto.objects.bulk_create(
        JoinedPhoto(paper=paper, position=position, original=original, page_from=first, page_to=last)
        for position, (original, (first, last)) in enumerate(
            zip(originals, joined["pages"], strict=True), start=1
        )
    )
    return paper


def _require_some(by: Person, count: int) -> None:
    require_role(by, BRINGERS, "bring in certificates")
    if not count:
        raise Incomplete(_("No picture was chosen. Take one of each page of the certificate, in order."))
    if count > MOST_PHOTOS:
        sentence = _(
            "%(count)s pictures were chosen; a certificate is made of at most %(most)s. "
            "Scan the certificate to one PDF, or send it in parts."
        )
        raise FileRefused(sentence % {"count": count, "most": MOST_PHOTOS})


def photos_of(certificate: Certificate) -> list[JoinedPhoto]:
    """Return the photographs a certificate was joined from, in order; none when it came as one file.

    They are found by the bytes of the paper, so whichever door it went through.
    """
    papers = StoredFile.objects.filter(sha256=certificate.file.sha256, joined_photos__isnull=False)
    newest = papers.order_by("-pk").first()
    return list(newest.joined_photos.select_related("original")) if newest else []


def _joined(contents: list[bytes]) -> dict:
    try:
        return child.run(
            reader=JOINER,
            content=b"".join(contents),
            arguments={"sizes": [len(content) for content in contents]},
            limits=LIMITS,
        )
    except FileNotReadable as refusal:
        raise FileRefused(in_readers_words(refusal.sentence)) from refusal
