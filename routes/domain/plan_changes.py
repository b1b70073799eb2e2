"""Putting a draft right: an operation changed or taken out, a check taken back."""

from __future__ import annotations

from django.db import transaction

from portal.domain.errors import Incomplete, Refused
from portal.domain.events import record_event
from portal.domain.moves import lock
from portal.models import Person
from routes.domain.drafts import require_draft
from routes.domain.route_revisions import SpecificationNeeded
from routes.domain.words import only_once, require_text
from routes.models import NoteMapping, Operation, PlannedCheck, Setup, SpecificationRevision
from routes.permissions import PLANNERS, require_role


class OperationInUse(Refused):
    """Something else of the plan leans on the operation."""

    code = "operation-in-use"


@transaction.atomic
def change_operation(
    *,
    by: Person,
    operation: Operation,
    sequence: int,
    name: str,
    quality_owner: str,
    timing_owner: str,
    incoming_owner: str = "",
    specification: SpecificationRevision | None = None,
    spec_type: str = "",
    spec_class: str = "",
    material_condition: str = "",
    certificate_type: str = "",
    is_irreversible: bool = False,
    changes_surface: bool = False,
    instructions: str = "",
    work_center: str = "",
) -> Operation:
    """Change an operation of a draft; its kind stays, its setup and its checks stay with it.

    A check left on the wrong side of a moved finish is named before release.
    Raises:  NotEntitled; RevisionIsFrozen; NotTheMoment in review; Incomplete; SpecificationNeeded;
             AlreadyThere when the sequence is taken.
    """
    require_role(by=by, roles=PLANNERS, act="change operations")
    draft = require_draft(operation.route_revision)
    current = lock(operation)
    facts = {
        "sequence": sequence,
        "name": require_text(name, f"Operation {sequence} of route {draft.number} has no name. Give it one."),
        "quality_owner": quality_owner,
        "timing_owner": timing_owner,
        "incoming_owner": incoming_owner,
        "specification": specification,
        "spec_type": spec_type.strip(),
        "spec_class": spec_class.strip(),
        "material_condition": material_condition.strip(),
        "certificate_type": certificate_type.strip(),
        "is_irreversible": is_irreversible,
        "changes_surface": changes_surface,
        "instructions": instructions,
        "work_center": work_center.strip(),
    }
    _require_possible(current, facts)
    changed = sorted(field for field, value in facts.items() if getattr(current, field) != value)
    for field, value in facts.items():
        setattr(current, field, value)
    with only_once(f"Route {draft.number} has an operation {sequence} already. Choose a free sequence."):
        current.save()
    record_event(
        by=by,
        verb="change_operation",
        noun="route",
        number=draft.number,
        data={"sequence": sequence, "name": current.name, "changed": changed},
    )
    return current


def _require_possible(operation: Operation, facts: dict) -> None:
    if facts["sequence"] < 1:
        raise Incomplete(
            f"Operation {operation.name} needs a sequence of at least 1, as in 10, 20, 30. Give it one."
        )
    if operation.kind == Operation.OUTSIDE and facts["specification"] is None:
        raise SpecificationNeeded(
            f"Operation {facts['sequence']} {facts['name']} leaves the house, so it must name the specification it "
            "is done to. Choose one."
        )


@transaction.atomic
def remove_operation(*, by: Person, operation: Operation) -> Operation:
    """Take an operation out of a draft, with its setup and the checks planned at it.

    Raises:  NotEntitled; RevisionIsFrozen; NotTheMoment in review; OperationInUse while it answers a note.
    """
    require_role(by=by, roles=PLANNERS, act="remove operations")
    draft = require_draft(operation.route_revision)
    current = lock(operation)
    answered = list(
        NoteMapping.objects.filter(operation=current)
        .order_by("note_id")
        .values_list("note__note_number", flat=True)
    )
    if answered:
        raise OperationInUse(
            f"Operation {current.sequence} {current.name} answers note {', '.join(answered)} of the drawing. "
            "Map each to another operation or document first."
        )
    for each in (*PlannedCheck.objects.filter(operation=current), *Setup.objects.filter(operation=current)):
        each.delete()
    removed = {"sequence": current.sequence, "kind": current.kind, "name": current.name}
    current.delete()
    record_event(by=by, verb="remove_operation", noun="route", number=draft.number, data=removed)
    return operation


@transaction.atomic
def drop_check(*, by: Person, check: PlannedCheck) -> PlannedCheck:
    """Take back a check planned in a draft, so that it can be planned elsewhere.

    Raises:  NotEntitled; RevisionIsFrozen; NotTheMoment in review.
    """
    require_role(by=by, roles=PLANNERS, act="take back checks")
    draft = require_draft(check.operation.route_revision)
    current = lock(check)
    data = {"sequence": check.operation.sequence, "balloon": check.characteristic.balloon, "side": check.side}
    current.delete()
    record_event(by=by, verb="drop_check", noun="route", number=draft.number, data=data)
    return check
