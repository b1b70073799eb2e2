"""A vendor's day in Chromium on the sample shop: each task from the first page, with its clicks counted."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageDraw

from documents.demo.papers import paper
from documents.models import Certificate
from subcontract.models import OutsideOrder, OutsideOrderLine
from tests.browser.worker import PHONE, Worker

pytestmark = pytest.mark.browser
RAY = "ray@bluewater.example"


@pytest.fixture
def at_vendor(sample_shop) -> OutsideOrderLine:
    """The one line whose pieces are at the anodizer now."""
    return OutsideOrderLine.objects.get(order__state=OutsideOrder.SHIPPED)


@pytest.fixture
def rejected(sample_shop) -> Certificate:
    return Certificate.objects.get(state=Certificate.REJECTED, issuer__number="BLUEWATER")


def certificate_of(line: OutsideOrderLine) -> dict[str, object]:
    """Return what the paper of a line says, by the labels of the form."""
    order, revision = line.order, line.traveler.route_revision.part_revision
    return {
        "Certificate number": f"BA-{order.number}",
        "Dated": order.ordered_on,
        "Certificate type": "process",
        "Site that did the work": str(order.site),
        "Purchase order number": order.number,
        "Part number": revision.part.number,
        "Part revision": revision.revision,
        "Specification": line.specification.number,
        "Specification revision": line.specification.revision,
        "Type": line.spec_type,
        "Class": line.spec_class,
        "Alloy and condition": line.material_condition,
        "Heat, batch or lot": line.traveler.number,
        "Quantity": line.quantity,
        "Processed from": order.ordered_on,
        "Processed until": order.ordered_on,
        "Signed by": "R. Pacheco",
    }


def scanned(line: OutsideOrderLine) -> tuple[str, bytes]:
    says = certificate_of(line)
    content = paper(
        "process_certificate",
        number=says["Certificate number"],
        on=str(says["Dated"]),
        po_number=says["Purchase order number"],
        part_number=says["Part number"],
        part_revision=says["Part revision"],
        lot=line.traveler.number,
        quantity=str(line.quantity),
        condition=line.material_condition,
        specification=str(line.specification),
        spec_type=line.spec_type,
        spec_class=line.spec_class,
        load="118",
        signer="R. Pacheco",
    )
    return f"{says['Certificate number']}.pdf", content


def photographed() -> tuple[str, bytes]:
    """Return a page as a phone's camera saves it."""
    picture = Image.new("RGB", (1200, 1600), "white")
    ImageDraw.Draw(picture).text((120, 160), "CERTIFICATE OF PROCESSING", fill="black", font_size=60)
    kept = io.BytesIO()
    picture.save(kept, "JPEG", quality=80)
    return "IMG_2041.jpg", kept.getvalue()


def test_vendor_sees_what_is_owed_today(sample_shop, chromium, at_vendor, rejected):
    ray = Worker(chromium, sample_shop, RAY)
    assert ray.heading == "Your orders"
    owed = [each.inner_text() for each in ray.window.locator("a.owed-act").all()]
    assert sorted(owed) == ["Correct it", "Send it"]
    assert rejected.decision_reason in ray.text
    assert f"{at_vendor.quantity} pieces to send back due" in ray.text
    # what is owed stands before what is settled
    orders = [each.inner_text() for each in ray.window.locator("section h2").all()]
    again = OutsideOrderLine.objects.get(step=rejected.coverages.get().step)
    assert set(orders[:2]) == {at_vendor.order.number, again.order.number}
    assert ray.clicks == 0


def test_vendor_sends_the_certificate_of_a_lot_there(sample_shop, chromium, at_vendor):
    ray = Worker(chromium, sample_shop, RAY)
    ray.follow("Send it")
    ray.send("Send it", {"Choose the file": scanned(at_vendor)})
    ray.send("Keep these fields", certificate_of(at_vendor))
    assert "Received. Pre-check passed." in ray.text
    assert ray.clicks == 3
    certificate = Certificate.objects.latest("pk")
    assert (certificate.state, certificate.coverages.get().step) == (Certificate.IN_REVIEW, at_vendor.step)


def test_vendor_reads_why_one_came_back_and_sends_the_corrected_one(sample_shop, chromium, rejected):
    line = OutsideOrderLine.objects.get(step=rejected.coverages.get().step)
    ray = Worker(chromium, sample_shop, RAY)
    ray.follow("Correct it")
    assert "It was sent back. Please send a corrected one." in ray.text
    assert rejected.decision_reason in ray.text
    ray.send("Send it", {"Choose the corrected file": scanned(line)})
    ray.send("Keep these fields", certificate_of(line))
    assert "Received. Pre-check passed." in ray.text
    assert ray.clicks == 3
    assert (rejected.replaced_by.get().state, rejected.replaced_by.get().part_revision) == (
        Certificate.IN_REVIEW,
        line.traveler.route_revision.part_revision.revision,
    )


def test_vendor_sends_a_photo_from_a_phone(sample_shop, chromium, at_vendor):
    ray = Worker(chromium, sample_shop, RAY, screen=PHONE)
    ray.follow("Send it")
    name, content = photographed()
    ray.send("Send it", {"Or take photos of its pages": (name, content)})
    certificate = Certificate.objects.latest("pk")
    assert ray.heading == f"What certificate {certificate.number} says"
    assert (certificate.file.original_name, certificate.file.size_bytes) == (name, len(content))
    shown = ray.window.locator("img.paper")
    shown.scroll_into_view_if_needed()
    assert shown.evaluate("each => each.decode().then(() => each.naturalWidth > 0)") is True
    assert ray.window.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    assert ray.clicks == 2


def test_vendor_finds_an_order_by_search(sample_shop, chromium, at_vendor):
    ray = Worker(chromium, sample_shop, RAY)
    order = at_vendor.order.number
    ray.search(order)
    assert ray.heading == f"Order {order}: {at_vendor.step.operation.name}"
    # the tag on the tray names the lot
    ray.search(at_vendor.traveler.number)
    assert ray.heading == f"Order {order}: {at_vendor.step.operation.name}"
    assert ray.clicks == 2
