"""Having a certificate read in the background: asked for at upload, done in a limited child process."""

from __future__ import annotations

import shutil
from collections.abc import Callable

from django.conf import settings

from documents.formats.paper import Reading
from documents.models import Certificate
from documents.permissions import BRINGERS
from portal.domain.errors import NotTheMoment
from portal.domain.files import FileRefused, read_bytes
from portal.intake import child
from portal.intake.unreadable import FileNotReadable
from portal.models import Job, Person
from portal.permissions import require_role
from portal.queue import enqueue

READ = "read_certificate"
# Name and version of the reader. Raise it whenever what is read off some page, or how sure it is, changes: in
# `documents/formats/certificate_reading.py`, `documents/formats/reading/`, `portal/intake/words.py` or
# `portal/intake/scans.py`. Papers may then be read again; what the earlier version read stays. How it is compared
# with the record is no part of it.
READER = "paper 5"
CHILD = "documents.formats.certificate_reading:read_certificate"
MIB = 1024 * 1024
# what one picture of a page may take beyond the time every file has
SECONDS_A_PICTURE = 20
LONGEST_SECONDS = 280


class NothingNewToRead(NotTheMoment):
    """The reader that is here has read the certificate already, or is about to."""

    code = "nothing-new-to-read"


def ask_for_reading(certificate: Certificate) -> Job:
    """Have a certificate read in the background; asked again for the same reader it is the same work."""
    return enqueue(READ, unique_key=key_of(certificate), arguments={"certificate": certificate.number})


def job_of(certificate: Certificate) -> Job | None:
    """Return the work that reads a certificate with the reader that is here; none when it was never asked for."""
    return Job.objects.filter(unique_key=key_of(certificate)).first()


def may_read_again(certificate: Certificate) -> bool:
    """Say whether a reader is here that has not been asked to read the certificate."""
    return job_of(certificate) is None


def read_again(*, by: Person, certificate: Certificate) -> Certificate:
    """Have a certificate read by the reader that is here; what was read before stays beside it.

    Raises:  NothingNewToRead when this reader was asked already.
    """
    require_role(by, BRINGERS, "have certificates read")
    if not may_read_again(certificate):
        raise NothingNewToRead(
            f"Certificate {certificate.number} is read by the newest reader already, or waits for it. Type what it "
            "could not read."
        )
    ask_for_reading(certificate)
    return certificate


def key_of(certificate: Certificate) -> str:
    """Return the key of the work that reads a certificate; a list looks many up at once by it."""
    return f"{READ}:{certificate.number}:{READER}"


def read_paper(certificate: Certificate, *, on_step: Callable[[int, int], None] | None = None) -> Reading:
    """Read the pages of one certificate in a limited child process and return what stands on them.

    `on_step` is told how many of the pages that are pictures are done, and of how many.
    Raises:  FileNotReadable when the file does not survive its reader; FileDamaged when it is not what was kept.
    """
    content = read_bytes(certificate.file)
    return read_content(
        content,
        page_from=certificate.page_from,
        page_to=certificate.page_to,
        country=country_of(certificate),
        on_step=on_step,
    )


def read_content(
    content: bytes,
    *,
    page_from: int = 1,
    page_to: int | None = None,
    country: str = "",
    on_step: Callable[[int, int], None] | None = None,
) -> Reading:
    """Read some pages of one file in a limited child process.

    country: two letters of the place whose dates these are; empty where it is not known.
    Raises:  FileNotReadable.
    """
    pages = (page_to or page_from + 9) - page_from + 1
    seconds = min(LONGEST_SECONDS, 30 + SECONDS_A_PICTURE * pages)
    data = child.run(
        reader=CHILD,
        content=content,
        arguments={
            "page_from": page_from,
            "page_to": page_to,
            "country": country,
            "tesseract": tesseract(),
            "schemas": settings.PORTAL_CERTIFICATE_SCHEMAS,
        },
        limits=child.Limits(memory_bytes=1024 * MIB, cpu_seconds=seconds, wall_seconds=seconds),
        on_step=on_step,
    )
    return Reading.from_data(data)


def require_readable_data(content: bytes, *, name: str) -> None:
    """Refuse a data certificate that is not whole, at the door: a person cannot type what only a program shows.

    Raises:  FileRefused naming the place that is wrong or missing.
    """
    try:
        read_content(content)
    except FileNotReadable as refusal:
        raise FileRefused(f"{name}: {refusal.sentence}") from refusal


def tesseract() -> str:
    """Return the program that reads pictures; empty where it is switched off or not installed."""
    wanted = settings.PORTAL_TESSERACT
    if wanted == "off":
        return ""
    return shutil.which("tesseract" if wanted == "auto" else wanted) or ""


def country_of(certificate: Certificate) -> str:
    """Return the country whose days the paper writes: that of its site, else of all sites of its issuer if one."""
    if certificate.site_id:
        return certificate.site.country
    if certificate.issuer_id is None:
        return ""
    countries = set(certificate.issuer.sites.values_list("country", flat=True))
    return countries.pop() if len(countries) == 1 else ""
