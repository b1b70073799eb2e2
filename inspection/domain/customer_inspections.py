"""The customer's own inspection of a lot: kept beside ours, closing nothing."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from inspection.models import InspectionRecord
from portal.domain.errors import Incomplete, NotTheMoment
from portal.domain.events import record_event
from portal.domain.numbers import next_number
from portal.models import Person
from portal.permissions import require_inspector
from routes.domain.lots import lock_lots
from routes.models import Characteristic, PlannedCheck, Traveler


@transaction.atomic
def open_customer_inspection(*, by: Person, traveler: Traveler) -> InspectionRecord:
    """Open the record of what the customer measured on a lot's pieces, without a step.

    Every characteristic of the part revision may have a value, none must: the customer chooses what to measure. Its
    values sign no step, open no nonconformance and count in no check of the chain; a value outside the limits is
    shown beside ours, and a person of the shop decides what follows.

    Raises:  NotTheMoment while the lot has such a record open; Incomplete when nothing could be measured.
    Source:  AS9102 Rev C: the organisation's own records are the evidence; the customer's verification is theirs.
    """
    require_inspector(by, "take in the customer's results")
    lock_lots([traveler.number])
    there = InspectionRecord.objects.filter(
        traveler=traveler, kind=InspectionRecord.CUSTOMER, state=InspectionRecord.OPEN
    ).first()
    if there is not None:
        raise NotTheMoment(
            f"{there.number} holds the customer's results of {traveler.number} already. Import further files into it."
        )
    plan = _everything(traveler)
    if not plan:
        raise Incomplete(
            f"{traveler.route_revision.part_revision} has no characteristics to compare with. Enter them first."
        )
    record = InspectionRecord.objects.create(
        number=next_number("I"),
        kind=InspectionRecord.CUSTOMER,
        traveler=traveler,
        plan=plan,
        lot_size=traveler.quantity_started,
        inspector=by,
        opened_at=timezone.now(),
    )
    record_event(
        by=by,
        verb="open",
        noun="inspection",
        number=record.number,
        lots=[traveler.number],
        data={"kind": record.kind, "plan": plan},
    )
    return record


def _everything(traveler: Traveler) -> list[dict]:
    """Return a plan of every characteristic, on the side of the finish on which the part is delivered."""
    found = Characteristic.objects.filter(part_revision=traveler.route_revision.part_revision)
    return [
        {
            "characteristic": str(each.uuid),
            "balloon": each.balloon,
            "side": "after",
            "rule": PlannedCheck.ALL,
            "sample_size": None,
        }
        for each in found.order_by("position")
    ]
