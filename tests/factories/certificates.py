"""Certificates at any state, made by walking the real moves; the paper says what the default route asks."""

from __future__ import annotations

import io
from datetime import timedelta
from itertools import count

import pikepdf

from documents.domain import certificates
from documents.models import Certificate
from routes.domain import setups
from routes.models import MaterialLot, Traveler, TravelerStep
from subcontract.models import OutsideOrderLine
from tests.cast import Cast, reauth
from tests.factories.inspection import make_lot
from tests.factories.routes import NC_PROGRAM, step_at, today

_numbers = count(20931)
OUTSIDE = 40


def pdf(pages: int = 1) -> bytes:
    """Return a small PDF; no two have the same bytes."""
    document = pikepdf.new()
    for _ in range(pages):
        document.add_blank_page(page_size=(595, 842))
    document.docinfo["/Title"] = f"Certificate {next(_numbers)}"
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def line_of(lot: Traveler) -> OutsideOrderLine:
    """Return the outside line of a lot's anodize."""
    return OutsideOrderLine.objects.get(traveler=lot)


def what_the_paper_says(lot: Traveler) -> dict:
    """Return the fields a right certificate of the lot's anodize has."""
    line = line_of(lot)
    part_revision = lot.route_revision.part_revision
    return {
        "stated_number": f"BW-{next(_numbers)}",
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


def make_process_certificate(
    cast: Cast,
    *,
    lot: Traveler | None = None,
    at: str = "in_review",
    content: bytes | None = None,
    name: str = "BW 20931.pdf",
    **fields,
) -> Certificate:
    """Return the anodizer's certificate of a lot that came back: received, in_review or accepted.

    Uploaded by the vendor for its order line, typed by the inspector, accepted by the quality engineer.
    """
    lot = lot or make_lot(cast, at=50)
    certificate = certificates.upload(
        by=cast.vendor,
        content=content or pdf(),
        name=name,
        kind=Certificate.PROCESS,
        line=line_of(lot),
    )
    if at == "received":
        return certificate
    certificate = certificates.enter_fields(
        by=cast.inspector, certificate=certificate, **{**what_the_paper_says(lot), **fields}
    )
    return accept(cast, certificate) if at == "accepted" else certificate


def make_material_certificate(
    cast: Cast, *, material: MaterialLot, at: str = "in_review", **fields
) -> Certificate:
    """Return the mill's certificate of a heat: in_review or accepted."""
    certificate = certificates.upload(
        by=cast.inspector, content=pdf(), name="mill.pdf", kind=Certificate.MATERIAL
    )
    certificates.cover(
        by=cast.inspector, certificate=certificate, material_lot=material, quantity=material.received_pieces
    )
    says = {
        "stated_number": f"RM-{next(_numbers)}",
        "stated_on": material.received_on - timedelta(days=1),
        "certificate_type": "3.1",
        "spec_number": material.specification.number,
        "spec_revision": material.specification.revision,
        "condition": material.condition,
        "identifier": material.identifier,
        "signed_name": "H. Ridge",
    }
    certificate = certificates.enter_fields(by=cast.inspector, certificate=certificate, **{**says, **fields})
    return accept(cast, certificate) if at == "accepted" else certificate


def accept(cast: Cast, certificate: Certificate, **facts) -> Certificate:
    """Accept a certificate as the quality engineer, who looks at the page for what the machine did not find."""
    certificate = Certificate.objects.get(pk=certificate.pk)
    by = facts.pop("by", cast.quality)
    seen = facts.pop("seen", None) or seen_by_looking(certificate)
    return certificates.accept(by=by, certificate=certificate, token=reauth(by), seen=seen, **facts)


def seen_by_looking(certificate: Certificate) -> dict[str, int]:
    """Return what the person who decides confirms: every key the machine asks about, on the first page."""
    return {key.field: certificate.page_from for key in certificates.compare(certificate) if key.may_be_seen}


def record_setup_run(cast: Cast, lot: Traveler) -> None:
    """Record that the locked setup was on the machine."""
    setups.record_run(
        by=cast.operator,
        step=step_at(lot, 20),
        fixture="FX-12",
        fixture_revision="B",
        nc_program=NC_PROGRAM,
        machine="VF-2",
    )


def outside_step(lot: Traveler) -> TravelerStep:
    return step_at(lot, OUTSIDE)


def make_ready_lot(cast: Cast, **facts) -> Traveler:
    """Return a lot at its end whose every link is closed but those that wait for a shipment."""
    lot = make_lot(cast, at=999, **facts)
    record_setup_run(cast, lot)
    make_process_certificate(cast, lot=lot, at="accepted")
    make_material_certificate(cast, material=lot.material_lot, at="accepted")
    lot.refresh_from_db()
    return lot
