"""What the signature of a decision on a certificate covers, and whether it is still so."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import prefetch_related_objects

from documents.domain.test_results import signed_rows
from documents.models import Certificate
from portal.domain.signatures import altered

# what a paper says, as it was typed or taken over
FIELDS = (
    "stated_number",
    "stated_on",
    "certificate_type",
    "site",
    "po_number",
    "part_number",
    "part_revision",
    "spec_number",
    "spec_revision",
    "spec_type",
    "spec_class",
    "condition",
    "identifier",
    "quantity",
    "process_from",
    "process_to",
    "signed_name",
)
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
    return altered(signature, noun="certificate", number=number, content=content)


def altered_certificates(numbers: Iterable[str]) -> dict[str, str]:
    """Return of each decided certificate by number what is no longer as it was signed; an intact one is left out."""
    found = Certificate.objects.filter(number__in=set(numbers)).exclude(decision_signature=None)
    certificates = list(found.select_related("decision_signature", "file", "site"))
    prefetch_related_objects(certificates, *COVERED, "test_results")
    return {each.number: words for each in certificates if (words := altered_since_decision(each))}
