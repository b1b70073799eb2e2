"""The papers of others that a package shows: certificates, scans of earlier work, answers to clauses."""

from __future__ import annotations

from dataclasses import dataclass

from documents.domain.chain.lot_facts import LotFacts
from documents.domain.clause_papers import paper_entries
from documents.domain.originals import (
    accepted_certificates,
    certificate_entries,
    kept_home,
    require_no_others,
    without_its_name,
)
from documents.domain.scans import scan_entries
from portal.models import Organization, StoredFile


@dataclass(frozen=True)
class Papers:
    """The papers of others that a package shows: the manifest's entries, their files, and which of those stay home."""

    entries: dict[str, list[dict]]
    files: list[StoredFile]
    home: set[str]


def papers_of_others(facts: dict[str, LotFacts], customer: Organization) -> Papers:
    """Return the certificates of these lots, the scans of earlier work and the papers that answer clauses.

    Raises:  FileOfAnotherCustomer for a scan or paper that also proves something to another customer.
    """
    certificates, certificate_files = certificate_entries(accepted_certificates(facts))
    home = kept_home(certificate_files, customer)
    scans, scanned_files = scan_entries(facts)
    papers, paper_files = paper_entries(facts)
    require_no_others([*scanned_files, *paper_files], customer)
    entries = {
        "certificates": [
            without_its_name(entry) if entry["sha256"] in home else entry for entry in certificates
        ],
        "elsewhere": scans,
        "clause_papers": papers,
    }
    return Papers(entries, [*certificate_files, *scanned_files, *paper_files], home)
