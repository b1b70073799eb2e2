"""Middle scenes: the heat's certificate, the lot, its steps, the way to the vendor and back, the measurements."""

from __future__ import annotations

from django.urls import reverse

from inspection.models import InspectionRecord
from routes.models import Traveler, TravelerStep
from subcontract.models import OutsideOrder
from tests.flows import papers_of_story as papers
from tests.flows.crew import ANODIZER, CUSTOMER, MILL, NOT_THE_PASSWORD, PASSWORD, Crew
from tests.flows.pages import Visitor

LOT, ORDER = "T-000001", "PO-000001"
SIGN = {"Your password": PASSWORD}
MEASURED_WITH = {"Measured with": "CMM-07"}


def lot_page(visitor: Visitor) -> Visitor:
    return visitor.open(reverse("routes:traveler-detail", args=[LOT]))


def open_the_lot(crew: Crew) -> None:
    quality, operator = crew.quality, crew.operator
    quality.open(reverse("routes:order-detail", args=["O-000001"])).follow("Open a lot")
    quality.send("Open the lot", {"Route": "R-000001", "Purpose": "Production"})
    assert quality.told == [f"Lot {LOT} is open."]
    lot_page(operator).follow("Issue material").send("Issue", {"Material": "M-000001"})
    assert operator.told == [f"M-000001 heat {papers.HEAT} is issued to lot {LOT}. Sign the step next."]


def sign_the_next(operator: Visitor, sequence: int) -> None:
    """Sign the one step the lot's page offers, with the password."""
    lot_page(operator).follow("Sign")
    operator.send("Sign the step", SIGN)
    assert operator.told == [f"Step {LOT}-{sequence}-1 is signed."]


def make_the_pieces(operator: Visitor) -> None:
    sign_the_next(operator, 10)
    lot_page(operator).follow("Record setup")
    operator.send(
        "Record the setup",
        {
            "Fixture": "FX-31",
            "Fixture revision": "A",
            "NC program as run": papers.program(),
            "Machine": "VMC-2",
        },
    )
    assert operator.told == [f"The setup of step {LOT}-20-1 is as approved: SU-000001."]
    lot_page(operator).follow("Sign")
    operator.send("Sign the step", {"Your password": "a guess"}, status=422)
    assert operator.refused == NOT_THE_PASSWORD
    assert TravelerStep.objects.get(number=f"{LOT}-20-1").state == TravelerStep.WAITING
    sign_the_next(operator, 20)
    sign_the_next(operator, 30)


def open_inspection(inspector: Visitor) -> None:
    inspector.open(reverse("inspection:record-list")).follow(f"Open the inspection of {LOT}")
    inspector.send("Open the inspection")


def measure(inspector: Visitor, number: str, balloons: tuple[str, ...]) -> None:
    """Open the waiting inspection, import the machine's file after looking at it, and sign."""
    open_inspection(inspector)
    assert inspector.told == [f"Inspection {number} is open."]
    inspector.follow("Complete").send("Sign the inspection", SIGN, status=422)
    lacking = "; ".join(f"characteristic {balloon}: 0 of 3 pieces" for balloon in balloons)
    assert inspector.refused == [f"{number} lacks values by its plan: {lacking}. Enter them first."]
    record = reverse("inspection:record-detail", args=[number])
    inspector.open(record).follow("Import results")
    inspector.send("Look at the file", {"Result file": papers.results(LOT, balloons)})
    values = papers.PIECES * len(balloons)
    assert inspector.facts["Values matched"] == str(values)
    inspector.send("Import the values", MEASURED_WITH)
    assert inspector.told == [f"{values} values of {LOT}.qif are kept."]
    inspector.follow("Complete").send("Sign the inspection", SIGN)
    assert inspector.told == [f"Inspection {number} is complete and its step is signed."]
    assert InspectionRecord.objects.get(number=number).state == InspectionRecord.COMPLETED


def send_the_lot_out(crew: Crew) -> None:
    quality, operator = crew.quality, crew.operator
    quality.open(reverse("subcontract:order-list")).follow("Draft an order")
    quality.send("Draft", {"Vendor's site": ANODIZER, "Due back on": papers.days(7)})
    assert quality.told == [f"Order {ORDER} is drafted. Add the lots that go out."]
    quality.follow("Add a lot").send("Add", {"Lot and outside operation": LOT})
    assert quality.told == [f"Lot {LOT} is line 1 of the order."]
    order_page = reverse("subcontract:order-detail", args=[ORDER])
    crew.vendor.open(order_page, status=404)
    quality.follow("Review what it passes on").send("Save the review", {"Pass on every other item": True})
    assert quality.told == [f"What line 1 of {ORDER} passes on is decided."]
    quality.follow("Issue the order").send("Issue", SIGN)
    assert quality.told == [f"Order {ORDER} is issued; the vendor sees it now."]
    operator.open(order_page).follow("Ship the pieces").send("Ship", {"Packing slip or waybill": "PS-88"})
    assert operator.told == [f"The pieces of order {ORDER} are with the vendor."]
    assert OutsideOrder.objects.get().state == OutsideOrder.SHIPPED


def vendor_answers(vendor: Visitor) -> None:
    """The vendor sees its order and nothing else, brings its certificate in and says what stands on it."""
    vendor.open("/")
    assert vendor.heading == "Your orders"
    vendor.follow(ORDER)
    assert CUSTOMER not in vendor.text
    for closed in ("documents:board", "routes:part-list", "portal:person-list", "documents:package-list"):
        vendor.open(reverse(closed), status=404)
    lot_of_the_shop = reverse("routes:traveler-detail", args=[LOT])
    vendor.open(lot_of_the_shop, status=404)
    vendor.open(reverse("documents:certificate-list")).follow("Send a certificate")
    vendor.send(
        "Send it",
        {"The certificate": papers.process_certificate(ORDER, LOT), "The order it answers": ORDER},
    )
    assert vendor.told == ["Certificate C-000002 is here. Enter what it says."]
    vendor.send("Keep these fields", fields_of_the_process_certificate())
    assert vendor.told == ["The fields of C-000002 are kept and compared below."]
    assert not vendor.offers("Accept")


def fields_of_the_process_certificate() -> dict[str, object]:
    return {
        "Certificate number": "SB-5501",
        "Dated": papers.days(0),
        "Certificate type": "process",
        "Site that did the work": ANODIZER,
        "Purchase order number": ORDER,
        "Part number": papers.PART,
        "Part revision": papers.REVISION,
        "Specification": papers.ANODIZE,
        "Specification revision": "F",
        "Type": "Type III",
        "Class": "Class 1",
        "Alloy and condition": papers.CONDITION,
        "Heat, batch or lot": LOT,
        "Quantity": papers.PIECES,
        "Processed from": papers.days(0),
        "Processed until": papers.days(0),
        "Signed by": "Otto Fennimore",
    }


def prove_the_heat(crew: Crew) -> None:
    """The mill's certificate: brought in and typed by one engineer, accepted by the other."""
    quality, second = crew.quality, crew.second_quality
    quality.open(reverse("documents:certificate-upload"))
    quality.send(
        "Bring it in",
        {"The certificate": papers.mill_certificate(), "Kind": "Material", "Issued by": MILL},
    )
    assert quality.told == ["Certificate C-000001 is here. Enter what it says."]
    quality.follow("Enter what it says").send(
        "Keep these fields",
        {
            "Certificate number": f"AG-{papers.HEAT}",
            "Dated": papers.days(0),
            "Certificate type": "3.1",
            "Specification": papers.MATERIAL,
            "Specification revision": "N",
            "Alloy and condition": papers.CONDITION,
            "Heat, batch or lot": papers.HEAT,
            "Quantity": 40,
            "Signed by": "Perpetua Lisle",
        },
    )
    quality.follow("Say what it covers")
    quality.send("It covers these", {"Heat or batch": "M-000001", "Pieces covered": 40})
    assert quality.told == ["Certificate C-000001 covers it."]
    quality.open(reverse("documents:certificate-accept", args=["C-000001"]), status=403)
    accept_certificate(second, "C-000001")


def accept_certificate(engineer: Visitor, number: str) -> None:
    engineer.open(reverse("documents:certificate-accept", args=[number]))
    labels = (" ".join(each.text_content().split()) for each in engineer.page.iter("label"))
    engineer.send("Accept it", {**SIGN, **{label: True for label in labels if "seen on page" in label}})
    assert engineer.told == [f"Certificate {number} is accepted."]
    assert engineer.facts["State"] == "Accepted"


def take_the_lot_back(inspector: Visitor) -> None:
    """Receive what left, verify it, and close the outside step by that."""
    inspector.open(reverse("subcontract:order-detail", args=[ORDER])).follow("Receive pieces")
    inspector.send("Receive", {"Pieces that came back": papers.PIECES + 1}, status=422)
    assert inspector.refused == [
        f"4 pieces came back on {ORDER}/1, but only 3 of lot {LOT} are out. Count again; if the count holds, put the "
        f"pieces aside, say where, and ask {ANODIZER}, Tank line 2 whose they are."
    ]
    inspector.send("Receive", {"Pieces that came back": papers.PIECES})
    assert inspector.told == [f"{papers.PIECES} pieces came back as lot {LOT}. Verify them next."]
    open_inspection(inspector)
    inspector.follow("Complete")
    inspector.send(
        "Sign the inspection",
        {
            "The count is what the papers say": True,
            "Part, lot and serials are the ones that were sent": True,
            "Nothing is damaged": True,
            **SIGN,
        },
    )
    assert inspector.told == ["Inspection I-000002 is complete and its step is signed."]


def pack(operator: Visitor) -> None:
    sign_the_next(operator, 70)
    assert Traveler.objects.get(number=LOT).state == Traveler.COMPLETE
