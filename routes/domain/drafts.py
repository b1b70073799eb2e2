"""What may still be changed: drafts. What was released is frozen."""

from __future__ import annotations

from portal.domain.errors import NotTheMoment, Refused
from portal.domain.moves import lock
from routes.models import PartRevision, RouteRevision


class RevisionIsFrozen(Refused):
    """What was released changes no more; a change is a new revision."""

    code = "revision-is-frozen"


def require_draft(route_revision: RouteRevision) -> RouteRevision:
    """Return the route revision under a row lock, when it may be changed.

    Raises:  RevisionIsFrozen once it was released; NotTheMoment while it is in review.
    """
    current = lock(route_revision)
    if current.is_frozen:
        raise RevisionIsFrozen(
            f"Route {current.number} is {current.get_state_display().lower()} and changes no more. "
            "Draft a new revision from it and change that."
        )
    if current.state != RouteRevision.DRAFT:
        raise NotTheMoment(
            f"Route {current.number} is in review. Return it to its author with a reason, then change it."
        )
    return current


def require_unreleased(part_revision: PartRevision) -> PartRevision:
    """Return the part revision under a row lock, when no route of it was released.

    Raises:  RevisionIsFrozen naming the released route.
    """
    current = lock(part_revision)
    frozen = (
        RouteRevision.objects.filter(
            part_revision=current, state__in=[RouteRevision.RELEASED, RouteRevision.SUPERSEDED]
        )
        .order_by("-revision")
        .first()
    )
    if frozen is not None:
        raise RevisionIsFrozen(
            f"Route {frozen.number} of {current} was released, so its drawing, notes and characteristics change "
            "no more. Add a new revision of the part."
        )
    return current
