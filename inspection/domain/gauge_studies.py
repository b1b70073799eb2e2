"""Repeatability and reproducibility of a gauge: a crossed study, computed once and kept with its runs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from math import sqrt

from django.db import transaction
from django.utils import timezone

from inspection.domain.spc.gauge_study import BAD_ABOVE, GOOD_BELOW, GaugeStudy, crossed_study
from inspection.models import RepeatabilityStudy
from portal.domain.errors import Refused
from portal.domain.events import record_event
from portal.domain.moves import lock
from portal.domain.numbers import next_number
from portal.models import Person
from portal.permissions import require_inspector
from routes.domain.gauges import require_calibrated
from routes.domain.words import require_text
from routes.models import Gauge

# fewer classes of parts than this, and the gauge cannot follow a process
CATEGORIES_WANTED = 5
# so many standard deviations are set against the width of a tolerance
SPREADS = 6
Run = tuple[str, str, Decimal]


class StudyDoesNotFit(Refused):
    """Runs that make no crossed study, or a day or tolerance that cannot be."""

    code = "study-does-not-fit"


@transaction.atomic
def record_study(
    *,
    by: Person,
    gauge: Gauge,
    measured_on: date,
    feature: str,
    unit: str,
    runs: Sequence[Run],
    tolerance: Decimal | None = None,
    remark: str = "",
    at: datetime | None = None,
) -> RepeatabilityStudy:
    """Record a crossed study of a gauge: every operator measured every part equally often.

    A wrong study is not changed: the corrected one is recorded after it, and the latest speaks.

    Units:   values and tolerance in `unit`.
    Raises:  NotEntitled for whoever does not inspect; Incomplete without a feature or unit; StudyDoesNotFit when it
             is not crossed, shows no spread, lies in the future or has no tolerance above zero;
             GaugeOutOfCalibration on a day its readings do not count.
    Source:  AIAG MSA 4th edition, analysis of variance; bands of %GRR 10 and 30, at least 5 categories.
    """
    require_inspector(by, "record repeatability studies")
    moment = at or timezone.now()
    feature = require_text(feature, f"Say what gauge {gauge.number} measured in the study, as in bore 10 mm.")
    unit = require_text(unit, f"The study of gauge {gauge.number} has no unit. Give it.")
    gauge = lock(gauge)
    if measured_on > timezone.localdate(moment):
        raise StudyDoesNotFit(
            f"The study of gauge {gauge.number} is dated {measured_on}, a day to come. Correct it."
        )
    if tolerance is not None and tolerance <= 0:
        raise StudyDoesNotFit(
            f"A tolerance of {tolerance:f} {unit} has no width. Correct it, or leave it empty."
        )
    require_calibrated(gauge, measured_on)
    study = studied(runs, of=f"gauge {gauge.number}")
    record = RepeatabilityStudy.objects.create(
        number=next_number("GS"),
        gauge=gauge,
        measured_on=measured_on,
        feature=feature,
        unit=unit,
        tolerance=tolerance,
        rows=[[part, operator, f"{value:f}"] for part, operator, value in runs],
        figures=figures_of(study, runs, tolerance),
        word=study.word,
        remark=remark.strip(),
        recorded_by=by,
        recorded_at=moment,
    )
    record_event(
        by=by,
        verb="record study of",
        noun="gauge",
        number=gauge.number,
        data={"study": record.number, "feature": feature, "percent": record.figures["percent"]},
    )
    return record


def runs_from(rows: Sequence[Sequence[str]]) -> list[Run]:
    """Return runs as a reader handed them over, their values as text."""
    return [(part, operator, Decimal(value)) for part, operator, value in rows]


def studied(runs: Sequence[Run], *, of: str) -> GaugeStudy:
    """Return the analysis of runs.

    Raises:  StudyDoesNotFit with the reason.
    """
    try:
        return crossed_study([(part, operator, float(value)) for part, operator, value in runs])
    except ValueError as refusal:
        raise StudyDoesNotFit(f"These are {len(runs)} runs of {of}. {refusal}") from None


def figures_of(study: GaugeStudy, runs: Sequence[Run], tolerance: Decimal | None) -> dict:
    """Return the figures of a study as they are kept: counts as numbers, the rest as text."""
    sigmas = {
        "repeatability": study.repeatability,
        "reproducibility": study.reproducibility,
        "interaction": study.interaction,
        "gauge": study.gauge,
        "part": study.part,
        "total": study.total,
    }
    found = {name: f"{sqrt(variance):.6g}" for name, variance in sigmas.items()}
    parts, operators = ({run[place] for run in runs} for place in (0, 1))
    return found | {
        "parts": len(parts),
        "operators": len(operators),
        "runs": len(runs) // (len(parts) * len(operators)),
        "percent": f"{study.percent:.2f}",
        "percent_contribution": f"{study.percent_contribution:.2f}",
        "percent_of_tolerance": ""
        if tolerance is None
        else f"{100 * SPREADS * sqrt(study.gauge) / float(tolerance):.2f}",
        "categories": study.categories,
        "interaction_p": f"{study.interaction_p:.3f}",
    }


def verdict_of(record: RepeatabilityStudy) -> str:
    """Return in a sentence what the study says of the gauge, with the bands it is held against."""
    percent, categories = record.figures["percent"], record.figures["categories"]
    bands = f"below {GOOD_BELOW:g} % is good, up to {BAD_ABOVE:g} % conditional, above it unfit"
    said = f"{percent} % of the spread seen comes from the gauge and the hands that hold it ({bands})."
    if categories < CATEGORIES_WANTED:
        return (
            f"{said} It tells {categories} class{'' if categories == 1 else 'es'} of parts apart, fewer than the "
            f"{CATEGORIES_WANTED} that following a process takes."
        )
    return f"{said} It tells {categories} classes of parts apart; {CATEGORIES_WANTED} are asked for."
