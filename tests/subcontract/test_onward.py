"""Pieces that go from vendor to vendor, are counted in our place, and come home later or never."""

from datetime import timedelta

import pytest

from portal.domain.errors import Incomplete, NotTheMoment
from routes.domain.lots import current_step, quantity_of
from subcontract.domain import onward, outside_orders
from subcontract.domain.custody import holder_of, moves_of
from subcontract.domain.delegations import NotDelegated
from subcontract.domain.onward import NotAtAVendor
from subcontract.domain.receipts import TooMany, out_on_line, uncounted_on_line
from subcontract.models import OutsideOrder
from tests.factories.custody import (
    count_there,
    line_at,
    make_away_lot,
    make_delegation,
    make_drop_route,
    make_two_vendor_route,
    next_site,
    order_next,
    verify_there,
)
from tests.factories.routes import today
from tests.factories.subcontract import receive


@pytest.fixture
def away(cast):
    """Three pieces at the first of two vendors."""
    return make_away_lot(cast, make_two_vendor_route(cast))


def send_on(cast, order, **facts) -> OutsideOrder:
    wanted = {"moved_on": today(), "document": "WB-5"}
    return onward.send_on(by=cast.operator, order=order, **{**wanted, **facts})


def test_pieces_counted_in_our_place_stay_where_they_are(cast, away):
    with pytest.raises(
        NotDelegated, match="Nothing in writing says that Brightwater Finishing, Main works ver"
    ):
        count_there(cast, away)
    made = make_delegation(cast, is_shipping=False)
    receipt = count_there(cast, away)
    line = line_at(away, 40)
    assert (receipt.delegation, receipt.delegate_reference, receipt.quantity_returned) == (made, "CR-88", 3)
    assert (holder_of(away), out_on_line(line), line.order.state) == (cast.vendor_site, [], "returned")
    verify_there(cast, away)
    assert current_step(away).operation.sequence == 45


def test_count_in_our_place_names_its_paper_and_its_pieces(cast, away):
    make_delegation(cast)
    with pytest.raises(Incomplete, match="Name the paper by which"):
        count_there(cast, away, reference=" ")
    with pytest.raises(TooMany, match="4 pieces came back on"):
        count_there(cast, away, quantity=4)
    with pytest.raises(Incomplete, match="name the witness"):
        count_there(cast, away, quantity=2, quantity_short=1)
    with pytest.raises(NotTheMoment, match="it cannot have come back"):
        count_there(cast, away, counted_on=today() - timedelta(days=60))
    assert count_there(cast, away).quantity_returned == 3
    with pytest.raises(NotTheMoment, match="only what is at the vendor comes back"):
        count_there(cast, away)


def test_part_counted_in_our_place_becomes_a_lot_of_its_own(cast, away):
    make_delegation(cast)
    receipt = count_there(cast, away, quantity=2)
    line = line_at(away, 40)
    assert (receipt.traveler.number, quantity_of(receipt.traveler), quantity_of(away)) == (
        f"{away.number}/1",
        2,
        1,
    )
    assert (out_on_line(line), line.order.state) == ([away], "shipped")
    assert [holder_of(lot) for lot in (away, receipt.traveler)] == [cast.vendor_site, cast.vendor_site]


def test_verified_pieces_go_on_to_the_next_vendor(cast, away):
    make_delegation(cast)
    count_there(cast, away)
    verify_there(cast, away)
    order = order_next(cast, away)
    with pytest.raises(NotTheMoment, match="are at Brightwater .* Send them on from there"):
        outside_orders.ship(by=cast.operator, order=order, shipped_on=today())
    assert send_on(cast, order).state == OutsideOrder.SHIPPED
    assert [(move.from_site, move.to_site, move.quantity, move.document) for move in moves_of(away)] == [
        (cast.shop_site, cast.vendor_site, 3, "SL-77"),
        (cast.vendor_site, next_site(cast), 3, "WB-5"),
    ]


def test_next_vendor_verifies_on_arrival_what_nobody_verified_before(cast, away):
    order = order_next(cast, away)
    with pytest.raises(NotDelegated, match="Nothing in writing says that Galena"):
        send_on(cast, order)
    make_delegation(cast, site=next_site(cast), is_shipping=False)
    send_on(cast, order)
    line = line_at(away, 40)
    assert (holder_of(away), out_on_line(line), uncounted_on_line(line)) == (next_site(cast), [], [away])
    with pytest.raises(NotTheMoment, match="which counts it in our place"):
        receive(cast, line.order, 3)
    receipt = count_there(cast, away)
    line.order.refresh_from_db()
    assert (receipt.delegation.site, line.order.state) == (next_site(cast), OutsideOrder.RETURNED)
    verify_there(cast, away)
    assert current_step(away).operation.sequence == 45


def test_pieces_are_sent_on_only_from_a_vendor_with_their_paper(cast, away):
    make_delegation(cast)
    order = order_next(cast, away)
    with pytest.raises(NotDelegated):
        send_on(cast, order)
    count_there(cast, away)
    verify_there(cast, away)
    with pytest.raises(Incomplete, match="Name the packing slip or waybill"):
        send_on(cast, order, document=" ")
    with pytest.raises(NotTheMoment, match="it cannot have left"):
        send_on(cast, order, moved_on=today() - timedelta(days=1))
    onward.bring_home(by=cast.operator, traveler=away, moved_on=today())
    with pytest.raises(NotAtAVendor, match="are in the house"):
        send_on(cast, order)
    assert outside_orders.ship(by=cast.operator, order=order, shipped_on=today()).state == "shipped"


def test_pieces_go_on_only_to_the_very_next_operation(cast):
    route = make_two_vendor_route(cast)
    lot = make_away_lot(cast, route)
    make_delegation(cast, site=next_site(cast))
    order = order_next(cast, lot)
    first = line_at(lot, 40).order
    receive(cast, first, 3)
    with pytest.raises(NotAtAVendor, match="are in the house"):
        send_on(cast, order)


def test_pieces_come_home_once_they_are_counted(cast, away):
    with pytest.raises(NotAtAVendor, match="are still out on"):
        onward.bring_home(by=cast.operator, traveler=away, moved_on=today())
    make_delegation(cast)
    count_there(cast, away)
    with pytest.raises(NotTheMoment, match="it cannot have left there on"):
        onward.bring_home(by=cast.operator, traveler=away, moved_on=today() - timedelta(days=60))
    move = onward.bring_home(by=cast.operator, traveler=away, moved_on=today(), document="WB-6")
    assert (move.from_site, move.to_site, holder_of(away)) == (
        cast.vendor_site,
        cast.shop_site,
        cast.shop_site,
    )
    with pytest.raises(NotAtAVendor, match="are not at a vendor"):
        onward.bring_home(by=cast.operator, traveler=away, moved_on=today())


def test_pieces_leave_for_the_customer_from_where_they_are(cast):
    lot = make_away_lot(cast, make_drop_route(cast))
    make_delegation(cast)
    count_there(cast, lot)
    verify_there(cast, lot)
    assert lot.state == "complete"
    move = onward.leave_for_customer(by=cast.quality, traveler=lot, on=today(), document="SH-000001")
    assert (move.from_site, move.to_site.organization, move.quantity) == (cast.vendor_site, cast.customer, 3)
    assert onward.leave_for_customer(by=cast.quality, traveler=lot, on=today(), document="SH-000001") is None
