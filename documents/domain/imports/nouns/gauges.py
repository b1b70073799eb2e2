"""Gauges and their calibrations."""

from __future__ import annotations

from types import SimpleNamespace

from documents.domain.imports.columns import DAY, TRUTH, Column, Table
from documents.domain.imports.nouns.noun import Noun
from documents.domain.imports.outcome import Outcome
from portal.domain.errors import Incomplete
from portal.models import Person
from routes.domain.gauges import add_gauge, record_calibration
from routes.models import Gauge

GAUGES = Table(
    code="gauges",
    title="Gauges",
    lead="Measuring instruments with their latest calibration. A further calibration is a further row.",
    columns=(
        Column(
            "number",
            "Number",
            "As engraved on it.",
            "MIC-014",
            True,
            most=40,
            synonyms=("gauge", "gage", "gauge id", "gage id", "asset", "id"),
        ),
        Column(
            "kind", "Kind", "As planned checks ask for it.", "micrometer", True, most=60, synonyms=("type",)
        ),
        Column("description", "Description", "", "Mitutoyo 0-25 mm"),
        Column(
            "certificate_number",
            "Certificate",
            "Number of the calibration certificate.",
            "CAL-2231",
            most=80,
            synonyms=("certificate number", "calibration certificate"),
        ),
        Column(
            "calibrated_on",
            "Calibrated on",
            "",
            "2026-01-15",
            kind=DAY,
            synonyms=("last calibration", "calibrated"),
        ),
        Column(
            "due_on", "Due on", "", "2027-01-14", kind=DAY, synonyms=("due", "next due", "calibration due")
        ),
        Column(
            "is_in_tolerance", "In tolerance", "Whether it was found good. Empty: yes.", "yes", kind=TRUTH
        ),
    ),
    key=("number", "certificate_number"),
)
CALIBRATION = ("certificate_number", "calibrated_on", "due_on")


def take_gauge(row: SimpleNamespace, by: Person) -> Outcome:
    """Add a gauge, and the calibration of this row."""
    outcome = Outcome()
    gauge = Gauge.objects.filter(number=row.number).first()
    if gauge is None:
        gauge = add_gauge(by=by, number=row.number, kind=row.kind, description=row.description or "")
        outcome.made.append(f"gauge {gauge.number}")
    else:
        outcome.compare("Kind", gauge.kind, row.kind)
        outcome.compare("Description", gauge.description, row.description)
    _take_calibration(row, gauge, by, outcome)
    return outcome


def _take_calibration(row: SimpleNamespace, gauge: Gauge, by: Person, outcome: Outcome) -> None:
    given = {name: getattr(row, name) for name in CALIBRATION}
    if not any(given.values()):
        return
    if missing := [GAUGES.column(name).title for name in CALIBRATION if not given[name]]:
        raise Incomplete(
            f"The calibration of gauge {gauge.number} lacks: {', '.join(missing)}. Give all three, or none of them."
        )
    there = gauge.calibrations.filter(certificate_number=row.certificate_number).first()
    if there is None:
        is_good = row.is_in_tolerance is not False
        record_calibration(by=by, gauge=gauge, is_in_tolerance=is_good, **given)
        outcome.made.append(f"calibration {row.certificate_number}")
        return
    for name in ("calibrated_on", "due_on", "is_in_tolerance"):
        outcome.compare(GAUGES.column(name).title, getattr(there, name), getattr(row, name))


NOUNS = (Noun(GAUGES, take_gauge, Gauge.objects.all, "routes:gauge-list"),)
