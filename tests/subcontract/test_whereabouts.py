"""Who has the parts: one row for each lot outside, told to each side in its own words."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from subcontract.domain import onward
from subcontract.domain.whereabouts import Asked, whereabouts
from subcontract.models import OutsideOrder
from tests.factories.custody import (
    count_there,
    line_at,
    make_away_lot,
    make_delegation,
    make_two_vendor_route,
    next_site,
    order_next,
    verify_there,
)
from tests.factories.measuring import pass_inspection
from tests.factories.routes import make_open_traveler, make_order_line, sign_up_to, today
from tests.factories.subcontract import (
    OUTSIDE,
    accept,
    line_of,
    make_outside_order,
    receive,
    ship,
    take_back,
)
from tests.machine import Machine

pytestmark = pytest.mark.django_db


def told(person, **asked) -> list[tuple]:
    found = whereabouts(person=person, today=today(), asked=Asked(**asked))
    return [(row.lot, row.place, row.holder, row.quantity, row.must_act, row.next_step) for row in found]


def make_late(order: OutsideOrder, days: int) -> None:
    due = today() - timedelta(days=days)
    OutsideOrder.objects.filter(pk=order.pk).update(ordered_on=due - timedelta(days=9), due_on=due)


def test_lot_is_followed_from_the_order_to_the_verified_return(cast):
    order = make_outside_order(cast, at="issued")
    lot, vendor, shop = line_of(order).traveler.number, "Brightwater Finishing", "Halden Precision"
    step = line_of(order).step
    us = step.timing_owner.printed_name, step.incoming_owner.printed_name
    assert told(cast.quality) == [
        (lot, "to_send", shop, 50, us[0], f"Send 50 pieces to {vendor}, Main works.")
    ]
    ship(cast, order)
    assert told(cast.quality) == [
        (lot, "outside", f"{vendor}, Main works", 50, vendor, "Finish Anodize and return 50 pieces.")
    ]
    take_back(cast, order)
    assert told(cast.quality) == [
        (
            lot,
            "to_verify",
            f"{shop}, Main works",
            50,
            us[1],
            "Verify count, identity and condition of 50 pieces.",
        )
    ]
    accept(cast, order)
    assert told(cast.quality) == []


def test_partial_return_is_two_rows_of_one_line(cast):
    order = make_outside_order(cast, at="shipped")
    receive(cast, order, 20)
    rows = whereabouts(person=cast.quality, today=today())
    assert sorted((row.place, row.quantity, row.sent, row.returned, row.short) for row in rows) == [
        ("outside", 30, 50, 20, 0),
        ("to_verify", 20, 50, 20, 0),
    ]


def test_each_side_sees_its_own_in_its_own_words(cast):
    order = make_outside_order(cast, at="issued")
    lot = line_of(order).traveler
    act = ("Halden Precision", "Send 50 pieces to Brightwater Finishing, Main works.")
    row = (lot.number, "to_send", "Halden Precision", 50, *act)
    assert (told(cast.vendor), told(cast.buyer)) == ([row], [row])
    assert (told(cast.stranger_vendor), told(cast.stranger_buyer)) == ([], [])
    [of_vendor] = whereabouts(person=cast.vendor, today=today())
    [of_buyer] = whereabouts(person=cast.buyer, today=today())
    assert (of_vendor.customer, of_vendor.customer_order, of_vendor.po_number) == ("", "", "")
    assert (of_buyer.customer, of_buyer.vendor) == ("Orrin Aerospace", "Brightwater Finishing")


def test_filters_narrow_by_vendor_customer_and_lateness(cast):
    order = make_outside_order(cast, at="shipped")
    lot = line_of(order).traveler.number

    def lots(**asked):
        return [row[0] for row in told(cast.quality, **asked)]

    assert (lots(vendor="BRIGHTWATER"), lots(vendor="GALENA")) == ([lot], [])
    assert (lots(customer="ORRIN"), lots(customer="TESSALY")) == ([lot], [])
    assert lots(is_late=True) == []
    make_late(order, 3)
    assert lots(is_late=True) == [lot]
    assert [row.days_late for row in whereabouts(person=cast.quality, today=today())] == [3]


def test_number_of_statements_does_not_grow_with_lots(cast):
    first = make_outside_order(cast, at="shipped")
    with CaptureQueriesContext(connection) as one:
        assert len(whereabouts(person=cast.quality, today=today())) == 1
    revision = line_of(first).traveler.route_revision
    for _ in range(2):
        line = make_order_line(cast, revision.part_revision)
        lot = make_open_traveler(cast, route_revision=revision, order_line=line, up_to=30)
        pass_inspection(cast, lot)
        sign_up_to(cast, lot, OUTSIDE)
        lot.refresh_from_db()
        make_outside_order(cast, lot=lot, at="shipped")
    with CaptureQueriesContext(connection) as three:
        assert len(whereabouts(person=cast.quality, today=today())) == 3
    assert (len(one), len(three)) == (3, 3)


def test_page_table_and_call_say_the_same(cast, sign_in):
    order = make_outside_order(cast, at="shipped")
    make_late(order, 1)
    lot = line_of(order).traveler
    page = " ".join(sign_in(cast.quality).get(reverse("subcontract:custody")).content.decode().split())
    assert "Lots: 1 outside. 50 pieces are away. 1 late." in page
    assert "Finish Anodize and return 50 pieces." in page
    table = sign_in(cast.vendor).get(reverse("subcontract:custody-csv")).content.decode("utf-8-sig")
    titles, row = table.strip().split("\r\n")
    assert titles.split(",")[-1] == "Next step"
    assert row.startswith(f"{lot.number},{lot.route_revision.part_revision.part.number},")
    said = Machine(cast.buyer).get("custody/", late="true").json()
    assert [(each["lot"], each["holder"], each["days_late"]) for each in said["lots"]] == [
        (lot.number, "Brightwater Finishing, Main works", 1)
    ]


def test_pieces_counted_in_our_place_are_followed_until_they_go_on(cast):
    lot = make_away_lot(cast, make_two_vendor_route(cast))
    first = line_at(lot, 40).order
    site = "Brightwater Finishing, Main works"
    make_delegation(cast)
    make_delegation(cast, site=next_site(cast))
    count_there(cast, lot)
    assert [row[1:3] for row in told(cast.quality)] == [("to_verify", site)]
    verify_there(cast, lot)
    [there] = told(cast.quality)
    assert (there[1], there[2], there[5]) == (
        "to_leave",
        site,
        "Send 3 pieces on from there, ship them, or bring them home.",
    )
    order = order_next(cast, lot)
    assert [row[1:3] for row in told(cast.quality)] == [("to_send", site)]
    assert [row[1:3] for row in told(cast.stranger_vendor)] == [("to_send", "another vendor")]
    onward.send_on(by=cast.operator, order=order, moved_on=today(), document="WB-5")
    assert [row[1:3] for row in told(cast.quality)] == [("outside", "Galena Heat Treat, Main works")]
    assert told(cast.vendor) == []
    assert [row[1:3] for row in told(cast.stranger_vendor)] == [("outside", "Galena Heat Treat, Main works")]
    OutsideOrder.objects.filter(pk=first.pk).update(state=OutsideOrder.CLOSED)
    assert [row[1:3] for row in told(cast.quality)] == [("outside", "Galena Heat Treat, Main works")]


def test_next_vendor_owes_the_count_of_what_it_received_unverified(cast):
    lot = make_away_lot(cast, make_two_vendor_route(cast))
    make_delegation(cast, site=next_site(cast), is_shipping=False)
    onward.send_on(by=cast.operator, order=order_next(cast, lot), moved_on=today(), document="WB-5")
    galena = "Galena Heat Treat"
    assert [(row[1], row[4], row[5]) for row in told(cast.quality)] == [
        ("outside", galena, "Finish Dry film and return 3 pieces."),
        ("to_verify", galena, "Count and verify 3 pieces in our place."),
    ]


def test_pieces_verified_where_they_lie_are_told_after_their_order_is_closed(cast):
    lot = make_away_lot(cast, make_two_vendor_route(cast))
    make_delegation(cast)
    count_there(cast, lot)
    verify_there(cast, lot)
    OutsideOrder.objects.update(state=OutsideOrder.CLOSED)
    assert [row[1] for row in told(cast.quality)] == ["to_leave"]
    onward.bring_home(by=cast.operator, traveler=lot, moved_on=today())
    assert told(cast.quality) == []
