"""Further setups, lock policies, prototypes and handoffs in one line each, by the real verbs."""

from __future__ import annotations

from portal.domain.moves import move
from portal.models import Organization, Person
from routes.domain import handoffs, lock_policies, setup_proposals, travelers
from routes.models import (
    LockPolicy,
    Operation,
    OrderLine,
    ProductionHandoff,
    RouteRevision,
    Setup,
    Traveler,
)
from tests.cast import Cast, reauth
from tests.factories.routes import NC_PROGRAM

COMMENTED = NC_PROGRAM.replace(b"(ROUGH)", b"(ROUGH, 2026-11-20 14:02)")
RECUT = NC_PROGRAM.replace(b"X10.", b"X10.5")


def propose_setup(cast: Cast, operation: Operation, *, by: Person | None = None, **facts) -> Setup:
    """Propose fixture FX-30 in Cell 2 for an operation that is released."""
    usual = {
        "name": "Cell 2, vise",
        "reason": "Cell 1 is full; five pieces measured on T-000001.",
        "fixture": "FX-30",
        "fixture_revision": "A",
        "nc_program": NC_PROGRAM,
        "nc_program_name": "O1001.nc",
    }
    return setup_proposals.propose_setup(by=by or cast.quality, operation=operation, **usual | facts)


def make_second_setup(cast: Cast, operation: Operation, **facts) -> Setup:
    """Propose a setup and have it approved by somebody else."""
    proposed, by = propose_setup(cast, operation, **facts), cast.second_quality
    return setup_proposals.approve_proposal(by=by, setup=proposed, token=reauth(by))


def draft_lock_policy(
    cast: Cast, *routine: str, customer: Organization | None = None, by: Person | None = None
) -> LockPolicy:
    """Draft that these differences are routine, for the house when no customer is named."""
    reason = "A comment cuts nothing."
    return lock_policies.draft(by=by or cast.quality, routine=routine, reason=reason, customer=customer)


def make_lock_policy(cast: Cast, *routine: str, **facts) -> LockPolicy:
    """Draft a policy and have it signed."""
    policy, by = draft_lock_policy(cast, *routine, **facts), cast.second_quality
    return lock_policies.sign(by=by, policy=policy, token=reauth(by))


def make_prototype(cast: Cast, line: OrderLine, route: RouteRevision, *, state: str = "closed") -> Traveler:
    """Return a prototype lot of one piece, closed without its steps, which are of no interest, or open."""
    lot = travelers.open_traveler(
        by=cast.quality, order_line=line, route_revision=route, quantity=1, purpose=Traveler.PROTOTYPE
    )
    return lot if state == Traveler.OPEN else move(lot, "close", by=cast.quality, lots=[lot.number])


def hand_over(cast: Cast, route: RouteRevision, *prototypes: Traveler, **facts) -> ProductionHandoff:
    """Hand a part over as the quality engineer who did not write the route."""
    by = facts.pop("by", None) or cast.second_quality
    usual = {"learnt": "The thin wall chatters above 8,000 rpm.", "changed": "Finishing pass at 7,200 rpm."}
    token = facts.pop("token", None) or reauth(by)
    return handoffs.hand_over(
        by=by, route_revision=route, prototypes=list(prototypes), token=token, **usual | facts
    )
