"""Material in stock."""

from __future__ import annotations

from types import SimpleNamespace

from documents.domain.imports.columns import CHOICE, DAY, TRUTH, WHOLE, Column, Table
from documents.domain.imports.known import NotThere, customer_named, specification_named, vendor_named
from documents.domain.imports.nouns.noun import Noun
from documents.domain.imports.outcome import Outcome
from portal.models import Organization, Person
from routes.domain.materials import receive_material
from routes.models import MaterialLot

IDENTIFIERS = (
    (MaterialLot.HEAT, ("heat", "heat number", "melt")),
    (MaterialLot.BATCH, ("batch", "lot")),
    (MaterialLot.DATE_CODE, ("date code",)),
)
MATERIALS = Table(
    code="materials",
    title="Material stock",
    lead="Heats, batches and date codes on the shelf, with the pieces they are still good for.",
    columns=(
        Column("identifier_kind", "Identified by", "Empty: heat.", "heat", kind=CHOICE, choices=IDENTIFIERS),
        Column(
            "identifier",
            "Heat or batch",
            "Read from the tag.",
            "7T4418",
            True,
            most=80,
            synonyms=("heat", "heat number", "heat no", "batch", "identifier"),
        ),
        Column(
            "specification",
            "Specification",
            "Material specification.",
            "AMS 4027",
            True,
            most=60,
            synonyms=("spec",),
        ),
        Column(
            "spec_revision",
            "Revision",
            "Of the specification.",
            "N",
            most=20,
            synonyms=("spec revision", "rev"),
        ),
        Column(
            "condition",
            "Alloy and condition",
            "",
            "6061-T651",
            True,
            most=60,
            synonyms=("condition", "alloy", "material"),
        ),
        Column("form", "Form", "With its size.", "plate 12 mm", True, most=60),
        Column(
            "pieces",
            "Pieces",
            "Still on the shelf.",
            "60",
            True,
            WHOLE,
            synonyms=("quantity", "qty", "balance"),
        ),
        Column("received_on", "Received on", "", "2026-01-20", True, DAY, synonyms=("received",)),
        Column("mill", "Mill", "Who melted it.", "Ashgrove", most=120),
        Column("supplier", "Supplier", "Vendor it was bought from, or customer who furnished it.", "METAL-1"),
        Column("is_customer_furnished", "Customer furnished", "Empty: no.", "no", kind=TRUTH),
    ),
    key=("identifier_kind", "identifier", "specification", "spec_revision", "received_on"),
)


def take_material(row: SimpleNamespace, by: Person) -> Outcome:
    """Receive a heat, or compare it with the same heat received on the same day."""
    outcome = Outcome()
    specification = specification_named(row.specification, row.spec_revision)
    supplier = _supplier(row)
    identity = {
        "identifier_kind": row.identifier_kind or MaterialLot.HEAT,
        "identifier": row.identifier,
        "specification": specification,
        "received_on": row.received_on,
    }
    there = MaterialLot.objects.select_related("supplier").filter(**identity).first()
    if there is None:
        made = receive_material(
            by=by,
            condition=row.condition,
            form=row.form,
            received_pieces=row.pieces,
            mill=row.mill or "",
            supplier=supplier,
            is_customer_furnished=bool(row.is_customer_furnished),
            **identity,
        )
        outcome.made.append(f"material {made.number}")
        return outcome
    for name in ("condition", "form", "mill", "is_customer_furnished"):
        outcome.compare(MATERIALS.column(name).title, getattr(there, name), getattr(row, name))
    outcome.compare("Pieces", there.received_pieces, row.pieces)
    if supplier:
        outcome.compare("Supplier", there.supplier.number if there.supplier else None, supplier.number)
    return outcome


def _supplier(row: SimpleNamespace) -> Organization | None:
    if not row.supplier:
        return None
    if row.is_customer_furnished:
        return customer_named(row.supplier)
    try:
        return vendor_named(row.supplier)
    except NotThere as missing:
        raise NotThere(
            f"{missing.sentence} Material of a customer needs yes under Customer furnished."
        ) from None


NOUNS = (Noun(MATERIALS, take_material, MaterialLot.objects.all, "routes:material-list"),)
