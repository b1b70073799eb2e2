"""A lot begun on paper comes in at its final inspection and ships: proved by scans, and saying so everywhere."""

from __future__ import annotations

import pytest

from documents.domain import chain, packages, shipments
from documents.domain.shipments import ChainIsOpen
from documents.models import ReleasePackage
from documents.package.sections import sections_of
from documents.views.package_words import verdict_of
from routes.domain import clauses
from routes.models import RecordedElsewhere
from tests.documents.package.reading import attachments, page_texts
from tests.factories.clauses import show
from tests.factories.documents import certify, release
from tests.factories.elsewhere import make_brought_in_lot, review_all, scan_all
from tests.factories.inspection import walk


def finished_lot(cast):
    """Return a lot that came in at operation 50, its earlier work scanned and reviewed, done to its end."""
    lot = make_brought_in_lot(cast, at_sequence=50, scans="reviewed", fai_regime="with_first")
    return walk(cast, lot)


def ship(cast, lot):
    shipment = shipments.draft_shipment(
        by=cast.quality, customer=cast.customer, lots=[lot], carrier="Ridge Freight"
    )
    certify(cast, shipment)
    return shipment


def open_links(lot):
    [slots] = chain.check_lots([lot]).values()
    return [(slot.code, slot.state) for slot in slots if slot.stops]


def test_lot_is_stopped_by_each_scan_it_owes_and_by_nothing_else(cast):
    lot = walk(cast, make_brought_in_lot(cast, at_sequence=50, fai_regime="with_first"))
    assert (lot.state, open_links(lot)) == (
        "complete",
        [(code, "missing") for code in ("STEPS", "MATERIAL", "PROCESS", "RESULTS", "FAI")],
    )
    scan_all(cast, lot)
    assert open_links(lot) == [
        (code, "review") for code in ("STEPS", "MATERIAL", "PROCESS", "RESULTS", "FAI")
    ]
    review_all(cast, lot)
    assert open_links(lot) == []


def test_gate_refuses_while_one_scan_is_not_reviewed_and_names_it(cast):
    lot = finished_lot(cast)
    shipment = ship(cast, lot)
    record = lot.recorded_elsewhere.get(proves="process")
    RecordedElsewhere.objects.filter(pk=record.pk).update(state="recorded", review_signature=None)
    with pytest.raises(ChainIsOpen, match=f"PROCESS of {lot.number}: {record.number} is to show") as refusal:
        release(cast, shipment)
    assert {slot.code for slot in refusal.value.facts["slots"]} == {"PROCESS", "APPROVAL"}
    assert not ReleasePackage.objects.exists()


def test_gate_refuses_an_unanswered_clause(cast):
    lot = finished_lot(cast)
    clause = clauses.add_clause(
        by=cast.quality, customer=cast.customer, number="Q-17", revision="B", title="Retention", text=""
    )
    shipment = ship(cast, lot)
    carried = clauses.put_on_line(by=cast.quality, order_line=lot.order_line, clause=clause)
    with pytest.raises(ChainIsOpen, match=f"NOTES of {lot.number}: Quality clause Q-17 B"):
        release(cast, shipment)
    clauses.answer_clause(
        by=cast.quality, line_clause=carried, answer="document", answered_by="Procedure QP-12"
    )
    with pytest.raises(ChainIsOpen, match=f"CLAUSES of {lot.number}: Nothing shows"):
        release(cast, shipment)
    shown = show(cast, carried, lot, reference="Record of retention 2026")
    manifest = packages.manifest_of(release(cast, shipment))
    assert {
        "code": "Clause Q-17 B",
        "demand": "Retention",
        "evidence": "Procedure QP-12",
        "state": "document",
        "shown": f"{shown.number}, Record of retention 2026",
    } in manifest["clauses"]


def test_certificate_and_package_say_what_was_recorded_elsewhere(cast):
    lot = finished_lot(cast)
    shipment = ship(cast, lot)
    package = release(cast, shipment)
    records = list(lot.recorded_elsewhere.order_by("pk"))
    manifest = packages.manifest_of(package)
    said = manifest["lots"][0]["elsewhere"]
    assert said.startswith(
        f"Operations 10 to 40 of lot {lot.number} recorded elsewhere, reviewed by Maud Ferreira (E-"
    )
    [line] = manifest["conformity"]["lines"]
    assert line["remarks"] == said
    assert manifest["conformity"]["statement"].endswith(
        "named above. What field 12 names as recorded elsewhere was done before these items came into our records; "
        "we certify it on the papers named there."
    )
    assert [row.get("elsewhere", "") for row in manifest["traveler"]][4:] == ["", ""]
    assert manifest["traveler"][0]["elsewhere"] == (
        f"recorded elsewhere, {records[0].number} (TRV-118), reviewed by Maud Ferreira"
    )
    [paper] = manifest["elsewhere"]
    assert (paper["sha256"], paper["reviewed_by"], paper["page_to"]) == (
        records[0].file.sha256,
        "Maud Ferreira",
        2,
    )
    assert paper["sha256"] in {file["sha256"] for file in manifest["files"]}
    titles = [section.title for section in sections_of(manifest, packages.originals_of(manifest))]
    assert f"Recorded elsewhere {records[0].number} to {records[-1].number}" in titles


def test_papers_recorded_elsewhere_stand_where_a_reader_looks_for_them(cast):
    lot = finished_lot(cast)
    manifest = packages.manifest_of(release(cast, ship(cast, lot)))
    scans = {record.proves: record.number for record in lot.recorded_elsewhere.all()}
    details = {each["label"]: each["value"] for each in manifest["conformity"]["details"]}
    assert [
        details[label] for label in ("First article", "Material certificate", "Process certificates")
    ] == [
        f"recorded elsewhere, {scans['first_article']}",
        f"recorded elsewhere, {scans['material']}",
        f"operation 40 Anodize, recorded elsewhere, {scans['process']}",
    ]
    assert manifest["first_article"] == {
        "reason": f"Order {lot.order_line.order.po_number} says: sent with the first shipment.",
        "elsewhere": [{"number": scans["first_article"], "reviewed_by": "Maud Ferreira"}],
    }
    assert verdict_of("first_article", manifest) == {"state": "complete", "word": "On record"}


def test_pages_of_the_package_show_the_scans_and_carry_them(cast):
    lot = finished_lot(cast)
    shipment = ship(cast, lot)
    package = release(cast, shipment)
    content = packages.draw(package)
    text = " ".join(page_texts(content))
    assert f"Operations 10 to 40 of lot {lot.number} recorded elsewhere" in text
    assert "What field 12 names as recorded elsewhere" in text
    assert "was recorded elsewhere, before the lot came into our records" in text
    assert "no first article is demanded" not in text
    assert "reviewed by Maud Ferreira" in text
    original = lot.recorded_elsewhere.first().file
    assert original.original_name in attachments(content)
