"""Opening lots and signing their steps: every step in order, by the right person, with no piece unaccounted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from portal.domain.errors import NotTheMoment, Refused
from portal.domain.events import record_event
from portal.domain.moves import lock, move
from portal.domain.numbers import next_number
from portal.domain.signatures import sign
from portal.models import Authority, Person, Signature
from routes.domain.amended import require_amendments_decided
from routes.domain.clause_evidence import require_points_released
from routes.domain.holds import require_no_hold
from routes.domain.late_entry import require_late_reason
from routes.domain.lots import (
    SerialsDoNotFit,
    lock_lots,
    quantity_of,
    require_in_house,
    steps_of,
)
from routes.domain.owners import find_owners
from routes.domain.quantities import record_quantity_move as record_quantity_move
from routes.domain.setups import require_differences_decided
from routes.domain.step_contents import signed_content
from routes.domain.words import AlreadyThere, DatesDoNotFit, QuantityNotPossible, require_text
from routes.models import Operation, OrderLine, Piece, QuantityMove, RouteRevision, Traveler, TravelerStep
from routes.permissions import FLOOR, PLANNERS, require_role

# House rule: more may be started than was ordered, for set-up, destructive tests and scrap, but not another order.
OVERRUN_PERCENT, OVERRUN_PIECES = 10, 5
# each such piece is a row with a history of its own, written while somebody waits for the page
MOST_SERIALIZED = 5_000
BY_LATER_ROOMS = {
    Operation.OUTSIDE: "It is signed when its return is verified: receive it and complete its incoming inspection.",
    Operation.INSPECT: "It is signed when its inspection is completed.",
}


class RouteDoesNotFit(Refused):
    """The route is not released, or makes another part revision than was ordered."""

    code = "route-does-not-fit"


class OutOfOrder(NotTheMoment):
    """An earlier step is not signed."""

    code = "out-of-order"


class StepNotSignedByHand(NotTheMoment):
    """The step is completed by its receipt or its inspection."""

    code = "step-not-signed-by-hand"


class QuantityDoesNotClose(Refused):
    """Pieces are missing from the sum."""

    code = "quantity-does-not-close"


class MaterialNotIssued(NotTheMoment):
    """The material step without material."""

    code = "material-not-issued"


class ReworkNotVerified(Refused):
    """Rework without the inspection that proves it."""

    code = "rework-not-verified"


@transaction.atomic
def open_traveler(
    *,
    by: Person,
    order_line: OrderLine,
    route_revision: RouteRevision,
    quantity: int,
    serials: Sequence[str] | None = None,
    purpose: str = Traveler.PRODUCTION,
) -> Traveler:
    """Open a lot of an order line on a released route; its owners become people.

    Units:   pieces; production lots of a line may exceed it by 10 %, at least by 5 pieces.
    Raises:  NotEntitled; RouteDoesNotFit; QuantityNotPossible; SerialsDoNotFit; AlreadyThere for a serial in
             use; OwnerNotFound.
    """
    require_role(by=by, roles=PLANNERS, act="open lots")
    line, route_revision = lock(order_line), lock(route_revision)
    _require_fit(line, route_revision)
    _require_quantity(line, quantity, purpose)
    now = timezone.now()
    traveler = Traveler.objects.create(
        number=next_number("T"),
        route_revision=route_revision,
        order_line=line,
        purpose=purpose,
        quantity_started=quantity,
        opened_at=now,
    )
    named = _make_pieces(traveler, serials, quantity)
    customer = line.order.customer
    for operation in route_revision.operations.order_by("sequence"):
        TravelerStep.objects.create(
            traveler=traveler,
            operation=operation,
            number=f"{traveler.number}-{operation.sequence}-1",
            **find_owners(operation=operation, customer=customer, on=timezone.localdate()),
        )
    record_event(
        by=by,
        verb="open",
        noun="lot",
        number=traveler.number,
        lots=[traveler.number],
        data={
            "order_line": str(line),
            "route": route_revision.number,
            "quantity": quantity,
            "serials": named,
        },
    )
    return traveler


def _require_fit(line: OrderLine, route_revision: RouteRevision) -> None:
    if route_revision.state != RouteRevision.RELEASED:
        raise RouteDoesNotFit(
            f"Route {route_revision.number} is {route_revision.get_state_display().lower()}; "
            "a lot is opened on a released route only. Release it, or choose the released revision."
        )
    if route_revision.part_revision_id != line.part_revision_id:
        raise RouteDoesNotFit(
            f"Order line {line} asks for {line.part_revision}, route {route_revision.number} makes "
            f"{route_revision.part_revision}. Choose the route of the ordered revision."
        )


def _require_quantity(line: OrderLine, quantity: int, purpose: str) -> None:
    if quantity < 1:
        raise QuantityNotPossible(f"A lot of order line {line} must hold at least 1 piece.")
    if purpose != Traveler.PRODUCTION:
        return
    lots = Traveler.objects.filter(order_line=line, purpose=Traveler.PRODUCTION).with_quantity()
    begun = sum(lots.values_list("quantity_now", flat=True))
    # rounded up: a line of one piece may still start a spare
    most = line.quantity + max(OVERRUN_PIECES, -(-line.quantity * OVERRUN_PERCENT // 100))
    if begun + quantity > most:
        raise QuantityNotPossible(
            f"Order line {line} asks for {line.quantity} pieces and {begun} are in lots already; with {quantity} more "
            f"it would pass {most}, the most that may be started. Open a smaller lot."
        )


def _make_pieces(traveler: Traveler, serials: Sequence[str] | None, quantity: int) -> list[str]:
    part = traveler.route_revision.part_revision.part
    named = [text for text in (serial.strip() for serial in serials or ()) if text]
    if not part.is_serialized:
        if named:
            raise SerialsDoNotFit(f"Part {part.number} carries no serial numbers. Leave them out.")
        return []
    if quantity > MOST_SERIALIZED:
        raise QuantityNotPossible(
            f"Part {part.number} is serialised and a lot of it holds at most {MOST_SERIALIZED:,} pieces; "
            f"{quantity:,} are asked for. Open several lots."
        )
    named = named or _next_serials(part, quantity)
    if len(set(named)) != quantity or len(named) != quantity:
        raise SerialsDoNotFit(
            f"The lot holds {quantity} pieces and {len(set(named))} different serials are named. "
            "Name one serial a piece, or none to have them numbered on."
        )
    taken = list(Piece.objects.filter(part=part, serial__in=named).values_list("serial", flat=True))
    if taken:
        raise AlreadyThere(
            f"Part {part.number} has pieces with serial {', '.join(sorted(taken))} already. Choose others."
        )
    for position, serial in enumerate(named, start=1):
        Piece.objects.create(traveler=traveler, part=part, serial=serial, position=position)
    return named


def _next_serials(part, quantity: int) -> list[str]:
    """Number on from the highest plain number in use, under a lock of the part."""
    lock(part)
    used = part.pieces.filter(serial__regex=r"^[0-9]{1,12}$").values_list("serial", flat=True)
    last = max((int(serial) for serial in used), default=0)
    return [f"{number:04d}" for number in range(last + 1, last + quantity + 1)]


@transaction.atomic
def sign_step(
    *,
    by: Person,
    step: TravelerStep,
    token: str,
    quantity_out: int | None = None,
    at: datetime | None = None,
    late_reason: str = "",
) -> TravelerStep:
    """Sign a production step as done.

    1. every earlier step of the lot is done, its history before a split included;
    2. no hold stops the lot, no point of the customer, no open amendment and no undecided difference of its setup the
       step; outside and inspection steps are left to their receipt and inspection;
    3. in = out + what left the lot at this step.

    Units:   pieces; `at` is when the work was done, if it is entered late.
    Raises:  NotEntitled; StepNotSignedByHand; OutOfOrder; LotOnHold; PointNotReleased; LotHasLeft;
             AmendmentUndecided; MaterialNotIssued; DifferenceUndecided; QuantityDoesNotClose; DatesDoNotFit;
             LateWithoutReason for work
             done more than a day ago; NotTheMoment when it is signed; CredentialRefused.
    Source:  AS9100D 8.5.1 and 8.5.2; 21 CFR 11.200 for the signature.
    """
    require_role(by=by, roles=FLOOR, act="sign steps")
    kind = step.operation.kind
    if kind in BY_LATER_ROOMS:
        raise StepNotSignedByHand(
            f"Step {step.number} {step.operation.name} is not signed by hand. {BY_LATER_ROOMS[kind]}"
        )
    lot, current = _locked(step)
    if kind == Operation.MATERIAL and lot.material_lot_id is None:
        raise MaterialNotIssued(
            f"Lot {lot.number} has no material yet. Issue a heat to it, then sign the step."
        )
    if kind == Operation.MACHINE:
        require_differences_decided(lot, current)
    out, came_in, moment = _check(lot, current, quantity_out, at)
    what = f"Step {current.number} {current.operation.name}"
    late_reason = require_late_reason(what, moment, late_reason)
    signature = sign(
        by=by,
        token=token,
        meaning=Signature.PERFORMED,
        noun="step",
        number=current.number,
        content=signed_content(lot, current, came_in, out, moment, late_reason),
        act=Authority.SIGN_STEP,
        customer=lot.order_line.order.customer,
    )
    return _finish(
        lot,
        current,
        by=by,
        signature=signature,
        came_in=came_in,
        out=out,
        moment=moment,
        late_reason=late_reason,
    )


@transaction.atomic
def complete_step(
    *,
    by: Person,
    step: TravelerStep,
    signature: Signature,
    quantity_out: int | None = None,
    at: datetime | None = None,
) -> TravelerStep:
    """Complete an outside or inspection step with the signature that accepted its receipt or its results.

    Called by the acceptance of a return and the completion of an inspection only.
    Raises:  NotEntitled; OutOfOrder; LotOnHold; PointNotReleased; AmendmentUndecided; LotHasLeft;
             QuantityDoesNotClose; DatesDoNotFit; NotTheMoment for a step signed by hand or signed before.
    """
    require_role(by=by, roles=FLOOR, act="complete steps")
    if step.operation.kind not in BY_LATER_ROOMS:
        raise NotTheMoment(f"Step {step.number} {step.operation.name} is signed by whoever did it.")
    lot, current = _locked(step)
    out, came_in, moment = _check(lot, current, quantity_out, at)
    return _finish(lot, current, by=by, signature=signature, came_in=came_in, out=out, moment=moment)


def _locked(step: TravelerStep) -> tuple[Traveler, TravelerStep]:
    [lot] = lock_lots([step.traveler.number])
    return lot, lock(step)


def _check(
    lot: Traveler, step: TravelerStep, quantity_out: int | None, at: datetime | None
) -> tuple[int, int, datetime]:
    """Return pieces out, pieces in and the moment, when the step may be signed."""
    require_in_house(lot, "signing a step")
    if step.state != TravelerStep.WAITING:
        raise NotTheMoment(f"Step {step.number} {step.operation.name} is signed already. Reload the page.")
    steps = steps_of(lot)
    before = [other for other in steps if other.operation.sequence < step.operation.sequence]
    for other in before:
        if other.state not in TravelerStep.DONE:
            raise OutOfOrder(
                f"Step {step.number} {step.operation.name} comes after {other.number} {other.operation.name}, "
                f"which is not signed. Sign the steps of lot {lot.number} in order."
            )
    require_no_hold(lot)
    require_points_released(lot, step)
    require_amendments_decided(lot, step)
    return (*_quantities(lot, step, quantity_out), _moment(lot, step, before, at))


def _quantities(lot: Traveler, step: TravelerStep, quantity_out: int | None) -> tuple[int, int]:
    held = quantity_of(lot)
    out = held if quantity_out is None else quantity_out
    if out != held:
        raise QuantityDoesNotClose(
            f"Lot {lot.number} holds {held} pieces; step {step.number} would pass on {out}. "
            "Record first what became of the others (scrapped, destroyed, retained, count corrected)."
        )
    left_here = QuantityMove.objects.filter(step=step).aggregate(total=Sum("quantity"))["total"] or 0
    return out, out + left_here


def _moment(lot: Traveler, step: TravelerStep, before: list[TravelerStep], at: datetime | None) -> datetime:
    now = timezone.now()
    if at is None:
        return now
    earliest = max([lot.opened_at, *(other.signed_at for other in before if other.signed_at)])
    if not earliest <= at <= now:
        raise DatesDoNotFit(
            f"Step {step.number} cannot have been done at {at:%-d %b %Y %H:%M} UTC: the step before it was done at "
            f"{earliest:%-d %b %Y %H:%M} UTC, and a moment to come is not over yet. Correct the moment."
        )
    return at


def _finish(
    lot: Traveler,
    step: TravelerStep,
    *,
    by: Person,
    signature: Signature,
    came_in: int,
    out: int,
    moment: datetime,
    late_reason: str = "",
) -> TravelerStep:
    signed = move(
        step,
        "sign",
        by=by,
        lots=[lot.number],
        data={
            "operation": step.operation.name,
            "quantity_in": came_in,
            "quantity_out": out,
            "done_at": moment,
            **({"reason": late_reason} if late_reason else {}),
        },
        late_reason=late_reason,
        quantity_in=came_in,
        quantity_out=out,
        signature=signature,
        signed_at=moment,
    )
    complete_when_done(by=by, lot=lot)
    return signed


def complete_when_done(*, by: Person, lot: Traveler) -> None:
    """Complete a locked lot once no step of it waits; called by what signs or passes over a step."""
    if all(other.state in TravelerStep.DONE for other in steps_of(lot)):
        move(lot, "complete", by=by, lots=[lot.number])


@transaction.atomic
def add_rework_pass(
    *, by: Person, traveler: Traveler, operation_sequences: Sequence[int], reason: str
) -> list[TravelerStep]:
    """Repeat operations of a lot in a further pass; a complete lot is open again.

    Called by what a second person signed already, such as the disposition of a nonconformance.
    Raises:  NotEntitled; LotHasLeft; NotTheMoment for an operation not on the lot or not signed yet;
             ReworkNotVerified when a later inspection already passed and is not repeated; Incomplete.
    Source:  AS9100D 8.7.1 (verification after nonconforming outputs are corrected).
    """
    require_role(by=by, roles=PLANNERS, act="order rework")
    [lot] = lock_lots([traveler.number])
    require_in_house(lot, "rework")
    reason = require_text(reason, f"Say why lot {lot.number} is reworked.")
    return repeat_operations(by=by, lot=lot, operation_sequences=operation_sequences, reason=reason)


def repeat_operations(
    *, by: Person, lot: Traveler, operation_sequences: Sequence[int], reason: str
) -> list[TravelerStep]:
    """Open a further pass of operations of a locked lot; who may, and why, was asked by the caller.

    Raises:  NotTheMoment; ReworkNotVerified.
    """
    by_sequence = {step.operation.sequence: step for step in steps_of(lot)}
    wanted = sorted(set(operation_sequences))
    require_rework_possible(lot, by_sequence, wanted)
    if lot.state == Traveler.COMPLETE:
        lot = move(lot, "reopen", by=by, lots=[lot.number], data={"reason": reason})
    added = [_repeat(lot, by_sequence[sequence]) for sequence in wanted]
    record_event(
        by=by,
        verb="rework",
        noun="lot",
        number=lot.number,
        lots=[lot.number],
        data={"operations": wanted, "reason": reason, "steps": [step.number for step in added]},
    )
    return added


def require_rework_possible(lot: Traveler, by_sequence: dict[int, TravelerStep], wanted: list[int]) -> None:
    """Refuse to repeat operations that were not done, or whose repetition nobody would inspect.

    Raises:  NotTheMoment; ReworkNotVerified.
    """
    if not wanted:
        raise ReworkNotVerified(f"Name at least one operation of lot {lot.number} to repeat.")
    for sequence in wanted:
        step = by_sequence.get(sequence)
        if step is None or step.state not in TravelerStep.DONE:
            why = "is not on it" if step is None else "is not signed yet, so it is still to be done"
            raise NotTheMoment(
                f"Operation {sequence} of lot {lot.number} {why}. Choose operations that were done."
            )
    later = [
        step
        for sequence, step in sorted(by_sequence.items())
        if sequence >= wanted[-1] and step.operation.kind == Operation.INSPECT
    ]
    is_verified = any(
        step.state == TravelerStep.WAITING or step.operation.sequence in wanted for step in later
    )
    if later and not is_verified:
        first = later[0].operation
        raise ReworkNotVerified(
            f"After this rework of lot {lot.number} nobody would inspect it again. "
            f"Repeat operation {first.sequence} {first.name} too."
        )


def _repeat(lot: Traveler, step: TravelerStep) -> TravelerStep:
    owners = find_owners(
        operation=step.operation, customer=lot.order_line.order.customer, on=timezone.localdate()
    )
    return TravelerStep.objects.create(
        traveler=lot,
        operation=step.operation,
        number=f"{lot.number}-{step.operation.sequence}-{step.pass_number + 1}",
        pass_number=step.pass_number + 1,
        **owners,
    )
