"""What the deciding people of the sample shop find by looking at the page."""

from __future__ import annotations

from documents.domain.cross_check import compare
from documents.models import Certificate


def seen_on_the_page(certificate: Certificate) -> dict[str, int]:
    """Return the page on which each key was seen that the machine asks about, by field."""
    return {key.field: certificate.page_from for key in compare(certificate) if key.may_be_seen}
