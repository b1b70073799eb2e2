"""Characteristics of drawings, from a table of ours or from the Form 3 of an AS9102 workbook."""

from __future__ import annotations

from types import SimpleNamespace

from documents.domain.imports.cells import UNREAD_LIMITS, CellAsked, Habits
from documents.domain.imports.columns import CHOICE, NUMBER, TRUTH, Column, Table
from documents.domain.imports.known import part_revision_named
from documents.domain.imports.nouns.noun import Noun
from documents.domain.imports.nouns.parts import SIDES
from documents.domain.imports.outcome import Outcome
from documents.domain.imports.requirements import Limits, read_requirement
from documents.domain.imports.rows import Row
from portal.domain.errors import Incomplete
from portal.models import Person
from routes.domain.characteristics import LimitsReversed, add_characteristic, requirement_text
from routes.formats.units import UnknownUnit, unit_of
from routes.models import Characteristic, PartRevision
from routes.models.parts import UNSPECIFIED

UNREAD = (
    "“{}” does not say its limits in one way. Give nominal and limits in columns of their own, or say that such "
    "requirements stay words."
)
NUMBERS = ("nominal", "lower", "upper", "minus", "plus")
CHARACTERISTICS = Table(
    code="characteristics",
    title="Characteristics",
    lead="What drawings demand, one row a balloon. The Form 3 of an AS9102 workbook is read as it is: choose part, "
    "revision and unit for it.",
    columns=(
        Column(
            "part_number",
            "Part number",
            "Empty: the one chosen for the whole file.",
            "72-41806-3",
            most=80,
            synonyms=("part", "part no", "pn", "1 part number"),
        ),
        Column(
            "revision", "Part revision", "Empty: the one chosen.", "D", most=20, synonyms=("revision", "rev")
        ),
        Column(
            "balloon",
            "Balloon",
            "Number on the drawing.",
            "1",
            True,
            most=20,
            synonyms=(
                "5 char no",
                "char no",
                "5 char number",
                "characteristic number",
                "item",
                "bubble",
                "no",
                "number",
            ),
        ),
        Column(
            "zone",
            "Zone",
            "Sheet and zone.",
            "1 B4",
            most=20,
            synonyms=(
                "6 reference location",
                "reference location",
                "ref location",
                "location",
                "drawing zone",
            ),
        ),
        Column(
            "name", "Name", "Empty: the kind, or the requirement.", "Bore", most=120, synonyms=("feature",)
        ),
        Column("kind", "Kind", "Diameter, flatness, note.", "Diameter", most=60, synonyms=("type",)),
        Column(
            "requirement",
            "Requirement",
            "As printed in field 8. Nominal and limits are read from it when they are in no column.",
            "Ø10 +0.022/0",
            most=300,
            synonyms=("8 requirement", "callout", "specification"),
        ),
        Column("nominal", "Nominal", "", "10", kind=NUMBER, synonyms=("target",)),
        Column(
            "lower",
            "Lower limit",
            "Absolute.",
            "10",
            kind=NUMBER,
            synonyms=("lower", "min", "lsl", "minimum"),
        ),
        Column(
            "upper",
            "Upper limit",
            "Absolute.",
            "10.022",
            kind=NUMBER,
            synonyms=("upper", "max", "usl", "maximum"),
        ),
        Column(
            "minus",
            "Minus tolerance",
            "Below the nominal, with or without its sign.",
            "",
            kind=NUMBER,
            synonyms=("tol -", "-tol", "lower tolerance", "minus"),
        ),
        Column(
            "plus",
            "Plus tolerance",
            "Above the nominal.",
            "",
            kind=NUMBER,
            synonyms=("tol +", "+tol", "upper tolerance", "plus"),
        ),
        Column(
            "unit",
            "Unit",
            "mm, um, m, in or deg. Empty: the one chosen.",
            "mm",
            most=20,
            synonyms=("units", "uom"),
        ),
        Column(
            "designator",
            "Designator",
            "KC, CI or the customer's sign.",
            "KC",
            most=20,
            synonyms=("7 characteristic designator", "characteristic designator", "class"),
        ),
        Column(
            "applies_to",
            "Applies to",
            "Before or after finish. Empty: as the drawing says for all.",
            "after finish",
            kind=CHOICE,
            choices=SIDES,
            synonyms=("applies", "side"),
        ),
        Column(
            "is_reference",
            "Reference",
            "Whether it is a reference dimension. Empty: no.",
            "no",
            kind=TRUTH,
            synonyms=("is reference", "ref"),
        ),
    ),
    key=("part_number", "revision", "balloon"),
    asks=("part_number", "revision", "unit"),
)


def says_nothing(values: SimpleNamespace) -> bool:
    """Hold for a row that demands nothing: a numbered line left free, a signature below the form."""
    return all(getattr(values, name) is None for name in ("requirement", "name", "kind", *NUMBERS))


def prepare_characteristic(row: Row, habits: Habits) -> None:
    """Turn tolerances and the words of a requirement into limits, or note what only a person can say."""
    values = row.values
    about = f"Row {row.line}, column "
    if values.requirement and all(getattr(values, name) is None for name in NUMBERS):
        try:
            limits = read_requirement(values.requirement, habits)
        except CellAsked as question:
            row.asked.append((question.question, f"{about}Requirement: {question}"))
            return
        if limits is None and not habits.keeps_words and any(sign.isdigit() for sign in values.requirement):
            row.asked.append((UNREAD_LIMITS, f"{about}Requirement: {UNREAD.format(values.requirement[:60])}"))
            return
        _take_limits(values, limits)
    for side in ("minus", "plus"):
        if getattr(values, side) is not None and values.nominal is None:
            row.wrong.append(
                f"{about}Nominal is empty, and there is a tolerance to add to it. Give the nominal."
            )
            return
    _take_tolerances(row)


def _take_limits(values: SimpleNamespace, limits: Limits | None) -> None:
    if limits is None:
        return
    values.nominal, values.lower, values.upper = limits.nominal, limits.lower, limits.upper
    values.unit = limits.unit or values.unit


def _take_tolerances(row: Row) -> None:
    values = row.values
    reached = {
        "lower": None if values.minus is None else values.nominal - abs(values.minus),
        "upper": None if values.plus is None else values.nominal + values.plus,
    }
    for name, limit in reached.items():
        given = getattr(values, name)
        if limit is not None and given is not None and limit != given:
            title = CHARACTERISTICS.column(name).title
            row.wrong.append(
                f"Row {row.line}, column {title}: {given} differs from nominal and tolerance, which give {limit}. "
                "Keep one of them."
            )
        elif limit is not None:
            setattr(values, name, limit)


def take_characteristic(row: SimpleNamespace, by: Person) -> Outcome:
    """Add one characteristic, or compare it with the balloon of the same number."""
    outcome = Outcome()
    if not row.part_number or not row.revision:
        raise Incomplete(
            f"Balloon {row.balloon} names no part and revision. Add the columns, or choose both for the whole file."
        )
    part_revision = part_revision_named(row.part_number, row.revision)
    facts = _facts(row)
    there = part_revision.characteristics.filter(balloon=row.balloon).first()
    if there is None:
        add_characteristic(by=by, part_revision=part_revision, **facts)
        outcome.made.append(f"balloon {row.balloon} of {part_revision}")
    else:
        _compare(row, facts, there, part_revision, outcome)
    return outcome


def _facts(row: SimpleNamespace) -> dict:
    has_number = any(number is not None for number in (row.nominal, row.lower, row.upper))
    unit = _unit(row) if has_number else ""
    if row.lower is not None and row.upper is not None and row.lower > row.upper:
        raise LimitsReversed(
            f"The limits of balloon {row.balloon} read reversed: {row.lower} to {row.upper}. "
            "Correct them by the drawing."
        )
    facts = {
        "balloon": row.balloon,
        "name": (row.name or row.kind or row.requirement or f"Balloon {row.balloon}")[:120],
        "kind": row.kind or "",
        "requirement": row.requirement or "",
        "nominal": row.nominal,
        "lower": row.lower,
        "upper": row.upper,
        "unit": unit,
        "zone": row.zone or "",
        "designator": row.designator or "",
        "applies_to": row.applies_to or UNSPECIFIED,
        "is_reference": bool(row.is_reference),
    }
    return {**facts, "requirement": facts["requirement"] or requirement_text(facts)[:300]}


def _unit(row: SimpleNamespace) -> str:
    if not row.unit:
        raise UnknownUnit(
            f"Balloon {row.balloon} has numbers without a unit. Write mm, um, m, in or deg, or choose one for the "
            "whole file."
        )
    try:
        return unit_of(row.unit)
    except UnknownUnit as refusal:
        raise UnknownUnit(f"Balloon {row.balloon}: {refusal.sentence}") from None


def _compare(
    row: SimpleNamespace, facts: dict, there: Characteristic, part_revision: PartRevision, outcome: Outcome
) -> None:
    for name in ("nominal", "lower", "upper", "unit"):
        outcome.compare(CHARACTERISTICS.column(name).title, getattr(there, name), facts[name] or None)
    for name in ("zone", "name", "kind", "requirement", "designator", "applies_to", "is_reference"):
        outcome.compare(CHARACTERISTICS.column(name).title, getattr(there, name), getattr(row, name))


NOUNS = (
    Noun(
        CHARACTERISTICS,
        take_characteristic,
        Characteristic.objects.all,
        "routes:part-list",
        prepare=prepare_characteristic,
        is_empty=says_nothing,
    ),
)
