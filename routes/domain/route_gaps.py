"""What a route still lacks before it may be released, one sentence a gap."""

from __future__ import annotations

from django.utils import timezone

from routes.domain.gauges import is_calibrated
from routes.models import Operation, PlannedCheck, RouteRevision
from routes.models.parts import AFTER, BEFORE, BOTH

OWNERS = (
    ("quality_owner", "quality"),
    ("timing_owner", "timing"),
    ("incoming_owner", "incoming verification"),
)


def gaps_before_release(route_revision: RouteRevision) -> list[str]:
    """Return every gap as a sentence; an empty list means the route may be released.

    Source:  AS9100D 8.5.1 and 8.4.3; the drawing's notes; house rule "every operation has its owners".
    """
    operations = list(route_revision.operations.select_related("specification", "setup").order_by("sequence"))
    return [
        *_unmapped_notes(route_revision),
        *_missing_operations(operations),
        *(gap for operation in operations for gap in _operation_gaps(operation)),
        *_check_gaps(route_revision, operations),
    ]


def _unmapped_notes(route_revision: RouteRevision) -> list[str]:
    open_notes = route_revision.part_revision.notes.exclude(mappings__route_revision=route_revision)
    return [
        f"Note {note.note_number} of the drawing is not mapped: name the operation or document that answers it, "
        "or sign why it does not apply."
        for note in open_notes.order_by("id")
    ]


def _missing_operations(operations: list[Operation]) -> list[str]:
    if not any(operation.kind == Operation.MATERIAL for operation in operations):
        return ["No operation issues the material: add one of kind material issue."]
    if operations[0].kind != Operation.MATERIAL:
        return [
            f"Operation {operations[0].sequence} comes before the material issue: the material must come first."
        ]
    return []


def _operation_gaps(operation: Operation) -> list[str]:
    name = f"Operation {operation.sequence} {operation.name}"
    gaps = []
    for field, words in OWNERS:
        is_needed = field != "incoming_owner" or operation.kind == Operation.OUTSIDE
        if is_needed and not getattr(operation, field):
            gaps.append(f"{name} has no owner of {words}: choose a role.")
    specification = operation.specification
    if specification is not None and operation.kind == Operation.OUTSIDE:
        if specification.types and operation.spec_type not in specification.types:
            gaps.append(f"{name} names no type of {specification}: choose {_or(specification.types)}.")
        if specification.classes and operation.spec_class not in specification.classes:
            gaps.append(f"{name} names no class of {specification}: choose {_or(specification.classes)}.")
    if operation.kind == Operation.MACHINE:
        gaps.extend(_setup_gaps(operation, name))
    return gaps


def _setup_gaps(operation: Operation, name: str) -> list[str]:
    setup = getattr(operation, "setup", None)
    if setup is None:
        return [f"{name} has no approved setup: approve fixture, program and gauges."]
    today = timezone.localdate()
    return [
        f"{name} is set up with gauge {gauge.number}, which has no good calibration in force: calibrate it."
        for gauge in setup.gauges.order_by("number")
        if not is_calibrated(gauge, today)
    ]


def _check_gaps(route_revision: RouteRevision, operations: list[Operation]) -> list[str]:
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
        gaps.extend(_missing_checks(characteristic, planned, has_finish=bool(finishes)))
    return gaps


def _wrong_side(check: PlannedCheck, finishes: list[int]) -> list[str]:
    """A finish added after the check was planned can leave the check on the wrong side."""
    if not finishes:
        return []
    is_after = check.operation.sequence >= finishes[-1]
    if (check.side == PlannedCheck.AFTER) == is_after:
        return []
    return [
        f"Balloon {check.characteristic.balloon} is planned {check.get_side_display().lower()} at operation "
        f"{check.operation.sequence}, which lies on the other side of operation {finishes[-1]}: plan it anew."
    ]


def _missing_checks(characteristic, planned: set[str], *, has_finish: bool) -> list[str]:
    if not planned:
        return [f"Balloon {characteristic.balloon} is checked nowhere: plan a check."]
    side = characteristic.side
    gaps = []
    if side in (AFTER, BOTH) and PlannedCheck.AFTER not in planned and has_finish:
        gaps.append(
            f"Balloon {characteristic.balloon} applies after finish and has no check there: plan one."
        )
    if side in (BEFORE, BOTH) and PlannedCheck.BEFORE not in planned and has_finish:
        gaps.append(
            f"Balloon {characteristic.balloon} applies before finish and has no check there: plan one."
        )
    return gaps


def _or(choices: list[str]) -> str:
    return " or ".join(choices)
