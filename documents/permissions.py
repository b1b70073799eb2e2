"""Who may: certificates are brought in by the shop or the vendor they are of, and decided by quality."""

from __future__ import annotations

from portal.models import Person
from portal.permissions import QUALITY, SHOP, VENDORS

# whoever holds the paper may bring it in and type what it says
BRINGERS = SHOP + VENDORS
# saying what a certificate is for
COVERERS = SHOP
DECIDERS = QUALITY
# the board shows what every desk owes
BOARD = SHOP


def may_decide(person: Person, certificate) -> bool:
    """Say whether `person` may decide on a certificate: quality, and neither its bringer nor its typist."""
    is_own = person.pk in (certificate.uploaded_by_id, certificate.entered_by_id)
    return person.role in DECIDERS and not is_own
