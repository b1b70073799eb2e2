"""Parts of customers, and their revisions."""

from __future__ import annotations

from types import SimpleNamespace

from documents.domain.imports.columns import CHOICE, TRUTH, Column, Table
from documents.domain.imports.known import customer_named, label_named
from documents.domain.imports.nouns.noun import Noun
from documents.domain.imports.outcome import Outcome
from portal.domain.errors import Incomplete
from portal.models import Person
from routes.domain.parts import add_part, add_revision
from routes.models import Part
from routes.models.parts import AFTER, BEFORE, BOTH, UNSPECIFIED

SIDES = (
    (BEFORE, ("before finish", "before", "before plating")),
    (AFTER, ("after finish", "after", "after plating")),
    (BOTH, ("before and after finish", "both")),
    (UNSPECIFIED, ("not said by the drawing", "unspecified", "not said")),
)
UNITS = (("mm", ("mm", "millimetre", "millimeter", "metric")), ("in", ("in", "inch", "inches")))
REVISION = ("revision", "drawing_number", "drawing_revision", "unit", "default_applies_to", "label")
PARTS = Table(
    code="parts",
    title="Parts and revisions",
    lead="Part numbers of customers, one row a revision. Drawings themselves are added on the part's page.",
    columns=(
        Column("customer", "Customer", "Code or name of the customer.", "NORTH-1", True),
        Column(
            "number",
            "Part number",
            "As on the drawing.",
            "72-41806-3",
            True,
            most=80,
            synonyms=("part", "part no", "p n", "pn", "item"),
        ),
        Column(
            "name",
            "Name",
            "As on the drawing.",
            "Bracket",
            True,
            synonyms=("part name", "description", "title"),
        ),
        Column(
            "is_serialized",
            "Serialised",
            "Whether every piece carries a serial number. Empty: no.",
            "no",
            kind=TRUTH,
            synonyms=("serialized", "serial numbers"),
        ),
        Column("revision", "Revision", "Of the part.", "D", most=20, synonyms=("rev", "part revision")),
        Column(
            "drawing_number",
            "Drawing number",
            "Empty: the part number.",
            "72-41806",
            most=80,
            synonyms=("drawing",),
        ),
        Column("drawing_revision", "Drawing revision", "Empty: the part's revision.", "D", most=20),
        Column("unit", "Unit", "Of the drawing; needed with a revision.", "mm", kind=CHOICE, choices=UNITS),
        Column(
            "default_applies_to",
            "Dimensions apply",
            "Before or after finish. Empty: not said by the drawing.",
            "after finish",
            kind=CHOICE,
            choices=SIDES,
            synonyms=("applies to",),
        ),
        Column("label", "Label", "Code of the label it is held under, as in an export label.", "", most=120),
    ),
    key=("number", "revision"),
    asks=("unit",),
)


def take_part(row: SimpleNamespace, by: Person) -> Outcome:
    """Add a part, and the revision of this row."""
    outcome = Outcome()
    customer = customer_named(row.customer)
    part = Part.objects.select_related("customer").filter(number=row.number).first()
    if part is None:
        part = add_part(
            by=by, customer=customer, number=row.number, name=row.name, is_serialized=bool(row.is_serialized)
        )
        outcome.made.append(f"part {part.number}")
    else:
        outcome.compare("Customer", part.customer.number, customer.number)
        outcome.compare("Name", part.name, row.name)
        outcome.compare("Serialised", part.is_serialized, row.is_serialized)
    if row.revision:
        _take_revision(row, part, by, outcome)
    return outcome


def _take_revision(row: SimpleNamespace, part: Part, by: Person, outcome: Outcome) -> None:
    there = part.revisions.select_related("label").filter(revision=row.revision).first()
    label = label_named(row.label) if row.label else None
    if there is not None:
        for name in ("drawing_number", "drawing_revision", "unit", "default_applies_to"):
            outcome.compare(PARTS.column(name).title, getattr(there, name), getattr(row, name))
        if label:
            outcome.compare("Label", there.label.code if there.label else None, label.code)
        return
    if not row.unit:
        raise Incomplete(
            f"Revision {row.revision} of {part.number} names no unit. Write mm or in, or choose it for the whole file."
        )
    add_revision(
        by=by,
        part=part,
        revision=row.revision,
        drawing_number=row.drawing_number or part.number,
        drawing_revision=row.drawing_revision or row.revision,
        unit=row.unit,
        default_applies_to=row.default_applies_to or UNSPECIFIED,
        label=label,
    )
    outcome.made.append(f"revision {row.revision}")


NOUNS = (Noun(PARTS, take_part, Part.objects.all, "routes:part-list"),)
