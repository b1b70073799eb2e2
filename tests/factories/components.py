"""Assemblies with a parts list of one part made here and one bought, and lots that are built from them.

Their routes are short: deburr and pack, so that nothing but the components is in question.
"""

from __future__ import annotations

from routes.domain import component_uses, components, route_revisions
from routes.models import Component, ComponentUse, MaterialLot, PartRevision, Traveler
from tests.cast import Cast, reauth
from tests.factories.routes import (
    add_operation,
    make_material,
    make_material_specification,
    make_open_traveler,
    make_order_line,
    make_part_revision,
    sign_up_to,
)

BUSHING = "NASM 77120"


def make_short_route(cast: Cast, part_revision: PartRevision):
    """Return a released route of deburring and packing; a part without a parts list is cut from bar first."""
    draft = route_revisions.draft_revision(by=cast.quality, part_revision=part_revision)
    if not part_revision.components.exists():
        bar = {"specification": make_material_specification(cast), "material_condition": "6061-T6"}
        add_operation(cast, draft, 5, "material", "Issue bar", certificate_type="3.1", **bar)
    add_operation(cast, draft, 10, "deburr", "Deburr")
    add_operation(cast, draft, 20, "pack", "Pack")
    submitted = route_revisions.submit(by=cast.quality, route_revision=draft)
    return route_revisions.release(
        by=cast.second_quality, route_revision=submitted, token=reauth(cast.second_quality)
    )


def make_plain_revision(cast: Cast, **facts) -> PartRevision:
    """Return a part revision without notes and characteristics."""
    return make_part_revision(cast, with_characteristics=False, with_notes=False, **facts)


def make_short_lot(
    cast: Cast, part_revision: PartRevision, *, quantity: int, is_complete: bool = True, serials=None
) -> Traveler:
    """Return a lot of a part with a short route, complete or just opened."""
    route = part_revision.route_revisions.first() or make_short_route(cast, part_revision)
    lot = make_open_traveler(
        cast,
        route_revision=route,
        order_line=make_order_line(cast, part_revision, quantity=quantity),
        quantity=quantity,
        serials=serials,
    )
    if is_complete:
        sign_up_to(cast, lot, 999)
    lot.refresh_from_db()
    return lot


def add_made(cast: Cast, assembly: PartRevision, made: PartRevision, **facts) -> Component:
    """Put a part made here on a parts list, two for each."""
    wanted = {"item_number": "1", "quantity_each": 2}
    return components.add_component(by=cast.quality, assembly=assembly, made=made, **{**wanted, **facts})


def add_bought(cast: Cast, assembly: PartRevision, **facts) -> Component:
    """Put a bushing on a parts list, one for each."""
    wanted = {"item_number": "2", "quantity_each": 1, "part_number": BUSHING, "name": "Bushing"}
    specification = make_material_specification(cast, number=BUSHING)
    return components.add_component(
        by=cast.quality, assembly=assembly, specification=specification, **{**wanted, **facts}
    )


def make_bushings(cast: Cast, *, pieces: int = 100) -> MaterialLot:
    """Receive bushings."""
    return make_material(
        cast,
        pieces=pieces,
        specification=make_material_specification(cast, number=BUSHING),
        identifier_kind="batch",
        condition="passivated",
        form="bushing",
    )


def build(cast: Cast, lot: Traveler, component: Component, source, quantity: int, **facts) -> ComponentUse:
    """Build pieces of a lot or of a receipt into a lot, as the operator."""
    place = "source_lot" if isinstance(source, Traveler) else "material_lot"
    return component_uses.build_in(
        by=cast.operator, traveler=lot, component=component, quantity=quantity, **{place: source}, **facts
    )


def take_out(cast: Cast, lot: Traveler, component: Component, source, quantity: int, **facts) -> ComponentUse:
    """Take pieces out again, as the operator."""
    place = "source_lot" if isinstance(source, Traveler) else "material_lot"
    reason = facts.pop("reason", "Bushing bore scored.")
    return component_uses.take_out(
        by=cast.operator,
        traveler=lot,
        component=component,
        quantity=quantity,
        reason=reason,
        **{place: source},
        **facts,
    )


def make_assembly(cast: Cast, *, quantity: int = 5, is_complete: bool = True, **facts):
    """Return an assembly lot, its made and its bought component, a lot of 30 of the made one and 100 bushings."""
    assembly, made = make_plain_revision(cast, **facts), make_plain_revision(cast)
    first, second = add_made(cast, assembly, made), add_bought(cast, assembly)
    lot = make_short_lot(cast, assembly, quantity=quantity, is_complete=is_complete)
    return lot, first, second, make_short_lot(cast, made, quantity=30), make_bushings(cast)
