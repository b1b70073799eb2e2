"""Specifications and the choices an order must name."""

from __future__ import annotations

from types import SimpleNamespace

from documents.domain.imports.columns import CHOICE, DAY, LIST, Column, Table
from documents.domain.imports.known import specification_named
from documents.domain.imports.nouns.noun import Noun
from documents.domain.imports.outcome import Outcome
from portal.models import Person
from routes.domain.specifications import add_specification, supersede_specification
from routes.models import SpecificationRevision

KINDS = (
    (SpecificationRevision.MATERIAL, ("material", "raw material")),
    (SpecificationRevision.PROCESS, ("process", "special process")),
    (SpecificationRevision.TEST, ("test", "functional test")),
)
SPECIFICATIONS = Table(
    code="specifications",
    title="Specifications",
    lead="Material, process and test specifications, one row a revision. Put the later revision above the one "
    "it replaces.",
    columns=(
        Column(
            "number",
            "Number",
            "As the standard is called.",
            "MIL-PRF-8625",
            True,
            most=60,
            synonyms=("specification", "spec", "specification number"),
        ),
        Column(
            "revision", "Revision", "With its amendment, if any.", "F", most=20, synonyms=("rev", "issue")
        ),
        Column("kind", "Kind", "Material, process or test.", "process", True, CHOICE, choices=KINDS),
        Column("title", "Title", "", "Anodic coatings for aluminum", synonyms=("description",)),
        Column("process", "Process", "As in anodize, for process specifications.", "anodize", most=60),
        Column("types", "Types", "What an order must choose from.", "II | III", kind=LIST, most=30),
        Column("classes", "Classes", "What an order must choose from.", "1 | 2", kind=LIST, most=30),
        Column("same_as", "Same as", "Other numbers for the same one.", "MIL-A-8625", kind=LIST, most=60),
        Column("effective_on", "Effective on", "Day it came into effect.", "2020-05-15", kind=DAY),
        Column("replaced_by", "Replaced by", "Number of the one that took its place.", "", most=60),
        Column("replaced_by_revision", "Replaced by revision", "Its revision.", "", most=20),
    ),
    key=("number", "revision"),
)


def take_specification(row: SimpleNamespace, by: Person) -> Outcome:
    """Add one revision of a specification, and say what took its place."""
    outcome = Outcome()
    there = SpecificationRevision.objects.filter(number=row.number, revision=row.revision or "").first()
    if there is None:
        there = add_specification(
            by=by,
            number=row.number,
            revision=row.revision or "",
            title=row.title or "",
            kind=row.kind,
            process=row.process or "",
            types=row.types or (),
            classes=row.classes or (),
            same_as=row.same_as or (),
            effective_on=row.effective_on,
        )
        outcome.made.append(f"specification {there}")
    else:
        for column in SPECIFICATIONS.columns[2:9]:
            outcome.compare(column.title, getattr(there, column.name), getattr(row, column.name))
    if row.replaced_by:
        _replace(there, specification_named(row.replaced_by, row.replaced_by_revision), by, outcome)
    return outcome


def _replace(
    there: SpecificationRevision, successor: SpecificationRevision, by: Person, outcome: Outcome
) -> None:
    if there.superseded_by_id == successor.pk:
        return
    if not outcome.made:
        present = str(there.superseded_by) if there.superseded_by else None
        outcome.change("Replaced by", present, str(successor))
    supersede_specification(by=by, specification=there, superseded_by=successor)


NOUNS = (
    Noun(SPECIFICATIONS, take_specification, SpecificationRevision.objects.all, "routes:specification-list"),
)
