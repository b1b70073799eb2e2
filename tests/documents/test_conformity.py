"""The fourteen fields: filled from the records, none blank, the statement qualified where a concession applies."""

from __future__ import annotations

import pytest
from django.utils import timezone

from documents.domain import conformity
from inspection.models import FirstArticle, Nonconformance
from portal.domain.signatures import is_intact
from routes.domain.lots import split
from routes.models import MaterialLot
from subcontract.models import Receipt
from tests.factories.inspection import concede, decide

DETAILS = (
    "Shelf life", "First article", "Material certificate", "Process certificates", "Concessions", "Waivers",
    "Nonconformances", "Reason for this issue",
)  # fmt: skip


def content(ready, **facts):
    return conformity.content_of(
        shipment=ready.shipment, number="CC-000009", on="2026-11-22", by=ready.cast.quality, **facts
    )


def detail(entry: dict, label: str) -> str:
    return next(each["value"] for each in entry["details"] if each["label"] == label)


def set_apart(ready):
    """Put the whole lot under a nonconformance decided as use-as-is with the customer's permission."""
    nonconformance = Nonconformance.objects.create(
        number="NC-900001",
        traveler=ready.lot,
        found_on_traveler=ready.lot,
        description="Scratch on the flange.",
        quantity=5,
        opened_by=ready.cast.inspector,
        opened_at=timezone.now(),
    )
    concession = concede(ready.cast, nonconformance)
    decide(ready.cast, nonconformance, Nonconformance.USE_AS_IS)
    return concession


def test_head_names_both_sides_and_the_order(ready):
    made = content(ready)
    order = ready.lot.order_line.order
    assert {key: made[key] for key in ("2", "3", "4", "5", "6", "12", "releaser")} == {
        "2": "CC-000009",
        "3": "2026-11-22",
        "4": "Halden Precision, 1 Mill Lane, Haldenby, US",
        "5": "Orrin Aerospace, 1 Mill Lane, Haldenby, US",
        "6": order.po_number,
        "12": "N/A",
        "releaser": "Maud Ferreira, Quality engineer",
    }


def test_line_says_item_quantity_part_and_lot(ready):
    [entry] = content(ready, remarks="Handle with gloves.")["lines"]
    part = ready.lot.order_line.part_revision.part
    assert {key: entry[key] for key in ("7", "8", "9", "10", "11", "12")} == {
        "7": "1",
        "8": 5,
        "9": f"{part.number}, {part.name}",
        "10": "A",
        "11": f"Lot {ready.lot.number}",
        "12": "Handle with gloves.",
    }


def test_details_name_every_proof_and_write_out_what_there_is_not(ready):
    [entry] = content(ready)["lines"]
    material, receipt = MaterialLot.objects.get(), Receipt.objects.get()
    assert tuple(each["label"] for each in entry["details"]) == DETAILS
    assert {label: detail(entry, label) for label in DETAILS} == {
        "Shelf life": "N/A",
        "First article": FirstArticle.objects.get().number,
        "Material certificate": f"heat {material.identifier}, certificate {material.certificate_number}",
        "Process certificates": f"MIL-PRF-8625 F, certificate {receipt.certificate_number}",
        "Concessions": "N/A",
        "Waivers": "N/A",
        "Nonconformances": "N/A",
        "Reason for this issue": "N/A",
    }


def test_reissue_prints_its_reason(ready):
    [entry] = content(ready, reason="Order number corrected.")["lines"]
    assert detail(entry, "Reason for this issue") == "Order number corrected."


def test_statement_is_unqualified_without_a_concession(ready):
    made = content(ready)
    assert (made["14"], made["is_qualified"]) == (conformity.UNQUALIFIED, False)


def test_statement_names_the_concession_and_so_does_field_13(ready):
    concession = set_apart(ready)
    made = content(ready)
    words = f"{concession.number} (ORR-DEV-118)"
    assert made["14"] == conformity.QUALIFIED.format(kinds="concessions", exceptions=words)
    assert made["is_qualified"]
    assert detail(made["lines"][0], "Concessions") == words
    assert detail(made["lines"][0], "Nonconformances") == "NC-900001, use as is"


def test_lot_inherits_what_was_decided_before_it_was_split_off_and_nothing_later(ready):
    early = split(by=ready.cast.quality, traveler=ready.lot, quantity=2, reason="Partial delivery.")
    set_apart(ready)
    late = split(by=ready.cast.quality, traveler=ready.lot, quantity=1, reason="Partial delivery.")
    assert [each.number for each in conformity.nonconformances_of(early)] == []
    assert [each.number for each in conformity.nonconformances_of(late)] == ["NC-900001"]


def test_no_field_is_blank(ready):
    assert conformity.blank_fields(content(ready)) == []


@pytest.mark.parametrize("field", ["2", "3", "4", "5", "6", "12", "14"])
def test_blank_head_field_is_named(ready, field):
    made = content(ready) | {field: ""}
    assert conformity.blank_fields(made) == [conformity.LABELS[field]]


@pytest.mark.parametrize("field", ["7", "8", "9", "10", "11", "12", "13"])
def test_blank_line_field_is_named_with_its_line(ready, field):
    made = content(ready)
    made["lines"][0][field] = "" if field != "8" else 0
    assert conformity.blank_fields(made) == [f"{conformity.LABELS[field]} of line 1"]


def test_content_without_lines_is_not_complete(ready):
    assert conformity.blank_fields(content(ready) | {"lines": []}) == ["at least one line"]


def test_signature_covers_exactly_the_content_that_is_kept(ready):
    kept = ready.shipment.conformity_certificates.get()
    facts = {"noun": "certificate of conformity", "number": kept.number}
    assert is_intact(kept.signature, content=kept.content, **facts)
    assert not is_intact(kept.signature, content=kept.content | {"12": "None"}, **facts)
