"""What a walk does about setups, policies, prototypes and handoffs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from routes.domain import handoffs, lock_policies, lots, orders, setup_proposals, setups, travelers
from routes.models import Operation, RouteRevision, Setup, Traveler
from tests.cast import reauth
from tests.factories.locks import COMMENTED, RECUT
from tests.factories.routes import NC_PROGRAM

if TYPE_CHECKING:
    from tests.documents.evidence.walks import Walk


def run_otherwise(walk: Walk) -> str:
    """Run one of two fixtures and one of three programs; few of these are approved."""
    lot = walk.lot()
    step = next(each for each in lots.steps_of(lot) if each.operation.kind == Operation.MACHINE)
    program = walk.rng.choice([NC_PROGRAM, COMMENTED, COMMENTED, RECUT])
    run = setups.record_run(
        by=walk.rng.choice([walk.cast.operator, walk.cast.quality]),
        step=step,
        fixture=walk.rng.choice(["FX-12", "FX-30"]),
        fixture_revision="B",
        nc_program=program,
    )
    return f"{step.number} against {run.setup.number}, {run.differences.count()} differ"


def approve_another_setup(walk: Walk) -> str:
    operation = walk.lot().route_revision.operations.get(kind=Operation.MACHINE)
    proposed = setup_proposals.propose_setup(
        by=walk.cast.quality,
        operation=operation,
        name=f"Cell {operation.setups.count() + 1}",
        reason="Cell 1 is full.",
        fixture="FX-30",
        fixture_revision="B",
        nc_program=walk.rng.choice([NC_PROGRAM, RECUT]),
    )
    if walk.chance(30):
        return f"{proposed.number} waits"
    by = walk.cast.second_quality
    return setup_proposals.approve_proposal(by=by, setup=proposed, token=reauth(by)).number


def withdraw_a_setup(walk: Walk) -> str:
    operation = walk.lot().route_revision.operations.get(kind=Operation.MACHINE)
    setup = walk.any(Setup.objects.filter(operation=operation, state=Setup.APPROVED))
    return setup_proposals.withdraw_setup(by=walk.engineer(), setup=setup, reason="It is worn.").number


def class_differences(walk: Walk) -> str:
    routine = walk.rng.sample(lock_policies.FIELDS, walk.rng.randint(0, 3))
    customer = walk.rng.choice([None, walk.cast.customer])
    by = walk.cast.second_quality
    drafted = lock_policies.draft(
        by=walk.cast.quality, routine=routine, reason="So agreed.", customer=customer
    )
    return f"{lock_policies.sign(by=by, policy=drafted, token=reauth(by)).number}: {drafted.routine}"


def open_a_prototype(walk: Walk) -> str:
    line = walk.rng.choice(walk.world.lines)
    route = RouteRevision.objects.get(part_revision=line.part_revision, state=RouteRevision.RELEASED)
    made = travelers.open_traveler(
        by=walk.engineer(),
        order_line=line,
        route_revision=route,
        quantity=walk.rng.randint(1, 2),
        purpose=Traveler.PROTOTYPE,
    )
    walk.roots.append(made.number)
    return made.number


def hand_over(walk: Walk) -> str:
    tried = walk.any(Traveler.objects.filter(purpose=Traveler.PROTOTYPE))
    # by the verb it would have gone the whole way first
    Traveler.objects.filter(pk=tried.pk, state=Traveler.OPEN).update(state=Traveler.CLOSED)
    tried.refresh_from_db()
    by = walk.cast.second_quality
    return handoffs.hand_over(
        by=by,
        route_revision=tried.route_revision,
        prototypes=[tried],
        learnt="It holds.",
        changed="Nothing.",
        token=reauth(by),
    ).number


def order_prototypes(walk: Walk) -> str:
    line = walk.lot().order_line
    purpose = walk.rng.choice(["prototype", "production"])
    facts = {"reference": "Amendment 7", "reason": "They build a rig.", "purpose": purpose}
    return f"{orders.amend_line(by=walk.engineer(), order_line=line, **facts)} orders {purpose}"


LOCK_ACTS = {
    "run another setup": run_otherwise,
    "approve another setup": approve_another_setup,
    "withdraw a setup": withdraw_a_setup,
    "class differences": class_differences,
    "open a prototype": open_a_prototype,
    "hand over to production": hand_over,
    "order prototypes": order_prototypes,
}
