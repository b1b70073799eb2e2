"""Growth of coatings and routes with windows before the finish, in one line each."""

from __future__ import annotations

from decimal import Decimal

from routes.domain import coating_growths, finish_plans, plan_changes, route_revisions
from routes.models import CoatingGrowth, FinishFeature, PlannedCheck, RouteRevision
from tests.cast import Cast, reauth
from tests.factories.routes import (
    make_characteristic,
    make_draft_route,
    make_part_revision,
    make_process_specification,
)

# 40 to 60 µm thick, half of it out of the metal: a diameter grows by 0.04 to 0.06 mm
TYPE_II = {
    "spec_type": "II",
    "thickness_min": Decimal("0.040"),
    "thickness_max": Decimal("0.060"),
    "unit": "mm",
    "ratio_min": Decimal("0.5"),
    "ratio_max": Decimal("0.5"),
    "source": "Letter of Brightwater Finishing, 3 March",
}


def draft_growth(cast: Cast, **facts) -> CoatingGrowth:
    """Draft the growth of type II anodize for any vendor."""
    wanted = {"specification": make_process_specification(cast), **TYPE_II}
    return coating_growths.draft(by=cast.quality, **wanted | facts)


def make_growth(cast: Cast, **facts) -> CoatingGrowth:
    """Draft a growth and have it signed."""
    growth, by = draft_growth(cast, **facts), cast.second_quality
    return coating_growths.sign(by=by, growth=growth, token=reauth(by))


def make_finish_draft(cast: Cast, *, tolerance: str = "0.1", applies_to: str = "after") -> RouteRevision:
    """Return a draft whose only characteristic, a diameter of 10 mm, is checked before and after its anodize."""
    part_revision = make_part_revision(cast, with_characteristics=False, with_notes=False)
    make_characteristic(
        cast, part_revision, balloon="1", name="Shaft", tolerance=Decimal(tolerance), applies_to=applies_to
    )
    draft = make_draft_route(cast, part_revision=part_revision)
    for check in PlannedCheck.objects.filter(operation__route_revision=draft):
        plan_changes.drop_check(by=cast.quality, check=check)
    for sequence, side in ((30, "before"), (50, "after")):
        route_revisions.plan_check(
            by=cast.quality,
            operation=draft.operations.get(sequence=sequence),
            characteristic=part_revision.characteristics.get(),
            side=side,
        )
    return draft


def name_feature(cast: Cast, route: RouteRevision, kind: str = "external") -> FinishFeature:
    """Say how the finish moves balloon 1."""
    characteristic = route.part_revision.characteristics.get(balloon="1")
    return finish_plans.name_feature(
        by=cast.quality, route_revision=route, characteristic=characteristic, kind=kind
    )


def release(cast: Cast, draft: RouteRevision) -> RouteRevision:
    """Submit a draft and have it released by another."""
    submitted = route_revisions.submit(by=cast.quality, route_revision=draft)
    by = cast.second_quality
    return route_revisions.release(by=by, route_revision=submitted, token=reauth(by))
