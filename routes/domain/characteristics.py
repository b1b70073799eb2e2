"""Characteristics of a drawing: one by one, or all of a file at once."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from django.db import transaction
from django.db.models import Max

from portal.domain.canonical import sha256_of
from portal.domain.errors import Incomplete, Refused
from portal.domain.events import record_event
from portal.domain.files import take_in
from portal.intake import media
from portal.models import Person
from routes.domain.drafts import require_unreleased
from routes.domain.identities import carried_identities
from routes.domain.words import AlreadyThere, only_once, require_text
from routes.formats.characteristics_csv import CharacteristicRow, read_characteristics_file
from routes.formats.qif import QifCharacteristic, read_qif_file
from routes.formats.units import UnknownUnit, unit_of
from routes.models import Characteristic, PartRevision
from routes.models.parts import UNSPECIFIED
from routes.permissions import PLANNERS, require_role

LARGEST = Decimal(10) ** 10
LONGEST = {
    "balloon": 20,
    "zone": 20,
    "name": 120,
    "kind": 60,
    "designator": 20,
    "source_id": 80,
    "source_name": 120,
}


class LimitsReversed(Refused):
    """The lower limit lies above the upper one."""

    code = "limits-reversed"


class FileLeavesQuestions(Refused):
    """The file says something only a person can decide; nothing was taken over."""

    code = "file-leaves-questions"


@transaction.atomic
def add_characteristic(
    *,
    by: Person,
    part_revision: PartRevision,
    balloon: str,
    name: str,
    kind: str,
    requirement: str,
    nominal: Decimal | None,
    lower: Decimal | None,
    upper: Decimal | None,
    unit: str,
    zone: str = "",
    designator: str = "",
    applies_to: str = UNSPECIFIED,
    is_reference: bool = False,
    source_id: str = "",
    source_name: str = "",
    source_occurrence: int = 1,
) -> Characteristic:
    """Add one characteristic of a drawing.

    Units:   nominal and limits in `unit` (mm, um, m, in, deg).
    Raises:  NotEntitled; RevisionIsFrozen; Incomplete; UnknownUnit when a number has none; LimitsReversed;
             AlreadyThere when the balloon is taken.
    """
    require_role(by=by, roles=PLANNERS, act="add characteristics")
    part_revision = require_unreleased(part_revision)
    facts = _checked(
        {
            "balloon": balloon,
            "name": name,
            "kind": kind,
            "requirement": requirement,
            "nominal": nominal,
            "lower": lower,
            "upper": upper,
            "unit": unit,
            "zone": zone,
            "designator": designator,
            "applies_to": applies_to,
            "is_reference": is_reference,
            "source_id": source_id,
            "source_name": source_name,
            "source_occurrence": source_occurrence,
        }
    )
    position = _next_position(part_revision)
    with only_once(f"{part_revision} has a balloon {facts['balloon']} already. Give the next number."):
        added = Characteristic.objects.create(
            part_revision=part_revision,
            position=position,
            identity=carried_identities(part_revision, [facts])[0],
            **facts,
        )
    record_event(
        by=by,
        verb="add_characteristic",
        noun="part",
        number=part_revision.part.number,
        data={"revision": part_revision.revision, **facts},
    )
    return added


def _next_position(part_revision: PartRevision) -> int:
    return (part_revision.characteristics.aggregate(last=Max("position"))["last"] or 0) + 1


def _checked(facts: dict) -> dict:
    """Return the facts of one characteristic, tidy.

    Raises:  Incomplete, UnknownUnit or LimitsReversed with a sentence naming the balloon.
    """
    balloon = require_text(
        facts["balloon"], "The characteristic has no balloon number. Copy it from the drawing."
    )
    name = require_text(
        facts["name"] or facts["kind"], f"Balloon {balloon} has no name, as in bore diameter. Give it."
    )
    lower, upper, nominal = facts["lower"], facts["upper"], facts["nominal"]
    if any(number is not None and abs(number) >= LARGEST for number in (lower, upper, nominal)):
        raise Incomplete(
            f"Balloon {balloon} has a number of more than ten digits before the point. Correct it."
        )
    if lower is not None and upper is not None and lower > upper:
        raise LimitsReversed(
            f"The limits of balloon {balloon} read reversed: {lower} to {upper}. Correct them by the drawing."
        )
    unit = facts["unit"].strip()
    if unit or any(number is not None for number in (lower, upper, nominal)):
        unit = _unit(balloon, unit)
    text = {
        key: str(facts[key]).strip() for key in ("zone", "kind", "designator", "source_id", "source_name")
    }
    tidy = {**facts, **text, "balloon": balloon, "name": name, "unit": unit}
    for key, most in LONGEST.items():
        if len(tidy[key]) > most:
            raise Incomplete(
                f"Balloon {balloon[:20]}: the {key.replace('_', ' ')} has more than {most} characters. Shorten it."
            )
    tidy["requirement"] = (facts["requirement"].strip() or requirement_text(tidy))[:300]
    return tidy


def _unit(balloon: str, unit: str) -> str:
    try:
        return unit_of(unit)
    except UnknownUnit as refusal:
        raise UnknownUnit(f"Balloon {balloon}: {refusal.sentence}") from None


def requirement_text(facts: dict) -> str:
    """Return a requirement as words when the source gives numbers only."""
    what = facts["kind"] or facts["name"]
    bounds = {"nominal": facts["nominal"], "min": facts["lower"], "max": facts["upper"]}
    numbers = [f"{word} {number:f}" for word, number in bounds.items() if number is not None]
    return f"{what} {', '.join(numbers)} {facts['unit']}".strip()


@transaction.atomic
def import_characteristics(
    *,
    by: Person,
    part_revision: PartRevision,
    content: bytes,
    name: str,
    default_unit: str = "",
    are_questions_decided: bool = False,
) -> list[Characteristic]:
    """Take over every characteristic of a QIF file or a table, or none.

    1. the file is kept as it came, and read in a limited child process, as what its content is;
    2. a unit the file does not say is asked for (`default_unit`), never guessed;
    3. what reads oddly is asked: with `are_questions_decided` a person says the drawing agrees.

    Raises:  NotEntitled; RevisionIsFrozen; FileRefused or FileNotReadable; FileLeavesQuestions with each
             question; Incomplete; UnknownUnit; LimitsReversed; AlreadyThere for balloons in use.
    """
    require_role(by=by, roles=PLANNERS, act="import characteristics")
    part_revision = require_unreleased(part_revision)
    default_unit = unit_of(default_unit) if default_unit.strip() else ""
    stored = take_in(content=content, name=name, by=by)
    read = _read_qif if stored.media_type == media.QIF else _read_table
    rows, questions = read(content, default_unit)
    if questions and not are_questions_decided:
        raise FileLeavesQuestions(
            f"{stored.original_name} leaves {len(questions)} questions and nothing was taken over. "
            + " ".join(questions[:20]),
            questions=questions,
        )
    facts = [_checked(row) for row in rows]
    if not facts:
        raise Incomplete(
            f"{stored.original_name} holds no characteristic. Send the plan or the table with its rows."
        )
    _require_free(part_revision, facts)
    first = _next_position(part_revision)
    identities = carried_identities(part_revision, facts)
    added = [
        Characteristic.objects.create(
            part_revision=part_revision, position=position, identity=identity, **row
        )
        for position, (row, identity) in enumerate(zip(facts, identities, strict=True), start=first)
    ]
    record_event(
        by=by,
        verb="import_characteristics",
        noun="part",
        number=part_revision.part.number,
        data={
            "revision": part_revision.revision,
            "file": stored.original_name,
            "sha256": sha256_of(content),
            "count": len(added),
            "unit": default_unit,
            "questions": questions,
        },
    )
    return added


def _require_free(part_revision: PartRevision, facts: list[dict]) -> None:
    counts = Counter(row["balloon"] for row in facts)
    twice = sorted(balloon for balloon, count in counts.items() if count > 1)
    there = part_revision.characteristics.filter(balloon__in=counts).values_list("balloon", flat=True)
    if clashes := sorted({*twice, *there}):
        raise AlreadyThere(
            f"{part_revision} would have these balloons twice: {', '.join(clashes[:20])}. "
            "Nothing was taken over; remove them from the file."
        )


def _read_table(content: bytes, default_unit: str) -> tuple[list[dict], list[str]]:
    table = read_characteristics_file(content)
    answered = {f"Line {row.line}, column unit: The unit is missing" for row in table.rows if default_unit}
    hard = [problem for problem in table.problems if not problem.startswith(tuple(answered) or ("\x00",))]
    if hard:
        # a cell that cannot be read has no value to decide about: the table itself must be put right
        raise FileLeavesQuestions(
            f"The table leaves {len(hard)} questions and nothing was taken over. " + " ".join(hard[:20]),
            questions=hard,
        )
    seen: Counter[str] = Counter()
    rows = []
    for row in table.rows:
        seen[row.name] += 1
        rows.append(_table_row(row, default_unit, occurrence=seen[row.name]))
    return rows, []


def _table_row(row: CharacteristicRow, default_unit: str, *, occurrence: int) -> dict:
    has_number = any(number is not None for number in (row.nominal, row.lower, row.upper))
    return {
        "balloon": row.balloon or row.name,
        "name": row.name or row.kind or f"Balloon {row.balloon}",
        "kind": row.kind,
        "requirement": row.requirement,
        "nominal": row.nominal,
        "lower": row.lower,
        "upper": row.upper,
        "unit": row.unit or (default_unit if has_number else ""),
        "zone": row.zone,
        "designator": row.designator,
        "applies_to": row.applies_to.lower(),
        "is_reference": row.is_reference,
        "source_id": "",
        "source_name": row.name,
        "source_occurrence": occurrence,
    }


def _read_qif(content: bytes, default_unit: str) -> tuple[list[dict], list[str]]:
    document = read_qif_file(content)
    items = [item for item in document.characteristics if not item.is_pseudo_dimension]
    designators = [item.designator for item in items]
    has_balloons = all(designators) and len(set(designators)) == len(designators)
    rows = [_qif_row(item, default_unit, has_balloons=has_balloons) for item in items]
    return rows, list(document.problems)


def _qif_row(item: QifCharacteristic, default_unit: str, *, has_balloons: bool) -> dict:
    own = item.name if item.occurrence == 1 else f"{item.name}.{item.occurrence}"
    return {
        "balloon": item.designator if has_balloons else own,
        "name": item.name,
        "kind": item.kind,
        "requirement": "",
        "nominal": item.nominal,
        "lower": item.lower,
        "upper": item.upper,
        "unit": item.unit or default_unit,
        "zone": item.zone,
        "designator": "",
        "applies_to": UNSPECIFIED,
        "is_reference": False,
        "source_id": item.item_id,
        "source_name": item.name,
        "source_occurrence": item.occurrence,
    }
