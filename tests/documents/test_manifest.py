"""The manifest: everything the package shows, nothing of other customers, every file hashed again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from documents.domain import manifest as manifests
from documents.domain import measured, originals, packages, shipments
from documents.domain.chain import CHECKS
from documents.models import Certificate, CertificateCoverage, Shipment
from documents.package.completeness import refuse_incomplete
from inspection.domain.held_approvals import record_held_approval
from inspection.models import FirstArticle, Measurement, Nonconformance
from portal.domain.canonical import canonical_bytes, sha256_of
from portal.domain.files import FileDamaged, read_bytes
from portal.models import Label, Signature, StoredFile
from routes.domain import elsewhere
from routes.domain.elsewhere import FileOfAnotherCustomer
from routes.domain.lots import split
from routes.models import Calibration, CustomerOrder, OrderLine, PartRevision
from subcontract.models import Receipt
from tests.cast import reauth
from tests.factories.documents import certify, release
from tests.factories.elsewhere import make_brought_in_lot, scan
from tests.factories.exports import let_everybody_receive


def manifest(ready) -> dict:
    return packages.manifest_of(release(ready.cast, ready.shipment))


def test_manifest_is_canonical_and_complete_for_the_renderer(ready):
    package = release(ready.cast, ready.shipment)
    made = packages.manifest_of(package)
    refuse_incomplete(made)
    assert canonical_bytes(made) == bytes(package.manifest_bytes)
    assert sha256_of(bytes(package.manifest_bytes)) == package.manifest_sha256


def test_head_is_the_shipment_as_released(ready):
    made = manifest(ready)
    line = ready.lot.order_line
    assert made["order"] == {"po_number": line.order.po_number, "line": "1"}
    assert made["part"] == {
        "number": line.part_revision.part.number,
        "name": "Bracket",
        "revision": "A",
        "drawing_number": line.part_revision.drawing_number,
        "drawing_revision": "A",
    }
    assert made["shipment"] == {"number": ready.shipment.number, "quantity": 5, "carrier": "Ridge Freight"}
    assert (made["shop"]["name"], made["customer"]["name"]) == ("Halden Precision", "Orrin Aerospace")
    assert made["package"]["released_by"] == {"printed_name": "Tomas Wray", "title": "Quality engineer"}


def test_quantity_and_lots_are_equal_on_certificate_shipper_and_package(ready):
    made = manifest(ready)
    [certified] = made["conformity"]["lines"]
    assert [(lot["number"], lot["quantity"]) for lot in made["lots"]] == [(ready.lot.number, 5)]
    assert (certified["quantity"], certified["traceability"]) == (5, f"Lot {ready.lot.number}")


def test_every_link_in_force_is_in_the_chain_and_closed(ready):
    made = manifest(ready)
    assert {slot["state"] for slot in made["chain"]["slots"]} <= {"accepted", "waived", "not_applicable"}
    assert list(dict.fromkeys(slot["code"] for slot in made["chain"]["slots"])) == [
        code for code, _ in CHECKS
    ]


def test_results_hold_the_latest_standing_value_of_each_piece(ready):
    made = manifest(ready)
    bore = next(row for row in made["results"] if row["side"] == "After finish" and row["balloon"] == "1")
    assert (bore["lower"], bore["upper"], bore["unit"]) == ("9.9", "10.1", "mm")
    assert [(value["serial"], value["value"], value["verdict"]) for value in bore["values"]] == [
        (str(piece), "10", "pass") for piece in range(1, 6)
    ]
    assert sum(len(row["values"]) for row in made["results"]) == Measurement.objects.count()


def test_gauges_are_listed_with_the_calibration_of_the_day(ready):
    made = manifest(ready)
    used = sorted({gauge for row in made["results"] for gauge in row["gauge"].split(", ")})
    assert [gauge["number"] for gauge in made["gauges"]] == used
    assert made["gauges"][0]["certificate"] == f"CAL-{used[0]}"


def test_first_article_made_on_this_order_comes_with_its_forms(ready):
    made = manifest(ready)["first_article"]
    assert (made["identifier"], made["edition"], made["form1"]["1"]["value"]) == (
        FirstArticle.objects.get().number, "AS9102 Rev C", ready.lot.order_line.part_revision.part.number
    )  # fmt: skip
    assert len(made["signatures"]) == 2


def test_first_article_of_an_earlier_order_is_named(ready):
    line = ready.lot.order_line
    earlier = CustomerOrder.objects.create(
        number="O-900001", customer=ready.cast.customer, po_number="OLD", received_on=timezone.localdate()
    )
    other = OrderLine.objects.create(
        order=earlier, line_number=1, part_revision=line.part_revision, quantity=5, due_on=line.due_on
    )
    FirstArticle.objects.update(order_line=other)
    made = manifests.first_article_entry([line])
    assert made["reference"]["identifier"] == FirstArticle.objects.get().number
    assert made["reference"]["sentence"] == (
        f"It was approved for {line.part_revision} on lot {ready.lot.number}."
    )


def test_forms_of_an_earlier_order_go_with_the_first_shipment_where_the_line_says_so(ready):
    line = ready.lot.order_line
    earlier = CustomerOrder.objects.create(
        number="O-900001", customer=ready.cast.customer, po_number="OLD", received_on=timezone.localdate()
    )
    other = OrderLine.objects.create(
        order=earlier, line_number=1, part_revision=line.part_revision, quantity=5, due_on=line.due_on
    )
    FirstArticle.objects.update(order_line=other)
    line.fai_regime = OrderLine.WITH_FIRST
    assert manifests.first_article_entry([line])["form1"]["4"]["value"] == FirstArticle.objects.get().number
    Shipment.objects.update(
        state=Shipment.DISPATCHED,
        release_signature=Signature.objects.first(),
        dispatch_signature=Signature.objects.first(),
        dispatched_at=timezone.now(),
    )
    assert list(manifests.first_article_entry([line])) == ["reference"]


def test_approval_the_customer_holds_is_named(ready):
    FirstArticle.objects.update(state=FirstArticle.DRAFT)
    line, by = ready.lot.order_line, ready.cast.quality
    line.fai_regime = OrderLine.HELD_BY_CUSTOMER
    record_held_approval(
        by=by,
        part_revision=line.part_revision,
        customer_reference="ORR-FAI-77",
        approved_on=timezone.localdate(),
        token=reauth(by),
    )
    held = [{"reference": "ORR-FAI-77", "approved_on": timezone.localdate(), "recorded_by": by.printed_name}]
    assert manifests.first_article_entry([line])["held"] == held
    line.fai_regime = OrderLine.BEFORE_DISPATCH
    assert "held" not in manifests.first_article_entry([line])


def test_without_a_first_article_the_order_says_why(ready):
    FirstArticle.objects.update(state=FirstArticle.DRAFT)
    line = ready.lot.order_line
    line.fai_regime = OrderLine.HELD_BY_CUSTOMER
    made = manifests.first_article_entry([line])
    assert made == {"reason": f"Order {line.order.po_number} says: held by the customer."}


def test_accepted_certificates_come_in_with_file_pages_and_decision(ready):
    made = manifest(ready)
    assert [(each["kind"], each["page_from"], each["accepted_by"]) for each in made["certificates"]] == [
        ("Material certificate", 1, "Maud Ferreira"),
        ("Process certificate", 1, "Maud Ferreira"),
    ]
    assert {each["sha256"] for each in made["certificates"]} == {each["sha256"] for each in made["files"]}


def test_file_that_proves_something_to_another_customer_stays_home(ready):
    certificate = Certificate.objects.get(kind=Certificate.PROCESS)
    order = CustomerOrder.objects.create(
        number="O-900002",
        customer=ready.cast.stranger_customer,
        po_number="T-1",
        received_on=timezone.localdate(),
    )
    theirs = OrderLine.objects.create(
        order=order,
        line_number=1,
        part_revision=ready.lot.order_line.part_revision,
        quantity=1,
        due_on=timezone.localdate(),
    )
    coverage = certificate.coverages.get()
    assert originals.kept_home([certificate.file], ready.cast.customer) == set()
    originals.require_no_others([certificate.file], ready.cast.customer)
    lot = split(by=ready.cast.quality, traveler=ready.lot, quantity=1, reason="Test of two customers.")
    lot.order_line = theirs
    lot.save()
    CertificateCoverage.objects.create(certificate=certificate, traveler=lot, step=coverage.step, quantity=1)
    assert originals.kept_home([certificate.file], ready.cast.customer) == {certificate.file.sha256}
    [entry] = originals.file_entries([certificate.file], {certificate.file.sha256})
    # the name a file came with may name the other customer
    assert (entry["is_kept_home"], entry["name"]) == (
        True,
        f"kept at the shop, {certificate.file.sha256[:8]}",
    )
    named = {"sha256": entry["sha256"], "original_name": certificate.file.original_name}
    assert originals.without_its_name(named)["original_name"] == entry["name"]
    # such a file is no scan for this customer either, since a scan is shown whole
    with pytest.raises(
        FileOfAnotherCustomer, match="It cannot go to Orrin Aerospace: bring in only the pages"
    ):
        originals.require_no_others([certificate.file], ready.cast.customer)


def test_file_that_is_another_customers_scan_stays_home(ready):
    certificate = Certificate.objects.get(kind=Certificate.PROCESS)
    theirs = make_brought_in_lot(ready.cast, customer=ready.cast.stranger_customer)
    paper = read_bytes(certificate.file)
    record = scan(ready.cast, theirs, "step", 10, content=paper)
    assert originals.kept_home([certificate.file], ready.cast.customer) == {certificate.file.sha256}
    elsewhere.reject_elsewhere(
        by=ready.cast.quality, record=record, reason="Ours.", token=reauth(ready.cast.quality)
    )
    assert originals.kept_home([certificate.file], ready.cast.customer) == set()


def test_changed_file_stops_the_release_of_its_entry(ready):
    stored = Certificate.objects.get(kind=Certificate.PROCESS).file
    default_storage.delete(stored.storage_name)
    default_storage.save(stored.storage_name, ContentFile(b"something else"))
    with pytest.raises(FileDamaged) as refusal:
        originals.file_entries([stored], set())
    assert refusal.value.sentence == (
        f"The file {stored.original_name} has changed in the store. Restore it from the backup."
    )
    default_storage.delete(stored.storage_name)


def test_package_carries_the_strictest_label(ready):
    loose = Label.objects.create(code="NDA", name="Under agreement", strictness=10)
    strict = Label.objects.create(code="EAR", name="Export controlled", strictness=20, needs_eligibility=True)
    PartRevision.objects.filter(pk=ready.lot.order_line.part_revision_id).update(label=strict)
    let_everybody_receive(ready.cast, strict)
    assert originals.strictest_label([StoredFile(label=loose)], None, strict) == strict
    assert manifest(ready)["label"] == "EAR"


def test_revision_history_grows_with_every_release(ready):
    manifest(ready)
    shipments.withdraw_release(by=ready.cast.quality, shipment=ready.shipment, reason="Wrong carrier.")
    ready.shipment.refresh_from_db()
    again = packages.manifest_of(release(ready.cast, ready.shipment, reason="Carrier corrected."))
    assert [(row["revision"], row["reason"]) for row in again["revision_history"]] == [
        ("1", "First release."),
        ("2", "Carrier corrected."),
    ]
    assert again["package"]["number"] == again["package"]["record"].removesuffix("-2")


def test_values_of_pieces_set_apart_go_with_the_lot_they_stand_in(ready):
    apart = split(by=ready.cast.quality, traveler=ready.lot, quantity=1, reason="Piece 3 is scratched.")
    failing = Measurement.objects.filter(serial="3").order_by("pk").last()
    Nonconformance.objects.create(
        number="NC-900001",
        traveler=apart,
        found_on_traveler=ready.lot,
        measurement=failing,
        description="Scratch.",
        quantity=1,
        serials=["3"],
        opened_by=ready.cast.inspector,
        opened_at=timezone.now() + timedelta(seconds=1),
    )
    kept, gone = (
        {value.serial for _, value in measured.values_of([lot], {}) if value.record_id == failing.record_id}
        for lot in (ready.lot, apart)
    )
    assert (kept, gone) == ({"1", "2", "4", "5"}, {"3"})


def test_reading_takes_as_many_statements_for_one_lot_as_for_three(ready):
    cast = ready.cast
    shipments.cancel(by=cast.quality, shipment=ready.shipment)
    others = [
        split(by=cast.quality, traveler=ready.lot, quantity=1, reason="Partial delivery.") for _ in range(3)
    ]

    def statements(lots) -> int:
        shipment = shipments.draft_shipment(by=cast.quality, customer=cast.customer, lots=lots)
        signed = certify(cast, shipment)
        shipment.release_signature = signed.signature
        facts = shipments.facts_of(shipment)
        with CaptureQueriesContext(connection) as queries:
            manifests.manifest_for(
                shipment=shipment, facts=facts, number=f"P-{shipment.pk}-1", revision=1, reason=""
            )
        return len(queries)

    assert statements(others[:1]) == statements(others[1:])


def test_what_was_entered_late_says_when(ready):
    long_ago = timezone.localdate() - timedelta(days=9)
    Receipt.objects.update(received_on=long_ago)
    Calibration.objects.update(calibrated_on=long_ago - timedelta(days=1))
    values = measured.values_of([ready.lot], {})
    for _, value in values:
        value.measured_on = long_ago
    entries = {entry["entered_at"] for row in measured.result_rows(values, {}) for entry in row["values"]}
    assert entries == set(Measurement.objects.values_list("recorded_at", flat=True))
    assert all(gauge["entered_at"] for gauge in measured.gauge_rows(values))
    late = [row["late_receipts"] for row in traveler_rows(ready) if "late_receipts" in row]
    [receipt] = Receipt.objects.all()
    assert late == [[{"received_on": long_ago, "entered_at": receipt.recorded_at}]]


def test_what_was_entered_in_time_says_nothing(ready):
    values = measured.values_of([ready.lot], {})
    assert not any(
        "entered_at" in entry for row in measured.result_rows(values, {}) for entry in row["values"]
    )
    assert not any("late_receipts" in row for row in traveler_rows(ready))


def traveler_rows(ready) -> list[dict]:
    return manifests.traveler_entries(shipments.facts_of(ready.shipment))
