"""Last scenes: the gate refuses, the first article is approved, the package leaves and the buyer accepts it."""

from __future__ import annotations

from django.urls import reverse

from documents.forms.shipments import NO_LOT
from documents.models import ReleasePackage, Review, Shipment
from inspection.models import FirstArticle
from portal import queue
from routes.models import Traveler
from tests.flows import papers_of_story as papers
from tests.flows.crew import NOT_THE_PASSWORD, Crew
from tests.flows.pages import Visitor
from tests.flows.scenes_on_the_floor import LOT, SIGN, lot_page

SHIPMENT, PACKAGE, FAIR = "SH-000001", "P-000001-1", "FA-000001"
NO_FIRST_ARTICLE = (
    f"No first article of {papers.PART} revision {papers.REVISION} is on record. Open one on this lot."
)


def shipment_page(visitor: Visitor) -> Visitor:
    return visitor.open(reverse("documents:shipment-detail", args=[SHIPMENT]))


def nothing_can_ship_yet(quality: Visitor) -> None:
    """A lot that is not complete is not offered, and the page says why the list is empty."""
    quality.open(reverse("documents:shipment-draft"))
    assert (quality.choices("Lots"), NO_LOT in quality.text) == ([], True)


def draft_and_certify(quality: Visitor) -> None:
    quality.open(reverse("documents:shipment-list")).follow("Draft a shipment")
    quality.send("Draft the shipment", {"Lots": [lot_choice(quality)], "Carrier": "Ridge Freight"})
    assert quality.told == [f"{SHIPMENT} is drafted. Sign its certificate of conformity next."]
    quality.follow("Sign the certificate of conformity").send("Sign the certificate", SIGN)
    assert quality.told == ["CC-000001 revision 1 is signed."]


def lot_choice(quality: Visitor) -> str:
    """Return the words under which the page offers the lot."""
    [words] = [each for each in quality.choices("Lots") if each.startswith(LOT)]
    return words


def the_gate_refuses(quality: Visitor) -> None:
    """One link is open: the page says which, offers no release, and the release itself refuses."""
    shipment_page(quality)
    assert NO_FIRST_ARTICLE in quality.text
    assert not quality.offers("Release")
    quality.open(reverse("documents:shipment-release", args=[SHIPMENT])).send("Release", SIGN, status=422)
    assert quality.refused == [f"{SHIPMENT} may not leave. FAI of {LOT}: {NO_FIRST_ARTICLE}"]
    assert Shipment.objects.get().state == Shipment.CERTIFIED
    assert not ReleasePackage.objects.exists()


def prove_the_first_article(crew: Crew) -> None:
    inspector, second = crew.inspector, crew.second_quality
    lot_page(inspector).follow("Open a first article for FAI")
    inspector.send(
        "Open the first article",
        {"Full or partial (field 14)": "Full", "Reason for it (field 14)": "First production run"},
    )
    assert inspector.told == [f"{FAIR} is open."]
    inspector.follow("Submit").send("Sign and submit", SIGN)
    assert inspector.told == [f"{FAIR} is in review. Somebody other than its author approves it."]
    assert not inspector.offers("Approve")
    page = reverse("inspection:first-article-detail", args=[FAIR])
    second.open(page).send("Sign: reviewed and approved", SIGN)
    assert second.told == [f"{FAIR} is approved."]
    assert FirstArticle.objects.get().state == FirstArticle.APPROVED
    crew.buyer.open("/").open(page).send("Sign: reviewed and approved", SIGN)
    assert crew.buyer.told == [f"You approved {FAIR}."]
    assert FirstArticle.objects.get().state == FirstArticle.CUSTOMER_APPROVED


def release_and_dispatch(crew: Crew) -> None:
    engineer, package = crew.second_quality, reverse("documents:package-detail", args=[PACKAGE])
    shipment_page(engineer).follow("Release").send("Release", SIGN)
    assert engineer.told == [f"{SHIPMENT} is released as {PACKAGE}; its pages are being drawn."]
    crew.buyer.open(package, status=404)
    assert not engineer.offers("Dispatch")
    assert queue.work_off(["render_package"]) == 1
    crew.buyer.open(package, status=404)
    shipment_page(engineer).follow("Dispatch").send("Dispatch", SIGN)
    assert engineer.told == [f"{SHIPMENT} is dispatched. The packing list can be printed now."]
    assert engineer.follow("Packing list").heading == f"Packing list {SHIPMENT}"
    assert Shipment.objects.get().state == Shipment.DISPATCHED
    assert Traveler.objects.get(number=LOT).state == Traveler.SHIPPED


def buyer_reads_and_accepts(buyer: Visitor) -> None:
    buyer.open("/").follow(PACKAGE)
    assert buyer.heading == f"Release package {PACKAGE}"
    media_type, content = buyer.fetch(reverse("documents:package-pdf", args=[PACKAGE]))
    assert (media_type, content[:5]) == ("application/pdf", b"%PDF-")
    buyer.send(f"Accept all {papers.PIECES} pieces", {"Your password": "a guess"}, status=422)
    assert buyer.refused == NOT_THE_PASSWORD
    buyer.send("Accept the package", {"Comment": "Complete and clear.", **SIGN})
    assert buyer.told == [f"You accepted {PACKAGE}."]
    assert ReleasePackage.objects.get().state == ReleasePackage.ACCEPTED
    review = Review.objects.get()
    assert (review.decision, review.words) == (Review.ACCEPTED, "Complete and clear.")
    assert papers.PO_NUMBER in buyer.text
