"""Waivers on pages and by call: asked for beside what stops a lot, decided by whoever may, out of sight of others."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from documents.models import Waiver
from tests.cast import PASSWORD
from tests.factories.certificates import pdf
from tests.factories.documents import certify, release
from tests.factories.waivers import (
    FIRST_ARTICLE,
    OWNERS,
    ask,
    decide,
    letter,
    make_waiver,
    open_first_article,
    open_owners,
)
from tests.machine import Machine, refusal


def words(response) -> str:
    return " ".join(response.content.decode().split())


def said(response) -> str:
    """Return what a reader reads."""
    return html.unescape(re.sub(r"<[^>]*>", "", words(response)))


@pytest.fixture
def opened(ready):
    open_first_article(ready.lot)
    open_owners(ready.lot)
    return ready


def at(waiver: Waiver, verb: str) -> str:
    return reverse(f"documents:waiver-{verb}", args=[waiver.number])


def answer(**facts) -> dict:
    return {"reason": "Ship them with the test bars.", "password": PASSWORD} | facts


def test_waiver_is_asked_for_beside_what_stops_the_lot(opened, sign_in):
    client = sign_in(opened.cast.quality)
    address = reverse("documents:waiver-request", args=[opened.lot.number])
    lot_page = words(client.get(opened.lot.get_absolute_url()))
    link = f'{address}?code=FAI&amp;subject=">Ask for a waiver'
    assert link in lot_page
    form = client.get(address, {"code": "FAI", "subject": ""})
    assert '<option value="FAI|" selected>' in words(form)
    offered = [name for name, _ in form.context["form"].fields["demand"].choices]
    assert offered == ["ROUTE|owners", "FAI|"]
    sent = client.post(
        address,
        {
            "demand": "FAI|",
            "reason": "The bath is known.",
            "quantity_limit": 5,
            "valid_to": timezone.localdate() + timedelta(days=5),
        },
        follow=True,
    )
    made = Waiver.objects.get()
    assert sent.redirect_chain == [(made.get_absolute_url(), 302)]
    assert f"{made.number} is asked for; it waits for Orrin Aerospace." in said(sent)
    after = words(client.get(opened.lot.get_absolute_url()))
    assert (link in after, f">Open {made.number}<" in after) == (False, True)
    assert f"to let it pass: {made.number}." in said(client.get(opened.lot.get_absolute_url()))


def test_demand_nobody_may_waive_offers_no_waiver(ready, sign_in):
    client = sign_in(ready.cast.quality)
    address = reverse("documents:waiver-request", args=[ready.lot.number])
    page = client.get(address, {"code": "COC"})
    assert page.context["form"].fields["demand"].choices == []
    refused = client.post(address, {"demand": "COC|", "reason": "So.", "quantity_limit": 5})
    assert (refused.status_code, Waiver.objects.count()) == (422, 0)


def test_refusal_of_the_domain_loses_nothing_that_was_typed(opened, sign_in):
    client = sign_in(opened.cast.quality)
    sent = client.post(
        reverse("documents:waiver-request", args=[opened.lot.number]),
        {
            "demand": "FAI|",
            "reason": "The bath is known.",
            "quantity_limit": 99,
            "valid_to": timezone.localdate(),
        },
    )
    assert sent.status_code == 422
    assert "has 5 pieces; a waiver cannot be for 99. Give 1 to 5." in words(sent)
    assert ("The bath is known." in words(sent), 'value="99"' in words(sent)) == (True, True)


def test_customer_finds_and_decides_its_own(opened, sign_in):
    made = ask(opened.cast, opened.lot)
    client = sign_in(opened.cast.customer_quality)
    desk = words(client.get(reverse("documents:package-list")))
    assert "1 waiver waits for you" in desk
    listed = client.get(reverse("documents:waiver-list"))
    assert (made.number in words(listed), listed.context["rows"][0].tone) == (True, "ours")
    page = words(client.get(made.get_absolute_url()))
    assert ("This waits for you" in page, ">Let it pass<" in page, ">Refuse<" in page) == (True, True, True)
    assert opened.lot.get_absolute_url() not in page
    form = client.get(at(made, "grant"))
    assert list(form.context["form"].fields) == ["reason", "password"]
    client.post(at(made, "grant"), answer(), follow=True)
    made.refresh_from_db()
    assert (made.state, made.decision_signature.person) == ("granted", opened.cast.customer_quality)
    assert "waits for you" not in words(client.get(reverse("documents:package-list")))


def test_quality_records_the_customers_letter(opened, sign_in):
    made = ask(opened.cast, opened.lot)
    client = sign_in(opened.cast.second_quality)
    without = client.post(at(made, "grant"), answer(reference="DEV-9"))
    assert (without.status_code, made.state) == (422, "requested")
    content = pdf()
    paper = SimpleUploadedFile("DEV-9.pdf", content, content_type="application/pdf")
    done = client.post(at(made, "grant"), answer(reference="DEV-9", letter=paper), follow=True)
    made.refresh_from_db()
    assert (made.state, made.decision_reference, f"{made.number} is granted." in said(done)) == (
        "granted",
        "DEV-9",
        True,
    )
    letter_page = client.get(at(made, "letter"))
    assert (letter_page.status_code, letter_page.content) == (200, content)


def test_wrong_password_decides_nothing(opened, sign_in):
    made = ask(opened.cast, opened.lot, OWNERS)
    client = sign_in(opened.cast.manager)
    sent = client.post(at(made, "grant"), answer(password="something else"))
    made.refresh_from_db()
    assert (sent.status_code, made.state) == (422, "requested")


def test_manager_is_told_what_waits_and_refuses(opened, sign_in):
    made = ask(opened.cast, opened.lot, OWNERS)
    client = sign_in(opened.cast.manager)
    assert "1 waiver waits for you" in words(client.get(reverse("documents:board")))
    client.post(at(made, "refuse"), answer(), follow=True)
    made.refresh_from_db()
    assert made.state == "refused"
    page = words(client.get(made.get_absolute_url()))
    assert ("Refused" in page, ">Withdraw<" in page) == (True, False)
    assert "waits for you" not in words(sign_in(opened.cast.quality).get(reverse("documents:board")))


def test_used_waiver_shows_where_its_pieces_went_and_is_withdrawn(ready, sign_in):
    made = make_waiver(ready.cast, ready.lot)
    certify(ready.cast, ready.shipment, reason="A waiver was granted.")
    release(ready.cast, ready.shipment)
    client = sign_in(ready.cast.quality)
    page = words(client.get(made.get_absolute_url()))
    assert ("5 used, 0 left" in page, ready.shipment.number in page) == (True, True)
    client.post(at(made, "withdraw"), answer(), follow=True)
    made.refresh_from_db()
    assert made.state == "withdrawn"


@pytest.mark.parametrize(
    ("person", "verb", "status"),
    [
        ("buyer", "detail", 200),
        ("buyer", "grant", 403),
        ("inspector", "detail", 200),
        ("inspector", "grant", 403),
        ("stranger_buyer", "detail", 404),
        ("stranger_buyer", "grant", 404),
        ("vendor", "detail", 404),
        ("stranger_vendor", "grant", 404),
    ],
)
def test_customers_waiver_is_seen_by_shop_and_customer_alone(opened, sign_in, person, verb, status):
    made = ask(opened.cast, opened.lot)
    assert sign_in(getattr(opened.cast, person)).get(at(made, verb)).status_code == status


def test_rule_of_the_house_is_no_business_of_the_customer(opened, sign_in):
    made = ask(opened.cast, opened.lot, OWNERS)
    client = sign_in(opened.cast.customer_quality)
    assert client.get(made.get_absolute_url()).status_code == 404
    assert made.number not in words(client.get(reverse("documents:waiver-list")))


def test_waiver_by_call_is_asked_for_and_read_and_not_decided(opened):
    shop, customer = Machine(opened.cast.quality), Machine(opened.cast.customer_quality)
    chain = shop.get(f"travelers/{opened.lot.number}/chain/").json()
    slot = next(each for each in chain["slots"] if each["code"] == "FAI")
    assert (slot["subject"], slot["waived_by"]) == ("", "customer")
    given = {
        "lot": opened.lot.number,
        "code": "FAI",
        "subject": "",
        "reason": "The bath is known.",
        "quantity_limit": 5,
        "valid_to": str(timezone.localdate()),
    }
    made = shop.post("waivers/", given)
    number = made.json()["number"]
    assert (made.status_code, made.json()["authority"], made.json()["state"]) == (
        201,
        "customer",
        "requested",
    )
    assert refusal(shop.post("waivers/", given))[1] == "waiver-stands"
    assert refusal(shop.post("waivers/", given | {"code": "COC", "subject": ""}))[1] == "demand-is-closed"
    assert refusal(shop.post(f"waivers/{number}/grant/", {}))[:2] == (404, "not-found")
    assert customer.get(f"waivers/{number}/").json()["uses"] == []
    assert refusal(Machine(opened.cast.stranger_buyer).get(f"waivers/{number}/"))[0] == 404
    assert refusal(customer.post("waivers/", given))[0] == 403


def test_list_takes_as_many_statements_for_two_rows_as_for_one(opened, sign_in):
    client = sign_in(opened.cast.manager)
    counted = []
    for named in (OWNERS, FIRST_ARTICLE):
        ask(opened.cast, opened.lot, named)
        with CaptureQueriesContext(connection) as captured:
            assert len(client.get(reverse("documents:waiver-list")).context["rows"]) == len(counted) + 1
        counted.append(len(captured))
    assert counted[0] == counted[1]


def test_letter_of_another_customer_is_not_found(opened, sign_in):
    made = decide(
        opened.cast,
        ask(opened.cast, opened.lot),
        by=opened.cast.second_quality,
        reference="DEV-9",
        file=letter(opened.cast),
    )
    assert sign_in(opened.cast.customer_quality).get(at(made, "letter")).status_code == 200
    assert sign_in(opened.cast.stranger_buyer).get(at(made, "letter")).status_code == 404
