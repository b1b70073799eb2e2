"""Lots that differ from an approved first article, evaluations at any state, and trigger policies."""

from __future__ import annotations

from inspection.domain import evaluations, trigger_policies
from inspection.models import FirstArticle, TriggerEvaluation, TriggerPolicy
from routes.domain import setups, travelers
from routes.models import Traveler
from tests.cast import Cast, reauth
from tests.factories.inspection import make_first_article, walk
from tests.factories.routes import NC_PROGRAM, make_open_traveler, make_order_line, sign_up_to, step_at

FIXTURE = {"fixture": "FX-12", "fixture_revision": "B"}
MILL = 20


def run(cast: Cast, lot: Traveler, program: bytes = NC_PROGRAM, **setup) -> None:
    """Record the setup at the mill as it was run; deviations are decided, so that the step can be signed."""
    recorded = setups.record_run(
        by=cast.operator, step=step_at(lot, MILL), nc_program=program, **FIXTURE | setup
    )
    for difference in recorded.differences.all():
        if difference.is_open:
            setups.disposition_difference(
                by=cast.quality,
                difference=difference,
                reason="Three pieces were measured.",
                token=reauth(cast.quality),
            )


def make_baseline(cast: Cast, *, fai_regime: str = "with_first", at: str = "approved") -> FirstArticle:
    """Return the approved first article of a first lot that was milled with fixture FX-12 B."""
    lot = make_open_traveler(cast, quantity=5, fai_regime=fai_regime, up_to=MILL)
    run(cast, lot)
    return make_first_article(cast, lot=walk(cast, lot), at=at)


def repeat(
    cast: Cast, first: FirstArticle, *, route=None, fai_regime: str = "with_first", **facts
) -> Traveler:
    """Return a lot of a new order of the same part, at its mill."""
    route = route or first.route_revision
    line = make_order_line(cast, route.part_revision, quantity=5, fai_regime=fai_regime)
    lot = travelers.open_traveler(by=cast.quality, order_line=line, route_revision=route, quantity=5, **facts)
    sign_up_to(cast, lot, MILL)
    return lot


def make_changed(cast: Cast, first: FirstArticle | None = None, **setup) -> Traveler:
    """Return a second lot that was milled with revision C of the fixture, by default."""
    lot = repeat(cast, first or make_baseline(cast))
    run(cast, lot, **setup or {"fixture_revision": "C"})
    return lot


def make_evaluation(cast: Cast, *, lot: Traveler | None = None, decision: str = "") -> TriggerEvaluation:
    """Return the evaluation of a changed lot: open, or decided."""
    lot = lot or make_changed(cast)
    opened = evaluations.evaluate(by=cast.inspector, traveler=lot)
    return decide(cast, opened, decision) if decision else opened


def make_reported(cast: Cast, *, first: FirstArticle | None = None) -> TriggerEvaluation:
    """Return the open evaluation of the lot of a first article, after a crash somebody reported."""
    first = first or make_first_article(cast, at="approved")
    return evaluations.report(
        by=cast.inspector,
        traveler=first.traveler,
        kind="natural_event",
        subject="spindle of VF-2",
        what="The spindle crashed.",
    )


def decide(cast: Cast, evaluation: TriggerEvaluation, decision: str, **facts) -> TriggerEvaluation:
    usual = {"justification": "Looked at with the process engineer."}
    return evaluations.decide(
        by=cast.quality,
        evaluation=evaluation,
        decision=decision,
        token=reauth(cast.quality),
        **usual | facts,
    )


def draft_trigger_policy(cast: Cast, *routine: str, lapse_months: int = 24) -> TriggerPolicy:
    return trigger_policies.draft(
        by=cast.quality,
        routine=routine,
        lapse_months=lapse_months,
        reason="A revision letter moves no datum.",
    )


def make_trigger_policy(cast: Cast, *routine: str, **facts) -> TriggerPolicy:
    policy, by = draft_trigger_policy(cast, *routine, **facts), cast.second_quality
    return trigger_policies.sign(by=by, policy=policy, token=reauth(by))
