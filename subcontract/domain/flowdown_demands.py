"""What an outside order line must pass on to its vendor, derived from route, drawing, order and our own terms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from routes.models import Characteristic, NoteMapping, PackingDemand, QualityClause
from routes.models.clauses import LineClause
from routes.models.parts import AFTER, BOTH
from subcontract.domain.exports import labels_of
from subcontract.models import FlowdownItem, OutsideOrderLine

# what every order of the shop says, whatever is ordered; source: AS9100D 8.4.3 a to m
OUR_TERMS = (
    (
        "access",
        "Right of access",
        "We, our customer and authorities may enter the places where this work is done and read its records.",
    ),
    (
        "sub-tier",
        "No work passed on",
        "Do not give this work to anybody else without our written consent; name who did it on the certificate.",
    ),
    (
        "changes",
        "Notice of changes",
        "Tell us before process, chemistry, equipment, place or key people change.",
    ),
    (
        "nonconformance",
        "Notice of nonconformance",
        "Tell us at once when pieces do not conform. Do not strip, rework or repair without our written consent.",
    ),
    (
        "process-days",
        "Days of the process",
        "The certificate states the day or days on which the process ran, not only the day of issue.",
    ),
    (
        "count",
        "Count",
        "Return every piece sent, scrapped ones marked. Say at once when the count differs from the packing slip.",
    ),
    ("counterfeit", "Material", "Use no counterfeit or substitute material; keep its certificates."),
    ("records", "Records", "Keep the records of this work for ten years and ask us before destroying them."),
    ("foreign-objects", "Foreign objects", "Keep foreign objects out of the pieces and their packing."),
    (
        "awareness",
        "People",
        "Those who do the work are qualified for it and know that the safety of a product depends on it.",
    ),
)
STARTS = {True: FlowdownItem.INCLUDED, False: FlowdownItem.UNDECIDED}


@dataclass(frozen=True)
class FlowdownDemand:
    """One requirement on the work of a line. `is_settled`: passed on unless somebody says why not."""

    key: str
    source: str
    origin: str
    words: str
    is_by_rule: bool = False
    is_settled: bool = False

    @property
    def first_state(self) -> str:
        return STARTS[self.is_by_rule or self.is_settled]


def demands_of(line: OutsideOrderLine) -> list[FlowdownDemand]:
    """Return everything a line asks to be passed on, as route, drawing and order stand now, in reading order.

    Source:  AS9100D 8.4.3; the order's clauses; the notes of the drawing the route gives to this operation.
    """
    return [
        *_stated(line),
        *_labels(line),
        *_instructions(line),
        *_notes(line),
        *_sides(line),
        *_clauses(line),
        *_packing(line),
        *(
            FlowdownDemand(f"house {key}", FlowdownItem.HOUSE, origin, words, is_settled=True)
            for key, origin, words in OUR_TERMS
        ),
    ]


def _stated(line: OutsideOrderLine) -> Iterator[FlowdownDemand]:
    """Say what the line states by itself: never a question, always passed on."""
    made, source = line.traveler.route_revision.part_revision, FlowdownItem.SPECIFICATION
    drawing = f"drawing {made.drawing_number} revision {made.drawing_revision}"
    yield FlowdownDemand("part", source, "Part", f"{made}, {drawing}.", is_by_rule=True)
    asked = [str(line.specification)]
    asked += [_named("type", line.spec_type)] if line.spec_type else []
    asked += [_named("class", line.spec_class)] if line.spec_class else []
    yield FlowdownDemand("specification", source, "Specification", f"{', '.join(asked)}.", is_by_rule=True)
    if line.material_condition:
        words = f"{line.material_condition}."
        yield FlowdownDemand("material", source, "Material and condition", words, is_by_rule=True)
    if content := line.order.certificate_content.strip():
        yield FlowdownDemand("certificate", source, "Certificate", content, is_by_rule=True)


def _named(word: str, choice: str) -> str:
    """Return a choice of a specification with its word; some are written with it already."""
    return choice if choice.lower().startswith(word) else f"{word} {choice}"


def _labels(line: OutsideOrderLine) -> Iterator[FlowdownDemand]:
    for label in labels_of(line.traveler):
        countries = ", ".join(label.allowed_countries)
        words = f"{label.name}: pieces, drawing and data"
        words += f" stay within {countries}" if countries else " stay with those who are entitled to them"
        people = " and only eligible people handle them" if label.needs_eligibility else ""
        origin = f"Label {label.code}"
        yield FlowdownDemand(
            f"label {label.code}", FlowdownItem.ORDER, origin, f"{words}{people}.", is_by_rule=True
        )


def _instructions(line: OutsideOrderLine) -> Iterator[FlowdownDemand]:
    """Pass on what the buyer wrote; what was taken from the route is a question until somebody looks."""
    if words := line.flowdown.strip():
        is_own = words != line.step.operation.instructions.strip()
        origin = "Written on the order" if is_own else "Instructions of the operation"
        yield FlowdownDemand("instructions", FlowdownItem.SPECIFICATION, origin, words, is_settled=is_own)


def _notes(line: OutsideOrderLine) -> Iterator[FlowdownDemand]:
    mapped = NoteMapping.objects.filter(operation=line.step.operation_id).select_related("note")
    for mapping in mapped.order_by("note_id"):
        number = mapping.note.note_number
        yield FlowdownDemand(f"note {number}", FlowdownItem.NOTE, f"Drawing note {number}", mapping.note.text)


def _sides(line: OutsideOrderLine) -> Iterator[FlowdownDemand]:
    """Name the dimensions that hold after a process which changes the surface."""
    if not line.step.operation.changes_surface:
        return
    part_revision = line.traveler.route_revision.part_revision_id
    after = Characteristic.objects.filter(part_revision=part_revision, applies_to__in=[AFTER, BOTH])
    named = [f"{each.balloon} ({each.requirement})" for each in after.order_by("position")]
    if named:
        words = f"These hold after the process: {', '.join(named)}."
        yield FlowdownDemand("dimensions", FlowdownItem.SPECIFICATION, "Dimensions after the process", words)


def _clauses(line: OutsideOrderLine) -> Iterator[FlowdownDemand]:
    carried = LineClause.objects.filter(order_line=line.traveler.order_line_id).select_related("clause")
    for each in carried.exclude(answer=LineClause.NOT_APPLICABLE).order_by("clause__number", "clause_id"):
        clause = each.clause
        words = f"{clause.title}. {clause.text}".strip().removesuffix(". ")
        if clause.kind in QualityClause.POINTS:
            at = f", operation {each.point_at}" if each.point_at else ""
            words += f" ({clause.get_kind_display()}{at})"
        yield FlowdownDemand(f"clause {clause}", FlowdownItem.CLAUSE, f"Clause {clause}", words)


def _packing(line: OutsideOrderLine) -> Iterator[FlowdownDemand]:
    asked = PackingDemand.objects.filter(order_line=line.traveler.order_line_id, is_withdrawn=False)
    for demand in asked.order_by("position"):
        key, origin = f"packing {demand.position}", f"Order, {demand.get_kind_display().lower()}"
        yield FlowdownDemand(key, FlowdownItem.ORDER, origin, demand.text)
