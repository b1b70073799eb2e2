"""Inspections: opened with a frozen plan, completed when every planned value is there."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from inspection.domain.drift_alarms import ask_for_review, tightened
from inspection.domain.measurements import record_serials
from inspection.domain.nonconformances import open_on_lot
from inspection.domain.record_contents import content_of, values_of
from inspection.domain.sampling.judging import Judgement, judge, lacking
from inspection.domain.sampling.judging import pieces_wanted as pieces_wanted
from inspection.domain.sampling.planning import settle
from inspection.domain.sampling.series import FOLLOWED, note_outcomes, work_of
from inspection.models import InspectionRecord, Measurement, SamplingState
from portal.domain.errors import Incomplete, NotTheMoment
from portal.domain.events import record_event
from portal.domain.moves import lock, move
from portal.domain.numbers import next_number
from portal.domain.signatures import sign
from portal.models import Authority, Organization, Person, Signature
from portal.permissions import require_inspector, require_quality
from routes.domain.finish_plans import windows_frozen
from routes.domain.lots import current_step, lock_lots, quantity_of
from routes.domain.travelers import complete_step
from routes.models import Operation, PlannedCheck, TravelerStep
from subcontract.domain.receipts import accept_receipt, receipts_of
from subcontract.models import Receipt


@dataclass(frozen=True)
class ReceiptAnswers:
    """What incoming verification found: count, identity, damage."""

    is_count_right: bool
    is_identity_right: bool
    is_undamaged: bool


@transaction.atomic
def open_inspection(*, by: Person, step: TravelerStep, kind: str) -> InspectionRecord:
    """Open an inspection of the lot's present step, its plan frozen from the route.

    Raises:  NotTheMoment when the step is not the lot's next one, is inspected already, or nothing came back yet;
             Incomplete when the kind does not fit the operation.
    Source:  the plan is stored with the inspection (release rule 47).
    """
    require_inspector(by, "open inspections")
    lock_lots([step.traveler.number])
    _require_kind_fits(step, kind)
    _require_step_is_next(step)
    if InspectionRecord.objects.filter(step=step, state=InspectionRecord.OPEN).exists():
        raise NotTheMoment(
            f"Operation {step.operation.sequence} of {step.traveler.number} has an open inspection."
        )
    if kind == InspectionRecord.INCOMING and receipt_of(step) is None:
        raise NotTheMoment(
            f"Nothing has come back of {step.traveler.number} yet. Receive it on its outside order first."
        )
    record = InspectionRecord.objects.create(
        number=next_number("I"),
        kind=kind,
        traveler=step.traveler,
        step=step,
        plan=tightened(plan_of(step), part_id=step.operation.route_revision.part_revision.part_id),
        lot_size=quantity_of(step.traveler),
        inspector=by,
        opened_at=timezone.now(),
    )
    record_event(
        by=by,
        verb="open",
        noun="inspection",
        number=record.number,
        lots=[step.traveler.number],
        data={"kind": kind, "plan": record.plan},
    )
    return record


def _require_kind_fits(step: TravelerStep, kind: str) -> None:
    is_outside = step.operation.kind == Operation.OUTSIDE
    if is_outside != (kind == InspectionRecord.INCOMING):
        wanted = "incoming" if is_outside else "in-process or final"
        raise Incomplete(
            f"Operation {step.operation.sequence} {step.operation.name} takes an {wanted} inspection."
        )
    if not is_outside and step.operation.kind != Operation.INSPECT:
        raise Incomplete(f"Operation {step.operation.sequence} {step.operation.name} is not an inspection.")


def _require_step_is_next(step: TravelerStep) -> None:
    present = current_step(step.traveler)
    if present is None or present.pk != step.pk:
        stands = f"operation {present.operation.sequence} {present.operation.name}" if present else "its end"
        raise NotTheMoment(f"Lot {step.traveler.number} stands at {stands}; inspect that first.")


def plan_of(step: TravelerStep) -> list[dict]:
    """Return the plan of a step, to be frozen: one row a planned check, with pieces, limits and standard settled.

    Raises:  KeyCharacteristic for a marked characteristic on a plan it may not have.
    """
    route, size = step.traveler.route_revision, quantity_of(step.traveler)
    checks = PlannedCheck.objects.filter(operation=step.operation).select_related("characteristic")
    windows = windows_frozen(route)
    series: dict[str, SamplingState] = {}
    plan = []
    for check in checks:
        row = {
            "characteristic": str(check.characteristic.uuid),
            "balloon": check.characteristic.balloon,
            "side": check.side,
            "rule": check.sampling_rule,
            "sample_size": check.sample_size,
        }
        if check.sampling_rule in FOLLOWED and check.defect_class not in series:
            series[check.defect_class] = work_of(step, _worker_of(step), check.defect_class, route)
        if check.sampling_rule in PlannedCheck.SETTLED_LATER:
            followed = series[check.defect_class] if check.sampling_rule in FOLLOWED else None
            row |= settle(check, lot=step.traveler.number, lot_size=size, series=followed)
        if check.side == PlannedCheck.BEFORE and check.characteristic_id in windows:
            row["window"] = windows[check.characteristic_id]
        plan.append(row)
    return plan


def _worker_of(step: TravelerStep) -> Organization | None:
    """Return the vendor whose work a step verifies; nobody for the shop's own."""
    receipt = receipt_of(step) if step.operation.kind == Operation.OUTSIDE else None
    return receipt.line.order.site.organization if receipt else None


def receipt_of(step: TravelerStep) -> Receipt | None:
    """Return the return that brought the pieces of this step home; a lot split off since inherits it."""
    back = [
        receipt
        for receipt in receipts_of(step.traveler)
        if receipt.line.step.operation_id == step.operation_id
        and receipt.line.step.pass_number == step.pass_number
    ]
    return back[-1] if back else None


def receipt_to_verify(step: TravelerStep) -> Receipt | None:
    """Return the return of this step that nobody has verified yet."""
    receipt = receipt_of(step)
    return receipt if receipt and not receipt.acceptance_signature_id else None


def missing_values(record: InspectionRecord) -> list[str]:
    """Name every planned characteristic that has fewer standing values than the plan asks for.

    Pieces that were set apart since the inspection opened are no longer asked for. Of the customer's own inspection
    nothing is asked.
    """
    if record.kind == InspectionRecord.CUSTOMER:
        return []
    return [words for planned, judged in judgements_of(record) if (words := lacking(planned, judged))]


def judgements_of(record: InspectionRecord) -> list[tuple[dict, Judgement]]:
    """Return each row of the frozen plan with what its standing values say of it."""
    present = set(record_serials(record))
    lot_size = quantity_of(record.traveler)
    measured: dict[str, set[str]] = {}
    failing: dict[str, set[str]] = {}
    rows = values_of(record).values_list("characteristic__uuid", "serial", "verdict")
    for uuid, serial, verdict in rows:
        measured.setdefault(str(uuid), set()).add(serial)
        if verdict == Measurement.FAIL:
            failing.setdefault(str(uuid), set()).add(serial)
    return [
        (
            planned,
            judge(
                planned,
                lot_size=lot_size,
                present=present,
                measured=measured.get(planned["characteristic"], set()),
                failing=failing.get(planned["characteristic"], set()),
            ),
        )
        for planned in record.plan
    ]


@transaction.atomic
def complete(
    *, by: Person, record: InspectionRecord, token: str, receipt_answers: ReceiptAnswers | None = None
) -> InspectionRecord:
    """Accept what was inspected, sign it, and sign the step it stands for.

    1. every planned value is there; 2. no failing piece stands undecided in this lot;
    3. incoming: count, identity and damage are answered, all three rightly, onto the receipt;
    4. signature, then the step of the traveler by the same signature.

    Raises:  Incomplete naming each missing value or answer; NotTheMoment while a nonconformance is open;
             NotEntitled without authority to inspect.
    """
    lock_lots([record.traveler.number])
    record = lock(record)
    if record.kind == InspectionRecord.CUSTOMER:
        raise NotTheMoment(
            f"{record.number} is the customer's own inspection: it stands beside ours and closes nothing. "
            f"Complete our inspection of {record.traveler.number}."
        )
    if missing := missing_values(record):
        raise Incomplete(f"{record.number} lacks values by its plan: {'; '.join(missing)}. Enter them first.")
    if undecided := open_on_lot(record.traveler):
        names = ", ".join(nonconformance.number for nonconformance in undecided)
        raise NotTheMoment(
            f"Lot {record.traveler.number} has undecided nonconformances: {names}. Decide them first."
        )
    signature = sign(
        by=by,
        token=token,
        meaning=Signature.ACCEPTED,
        noun="inspection",
        number=record.number,
        content=content_of(record),
        act=Authority.INSPECT,
        customer=record.traveler.order_line.order.customer,
    )
    if record.kind == InspectionRecord.INCOMING:
        _accept_return(by, record, receipt_answers, signature)
    completed = move(
        record,
        "complete",
        by=by,
        lots=[record.traveler.number],
        completion_signature=signature,
        completed_at=signature.signed_at,
    )
    note_outcomes(record=completed, judged=judgements_of(completed))
    complete_step(by=by, step=record.step, signature=signature, quantity_out=quantity_of(record.traveler))
    ask_for_review(completed)
    return completed


def _accept_return(
    by: Person, record: InspectionRecord, answers: ReceiptAnswers | None, signature: Signature
) -> None:
    receipt = receipt_to_verify(record.step)
    if receipt is None:
        # a lot set apart after the return was verified: count, identity and damage were answered with it
        return
    if answers is None:
        raise Incomplete(f"{record.number} verifies a return: answer for count, identity and damage.")
    wrong = [
        words
        for words, is_right in (
            ("the count", answers.is_count_right),
            ("the identity", answers.is_identity_right),
            ("the condition", answers.is_undamaged),
        )
        if not is_right
    ]
    if wrong:
        raise NotTheMoment(
            f"{' and '.join(wrong).capitalize()} of the return on {receipt.line} is not right, so "
            f"{record.traveler.number} may not go on. Open a nonconformance for the pieces it touches."
        )
    accept_receipt(
        by=by,
        receipt=receipt,
        is_count_right=answers.is_count_right,
        is_identity_right=answers.is_identity_right,
        is_undamaged=answers.is_undamaged,
        signature=signature,
    )


@transaction.atomic
def void(*, by: Person, record: InspectionRecord, reason: str) -> InspectionRecord:
    """Set an inspection aside with its reason; a completed one only by quality, and not once its lot went on.

    Raises:  Incomplete without a reason; NotTheMoment when the step it signed has been built upon.
    """
    require_quality(by, "void inspections")
    if not reason.strip():
        raise Incomplete(f"Say why {record.number} is set aside; the reason is kept with it.")
    if record.state == InspectionRecord.COMPLETED:
        raise NotTheMoment(
            f"{record.number} signed operation {record.step.operation.sequence} of {record.traveler.number}. "
            "Open a rework pass to inspect again."
        )
    return move(record, "void", by=by, lots=[record.traveler.number], void_reason=reason.strip())
