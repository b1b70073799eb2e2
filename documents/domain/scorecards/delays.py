"""The record that a line was late or not whole for a cause that is not the vendor's."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from documents.models import DelayRecord
from portal.domain.errors import Incomplete, NotTheMoment
from portal.domain.events import record_event
from portal.domain.moves import lock
from portal.domain.numbers import next_number
from portal.models import Person
from portal.permissions import require_quality
from subcontract.models import OutsideOrder, OutsideOrderLine

NOUN = "scorecard"


@transaction.atomic
def record_delay(
    *, by: Person, line: OutsideOrderLine, cause: str, reason: str, at: datetime | None = None
) -> DelayRecord:
    """Write down that the shop or the customer delayed a line; a miss of it is counted against nobody.

    Raises:  NotEntitled; NotTheMoment for an order nobody issued, or a line that has such a record; Incomplete without
             a cause or a reason.
    Source:  house rule: a delay is left out of on-time delivery only with a record of its cause.
    """
    require_quality(by, "record whose a delay was")
    order = lock(line.order)
    if order.state in (OutsideOrder.DRAFT, OutsideOrder.CANCELLED):
        raise NotTheMoment(
            f"{order.number} is {order.get_state_display().lower()}; nothing of it can be late."
        )
    if standing := DelayRecord.objects.filter(line=line, withdrawn_at__isnull=True).first():
        raise NotTheMoment(
            f"{standing.number} says already whose the delay of {line} was. Withdraw it first."
        )
    if cause not in dict(DelayRecord.CAUSES) or not reason.strip():
        raise Incomplete(f"Say who delayed {line}, the shop or the customer, and what happened.")
    record = DelayRecord.objects.create(
        number=next_number("DY"),
        line=line,
        cause=cause,
        reason=reason.strip()[:300],
        recorded_by=by,
        recorded_at=at or timezone.now(),
    )
    data = {"line": str(line), "cause": cause, "reason": record.reason}
    record_event(by=by, verb="excuse a delay on", noun=NOUN, number=record.number, data=data)
    return record


@transaction.atomic
def withdraw_delay(
    *, by: Person, record: DelayRecord, reason: str, at: datetime | None = None
) -> DelayRecord:
    """Take the record of a delay back; its line counts again.

    Raises:  NotEntitled; NotTheMoment when it is withdrawn already; Incomplete without a reason.
    """
    require_quality(by, "withdraw the record of a delay")
    current = lock(record)
    if current.withdrawn_at is not None:
        raise NotTheMoment(f"{current.number} is withdrawn already.")
    if not reason.strip():
        raise Incomplete(f"Say why {current.number} does not hold.")
    current.withdrawn_at, current.withdrawn_reason = at or timezone.now(), reason.strip()[:300]
    current.save()
    record_event(
        by=by,
        verb="count a delay on",
        noun=NOUN,
        number=current.number,
        data={"line": str(current.line), "reason": current.withdrawn_reason},
    )
    return current
