"""Lots whose way can be amended, and amendments at any state, made by walking the real moves."""

from __future__ import annotations

from portal.models import Person
from routes.domain import lot_amendments, route_revisions
from routes.models import RouteRevision, Traveler, TravelerAmendment
from tests.cast import Cast, reauth
from tests.factories.routes import add_operation, make_draft_route, make_open_traveler, make_part_revision

WORDS = "Break edges by hand with a scraper; the brush is worn."


def make_long_route(cast: Cast, *, with_outside: bool = True) -> RouteRevision:
    """Return a released route with two operations that are only the shop's own: 25 deburr and 55 wash."""
    draft = make_draft_route(cast, part_revision=make_part_revision(cast), with_outside=with_outside)
    add_operation(cast, draft, 25, "deburr", "Deburr edges")
    add_operation(cast, draft, 55, "wash", "Wash")
    submitted = route_revisions.submit(by=cast.quality, route_revision=draft)
    by = cast.second_quality
    return route_revisions.release(by=by, route_revision=submitted, token=reauth(by))


def make_amendable_lot(
    cast: Cast, *, up_to: int = 25, route: RouteRevision | None = None, **facts
) -> Traveler:
    """Return a lot on that route, signed up to a sequence."""
    return make_open_traveler(cast, route_revision=route or make_long_route(cast), up_to=up_to, **facts)


def propose(
    cast: Cast, lot: Traveler, of_kind: str, /, *, sequence: int = 25, by: Person | None = None, **facts
) -> TravelerAmendment:
    """Propose one amendment as the operator; by default of operation 25."""
    given = {"by": by or cast.operator, "traveler": lot, "reason": "The brush is worn."} | facts
    if of_kind == TravelerAmendment.REDLINE:
        return lot_amendments.propose_redline(**{"sequence": sequence, "words": WORDS} | given)
    if of_kind == TravelerAmendment.SKIP:
        return lot_amendments.propose_skip(**{"sequence": sequence} | given)
    if of_kind == TravelerAmendment.REPEAT:
        return lot_amendments.propose_repeat(**{"operation_sequences": [sequence]} | given)
    added = {"sequence": sequence, "name": "Deburr the bore", "kind": "deburr", "words": WORDS}
    return lot_amendments.propose_add(**added | given)


def approve(
    cast: Cast, amendment: TravelerAmendment, by: Person | None = None, *, token: str = ""
) -> TravelerAmendment:
    """Approve an amendment as the second quality engineer."""
    by = by or cast.second_quality
    return lot_amendments.approve(by=by, amendment=amendment, token=token or reauth(by))


def refuse(cast: Cast, amendment: TravelerAmendment, by: Person | None = None, **facts) -> TravelerAmendment:
    """Refuse an amendment as the second quality engineer."""
    by = by or cast.second_quality
    words = {"reason": "The brush was changed.", "token": reauth(by)} | facts
    return lot_amendments.refuse(by=by, amendment=amendment, **words)


def make_amendment(
    cast: Cast, lot: Traveler, of_kind: str, /, *, at: str = "approved", **facts
) -> TravelerAmendment:
    """Return an amendment at a state."""
    amendment = propose(cast, lot, of_kind, **facts)
    if at == TravelerAmendment.APPROVED:
        return approve(cast, amendment)
    if at == TravelerAmendment.REFUSED:
        return refuse(cast, amendment)
    if at == TravelerAmendment.WITHDRAWN:
        by = amendment.proposed_by
        return lot_amendments.withdraw(by=by, amendment=amendment, reason="Found another brush.")
    return amendment
