"""Pieces that go on without coming home: delegations, routes that end or go on at a vendor."""

from __future__ import annotations

from datetime import timedelta

from documents.domain import certificates
from documents.models import Certificate
from portal.models import Site
from routes.domain import route_revisions, specifications
from routes.models import RouteRevision, SpecificationRevision, Traveler
from subcontract.domain import delegations, outside_orders, receipts
from subcontract.models import Delegation, OutsideOrder, OutsideOrderLine
from tests.cast import Cast, reauth
from tests.factories.certificates import accept, make_material_certificate, pdf, record_setup_run
from tests.factories.inspection import walk
from tests.factories.measuring import pass_inspection
from tests.factories.routes import (
    add_operation,
    make_draft_route,
    make_material_specification,
    make_open_traveler,
    make_part_revision,
    make_process_specification,
    make_setup,
    today,
)
from tests.factories.subcontract import ALL_RIGHT, issue, make_approval, make_outside_order


def make_delegation(cast: Cast, *, site: Site | None = None, **facts) -> Delegation:
    """Return a delegation of verification and shipping to a site, a year around today, for every part."""
    wanted = {
        "is_verification": True,
        "is_shipping": True,
        "reference": "Quality agreement QA-12, 4.2",
        "valid_from": today() - timedelta(days=180),
        "valid_to": today() + timedelta(days=180),
        "accepted_reference": "Letter OA-311",
        "accepted_on": today() - timedelta(days=190),
    }
    return delegations.delegate(
        by=cast.quality,
        token=reauth(cast.quality),
        site=site or cast.vendor_site,
        **{"customer": cast.customer, **wanted, **facts},
    )


def make_drop_route(cast: Cast) -> RouteRevision:
    """Return a released route that ends with its outside operation 40."""
    part_revision = make_part_revision(cast, with_characteristics=False, with_notes=False)
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
    make_setup(cast, add_operation(cast, draft, 20, "machine", "Mill complete", work_center="VF-2"))
    add_operation(cast, draft, 40, "outside", "Anodize", **anodize(cast))
    return released(cast, draft)


def anodize(cast: Cast) -> dict:
    return {
        "incoming_owner": "inspector",
        "specification": make_process_specification(cast),
        "spec_type": "II",
        "spec_class": "1",
        "material_condition": "6061-T6",
        "certificate_type": "process",
        "changes_surface": True,
    }


def make_two_vendor_route(cast: Cast) -> RouteRevision:
    """Return a released route whose operation 40 Anodize is followed by 45 Dry film at another vendor."""
    draft = make_draft_route(cast)
    add_operation(
        cast,
        draft,
        45,
        "outside",
        "Dry film",
        incoming_owner="inspector",
        specification=dry_film(cast),
        material_condition="6061-T6",
        certificate_type="process",
    )
    return released(cast, draft)


def dry_film(cast: Cast) -> SpecificationRevision:
    known = SpecificationRevision.objects.filter(number="AS5272").first()
    return known or specifications.add_specification(
        by=cast.quality,
        number="AS5272",
        revision="D",
        title="Dry film lubricant",
        kind="process",
        process="dry film",
        types=[],
        classes=[],
        same_as=[],
    )


def released(cast: Cast, draft: RouteRevision) -> RouteRevision:
    submitted = route_revisions.submit(by=cast.quality, route_revision=draft)
    by = cast.second_quality
    return route_revisions.release(by=by, route_revision=submitted, token=reauth(by))


def next_site(cast: Cast) -> Site:
    """Return the site of the other vendor, approved for dry film."""
    site = cast.stranger_vendor_organization.sites.order_by("pk").first()
    if not site.approvals.exists():
        make_approval(
            cast,
            site=site,
            process="dry film",
            spec_number="AS5272",
            spec_revision="D",
            spec_type="",
            spec_class="",
        )
    return site


def make_away_lot(cast: Cast, route: RouteRevision, *, quantity: int = 3, **facts) -> Traveler:
    """Return a lot of a route that is at the first vendor."""
    lot = walk(cast, make_open_traveler(cast, route_revision=route, quantity=quantity, **facts), to=40)
    make_outside_order(cast, lot=lot, at="shipped")
    lot.refresh_from_db()
    return lot


def line_at(lot: Traveler, sequence: int) -> OutsideOrderLine:
    """Return the order line of one operation of a lot."""
    return OutsideOrderLine.objects.select_related("order__site", "traveler", "step__operation").get(
        traveler=lot, step__operation__sequence=sequence
    )


def count_there(cast: Cast, lot: Traveler, sequence: int = 40, quantity: int | None = None, **facts):
    """Write down what the site that holds a lot counted in our place."""
    line = line_at(lot, sequence)
    wanted = {"counted_on": today(), "reference": "CR-88"}
    return receipts.receive_by_delegate(
        by=cast.operator,
        line=line,
        quantity_returned=line.quantity if quantity is None else quantity,
        **{**wanted, **facts},
    )


def verify_there(cast: Cast, lot: Traveler) -> None:
    """Verify by our inspector what was counted in our place."""
    pass_inspection(cast, lot, receipt_answers=ALL_RIGHT)
    lot.refresh_from_db()


def order_next(cast: Cast, lot: Traveler, *, sequence: int = 45, site: Site | None = None) -> OutsideOrder:
    """Return the issued order of the next outside operation at the other vendor."""
    order = outside_orders.draft_order(
        by=cast.quality,
        site=site or next_site(cast),
        ordered_on=today(),
        due_on=today() + timedelta(days=9),
        certificate_content="Specification with revision; quantity; process date; lot number.",
    )
    step = lot.steps.get(operation__sequence=sequence)
    outside_orders.add_line(by=cast.quality, order=order, step=step)
    return issue(cast, order)


def certify_line(cast: Cast, line: OutsideOrderLine) -> Certificate:
    """Return the accepted certificate of one outside line, brought in by the inspector."""
    made = certificates.upload(
        by=cast.inspector, content=pdf(), name=f"{line}.pdf", kind=Certificate.PROCESS, line=line
    )
    part_revision = line.traveler.route_revision.part_revision
    says = {
        "stated_number": f"CN-{line}",
        "stated_on": today(),
        "certificate_type": "process",
        "site": line.order.site,
        "po_number": line.order.number,
        "part_number": part_revision.part.number,
        "part_revision": part_revision.revision,
        "spec_number": line.specification.number,
        "spec_revision": line.specification.revision,
        "spec_type": line.spec_type,
        "spec_class": line.spec_class,
        "quantity": line.quantity,
        "process_from": today(),
        "process_to": today(),
        "signed_name": "D. Marchetti",
    }
    return accept(cast, certificates.enter_fields(by=cast.inspector, certificate=made, **says))


def bring_papers(cast: Cast, lot: Traveler) -> None:
    """Record the setup and bring the certificates of the heat and of every outside line of a lot."""
    record_setup_run(cast, lot)
    make_material_certificate(cast, material=lot.material_lot, at="accepted")
    for line in lot.outside_lines.select_related("order__site", "specification", "traveler"):
        certify_line(cast, line)
    lot.refresh_from_db()
