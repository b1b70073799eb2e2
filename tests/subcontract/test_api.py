"""Outside work by machine: a vendor's program reads its own orders; the shop's takes pieces back."""

import pytest

from portal.models import Organization
from subcontract.models import Receipt
from tests.factories.exports import make_agreement, make_label, make_review
from tests.factories.routes import today
from tests.factories.subcontract import make_approval, make_outside_order
from tests.machine import Machine, refusal

pytestmark = pytest.mark.django_db


def test_a_vendors_program_reads_its_own_orders_and_no_name_it_may_not_know(cast):
    order = make_outside_order(cast, at="shipped")
    vendor, stranger = Machine(cast.vendor), Machine(cast.stranger_vendor)
    shown = vendor.get(f"outside-orders/{order.number}/")
    line = shown.json()["lines"][0]
    assert (line["specification"], line["spec_type"], line["customer"]) == ("MIL-PRF-8625", "II", None)
    assert "orrin" not in shown.content.decode().lower()
    Organization.objects.filter(pk=cast.customer.pk).update(is_shown_to_vendors=True)
    assert vendor.get(f"outside-orders/{order.number}/").json()["lines"][0]["customer"] == "ORRIN"
    assert stranger.get("outside-orders/").json()["results"] == []
    assert refusal(stranger.get(f"outside-orders/{order.number}/"))[:2] == (404, "not-found")


def test_a_draft_is_not_there_for_the_vendor(cast):
    order = make_outside_order(cast, at="draft")
    assert refusal(Machine(cast.vendor).get(f"outside-orders/{order.number}/"))[0] == 404
    assert Machine(cast.quality).get(f"outside-orders/{order.number}/").json()["state"] == "draft"


def test_pieces_are_taken_back_by_machine(cast):
    order = make_outside_order(cast, at="shipped")
    line = order.lines.get()
    address = f"outside-orders/{order.number}/lines/1/receipts/"
    body = {"quantity_returned": line.quantity, "received_on": str(today())}
    assert refusal(Machine(cast.vendor).post(address, body))[:2] == (403, "not-entitled")
    machine = Machine(cast.operator)
    assert refusal(machine.post(address, body | {"quantity_returned": line.quantity + 1}))[:2] == (
        422,
        "over-return",
    )
    answer = machine.post(address, body)
    receipt = Receipt.objects.get()
    assert (answer.status_code, answer.json()["lot"], answer.json()["quantity_returned"]) == (
        201,
        receipt.traveler.number,
        line.quantity,
    )
    assert machine.get("receipts/", order=order.number).json()["results"] == [answer.json()]
    assert machine.get(f"outside-orders/{order.number}/").json()["receipts"] == [answer.json()]
    assert refusal(machine.post(address, body))[:2] == (409, "not-the-moment")


def test_approvals_are_read_with_their_last_day(cast):
    approval = make_approval(cast)
    machine = Machine(cast.quality)
    shown = machine.get(f"approvals/{approval.number}/").json()
    assert (shown["vendor"], shown["site"], shown["valid_from"], shown["customer"]) == (
        "BRIGHTWATER",
        "MAIN",
        str(approval.valid.lower),
        None,
    )
    found = {
        day: len(machine.get("approvals/", in_force_on=day).json()["results"])
        for day in (shown["valid_to"], str(approval.valid.upper))
    }
    assert found == {shown["valid_to"]: 1, str(approval.valid.upper): 0}


def test_registrations_are_recorded_by_machine_and_read_by_whom_they_concern(cast):
    machine = Machine(cast.quality)
    body = {
        "organization": "BRIGHTWATER",
        "site": "main",
        "kind": "nadcap",
        "reference": "N-1",
        "valid_from": "2020-01-01",
        "valid_to": "2020-12-31",
    }
    answer = machine.post("registrations/", body)
    assert (answer.status_code, answer.json()["site"], answer.json()["standing"]) == (201, "MAIN", "expired")
    refused = machine.post("registrations/", body | {"valid_to": "2019-01-01"})
    assert refusal(refused)[:2] == (422, "incomplete")
    assert refusal(machine.post("registrations/", body | {"site": "WEST"}))[0] == 422
    assert refusal(Machine(cast.vendor).post("registrations/", body))[:2] == (403, "not-entitled")
    assert Machine(cast.vendor).get("registrations/").json()["results"] == [answer.json()]
    assert Machine(cast.stranger_vendor).get("registrations/").json()["results"] == []


def test_agreements_and_reviews_are_read_by_machine(cast):
    made = make_agreement(cast, cast.customer, make_label())
    (shown,) = Machine(cast.buyer).get("agreements/").json()["results"]
    assert (shown["number"], shown["label"], shown["standing"]) == (made.number, "ITAR", "in_force")
    signed = make_review(cast)
    (shown,) = Machine(cast.quality).get("vendor-reviews/", vendor="BRIGHTWATER").json()["results"]
    assert (shown["number"], shown["signed_by"]) == (signed.number, "Maud Ferreira")
