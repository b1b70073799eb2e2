"""Custody beyond the shop by its pages and its programs."""

from datetime import timedelta

from django.urls import reverse

from subcontract.domain.custody import holder_of
from subcontract.domain.over_returns import put_aside
from subcontract.models import Delegation, OutsideOrder, OverReturn, Receipt
from tests.cast import PASSWORD
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
from tests.factories.routes import today
from tests.factories.subcontract import line_of, make_outside_order
from tests.machine import Machine


def at(verb: str, line) -> str:
    return reverse(
        f"subcontract:{verb}", kwargs={"number": line.order.number, "line_number": line.line_number}
    )


def writing(cast, **other) -> dict:
    return {
        "site": cast.vendor_site.pk,
        "customer": cast.customer.pk,
        "is_verification": "on",
        "is_shipping": "on",
        "reference": "QA-12, 4.2",
        "valid_from": today(),
        "valid_to": today() + timedelta(days=90),
        "accepted_reference": "Letter OA-311",
        "accepted_on": today(),
        "password": PASSWORD,
        **other,
    }


def test_delegation_is_signed_read_and_ended_by_its_pages(cast, sign_in):
    client, door = sign_in(cast.quality), reverse("subcontract:delegation-sign")
    refused = client.post(door, writing(cast, accepted_reference=""))
    assert (refused.status_code, Delegation.objects.count()) == (422, 0)
    made = client.post(door, writing(cast))
    record = Delegation.objects.get()
    assert made.url == record.get_absolute_url()
    for person, is_customer_read in ((cast.quality, True), (cast.buyer, True), (cast.vendor, False)):
        page = sign_in(person).get(made.url).content.decode()
        assert [words in page for words in ("QA-12, 4.2", "Letter OA-311")] == [True, is_customer_read]
    ended = sign_in(cast.quality).post(
        reverse("subcontract:delegation-end", args=[record.number]),
        {"on": today(), "reason": "Audit finding 9."},
    )
    record.refresh_from_db()
    assert (ended.url, record.ended_on) == (record.get_absolute_url(), today())
    assert "Ended" in sign_in(cast.quality).get(reverse("subcontract:delegation-list")).content.decode()


def test_pieces_go_from_vendor_to_vendor_and_home_by_pages(cast, sign_in):
    lot = make_away_lot(cast, make_two_vendor_route(cast))
    line, client = line_at(lot, 40), sign_in(cast.operator)
    make_delegation(cast)
    counted = {"quantity_returned": 3, "quantity_scrapped": 0, "quantity_short": 0, "counted_on": today()}
    assert client.post(at("line-count-elsewhere", line), counted).status_code == 422
    client.post(at("line-count-elsewhere", line), {**counted, "reference": "CR-88"})
    assert Receipt.objects.get().delegate_reference == "CR-88"
    verify_there(cast, lot)
    order = order_next(cast, lot)
    page = client.get(order.get_absolute_url()).content.decode()
    assert ("Send the pieces on" in page, "Ship the pieces" in page) == (True, False)
    client.post(
        reverse("subcontract:order-send-on", args=[order.number]), {"moved_on": today(), "document": "WB-5"}
    )
    order.refresh_from_db()
    assert (order.state, holder_of(lot)) == (OutsideOrder.SHIPPED, next_site(cast))
    make_delegation(cast, site=next_site(cast))
    count_there(cast, lot, 45)
    client.post(at("line-bring-home", line_at(lot, 45)), {"traveler": lot.pk, "moved_on": today()})
    assert holder_of(lot) == cast.shop_site


def test_pieces_too_many_are_put_aside_and_decided_by_pages(cast, sign_in):
    order = make_outside_order(cast, at="shipped")
    line = line_of(order)
    came = {"quantity_returned": 52, "quantity_scrapped": 0, "quantity_short": 0, "received_on": today()}
    client = sign_in(cast.operator)
    assert client.post(at("line-receive", line), came).status_code == 422
    client.post(at("line-receive", line), {**came, "put_aside_at": "Shelf Q2"})
    record = OverReturn.objects.get()
    assert "2 pieces too many" in client.get(order.get_absolute_url()).content.decode()
    client.post(at("line-put-aside", line), {"quantity": 1, "found_on": today(), "put_aside_at": "Shelf Q2"})
    assert OverReturn.objects.count() == 2
    door = reverse("subcontract:over-return-decide", args=[record.number])
    assert client.post(door, {"decision": "returned", "reason": "Waybill 7."}).status_code == 403
    sign_in(cast.quality).post(door, {"decision": "returned", "reason": "Waybill 7."})
    record.refresh_from_db()
    assert (record.decision, record.decided_by) == ("returned", cast.quality)


def test_programs_read_delegations_and_pieces_too_many(cast):
    made = make_delegation(cast)
    line = line_of(make_outside_order(cast, at="shipped"))
    beyond = put_aside(by=cast.operator, line=line, quantity=2, found_on=today(), put_aside_at="Shelf Q2")
    seen = {}
    for person in (cast.quality, cast.vendor, cast.stranger_vendor):
        machine = Machine(person)
        delegations = machine.get("delegations/").json()["results"]
        found = machine.get("over-returns/").json()["results"]
        seen[person] = ([each["number"] for each in delegations], [each["number"] for each in found])
    assert seen == {
        cast.quality: ([made.number], [beyond.number]),
        cast.vendor: ([made.number], [beyond.number]),
        cast.stranger_vendor: ([], []),
    }
    [row] = Machine(cast.quality).get("delegations/").json()["results"]
    assert (row["customer"], row["part"], row["order_line"], row["is_shipping"]) == ("ORRIN", None, "", True)
