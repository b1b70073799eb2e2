"""Which operation makes which characteristic: what a change of its setup touches, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from portal.domain.errors import Refused
from portal.domain.events import record_event
from portal.models import Person
from routes.domain.drafts import require_draft
from routes.models import Characteristic, Operation
from routes.permissions import PLANNERS, require_role


class NothingIsMadeHere(Refused):
    """An operation that only looks, or moves material, makes no characteristic."""

    code = "nothing-is-made-here"


class NotOfThisDrawing(Refused):
    """A characteristic of another part revision."""

    code = "not-of-this-drawing"


@transaction.atomic
def say_makes(*, by: Person, operation: Operation, characteristics: Iterable[Characteristic]) -> Operation:
    """Say which characteristics an operation of a draft makes; those named before and not now are taken off.

    A characteristic nobody names may be made by any operation before its last check.
    Raises:  NotEntitled; RevisionIsFrozen; NotTheMoment in review; NothingIsMadeHere; NotOfThisDrawing.
    """
    require_role(by=by, roles=PLANNERS, act="say what operations make")
    draft = require_draft(operation.route_revision)
    if operation.kind in (Operation.MATERIAL, Operation.INSPECT, Operation.PACK):
        raise NothingIsMadeHere(
            f"Operation {operation.sequence} {operation.name} makes nothing. Name the characteristics at the operation "
            "that makes them."
        )
    named = list(characteristics)
    for each in named:
        if each.part_revision_id != draft.part_revision_id:
            raise NotOfThisDrawing(
                f"Balloon {each.balloon} belongs to {each.part_revision}, route {draft.number} makes "
                f"{draft.part_revision}. Choose a characteristic of that revision."
            )
    operation.makes.set(named)
    balloons = [each.balloon for each in sorted(named, key=lambda each: each.position)]
    record_event(
        by=by,
        verb="say_what_is_made_at",
        noun="route",
        number=draft.number,
        data={"sequence": operation.sequence, "makes": balloons},
    )
    return operation
