"""What a route still lacks before it may be released, one sentence a gap."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from routes.domain.finish_plans import finish_rows
from routes.domain.gauges import is_calibrated
from routes.domain.setup_comparison import approved_of
from routes.models import LineClause, Operation, OrderLine, PlannedCheck, RouteRevision, Traveler
from routes.models.parts import AFTER, BEFORE, BOTH

OWNERS = (
    ("quality_owner", "quality"),
    ("timing_owner", "timing"),
    ("incoming_owner", "incoming verification"),
)


@dataclass(frozen=True)
class Gap:
    """One thing a route lacks: the sentence, which link of the plan it breaks, and where it is mended.

    `link` is notes, clauses, operations, owners, specification, setup, gauge, checks or finish. `sequence`, `note`,
    `gauge`, `balloon` and `order` name what it is about. For a missing check `sequence` is the operation that could do
    it, 0 for none.
    """

    sentence: str
    link: str
    sequence: int = 0
    field: str = ""
    note: str = ""
    gauge: str = ""
    balloon: str = ""
    side: str = ""
    order: str = ""


def gaps_before_release(route_revision: RouteRevision) -> list[str]:
    """Return every gap as a sentence; an empty list means the route may be released."""
    return [gap.sentence for gap in gaps_of(route_revision)]


def gaps_of(route_revision: RouteRevision) -> list[Gap]:
    """Return every gap of a plan, notes first, then the clauses of orders that wait for it.

    Source:  AS9100D 8.2.3, 8.4.3 and 8.5.1; the drawing's notes; house rule "every operation has its owners".
    """
    operations = list(
        route_revision.operations.select_related("specification")
        .prefetch_related("setups__gauges")
        .order_by("sequence")
    )
    return [
        *_unmapped_notes(route_revision),
        *_open_clauses(route_revision, operations),
        *_missing_operations(route_revision, operations),
        *(gap for operation in operations for gap in _operation_gaps(operation)),
        *_check_gaps(route_revision, operations),
        *_finish_gaps(route_revision),
    ]


def _finish_gaps(route_revision: RouteRevision) -> list[Gap]:
    """Return what a finish leaves no room for, or nobody can tell (release rules 27 and 28)."""
    return [
        Gap(row.problem, "finish", sequence=row.finishes[-1].sequence, balloon=row.characteristic.balloon)
        for row in finish_rows(route_revision)
        if row.problem
    ]


def _unmapped_notes(route_revision: RouteRevision) -> list[Gap]:
    open_notes = route_revision.part_revision.notes.exclude(mappings__route_revision=route_revision)
    return [
        Gap(
            f"Note {note.note_number} of the drawing is not mapped: name the operation or document that answers "
            "it, or sign why it does not apply.",
            "notes",
            note=note.note_number,
        )
        for note in open_notes.order_by("id")
    ]


def _open_clauses(route_revision: RouteRevision, operations: list[Operation]) -> list[Gap]:
    """Return the clauses that nothing answers on order lines this part revision is still to be made for."""
    carried = LineClause.objects.filter(order_line__in=_lines_waiting(route_revision))
    sequences = {operation.sequence for operation in operations}
    gaps = []
    for each in carried.select_related("clause", "order_line__order").order_by("pk"):
        if not each.answer:
            gaps.append(
                Gap(
                    f"Clause {each.clause} of order line {each.order_line} is not answered: name the operation or "
                    "document that answers it, or sign why it does not apply.",
                    "clauses",
                    order=each.order_line.order.number,
                )
            )
        elif each.point_at is not None and each.point_at not in sequences:
            gaps.append(
                Gap(
                    f"Clause {each.clause} of order line {each.order_line} stops operation {each.point_at}, which this "
                    "route does not have: add it, or settle with the customer where it is present.",
                    "clauses",
                    order=each.order_line.order.number,
                )
            )
    return gaps


def _lines_waiting(route_revision: RouteRevision) -> QuerySet[OrderLine]:
    """Return the order lines of the part revision of which pieces are still to be begun, or begun and here."""
    lots = Traveler.objects.filter(order_line=OuterRef("pk"), parent__isnull=True)
    begun = lots.order_by().values("order_line").annotate(pieces=Sum("quantity_started")).values("pieces")
    is_here = Traveler.objects.open().filter(order_line=OuterRef("pk"))
    lines = OrderLine.objects.filter(part_revision=route_revision.part_revision_id)
    counted = lines.annotate(begun=Coalesce(Subquery(begun), 0))
    return counted.filter(Q(begun__lt=F("quantity")) | Exists(is_here))


def _missing_operations(route_revision: RouteRevision, operations: list[Operation]) -> list[Gap]:
    if not any(operation.kind == Operation.MATERIAL for operation in operations):
        # an assembly is made of its parts list; each of those has its own material
        if operations and route_revision.part_revision.components.exists():
            return []
        return [Gap("No operation issues the material: add one of kind material issue.", "operations")]
    if operations[0].kind != Operation.MATERIAL:
        first = operations[0].sequence
        sentence = f"Operation {first} comes before the material issue: the material must come first."
        return [Gap(sentence, "operations", sequence=first)]
    return []


def _operation_gaps(operation: Operation) -> list[Gap]:
    sequence, name = operation.sequence, f"Operation {operation.sequence} {operation.name}"
    gaps = []
    for field, words in OWNERS:
        is_needed = field != "incoming_owner" or operation.kind == Operation.OUTSIDE
        if is_needed and not getattr(operation, field):
            sentence = f"{name} has no owner of {words}: choose a role."
            gaps.append(Gap(sentence, "owners", sequence=sequence, field=field))
    specification = operation.specification
    if specification is not None:
        if specification.types and operation.spec_type not in specification.types:
            sentence = f"{name} names no type of {specification}: choose {_or(specification.types)}."
            gaps.append(Gap(sentence, "specification", sequence=sequence))
        if specification.classes and operation.spec_class not in specification.classes:
            sentence = f"{name} names no class of {specification}: choose {_or(specification.classes)}."
            gaps.append(Gap(sentence, "specification", sequence=sequence))
    if operation.kind == Operation.MACHINE:
        gaps.extend(_setup_gaps(operation, name))
    return gaps


def _setup_gaps(operation: Operation, name: str) -> list[Gap]:
    approved = approved_of(operation)
    if not approved:
        sentence = f"{name} has no approved setup: approve fixture, program and gauges."
        return [Gap(sentence, "setup", sequence=operation.sequence)]
    today = timezone.localdate()
    used = {gauge.number: gauge for setup in approved for gauge in setup.gauges.all()}
    return [
        Gap(
            f"{name} is set up with gauge {number}, which has no good calibration in force: calibrate it.",
            "gauge",
            sequence=operation.sequence,
            gauge=number,
        )
        for number, gauge in sorted(used.items())
        if not is_calibrated(gauge, today)
    ]


def _check_gaps(route_revision: RouteRevision, operations: list[Operation]) -> list[Gap]:
    finishes = [operation.sequence for operation in operations if operation.changes_surface]
    checks = PlannedCheck.objects.filter(operation__route_revision=route_revision)
    sides: dict[int, set[str]] = {}
    gaps = []
    for check in checks.select_related("operation", "characteristic").order_by("operation__sequence"):
        sides.setdefault(check.characteristic_id, set()).add(check.side)
        gaps.extend(_wrong_side(check, finishes))
    characteristics = route_revision.part_revision.characteristics.filter(is_reference=False)
    for characteristic in characteristics.select_related("part_revision"):
        planned = sides.get(characteristic.pk, set())
        gaps.extend(_missing_checks(characteristic, planned, operations))
    return gaps


def _wrong_side(check: PlannedCheck, finishes: list[int]) -> list[Gap]:
    """A finish added after the check was planned can leave the check on the wrong side."""
    if not finishes:
        return []
    is_after = check.operation.sequence >= finishes[-1]
    if (check.side == PlannedCheck.AFTER) == is_after:
        return []
    return [
        Gap(
            f"Balloon {check.characteristic.balloon} is planned {check.get_side_display().lower()} at operation "
            f"{check.operation.sequence}, which lies on the other side of operation {finishes[-1]}: plan it anew.",
            "wrong side",
            sequence=check.operation.sequence,
            balloon=check.characteristic.balloon,
        )
    ]


def _missing_checks(characteristic, planned: set[str], operations: list[Operation]) -> list[Gap]:
    balloon, side = characteristic.balloon, characteristic.side
    if not planned:
        wanted = BEFORE if side == BEFORE else AFTER
        return [_missing(f"Balloon {balloon} is checked nowhere: plan a check.", balloon, wanted, operations)]
    if not any(operation.changes_surface for operation in operations):
        return []
    return [
        _missing(
            f"Balloon {balloon} applies {wanted} finish and has no check there: plan one.",
            balloon,
            wanted,
            operations,
        )
        for wanted in (AFTER, BEFORE)
        if side in (wanted, BOTH) and wanted not in planned
    ]


def _missing(sentence: str, balloon: str, side: str, operations: list[Operation]) -> Gap:
    return Gap(sentence, "checks", sequence=_inspection_on(side, operations), balloon=balloon, side=side)


def _inspection_on(side: str, operations: list[Operation]) -> int:
    """Return the operation that could measure on that side of the last finish: the latest one, or 0."""
    last_finish = max((each.sequence for each in operations if each.changes_surface), default=None)
    fitting = [
        each.sequence
        for each in operations
        if each.kind == Operation.INSPECT
        and (last_finish is None or (each.sequence >= last_finish) == (side == AFTER))
    ]
    return max(fitting, default=0)


def _or(choices: list[str]) -> str:
    return " or ".join(choices)
