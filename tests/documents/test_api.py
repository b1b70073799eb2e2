"""Certificates, the chain, shipments and packages by machine: brought in and read, decided and released by nobody's."""

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from documents.domain import standing
from documents.domain.chain import check_lots
from documents.models import Certificate, StandingChain
from portal.models import Event
from tests.factories.certificates import pdf
from tests.factories.documents import make_package, make_shipment, make_shippable_lot
from tests.factories.subcontract import make_outside_order
from tests.machine import Machine, at, refusal

pytestmark = pytest.mark.django_db


def paper(order, /, **facts):
    given = {
        "file": SimpleUploadedFile("cert.pdf", pdf(), content_type="application/pdf"),
        "order": order.number,
        "stated_number": "BW-5512",
        "quantity": "20",
        "site": "MAIN",
        "spec_number": "MIL-PRF-8625",
    }
    return {name: value for name, value in (given | facts).items() if value is not None}


def test_a_vendors_program_brings_a_certificate_with_what_it_says(cast):
    order = make_outside_order(cast, at="shipped")
    machine = Machine(cast.vendor)
    sent = paper(order)
    answer = machine.send("certificates/", sent)
    made = Certificate.objects.get()
    shown = answer.json()
    assert (answer.status_code, shown["number"], shown["state"], shown["issuer"], shown["site"]) == (
        201,
        made.number,
        "in_review",
        "BRIGHTWATER",
        "MAIN",
    )
    sent["file"].seek(0)
    assert shown["sha256"] == hashlib.sha256(sent["file"].read()).hexdigest()
    assert [(each["lot"], each["step"]) for each in shown["coverages"]] == [
        (order.lines.get().traveler.number, order.lines.get().step.number)
    ]
    assert machine.get(f"certificates/{made.number}/").json() == shown
    assert [each["number"] for each in machine.get("certificates/").json()["results"]] == [made.number]
    stranger = Machine(cast.stranger_vendor)
    assert stranger.get("certificates/").json()["results"] == []
    assert refusal(stranger.get(f"certificates/{made.number}/"))[0] == 404


@pytest.mark.parametrize(
    ("facts", "code", "words"),
    [
        ({"order": None}, "not-your-order", "Dilys Marchetti may bring certificates for orders of"),
        ({"order": "PO-999999"}, "fields-refused", "There is no outside order PO-999999 with a line 1 here."),
        ({"site": "ELSEWHERE"}, "fields-refused", "The issuer has no site ELSEWHERE here."),
        ({"file": SimpleUploadedFile("a.pdf", b"")}, "file-refused", "empty"),
        ({"kind": "material"}, "wrong-kind-of-certificate", "is outside work; a certificate of material"),
        ({"file": None}, "fields-refused", "file: No file was submitted."),
        ({"page_to": "9"}, "pages-not-there", "cert.pdf has 1 pages"),
        ({"stated_on": "9999-12-31"}, "fields-refused", "Give a day before 2200"),
        ({"quantity": str(2**63)}, "fields-refused", "quantity: Ensure this value is less than or equal to"),
        ({"process_from": "2026-03-02", "process_to": "2026-03-01"}, "incomplete", "before it begins on"),
    ],
)
def test_a_certificate_that_cannot_be_taken_leaves_nothing(cast, facts, code, words):
    order = make_outside_order(cast, at="shipped")
    status, found, sentence = refusal(Machine(cast.vendor).send("certificates/", paper(order, **facts)))
    assert (found, words in sentence, Certificate.objects.count()) == (code, True, 0)
    assert status == (403 if code == "not-your-order" else 422)


def test_what_a_certificate_says_and_covers_is_corrected_by_call(cast):
    order = make_outside_order(cast, at="shipped")
    number = Machine(cast.vendor).send("certificates/", paper(order)).json()["number"]
    shop = Machine(cast.operator)
    entered = shop.post(f"certificates/{number}/fields/", {"stated_number": "BW-5513", "spec_type": "II"})
    assert (entered.status_code, entered.json()["stated_number"], entered.json()["spec_number"]) == (
        200,
        "BW-5513",
        "MIL-PRF-8625",
    )
    step = order.lines.get().step.number
    assert refusal(shop.post(f"certificates/{number}/coverages/", {"step": step, "quantity": 21}))[1] == (
        "over-allocated"
    )
    covered = shop.post(f"certificates/{number}/coverages/", {"step": step, "quantity": 20})
    assert [each["quantity"] for each in covered.json()["coverages"]] == [20]
    assert refusal(shop.post(f"certificates/{number}/accept/"))[:2] == (404, "not-found")


def test_the_chain_of_a_lot_is_what_the_board_shows(cast):
    lot = make_outside_order(cast, at="shipped").lines.get().traveler
    shown = Machine(cast.operator).get(f"travelers/{lot.number}/chain/").json()
    slots = check_lots([lot])[lot.number]
    assert [(each["code"], each["state"], each["reason"] or each["demand"]) for each in shown["slots"]] == [
        (slot.code, slot.state, slot.sentence) for slot in slots
    ]
    assert (shown["is_ready"], len(shown["facts_digest"])) == (False, 64)


def test_the_chains_of_open_lots_are_listed_as_last_judged(cast):
    stopped = make_outside_order(cast, at="shipped").lines.get().traveler
    make_shippable_lot(cast)
    standing.judge_every_open_lot()
    quality = Machine(cast.quality)

    def listed(**asked) -> list[str]:
        words = "&".join(f"{name}={value}" for name, value in asked.items())
        return [row["lot"] for row in quality.get(f"chains/?{words}").json()["results"]]

    assert len(listed()) == 2
    assert (
        listed(is_stopped="true")
        == listed(open_link="CUSTODY")
        == listed(lot=stopped.number)
        == [stopped.number]
    )
    assert (listed(is_stopped="false", is_late="true"), listed(customer="ORRIN")) == ([], listed())
    [row] = quality.get(f"chains/?lot={stopped.number}").json()["results"]
    kept = StandingChain.objects.get(traveler=stopped)
    assert (row["stops"], row["owners"], row["facts_digest"]) == (kept.stops, kept.owners, kept.facts_sha256)
    assert Machine(cast.buyer).get("chains/").status_code == 404


def test_a_buyers_program_reads_its_package_once_it_is_shown(cast):
    package = make_package(cast, at="shared")
    buyer, stranger = Machine(cast.buyer), Machine(cast.stranger_buyer)
    shown = buyer.get(f"packages/{package.number}/").json()
    assert (shown["state"], shown["customer"], shown["rendering"]["state"]) == ("released", "ORRIN", "done")
    wanted = buyer.headers | {"Accept": "application/pdf"}
    content = buyer.client.get(at(f"packages/{package.number}/pdf/"), headers=wanted).content
    manifest = buyer.get(f"packages/{package.number}/manifest/").content
    assert (hashlib.sha256(content).hexdigest(), hashlib.sha256(manifest).hexdigest()) == (
        shown["pdf_sha256"],
        shown["manifest_sha256"],
    )
    assert Event.objects.filter(verb="read", noun="package", person=cast.buyer).count() == 2
    assert buyer.get(f"shipments/{shown['shipment']}/").json()["packages"] == [package.number]
    for address in ("", "pdf/", "manifest/"):
        assert refusal(stranger.get(f"packages/{package.number}/{address}"))[0] == 404


def test_a_shipment_is_seen_by_its_customer_once_it_is_released(cast):
    shipment = make_shipment(cast, at="certified")
    shop, buyer = Machine(cast.quality), Machine(cast.buyer)
    assert refusal(buyer.get(f"shipments/{shipment.number}/"))[0] == 404
    shown = shop.get(f"shipments/{shipment.number}/").json()
    assert (shown["state"], shown["packages"], [each["quantity"] for each in shown["lines"]]) == (
        "certified",
        [],
        [shipment.lines.get().quantity],
    )
    assert refusal(shop.post(f"shipments/{shipment.number}/release/"))[:2] == (404, "not-found")
