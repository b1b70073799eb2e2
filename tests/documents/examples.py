"""Example records of this room for the stranger test."""

from __future__ import annotations

from tests.cast import Cast
from tests.factories.certificates import make_process_certificate


def certificate(cast: Cast) -> dict[str, object]:
    """Bring in the vendor's certificate of a lot of the cast's customer."""
    return {"number": make_process_certificate(cast).number}


def certificate_page(cast: Cast) -> dict[str, object]:
    """Name the first page of the same certificate."""
    return certificate(cast) | {"page": 1}


EXAMPLES = {
    "documents:certificate-detail": certificate,
    "documents:certificate-enter": certificate,
    "documents:certificate-cover": certificate,
    "documents:certificate-accept": certificate,
    "documents:certificate-reject": certificate,
    "documents:certificate-revoke": certificate,
    "documents:certificate-file": certificate,
    "documents:certificate-page": certificate_page,
}
