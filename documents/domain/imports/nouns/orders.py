"""Open orders with their lines."""

from __future__ import annotations

from types import SimpleNamespace

from documents.domain.imports.columns import CHOICE, DAY, TRUTH, WHOLE, Column, Table
from documents.domain.imports.known import customer_named, part_revision_named
from documents.domain.imports.nouns.noun import Noun
from documents.domain.imports.nouns.organizations import REGIMES
from documents.domain.imports.outcome import Outcome
from portal.models import Organization, Person
from routes.domain.orders import add_line, enter_order
from routes.models import CustomerOrder, OrderLine

SOURCING = (
    (OrderLine.CONTRACT, ("we buy material and processes", "contract", "shop", "we buy")),
    (OrderLine.OEM, ("OEM names the sources", "oem", "directed")),
    (OrderLine.TOLL, ("customer supplies the material", "toll", "customer furnished")),
)
ORDERS = Table(
    code="orders",
    title="Open orders",
    lead="Purchase orders that are not delivered yet, one row a line, with the pieces still to deliver.",
    columns=(
        Column("customer", "Customer", "Code or name of the customer.", "NORTH-1", True),
        Column(
            "po_number",
            "Purchase order",
            "The customer's number.",
            "4500918823",
            True,
            most=80,
            synonyms=("po", "po number", "purchase order number", "order"),
        ),
        Column(
            "received_on",
            "Received on",
            "Day the order came.",
            "2026-02-10",
            True,
            DAY,
            synonyms=("order date",),
        ),
        Column(
            "line_number",
            "Line",
            "Number of the line.",
            "1",
            True,
            WHOLE,
            synonyms=("line number", "pos", "item"),
        ),
        Column(
            "part_number", "Part number", "", "72-41806-3", True, most=80, synonyms=("part", "part no", "pn")
        ),
        Column("revision", "Revision", "The part revision ordered.", "D", True, most=20, synonyms=("rev",)),
        Column(
            "quantity",
            "Pieces",
            "Still to deliver.",
            "40",
            True,
            WHOLE,
            synonyms=("quantity", "qty", "open quantity"),
        ),
        Column(
            "due_on", "Due on", "", "2026-05-29", True, DAY, synonyms=("due", "due date", "delivery date")
        ),
        Column(
            "sourcing",
            "Who buys",
            "Empty: we buy material and processes.",
            "we buy material and processes",
            kind=CHOICE,
            choices=SOURCING,
            synonyms=("sourcing",),
        ),
        Column(
            "fai_regime",
            "First article",
            "Empty: as agreed with the customer.",
            "approved before dispatch",
            kind=CHOICE,
            choices=REGIMES,
            synonyms=("fai", "fai regime"),
        ),
        Column(
            "needs_package_approval",
            "Approves packages",
            "Empty: as agreed with the customer.",
            "no",
            kind=TRUTH,
        ),
    ),
    key=("customer", "po_number", "line_number"),
)


def take_order_line(row: SimpleNamespace, by: Person) -> Outcome:
    """Enter the order of this row unless it is there, and add the line."""
    outcome = Outcome()
    customer = customer_named(row.customer)
    order = _order(row, customer, by, outcome)
    part_revision = part_revision_named(row.part_number, row.revision)
    there = order.lines.select_related("part_revision__part").filter(line_number=row.line_number).first()
    if there is not None:
        _compare(row, there, str(part_revision), outcome)
        return outcome
    line = add_line(
        by=by,
        order=order,
        line_number=row.line_number,
        part_revision=part_revision,
        quantity=row.quantity,
        due_on=row.due_on,
        sourcing=row.sourcing or OrderLine.CONTRACT,
        fai_regime=row.fai_regime,
        needs_package_approval=row.needs_package_approval,
    )
    outcome.made.append(f"line {line}")
    return outcome


def _order(row: SimpleNamespace, customer: Organization, by: Person, outcome: Outcome) -> CustomerOrder:
    order = CustomerOrder.objects.filter(customer=customer, po_number=row.po_number).first()
    if order is None:
        order = enter_order(by=by, customer=customer, po_number=row.po_number, received_on=row.received_on)
        outcome.made.append(f"order {order.number}")
    else:
        outcome.compare("Received on", order.received_on, row.received_on)
    return order


def _compare(row: SimpleNamespace, there: OrderLine, part_revision: str, outcome: Outcome) -> None:
    outcome.compare("Part and revision", str(there.part_revision), part_revision)
    for name in ("quantity", "due_on", "sourcing", "fai_regime", "needs_package_approval"):
        outcome.compare(ORDERS.column(name).title, getattr(there, name), getattr(row, name))


NOUNS = (Noun(ORDERS, take_order_line, CustomerOrder.objects.all, "routes:order-list"),)
