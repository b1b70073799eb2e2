"""Outside orders: drafted, issued to an approved vendor, shipped, returned, closed."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from portal.domain.errors import Incomplete, NotTheMoment
from portal.domain.events import record_event
from portal.domain.moves import lock, move
from portal.domain.numbers import next_number
from portal.domain.signatures import sign
from portal.models import Authority, Organization, Person, Signature, Site
from portal.permissions import require_quality, require_shop
from routes.domain.clause_evidence import require_points_released
from routes.domain.holds import require_no_hold
from routes.domain.lots import current_step, lock_lots, quantity_of, serials_of
from routes.models import Operation, TravelerStep
from subcontract.domain.approvals import Need, require_scope
from subcontract.domain.custody import hand_over, holder_of
from subcontract.domain.exports import require_may_go
from subcontract.domain.flowdown import (
    FlowdownIncomplete,
    content_of_flowdown,
    derive,
    require_not_amended,
    require_reviewed,
)
from subcontract.domain.vendor_reviews import require_no_refusal
from subcontract.domain.vendor_statements import require_undisputed
from subcontract.models import OutsideOrder, OutsideOrderLine


@transaction.atomic
def draft_order(
    *, by: Person, site: Site, ordered_on: date, due_on: date, certificate_content: str = ""
) -> OutsideOrder:
    """Begin an order to one site of a vendor.

    Raises:  Incomplete when it would be due before it is ordered, or the site is not a vendor's.
    """
    require_quality(by, "draft outside orders")
    if site.organization.kind != "vendor":
        raise Incomplete(f"{site} is not a vendor's site. Choose the vendor's site that will do the work.")
    if due_on < ordered_on:
        raise Incomplete(f"The order would be due on {due_on}, before it is ordered on {ordered_on}.")
    order = OutsideOrder.objects.create(
        number=next_number("PO"),
        site=site,
        ordered_on=ordered_on,
        due_on=due_on,
        certificate_content=certificate_content,
        author=by,
    )
    record_event(by=by, verb="draft", noun="outside order", number=order.number, data={"site": str(site)})
    return order


@transaction.atomic
def add_line(*, by: Person, order: OutsideOrder, step: TravelerStep, flowdown: str = "") -> OutsideOrderLine:
    """Put one lot's outside step on a draft order, its specification copied exactly from the route.

    A lot goes out whole: to send some of its pieces, split it first.

    Raises:  NotTheMoment when the order is not a draft or the step is signed or on another order;
             Incomplete when the step is not an outside operation;
             LabelForbids when the part's label does not let it go to this site on the order date.
    """
    require_quality(by, "draft outside orders")
    lock_lots([step.traveler.number])
    order = lock(order)
    operation = step.operation
    _require_open_outside_step(order, step, operation)
    require_may_go(traveler=step.traveler, site=order.site, on=order.ordered_on)
    line = OutsideOrderLine.objects.create(
        order=order,
        line_number=order.lines.count() + 1,
        traveler=step.traveler,
        step=step,
        quantity=quantity_of(step.traveler),
        specification=operation.specification,
        spec_type=operation.spec_type,
        spec_class=operation.spec_class,
        material_condition=material_condition_of(step),
        flowdown=flowdown or operation.instructions,
    )
    derive(line)
    record_event(
        by=by, verb="add line to", noun="outside order", number=order.number, lots=[step.traveler.number]
    )
    return line


def _require_open_outside_step(order: OutsideOrder, step: TravelerStep, operation: Operation) -> None:
    if order.state != OutsideOrder.DRAFT:
        raise NotTheMoment(
            f"Outside order {order.number} is {order.get_state_display().lower()}; draft a new order for this lot."
        )
    if operation.kind != Operation.OUTSIDE:
        raise Incomplete(f"Operation {operation.sequence} of {step.traveler.number} is done in the house.")
    if step.state in TravelerStep.DONE:
        raise NotTheMoment(
            f"Operation {operation.sequence} of {step.traveler.number} is {step.get_state_display().lower()} already."
        )
    held = OutsideOrderLine.objects.filter(step=step).exclude(order__state=OutsideOrder.CANCELLED)
    if other := held.select_related("order").first():
        raise NotTheMoment(
            f"Operation {operation.sequence} of {step.traveler.number} is on outside order {other.order.number}."
        )


def material_condition_of(step: TravelerStep) -> str:
    """Return the alloy and temper the pieces are in: the lot's material, else the route's material operation."""
    if step.traveler.material_lot_id:
        return step.traveler.material_lot.condition
    operations = step.operation.route_revision.operations.filter(kind=Operation.MATERIAL)
    return next((operation.material_condition for operation in operations), "")


def need_of(line: OutsideOrderLine, *, on: date) -> Need:
    """Say what the site must be approved for to do this line on that day."""
    return Need(
        site=line.order.site,
        process=line.specification.process,
        spec_number=line.specification.number,
        spec_revision=line.specification.revision,
        spec_type=line.spec_type,
        spec_class=line.spec_class,
        material=line.material_condition,
        customer=line.traveler.order_line.order.customer,
        on=on,
    )


@transaction.atomic
def issue(*, by: Person, order: OutsideOrder, token: str) -> OutsideOrder:
    """Issue an order to its vendor: every line complete, every attribute of the scope matched on the order date.

    Raises:  Incomplete without lines; FlowdownIncomplete naming what a line lacks, or the first item of the review
             nobody decided;
             VendorNotApproved naming the attributes that do not match; NoNewOrders after a review that ended so;
             LabelForbids; NotEntitled without authority.
    Source:  AS9100D 8.4.1 and 8.4.3; release rules 21, 23 and 60.
    """
    require_quality(by, "issue outside orders")
    order = lock(order)
    lines = list(
        order.lines.select_related("specification", "traveler__order_line__order__customer", "order__site")
    )
    if not lines:
        raise Incomplete(f"Outside order {order.number} has no line. Add the lots that go out first.")
    require_no_refusal(order.site.organization)
    for line in lines:
        _require_flowdown(line)
        require_may_go(traveler=line.traveler, site=order.site, on=order.ordered_on)
        require_scope(need_of(line, on=order.ordered_on))
    if not order.certificate_content.strip():
        raise FlowdownIncomplete(
            f"Outside order {order.number} does not say what the certificate must state. Write it into the order."
        )
    for line in lines:
        require_reviewed(line)
    signature = sign(
        by=by,
        token=token,
        meaning=Signature.APPROVED,
        noun="outside order",
        number=order.number,
        content=content_of(order, lines),
        act=Authority.ORDER_OUTSIDE,
    )
    return move(
        order, "issue", by=by, lots=[line.traveler.number for line in lines], issue_signature=signature
    )


def _require_flowdown(line: OutsideOrderLine) -> None:
    wanted = [
        ("the specification's revision", line.specification.revision),
        ("the type", line.spec_type or not line.specification.types),
        ("the class", line.spec_class or not line.specification.classes),
        ("the material's alloy and condition", line.material_condition),
    ]
    if missing := [words for words, value in wanted if not value]:
        raise FlowdownIncomplete(
            f"Line {line.line_number} of {line.order.number} ({line.traveler.number}, {line.specification}) lacks "
            f"{', '.join(missing)}. Complete the route's operation and add the line again."
        )


def content_of(order: OutsideOrder, lines: list[OutsideOrderLine]) -> dict:
    """Return what the issue signature covers."""
    return {
        "site": str(order.site),
        "ordered_on": order.ordered_on,
        "due_on": order.due_on,
        "certificate_content": order.certificate_content,
        "lines": [
            {
                "line": line.line_number,
                "lot": line.traveler.number,
                "quantity": line.quantity,
                "specification": str(line.specification),
                "type": line.spec_type,
                "class": line.spec_class,
                "material": line.material_condition,
                "flowdown": line.flowdown,
                "items": content_of_flowdown(line),
            }
            for line in lines
        ],
    }


@transaction.atomic
def ship(*, by: Person, order: OutsideOrder, shipped_on: date, document: str = "") -> OutsideOrder:
    """Hand every line's pieces to the vendor's site.

    Raises:  NotTheMoment when a lot has an earlier step unsigned or was counted anew since; LotOnHold;
             PointNotReleased; OrderAmendedSince when the customer asks by now what the vendor was not told;
             VendorNotApproved or LabelForbids when what let it go there ended since the order.
    """
    require_shop(by, "ship pieces to vendors")
    order = require_issued(lock(order))
    lines = list(order.lines.select_related("traveler", "step__operation").order_by("traveler__number"))
    lock_lots([line.traveler.number for line in lines])
    for line in lines:
        _require_ready_to_leave(order, line, shipped_on)
        hand_over(
            by=by,
            line=line,
            traveler=line.traveler,
            to_site=order.site,
            quantity=line.quantity,
            moved_on=shipped_on,
            document=document,
            serials=tuple(serials_of(line.traveler)),
        )
    lots = [line.traveler.number for line in lines]
    return move(order, "ship", by=by, lots=lots, data={"on": shipped_on, "document": document})


def require_issued(order: OutsideOrder) -> OutsideOrder:
    """Return an order that may leave.

    Raises:  NotTheMoment for one that is not issued, or has left.
    """
    if order.state != OutsideOrder.ISSUED:
        raise NotTheMoment(
            f"Outside order {order.number} is {order.get_state_display().lower()}; only an issued order is shipped."
        )
    return order


def _require_ready_to_leave(order: OutsideOrder, line: OutsideOrderLine, shipped_on: date) -> None:
    lot = line.traveler
    step = current_step(lot)
    if step is None or step.pk != line.step_id:
        at = f"operation {step.operation.sequence} {step.operation.name}" if step else "its end"
        raise NotTheMoment(
            f"Lot {lot.number} stands at {at}; operation {line.step.operation.sequence} is not next. "
            "Sign the earlier steps first."
        )
    if (holder := holder_of(lot)) and holder.organization.kind != Organization.SHOP:
        raise NotTheMoment(
            f"The pieces of lot {lot.number} are at {holder}, not in the house. Send them on from there."
        )
    require_may_leave(order, line, shipped_on)


def require_may_leave(order: OutsideOrder, line: OutsideOrderLine, on: date) -> None:
    """Refuse to hand a line's pieces to the order's site on a day when something forbids it, wherever they are.

    Raises:  NotTheMoment for a day before the order, or when the lot was counted anew; LotOnHold; PointNotReleased;
             OrderAmendedSince; OrderDisputed by the vendor; LabelForbids; VendorNotApproved.
    """
    lot = line.traveler
    require_undisputed(line)
    if on < order.ordered_on:
        raise NotTheMoment(f"{order.number} was ordered on {order.ordered_on}; it cannot have left on {on}.")
    require_no_hold(lot)
    # what a customer wants to see before this work is done here or elsewhere
    require_points_released(lot, line.step)
    require_not_amended(line)
    require_may_go(traveler=lot, site=order.site, on=on)
    require_scope(need_of(line, on=on))
    if (now := quantity_of(lot)) != line.quantity:
        raise NotTheMoment(
            f"{order.number} orders {line.quantity} pieces of {lot.number}, which now has {now}. "
            "Cancel the order and draft it again."
        )


@transaction.atomic
def cancel(*, by: Person, order: OutsideOrder) -> OutsideOrder:
    """Cancel an order nothing was sent for."""
    return move(order, "cancel", by=by, lots=list(order.lines.values_list("traveler__number", flat=True)))
