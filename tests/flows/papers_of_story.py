"""What people in the story hold in their hands: the drawing, tables, programs, certificates, result files."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from documents.demo.papers import nc_program, paper, qif_results, readings
from routes.domain.lots import serials_of
from routes.models import Characteristic, Traveler

PART, REVISION, NAME = "88-20417-1", "B", "Bracket, sensor mount"
MATERIAL, ANODIZE, CONDITION = "AMS 4027", "MIL-PRF-8625", "6061-T651"
HEAT, PO_NUMBER, PIECES = "9K2207", "PO-778120", 3
NOTES = {
    "1": "Material: aluminium alloy plate 6061-T651 to AMS 4027.",
    "2": "Hard anodize all over to MIL-PRF-8625 Type III Class 1.",
    "3": "Deburr all edges.",
    "4": "No paint.",
}
# balloon, name, nominal, lower and upper limit in mm, when it applies
ROWS = (
    ("1", "Bore", "Diameter", "10", "10.000", "10.022", "both"),
    ("2", "Length", "Length", "60", "59.9", "60.1", "after"),
    ("3", "Seat flatness", "Flatness", "", "", "0.05", "after"),
)


def today() -> date:
    return timezone.localdate()


def days(count: int) -> str:
    """Return a day so many days from today as a form takes it."""
    return (today() + timedelta(days=count)).isoformat()


def drawing() -> tuple[str, bytes]:
    rows = tuple(
        (balloon, "1 A1", f"{nominal} {lower} {upper}") for balloon, _, _, nominal, lower, upper, _ in ROWS
    )
    content = paper(
        "drawing", number=PART, revision=REVISION, name=NAME, notes=tuple(NOTES.values()), rows=rows
    )
    return f"{PART} rev {REVISION}.pdf", content


def characteristics_table() -> tuple[str, bytes]:
    """The table a planner keeps beside the drawing; it names no unit, which the page must ask for."""
    heads = "Balloon,Name,Kind,Nominal,Lower,Upper,Applies to"
    return f"{PART}.csv", "\n".join([heads, *(",".join(row) for row in ROWS), ""]).encode()


def program() -> tuple[str, bytes]:
    return f"{PART}-20.nc", nc_program(f"{PART} SIDE 1", 1)


def mill_certificate() -> tuple[str, bytes]:
    content = paper(
        "mill_certificate",
        number=f"AG-{HEAT}",
        on=days(0),
        form="plate 12 mm",
        specification=MATERIAL,
        condition=CONDITION,
        heat=HEAT,
        quantity="40",
        signer="Perpetua Lisle",
    )
    return f"{HEAT} 3.1.pdf", content


def process_certificate(order: str, lot: str) -> tuple[str, bytes]:
    content = paper(
        "process_certificate",
        number="SB-5501",
        on=days(0),
        po_number=f"{order}, line 1",
        part_number=PART,
        part_revision=REVISION,
        lot=lot,
        quantity=str(PIECES),
        condition=CONDITION,
        specification=f"{ANODIZE} F",
        spec_type="Type III",
        spec_class="Class 1",
        load="118",
        signer="Otto Fennimore",
    )
    return "SB-5501.pdf", content


def results(lot: str, balloons: tuple[str, ...]) -> tuple[str, bytes]:
    """The result file of the measuring machine for these characteristics on every piece of a lot."""
    traveler = Traveler.objects.get(number=lot)
    measured = Characteristic.objects.filter(
        part_revision=traveler.route_revision.part_revision, balloon__in=balloons
    ).order_by("position")
    rows = readings(list(measured), serials_of(traveler), seed=f"{lot}-{'-'.join(balloons)}")
    return f"{lot}.qif", qif_results(rows, part=PART)
