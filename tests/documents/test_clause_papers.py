"""Clauses and edits in a release package: what shows each clause, the papers, what was changed and reviewed."""

from __future__ import annotations

import pytest

from documents.domain import packages, trail
from documents.domain.shipments import ChainIsOpen
from portal.models import Event
from routes.domain import clauses
from routes.domain.own_papers import FileOfAnotherCustomer
from routes.models import ClauseEvidence, CustomerOrder
from tests.cast import reauth
from tests.factories.certificates import pdf
from tests.factories.clauses import carry, show
from tests.factories.documents import certify, make_shipment, make_shippable_lot, release


def shown_lot(cast):
    """Return a lot ready to ship that carries a clause with its paper and a source inspection."""
    lot = make_shippable_lot(cast)
    paper = show(
        cast, carry(cast, lot.order_line), lot, content=pdf(), name="fod.pdf", reference="FOD log 118"
    )
    return lot, paper, carry(cast, lot.order_line, "source")


def test_clauses_are_shown_with_their_evidence_and_papers(cast):
    lot, paper, source = shown_lot(cast)
    seen = show(cast, source, lot)
    made = packages.manifest_of(release(cast, make_shipment(cast, at="certified", lot=lot)))
    rows = {row["code"]: row for row in made["clauses"] if row["code"].startswith("Clause")}
    assert {code: row["shown"] for code, row in rows.items()} == {
        "Clause Q-evidence B": f"{paper.number}, FOD log 118",
        "Clause Q-source B": f"{seen.number}: Anton Belisle, {seen.done_on:%-d %b %Y}",
    }
    assert rows["Clause Q-source B"]["demand"] == "Source inspection before shipment (source inspection)"
    [entry] = made["clause_papers"]
    assert (entry["number"], entry["sha256"], entry["covers"], entry["page_to"]) == (
        paper.number,
        paper.file.sha256,
        f"clause Q-evidence B, lot {lot.number}: FOD log 118",
        1,
    )
    assert paper.file.sha256 in [file["sha256"] for file in made["files"]]
    assert made["trail"] == []


def test_open_point_stops_the_release(cast):
    lot, _, source = shown_lot(cast)
    shipment = make_shipment(cast, at="certified", lot=lot)
    with pytest.raises(ChainIsOpen) as refusal:
        release(cast, shipment)
    assert [(slot.code, slot.subject) for slot in refusal.value.facts["slots"]] == [
        ("CLAUSES", "clause Q-source B")
    ]
    show(cast, source, lot)
    assert release(cast, shipment).state == "frozen"


def test_paper_that_shows_something_to_another_customer_stays_home(cast):
    lot, paper, source = shown_lot(cast)
    show(cast, source, lot)
    shipment = make_shipment(cast, at="certified", lot=lot)
    other = make_shippable_lot(cast)
    CustomerOrder.objects.filter(pk=other.order_line.order_id).update(customer=cast.stranger_customer)
    ClauseEvidence.objects.create(
        number="CE-900001",
        line_clause=paper.line_clause,
        traveler=other,
        reference="The same log",
        done_on=paper.done_on,
        file=paper.file,
        signature=paper.signature,
        recorded_at=paper.recorded_at,
    )
    with pytest.raises(FileOfAnotherCustomer, match="fod.pdf also proves something to another customer"):
        release(cast, shipment)


def test_edit_stops_the_release_until_it_is_reviewed_and_is_listed(cast):
    lot, _, source = shown_lot(cast)
    show(cast, source, lot)
    clauses.answer_clause(
        by=cast.quality, line_clause=source, answer="document", answered_by="Letter of the customer"
    )
    shipment = make_shipment(cast, at="certified", lot=lot)
    with pytest.raises(ChainIsOpen) as refusal:
        release(cast, shipment)
    assert [slot.code for slot in refusal.value.facts["slots"]] == ["TRAIL"]
    second = cast.second_quality
    trail.review(by=second, traveler=lot, remarks="Right.", token=reauth(second))
    made = packages.manifest_of(release(cast, shipment))
    edit = Event.objects.filter(verb="answer clause of", data__has_key="was").get()
    [entry] = made["trail"]
    assert {key: entry[key] for key in ("lot", "was", "now", "reviewed_by", "leaf_sha256")} == {
        "lot": lot.number,
        "was": "document: FOD log of the cell",
        "now": "document: Letter of the customer",
        "reviewed_by": second.printed_name,
        "leaf_sha256": edit.leaf_sha256,
    }
    assert trail.edits_of(lot)[0].is_reviewed


def test_release_and_dispatch_are_no_edits(cast):
    lot, _, source = shown_lot(cast)
    show(cast, source, lot)
    shipment = make_shipment(cast, at="certified", lot=lot)
    certify(cast, shipment, reason="Remarks")
    release(cast, shipment)
    assert trail.edits_of(lot) == []
