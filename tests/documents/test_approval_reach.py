"""What rests on an approval: by where the pieces are, whatever the days, and which of it was not covered."""

from datetime import timedelta

from documents.domain.approval_reach import reach_of
from routes.domain import lots
from routes.domain.lots import quantity_of
from subcontract.domain import approvals
from subcontract.models import ApprovalScope
from tests.factories.documents import make_shipment
from tests.factories.routes import today
from tests.factories.subcontract import make_approval, make_lot_to_send, make_outside_order, receive
from tests.machine import Machine, refusal


def places(approval):
    return [(line.place, line.lot, line.quantity, line.is_touched) for line in reach_of(approval)]


def test_drafted_order_rests_on_the_approval(cast):
    approval = make_approval(cast)
    lot = make_outside_order(cast, at="issued").lines.get().traveler
    assert places(approval) == [("ordered", lot.number, 50, False)]


def test_cancelled_order_and_another_scope_do_not(cast):
    approval = make_approval(cast, spec_type="III")
    make_approval(cast)
    make_outside_order(cast, at="issued")
    assert places(approval) == []


def test_lot_that_came_back_in_part_is_at_two_places(cast):
    approval = make_approval(cast)
    order = make_outside_order(cast, at="shipped")
    lot = order.lines.get().traveler
    child = receive(cast, order, 4).traveler
    assert places(approval) == [("at_vendor", lot.number, 46, False), ("back", child.number, 4, False)]


def test_lot_split_after_its_return_is_back(cast):
    approval = make_approval(cast)
    lot = make_outside_order(cast, at="accepted").lines.get().traveler
    child = lots.split(by=cast.operator, traveler=lot, quantity=2, reason="Partial shipment.")
    assert places(approval) == [("back", lot.number, 48, False), ("back", child.number, 2, False)]


def test_lot_split_before_it_was_ordered_is_not_reached(cast):
    approval = make_approval(cast)
    lot = make_lot_to_send(cast)
    lots.split(by=cast.operator, traveler=lot, quantity=2, reason="Another customer date.")
    make_outside_order(cast, lot=lot, at="shipped")
    assert places(approval) == [("at_vendor", lot.number, 48, False)]


def test_shipped_lot_is_named_until_its_customer_accepts_it(cast):
    shipment = make_shipment(cast, at="dispatched")
    lot, approval = shipment.lines.get().traveler, ApprovalScope.objects.get()
    assert places(approval) == [("shipped", lot.number, quantity_of(lot), False)]
    shipment.packages.update(state="accepted")
    assert places(approval) == []
    approval = approvals.suspend(by=cast.quality, approval=approval, on=today(), reason="Audit finding 4.")
    assert places(approval) == [("accepted", lot.number, quantity_of(lot), True)]


def test_suspension_names_what_was_out_on_its_days(cast):
    approval = make_approval(cast)
    lot = make_outside_order(cast, at="shipped").lines.get().traveler
    approval = approvals.suspend(by=cast.quality, approval=approval, on=today(), reason="Audit finding 4.")
    assert places(approval) == [("at_vendor", lot.number, 50, True)]


def test_later_suspension_leaves_what_is_back_untouched(cast):
    approval = make_approval(cast)
    lot = make_outside_order(cast, at="returned").lines.get().traveler
    on = today() + timedelta(days=1)
    approval = approvals.suspend(by=cast.quality, approval=approval, on=on, reason="Audit finding 4.")
    assert places(approval) == [("back", lot.number, 50, False)]
    (line,) = reach_of(approval, today=on)
    assert line.is_touched is False


def test_reach_takes_as_many_statements_for_more_lots(cast, django_assert_num_queries):
    approval = make_approval(cast)
    make_outside_order(cast, at="shipped")
    reach_of(approval)
    with django_assert_num_queries(4):
        reach_of(approval)
    make_outside_order(cast, at="shipped")
    with django_assert_num_queries(4):
        reach_of(approval)


def test_page_of_the_suspension_lists_it_before_and_after(cast, sign_in):
    approval = make_approval(cast)
    lot = make_outside_order(cast, at="shipped").lines.get().traveler
    client = sign_in(cast.quality)
    asked = client.get(f"/approvals/{approval.number}/suspend/").content.decode()
    assert (lot.number in asked, "Lots: 1 at the vendor." in asked) == (True, True)
    typed = {"on": today().isoformat(), "reason": "Audit finding 4."}
    answer = client.post(f"/approvals/{approval.number}/suspend/", typed)
    assert answer.url == f"/approvals/{approval.number}/reach/"
    page = client.get(answer.url).content.decode()
    assert "1 of them not covered on every day." in page
    table = client.get(f"/approvals/{approval.number}/reach/csv/").content.decode("utf-8-sig").splitlines()
    assert table[1].split(",")[:3] == [lot.number, "At the vendor", "yes"]


def test_what_rests_on_an_approval_is_read_by_machine(cast):
    order = make_outside_order(cast, at="shipped")
    number = ApprovalScope.objects.get().number
    shown = Machine(cast.quality).get(f"approvals/{number}/reach/").json()
    (line,) = shown["lots"]
    assert (shown["approval"], line["order"], line["place"], line["is_touched"]) == (
        number,
        order.number,
        "at_vendor",
        False,
    )
    assert refusal(Machine(cast.vendor).get(f"approvals/{number}/reach/"))[0] == 403
