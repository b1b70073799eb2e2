"""What the sample shop makes: one housing with its drawing, route, approvals and stock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from documents.demo.papers import nc_program, paper
from documents.demo.people import People, token
from routes.domain import characteristics, gauges, orders, parts, route_revisions, setups, specifications
from routes.models import (
    Characteristic,
    Gauge,
    Operation,
    OrderLine,
    PartRevision,
    RouteRevision,
    SpecificationRevision,
)
from subcontract.domain import approvals

NUMBER, NAME, REVISION = "72-41806-3", "Housing, rotary actuator", "D"
MATERIAL = "6061-T651"
NOTES = (
    "Material: aluminium alloy bar 6061-T651 to AMS 4117.",
    "Hard anodize all over to MIL-PRF-8625 Type III Class 1, 0.050 ±0.005 thick.",
    "Dimensions apply after finish unless marked otherwise.",
    "Break sharp edges 0.2 to 0.4.",
    "Mark part number, revision and serial number with ink, 3 high.",
)
# balloon, zone, name, kind, requirement, nominal, lower, upper, designator, applies_to
ROWS = (
    ("1", "1 B2", "Length", "Length", "120 ±0.1", "120", "119.9", "120.1", "", "after"),
    ("2", "1 B3", "Width", "Length", "75 ±0.1", "75", "74.9", "75.1", "", "after"),
    ("3", "1 C3", "Height", "Length", "32 ±0.05", "32", "31.95", "32.05", "", "after"),
    ("4", "1 C4", "Bore", "Diameter", "Ø 40 H7 (40.000 to 40.025)", "40", "40", "40.025", "KC", "both"),
    ("5", "1 C4", "Bore position", "Position", "⌖ Ø 0.10 Ⓜ A B C", None, None, "0.1", "KC", "after"),
    ("6", "1 D2", "Hole 1", "Diameter", "Ø 6.6 +0.2/0", "6.6", "6.6", "6.8", "", "after"),
    ("7", "1 D2", "Hole 2", "Diameter", "Ø 6.6 +0.2/0", "6.6", "6.6", "6.8", "", "after"),
    ("8", "1 D5", "Hole 3", "Diameter", "Ø 6.6 +0.2/0", "6.6", "6.6", "6.8", "", "after"),
    ("9", "1 D5", "Hole 4", "Diameter", "Ø 6.6 +0.2/0", "6.6", "6.6", "6.8", "", "after"),
    ("10", "1 B4", "Seat flatness", "Flatness", "⏥ 0.05", None, None, "0.05", "", "after"),
    ("11", "1 B5", "Perpendicularity", "Perpendicularity", "⟂ 0.05 A", None, None, "0.05", "", "after"),
    ("12", "1 A5", "Pocket depth", "Depth", "18 ±0.1", "18", "17.9", "18.1", "", "after"),
    ("13", "1 A4", "Slot width", "Width", "12 +0.05/0", "12", "12", "12.05", "", "both"),
    (
        "14",
        "1 A3",
        "Seat roughness",
        "Roughness",
        "Ra 1.6 max, before finish",
        None,
        None,
        "1.6",
        "",
        "before",
    ),
)


@dataclass(frozen=True)
class Plan:
    """The released plan every lot of the sample shop is made by."""

    part_revision: PartRevision
    route: RouteRevision
    material: SpecificationRevision
    anodize: SpecificationRevision
    gauge: Gauge
    program: bytes


def make_plan(people: People, today: date) -> Plan:
    """Plan the part: specifications, drawing, characteristics, approvals, gauges, a released route."""
    by = people.quality
    material, anodize = _specifications(by)
    _approve_vendor(people, anodize, today)
    part_revision = _part(people)
    gauge = _gauge(by, today)
    program = nc_program("72-41806-3 SIDE 1", 1)
    route = _route(people, part_revision, material, anodize, gauge, program)
    return Plan(part_revision, route, material, anodize, gauge, program)


def _specifications(by) -> tuple[SpecificationRevision, SpecificationRevision]:
    material = specifications.add_specification(
        by=by, number="AMS 4117", revision="N", title="Aluminium alloy bar, 6061-T6, T651", kind="material"
    )
    anodize = specifications.add_specification(
        by=by,
        number="MIL-PRF-8625",
        revision="F Amendment 2",
        title="Anodic coatings for aluminium",
        kind="process",
        process="anodize",
        types=["Type II", "Type III"],
        classes=["Class 1", "Class 2"],
        same_as=["MIL-A-8625"],
    )
    return material, anodize


def _approve_vendor(people: People, anodize: SpecificationRevision, today: date) -> None:
    approvals.approve_scope(
        by=people.quality,
        site=people.vendor_site,
        process="anodize",
        spec_number=anodize.number,
        spec_revision=anodize.revision,
        spec_type="Type III",
        material="6061",
        valid_from=today - timedelta(days=200),
        valid_to=today + timedelta(days=500),
        basis="Nadcap chemical processing certificate, own audit",
    )


def _part(people: People) -> PartRevision:
    by = people.quality
    part = parts.add_part(by=by, customer=people.customer, number=NUMBER, name=NAME, is_serialized=True)
    rows = tuple((row[0], row[1], row[4]) for row in ROWS)
    drawing = paper("drawing", number=NUMBER, revision=REVISION, name=NAME, notes=NOTES, rows=rows)
    part_revision = parts.add_revision(
        by=by,
        part=part,
        revision=REVISION,
        drawing_number=NUMBER,
        drawing_revision=REVISION,
        unit="mm",
        default_applies_to="after",
        drawing=drawing,
        drawing_name=f"{NUMBER} rev {REVISION}.pdf",
    )
    for place, text in enumerate(NOTES, start=1):
        parts.add_note(by=by, part_revision=part_revision, note_number=str(place), text=text)
    for balloon, zone, name, kind, requirement, nominal, lower, upper, designator, applies_to in ROWS:
        characteristics.add_characteristic(
            by=by,
            part_revision=part_revision,
            balloon=balloon,
            zone=zone,
            name=name,
            kind=kind,
            requirement=requirement,
            nominal=_decimal(nominal),
            lower=_decimal(lower),
            upper=_decimal(upper),
            unit="um" if kind == "Roughness" else "mm",
            designator=designator,
            applies_to=applies_to,
            source_name=name,
        )
    return part_revision


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _gauge(by, today: date) -> Gauge:
    gauge = gauges.add_gauge(
        by=by, number="CMM-02", kind="CMM", description="Coordinate measuring machine, 0.7 m"
    )
    gauges.record_calibration(
        by=by,
        gauge=gauge,
        certificate_number="CAL-26-0311",
        calibrated_on=today - timedelta(days=120),
        due_on=today + timedelta(days=245),
    )
    return gauge


def _route(people: People, part_revision, material, anodize, gauge: Gauge, program: bytes) -> RouteRevision:
    by = people.quality
    route = route_revisions.draft_revision(by=by, part_revision=part_revision)
    operations = _operations(by, route, material, anodize)
    for sequence, fixture, content in (
        (20, "FX-104", program),
        (30, "FX-105", nc_program("72-41806-3 SIDE 2", 2)),
    ):
        setups.approve_setup(
            by=people.second_quality,
            operation=operations[sequence],
            fixture=fixture,
            fixture_revision="C",
            nc_program=content,
            nc_program_name=f"{NUMBER}-{sequence}.nc",
            offsets={"G54 X": "0.0000", "G54 Z": "-0.2500"},
            gauges=[gauge],
        )
    _plan_checks(by, part_revision, operations)
    answers = {"1": 10, "2": 60, "3": 70, "4": 40, "5": 80}
    for note in part_revision.notes.all():
        operation = operations[answers[note.note_number]]
        route_revisions.map_note(by=by, route_revision=route, note=note, operation=operation)
    route = route_revisions.submit(by=by, route_revision=route)
    return route_revisions.release(
        by=people.second_quality, route_revision=route, token=token(people.second_quality)
    )


def _operations(by, route: RouteRevision, material, anodize) -> dict[int, Operation]:
    rows = (
        (10, "material", "Issue and saw bar", {"specification": material, "certificate_type": "3.1"}),
        (20, "machine", "Mill side 1", {"work_center": "Cell 2"}),
        (30, "machine", "Mill side 2 and bore", {"work_center": "Cell 2"}),
        (40, "deburr", "Break edges 0.2 to 0.4", {}),
        (50, "inspect", "Measure before finish", {}),
        (60, "outside", "Hard anodize", {"specification": anodize}),
        (70, "inspect", "Final inspection", {}),
        (80, "mark", "Ink mark part, revision, serial", {}),
        (90, "pack", "Clean, wrap, pack", {}),
    )
    outside = {
        "spec_type": "Type III",
        "spec_class": "Class 1",
        "certificate_type": "process",
        "is_irreversible": True,
        "changes_surface": True,
        "incoming_owner": "inspector",
        "instructions": "Unsealed. Rack marks on face B only. Mask nothing.",
    }
    made = {}
    for sequence, kind, name, more in rows:
        owners = {
            "quality_owner": "quality",
            "timing_owner": "inspector" if kind == "inspect" else "operator",
        }
        if kind == "outside":
            more = {**more, **outside}
        if kind in ("material", "outside"):
            more = {**more, "material_condition": MATERIAL}
        made[sequence] = route_revisions.add_operation(
            by=by, route_revision=route, sequence=sequence, kind=kind, name=name, **owners, **more
        )
    return made


def _plan_checks(by, part_revision: PartRevision, operations: dict[int, Operation]) -> None:
    for characteristic in Characteristic.objects.filter(part_revision=part_revision):
        for side, sequence in (("before", 50), ("after", 70)):
            if characteristic.applies_to in (side, "both"):
                route_revisions.plan_check(
                    by=by,
                    operation=operations[sequence],
                    characteristic=characteristic,
                    side=side,
                    gauge_kind="CMM",
                )


def make_order(
    people: People, plan: Plan, *, po_number: str, quantities: list[int], today: date, first_due: int
) -> list[OrderLine]:
    """Enter one customer order with a line for each quantity, due a week apart."""
    order = orders.enter_order(
        by=people.quality,
        customer=people.customer,
        po_number=po_number,
        received_on=today - timedelta(days=20),
    )
    return [
        orders.add_line(
            by=people.quality,
            order=order,
            line_number=10 * place,
            part_revision=plan.part_revision,
            quantity=quantity,
            due_on=today + timedelta(days=first_due + 7 * (place - 1)),
            sourcing=OrderLine.CONTRACT,
            fai_regime=OrderLine.BEFORE_DISPATCH,
        )
        for place, quantity in enumerate(quantities, start=1)
    ]
