"""Lots brought in mid-way: what was done before is proved by scans, each reviewed by a second person.

The portal saw none of it. It says so on every page and in every package, and lets nothing of it count before
somebody other than the person who brought the scan has read it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from portal.domain.errors import Incomplete, NotTheMoment, Refused
from portal.domain.events import record_event
from portal.domain.files import take_in
from portal.domain.moves import lock, move
from portal.domain.numbers import next_number
from portal.domain.signatures import sign
from portal.models import Authority, Person, Signature
from routes.domain.lots import lock_lots, require_in_house, steps_of
from routes.domain.own_papers import FileOfAnotherCustomer as FileOfAnotherCustomer
from routes.domain.own_papers import require_own_customer
from routes.domain.proofs import brought_in_lot, demanded_of, records_of, words_of
from routes.domain.travelers import open_traveler
from routes.domain.words import AlreadyThere, AuthorMayNotApprove, DatesDoNotFit, require_text
from routes.models import Operation, OrderLine, RecordedElsewhere, RouteRevision, Traveler, TravelerStep
from routes.permissions import FLOOR, PLANNERS, require_role

TAKEN = ("application/pdf", "image/png", "image/jpeg", "image/tiff")
OF_AN_OPERATION = (RecordedElsewhere.STEP, RecordedElsewhere.PROCESS, RecordedElsewhere.RESULTS)


class NothingBefore(Refused):
    """No operation of the route lies before the one the lot would come in at."""

    code = "nothing-before"


class NotBroughtIn(NotTheMoment):
    """The lot was opened here, so nothing of it was recorded elsewhere."""

    code = "not-brought-in"


class NotDoneElsewhere(Refused):
    """The scan would prove something that is done, signed or measured here."""

    code = "not-done-elsewhere"


@transaction.atomic
def bring_in(
    *,
    by: Person,
    order_line: OrderLine,
    route_revision: RouteRevision,
    quantity: int,
    at_sequence: int,
    reason: str,
    serials: Sequence[str] | None = None,
) -> Traveler:
    """Open a lot that stands at an operation already; what came before is recorded elsewhere.

    1. the lot is opened like any other, on a released route, with the pieces it has now;
    2. its steps before that operation are done elsewhere, each by its move;
    3. what proves them is owed until it is scanned and reviewed.

    Units:   pieces, as counted when the lot came in.
    Raises:  what `open_traveler` raises; NothingBefore when the route has no such operation or none before it;
             Incomplete without a reason.
    Source:  AS9100D 8.5.2 (status of outputs throughout production).
    """
    reason = require_text(reason, "Say where the lot was kept before and why it comes in now.")
    _require_place(route_revision, at_sequence)
    lot = open_traveler(
        by=by, order_line=order_line, route_revision=route_revision, quantity=quantity, serials=serials
    )
    earlier = lot.steps.filter(operation__sequence__lt=at_sequence).select_related("operation")
    for step in earlier.order_by("operation__sequence"):
        move(step, "record elsewhere", by=by, lots=[lot.number], data={"operation": step.operation.name})
    lot.brought_in_at = at_sequence
    lot.save()
    record_event(
        by=by,
        verb="bring in",
        noun="lot",
        number=lot.number,
        lots=[lot.number],
        data={"sequence": at_sequence, "quantity": quantity, "reason": reason},
    )
    return lot


def _require_place(route_revision: RouteRevision, at_sequence: int) -> None:
    sequences = list(route_revision.operations.order_by("sequence").values_list("sequence", flat=True))
    if at_sequence not in sequences:
        raise NothingBefore(
            f"Route {route_revision.number} has no operation {at_sequence}. "
            f"Choose the operation the lot stands at: {', '.join(str(each) for each in sequences)}."
        )
    if at_sequence == sequences[0]:
        raise NothingBefore(
            f"Nothing comes before operation {at_sequence} of route {route_revision.number}, so nothing was recorded "
            "elsewhere. Open the lot as a new one."
        )


@transaction.atomic
def record_elsewhere(
    *,
    by: Person,
    traveler: Traveler,
    proves: str,
    operation: Operation | None,
    description: str,
    reference: str,
    done_on: date,
    content: bytes,
    name: str,
) -> RecordedElsewhere:
    """Add one scan of what was done before a lot came in; it counts when a second person has reviewed it.

    Raises:  what `record_paper` raises.
    """
    [record] = record_paper(
        by=by,
        traveler=traveler,
        proofs=[(proves, operation)],
        description=description,
        reference=reference,
        done_on=done_on,
        content=content,
        name=name,
    )
    return record


@transaction.atomic
def record_paper(
    *,
    by: Person,
    traveler: Traveler,
    proofs: Sequence[tuple[str, Operation | None]],
    description: str,
    reference: str,
    done_on: date,
    content: bytes,
    name: str,
) -> list[RecordedElsewhere]:
    """Add one scan that proves several things, as an old traveler with all its signatures does.

    Raises:  NotEntitled; LotHasLeft; NotBroughtIn; NotDoneElsewhere; DatesDoNotFit for a day after the lot came
             in; AlreadyThere when a reviewed scan or the same file stands for it; FileOfAnotherCustomer;
             Incomplete; FileRefused.
    Source:  AS9100D 8.6 (evidence of conformity is retained).
    """
    require_role(by=by, roles=FLOOR, act="add scans of what was recorded elsewhere")
    [lot] = lock_lots([traveler.number])
    require_in_house(lot, "a scan of earlier work")
    _require_provable(lot, proofs)
    description = require_text(description, "Say what the paper is and what it says.")
    came_in_on = timezone.localdate(lot.opened_at)
    if done_on > came_in_on:
        raise DatesDoNotFit(
            f"The paper would be of {done_on}; lot {lot.number} came in on {came_in_on}, and later work is recorded "
            "here. Correct the day."
        )
    stored = take_in(
        content=content, name=name, by=by, allowed=TAKEN, label=lot.route_revision.part_revision.label
    )
    _require_new(lot, proofs, stored.sha256)
    require_own_customer(lot=lot, sha256=stored.sha256, name=stored.original_name)
    return [
        _record(lot, proves, operation, description, reference.strip(), done_on, stored, by)
        for proves, operation in proofs
    ]


def _require_provable(lot: Traveler, proofs: Sequence[tuple[str, Operation | None]]) -> None:
    if brought_in_lot(lot) is None:
        raise NotBroughtIn(
            f"Lot {lot.number} was opened here, so its steps are signed and its results measured here. "
            "Only a lot that was brought in has records from elsewhere."
        )
    if not proofs:
        raise Incomplete(f"Say what the paper proves for lot {lot.number}: at least one thing.")
    demanded = {(proves, operation.pk if operation else None) for proves, operation in demanded_of(lot)}
    for proves, operation in proofs:
        if (proves, operation.pk if operation else None) not in demanded:
            raise NotDoneElsewhere(
                f"Lot {lot.number} owes no {words_of(proves, operation)} from elsewhere: "
                f"{_why_not(lot, proves, operation)}"
            )


def _why_not(lot: Traveler, proves: str, operation: Operation | None) -> str:
    if proves in OF_AN_OPERATION and operation is None:
        return "name the operation it was done at."
    if proves not in OF_AN_OPERATION and operation is not None:
        return "it belongs to the lot, not to one operation."
    elsewhere = [step.operation_id for step in steps_of(lot) if step.state == TravelerStep.ELSEWHERE]
    if operation is not None and operation.pk not in elsewhere:
        return "that operation is done here. Sign or inspect it at its own step."
    if proves == RecordedElsewhere.MATERIAL and lot.material_lot_id is not None:
        return (
            f"its material is on record here, {lot.material_lot.number}. Bring its certificate in for that."
        )
    return "nothing of that kind is asked of it. Choose one of the things it owes."


def _require_new(lot: Traveler, proofs: Sequence[tuple[str, Operation | None]], sha256: str) -> None:
    for record in records_of(lot):
        if (record.proves, record.operation) not in proofs or record.state == RecordedElsewhere.REJECTED:
            continue
        if record.state == RecordedElsewhere.REVIEWED or record.file.sha256 == sha256:
            raise AlreadyThere(
                f"The {words_of(record.proves, record.operation)} of lot {lot.number} is shown by {record.number} "
                f"already, which {'was reviewed' if record.review_signature else 'waits for its review'}."
            )


def _record(
    lot: Traveler, proves: str, operation, description: str, reference: str, done_on: date, stored, by: Person
) -> RecordedElsewhere:
    record = RecordedElsewhere.objects.create(
        number=next_number("E"),
        traveler=lot,
        proves=proves,
        operation=operation,
        description=description,
        reference=reference,
        done_on=done_on,
        file=stored,
        recorded_by=by,
        recorded_at=timezone.now(),
    )
    record_event(
        by=by,
        verb="add",
        noun="record from elsewhere",
        number=record.number,
        lots=[lot.number],
        data={"name": words_of(proves, operation), "done_on": done_on, "sha256": stored.sha256},
    )
    return record


def on_the_same_paper(record: RecordedElsewhere) -> list[RecordedElsewhere]:
    """Return the records of the same scan that wait for review, this one among them."""
    return list(
        RecordedElsewhere.objects.filter(
            traveler=record.traveler_id, file__sha256=record.file.sha256, state=RecordedElsewhere.RECORDED
        )
        .select_related("operation", "traveler", "file", "recorded_by")
        .order_by("pk")
    )


def review_elsewhere(*, by: Person, record: RecordedElsewhere, token: str) -> RecordedElsewhere:
    """Sign that a scan was read and proves what it is said to prove; from then on it closes its link.

    Raises:  what `review_paper` raises.
    """
    [reviewed] = review_paper(by=by, records=[record], token=token)
    return reviewed


@transaction.atomic
def review_paper(*, by: Person, records: Sequence[RecordedElsewhere], token: str) -> list[RecordedElsewhere]:
    """Sign once for several things one scan proves.

    Raises:  NotEntitled; AuthorMayNotApprove for whoever recorded it; LotHasLeft; NotTheMoment once decided;
             CredentialRefused.
    Source:  the second look is independent; AS9100D 8.6.
    """
    return _decide(by, records, token, verb="review", meaning=Signature.REVIEWED)


def reject_elsewhere(*, by: Person, record: RecordedElsewhere, reason: str, token: str) -> RecordedElsewhere:
    """Sign that a scan does not prove what it is said to prove; another one is owed.

    Raises:  what `reject_paper` raises.
    """
    [rejected] = reject_paper(by=by, records=[record], reason=reason, token=token)
    return rejected


@transaction.atomic
def reject_paper(
    *, by: Person, records: Sequence[RecordedElsewhere], reason: str, token: str
) -> list[RecordedElsewhere]:
    """Sign once that a scan does not prove several things.

    Raises:  NotEntitled; AuthorMayNotApprove for whoever recorded it; LotHasLeft; NotTheMoment once decided;
             Incomplete without a reason; CredentialRefused.
    """
    numbers = ", ".join(record.number for record in records)
    reason = require_text(reason, f"Say what is wrong with {numbers}, so that a better scan can be found.")
    return _decide(by, records, token, verb="reject", meaning=Signature.REJECTED, reason=reason)


def _decide(
    by: Person,
    records: Sequence[RecordedElsewhere],
    token: str,
    *,
    verb: str,
    meaning: str,
    reason: str = "",
) -> list[RecordedElsewhere]:
    require_role(by=by, roles=PLANNERS, act=f"{verb} scans of what was recorded elsewhere")
    if not records:
        raise Incomplete("Choose at least one of the things the scan is said to prove.")
    [lot] = lock_lots({record.traveler.number for record in records})
    require_in_house(lot, f"a decision on {records[0].number}")
    current = [lock(record) for record in records]
    for record in current:
        if record.recorded_by_id == by.pk:
            raise AuthorMayNotApprove(
                f"{by.printed_name} added {record.number} and cannot {verb} it too. Ask another quality engineer."
            )
        if record.state != RecordedElsewhere.RECORDED:
            raise NotTheMoment(
                f"{record.number} of lot {lot.number} is {record.get_state_display().lower()} already. "
                "Reload the page to see how it stands."
            )
    signature = sign(
        by=by,
        token=token,
        meaning=meaning,
        noun="record from elsewhere",
        number=current[0].number,
        content={"lot": lot.number, "records": [_content(record) for record in current], "reason": reason},
        act=Authority.ACCEPT_CERTIFICATE,
        customer=lot.order_line.order.customer,
        made_by=[record.recorded_by for record in current],
    )
    return [
        move(
            record,
            verb,
            by=by,
            lots=[lot.number],
            data={"name": words_of(record.proves, record.operation), "reason": reason},
            review_signature=signature,
            review_reason=reason,
        )
        for record in current
    ]


def _content(record: RecordedElsewhere) -> dict:
    """Return what is signed of one record: what it proves, what the paper is, and its exact bytes."""
    return {
        "number": record.number,
        "proves": record.proves,
        "operation": record.operation.sequence if record.operation else None,
        "description": record.description,
        "reference": record.reference,
        "done_on": record.done_on,
        "sha256": record.file.sha256,
    }
