"""Parts, routes and lots at any state, made by walking the real moves.

The story of every default: a bracket for Orrin Aerospace, cut from bar, inspected, anodized outside, inspected
again, packed. Sequences 10 material, 20 machine, 30 inspect, 40 outside, 50 inspect, 60 pack.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import count

from django.utils import timezone

from portal.models import Organization
from routes.domain import (
    characteristics,
    gauges,
    lots,
    materials,
    orders,
    parts,
    route_revisions,
    setups,
    specifications,
    travelers,
)
from routes.models import (
    CustomerOrder,
    Gauge,
    MaterialLot,
    Operation,
    OrderLine,
    Part,
    PartRevision,
    PlannedCheck,
    RouteRevision,
    SpecificationRevision,
    Traveler,
    TravelerStep,
)
from tests.cast import Cast, make_organization, reauth

NC_PROGRAM = b"%\nO1001 (BRACKET OP 20)\nG90 G54\nG0 X0 Y0\nG1 X10. F200 (ROUGH)\nM30\n%\n"
_numbers = count(1001)


def today() -> date:
    return timezone.localdate()


def make_material_specification(cast: Cast, *, number: str = "AMS-QQ-A-250/11") -> SpecificationRevision:
    known = SpecificationRevision.objects.filter(number=number, revision="A").first()
    return known or specifications.add_specification(
        by=cast.quality, number=number, revision="A", title="Aluminium alloy 6061", kind="material"
    )


def make_process_specification(cast: Cast, *, number: str = "MIL-PRF-8625") -> SpecificationRevision:
    """Return the anodize specification; its types and classes must be named by an operation."""
    known = SpecificationRevision.objects.filter(number=number, revision="F").first()
    return known or specifications.add_specification(
        by=cast.quality,
        number=number,
        revision="F",
        title="Anodic coatings",
        kind="process",
        process="anodize",
        types=["II", "III"],
        classes=["1", "2"],
        same_as=["MIL-A-8625"],
    )


def make_gauge(cast: Cast, *, number: str | None = None, kind: str = "micrometer") -> Gauge:
    """Return a gauge calibrated last month and due in eleven."""
    gauge = gauges.add_gauge(by=cast.inspector, number=number or f"G-{next(_numbers)}", kind=kind)
    gauges.record_calibration(
        by=cast.inspector,
        gauge=gauge,
        certificate_number=f"CAL-{gauge.number}",
        calibrated_on=today() - timedelta(days=30),
        due_on=today() + timedelta(days=335),
    )
    return gauge


def make_part(
    cast: Cast,
    *,
    number: str | None = None,
    is_serialized: bool = False,
    customer: Organization | None = None,
) -> Part:
    return parts.add_part(
        by=cast.quality,
        customer=customer or cast.customer,
        number=number or f"BRK-{next(_numbers)}",
        name="Bracket",
        is_serialized=is_serialized,
    )


def make_part_revision(
    cast: Cast,
    *,
    part: Part | None = None,
    revision: str = "A",
    is_serialized: bool = False,
    customer: Organization | None = None,
    with_characteristics: bool = True,
    with_notes: bool = True,
) -> PartRevision:
    """Return a part revision with three characteristics (balloons 1, 2, 3) and two notes (1, 2).

    Balloon 1 applies after finish, 2 before finish, 3 on both sides is not said.
    """
    part = part or make_part(cast, is_serialized=is_serialized, customer=customer)
    added = parts.add_revision(
        by=cast.quality,
        part=part,
        revision=revision,
        drawing_number=f"{part.number}-D",
        drawing_revision=revision,
        unit="mm",
        default_applies_to="unspecified",
    )
    if with_characteristics:
        make_characteristic(cast, added, balloon="1", name="Bore", applies_to="after")
        make_characteristic(
            cast, added, balloon="2", name="Width", applies_to="before", nominal=Decimal("40")
        )
        make_characteristic(cast, added, balloon="3", name="Length", nominal=Decimal("80"))
    if with_notes:
        parts.add_note(
            by=cast.quality, part_revision=added, note_number="1", text="Anodize per MIL-PRF-8625."
        )
        parts.add_note(
            by=cast.quality, part_revision=added, note_number="2", text="Break sharp edges 0.2 max."
        )
    return added


def make_characteristic(
    cast: Cast,
    part_revision: PartRevision,
    *,
    balloon: str,
    name: str = "Diameter",
    nominal: Decimal = Decimal("10"),
    tolerance: Decimal = Decimal("0.1"),
    **facts,
):
    return characteristics.add_characteristic(
        by=cast.quality,
        part_revision=part_revision,
        balloon=balloon,
        name=name,
        kind="diameter",
        requirement=f"{name} {nominal} ±{tolerance}",
        nominal=nominal,
        lower=nominal - tolerance,
        upper=nominal + tolerance,
        unit="mm",
        source_name=name.upper(),
        **facts,
    )


def add_operation(
    cast: Cast, route_revision: RouteRevision, sequence: int, kind: str, name: str, **facts
) -> Operation:
    owners = {"quality_owner": "quality", "timing_owner": "manager"}
    return route_revisions.add_operation(
        by=cast.quality,
        route_revision=route_revision,
        sequence=sequence,
        kind=kind,
        name=name,
        **{**owners, **facts},
    )


def make_draft_route(
    cast: Cast, *, part_revision: PartRevision | None = None, with_outside: bool = True
) -> RouteRevision:
    """Return a draft by the quality engineer that lacks nothing before its release."""
    part_revision = part_revision or make_part_revision(cast)
    draft = route_revisions.draft_revision(by=cast.quality, part_revision=part_revision)
    add_operation(
        cast,
        draft,
        10,
        "material",
        "Issue bar",
        specification=make_material_specification(cast),
        material_condition="6061-T6",
        certificate_type="3.1",
    )
    machine = add_operation(cast, draft, 20, "machine", "Mill complete", work_center="VF-2")
    before = add_operation(cast, draft, 30, "inspect", "Inspect before finish")
    if with_outside:
        add_operation(
            cast,
            draft,
            40,
            "outside",
            "Anodize",
            incoming_owner="inspector",
            specification=make_process_specification(cast),
            spec_type="II",
            spec_class="1",
            material_condition="6061-T6",
            certificate_type="process",
            is_irreversible=True,
            changes_surface=True,
        )
    final = add_operation(cast, draft, 50, "inspect", "Final inspection")
    add_operation(cast, draft, 60, "pack", "Pack")
    make_setup(cast, machine)
    _plan(cast, part_revision, before, final)
    for note in part_revision.notes.order_by("id"):
        route_revisions.map_note(by=cast.quality, route_revision=draft, note=note, operation=machine)
    return draft


def make_setup(cast: Cast, operation: Operation):
    return setups.approve_setup(
        by=cast.quality,
        operation=operation,
        fixture="FX-12",
        fixture_revision="B",
        nc_program=NC_PROGRAM,
        nc_program_name="O1001.nc",
        offsets={"G54 X": "-120.000"},
        gauges=[make_gauge(cast)],
    )


def _plan(cast: Cast, part_revision: PartRevision, before: Operation, final: Operation) -> None:
    for characteristic in part_revision.characteristics.filter(is_reference=False):
        is_before = characteristic.side == "before"
        route_revisions.plan_check(
            by=cast.quality,
            operation=before if is_before else final,
            characteristic=characteristic,
            side=PlannedCheck.BEFORE if is_before else PlannedCheck.AFTER,
            gauge_kind="micrometer",
        )


def make_released_route(
    cast: Cast, *, part_revision: PartRevision | None = None, with_outside: bool = True
) -> RouteRevision:
    """Return a route written by one quality engineer and released by the other."""
    draft = make_draft_route(cast, part_revision=part_revision, with_outside=with_outside)
    submitted = route_revisions.submit(by=cast.quality, route_revision=draft)
    return route_revisions.release(
        by=cast.second_quality, route_revision=submitted, token=reauth(cast.second_quality)
    )


def make_order(cast: Cast, *, customer: Organization | None = None) -> CustomerOrder:
    return orders.enter_order(
        by=cast.quality,
        customer=customer or cast.customer,
        po_number=f"45{next(_numbers):06d}",
        received_on=today() - timedelta(days=20),
    )


def make_order_line(cast: Cast, part_revision: PartRevision, *, quantity: int = 50, **facts) -> OrderLine:
    """Return line 1 of a new order of the part's customer, bought material, no first article demanded."""
    wanted = {
        "sourcing": "contract",
        "fai_regime": "none",
        "due_on": today() + timedelta(days=30),
        "line_number": 1,
    }
    order = make_order(cast, customer=part_revision.part.customer)
    return orders.add_line(
        by=cast.quality, order=order, part_revision=part_revision, quantity=quantity, **{**wanted, **facts}
    )


def make_mill(cast: Cast) -> Organization:
    """Return the service centre that sells material, with its address."""
    known = Organization.objects.filter(number="CORVANE").first()
    if known is None:
        known, _ = make_organization(number="CORVANE", name="Corvane Mill", kind="vendor", country="US")
    return known


def make_material(cast: Cast, *, pieces: int = 500, **facts) -> MaterialLot:
    wanted = {
        "supplier": make_mill(cast),
        "identifier_kind": "heat",
        "identifier": f"H{next(_numbers)}",
        "specification": make_material_specification(cast),
        "condition": "6061-T6",
        "form": "Bar 50 × 20 mm",
        "mill": "Corvane Mill",
        "received_on": today() - timedelta(days=10),
    }
    return materials.receive_material(by=cast.operator, received_pieces=pieces, **{**wanted, **facts})


def make_open_traveler(
    cast: Cast,
    *,
    route_revision: RouteRevision | None = None,
    order_line: OrderLine | None = None,
    quantity: int = 50,
    serials=None,
    is_serialized: bool = False,
    with_outside: bool = True,
    up_to: int = 0,
    fai_regime: str = "none",
) -> Traveler:
    """Return an open lot; with `up_to`, its steps signed by hand below that sequence.

    Outside and inspection steps are completed by later rooms; signing stops before the first of them.
    """
    if route_revision is None:
        part_revision = make_part_revision(cast, is_serialized=is_serialized)
        route_revision = make_released_route(cast, part_revision=part_revision, with_outside=with_outside)
    line = order_line or make_order_line(
        cast, route_revision.part_revision, quantity=quantity, fai_regime=fai_regime
    )
    lot = travelers.open_traveler(
        by=cast.quality, order_line=line, route_revision=route_revision, quantity=quantity, serials=serials
    )
    sign_up_to(cast, lot, up_to)
    lot.refresh_from_db()
    return lot


def sign_up_to(cast: Cast, lot: Traveler, sequence: int) -> None:
    """Sign the steps below `sequence` that are signed by hand; issue material where the first asks for it."""
    while (step := lots.current_step(lot)) is not None and step.operation.sequence < sequence:
        if step.operation.kind in (Operation.OUTSIDE, Operation.INSPECT):
            return
        if step.operation.kind == Operation.MATERIAL:
            materials.issue_material(by=cast.operator, traveler=lot, material_lot=make_material(cast))
        sign_step(cast, step)


def sign_step(cast: Cast, step: TravelerStep) -> TravelerStep:
    """Sign one step as the operator."""
    return travelers.sign_step(by=cast.operator, step=step, token=reauth(cast.operator))


def step_at(lot: Traveler, sequence: int) -> TravelerStep:
    """Return the lot's step of one operation, in its latest pass."""
    return next(step for step in lots.steps_of(lot) if step.operation.sequence == sequence)
