"""A buyer's day in Chromium on the sample shop: each task from the first page, with its clicks counted."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from documents.models import ReleasePackage, Review
from inspection.models import FirstArticle
from tests.browser.shop_acts import approve, correct_and_submit
from tests.browser.worker import SIGNED, Worker

pytestmark = pytest.mark.browser
CLAIRE, OWEN = "claire@meridian.example", "owen@ardent.example"


@pytest.fixture
def waiting(sample_shop) -> ReleasePackage:
    """The one package that waits for a buyer's decision."""
    return ReleasePackage.objects.get(state=ReleasePackage.RELEASED)


def test_buyer_sees_which_operations_leave_the_house(sample_shop, chromium):
    claire = Worker(chromium, sample_shop, CLAIRE)
    claire.follow("Orders").follow("O-000002")
    leaves = claire.window.locator("[data-head='Leaves the house for']").first.inner_text().split("\n")
    assert leaves == ["Hard anodize", "MIL-PRF-8625 F Amendment 2, Type III, Class 1"]
    assert claire.clicks == 2


def test_buyer_reviews_page_by_page_and_accepts(sample_shop, chromium, waiting):
    owen = Worker(chromium, sample_shop, OWEN)
    owen.follow(waiting.number)
    for section in waiting.sections[1:3]:
        owen.window.get_by_role("link", name=section["title"]).click()
        owen.window.wait_for_url(f"**?page={section['page']}#read")
        assert owen.window.locator("#read").inner_text() == f"Page {section['page']} of {waiting.page_count}"
    owen.follow("Next page")
    page = owen.window.locator("img.paper")
    assert page.evaluate("each => each.decode().then(() => each.naturalWidth > 0)") is True
    pieces = sum(line.quantity for line in waiting.shipment.lines.all())
    owen.send(f"Accept all {pieces} pieces", {"Comment": "Read page by page."} | SIGNED)
    assert owen.told == [f"You accepted {waiting.number}."]
    waiting.refresh_from_db()
    review = waiting.reviews.get()
    assert (waiting.state, review.decision, review.words) == (
        ReleasePackage.ACCEPTED,
        Review.ACCEPTED,
        "Read page by page.",
    )
    assert owen.clicks == 3


def test_buyer_returns_a_package_with_a_comment_on_a_section(sample_shop, chromium, waiting):
    section = waiting.sections[-1]
    # the cover and index is the first section, and no comment is made on it
    number = len(waiting.sections) + 1
    owen = Worker(chromium, sample_shop, OWEN)
    owen.follow(waiting.number).follow("Return with comments…")
    owen.unfold("Comments on single sections")
    said = {
        "What must be put right": "One page cannot be read.",
        f"{number}. {section['title']}": "The stamp is cut off.",
    }
    owen.send("Return the package", said | SIGNED)
    words = f"One page cannot be read.\nSection {number}. {section['title']}: The stamp is cut off."
    waiting.refresh_from_db()
    assert (waiting.state, waiting.reviews.get().words) == (ReleasePackage.RETURNED, words)
    assert "The stamp is cut off." in owen.text
    assert owen.clicks == 4


def test_buyer_approves_a_first_article(sample_shop, chromium):
    record = approve(correct_and_submit(FirstArticle.objects.get(state=FirstArticle.RETURNED)))
    claire = Worker(chromium, sample_shop, CLAIRE)
    claire.follow("First articles").follow(record.number)
    claire.send("Sign: reviewed and approved", SIGNED)
    assert claire.told == [f"You approved {record.number}."]
    record.refresh_from_db()
    assert (record.state, record.customer_signature.person.email) == (FirstArticle.CUSTOMER_APPROVED, CLAIRE)
    assert claire.clicks == 3


def test_buyer_verifies_the_saved_file_against_the_page(sample_shop, chromium):
    package = ReleasePackage.objects.get(state=ReleasePackage.ACCEPTED, shipment__customer__number="MERIDIAN")
    claire = Worker(chromium, sample_shop, CLAIRE)
    claire.follow(package.number)
    shown = [each.inner_text() for each in claire.window.locator("[aria-labelledby=verify] .hash").all()]
    saved = [save(claire, "Save the PDF, "), save(claire, "Save the manifest")]
    assert [hashlib.sha256(each).hexdigest() for each in saved] == shown[:2]
    assert (saved[0][:5], bytes(package.manifest_bytes)) == (b"%PDF-", saved[1])
    assert claire.clicks == 1


def save(worker: Worker, words: str) -> bytes:
    """Click a link that saves a file, and return what lies on the disk then."""
    with worker.window.expect_download() as coming:
        worker.window.get_by_role("link", name=words).click()
    return Path(coming.value.path()).read_bytes()
