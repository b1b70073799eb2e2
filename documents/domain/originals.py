"""The papers of others in a package: which certificates, which of their pages, which files stay at home."""

from __future__ import annotations

from collections.abc import Iterable

from documents.domain.chain.lot_facts import CertificateFacts, LotFacts
from documents.domain.test_results import result_entries
from documents.models import Certificate, CertificateCoverage
from inspection.models import Concession
from portal.domain.files import read_bytes
from portal.models import Organization, StoredFile
from routes.domain.elsewhere import FileOfAnotherCustomer
from routes.models import ClauseEvidence, RecordedElsewhere


def accepted_certificates(facts: dict[str, LotFacts]) -> dict[str, list[str]]:
    """Return the accepted certificates of these lots, material first, each with what it covers."""
    covers: dict[str, list[str]] = {}
    for lot in facts.values():
        for certificate in lot.material.certificates if lot.material else ():
            _add(covers, certificate, f"{lot.material.words} of lot {lot.number}")
    for lot in facts.values():
        for source in (each for component in lot.components for each in component.sources if each.is_bought):
            for paper in source.papers:
                words = f"{source.words}, item {source.item} of lot {source.into}"
                covers.setdefault(paper.number, []).append(words)
    for lot in facts.values():
        for sequence, _, certificate in lot.process_certificates:
            _add(covers, certificate, f"lot {lot.number}, operation {sequence}, {certificate.covered} pieces")
    return covers


def _add(covers: dict[str, list[str]], certificate: CertificateFacts, words: str) -> None:
    if certificate.state == Certificate.ACCEPTED:
        covers.setdefault(certificate.number, []).append(words)


def certificate_entries(covers: dict[str, list[str]]) -> tuple[list[dict], list[StoredFile]]:
    """Return the manifest's entries of these certificates, in their order, and the files they are in."""
    found = Certificate.objects.filter(number__in=covers).select_related(
        "file__label", "issuer", "decision_signature"
    )
    found = found.prefetch_related("test_results")
    by_number = {certificate.number: certificate for certificate in found}
    ordered = [by_number[number] for number in covers]
    return [_entry(each, covers[each.number]) for each in ordered], [each.file for each in ordered]


def _entry(certificate: Certificate, covers: list[str]) -> dict:
    signature = certificate.decision_signature
    results = [each for each in certificate.test_results.all() if each.withdrawn_at is None]
    return {
        "number": certificate.stated_number or certificate.number,
        "record": certificate.number,
        "kind": f"{certificate.get_kind_display()} certificate",
        "issuer": certificate.issuer.name if certificate.issuer else "",
        "covers": "; ".join(covers),
        "sha256": certificate.file.sha256,
        "original_name": certificate.file.original_name,
        "media_type": certificate.file.media_type,
        "page_from": certificate.page_from,
        "page_to": certificate.page_to,
        "accepted_by": signature.printed_name if signature else "",
        "accepted_at": signature.signed_at if signature else None,
    } | ({"results": result_entries(results)} if results else {})


def kept_home(certificate_files: Iterable[StoredFile], customer: Organization) -> set[str]:
    """Return the hashes of files that also prove something to another customer: their bytes never leave.

    Only the pages named by this shipment's certificates are shown of them.
    """
    hashes = {stored.sha256 for stored in certificate_files}
    covered = CertificateCoverage.objects.filter(
        certificate__file__sha256__in=hashes, traveler__isnull=False
    ).exclude(traveler__order_line__order__customer=customer)
    scanned = (
        RecordedElsewhere.objects.filter(file__sha256__in=hashes)
        .exclude(state=RecordedElsewhere.REJECTED)
        .exclude(traveler__order_line__order__customer=customer)
    )
    shown = ClauseEvidence.objects.filter(file__sha256__in=hashes, withdrawn_at=None).exclude(
        traveler__order_line__order__customer=customer
    )
    return {
        *covered.values_list("certificate__file__sha256", flat=True),
        *scanned.values_list("file__sha256", flat=True),
        *shown.values_list("file__sha256", flat=True),
    }


def kept_at_home(sha256: str) -> dict:
    """Return what a manifest says of a file that stays: its own name may name another customer, so it stays too."""
    return {"is_kept_home": True, "name": f"kept at the shop, {sha256[:8]}"}


def without_its_name(certificate: dict) -> dict:
    """Return the entry of a certificate whose file stays at the shop."""
    said = kept_at_home(certificate["sha256"])
    return certificate | {"is_kept_home": True, "original_name": said["name"]}


def require_no_others(scanned_files: Iterable[StoredFile], customer: Organization) -> None:
    """Refuse a scan or paper whose file also proves something to another customer: it is shown whole.

    Raises:  FileOfAnotherCustomer naming the file.
    """
    theirs = kept_home(scanned_files, customer)
    for stored in scanned_files:
        if stored.sha256 in theirs:
            raise FileOfAnotherCustomer(
                f"{stored.original_name} also proves something to another customer of the shop, and a package shows a "
                f"scan whole. It cannot go to {customer.name}: bring in only the pages of this lot instead."
            )


def evidence_of(concessions: Iterable[Concession]) -> list[StoredFile]:
    """Return the customer's written decisions that were kept."""
    return [concession.evidence for concession in concessions if concession.evidence]


def file_entries(files: Iterable[StoredFile], home: set[str]) -> list[dict]:
    """Return the manifest's list of files, each read and hashed again now.

    Raises:  FileDamaged when a byte of one is not what was kept.
    """
    entries: dict[str, dict] = {}
    for stored in files:
        if stored.sha256 in entries:
            continue
        entries[stored.sha256] = {
            "sha256": stored.sha256,
            "name": stored.original_name,
            "size_bytes": len(read_bytes(stored)),
            "media_type": stored.media_type,
        }
        if stored.sha256 in home:
            entries[stored.sha256] |= kept_at_home(stored.sha256)
    return list(entries.values())


def strictest_label(files: Iterable[StoredFile], *labels):
    """Return the strictest label among files and others; what is made from them carries it."""
    found = [label for label in (*labels, *(stored.label for stored in files)) if label is not None]
    return max(found, key=lambda label: label.strictness, default=None)
