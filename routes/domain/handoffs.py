"""Handing a part over from its prototypes to production."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from portal.domain.errors import Incomplete, NotTheMoment, Refused
from portal.domain.events import record_event
from portal.domain.numbers import next_number
from portal.domain.signatures import sign
from portal.models import Authority, Person, Signature
from routes.domain.lots import lock_lots
from routes.domain.words import AuthorMayNotApprove, require_text
from routes.models import ProductionHandoff, RouteRevision, Traveler
from routes.permissions import PLANNERS, require_role


class PrototypeDoesNotFit(Refused):
    """A lot that taught nothing about this part: no prototype, of another revision, or not finished."""

    code = "prototype-does-not-fit"


@transaction.atomic
def hand_over(
    *,
    by: Person,
    route_revision: RouteRevision,
    prototypes: Sequence[Traveler],
    learnt: str,
    changed: str,
    token: str,
) -> ProductionHandoff:
    """Sign that what the prototypes taught is in the released route production runs on.

    1. every lot of the part revision that is still here is locked in number order: their chain is judged anew;
    2. the prototypes are of the same part revision and finished;
    3. the signature covers what was learnt and what changed.

    Raises:  NotEntitled without role or authority; NotTheMoment while the route is not released;
             AuthorMayNotApprove for whoever wrote it; Incomplete without prototypes or words; PrototypeDoesNotFit;
             CredentialRefused.
    Source:  AS9100D 8.3.4 and 8.3.5 (validation before production); docs/decisions/0033.
    """
    require_role(by=by, roles=PLANNERS, act="hand parts over to production")
    revision = route_revision.part_revision
    here = Traveler.objects.open().filter(route_revision__part_revision=revision)
    named = {lot.number for lot in prototypes}
    locked = lock_lots(sorted(named | set(here.values_list("number", flat=True))))
    route_revision.refresh_from_db()
    _require_released(by, route_revision)
    if not named:
        raise Incomplete(f"Name the prototype lots of {revision} that were tried.")
    for lot in locked:
        if lot.number in named:
            _require_fits(lot, route_revision)
    learnt = require_text(learnt, f"Say what the prototypes of {revision} showed.")
    changed = require_text(changed, "Say what production does otherwise, or that nothing changed.")
    number = next_number("PH")
    content = {
        "part_revision": str(revision),
        "route": route_revision.number,
        "prototypes": sorted(named),
        "learnt": learnt,
        "changed": changed,
    }
    signature = sign(
        by=by,
        token=token,
        meaning=Signature.APPROVED,
        noun="handoff",
        number=number,
        content=content,
        act=Authority.APPROVE_ROUTE,
        customer=revision.part.customer,
    )
    handoff = ProductionHandoff.objects.create(
        number=number,
        part_revision=revision,
        route_revision=route_revision,
        learnt=learnt,
        changed=changed,
        signature=signature,
    )
    handoff.prototypes.set(prototypes)
    lots = [lot.number for lot in locked if lot.state not in (Traveler.SHIPPED, Traveler.CLOSED)]
    record_event(by=by, verb="hand over", noun="handoff", number=number, lots=lots, data=content)
    return handoff


def _require_released(by: Person, route_revision: RouteRevision) -> None:
    if not route_revision.is_frozen:
        raise NotTheMoment(
            f"Route {route_revision.number} is {route_revision.get_state_display().lower()}; a part is handed over to "
            "a route that was released. Release it, or choose the released revision."
        )
    if route_revision.author_id == by.pk:
        raise AuthorMayNotApprove(
            f"{by.printed_name} wrote route {route_revision.number} and may not hand the part over to it. "
            "Ask another quality engineer."
        )


def _require_fits(lot: Traveler, route_revision: RouteRevision) -> None:
    revision = lot.route_revision.part_revision
    if lot.purpose != Traveler.PROTOTYPE:
        raise PrototypeDoesNotFit(f"Lot {lot.number} is no prototype. Name the lots that were tried.")
    if revision.pk != route_revision.part_revision_id:
        raise PrototypeDoesNotFit(
            f"Lot {lot.number} was made to {revision}, route {route_revision.number} makes "
            f"{route_revision.part_revision}. Name prototypes of that revision."
        )
    if lot.state == Traveler.OPEN:
        raise PrototypeDoesNotFit(
            f"Prototype lot {lot.number} is still open: sign its steps to the end before it is handed over."
        )
