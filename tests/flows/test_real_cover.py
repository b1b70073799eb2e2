"""A real part: its drawing, its NC program, and the supplier's own result file of twenty pieces.

Twenty-seven characteristics are measured on each piece; the file's twenty-eighth, "Part Number", carries the serial.
Serial 20 has a flatness of 0.078 against 0.05.
"""

from __future__ import annotations

import io
import json
from datetime import timedelta
from decimal import Decimal

import pikepdf
import pytest
from django.utils import timezone

from documents.demo.papers import paper
from documents.demo.people import SINCE, make_people, token
from documents.domain import certificates, chain, decisions, shipments
from documents.models import Certificate, ReleasePackage
from inspection.domain import nonconformances, records, results
from inspection.models import InspectionRecord, Measurement, Nonconformance
from portal import queue
from portal.domain.errors import NotTheMoment
from portal.domain.files import read_bytes
from routes.domain import (
    characteristics,
    gauges,
    materials,
    orders,
    parts,
    route_revisions,
    setups,
    specifications,
    travelers,
)
from routes.domain.lots import quantity_of, serials_of, steps_of
from routes.formats.nc_program import nc_hashes
from routes.formats.qif import read_qif_file
from routes.models import Operation, OrderLine, RouteRevision, Setup, Traveler
from tests.factories.certificates import seen_by_looking

pytestmark = pytest.mark.django_db
SERIALS = [str(number) for number in range(1, 21)]


@pytest.fixture
def case(shared_data):
    return shared_data / "real-case-A-nist-cover"


@pytest.fixture
def people():
    return make_people(since=SINCE)


def only_file(folder):
    (path,) = folder.iterdir()
    return path


def plan_cover(people, case) -> RouteRevision:
    """Plan the cover on its real drawing, characteristics and program: three operations and a final inspection."""
    by, today = people.quality, timezone.localdate()
    alloy = specifications.add_specification(
        by=by, number="AMS 4027", revision="P", title="Aluminium sheet and plate, 6061-T6", kind="material"
    )
    part = parts.add_part(
        by=by, customer=people.customer, number="NIST-MTC-003", name="Cover", is_serialized=True
    )
    drawing = only_file(case / "drawing")
    part_revision = parts.add_revision(
        by=by,
        part=part,
        revision="A",
        drawing_number="nist_mtc_crada_cover",
        drawing_revision="A",
        unit="mm",
        default_applies_to="after",
        drawing=drawing.read_bytes(),
        drawing_name=drawing.name,
    )
    qif = case / "fair" / "cover_final_inspection_supplier.qif"
    characteristics.import_characteristics(
        by=by, part_revision=part_revision, content=qif.read_bytes(), name=qif.name, default_unit="mm"
    )
    route = route_revisions.draft_revision(by=by, part_revision=part_revision)
    made = {}
    for sequence, kind, name in (
        (10, "material", "Issue plate"),
        (20, "machine", "Op 1"),
        (30, "machine", "Op 2"),
        (40, "machine", "Op 3"),
        (50, "inspect", "Final inspection"),
        (60, "pack", "Pack"),
    ):
        material = {"specification": alloy, "material_condition": "6061-T6", "certificate_type": "3.1"}
        made[sequence] = route_revisions.add_operation(
            by=by,
            route_revision=route,
            sequence=sequence,
            kind=kind,
            name=name,
            quality_owner="quality",
            timing_owner="operator",
            **(material if kind == "material" else {}),
        )
    gauge = gauges.add_gauge(by=by, number="CMM-01", kind="CMM")
    gauges.record_calibration(
        by=by,
        gauge=gauge,
        certificate_number="CAL-1",
        calibrated_on=today - timedelta(days=10),
        due_on=today + timedelta(days=300),
    )
    program = only_file(case / "nc")
    for sequence in (20, 30, 40):
        setups.approve_setup(
            by=people.second_quality,
            operation=made[sequence],
            fixture=f"VISE-{sequence}",
            fixture_revision="A",
            nc_program=program.read_bytes(),
            nc_program_name=program.name,
            offsets={"G54 X": "0"},
            gauges=[gauge],
        )
    for characteristic in part_revision.characteristics.all():
        route_revisions.plan_check(by=by, operation=made[50], characteristic=characteristic, side="after")
    route = route_revisions.submit(by=by, route_revision=route)
    return route_revisions.release(
        by=people.second_quality, route_revision=route, token=token(people.second_quality)
    )


def open_cover_lot(people, route) -> Traveler:
    by, today = people.quality, timezone.localdate()
    order = orders.enter_order(by=by, customer=people.customer, po_number="PO-MTC-1", received_on=today)
    line = orders.add_line(
        by=by,
        order=order,
        line_number=1,
        part_revision=route.part_revision,
        quantity=20,
        due_on=today + timedelta(days=9),
        sourcing=OrderLine.CONTRACT,
        fai_regime=OrderLine.NONE,
    )
    lot = travelers.open_traveler(by=by, order_line=line, route_revision=route, quantity=20, serials=SERIALS)
    material = materials.receive_material(
        by=by,
        identifier_kind="heat",
        identifier="H-61-2207",
        specification=Operation.objects.get(route_revision=route, sequence=10).specification,
        condition="6061-T6",
        form="plate 16",
        received_pieces=20,
        received_on=today,
    )
    return materials.issue_material(by=people.operator, traveler=lot, material_lot=material)


def work_to_inspection(people, lot) -> InspectionRecord:
    for step in steps_of(lot)[:4]:
        setup = Setup.objects.filter(operation=step.operation).first()
        if setup:
            setups.record_run(
                by=people.operator,
                step=step,
                fixture=setup.fixture,
                fixture_revision=setup.fixture_revision,
                nc_raw_sha256=setup.nc_raw_sha256,
                nc_cutting_sha256=setup.nc_cutting_sha256,
            )
        travelers.sign_step(by=people.operator, step=step, token=token(people.operator))
    step = next(step for step in steps_of(lot) if step.operation.sequence == 50)
    return records.open_inspection(by=people.inspector, step=step, kind=InspectionRecord.FINAL)


def import_supplier_file(people, record, case):
    qif = case / "fair" / "cover_final_inspection_supplier.qif"
    return results.import_results(
        by=people.inspector,
        record=record,
        content=qif.read_bytes(),
        name=qif.name,
        measured_on=timezone.localdate(),
        unit="mm",
    )


def test_result_file_holds_28_characteristics_and_560_values(case):
    document = read_qif_file(case / "fair" / "cover_final_inspection_supplier.qif")
    assert len(document.characteristics) == 28
    assert sum(len(sample.values) for sample in document.samples) == 560
    assert [c.name for c in document.characteristics if c.is_pseudo_dimension] == ["Part Number"]


def test_flatness_of_serial_20_splits_the_lot_and_blocks_that_piece(case, people):
    route = plan_cover(people, case)
    lot = open_cover_lot(people, route)
    record = work_to_inspection(people, lot)
    report = import_supplier_file(people, record, case)

    assert (report.saved, dict(report.stated)) == (540, {"PASS": 539, "FAIL": 1})
    assert dict(report.recomputed) == {"PASS": 539, "FAIL": 1}
    failing = Measurement.objects.get(verdict=Measurement.FAIL)
    assert (failing.serial, failing.value, failing.characteristic.upper) == (
        "20",
        Decimal("0.078"),
        Decimal("0.05"),
    )
    nonconformance = Nonconformance.objects.get()
    assert nonconformance.serials == ["20"]
    assert nonconformance.traveler.number == f"{lot.number}/1"
    assert (serials_of(lot), serials_of(nonconformance.traveler)) == (SERIALS[:19], ["20"])
    assert quantity_of(lot) == 19

    # the other nineteen go on; the piece does not until somebody entitled has decided
    completed = records.complete(by=people.inspector, record=record, token=token(people.inspector))
    assert completed.state == InspectionRecord.COMPLETED
    apart = nonconformance.traveler
    step = next(step for step in steps_of(apart) if step.operation.sequence == 50)
    again = records.open_inspection(by=people.inspector, step=step, kind=InspectionRecord.FINAL)
    with pytest.raises(NotTheMoment, match=nonconformance.number):
        records.complete(by=people.inspector, record=again, token=token(people.inspector))
    slots = chain.check_lots([apart])[apart.number]
    assert [slot.is_closed for slot in slots if slot.code == "NC"] == [False]


def prove_material(people, lot) -> None:
    """Bring a certificate of our own making for the real alloy, and have another person accept it."""
    material, today = lot.material_lot, timezone.localdate()
    content = paper(
        "mill_certificate",
        number="TM-H-61-2207",
        on=str(today),
        form="plate 16",
        specification=str(material.specification),
        condition="6061-T6",
        heat=material.identifier,
        quantity="20",
        signer="Nora Whitlock",
    )
    certificate = certificates.upload(
        by=people.quality,
        content=content,
        name="H-61-2207.pdf",
        kind=Certificate.MATERIAL,
        issuer=people.metals,
    )
    certificate = certificates.enter_fields(
        by=people.quality,
        certificate=certificate,
        stated_number="TM-H-61-2207",
        stated_on=today,
        certificate_type="3.1",
        spec_number=material.specification.number,
        spec_revision=material.specification.revision,
        condition="6061-T6",
        identifier=material.identifier,
        quantity=20,
        signed_name="Nora Whitlock",
    )
    certificates.cover(by=people.quality, certificate=certificate, material_lot=material, quantity=20)
    by = people.second_quality
    seen = seen_by_looking(certificate)
    decisions.accept(by=by, certificate=certificate, token=token(by), seen=seen)


def test_nineteen_pieces_leave_with_a_package_that_holds_every_value(case, people):
    lot = open_cover_lot(people, plan_cover(people, case))
    record = work_to_inspection(people, lot)
    import_supplier_file(people, record, case)
    records.complete(by=people.inspector, record=record, token=token(people.inspector))
    nonconformances.disposition(
        by=people.quality,
        nonconformance=Nonconformance.objects.get(),
        disposition=Nonconformance.SCRAP,
        reason="Flatness cannot be brought back.",
        token=token(people.quality),
        witness=people.inspector,
    )
    last = next(step for step in steps_of(lot) if step.operation.sequence == 60)
    travelers.sign_step(by=people.operator, step=last, token=token(people.operator))
    prove_material(people, lot)
    lot.refresh_from_db()
    shipment = shipments.draft_shipment(by=people.quality, customer=people.customer, lots=[lot])
    shipments.certify(by=people.quality, shipment=shipment, token=token(people.quality))
    package = shipments.release(
        by=people.second_quality, shipment=shipment, token=token(people.second_quality)
    )
    assert queue.work_off(["render_package"]) == 1
    package.refresh_from_db()
    assert package.state == ReleasePackage.SEALED
    manifest = json.loads(bytes(package.manifest_bytes))
    values = [value for row in manifest["results"] for value in row["values"]]
    assert len(values) == 27 * 19
    with pikepdf.open(io.BytesIO(read_bytes(package.file))) as pdf:
        assert pdf.attachments["manifest.json"].get_file().read_bytes() == bytes(package.manifest_bytes)
        assert len(pdf.pages) == package.page_count
    shipments.dispatch(by=people.second_quality, shipment=shipment, token=token(people.second_quality))
    lot.refresh_from_db()
    assert lot.state == Traveler.SHIPPED


def test_setup_keeps_the_hash_of_the_real_program(case, people):
    route = plan_cover(people, case)
    program = only_file(case / "nc").read_bytes()
    setup = Setup.objects.get(operation__route_revision=route, operation__sequence=20)
    hashes = nc_hashes(program)
    assert (setup.nc_raw_sha256, setup.nc_cutting_sha256) == (hashes.raw_sha256, hashes.cutting_sha256)
    assert hashes.raw_sha256 != hashes.cutting_sha256


@pytest.mark.parametrize(
    "name", ["EN10168__v0.5.0__valid_certificate_3", "Metals__v0.1.1__valid_forged_bar_complete_certificate"]
)
def test_real_certificate_is_kept_byte_for_byte_and_not_accepted_for_another_heat(
    shared_data, people, case, name
):
    content = (shared_data / "material-certificates" / f"{name}.pdf").read_bytes()
    lot = open_cover_lot(people, plan_cover(people, case))
    certificate = certificates.upload(
        by=people.quality, content=content, name=f"{name}.pdf", kind=Certificate.MATERIAL
    )
    assert read_bytes(certificate.file) == content
    assert certificate.file.look["page_count"] >= 1
    certificate = certificates.enter_fields(
        by=people.quality, certificate=certificate, identifier="another heat", certificate_type="3.1"
    )
    certificates.cover(by=people.quality, certificate=certificate, material_lot=lot.material_lot, quantity=20)
    with pytest.raises(decisions.CertificateDoesNotMatch, match="another heat"):
        decisions.accept(
            by=people.second_quality, certificate=certificate, token=token(people.second_quality)
        )
