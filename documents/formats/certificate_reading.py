"""Reading a certificate: what runs in the child process on one foreign file."""

from __future__ import annotations

from documents.formats.paper import Reading
from portal.intake.media import PDF, media_type_of
from portal.intake.words import words_of_pdf


def read_certificate(
    content: bytes,
    page_from: int = 1,
    page_to: int | None = None,
    country: str = "",
    tesseract: str = "",
    schemas: str = "",
) -> Reading:
    """Read some pages of one certificate."""
    pages = words_of_pdf(content, page_from, page_to) if media_type_of(content) == PDF else []
    return Reading(
        pages_read=len(pages),
        doubts=tuple(doubt for page in pages for doubt in page.doubts),
        page_sizes=tuple((page.width, page.height) for page in pages),
    )
