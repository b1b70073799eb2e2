"""Test and lab results of accepted certificates, as first articles read them: by number, with the finding."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from inspection.models import LabReport
from routes.models import MaterialLot, Traveler, TravelerStep

ACCEPTED = "accepted"
# a report of more results is told by their number, so that a cell of the form can be read
MOST_TOLD = 4


@dataclass(frozen=True)
class LabResult:
    """One property: the words of what was found against which limits, and the method it was tested by."""

    words: str
    method: str = ""


def record_report(
    *,
    certificate_number: str,
    stated_number: str,
    stated_on: date | None,
    state: str,
    results: Sequence[LabResult],
    material_lot: MaterialLot | None = None,
    traveler: Traveler | None = None,
    step: TravelerStep | None = None,
) -> LabReport:
    """Write down what a decided certificate states of a heat or a step; its acceptance or revocation calls this."""
    report, _ = LabReport.objects.update_or_create(
        certificate_number=certificate_number,
        material_lot=material_lot,
        traveler=traveler,
        step=step,
        defaults={
            "stated_number": stated_number,
            "stated_on": stated_on,
            "state": state,
            "results": [{"words": each.words, "method": each.method} for each in results],
        },
    )
    return report


def of_material(material_lot: MaterialLot) -> list[LabReport]:
    """Return the accepted reports of a heat."""
    return _standing(LabReport.objects.filter(material_lot=material_lot))


def of_operation(lots: Iterable[int], operation_id: int, pass_number: int | None = None) -> list[LabReport]:
    """Return the accepted reports of one operation of a lot and its parents; of one pass where it is given."""
    found = LabReport.objects.filter(traveler__in=list(lots), step__operation=operation_id)
    return _standing(found if pass_number is None else found.filter(step__pass_number=pass_number))


def _standing(found: QuerySet[LabReport]) -> list[LabReport]:
    return list(found.filter(state=ACCEPTED))


def procedures(reports: Iterable[LabReport]) -> str:
    """Return field 11 of Form 2: the methods the tests were made by, each once."""
    methods = [row["method"] for report in reports for row in report.results if row["method"]]
    return ", ".join(dict.fromkeys(methods))


def findings(reports: Iterable[LabReport]) -> str:
    """Return field 12 of Form 2: each report by its number, with what it found.

    Source:  AS9102 Rev C Form 2 field 12 (acceptance report number).
    """
    return "; ".join(f"{report.stated_number}: {_told(report)}" for report in reports)


def _told(report: LabReport) -> str:
    if len(report.results) > MOST_TOLD:
        return f"{len(report.results)} results inside their limits"
    return ", ".join(row["words"] for row in report.results)
