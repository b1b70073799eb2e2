"""Hand the results of a decided certificate down to the room of first articles."""

from __future__ import annotations

from documents.domain.test_results import results_of, sentence_of
from documents.models import Certificate, CertificateCoverage
from inspection.domain.lab_reports import LabResult, record_report


def lab_results(certificate: Certificate) -> list[LabResult]:
    """Return the rows of a certificate that stand, each in words with its method."""
    return [LabResult(sentence_of(each), each.method) for each in results_of(certificate)]


def record_lab_report(
    certificate: Certificate, coverage: CertificateCoverage, results: list[LabResult]
) -> None:
    """Write what a decided certificate found of one heat or step; a revoked one speaks no more."""
    record_report(
        certificate_number=certificate.number,
        stated_number=certificate.stated_number or certificate.number,
        stated_on=certificate.stated_on,
        state=certificate.state,
        results=results,
        material_lot=coverage.material_lot,
        traveler=coverage.traveler,
        step=coverage.step,
    )
