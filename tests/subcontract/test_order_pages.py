"""Outside orders in the browser: what the shop does, what the vendor reads."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from routes.domain.lots import quantity_of
from subcontract.domain.approvals import suspend
from subcontract.models import ApprovalScope, OutsideOrder, Receipt
from tests.cast import PASSWORD
from tests.factories.routes import step_at, today
from tests.factories.subcontract import (
    accept,
    line_of,
    make_approval,
    make_lot_to_send,
    make_outside_order,
    receive,
)


def at(verb: str, order: OutsideOrder, **keywords) -> str:
    return reverse(f"subcontract:{verb}", kwargs={"number": order.number, **keywords})


def read(answer) -> str:
    """Return the words of a page on one line."""
    return " ".join(answer.content.decode().split())


def said(answer) -> str:
    """Return the words of a page as they are read, without marks."""
    return re.sub(r"<[^>]+>", "", read(answer))


def test_step_on_a_draft_leads_to_it_instead_of_a_second_one(cast, sign_in):
    make_approval(cast)
    order = make_outside_order(cast, at="draft")
    client, door = sign_in(cast.quality), reverse("subcontract:order-draft")
    answer = client.get(door, {"step": line_of(order).step.number}, follow=True)
    assert answer.redirect_chain == [(order.get_absolute_url(), 302)]
    assert f"{order.number} is drafted for this step already. Issue it." in said(answer)
    assert "<h1>Draft an outside order</h1>" in read(client.get(door, {"step": "T-999999-40-1"}))


def test_order_goes_from_draft_to_home_by_its_pages(cast, sign_in):
    make_approval(cast)
    lot = make_lot_to_send(cast)
    client = sign_in(cast.quality)
    drafted = client.post(
        reverse("subcontract:order-draft"),
        {
            "site": cast.vendor_site.pk,
            "ordered_on": today(),
            "due_on": today(),
            "certificate_content": "Type and class.",
        },
    )
    order = OutsideOrder.objects.get()
    assert drafted.url == order.get_absolute_url()
    client.post(at("order-add-line", order), {"step": step_at(lot, 40).pk, "flowdown": "Mask the bore."})
    client.post(at("line-flowdown", order, line_number=1), {"pass_on_the_rest": "on"})
    client.post(at("order-issue", order), {"password": PASSWORD})
    client = sign_in(cast.operator)
    client.post(at("order-ship", order), {"shipped_on": today(), "document": "SL-77"})
    client.post(
        at("line-receive", order, line_number=1),
        {"quantity_returned": 30, "quantity_scrapped": 0, "quantity_short": 0, "received_on": today()},
    )
    order.refresh_from_db()
    assert (order.state, Receipt.objects.get().quantity_returned, quantity_of(lot)) == ("shipped", 30, 20)


def test_refusal_stands_on_the_form_with_what_was_typed(cast, sign_in):
    order = make_outside_order(cast, at="shipped")
    typed = {"quantity_returned": 51, "quantity_scrapped": 0, "quantity_short": 0, "received_on": today()}
    answer = sign_in(cast.operator).post(
        at("line-receive", order, line_number=1), {**typed, "document": "SL-78"}
    )
    assert answer.status_code == 422
    assert "51 pieces came back on" in said(answer)
    assert 'value="SL-78"' in read(answer)
    assert Receipt.objects.count() == 0


def test_suspended_vendor_is_refused_in_words_on_the_issue_page(cast, sign_in):
    order = make_outside_order(cast, at="draft")
    suspend(by=cast.quality, approval=ApprovalScope.objects.get(), on=today(), reason="Audit finding 4.")
    answer = sign_in(cast.quality).post(at("order-issue", order), {"password": PASSWORD})
    assert answer.status_code == 422
    assert "is not approved for MIL-PRF-8625 F II, 1" in said(answer)
    assert "differs in state" in said(answer)


def test_vendor_reads_its_order_without_the_customer(cast, sign_in):
    order = make_outside_order(cast, at="issued")
    page = read(sign_in(cast.vendor).get(order.get_absolute_url()))
    lot = line_of(order).traveler
    shown = [
        words in page
        for words in ("MIL-PRF-8625 F", "Mask the bore.", lot.number, str(lot.route_revision.part_revision))
    ]
    assert shown == [True, True, True, True]
    hidden = [words in page for words in ("Orrin", lot.get_absolute_url(), "Events", "Maud Ferreira")]
    assert hidden == [False, False, False, False]


@pytest.mark.parametrize("is_shown", [True, False])
def test_customer_is_named_to_vendors_only_where_it_may_be(cast, sign_in, is_shown):
    cast.customer.is_shown_to_vendors = is_shown
    cast.customer.save()
    order = make_outside_order(cast, at="issued")
    page = read(sign_in(cast.vendor).get(order.get_absolute_url()))
    assert ("Orrin Aerospace" in page) is is_shown


def test_draft_does_not_exist_for_its_vendor(cast, sign_in):
    order = make_outside_order(cast, at="draft")
    assert sign_in(cast.vendor).get(order.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("verb", ["order-ship", "order-issue", "order-cancel", "order-add-line"])
def test_vendor_acts_on_no_order_page(cast, sign_in, verb):
    order = make_outside_order(cast, at="issued")
    assert sign_in(cast.vendor).post(at(verb, order), {"password": PASSWORD}).status_code == 403
    order.refresh_from_db()
    assert order.state == OutsideOrder.ISSUED


def test_page_offers_the_act_that_is_next(cast, sign_in):
    order = make_outside_order(cast, at="draft")
    offered = []
    for person in (cast.quality, cast.operator):
        page = read(sign_in(person).get(order.get_absolute_url()))
        offered.append([label in page for label in ("Issue the order", "Ship the pieces", "Receive pieces")])
    assert offered == [[True, False, False], [False, False, False]]


def test_page_tells_what_came_back(cast, sign_in):
    order = make_outside_order(cast, at="shipped")
    back = receive(cast, order, 30)
    page = read(sign_in(cast.operator).get(order.get_absolute_url()))
    assert [words in page for words in (back.traveler.number, "Receive pieces", "Received")] == [True] * 3
    receive(cast, order, 20)
    accept(cast, order)
    page = read(sign_in(cast.operator).get(order.get_absolute_url()))
    assert [words in page for words in ("Back and accepted", "Receive pieces")] == [True, False]


@pytest.mark.parametrize("name", ["quality", "vendor"])
def test_list_of_orders_takes_the_same_statements_for_many(cast, sign_in, name):
    make_outside_order(cast, at="issued")
    client = sign_in(getattr(cast, name))
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("subcontract:order-list"))
        counts.append(len(captured))
        for _ in range(2):
            make_outside_order(cast, at="issued")
    assert counts[0] == counts[1]
    assert OutsideOrder.objects.count() == 5


def test_list_of_approvals_takes_the_same_statements_for_many(cast, sign_in):
    make_approval(cast)
    client = sign_in(cast.quality)
    counts = []
    for round_number in range(2):
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("subcontract:approval-list"))
        counts.append(len(captured))
        for number in range(29):
            make_approval(cast, spec_number=f"AMS-{round_number}-{number}", customer=cast.customer)
    assert counts[0] == counts[1]


def test_approval_is_made_suspended_and_reinstated_by_its_pages(cast, sign_in):
    client = sign_in(cast.quality)
    client.post(
        reverse("subcontract:approval-create"),
        {
            "site": cast.vendor_site.pk,
            "process": "Anodize",
            "spec_number": "MIL-PRF-8625",
            "valid_from": today(),
            "valid_to": today(),
            "basis": "Own audit 2026-4",
        },
    )
    approval = ApprovalScope.objects.get()
    assert (approval.process, approval.state) == ("anodize", "approved")
    for verb, state in (("suspend", "suspended"), ("reinstate", "approved"), ("withdraw", "withdrawn")):
        address = reverse(f"subcontract:approval-{verb}", kwargs={"number": approval.number})
        assert client.post(address, {"on": today(), "reason": "Audit finding 4."}).status_code == 302
        approval.refresh_from_db()
        assert approval.state == state
    page = read(client.get(approval.get_absolute_url()))
    assert "Audit finding 4." in page


@pytest.mark.parametrize(
    ("days", "word"), [(61, "Approved"), (60, "Expires soon"), (0, "Expires soon"), (-1, "Expired")]
)
def test_list_says_when_an_approval_is_over(cast, sign_in, days, word):
    from datetime import timedelta

    make_approval(cast, valid_from=today() - timedelta(days=9), valid_to=today() + timedelta(days=days))
    page = read(sign_in(cast.operator).get(reverse("subcontract:approval-list")))
    assert f"</svg>{word}</span>" in page


def test_returned_lot_leads_to_its_verification_and_its_line_to_the_certificate(cast, sign_in):
    order = make_outside_order(cast, at="shipped")
    back = receive(cast, order, 30)
    verify = reverse("inspection:record-open", kwargs={"number": f"{back.traveler.number}-40-1"})
    bring_in = f"{reverse('documents:certificate-upload')}?line={order.number}/1"
    offered = {}
    for person in (cast.inspector, cast.operator):
        page = read(sign_in(person).get(order.get_absolute_url()))
        offered[person.role] = [f'href="{address}"' in page for address in (verify, bring_in)]
    assert offered == {"inspector": [True, True], "operator": [False, True]}
    page = read(sign_in(cast.vendor).get(order.get_absolute_url()))
    assert [words in page for words in (f'action="{bring_in.partition("?")[0]}"', verify)] == [True, False]
    assert sign_in(cast.inspector).get(verify).status_code == 200
    assert sign_in(cast.vendor).get(bring_in).status_code == 200
