"""First scenes: the order, the drawing, the route released by a second person, material and gauge."""

from __future__ import annotations

from django.urls import reverse

from routes.models import RouteRevision
from tests.flows import papers_of_story as papers
from tests.flows.crew import ANODIZER, CUSTOMER, MILL, NOT_THE_PASSWORD, PASSWORD, Crew
from tests.flows.pages import Visitor

OPERATIONS = (  # sequence, kind, name
    (10, "Material issue", "Issue plate"),
    (20, "Machine", "Mill complete"),
    (30, "Deburr", "Deburr"),
    (40, "Inspect", "Measure before finish"),
    (50, "Outside process", "Hard anodize"),
    (60, "Inspect", "Final inspection"),
    (70, "Pack", "Wrap and pack"),
)
MATERIAL_ISSUE = {
    "Specification": papers.MATERIAL,
    "Material condition": papers.CONDITION,
    "Certificate type": "3.1",
}
HARD_ANODIZE = {
    "Owner of incoming verification": "Inspector",
    "Specification": papers.ANODIZE,
    "Type": "Type III",
    "Class": "Class 1",
    "Material condition": papers.CONDITION,
    "Certificate type": "process",
    "Changes the surface (a finish)": True,
    "Cannot be undone": True,
    "Instructions": "Rack marks on the underside only.",
}
CHECKS = (  # operation, balloon, side
    (40, "1", "Before finish"),
    (60, "1", "After finish"),
    (60, "2", "After finish"),
    (60, "3", "After finish"),
)


def add_the_part(quality: Visitor) -> None:
    """Part, revision with its drawing, notes, and characteristics from a table whose unit is asked."""
    part, revision = papers.PART, f"{papers.PART} rev {papers.REVISION}"
    quality.open(reverse("routes:part-list")).follow("Add a part")
    identity = {"Customer": CUSTOMER, "Part number": part, "Name": papers.NAME}
    quality.send("Add the part", {**identity, "Every piece carries a serial number": True})
    assert quality.told == [f"Part {part} is known. Add its revision with the drawing next."]
    quality.follow("Add a revision")
    quality.send(
        "Add the revision",
        {
            "Revision": papers.REVISION,
            "Drawing number": part,
            "Drawing revision": papers.REVISION,
            "Drawing": papers.drawing(),
            "Unit of the drawing": "mm",
            "Dimensions apply": "After finish",
        },
    )
    assert quality.told == [f"{revision} is known. Add its notes and characteristics next."]
    for number, text in papers.NOTES.items():
        quality.follow("Add a note").send("Add the note", {"Note": number, "Text, word for word": text})
        assert quality.told == [f"Note {number} of {revision} is kept."]
    import_characteristics(quality)
    assert quality.told == [f"3 characteristics of {revision} were taken over."]


def import_characteristics(quality: Visitor) -> None:
    quality.follow("Import characteristics")
    table = {"File": papers.characteristics_table()}
    quality.send("Import", table, status=422)
    unit = "The unit is missing. Say whether it is mm, um, m, in or deg."
    assert quality.refused == [
        "The table leaves 3 questions and nothing was taken over. "
        + " ".join(f"Line {line}, column unit: {unit}" for line in (2, 3, 4)),
        "Choose the file again; a browser does not keep it.",
    ]
    quality.send("Import", {**table, "Unit where the file says none": "mm"})


def enter_the_order(quality: Visitor) -> None:
    quality.open(reverse("routes:order-list")).follow("Enter an order")
    quality.send(
        "Enter the order",
        {
            "Customer": CUSTOMER,
            "Purchase order of the customer": papers.PO_NUMBER,
            "Received on": papers.days(-10),
        },
    )
    assert quality.told == ["Order O-000001 is entered. Add its lines next."]
    quality.follow("Add a line")
    quality.send(
        "Add the line",
        {
            "Part and revision": f"{papers.PART} rev {papers.REVISION}",
            "Pieces": papers.PIECES,
            "Due on": papers.days(20),
            "Who buys": "We buy material and processes",
            "First article": "Approved before dispatch",
        },
    )
    assert quality.told == ["Line 1 of order O-000001 is entered."]


def add_specifications(quality: Visitor) -> None:
    quality.open(reverse("routes:specification-list")).follow("Add a specification")
    quality.send("Add the specification", {"Number": papers.MATERIAL, "Revision": "N", "Kind": "Material"})
    quality.open(reverse("routes:specification-list")).follow("Add a specification")
    quality.send(
        "Add the specification",
        {
            "Number": papers.ANODIZE,
            "Revision": "F",
            "Kind": "Process",
            "Process": "anodize",
            "Types an order must choose from": "Type II\nType III",
            "Classes an order must choose from": "Class 1, Class 2",
        },
    )
    assert f"{papers.ANODIZE}" in quality.text


def prepare_gauge_and_stock(crew: Crew) -> None:
    """A gauge with its calibration, and a heat received on the floor."""
    quality, operator = crew.quality, crew.operator
    quality.open(reverse("routes:gauge-list")).follow("Add a gauge")
    quality.send("Add the gauge", {"Number": "CMM-07", "Kind": "CMM"})
    quality.follow("Record a calibration")
    quality.send(
        "Record the calibration",
        {"Calibration certificate": "CAL-611", "Calibrated on": papers.days(-40), "Due on": papers.days(300)},
    )
    operator.open(reverse("routes:material-list")).follow("Receive material")
    operator.send(
        "Receive",
        {
            "Identified by": "Heat",
            "Heat, batch or date code": papers.HEAT,
            "Specification": papers.MATERIAL,
            "Alloy and condition": papers.CONDITION,
            "Form": "plate 12 mm",
            "For how many pieces": 40,
            "Bought from, or furnished by": MILL,
        },
    )
    assert operator.told == [f"M-000001 heat {papers.HEAT} is in stock for 40 pieces."]


def plan_the_route(crew: Crew) -> None:
    """Draft, fill, submit; the author may not release it, another engineer does."""
    quality = crew.quality
    quality.open(reverse("routes:revision-detail", args=[papers.PART, papers.REVISION]))
    quality.follow("Draft a route").send("Draft the route")
    assert quality.told == ["Route R-000001-1 is drafted. Add its operations next."]
    for sequence, kind, name in OPERATIONS:
        add_operation(quality, sequence, kind, name)
    approve_the_setup(crew.second_quality)
    for sequence, balloon, side in CHECKS:
        plan_check(quality, sequence, balloon, side)
    answer_the_notes(quality)
    quality.follow("Submit to review").send("Submit to review")
    assert quality.told == ["Route R-000001-1 is in review."]
    release_by_another(crew)


def add_operation(quality: Visitor, sequence: int, kind: str, name: str) -> None:
    more = {"Material issue": MATERIAL_ISSUE, "Outside process": HARD_ANODIZE}.get(kind, {})
    owner = "Inspector" if kind == "Inspect" else "Operator"
    owners = {"Owner of quality": "Quality engineer", "Owner of timing": owner}
    quality.follow("Add an operation")
    quality.send("Add the operation", {"Sequence": sequence, "Kind": kind, "Name": name, **owners, **more})
    assert quality.told == [f"Operation {sequence} {name} is added."]


def approve_the_setup(engineer: Visitor) -> None:
    engineer.open(reverse("routes:setup-approve", args=["R-000001-1", 20]))
    engineer.send(
        "Approve the setup",
        {
            "Fixture": "FX-31",
            "Fixture revision": "A",
            "NC program": papers.program(),
            "Offsets": "G54 X = 0.000",
            "Gauges": ["CMM-07"],
        },
    )
    assert engineer.told == ["The setup of operation 20 is approved."]


def plan_check(quality: Visitor, sequence: int, balloon: str, side: str) -> None:
    quality.open(reverse("routes:check-plan", args=["R-000001-1", sequence]))
    quality.send("Plan the check", {"Characteristic": f"{balloon} ", "Checked": side, "Kind of gauge": "CMM"})
    assert quality.told == [f"Balloon {balloon} is checked at operation {sequence}."]


def answer_the_notes(quality: Visitor) -> None:
    for note, operation in (("1", "operation 10"), ("2", "operation 50"), ("3", "operation 30")):
        quality.follow(f"Map note {note}").send("Map the note", {"Answered by operation": operation})
        assert quality.told == [f"Note {note} is answered."]
    quality.follow("Does not apply: note 4")
    quality.send(
        "Sign that it does not apply",
        {"Reason": "Nothing is painted on this part.", "Your password": PASSWORD},
    )
    assert quality.told == ["Note 4 is answered."]


def release_by_another(crew: Crew) -> None:
    quality, second = crew.quality, crew.second_quality
    release = {"Your password": PASSWORD}
    quality.open(reverse("routes:route-release", args=["R-000001-1"]))
    quality.send("Release the route", release, status=422)
    assert quality.refused == [
        "Edda Morrow wrote route R-000001-1 and may not release it. Ask another quality engineer."
    ]
    second.open(reverse("routes:route-detail", args=["R-000001-1"])).follow("Release")
    second.send("Release the route", {"Your password": "a guess"}, status=422)
    assert second.refused == NOT_THE_PASSWORD
    assert RouteRevision.objects.get().state == RouteRevision.IN_REVIEW
    second.send("Release the route", release)
    assert second.told == ["Route R-000001-1 is released."]
    assert second.facts["State"] == "Released"


def approve_the_vendor(quality: Visitor) -> None:
    quality.open(reverse("subcontract:approval-list")).follow("Approve a scope")
    quality.send(
        "Approve",
        {
            "Vendor's site": ANODIZER,
            "Process": "anodize",
            "Specification": papers.ANODIZE,
            "Revision": "F",
            "Type": "Type III",
            "Material": "6061",
            "Valid from": papers.days(-100),
            "Valid to": papers.days(400),
            "Basis": "Nadcap certificate 55120",
        },
    )
    assert quality.told == [f"{ANODIZER}, Tank line 2 is approved by AP-000001."]
