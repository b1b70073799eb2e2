"""A part with an approved first article and releases after it, their final inspections completed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from itertools import count

from inspection.domain.records import plan_of
from inspection.models import FirstArticle, InspectionRecord, Measurement
from routes.models import Traveler
from tests.cast import Cast
from tests.factories.inspection import make_first_article, make_lot, walk
from tests.factories.measuring import complete, make_inspection, measure, measure_all
from tests.factories.routes import make_open_traveler, step_at, today

# one sigma of the bore is about 0.01 mm
BASE = ("9.99", "10.00", "10.01", "10.00", "9.985", "10.015", "10.00", "9.995", "10.005", "10.00")
_later = count(1)


def make_baseline(cast: Cast, values: Sequence[str] = BASE, *, balloon: str = "1", **facts) -> FirstArticle:
    """Return the approved first article of a lot whose bore measured so at final inspection."""
    lot = make_lot(cast, quantity=len(values), **facts)
    record = make_inspection(cast, lot)
    for piece, value in enumerate(values, start=1):
        measure(cast, record, balloon, str(piece), value)
    measure_all(cast, record)
    complete(cast, record)
    return make_first_article(cast, lot=walk(cast, lot), at="approved")


def make_release(cast: Cast, first_article: FirstArticle, values: Sequence[str]) -> InspectionRecord:
    """Return the completed final inspection of a further lot, its bore measured so; only its rows are made."""
    lot = make_open_traveler(cast, route_revision=first_article.route_revision, quantity=len(values))
    step = step_at(lot, 50)
    model = first_article.traveler.inspections.latest("completed_at")
    at = model.completed_at + timedelta(minutes=next(_later))
    record = InspectionRecord.objects.create(
        number=f"I-R{lot.number[2:]}",
        kind=InspectionRecord.FINAL,
        traveler=lot,
        step=step,
        state=InspectionRecord.COMPLETED,
        plan=plan_of(step),
        lot_size=len(values),
        inspector=cast.inspector,
        opened_at=at,
        completion_signature=model.completion_signature,
        completed_at=at,
    )
    bore = first_article.part_revision.characteristics.get(balloon="1")
    Measurement.objects.bulk_create(
        Measurement(
            record=record,
            characteristic=bore,
            side="after",
            serial=str(piece),
            value=Decimal(value),
            verdict="PASS",
            measured_on=today(),
            recorded_by=cast.inspector,
            recorded_at=at,
        )
        for piece, value in enumerate(values, start=1)
    )
    return record


def lot_of(record: InspectionRecord) -> Traveler:
    return record.traveler
