"""What the signature of a decision on a certificate covers, and whether it is still so."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import prefetch_related_objects

from documents.domain.test_results import signed_rows
from documents.formats.paper import FIELDS
from documents.models import Certificate
from portal.domain.signatures import altered

# how people call what is signed, where its name does not say it
CALLED = {
    "sha256": "its file",
    "pages": "its pages of the file",
    "stated_number": "the certificate number",
    "stated_on": "the day it is dated",
    "certificate_type": "its type",
    "site": "the site that did the work",
    "po_number": "the purchase order number",
    "part_number": "the part number",
    "part_revision": "the part revision",
    "spec_number": "the specification",
    "spec_revision": "the specification revision",
    "spec_type": "the type of the process",
    "spec_class": "the class of the process",
    "condition": "alloy and condition",
    "identifier": "the heat, batch or lot",
    "quantity": "the quantity it states",
    "process_from": "the first day of the process",
    "process_to": "the last day of the process",
    "signed_name": "who signed it",
    "let_pass": "what was let pass",
    "covers": "the lots, steps or heats it covers",
    "covers.for": "what it covers",
    "covers.quantity": "the quantity it covers",
    "reason": "the reason of the decision",
}
# what is read beside a certificate to say what it is for
COVERED = ("coverages__material_lot", "coverages__step")


def signed_content(certificate: Certificate, reason: str) -> dict:
    """Return what a decision's signature covers: the bytes, the pages, what was typed, what it is for."""
    prefetch_related_objects([certificate], *COVERED)
    return {
        "sha256": certificate.file.sha256,
        "pages": [certificate.page_from, certificate.page_to],
        **{field: getattr(certificate, field) for field in FIELDS},
        "site": certificate.site.code if certificate.site else "",
        **({"let_pass": certificate.excused} if certificate.excused else {}),
        "covers": [
            {
                "for": each.material_lot.number if each.material_lot else each.step.number,
                "quantity": each.quantity,
            }
            for each in sorted(certificate.coverages.all(), key=lambda each: each.pk)
        ],
        "reason": reason.strip(),
        **signed_rows(certificate),
    }


def altered_since_decision(certificate: Certificate) -> str:
    """Return what of a decided certificate is no longer as it was signed, in a sentence; nothing otherwise."""
    signature, number = certificate.decision_signature, certificate.number
    if signature is None:
        return ""
    content = signed_content(certificate, certificate.decision_reason)
    return altered(signature, noun="certificate", number=number, content=content, words=CALLED)


def altered_certificates(numbers: Iterable[str]) -> dict[str, str]:
    """Return of each decided certificate by number what is no longer as it was signed; an intact one is left out."""
    found = Certificate.objects.filter(number__in=set(numbers)).exclude(decision_signature=None)
    certificates = list(found.select_related("decision_signature", "file", "site"))
    prefetch_related_objects(certificates, *COVERED, "test_results")
    return {each.number: words for each in certificates if (words := altered_since_decision(each))}
