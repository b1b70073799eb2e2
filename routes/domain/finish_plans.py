"""The finishes of a plan: which feature moves how, what it is machined to before, and what speaks against release."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from django.conf import settings
from django.db import transaction

from portal.domain.errors import Refused
from portal.domain.events import record_event
from portal.models import Person
from routes.domain.coating_growths import FoundGrowth, growth_of, growths_for
from routes.domain.drafts import require_draft
from routes.domain.finish_growth import LARGEST_FACTOR, Window, window
from routes.domain.sampling_rules import plain
from routes.models import Characteristic, FinishFeature, Operation, RouteRevision
from routes.models.finish import EXTERNAL, FEATURES, MASKED, UNMOVED
from routes.models.parts import AFTER, BEFORE, BOTH
from routes.permissions import PLANNERS, require_role

# what the columns of limits hold
PLACE = Decimal("1e-8")
LENGTHS = ("mm", "um", "m", "in")


class FeatureDoesNotFit(Refused):
    """A characteristic of another drawing, or a kind of feature nobody knows."""

    code = "feature-does-not-fit"


@dataclass(frozen=True)
class FinishRow:
    """One characteristic of a plan with a finish: its feature, what grows it, its window, what is wrong.

    `problem` stops the release, `warning` does not. Units: those of the characteristic.
    """

    characteristic: Characteristic
    feature: FinishFeature | None
    finishes: tuple[Operation, ...]
    grown_by: tuple[FoundGrowth, ...] = ()
    window: Window | None = None
    problem: str = ""
    warning: str = ""

    @property
    def numbers(self) -> list[str]:
        return sorted({row.number for found in self.grown_by for row in found.rows})


def finish_rows(route_revision: RouteRevision) -> list[FinishRow]:
    """Return each size that a finish of the plan may move; empty without a finish."""
    finishes = tuple(
        route_revision.operations.filter(changes_surface=True)
        .select_related("specification")
        .order_by("sequence")
    )
    if not finishes:
        return []
    features = {each.characteristic_id: each for each in route_revision.finish_features.all()}
    limited = route_revision.part_revision.characteristics.filter(is_reference=False, unit__in=LENGTHS)
    known = [operation for operation in finishes if growths_for(operation)]
    return [
        _row(each, features.get(each.pk), finishes, known)
        for each in limited.select_related("part_revision").order_by("position")
        if each.side != BEFORE and (_is_size(each) or each.pk in features)
    ]


def _is_size(characteristic: Characteristic) -> bool:
    """A size has a nominal or two limits; flatness, position and roughness have one limit and stay what they are."""
    has_both = characteristic.lower is not None and characteristic.upper is not None
    return has_both or (characteristic.has_limits and characteristic.nominal is not None)


def _row(
    characteristic: Characteristic,
    feature: FinishFeature | None,
    finishes: tuple[Operation, ...],
    known: list[Operation],
) -> FinishRow:
    if feature is None:
        problem = _unnamed(characteristic, known)
        warning = "" if problem else "Nobody said how the finish moves it."
        return FinishRow(characteristic, None, finishes, problem=problem, warning=warning)
    found = [growth_of(operation, feature.kind, unit=characteristic.unit) for operation in finishes]
    if feature.kind in (MASKED, UNMOVED):
        found = []
    if None in found:
        named = next(operation for operation, each in zip(finishes, found, strict=True) if each is None)
        warning = f"Nobody signed how much operation {named.sequence} {named.name} grows it."
        return FinishRow(characteristic, feature, finishes, warning=warning)
    before = window(
        kind=feature.kind,
        lower=characteristic.lower,
        upper=characteristic.upper,
        growths=[each.growth for each in found],
    )
    return FinishRow(
        characteristic,
        feature,
        finishes,
        tuple(found),
        before,
        problem=_problem(characteristic, before),
        warning=_uncertain(characteristic, before, found),
    )


def _unnamed(characteristic: Characteristic, known: list[Operation]) -> str:
    """A plan whose coatings are known says of each dimension they matter for how they move it."""
    if not known:
        return ""
    words = f"Balloon {characteristic.balloon} is moved by operation {known[0].sequence} {known[0].name}"
    if characteristic.side in (AFTER, BOTH):
        return f"{words}: say whether it is outside, inside, one face, a thread or masked."
    found = [growth_of(operation, EXTERNAL, unit=characteristic.unit) for operation in known]
    largest = sum((each.growth.most for each in found if each), Decimal(0)) * LARGEST_FACTOR
    at_worst = Window(None, None, largest, largest, _tolerance(characteristic), None)
    if not at_worst.uses_more_than(settings.PORTAL_FINISH_SHARE_PERCENT):
        return ""
    return f"{words}, and the drawing does not say on which side it applies: say how it is moved, or ask the customer."


def _tolerance(characteristic: Characteristic) -> Decimal | None:
    if characteristic.lower is None or characteristic.upper is None:
        return None
    return characteristic.upper - characteristic.lower


def _problem(characteristic: Characteristic, before: Window) -> str:
    unit, balloon = characteristic.unit, characteristic.balloon
    if characteristic.side not in (AFTER, BOTH):
        share = settings.PORTAL_FINISH_SHARE_PERCENT
        if not before.uses_more_than(share):
            return ""
        return (
            f"Balloon {balloon} does not say whether it applies before or after finish, and the finish moves it by up "
            "to "
            f"{plain(before.largest_move)} {unit}, more than {share} % of its {plain(before.tolerance)} {unit} "
            "tolerance. "
            "Ask the customer, and set its side on the drawing revision."
        )
    if before.is_feasible:
        return ""
    return (
        f"Balloon {balloon} {characteristic.name} cannot be machined to size before the finish: of its "
        f"{plain(before.tolerance)} {unit} tolerance the finish scatters over {plain(before.most - before.least)} "
        f"{unit}, "
        f"which leaves {plain(before.tolerance_left)} {unit}. Mask it, agree on a tighter coating, or ask the customer "
        "for tolerance."
    )


def _uncertain(characteristic: Characteristic, before: Window, found: list[FoundGrowth]) -> str:
    if before.least == before.most or not any(each.is_uncertain for each in found):
        return ""
    row = next(row for each in found for row in each.rows if row.ratio_min != row.ratio_max)
    return (
        f"Sources differ on how much of {row.what} stands out ({plain(row.ratio_min)} to {plain(row.ratio_max)} "
        "of it): "
        "coat a trial piece."
    )


def windows_frozen(route_revision: RouteRevision) -> dict[int, dict[str, str | None]]:
    """Return the window of each characteristic as it was written at release, by the characteristic's key."""
    rows = FinishFeature.objects.filter(route_revision=route_revision).exclude(computed_from="")
    return {
        row.characteristic_id: {
            "lower": None if row.window_lower is None else plain(row.window_lower),
            "upper": None if row.window_upper is None else plain(row.window_upper),
            "from": row.computed_from,
        }
        for row in rows
    }


def freeze_windows(route_revision: RouteRevision) -> None:
    """Write the window of each characteristic that applies after the finish into the plan that is being released.

    Ends that have no end in the unit of the drawing are rounded inwards at the eighth decimal.
    """
    for row in finish_rows(route_revision):
        if row.window is None or row.characteristic.side not in (AFTER, BOTH):
            continue
        lower, upper = row.window.lower, row.window.upper
        row.feature.window_lower = None if lower is None else lower.quantize(PLACE, ROUND_CEILING)
        row.feature.window_upper = None if upper is None else upper.quantize(PLACE, ROUND_FLOOR)
        row.feature.computed_from = ", ".join(row.numbers)[:300] or "no growth"
        row.feature.save()


def finish_content(route_revision: RouteRevision) -> list[dict]:
    """Return what the plan says of its finishes, for its signature."""
    rows = route_revision.finish_features.select_related("characteristic").order_by(
        "characteristic__position"
    )
    return [
        {
            "balloon": row.characteristic.balloon,
            "kind": row.kind,
            "lower": row.window_lower,
            "upper": row.window_upper,
            "from": row.computed_from,
        }
        for row in rows
    ]


def copy_features(*, source: RouteRevision, target: RouteRevision) -> None:
    """Copy how features are moved to a new draft; windows are computed anew at its release."""
    by_balloon = {each.balloon: each for each in target.part_revision.characteristics.all()}
    for row in source.finish_features.select_related("characteristic"):
        if (same := by_balloon.get(row.characteristic.balloon)) is not None:
            FinishFeature.objects.create(route_revision=target, characteristic=same, kind=row.kind)


@transaction.atomic
def name_feature(
    *, by: Person, route_revision: RouteRevision, characteristic: Characteristic, kind: str
) -> FinishFeature:
    """Say how the finishes of a draft move a characteristic; naming it again replaces the answer.

    Raises:  NotEntitled; RevisionIsFrozen; NotTheMoment in review; FeatureDoesNotFit for another part revision's
             characteristic or an unknown kind.
    """
    require_role(by=by, roles=PLANNERS, act="say how a finish moves a characteristic")
    draft = require_draft(route_revision)
    if characteristic.part_revision_id != draft.part_revision_id or kind not in dict(FEATURES):
        raise FeatureDoesNotFit(
            f"Balloon {characteristic.balloon} cannot be named so on route {draft.number}. Choose a characteristic of "
            f"{draft.part_revision} and a kind of the list."
        )
    feature = FinishFeature.objects.filter(route_revision=draft, characteristic=characteristic).first()
    feature = feature or FinishFeature(route_revision=draft, characteristic=characteristic)
    feature.kind = kind
    feature.save()
    data = {"balloon": characteristic.balloon, "kind": kind}
    record_event(by=by, verb="name_feature", noun="route", number=draft.number, data=data)
    return feature
