"""Entering what customers ordered."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from portal.domain.errors import Refused
from portal.domain.events import record_event
from portal.domain.moves import lock
from portal.domain.numbers import next_number
from portal.models import Organization, Person
from routes.domain.terms import NotACustomer, terms_of
from routes.domain.words import DatesDoNotFit, QuantityNotPossible, only_once, require_text
from routes.models import CustomerOrder, OrderLine, PartRevision
from routes.permissions import PLANNERS, require_role


class PartOfAnotherCustomer(Refused):
    """A customer's order names another customer's part."""

    code = "part-of-another-customer"


@transaction.atomic
def enter_order(*, by: Person, customer: Organization, po_number: str, received_on: date) -> CustomerOrder:
    """Enter a purchase order of a customer.

    Raises:  NotEntitled; NotACustomer for a vendor or somebody inactive; DatesDoNotFit for a day to come;
             AlreadyThere when this purchase order was entered before.
    """
    require_role(by=by, roles=PLANNERS, act="enter orders")
    if customer.kind != Organization.CUSTOMER or not customer.is_active:
        raise NotACustomer(
            f"{customer.name} is not an active customer, so it cannot order. Choose a customer."
        )
    po_number = require_text(
        po_number, "The order has no purchase order number. Copy it from the customer's order."
    )
    if received_on > timezone.localdate():
        raise DatesDoNotFit(
            f"Purchase order {po_number} cannot be received on {received_on}, a day to come. Correct the day."
        )
    with only_once(
        f"Purchase order {po_number} of {customer.name} was entered before. Open it in the orders list."
    ):
        order = CustomerOrder.objects.create(
            number=next_number("O"), customer=customer, po_number=po_number, received_on=received_on
        )
    record_event(
        by=by,
        verb="enter",
        noun="order",
        number=order.number,
        data={"customer": customer.number, "po_number": po_number, "received_on": received_on},
    )
    return order


@transaction.atomic
def add_line(
    *,
    by: Person,
    order: CustomerOrder,
    line_number: int,
    part_revision: PartRevision,
    quantity: int,
    due_on: date,
    sourcing: str,
    fai_regime: str | None = None,
    needs_package_approval: bool | None = None,
) -> OrderLine:
    """Add a line: which revision, how many, by when; what it leaves unsaid are the terms of the customer.

    Units:   quantity in pieces.
    Raises:  NotEntitled; PartOfAnotherCustomer; QuantityNotPossible below one; DatesDoNotFit when due before
             the order came; AlreadyThere when the line number is taken.
    """
    require_role(by=by, roles=PLANNERS, act="add order lines")
    order = lock(order)
    if part_revision.part.customer_id != order.customer_id:
        raise PartOfAnotherCustomer(
            f"{part_revision} belongs to {part_revision.part.customer.name}, order {order.number} to "
            f"{order.customer.name}. Choose a part of that customer."
        )
    if quantity < 1 or line_number < 1:
        raise QuantityNotPossible(
            f"Line {line_number} of order {order.number} asks for {quantity} pieces. "
            "Line number and quantity begin at 1."
        )
    if due_on < order.received_on:
        raise DatesDoNotFit(
            f"Line {line_number} would be due on {due_on}, before order {order.number} was received on "
            f"{order.received_on}. Correct the day."
        )
    terms = terms_of(order.customer)
    fai_regime = terms.fai_regime if fai_regime is None else fai_regime
    if needs_package_approval is None:
        needs_package_approval = terms.needs_package_approval
    with only_once(f"Order {order.number} has a line {line_number} already. Give the next line number."):
        line = OrderLine.objects.create(
            order=order,
            line_number=line_number,
            part_revision=part_revision,
            quantity=quantity,
            due_on=due_on,
            sourcing=sourcing,
            fai_regime=fai_regime,
            needs_package_approval=needs_package_approval,
        )
    record_event(
        by=by,
        verb="add_line",
        noun="order",
        number=order.number,
        data={
            "line": line_number,
            "part_revision": str(part_revision),
            "quantity": quantity,
            "due_on": due_on,
            "sourcing": sourcing,
            "fai_regime": fai_regime,
            "needs_package_approval": needs_package_approval,
        },
    )
    return line
