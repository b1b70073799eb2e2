"""Approvals and outside orders at any state, made by walking the real moves.

The default vendor is Brightwater Finishing, approved for what the default route's operation 40 asks: anodize by
MIL-PRF-8625 F, type II, class 1, on 6061.
"""

from __future__ import annotations

from datetime import timedelta

from inspection.domain.records import ReceiptAnswers
from portal.models import Site
from routes.domain.lots import current_step
from routes.models import Traveler
from subcontract.domain import approvals, outside_orders, receipts
from subcontract.domain.flowdown import pass_on_the_rest
from subcontract.models import ApprovalScope, OutsideOrder, OutsideOrderLine, Receipt
from tests.cast import Cast, reauth
from tests.factories.measuring import pass_inspection
from tests.factories.routes import make_open_traveler, sign_up_to, step_at, today

ALL_RIGHT = ReceiptAnswers(is_count_right=True, is_identity_right=True, is_undamaged=True)
OUTSIDE = 40
ORDER_STATES = ("draft", "issued", "shipped", "returned", "accepted")


def make_approval(cast: Cast, *, site: Site | None = None, **facts) -> ApprovalScope:
    """Return an approval that covers the default outside operation, valid a year around today."""
    wanted = {
        "process": "anodize",
        "spec_number": "MIL-PRF-8625",
        "spec_revision": "F",
        "spec_type": "II",
        "spec_class": "1",
        "material": "6061",
        "valid_from": today() - timedelta(days=180),
        "valid_to": today() + timedelta(days=180),
        "basis": "Nadcap AC7108, certificate 12345",
    }
    return approvals.approve_scope(by=cast.quality, site=site or cast.vendor_site, **{**wanted, **facts})


def make_lot_to_send(cast: Cast, **facts) -> Traveler:
    """Return a lot whose next step is the outside one: material issued, milled, inspected before the finish."""
    lot = make_open_traveler(cast, up_to=30, **facts)
    pass_inspection(cast, lot)
    sign_up_to(cast, lot, OUTSIDE)
    lot.refresh_from_db()
    return lot


def make_outside_order(
    cast: Cast, *, lot: Traveler | None = None, site: Site | None = None, at: str = "issued", **facts
) -> OutsideOrder:
    """Return an outside order of one lot at a state: draft, issued, shipped, returned (whole) or accepted."""
    if not ApprovalScope.objects.filter(site=site or cast.vendor_site).exists():
        make_approval(cast, site=site)
    lot = lot or make_lot_to_send(cast)
    wanted = {
        "ordered_on": today(),
        "due_on": today() + timedelta(days=14),
        "certificate_content": "Specification with revision, type and class; quantity; process date; lot number.",
    }
    order = outside_orders.draft_order(by=cast.quality, site=site or cast.vendor_site, **{**wanted, **facts})
    step = current_step(lot) if lot.parent_id else step_at(lot, OUTSIDE)
    outside_orders.add_line(by=cast.quality, order=order, step=step, flowdown="Mask the bore.")
    for state, go_on in (("issued", issue), ("shipped", ship), ("returned", take_back), ("accepted", accept)):
        if ORDER_STATES.index(state) <= ORDER_STATES.index(at):
            order = go_on(cast, order)
    order.refresh_from_db()
    return order


def line_of(order: OutsideOrder) -> OutsideOrderLine:
    return order.lines.select_related("traveler", "step__operation", "order__site").get()


def review(cast: Cast, order: OutsideOrder) -> OutsideOrder:
    """Pass on everything nobody decided yet."""
    for line in order.lines.all():
        pass_on_the_rest(by=cast.quality, line=line)
    return order


def issue(cast: Cast, order: OutsideOrder) -> OutsideOrder:
    """Review what the order passes on, and issue it."""
    review(cast, order)
    return outside_orders.issue(by=cast.quality, order=order, token=reauth(cast.quality))


def ship(cast: Cast, order: OutsideOrder) -> OutsideOrder:
    return outside_orders.ship(by=cast.operator, order=order, shipped_on=today(), document="SL-77")


def receive(cast: Cast, order: OutsideOrder, quantity: int, **facts) -> Receipt:
    """Take back pieces of the order's one line, today."""
    return receipts.receive(
        by=cast.operator, line=line_of(order), quantity_returned=quantity, received_on=today(), **facts
    )


def take_back(cast: Cast, order: OutsideOrder) -> OutsideOrder:
    """Take back the whole line."""
    line = line_of(order)
    return receive(cast, order, line.quantity).line.order


def accept(cast: Cast, order: OutsideOrder) -> OutsideOrder:
    """Verify the return: count, identity and condition are right."""
    pass_inspection(cast, line_of(order).traveler, receipt_answers=ALL_RIGHT)
    return order
