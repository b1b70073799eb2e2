"""Specifications as data: their choices, what replaced them, which numbers mean the same."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from django.db import transaction

from portal.domain.errors import Refused
from portal.domain.events import record_event
from portal.domain.moves import lock
from portal.models import Person
from routes.domain.words import only_once, require_text
from routes.models import SpecificationRevision
from routes.permissions import PLANNERS, require_role


class SpecificationCannotReplaceItself(Refused):
    """A specification would stand in its own line of successors."""

    code = "specification-replaces-itself"


@transaction.atomic
def add_specification(
    *,
    by: Person,
    number: str,
    revision: str,
    title: str,
    kind: str,
    process: str = "",
    types: Sequence[str] = (),
    classes: Sequence[str] = (),
    same_as: Sequence[str] = (),
    effective_on: date | None = None,
) -> SpecificationRevision:
    """Add one revision of a specification with the choices an order must name.

    Raises:  NotEntitled; Incomplete without a number; AlreadyThere.
    """
    require_role(by=by, roles=PLANNERS, act="add specifications")
    number = require_text(number, "The specification has no number, as in MIL-PRF-8625. Give it.")
    revision = revision.strip()
    with only_once(f"Specification {number} {revision} is known already.".replace("  ", " ")):
        added = SpecificationRevision.objects.create(
            number=number,
            revision=revision,
            title=title.strip(),
            kind=kind,
            process=process.strip(),
            types=_words(types),
            classes=_words(classes),
            same_as=_words(same_as),
            effective_on=effective_on,
        )
    record_event(
        by=by,
        verb="add",
        noun="specification",
        number=str(added),
        data={"kind": kind, "types": added.types, "classes": added.classes, "same_as": added.same_as},
    )
    return added


@transaction.atomic
def supersede_specification(
    *, by: Person, specification: SpecificationRevision, superseded_by: SpecificationRevision
) -> SpecificationRevision:
    """Say which specification took the place of this one.

    Raises:  NotEntitled; SpecificationCannotReplaceItself when the line of successors would close.
    """
    require_role(by=by, roles=PLANNERS, act="supersede specifications")
    current, successor = lock(specification), superseded_by.pk
    while successor is not None:
        if successor == current.pk:
            raise SpecificationCannotReplaceItself(
                f"{current} would be replaced by itself through {superseded_by}. Choose the later specification."
            )
        # read anew: the caller's records may be older than the last act
        successor = SpecificationRevision.objects.values_list("superseded_by_id", flat=True).get(pk=successor)
    current.superseded_by = superseded_by
    current.save()
    record_event(
        by=by,
        verb="supersede",
        noun="specification",
        number=str(current),
        data={"superseded_by": str(superseded_by)},
    )
    return current


def same_specification(a_number: str, b_number: str) -> bool:
    """Say whether two numbers stand for the same specification.

    Letter case, blanks and kinds of dash do not matter; beyond that only what somebody recorded as "same as".
    """
    a, b = _bare(a_number), _bare(b_number)
    if a == b:
        return True
    named = SpecificationRevision.objects.exclude(same_as=[])
    groups = [{_bare(row.number), *map(_bare, row.same_as)} for row in named]
    return any(a in group and b in group for group in groups)


def _bare(number: str) -> str:
    return re.sub(r"[\s\-‐‑‒–—]+", "", number).casefold()


def _words(values: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(text for text in (value.strip() for value in values) if text))
