"""Routes with sampled checks, lots at their inspection and series with a past, in one line each."""

from __future__ import annotations

from decimal import Decimal

from django.utils import timezone

from inspection.domain.sampling import series as followed
from inspection.domain.sampling.skip_lot import is_drawn
from inspection.models import InspectionRecord, SamplingOutcome, SamplingState
from routes.domain import plan_changes, route_revisions
from routes.models import PlannedCheck, RouteRevision, Traveler
from tests.cast import Cast, reauth
from tests.factories.inspection import walk
from tests.factories.measuring import make_inspection, measure
from tests.factories.routes import (
    make_characteristic,
    make_draft_route,
    make_open_traveler,
    make_part_revision,
)

ISOLATED = {"sampling_rule": "c0"}
NORMAL_10 = {"sampling_rule": "z14", "inspection_level": "II", "aql_percent": "10"}
SKIPPED = {
    "sampling_rule": "skip_lot",
    "skip_one_in": 2,
    "ltpd_percent": Decimal(20),
    "beta_percent": Decimal(10),
}


def make_sampled_draft(cast: Cast, **sampling) -> RouteRevision:
    """Return a draft without outside work whose only characteristic is checked by a rule at operation 50."""
    part_revision = make_part_revision(cast, with_characteristics=False, with_notes=False)
    make_characteristic(cast, part_revision, balloon="1", name="Bore")
    draft = make_draft_route(cast, part_revision=part_revision, with_outside=False)
    check = PlannedCheck.objects.get(operation__route_revision=draft)
    operation, characteristic = check.operation, check.characteristic
    plan_changes.drop_check(by=cast.quality, check=check)
    route_revisions.plan_check(
        by=cast.quality, operation=operation, characteristic=characteristic, side="after", **sampling
    )
    return draft


def make_sampled_route(cast: Cast, **sampling) -> RouteRevision:
    """Return such a route, released."""
    submitted = route_revisions.submit(by=cast.quality, route_revision=make_sampled_draft(cast, **sampling))
    by = cast.second_quality
    return route_revisions.release(by=by, route_revision=submitted, token=reauth(by))


def make_sampled_lot(cast: Cast, route: RouteRevision, *, quantity: int = 16) -> Traveler:
    """Return a lot of a route that stands at its inspection."""
    return walk(cast, make_open_traveler(cast, route_revision=route, quantity=quantity), to=50)


def make_sampled_inspection(
    cast: Cast, *, route: RouteRevision | None = None, quantity: int = 16, **sampling
) -> InspectionRecord:
    """Return the open inspection of a sampled lot."""
    route = route or make_sampled_route(cast, **sampling)
    return make_inspection(cast, make_sampled_lot(cast, route, quantity=quantity))


def measure_pieces(cast: Cast, record: InspectionRecord, good: range, bad: tuple[int, ...] = ()) -> None:
    """Take down balloon 1: the bad pieces too wide, the others at nominal."""
    for piece in (*bad, *good):
        measure(cast, record, "1", str(piece), "10.4" if piece in bad else None)


def series_of(route: RouteRevision) -> SamplingState:
    """Return the series of a route's part for the shop's own work, class major."""
    return followed.series_for(part=route.part_revision.part, vendor=None, defect_class="major")


def add_past(series: SamplingState, record: InspectionRecord, lots: str) -> SamplingState:
    """Give a series lots that fared so: A accepted, R rejected, B between, O rejected when offered again."""
    for letter in lots:
        SamplingOutcome.objects.create(
            series=series,
            record=record,
            severity=series.state,
            n=5,
            found=0 if letter == "A" else 2,
            is_accepted=letter not in "RO",
            is_between=letter == "B",
            is_original=letter != "O",
            recorded_at=timezone.now(),
        )
    return series


def put_on(series: SamplingState, state: str) -> SamplingState:
    """Put a series on a severity as the portal itself would."""
    verbs = {"tightened": ["tighten"], "discontinued": ["tighten", "discontinue"]}
    for verb in verbs[state]:
        series = followed.move(series, verb, by=None, since_at=timezone.now())
    return series


def qualified(
    cast: Cast, route: RouteRevision, record: InspectionRecord, *, skips: str = ""
) -> SamplingState:
    """Return the series of a route, qualified for one lot in two; `skips` names a lot the draw leaves out."""
    series = add_past(series_of(route), record, "A" * 10)
    by = cast.quality
    series = followed.qualify(by=by, series=series, token=reauth(by), one_in=2, route_revision=route)
    draws = (f"draw {number}" for number in range(99))
    if skips:
        series.draw = next(draw for draw in draws if not is_drawn(lot=skips, draw=draw, one_in=2))
        series.save()
    return series
