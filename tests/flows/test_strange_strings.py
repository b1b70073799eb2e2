"""Strange words in every name: shown as they were typed, drawn on paper or refused by name, never obeyed."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl
import pytest
from django.db import transaction
from django.test import Client, override_settings
from lxml import html

from documents.domain import shipments
from documents.domain.chain.facts import read_facts
from documents.models import Certificate, ReleasePackage
from inspection.models import FirstArticle
from portal.domain.files import read_bytes
from portal.models import Organization
from routes.domain import parts
from routes.models import DrawingNote, RouteRevision, Traveler
from tests.browser.conftest import chromium  # noqa: F401
from tests.cast import Cast, make_cast
from tests.documents.package.reading import beyond_the_edge, page_texts, squeezed
from tests.factories.certificates import (
    make_material_certificate,
    make_process_certificate,
    record_setup_run,
)
from tests.factories.documents import dispatch, make_shipment
from tests.factories.inspection import make_first_article, make_lot
from tests.factories.routes import make_open_traveler, make_part_revision, make_released_route
from tests.flows.strange_words import MARKUP, SCRIPTS, UNBROKEN, Shelf, pages_of, payloads, strange_marks

NAMES = {"scripts and markup": f"{SCRIPTS} {MARKUP}", "one word": UNBROKEN}
PEOPLE = ("quality", "operator", "vendor", "customer_quality")
# a phone, a tablet, a desk
WIDTHS = (390, 820, 1440)


@dataclass
class StrangeShop:
    """A shop in which everything has the same strange name, with a package the buyer has before them."""

    cast: Cast
    name: str
    lot: Traveler
    package: ReleasePackage
    seen: dict[str, dict[str, bytes]] = field(default_factory=dict)

    def pages_of(self, who: str, client: Client) -> dict[str, bytes]:
        """Return the pages one of the cast finds, fetched once for all tests that only look at them."""
        if who not in self.seen:
            client.force_login(getattr(self.cast, who))
            self.seen[who] = pages_of(client)
        return self.seen[who]


def rename(cast: Cast, name: str) -> None:
    """Call everybody of the cast, and every organization and site, by a strange name."""
    for person in cast.people.values():
        person.printed_name = person.title = name[:120]
        person.save()
    for organization in Organization.objects.prefetch_related("sites"):
        organization.name = name
        organization.save()
        for site in organization.sites.all():
            site.name = site.street = name
            site.city = name[:100]
            site.save()
    for known in ("customer", "vendor_organization", "shop", "vendor_site"):
        getattr(cast, known).refresh_from_db()


def plan_part(cast: Cast, name: str) -> RouteRevision:
    """Release a route for a part of that name and number, with a note that says it too."""
    part = parts.add_part(
        by=cast.quality, customer=cast.customer, number=name[:78], name=name, is_serialized=False
    )
    revision = make_part_revision(cast, part=part)
    parts.add_note(by=cast.quality, part_revision=revision, note_number=name[:20], text=name * 3)
    return make_released_route(cast, part_revision=revision)


def finish_lot(cast: Cast, name: str) -> Traveler:
    """Return a lot whose every link is closed by papers that are called and signed strangely."""
    lot = make_lot(cast, at=999, route_revision=plan_part(cast, name))
    record_setup_run(cast, lot)
    papers = {"stated_number": name[:80], "signed_name": name[:120], "at": "accepted"}
    make_process_certificate(cast, lot=lot, name=f"{name}.pdf", **papers)
    make_material_certificate(cast, material=lot.material_lot, **papers)
    make_first_article(cast, lot=lot, at="approved")
    lot.refresh_from_db()
    return lot


@pytest.fixture(scope="module", params=NAMES.values(), ids=NAMES)
def _built_once(
    request, django_db_setup, django_db_blocker, tmp_path_factory
) -> Iterator[tuple[StrangeShop, Path]]:
    folder = tmp_path_factory.mktemp("strange_files")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=folder), transaction.atomic():
        cast = make_cast()
        rename(cast, request.param)
        lot = finish_lot(cast, request.param)
        shipment = make_shipment(cast, lot=lot, at="shared")
        yield StrangeShop(cast, request.param, lot, shipments.current_package(shipment)), folder
        transaction.set_rollback(True)


@pytest.fixture
def strange_shop(_built_once, files_folder, settings) -> Iterator[StrangeShop]:
    """A strange shop of this test's own: whatever it changes is undone."""
    built, folder = _built_once
    settings.MEDIA_ROOT = folder
    with transaction.atomic():
        yield built
        transaction.set_rollback(True)


def test_package_is_drawn_and_shown_whatever_the_names(strange_shop):
    pages = page_texts(read_bytes(strange_shop.package.file))
    assert (strange_shop.package.state, len(pages)) == (
        ReleasePackage.RELEASED,
        strange_shop.package.page_count,
    )
    assert [number for number, text in enumerate(pages, start=1) if not text.strip()] == []


def test_no_name_runs_off_the_paper(strange_shop):
    content = read_bytes(strange_shop.package.file)
    assert squeezed(strange_shop.name) in squeezed(" ".join(page_texts(content)))
    assert beyond_the_edge(content) == []


@pytest.mark.parametrize("who", PEOPLE)
def test_no_page_obeys_a_name(strange_shop, client, who):
    pages = strange_shop.pages_of(who, client)
    found = {address: strange_marks(content) for address, content in pages.items()}
    assert len(found) > 3
    assert {address: marks for address, marks in found.items() if marks} == {}


@pytest.mark.browser
@pytest.mark.parametrize("who", PEOPLE)
def test_no_name_makes_a_page_wider_than_its_window(strange_shop, client, request, who):
    pages = strange_shop.pages_of(who, client)
    # the browser comes after the pages: while its loop runs, Django works on another connection
    page = request.getfixturevalue("chromium").new_page()
    page.route("**/*", Shelf(pages).answer)
    too_wide = {}
    for address in pages:
        page.goto(f"http://testserver{address}", wait_until="load")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 844})
            needed = page.evaluate("document.documentElement.scrollWidth")
            if needed > width:
                too_wide[address, width] = needed
    assert too_wide == {}


def test_what_is_printed_says_the_name_as_it_is(strange_shop, client):
    cast, lot = strange_shop.cast, strange_shop.lot
    dispatch(cast, shipments.current_package(strange_shop.package.shipment).shipment)
    client.force_login(cast.quality)
    for address in (
        f"/travelers/{lot.number}/print/",
        f"/travelers/{lot.number}/label/",
        f"/shipments/{strange_shop.package.shipment.number}/packing-list/",
    ):
        page = client.get(address)
        assert (address, page.status_code, strange_marks(page.content)) == (address, 200, [])
        said = html.fromstring(page.content).find("body").text_content()
        assert squeezed(strange_shop.name) in squeezed(said), address


def test_workbook_of_the_first_article_calculates_nothing(strange_shop, client):
    client.force_login(strange_shop.cast.customer_quality)
    answer = client.get(f"/first-articles/{FirstArticle.objects.get().number}/xlsx/")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    own = [cell for cell in cells if cell.value == strange_shop.name]
    assert own
    assert {cell.quotePrefix for cell in own} == {strange_shop.name.startswith("=")}


def test_download_names_no_header_and_no_path(strange_shop, client):
    client.force_login(strange_shop.cast.vendor)
    certificate = Certificate.objects.exclude(uploaded_by__role="inspector").get()
    answer = client.get(f"/certificates/{certificate.number}/file/")
    assert answer.status_code == 200
    assert not set("\r\n<>") & set(answer["Content-Disposition"])


@pytest.mark.django_db
def test_the_chain_tells_namesakes_apart(cast):
    rename(cast, "Kim Lee")
    route = make_released_route(cast)
    lot = make_open_traveler(cast, route_revision=route)
    assert [facts.is_released_by_author for facts in read_facts([lot.pk]).values()] == [False]
    RouteRevision.objects.filter(pk=route.pk).update(author=route.release_signature.person)
    assert [facts.is_released_by_author for facts in read_facts([lot.pk]).values()] == [True]


@pytest.mark.django_db
def test_every_payload_is_kept_and_shown_as_it_is(cast, client, shared_data):
    revision = make_part_revision(cast, with_notes=False)
    said = payloads(shared_data)
    for at, text in enumerate(said):
        parts.add_note(by=cast.quality, part_revision=revision, note_number=f"{at}", text=text)
    client.force_login(cast.quality)
    page = client.get(revision.get_absolute_url())
    assert (page.status_code, strange_marks(page.content)) == (200, [])
    shown = squeezed(html.fromstring(page.content).text_content())
    kept = list(DrawingNote.objects.values_list("text", flat=True))
    assert [text for text in kept if squeezed(printable(text)) not in printable(shown)] == []
    assert len(kept) == len(said)


def printable(text: str) -> str:
    """Return text without the signs a page cannot hold."""
    return "".join(sign for sign in text if unicodedata.category(sign)[0] != "C")


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["quality", "vendor", "buyer"])
def test_search_takes_every_payload(cast, client, shared_data, who):
    client.force_login(getattr(cast, who))
    answers = {text: client.get("/search/", {"q": text}, follow=True) for text in payloads(shared_data)}
    assert {answer.status_code for answer in answers.values()} == {200}
    assert [text for text, answer in answers.items() if strange_marks(answer.content)] == []
