"""Digital signatures inside a PDF: who signed, when, and whether anything was changed since.

Whether the signer is who the name says is not judged: no list of trusted issuers is kept here, and none is
fetched. A name is therefore shown as what the file claims.
"""

from __future__ import annotations

import io
import logging

MOST_SIGNATURES = 20

INTACT, EXTENDED, CHANGED, UNREAD = "intact", "extended", "changed", "unread"


def signatures_of(content: bytes) -> list[dict]:
    """Return for each signature its field, signer, moment and state, in the order they were set.

    intact    nothing was changed, and the signature covers the whole file
    extended  what was signed is as it was; something allowed was added behind it, such as a second signature
    changed   what was signed is not what the file shows now, or it cannot be told what was signed
    unread    the signature is of a kind that cannot be checked here

    Source:  ISO 32000-2, 12.8 (digital signatures); ETSI EN 319 102-1 (signature states).
    """
    logging.disable(logging.CRITICAL)
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader

    try:
        found = list(PdfFileReader(io.BytesIO(content), strict=False).embedded_signatures)
    except (PdfError, ValueError, TypeError, KeyError, AttributeError, IndexError, OSError):
        return [_signature("", "", None, UNREAD)]
    return [_judged(each) for each in found[:MOST_SIGNATURES]]


def _judged(embedded) -> dict:
    from pyhanko.sign.diff_analysis import ModificationLevel
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.status import SignatureCoverageLevel
    from pyhanko_certvalidator import ValidationContext

    field = str(embedded.field_name or "")
    try:
        status = validate_pdf_signature(embedded, ValidationContext(trust_roots=[], allow_fetching=False))
    except (
        Exception
    ):  # whatever a foreign signature makes its reader stumble over is one answer: it cannot be read
        return _signature(field, "", None, UNREAD)
    signer = status.signing_cert.subject.native.get("common_name", "") if status.signing_cert else ""
    allowed = (ModificationLevel.NONE, ModificationLevel.LTA_UPDATES, ModificationLevel.FORM_FILLING)
    holds = status.intact and status.valid and status.modification_level in allowed
    state = CHANGED
    if holds and status.coverage == SignatureCoverageLevel.ENTIRE_FILE:
        state = INTACT
    elif holds and status.coverage == SignatureCoverageLevel.ENTIRE_REVISION:
        state = EXTENDED
    return _signature(field, signer, status.signer_reported_dt, state)


def _signature(field: str, signer, moment, state: str) -> dict:
    return {
        "field": field[:120],
        "signer": str(signer)[:200],
        "claimed_at": moment.isoformat() if moment else "",
        "state": state,
    }
