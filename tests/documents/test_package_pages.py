"""Pages of packages: nothing before it is shown, everything to read and verify after it."""

from __future__ import annotations

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from documents.domain import packages, shipments
from documents.domain.seal_keys import certificate_of
from documents.models import ReleasePackage
from portal.domain.canonical import sha256_of
from portal.domain.event_log import log_verifier_keys
from portal.domain.files import read_bytes
from portal.models import Event, Label, StoredFile
from routes.models import PartRevision
from tests.cast import PASSWORD
from tests.factories.documents import release, render, share
from tests.factories.exports import let_everybody_receive

STAGE = "sealed"
PARTS = ("", "pdf/", "download/", "manifest/", "pages/1/", "accept/", "return/")


@pytest.fixture
def sealed(ready) -> ReleasePackage:
    return ready.shipment.packages.get()


@pytest.fixture
def buyer(ready, client):
    client.force_login(ready.cast.buyer)
    return client


@pytest.mark.parametrize("part", PARTS)
def test_nothing_of_it_exists_for_the_buyer_before_it_is_shown(ready, sealed, buyer, part):
    address = f"/packages/{sealed.number}/{part}"
    assert buyer.get(address).status_code == 404
    share(ready.cast, ready.shipment)
    assert buyer.get(address).status_code == 200


@pytest.mark.parametrize("who", ["stranger_buyer", "vendor"])
@pytest.mark.parametrize("part", PARTS)
def test_nothing_of_it_exists_for_strangers(ready, sealed, client, who, part):
    share(ready.cast, ready.shipment)
    client.force_login(getattr(ready.cast, who))
    assert client.get(f"/packages/{sealed.number}/{part}").status_code == 404


def test_buyer_reads_what_was_frozen(ready, sealed, buyer):
    share(ready.cast, ready.shipment)
    shown = buyer.get(f"/packages/{sealed.number}/?page=2")
    text = shown.content.decode()
    assert (shown.context["page"], shown.context["page_name"]) == (2, sealed.sections[0]["title"])
    for expected in (sealed.file.sha256, sealed.manifest_sha256, sealed.facts_digest, ready.lot.number):
        assert expected in text
    assert f"/packages/{sealed.number}/pages/2/" in text
    assert "/shipments/" not in text


def test_customers_first_page_says_what_waits_until_it_is_decided(ready, sealed, buyer):
    def waiting():
        found = buyer.get("/packages/").context["waiting"]
        return [(each["number"], each["url"], each["act"]) for each in found]

    seen = [waiting()]
    share(ready.cast, ready.shipment)
    seen.append(waiting())
    buyer.post(f"/packages/{sealed.number}/accept/", {"password": PASSWORD})
    seen.append(waiting())
    assert seen == [[], [(sealed.number, sealed.get_absolute_url(), "Read and decide")], []]


def test_shops_list_of_packages_waits_for_nobody(ready, client):
    client.force_login(ready.cast.quality)
    assert client.get("/packages/").context["waiting"] is None


def test_page_out_of_range_is_the_nearest(ready, sealed, buyer):
    share(ready.cast, ready.shipment)
    asked = {text: buyer.get(f"/packages/{sealed.number}/", {"page": text}).context["page"] for text in
             ("0", "-1", "x", "9999", "²", "1")}  # fmt: skip
    assert asked == {"0": 1, "-1": 1, "x": 1, "9999": sealed.page_count, "²": 1, "1": 1}
    assert buyer.get(f"/packages/{sealed.number}/pages/9999/").status_code == 404


def test_pdf_is_shown_in_the_browser_without_any_rights(ready, sealed, buyer):
    share(ready.cast, ready.shipment)
    shown = buyer.get(f"/packages/{sealed.number}/pdf/")
    assert shown.headers["Content-Disposition"].startswith("inline")
    assert shown.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    saved = buyer.get(f"/packages/{sealed.number}/download/")
    assert saved.headers["Content-Disposition"] == f'attachment; filename="{sealed.number}.pdf"'
    assert sha256_of(saved.content) == sealed.file.sha256


def test_manifest_is_saved_as_frozen(ready, sealed, buyer):
    share(ready.cast, ready.shipment)
    saved = buyer.get(f"/packages/{sealed.number}/manifest/")
    assert sha256_of(saved.content) == sealed.manifest_sha256
    assert json.loads(saved.content)["package"]["record"] == sealed.number


def test_originals_travel_and_other_files_do_not_exist(ready, sealed, buyer):
    share(ready.cast, ready.shipment)
    entry = packages.manifest_of(sealed)["files"][0]
    got = buyer.get(f"/packages/{sealed.number}/files/{entry['sha256']}/")
    assert got.content == read_bytes(StoredFile.objects.get(sha256=entry["sha256"]))
    stranger = StoredFile.objects.exclude(
        sha256__in=[each["sha256"] for each in packages.manifest_of(sealed)["files"]]
    )
    assert buyer.get(f"/packages/{sealed.number}/files/{stranger.first().sha256}/").status_code == 404


def test_every_reading_is_written_down(ready, sealed, buyer):
    share(ready.cast, ready.shipment)
    for part in ("pdf/", "manifest/", "pages/1/"):
        buyer.get(f"/packages/{sealed.number}/{part}")
    told = Event.objects.filter(verb="read", number=sealed.number).order_by("pk")
    assert [(event.person, event.data) for event in told] == [
        (ready.cast.buyer, {"sha256": sealed.file.sha256}),
        (ready.cast.buyer, {"manifest": sealed.manifest_sha256}),
        (ready.cast.buyer, {"sha256": sealed.file.sha256, "page": 1}),
    ]


def test_label_hides_the_pages_from_those_who_may_not_see_them(ready, buyer):
    strict = Label.objects.create(code="EAR", name="Export controlled", strictness=20, needs_eligibility=True)
    PartRevision.objects.filter(pk=ready.lot.order_line.part_revision_id).update(label=strict)
    let_everybody_receive(ready.cast, strict)
    shipments.withdraw_release(
        by=ready.cast.quality, shipment=ready.shipment, reason="The part is controlled."
    )
    package = release(ready.cast, ready.shipment, reason="Labelled.")
    render()
    share(ready.cast, ready.shipment)
    parts = ("pdf/", "manifest/", "pages/1/")
    assert [buyer.get(f"/packages/{package.number}/{part}").status_code for part in parts] == [404, 404, 404]
    ready.cast.buyer.is_export_eligible = True
    ready.cast.buyer.save()
    assert [buyer.get(f"/packages/{package.number}/{part}").status_code for part in parts] == [200, 200, 200]


def test_buyer_accepts_with_the_full_credential(ready, sealed, buyer):
    share(ready.cast, ready.shipment)
    page = f"/packages/{sealed.number}/"
    assert buyer.post(f"{page}accept/", {"password": "wrong"}).status_code == 422
    assert buyer.get(page).context["may_decide"]
    buyer.post(f"{page}accept/", {"password": PASSWORD, "words": "Good."})
    sealed.refresh_from_db()
    shown = buyer.get(page)
    assert (sealed.state, shown.context["may_decide"]) == (ReleasePackage.ACCEPTED, False)
    assert "Greta Halloran, Senior buyer" in shown.content.decode()


def test_return_without_words_keeps_the_form(ready, sealed, buyer):
    share(ready.cast, ready.shipment)
    page = f"/packages/{sealed.number}/return/"
    refused = buyer.post(page, {"password": PASSWORD, "words": ""})
    assert refused.context["form"].errors["words"] == [
        "Say what must be put right; the shop works from these words."
    ]
    buyer.post(page, {"password": PASSWORD, "words": "Serial numbers are missing."})
    sealed.refresh_from_db()
    assert sealed.state == ReleasePackage.RETURNED


def test_shop_shows_it_to_the_buyer_from_its_page(ready, sealed, client):
    client.force_login(ready.cast.quality)
    page = f"/packages/{sealed.number}/"
    assert client.get(page).context["may_share"]
    client.post(f"{page}share/")
    sealed.refresh_from_db()
    assert (sealed.state, client.get(page).context["may_share"]) == (ReleasePackage.RELEASED, False)


def test_returned_package_leads_the_shop_to_its_answer(ready, sealed, client):
    share(ready.cast, ready.shipment)
    page = f"/packages/{sealed.number}/"
    client.force_login(ready.cast.quality)
    assert client.get(page).context["next_act"] is None
    client.force_login(ready.cast.buyer)
    client.post(f"{page}return/", {"password": PASSWORD, "words": "The date is missing."})
    assert client.get(page).context["next_act"] is None
    client.force_login(ready.cast.quality)
    assert client.get(page).context["next_act"] == {
        "label": f"Answer it on {ready.shipment.number}",
        "url": ready.shipment.get_absolute_url(),
    }
    lot = ready.shipment.lines.get().traveler
    facts = client.get(lot.get_absolute_url()).context["found"]["facts"]
    [last] = [fact for fact in facts if fact["label"] == "Last release"]
    sealed.refresh_from_db()
    assert (last["value"], last["note"].split(", ")[0]) == (sealed.number, sealed.get_state_display().lower())


def test_list_shows_buyers_their_own_in_constant_statements(ready, sealed, buyer):
    assert buyer.get("/packages/").context["rows"] == []
    share(ready.cast, ready.shipment)

    def statements():
        with CaptureQueriesContext(connection) as queries:
            rows = buyer.get("/packages/").context["rows"]
        return [row["number"] for row in rows], len(queries)

    [number], one = statements()
    first = ReleasePackage.objects.get(number=number)
    first.pk, first.number, first.revision = None, f"{number[:-1]}2", 2
    first.save()
    assert statements() == ([f"{number[:-1]}2", number], one)


def test_comments_on_sections_reach_the_shop_as_words(ready, sealed, buyer):
    share(ready.cast, ready.shipment)
    section = sealed.sections[0]
    words = {"words": "Two things.", f"on_{section['code']}": "The date is missing."}
    buyer.post(f"/packages/{sealed.number}/return/", {"password": PASSWORD, **words})
    review = sealed.reviews.get()
    assert review.words == (
        f"Two things.\nSection {section['number']}. {section['title']}: The date is missing."
    )


def test_comment_on_one_section_is_enough_to_return(ready, sealed, buyer):
    share(ready.cast, ready.shipment)
    said = {f"on_{sealed.sections[0]['code']}": "The date is missing."}
    buyer.post(f"/packages/{sealed.number}/return/", {"password": PASSWORD, **said})
    sealed.refresh_from_db()
    assert sealed.state == ReleasePackage.RETURNED


def test_sections_say_what_to_know_of_them():
    from documents.views.package_words import verdict_of

    manifest = {
        "chain": {"slots": [{"code": "FAI", "state": "waived"}]},
        "nonconformances": [{"concession": "CN-1"}],
        "gauges": [],
        "results": [{"values": [{"verdict": "pass"}]}],
        "package": {"revision": "2"},
        "first_article": {"reference": {"identifier": "FA-1"}},
    }
    codes = ("chain", "nonconformances", "gauges", "results", "revisions", "conformity", "first_article")
    assert [verdict_of(code, manifest)["word"] for code in codes] == [
        "Waived",
        "Read this",
        "None",
        "Complete",
        "Read this",
        "Read this",
        "On record",
    ]


def test_page_names_the_key_and_the_certificate_a_buyer_compares(ready, sealed, buyer):
    share(ready.cast, ready.shipment)
    page = buyer.get(sealed.get_absolute_url()).content.decode()
    told = {"number": sealed.number, "manifest_sha256": sealed.manifest_sha256}
    certificate = sha256_of(certificate_of(read_bytes(sealed.file), **told))
    assert [page.count(each) for each in (certificate, *log_verifier_keys())] == [1, 1]
