"""Asking the design authority: a concession for what was made, a permit for what is about to be made.

The customer's quality people decide in the browser and sign; the decision makes the concession. A customer without a
log-in answers on paper, which quality records on the nonconformance itself.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from inspection.domain.nonconformances import pieces_left
from inspection.domain.passing_contents import decision_content
from inspection.models import Concession, ConcessionRequest, Nonconformance
from portal.domain.errors import Incomplete, NotEntitled, NotTheMoment, Refused
from portal.domain.events import record_event
from portal.domain.moves import lock, move
from portal.domain.numbers import next_number
from portal.domain.signatures import sign
from portal.models import Person, Signature, StoredFile
from portal.permissions import require_quality
from routes.domain.lots import lock_lots
from routes.models import OrderLine, Traveler


class BeyondWhatWasAsked(Refused):
    """The customer would grant what nobody asked for."""

    code = "beyond-what-was-asked"


class PermitUsedUp(Refused):
    """A deviation permit does not reach for these pieces."""

    code = "permit-used-up"


@transaction.atomic
def request_concession(
    *,
    by: Person,
    nonconformance: Nonconformance,
    proposal: str,
    justification: str,
    description: str = "",
    attachment: StoredFile | None = None,
) -> ConcessionRequest:
    """Ask the customer whether the pieces of a nonconformance may be used as they are, or repaired.

    description: what departs from what; the nonconformance's own words where nothing is said.
    Units:   pieces; all that still stand in its lot are asked for.
    Raises:  NotEntitled; NotTheMoment once it is decided, or while another request is open; Incomplete without a
             justification or pieces.
    Source:  AS9100D 8.7.1 (the organisation responsible for design authorises use-as-is and repair).
    """
    require_quality(by, "ask for concessions")
    [lot] = lock_lots([nonconformance.traveler.number])
    current = lock(nonconformance)
    if current.state != Nonconformance.OPEN:
        raise NotTheMoment(
            f"{current.number} is {current.get_state_display().lower()}; a concession is asked for while it is open."
        )
    standing = current.concession_requests.filter(state=ConcessionRequest.REQUESTED).first()
    if standing:
        raise NotTheMoment(
            f"{standing.number} asks for {current.number} already. Wait for its answer, or withdraw it first."
        )
    quantity, serials = pieces_left(current)
    if quantity < 1:
        raise Incomplete(
            f"No piece of {current.number} stands in lot {lot.number} any more; nothing can be asked for."
        )
    return _ask(
        by,
        customer=lot.order_line.order.customer,
        nonconformance=current,
        proposal=proposal,
        description=description.strip() or current.description,
        justification=justification,
        quantity=quantity,
        serials=serials,
        attachment=attachment,
        lots=[lot.number],
    )


@transaction.atomic
def request_permit(
    *,
    by: Person,
    order_line: OrderLine,
    proposal: str,
    description: str,
    justification: str,
    quantity: int,
    attachment: StoredFile | None = None,
) -> ConcessionRequest:
    """Ask the customer before making: may so many pieces of an order line depart from a requirement?

    Units:   pieces, no more than the line orders.
    Raises:  NotEntitled; Incomplete without a description, a justification, or with pieces that cannot be.
    Source:  AS9100D 8.7.1; a deviation permit is given before making, a concession after.
    """
    require_quality(by, "ask for deviation permits")
    name = f"order {order_line.order.number} line {order_line.line_number}"
    if not description.strip():
        raise Incomplete(f"Say which requirement the pieces of {name} are to depart from, and how far.")
    if not 0 < quantity <= order_line.quantity:
        raise Incomplete(
            f"Line {name} orders {order_line.quantity} pieces; a permit for {quantity} cannot be."
        )
    return _ask(
        by,
        customer=order_line.order.customer,
        order_line=order_line,
        proposal=proposal,
        description=description.strip(),
        justification=justification,
        quantity=quantity,
        attachment=attachment,
        lots=[],
    )


def _ask(by: Person, *, justification: str, proposal: str, lots: list[str], **facts) -> ConcessionRequest:
    if not justification.strip():
        raise Incomplete("Say why the pieces will do all the same; the customer decides by it.")
    if proposal not in dict(ConcessionRequest.PROPOSALS):
        raise Incomplete("Say whether the pieces are to be used as they are, or repaired.")
    request = ConcessionRequest.objects.create(
        number=next_number("CR"),
        proposal=proposal,
        justification=justification.strip(),
        requested_by=by,
        requested_at=timezone.now(),
        **facts,
    )
    about = request.nonconformance or request.order_line.order
    record_event(
        by=by,
        verb="request",
        noun="concession request",
        number=request.number,
        lots=lots,
        data={"reference": about.number, "quantity": request.quantity},
    )
    return request


@transaction.atomic
def grant(
    *,
    by: Person,
    request: ConcessionRequest,
    token: str,
    quantity: int,
    serials: tuple[str, ...] = (),
    valid_to: date | None = None,
    conditions: str = "",
    reference: str = "",
    reason: str = "",
) -> ConcessionRequest:
    """Let the pieces pass, within limits, as the customer; on a nonconformance this makes the concession.

    serials: of serialised pieces those that may pass; none named means those asked for, as far as the quantity goes.
    Units:   pieces; `valid_to` is the last day on which they may be shipped under it.
    Raises:  NotEntitled for anybody but that customer's quality people; NotTheMoment once answered;
             BeyondWhatWasAsked; Incomplete for a quantity or a day that cannot be; CredentialRefused.
    Source:  AS9100D 8.7.1; release rule 43 (quantity and serial limits).
    """
    current, lots = _at_the_customer(by, request, "grant")
    serials = serials or (tuple(current.serials) if quantity == current.quantity else ())
    _require_within(current, quantity, serials, valid_to)
    signature = _sign(
        by,
        current,
        token,
        {
            "decision": "granted",
            "quantity": quantity,
            "serials": list(serials),
            "valid_to": valid_to,
            "conditions": conditions.strip(),
            "reason": reason.strip(),
        },
    )
    granted = move(
        current,
        "grant",
        by=by,
        lots=lots,
        data={"quantity": quantity, "serials": list(serials), "valid_to": valid_to},
        granted_quantity=quantity,
        granted_serials=list(serials),
        valid_to=valid_to,
        conditions=conditions.strip(),
        customer_reference=reference.strip(),
        decision_reason=reason.strip(),
        signature=signature,
    )
    if granted.nonconformance:
        _concede(by, granted, granted.nonconformance, quantity, list(serials))
    return granted


@transaction.atomic
def refuse(*, by: Person, request: ConcessionRequest, token: str, reason: str) -> ConcessionRequest:
    """Say no, as the customer, with the reason the shop reads.

    Raises:  NotEntitled; NotTheMoment once answered; Incomplete without a reason; CredentialRefused.
    """
    current, lots = _at_the_customer(by, request, "refuse")
    if not reason.strip():
        raise Incomplete(f"Say why {current.number} is refused; the shop works by it.")
    signature = _sign(by, current, token, {"decision": "refused", "reason": reason.strip()})
    return move(
        current,
        "refuse",
        by=by,
        lots=lots,
        data={"reason": reason.strip()},
        decision_reason=reason.strip(),
        signature=signature,
    )


@transaction.atomic
def withdraw(*, by: Person, request: ConcessionRequest, reason: str) -> ConcessionRequest:
    """Take a question back before it is answered.

    Raises:  NotEntitled; NotTheMoment once answered; Incomplete without a reason.
    """
    require_quality(by, "withdraw requests")
    if not reason.strip():
        raise Incomplete(f"Say why {request.number} is withdrawn; the customer has seen it.")
    lots = _lock_lot_of(request)
    return move(
        request, "withdraw", by=by, lots=lots, data={"reason": reason.strip()}, decision_reason=reason.strip()
    )


@transaction.atomic
def draw_on_permit(*, by: Person, permit: ConcessionRequest, nonconformance: Nonconformance) -> Concession:
    """Let pieces pass under a deviation permit the customer gave before they were made.

    Raises:  NotEntitled; NotTheMoment when it is no granted permit or has ended, or the nonconformance is decided;
             PermitUsedUp for another order line, or where it has fewer pieces left than stand in the lot.
    Source:  release rule 43: shipped quantity may not exceed what was authorised.
    """
    require_quality(by, "use deviation permits")
    [lot] = lock_lots([nonconformance.traveler.number])
    permit, current = lock(permit), lock(nonconformance)
    if not permit.is_permit or permit.state != ConcessionRequest.GRANTED:
        raise NotTheMoment(f"{permit.number} is no deviation permit the customer has granted.")
    if current.state != Nonconformance.OPEN:
        raise NotTheMoment(f"{current.number} is decided already; a permit is used while it is open.")
    if permit.valid_to and permit.valid_to < timezone.localdate():
        raise NotTheMoment(
            f"{permit.number} ended on {permit.valid_to:%-d %b %Y}. Ask {permit.customer.name} for a concession."
        )
    quantity, serials = pieces_left(current)
    left = left_of(permit)
    if permit.order_line_id != lot.order_line_id or quantity > left:
        other = permit.order_line_id != lot.order_line_id
        why = (
            "is for another order line"
            if other
            else f"has {left} pieces left, {current.number} has {quantity}"
        )
        raise PermitUsedUp(f"{permit.number} {why}. Ask {permit.customer.name} for a concession.")
    return _concede(by, permit, current, quantity, serials)


def left_of(permit: ConcessionRequest) -> int:
    """Return how many pieces a granted permit or concession still lets pass."""
    used = sum(each.quantity_limit for each in permit.concessions.all()) if permit.is_permit else 0
    return (permit.granted_quantity or 0) - used


def shipped_under(nonconformance: Nonconformance) -> int:
    """Return how many pieces of a nonconformance have left, in its lot and in those split from it since.

    Units:   pieces.
    """
    root = nonconformance.traveler.number
    split_since = Q(number__startswith=f"{root}/", split_at__gte=nonconformance.opened_at)
    lots = Traveler.objects.filter(Q(number=root) | split_since, state=Traveler.SHIPPED).with_quantity()
    return min(sum(lot.quantity_now for lot in lots), nonconformance.quantity)


def _concede(
    by: Person, request: ConcessionRequest, nonconformance: Nonconformance, quantity: int, serials: list[str]
) -> Concession:
    signature = request.signature
    concession = Concession.objects.create(
        number=next_number("CN"),
        nonconformance=nonconformance,
        customer_reference=request.customer_reference or request.number,
        decided_by=f"{signature.printed_name}, {signature.title}".rstrip(", ")[:160],
        decided_on=timezone.localdate(signature.signed_at),
        quantity_limit=quantity,
        serials=serials,
        source=Concession.REQUEST,
        request=request,
        valid_to=request.valid_to,
        conditions=request.conditions,
    )
    record_event(
        by=by,
        verb="concede",
        noun="nonconformance",
        number=nonconformance.number,
        lots=[nonconformance.traveler.number],
        data={"concession": concession.number, "reference": request.number, "limit": quantity},
    )
    return concession


def _lock_lot_of(request: ConcessionRequest) -> list[str]:
    if request.nonconformance is None:
        return []
    return [lot.number for lot in lock_lots([request.nonconformance.traveler.number])]


def _at_the_customer(by: Person, request: ConcessionRequest, act: str) -> tuple[ConcessionRequest, list[str]]:
    lots = _lock_lot_of(request)
    current = lock(request)
    is_theirs = by.role == Person.CUSTOMER_QUALITY and by.organization_id == current.customer_id
    if not (is_theirs and by.is_active):
        raise NotEntitled(
            f"{by.printed_name} may not {act} {current.number}; this is for the quality people of "
            f"{current.customer.name}. What they answer on paper is recorded on the nonconformance."
        )
    if current.state != ConcessionRequest.REQUESTED:
        raise NotTheMoment(
            f"{current.number} is {current.get_state_display().lower()} already. Reload the page to see it."
        )
    return current, lots


def _require_within(
    request: ConcessionRequest, quantity: int, serials: tuple[str, ...], valid_to: date | None
) -> None:
    if quantity < 1:
        raise Incomplete(f"{request.number} is granted for at least 1 piece, or refused.")
    if quantity > request.quantity:
        raise BeyondWhatWasAsked(
            f"{request.number} asks for {request.quantity} pieces; {quantity} cannot be granted. Grant what was asked, "
            "or less."
        )
    if strangers := sorted(set(serials) - set(request.serials)):
        raise BeyondWhatWasAsked(
            f"{request.number} does not ask for {', '.join(strangers)}; it asks for "
            f"{', '.join(request.serials) or 'pieces without serials'}."
        )
    if request.serials and len(set(serials)) != quantity:
        raise Incomplete(
            f"{request.number} is about serials: name the {quantity} that may pass, of "
            f"{', '.join(request.serials)}."
        )
    if valid_to is not None and valid_to < timezone.localdate():
        raise Incomplete(f"{valid_to:%-d %b %Y} has passed; {request.number} cannot be granted until then.")


def _sign(by: Person, request: ConcessionRequest, token: str, decision: dict) -> Signature:
    return sign(
        by=by,
        token=token,
        meaning=Signature.APPROVED,
        noun="concession request",
        number=request.number,
        content=decision_content(request, decision),
    )
