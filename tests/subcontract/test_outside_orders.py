"""Orders to vendors: complete, to an approved site, shipped only when the lot stands there."""

from datetime import timedelta

import pytest

from portal.domain.errors import Incomplete, NotEntitled, NotTheMoment
from portal.domain.reauthentication import CredentialRefused
from portal.models import Authority, Event, Label
from routes.domain.holds import LotOnHold, place_hold
from routes.domain.lots import quantity_of, split
from subcontract.domain import approvals, outside_orders
from subcontract.domain.approvals import VendorNotApproved
from subcontract.domain.custody import holder_of
from subcontract.domain.exports import LabelForbids
from subcontract.domain.outside_orders import FlowdownIncomplete
from subcontract.models import ApprovalScope, CustodyMove, OutsideOrder
from tests.cast import reauth
from tests.factories.inspection import make_lot
from tests.factories.routes import make_open_traveler, step_at, today
from tests.factories.subcontract import (
    issue,
    line_of,
    make_approval,
    make_lot_to_send,
    make_outside_order,
    review,
    ship,
)


def test_line_copies_the_specification_of_the_route(cast):
    line = line_of(make_outside_order(cast, at="draft"))
    assert (
        str(line.specification),
        line.spec_type,
        line.spec_class,
        line.material_condition,
        line.quantity,
        line.flowdown,
    ) == ("MIL-PRF-8625 F", "II", "1", "6061-T6", 50, "Mask the bore.")


def test_order_to_an_approved_site_is_issued_and_signed(cast):
    order = make_outside_order(cast, at="issued")
    assert order.state == OutsideOrder.ISSUED
    assert (order.issue_signature.person, order.issue_signature.meaning) == (cast.quality, "approved")
    event = Event.objects.get(noun="outside order", number=order.number, verb="issue")
    assert event.lots == [line_of(order).traveler.number]


def test_order_outside_the_scope_is_not_issued(cast):
    make_approval(cast, spec_type="III")
    order = make_outside_order(cast, at="draft")
    with pytest.raises(VendorNotApproved) as refused:
        issue(cast, order)
    assert refused.value.facts["attributes"] == ["type"]
    order.refresh_from_db()
    assert order.state == OutsideOrder.DRAFT


def test_order_without_line_is_not_issued(cast):
    order = outside_orders.draft_order(
        by=cast.quality, site=cast.vendor_site, ordered_on=today(), due_on=today()
    )
    with pytest.raises(Incomplete, match=f"{order.number} has no line"):
        issue(cast, order)


def test_order_must_say_what_the_certificate_states(cast):
    order = make_outside_order(cast, at="draft", certificate_content=" ")
    with pytest.raises(FlowdownIncomplete, match="does not say what the certificate must state"):
        issue(cast, order)


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("spec_type", "the type"),
        ("spec_class", "the class"),
        ("material_condition", "the material's alloy and condition"),
    ],
)
def test_order_line_that_lacks_a_word_of_its_scope_is_named(cast, field, words):
    order = make_outside_order(cast, at="draft")
    line = line_of(order)
    setattr(line, field, "")
    line.save()
    with pytest.raises(FlowdownIncomplete, match=f"Line 1 of {order.number} .* lacks {words}"):
        issue(cast, order)


def test_order_is_issued_only_with_authority_and_credential(cast):
    order = review(cast, make_outside_order(cast, at="draft"))
    with pytest.raises(CredentialRefused):
        outside_orders.issue(by=cast.quality, order=order, token="spent")
    Authority.objects.filter(person=cast.quality, act=Authority.ORDER_OUTSIDE).delete()
    with pytest.raises(NotEntitled, match="no authority in force"):
        issue(cast, order)


def test_draft_needs_a_vendors_site_and_days_in_order(cast):
    with pytest.raises(Incomplete, match="is not a vendor's site"):
        outside_orders.draft_order(by=cast.quality, site=cast.shop_site, ordered_on=today(), due_on=today())
    with pytest.raises(Incomplete, match="before it is ordered"):
        outside_orders.draft_order(
            by=cast.quality,
            site=cast.vendor_site,
            ordered_on=today(),
            due_on=today() - timedelta(days=1),
        )


def test_step_done_in_the_house_goes_on_no_order(cast):
    lot = make_lot_to_send(cast)
    order = outside_orders.draft_order(
        by=cast.quality, site=cast.vendor_site, ordered_on=today(), due_on=today()
    )
    with pytest.raises(Incomplete, match="is done in the house"):
        outside_orders.add_line(by=cast.quality, order=order, step=step_at(lot, 50))


def test_step_stands_on_one_order_at_a_time(cast):
    lot = make_lot_to_send(cast)
    first = make_outside_order(cast, lot=lot, at="issued")
    with pytest.raises(NotTheMoment, match=f"is on outside order {first.number}"):
        make_outside_order(cast, lot=lot, at="draft")
    outside_orders.cancel(by=cast.quality, order=first)
    assert make_outside_order(cast, lot=lot, at="issued").state == OutsideOrder.ISSUED


def test_issued_order_takes_no_further_line(cast):
    order = make_outside_order(cast, at="issued")
    other = make_lot_to_send(cast)
    with pytest.raises(NotTheMoment, match="is issued"):
        outside_orders.add_line(by=cast.quality, order=order, step=step_at(other, 40))


def test_signed_step_is_not_ordered_again(cast):
    lot = make_lot(cast, at=50)
    with pytest.raises(NotTheMoment, match="is signed already"):
        make_outside_order(cast, lot=lot, at="draft")


@pytest.mark.parametrize(("countries", "is_allowed"), [(["CA"], False), (["US", "CA"], True), ([], True)])
def test_label_decides_where_pieces_may_go(cast, countries, is_allowed):
    lot = make_lot_to_send(cast)
    part_revision = lot.route_revision.part_revision
    part_revision.label = Label.objects.create(
        code="T", name="Held at home", strictness=9, allowed_countries=countries
    )
    part_revision.save()
    if is_allowed:
        assert make_outside_order(cast, lot=lot, at="issued").state == OutsideOrder.ISSUED
        return
    with pytest.raises(LabelForbids, match="which forbids sending it to US"):
        make_outside_order(cast, lot=lot, at="draft")


def test_shipping_hands_the_pieces_to_the_vendor(cast):
    order = make_outside_order(cast, at="shipped")
    lot = line_of(order).traveler
    moved = CustodyMove.objects.get(traveler=lot)
    assert (moved.from_site, moved.to_site, moved.quantity, moved.document) == (
        cast.shop_site,
        cast.vendor_site,
        50,
        "SL-77",
    )
    assert holder_of(lot) == cast.vendor_site


def test_lot_that_stands_elsewhere_is_not_shipped(cast):
    order = make_outside_order(cast, lot=make_open_traveler(cast, up_to=20), at="issued")
    with pytest.raises(NotTheMoment, match="stands at operation 20 Mill complete"):
        ship(cast, order)


def test_lot_on_hold_is_not_shipped(cast):
    order = make_outside_order(cast, at="issued")
    place_hold(by=cast.operator, traveler=line_of(order).traveler, reason="Wrong rack marks.")
    with pytest.raises(LotOnHold):
        ship(cast, order)


def test_lot_counted_anew_is_not_shipped(cast):
    order = make_outside_order(cast, at="issued")
    lot = line_of(order).traveler
    split(by=cast.operator, traveler=lot, quantity=2, reason="Sample kept back.")
    assert quantity_of(lot) == 48
    with pytest.raises(NotTheMoment, match="orders 50 pieces .* which now has 48"):
        ship(cast, order)


def test_approval_suspended_since_the_order_stops_the_shipment(cast):
    order = make_outside_order(cast, at="issued")
    approvals.suspend(
        by=cast.quality, approval=ApprovalScope.objects.get(), on=today(), reason="Audit finding 4."
    )
    with pytest.raises(VendorNotApproved) as refused:
        ship(cast, order)
    assert refused.value.facts["attributes"] == ["state"]


def test_order_leaves_once_issued_and_not_before_its_day(cast):
    draft = make_outside_order(cast, at="draft")
    with pytest.raises(NotTheMoment, match="only an issued order is shipped"):
        ship(cast, draft)
    issued = issue(cast, draft)
    with pytest.raises(NotTheMoment, match="it cannot have left on"):
        outside_orders.ship(by=cast.operator, order=issued, shipped_on=today() - timedelta(days=1))


def test_order_at_the_vendor_is_not_cancelled(cast):
    order = make_outside_order(cast, at="shipped")
    with pytest.raises(NotTheMoment):
        outside_orders.cancel(by=cast.quality, order=order)


@pytest.mark.parametrize("act", ["draft", "issue", "ship"])
def test_vendor_acts_on_no_order(cast, act):
    order = make_outside_order(cast, at="draft")
    acts = {
        "draft": lambda: outside_orders.draft_order(
            by=cast.vendor, site=cast.vendor_site, ordered_on=today(), due_on=today()
        ),
        "issue": lambda: outside_orders.issue(by=cast.vendor, order=order, token=reauth(cast.vendor)),
        "ship": lambda: outside_orders.ship(by=cast.vendor, order=order, shipped_on=today()),
    }
    with pytest.raises(NotEntitled):
        acts[act]()


def test_vendor_sees_its_own_orders_once_issued(cast):
    draft = make_outside_order(cast, at="draft")
    assert list(OutsideOrder.objects.for_viewer(cast.vendor)) == []
    issue(cast, draft)
    assert list(OutsideOrder.objects.for_viewer(cast.vendor)) == [draft]
    assert list(OutsideOrder.objects.for_viewer(cast.stranger_vendor)) == []
    assert list(OutsideOrder.objects.for_viewer(cast.buyer)) == []
