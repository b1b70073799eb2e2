"""An assembly of the sample shop: built from pins made here and bushings that are bought, and packed as ordered."""

from __future__ import annotations

from datetime import timedelta

from documents.demo.looking import seen_on_the_page
from documents.demo.papers import paper
from documents.demo.parts import MARK, PACK, PIN
from documents.demo.people import People, token
from documents.demo.plan import make_order
from documents.demo.scenes import Shelf
from documents.demo.story import SIGNERS, Story
from documents.domain import certificates, decisions, shipments
from documents.domain import packing as packed
from documents.models import Certificate, Shipment
from portal.models import Organization
from routes.domain import (
    component_uses,
    components,
    lots,
    materials,
    orders,
    packing,
    parts,
    route_revisions,
    specifications,
    travelers,
)
from routes.models import MaterialLot, OrderLine, PackingDemand, PartRevision, SpecificationRevision, Traveler

ASSEMBLIES, PINS_EACH, BATCH = 6, 2, "B-20417"
SHELF_LIFE_DAYS, LEFT_AT_LEAST = 720, 365
# kind, words, days that must be left
DEMANDS = (
    (PackingDemand.MARKING, "Ink stamp part number and revision on the flange, ASTM A967 safe ink.", None),
    (PackingDemand.PRESERVATION, "One assembly a VCI bag, bag heat-sealed.", None),
    (
        PackingDemand.SHELF_LIFE,
        "Grease of the bushing: cure date and last day of use on the bag.",
        LEFT_AT_LEAST,
    ),
)


def built_and_packed(shelf: Shelf) -> None:
    """An assembly lot built and packed as ordered; one piece of it on a second shipment, its grease not recorded."""
    story = shelf.stories[PIN.number]
    bushing, batch = _bushings(story)
    assembly = _assembly(story, bushing)
    pins = _pins(shelf)
    line = _order(story, assembly)
    lot = _built(story, line, pins, batch)
    last = lots.split(
        by=story.people.operator, traveler=lot, quantity=1, reason="Goes by courier, ahead of the others."
    )
    _ship(story, lot, records=len(DEMANDS))
    _ship(story, last, records=len(DEMANDS) - 1)


def _bushings(story: Story) -> tuple[SpecificationRevision, MaterialLot]:
    """Receive a batch of bushings with the accepted certificate of its maker."""
    people, by = story.people, story.people.quality
    bushing = specifications.add_specification(
        by=by, number="NAS 72-10", revision="4", title="Bushing, flanged, bronze, greased", kind="material"
    )
    batch = materials.receive_material(
        by=by,
        identifier_kind="batch",
        identifier=BATCH,
        specification=bushing,
        condition="bronze, greased",
        form="bushing 10 x 14 x 9",
        received_pieces=40,
        received_on=story.today,
        mill="Tollgate Bearings",
        supplier=people.metals,
    )
    _certify(people, bushing, batch)
    return bushing, batch


def _certify(people: People, bushing: SpecificationRevision, batch: MaterialLot) -> None:
    number, by, second = f"TB-{BATCH}", people.quality, people.second_quality
    content = paper(
        "mill_certificate",
        number=number,
        on=str(batch.received_on),
        product="Flanged bushing",
        form=batch.form,
        specification=str(bushing),
        condition=batch.condition,
        heat=BATCH,
        quantity=str(batch.received_pieces),
        chemistry=(("Sn", "6.0", "8.0", "7.1"), ("Pb", "6.0", "8.0", "6.8"), ("Zn", "2.0", "4.0", "3.1")),
        strength=(("Hardness", "60", "68", "HBW"),),
        signer=SIGNERS["TOLLGATE"],
    )
    certificate = certificates.upload(
        by=by, content=content, name=f"{BATCH}.pdf", kind=Certificate.MATERIAL, issuer=people.metals
    )
    certificate = certificates.enter_fields(
        by=by,
        certificate=certificate,
        stated_number=number,
        stated_on=batch.received_on,
        certificate_type="3.1",
        spec_number=bushing.number,
        spec_revision=bushing.revision,
        condition=batch.condition,
        identifier=BATCH,
        quantity=batch.received_pieces,
        signed_name=SIGNERS["TOLLGATE"],
    )
    certificates.cover(by=by, certificate=certificate, material_lot=batch, quantity=batch.received_pieces)
    seen = seen_on_the_page(certificate)
    decisions.accept(by=second, certificate=certificate, token=token(second), seen=seen)


def _assembly(story: Story, bushing: SpecificationRevision) -> PartRevision:
    """Plan the assembly: its drawing, its parts list, a route without material of its own."""
    people, by = story.people, story.people.quality
    customer: Organization = people.organizations[PIN.customer]
    number, name, note = (
        "AR-2207-40",
        "Link pivot assembly",
        "Fit pins and bushing dry; no load on the flange.",
    )
    part = parts.add_part(by=by, customer=customer, number=number, name=name, is_serialized=False)
    assembly = parts.add_revision(
        by=by,
        part=part,
        revision="B",
        drawing_number=number,
        drawing_revision="B",
        unit="mm",
        default_applies_to="after",
        drawing=paper(
            "drawing", owner=customer.name, number=number, revision="B", name=name, notes=(note,), rows=()
        ),
        drawing_name=f"{number} rev B.pdf",
    )
    kept = parts.add_note(by=by, part_revision=assembly, note_number="1", text=note)
    components.add_component(
        by=by, assembly=assembly, item_number="1", quantity_each=PINS_EACH, made=story.plan.part_revision
    )
    components.add_component(
        by=by,
        assembly=assembly,
        item_number="2",
        quantity_each=1,
        specification=bushing,
        part_number="NAS 72-10-9",
        name="Flanged bushing",
    )
    route = route_revisions.draft_revision(by=by, part_revision=assembly)
    owners = {"quality_owner": "quality", "timing_owner": "operator"}
    fit = route_revisions.add_operation(
        by=by, route_revision=route, sequence=10, kind=MARK, name="Fit pins and bushing, stamp", **owners
    )
    route_revisions.add_operation(
        by=by, route_revision=route, sequence=20, kind=PACK, name="Bag, seal, pack", **owners
    )
    route_revisions.map_note(by=by, route_revision=route, note=kept, operation=fit)
    route = route_revisions.submit(by=by, route_revision=route)
    second = people.second_quality
    route_revisions.release(by=second, route_revision=route, token=token(second))
    return assembly


def _pins(shelf: Shelf) -> Traveler:
    """Make the pins the assemblies take, and a few more."""
    story = shelf.stories[PIN.number]
    [line] = make_order(
        story.people,
        story.plan,
        po_number="ARD-77140",
        quantities=[ASSEMBLIES * PINS_EACH + 4],
        today=story.today,
        first_due=20,
    )
    return story.complete_lot(line, shelf.heats[PIN.number], line.quantity)


def _order(story: Story, assembly: PartRevision) -> OrderLine:
    """Order the assemblies, with how they are packed."""
    by, customer = story.people.quality, story.people.organizations[PIN.customer]
    order = orders.enter_order(
        by=by, customer=customer, po_number="ARD-77151", received_on=story.today - timedelta(days=12)
    )
    line = orders.add_line(
        by=by,
        order=order,
        line_number=10,
        part_revision=assembly,
        quantity=ASSEMBLIES,
        due_on=story.today + timedelta(days=6),
        sourcing=OrderLine.CONTRACT,
        fai_regime="none",
        needs_package_approval=False,
    )
    for kind, text, days in DEMANDS:
        packing.add_demand(by=by, order_line=line, kind=kind, text=text, least_days_left=days)
    return line


def _built(story: Story, line: OrderLine, pins: Traveler, batch: MaterialLot) -> Traveler:
    """Open the lot, build pins and bushings in, sign its two steps."""
    operator = story.people.operator
    route = line.part_revision.route_revisions.get()
    lot = travelers.open_traveler(
        by=story.people.quality, order_line=line, route_revision=route, quantity=ASSEMBLIES
    )
    first, second = line.part_revision.components.order_by("pk")
    component_uses.build_in(
        by=operator, traveler=lot, component=first, quantity=ASSEMBLIES * PINS_EACH, source_lot=pins
    )
    component_uses.build_in(
        by=operator, traveler=lot, component=second, quantity=ASSEMBLIES, material_lot=batch
    )
    while (step := lots.current_step(lot)) is not None:
        travelers.sign_step(by=operator, step=step, token=token(operator))
    lot.refresh_from_db()
    return lot


def _ship(story: Story, lot: Traveler, *, records: int) -> Shipment:
    """Draft a shipment and record the first of its packing demands as met."""
    people, by = story.people, story.people.inspector
    shipment = shipments.draft_shipment(
        by=people.quality, customer=people.organizations[PIN.customer], lots=[lot], carrier="Ridge Freight"
    )
    for demand in lot.order_line.packing_demands.order_by("position")[:records]:
        is_shelf_life = demand.kind == PackingDemand.SHELF_LIFE
        packed.record(
            by=by,
            shipment=shipment,
            traveler=lot,
            demand=demand,
            is_met=True,
            expires_on=story.today + timedelta(days=SHELF_LIFE_DAYS) if is_shelf_life else None,
            token=token(by),
        )
    return shipment
