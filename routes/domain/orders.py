"""Entering what customers ordered."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from portal.domain.errors import Incomplete, NotTheMoment, Refused
from portal.domain.events import record_event
from portal.domain.moves import lock
from portal.domain.numbers import next_number
from portal.models import Organization, Person
from routes.domain.lots import lock_lots
from routes.domain.terms import NotACustomer, terms_of
from routes.domain.words import DatesDoNotFit, QuantityNotPossible, only_once, require_text
from routes.models import CustomerOrder, OrderLine, PartRevision, Traveler
from routes.permissions import PLANNERS, require_role

# how an amendment names what it changes
WORDS = {
    "part_revision": "revision",
    "quantity": "pieces",
    "due_on": "due on",
    "fai_regime": "first article",
    "purpose": "orders",
}


class PartOfAnotherCustomer(Refused):
    """A customer's order names another customer's part."""

    code = "part-of-another-customer"


class PartOfAnotherLine(Refused):
    """An amendment would turn a line into a line for another part."""

    code = "part-of-another-line"


class NoSuchRevision(Refused):
    """The part has no revision of this name."""

    code = "no-such-revision"


class NothingAmended(NotTheMoment):
    """The line says already what the amendment asks for."""

    code = "nothing-amended"


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
    purpose: str = OrderLine.PRODUCTION,
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
            purpose=_purpose(purpose),
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
            "purpose": purpose,
        },
    )
    return line


@transaction.atomic
def amend_line(
    *,
    by: Person,
    order_line: OrderLine,
    reference: str,
    reason: str,
    part_revision: PartRevision | None = None,
    quantity: int | None = None,
    due_on: date | None = None,
    fai_regime: str | None = None,
    purpose: str | None = None,
) -> OrderLine:
    """Change a line as the customer amended its order; what is left out stays as it is.

    1. the lots of the line that are still here are locked in number order: their chain is judged anew;
    2. another revision asks every clause of the line again, since its answer was given for the drawing before;
    3. the event names the lots, what was and what is.

    Units:   quantity in pieces.
    Raises:  NotEntitled; Incomplete without the customer's reference or a reason; NothingAmended; PartOfAnotherLine
             for another part; QuantityNotPossible below what has shipped; DatesDoNotFit before the order came.
    Source:  AS9100D 8.2.4 (changes to requirements are carried into the documents they touch).
    """
    require_role(by=by, roles=PLANNERS, act="amend order lines")
    here = Traveler.objects.open().filter(order_line=order_line)
    lots = [lot.number for lot in lock_lots(list(here.values_list("number", flat=True)))]
    line = lock(order_line)
    reference = require_text(
        reference, f"Line {line} is changed by the customer only. Give the number of its amendment."
    )
    reason = require_text(reason, f"Say what the customer changed on line {line} and why.")
    asked = {
        "part_revision": part_revision,
        "quantity": quantity,
        "due_on": due_on,
        "fai_regime": fai_regime,
        "purpose": purpose,
    }
    changed = {name: value for name, value in asked.items() if value not in (None, getattr(line, name))}
    _require_amendable(line, changed)
    was = {name: str(getattr(line, name)) for name in changed}
    for name, value in changed.items():
        setattr(line, name, value)
    line.save()
    asked_again = _ask_again(line) if "part_revision" in changed else []
    record_event(
        by=by,
        verb="amend_line",
        noun="order",
        number=line.order.number,
        lots=lots,
        data={
            "line": line.line_number,
            "reference": reference,
            "reason": reason,
            "changes": "; ".join(f"{WORDS[name]} {was[name]} to {value}" for name, value in changed.items()),
            "was": was,
            "asked_again": asked_again,
        },
    )
    return line


def _require_amendable(line: OrderLine, changed: dict) -> None:
    if not changed:
        raise NothingAmended(f"Line {line} says all this already. Change what the customer amended.")
    revision = changed.get("part_revision")
    if revision and revision.part_id != line.part_revision.part_id:
        raise PartOfAnotherLine(
            f"Line {line} is for part {line.part_revision.part.number}, {revision} is another part. Enter it as a "
            "line of its own."
        )
    gone = Traveler.objects.filter(order_line=line, state=Traveler.SHIPPED).with_quantity()
    shipped = sum(gone.values_list("quantity_now", flat=True))
    if "quantity" in changed and changed["quantity"] < max(shipped, 1):
        raise QuantityNotPossible(
            f"Line {line} cannot be cut to {changed['quantity']} pieces: {shipped} have shipped. Give at least "
            f"{max(shipped, 1)}."
        )
    if "due_on" in changed and changed["due_on"] < line.order.received_on:
        raise DatesDoNotFit(
            f"Line {line} would be due on {changed['due_on']}, before order {line.order.number} was received on "
            f"{line.order.received_on}. Correct the day."
        )
    if "fai_regime" in changed and changed["fai_regime"] not in dict(OrderLine.FAI_REGIMES):
        raise Incomplete(f"Say which first article line {line} asks for.")
    if "purpose" in changed:
        _purpose(changed["purpose"])


def _purpose(purpose: str) -> str:
    if purpose not in dict(OrderLine.PURPOSES):
        raise Incomplete("Say whether the line orders production parts or prototypes.")
    return purpose


def _ask_again(line: OrderLine) -> list[str]:
    """Take the answers off the clauses of a line; history keeps them."""
    answered = line.clauses.exclude(answer="").select_related("clause").order_by("pk")
    for each in answered:
        each.answer, each.answered_by, each.mapped_by, each.signature = "", "", None, None
        each.save()
    return [str(each.clause) for each in answered]


def revision_named(*, order_line: OrderLine, revision: str) -> PartRevision:
    """Return a revision of the part of a line by its name.

    Raises:  NoSuchRevision.
    """
    part = order_line.part_revision.part
    found = PartRevision.objects.filter(part=part, revision=revision).select_related("part").first()
    if found is None:
        raise NoSuchRevision(
            f"Part {part.number} has no revision {revision}. Add the revision with its drawing first."
        )
    return found
