"""Pages of shipments: what stops it, one act to do, refusals on the same form."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from documents.domain import shipments
from documents.models import ReleasePackage, Shipment
from documents.views.shipment_acts import acts_of
from portal.models import Job
from routes.domain import holds
from routes.domain.lots import split
from routes.models import OrderLine
from tests.cast import PASSWORD
from tests.factories.documents import dispatch, make_shippable_lot, release, render, review, share

SIGNED = {"password": PASSWORD}


@pytest.fixture
def quality(ready, client):
    client.force_login(ready.cast.second_quality)
    return client


def acts(ready) -> list[tuple]:
    shipment = Shipment.objects.get(pk=ready.shipment.pk)
    package = shipment.packages.order_by("-revision").first()
    found = acts_of(shipment, package, by=ready.cast.quality, open_links=len(shipments.open_slots(shipment)))
    return [(act["label"], act.get("closed") or ("now" if act["is_main"] else "")) for act in found]


def test_the_story_by_its_pages(ready, quality):
    shipments.cancel(by=ready.cast.quality, shipment=ready.shipment)
    drafted = quality.post(
        "/shipments/draft/", {"lots": [ready.lot.pk], "carrier": "Ridge Freight"}, follow=True
    )
    shipment = Shipment.objects.get(state=Shipment.DRAFT)
    page = f"/shipments/{shipment.number}/"
    assert drafted.redirect_chain == [(page, 302)]
    before = quality.get(f"{page}certify/").content.decode()
    quality.post(f"{page}certify/", SIGNED | {"remarks": "Handle with gloves."})
    signed = shipment.conformity_certificates.get()
    told = [signed.content["14"], signed.content["5"], signed.content["lines"][0]["11"], "given as you sign"]
    assert [words for words in told if escape(words) not in before] == []
    assert signed.number not in before
    released = quality.post(f"{page}release/", SIGNED, follow=True)
    package = ReleasePackage.objects.get()
    assert f"{shipment.number} is released as {package.number}; its pages are being drawn." in str(
        [str(message) for message in released.context["messages"]]
    )
    assert b"Waits for a worker" in released.content
    render()
    package.refresh_from_db()
    drawn = {fact["label"]: fact.get("url") for fact in quality.get(page).context["facts"]}
    assert drawn["Package"] == package.get_absolute_url()
    quality.post(f"{page}dispatch/", SIGNED)
    shipment.refresh_from_db()
    assert shipment.state == Shipment.DISPATCHED
    packed = quality.get(f"{page}packing-list/")
    assert b"Ridge Freight" in packed.content
    assert (packed.context["pieces"], packed.context["shop"].name) == (5, "Halden Precision")
    assert f"<strong>{packed.context['pieces']}</strong>" in packed.content.decode()


def test_draft_page_offers_only_lots_that_can_ship(ready, quality):
    def offered():
        form = quality.get("/shipments/draft/").context["form"]
        return [lot.number for lot in form.fields["lots"].queryset]

    assert offered() == []
    shipments.cancel(by=ready.cast.quality, shipment=ready.shipment)
    assert offered() == [ready.lot.number]
    chosen = quality.get("/shipments/draft/", {"lot": ready.lot.number}).context["form"]
    assert chosen.initial == {"lots": [ready.lot]}


def test_open_link_closes_the_act_and_says_who_owes_it(ready, quality):
    page = f"/shipments/{ready.shipment.number}/"
    assert acts(ready)[0] == ("Release", "now")
    holds.place_hold(by=ready.cast.quality, traveler=ready.lot, reason="Customer asked to wait.")
    shown = quality.get(page)
    assert [(each["code"], each["state"]) for each in shown.context["findings"]] == [("STEPS", "rejected")]
    assert "1 of " in shown.context["open_heading"]
    assert acts(ready)[0] == ("Release", "1 link is open.")


def test_refusal_of_the_gate_comes_back_on_the_form(ready, quality):
    holds.place_hold(by=ready.cast.quality, traveler=ready.lot, reason="Customer asked to wait.")
    answer = quality.post(f"/shipments/{ready.shipment.number}/release/", SIGNED)
    [error] = answer.context["form"].non_field_errors()
    assert (answer.status_code, error.startswith(f"{ready.shipment.number} may not leave. STEPS of ")) == (
        422,
        True,
    )


def test_wrong_password_releases_nothing(ready, quality):
    answer = quality.post(f"/shipments/{ready.shipment.number}/release/", {"password": "wrong"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["password"])
    assert not ReleasePackage.objects.exists()


def test_one_act_stands_out_at_every_stage(ready):
    cast = ready.cast
    assert acts(ready) == [("Release", "now"), ("Sign the certificate again", ""), ("Cancel", "")]
    package = release(cast, ready.shipment)
    waits = ("Dispatch", "The pages of the package are not drawn yet.")
    assert acts(ready) == [waits, ("Withdraw the release", "")]
    render()
    assert acts(ready) == [("Dispatch", "now"), ("Show it to the buyer", ""), ("Withdraw the release", "")]
    OrderLine.objects.filter(pk=ready.lot.order_line_id).update(needs_package_approval=True)
    asked = ("Dispatch", "The order asks that the buyer accepts the package first.")
    assert acts(ready) == [("Show it to the buyer", "now"), asked, ("Withdraw the release", "")]
    share(cast, ready.shipment)
    assert acts(ready) == [asked, ("Withdraw the release", "")]
    package.refresh_from_db()
    review(cast, package)
    assert acts(ready) == [("Dispatch", "now"), ("Withdraw the release", "")]
    dispatch(cast, ready.shipment)
    assert acts(ready) == [("Packing list", "now")]


def test_returned_package_leads_to_the_next_revision(ready):
    release(ready.cast, ready.shipment)
    render()
    review(ready.cast, share(ready.cast, ready.shipment), decision="returned", words="Serials are missing.")
    assert acts(ready) == [("Withdraw the release", "now")]


def test_inspector_reads_and_cannot_act(ready, client):
    client.force_login(ready.cast.inspector)
    page = f"/shipments/{ready.shipment.number}/"
    assert client.get(page).context["acts"] == []
    assert client.post(f"{page}release/", SIGNED).status_code == 403


@pytest.mark.parametrize("who", ["buyer", "vendor", "stranger_buyer"])
def test_shipments_are_the_shops_own(ready, client, who):
    client.force_login(getattr(ready.cast, who))
    assert client.get("/shipments/").status_code == 404
    assert client.get(f"/shipments/{ready.shipment.number}/").status_code == 404


def test_packing_list_is_printed_only_after_dispatch(ready, quality):
    release(ready.cast, ready.shipment)
    render()
    shown = quality.get(f"/shipments/{ready.shipment.number}/packing-list/").content.decode()
    assert "There is no packing list yet." in shown
    assert "Ridge Freight" not in shown


def test_progress_is_asked_for_and_ends_by_loading_the_page_anew(ready, quality):
    package = release(ready.cast, ready.shipment)
    poll = f"/shipments/{ready.shipment.number}/progress/"
    assert f'hx-get="{poll}"' in quality.get(f"/shipments/{ready.shipment.number}/").content.decode()
    Job.objects.filter(pk=package.job_id).update(progress_sentence="Drawing section 2 of 15.")
    waiting = quality.get(poll)
    assert "HX-Refresh" not in waiting.headers
    render()
    assert quality.get(poll).headers["HX-Refresh"] == "true"


def test_parked_job_is_tried_again_from_the_page(ready, quality):
    package = release(ready.cast, ready.shipment)
    Job.objects.filter(pk=package.job_id).update(state=Job.PARKED, last_error="The disk was full.")
    shown = quality.get(f"/shipments/{ready.shipment.number}/")
    assert "The disk was full." in shown.content.decode()
    assert f'action="{shown.context["retry_url"]}"' in shown.content.decode()
    quality.post(shown.context["retry_url"])
    assert Job.objects.get(pk=package.job_id).state == Job.WAITING


def test_list_takes_as_many_statements_for_one_shipment_as_for_three(ready, quality):
    def statements() -> int:
        with CaptureQueriesContext(connection) as queries:
            rows = quality.get("/shipments/").context["rows"]
        return len(rows), len(queries)

    count, one = statements()
    shipments.cancel(by=ready.cast.quality, shipment=ready.shipment)
    child = split(by=ready.cast.quality, traveler=ready.lot, quantity=2, reason="Partial delivery.")
    for lot in (ready.lot, child):
        shipments.draft_shipment(by=ready.cast.quality, customer=ready.cast.customer, lots=[lot])
    assert (count, statements()) == (1, (3, one))


@pytest.mark.parametrize("is_held", [False, True])
def test_gate_page_lists_what_stops_it_with_its_act(ready, quality, is_held):
    if is_held:
        holds.place_hold(by=ready.cast.quality, traveler=ready.lot, reason="Customer asked to wait.")
    shown = quality.get(f"/shipments/{ready.shipment.number}/release/")
    acts_shown = [(each["code"], each["act"], each["is_mine"]) for each in shown.context["findings"]]
    assert (shown.context["open"], len(acts_shown)) == ((1, 1) if is_held else (0, 0))
    assert all(act.startswith("Decide on H-") and not is_mine for _, act, is_mine in acts_shown)


@pytest.mark.parametrize("who, is_offered", [("quality", True), ("operator", False)])
def test_the_page_of_a_ready_lot_offers_a_shipment_to_those_who_may_draft_one(cast, sign_in, who, is_offered):
    lot = make_shippable_lot(cast)
    client, address = sign_in(getattr(cast, who)), f"/shipments/draft/?lot={lot.number}"
    page = client.get(lot.get_absolute_url()).content.decode()
    assert (f'href="{address}"' in page) is is_offered
    assert client.get(address).status_code == (200 if is_offered else 403)
