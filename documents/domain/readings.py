"""Readings of certificates: kept beside the typed fields, never in their place."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from documents.formats.paper import Reading
from documents.models import Certificate, CertificateReading


def keep_reading(
    *, certificate: Certificate, reading: Reading, reader: str, at: datetime | None = None
) -> CertificateReading:
    """Keep what was read on a certificate; earlier readings stay as they are."""
    return CertificateReading.objects.create(
        certificate=certificate, read_at=at or timezone.now(), reader=reader, content=reading.as_data()
    )


def reading_of(certificate: Certificate) -> Reading | None:
    """Return the last reading of a certificate; nothing when it was not read yet."""
    last = certificate.readings.first()
    return Reading.from_data(last.content) if last else None
