"""Which characteristic of a new drawing is one of the drawing before: by what it is, never by its balloon alone."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Callable

from django.db import transaction

from portal.domain.errors import Refused
from portal.domain.events import record_event
from portal.domain.moves import lock
from portal.models import Person
from routes.domain.drafts import require_unreleased
from routes.domain.words import only_once
from routes.models import Characteristic, PartRevision
from routes.permissions import PLANNERS, require_role

# the surest first; one that fits two of either side says nothing
SAME: tuple[Callable[[dict], tuple], ...] = (
    lambda facts: ("source", facts["source_id"]) if facts["source_id"] else (),
    lambda facts: ("balloon", facts["balloon"], facts["name"], facts["kind"]),
    lambda facts: ("words", facts["name"], facts["kind"], facts["requirement"]),
    lambda facts: ("name", facts["name"], facts["kind"]),
)
FACTS = ("source_id", "balloon", "name", "kind", "requirement")


class NotTheSame(Refused):
    """Two characteristics that cannot be one."""

    code = "not-the-same"


def carried_identities(part_revision: PartRevision, rows: list[dict]) -> list[uuid.UUID]:
    """Return an identity for each new characteristic: that of the revision before where it is there, else a new one.

    A pair that is missed makes one deleted and one added; both ask for measuring, so nothing is lost by it.
    """
    waiting = _of_revision_before(part_revision)
    found: dict[int, uuid.UUID] = {}
    for same in SAME:
        rest = [place for place in range(len(rows)) if place not in found]
        new = Counter(same(rows[place]) for place in rest)
        old = Counter(same(facts) for facts in waiting.values())
        by_key = {same(facts): identity for identity, facts in waiting.items()}
        for place in rest:
            key = same(rows[place])
            if key and new[key] == 1 and old[key] == 1:
                found[place] = by_key[key]
                del waiting[by_key[key]]
    return [found.get(place) or uuid.uuid4() for place in range(len(rows))]


def _of_revision_before(part_revision: PartRevision) -> dict[uuid.UUID, dict]:
    """Return the facts of the characteristics of the revision before that have no successor here yet."""
    before = (
        PartRevision.objects.filter(part=part_revision.part_id, pk__lt=part_revision.pk)
        .exclude(characteristics=None)
        .order_by("pk")
        .last()
    )
    if before is None:
        return {}
    taken = set(part_revision.characteristics.values_list("identity", flat=True))
    rows = before.characteristics.values("identity", *FACTS)
    return {row.pop("identity"): row for row in rows if row["identity"] not in taken}


@transaction.atomic
def identify(
    *, by: Person, characteristic: Characteristic, same_as: Characteristic | None = None
) -> Characteristic:
    """Say which characteristic of another revision this one is, or that it is none of them.

    Raises:  NotEntitled; RevisionIsFrozen; NotTheSame for another part's or this revision's; AlreadyThere when
             another one of this revision is it.
    """
    require_role(by=by, roles=PLANNERS, act="say which characteristics are the same")
    part_revision = require_unreleased(characteristic.part_revision)
    current = lock(characteristic)
    if same_as is not None:
        other = same_as.part_revision
        if other.part_id != part_revision.part_id or other.pk == part_revision.pk:
            raise NotTheSame(
                f"Balloon {current.balloon} of {part_revision} can only be one of another revision of "
                f"{part_revision.part.number}; balloon {same_as.balloon} belongs to {other}. Choose another."
            )
    current.identity = same_as.identity if same_as else uuid.uuid4()
    with only_once(
        f"Another characteristic of {part_revision} is said to be that one already. Put that right first."
    ):
        current.save()
    told = f"balloon {same_as.balloon} of {same_as.part_revision}" if same_as else "new"
    record_event(
        by=by,
        verb="identify characteristic",
        noun="part",
        number=part_revision.part.number,
        data={"revision": part_revision.revision, "balloon": current.balloon, "same_as": told},
    )
    return current
