"""The finishes of a route: what each characteristic is machined to before them."""

from __future__ import annotations

from typing import Any

from django.http import Http404

from portal.permissions import SHOP
from portal.views.verbs import RecordView
from routes.domain import finish_plans
from routes.domain.finish_plans import FinishRow
from routes.domain.sampling_rules import plain
from routes.finish_forms import FeatureForm
from routes.models import Characteristic, RouteRevision
from routes.models.finish import MASKED, UNMOVED
from routes.permissions import PLANNERS
from routes.views.coating_growths import between
from routes.views.pages import ShopVerb, crumb


class RouteFinish(RecordView):
    """Show what each characteristic of a route is machined to before its finish, and what stands against it."""

    roles = SHOP
    model = RouteRevision
    template_name = "routes/route_finish.html"

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("part_revision__part")

    def context(self, record):
        rows = finish_plans.finish_rows(record)
        may_plan = record.state == RouteRevision.DRAFT and self.request.user.role in PLANNERS
        return {
            "rows": [shown(row, is_frozen=record.is_frozen) for row in rows],
            "finishes": rows[0].finishes if rows else (),
            "problems": sum(bool(row.problem) for row in rows),
            "may_plan": may_plan,
            "crumbs": [
                crumb("Routes", "route-list"),
                {"label": record.number, "url": record.get_absolute_url()},
            ],
        }


def shown(row: FinishRow, *, is_frozen: bool) -> dict[str, Any]:
    """Return a row with its figures as words; a frozen route shows the window it was released with."""
    unit, window = row.characteristic.unit, row.window
    lower, upper = (window.lower, window.upper) if window else (None, None)
    if is_frozen and row.feature and row.feature.computed_from:
        lower, upper = row.feature.window_lower, row.feature.window_upper
    is_known = lower is not None or upper is not None
    return {
        "characteristic": row.characteristic,
        "limits": limits_words(row.characteristic.lower, row.characteristic.upper, unit),
        "feature": row.feature,
        "moved": between(window.least, window.most, unit) if window else "",
        "window": limits_words(lower, upper, unit) if is_known else "",
        "left": f"{plain(window.tolerance_left)} {unit}"
        if window and window.tolerance_left is not None
        else "",
        "numbers": row.numbers,
        "problem": row.problem,
        "warning": row.warning,
    }


def windows_of(route_revision: RouteRevision) -> list[dict[str, str]]:
    """Return what a released route has its sizes machined to, one line a balloon whose finish moves it."""
    rows = route_revision.finish_features.exclude(computed_from="").exclude(kind__in=(MASKED, UNMOVED))
    return [
        {
            "balloon": row.characteristic.balloon,
            "name": row.characteristic.name,
            "words": limits_words(row.window_lower, row.window_upper, row.characteristic.unit),
        }
        for row in rows.select_related("characteristic")
    ]


def limits_words(lower, upper, unit: str) -> str:
    """Return two limits as one phrase, either of which may be open."""
    if lower is None:
        return f"at most {plain(upper)} {unit}"
    if upper is None:
        return f"at least {plain(lower)} {unit}"
    return f"{plain(lower)} to {plain(upper)} {unit}"


class FeatureName(ShopVerb):
    """Say how the finish moves a characteristic."""

    model = RouteRevision
    lookup = {"number": "number"}
    form_class = FeatureForm
    submit_label = "Keep it"

    def get_record(self, person):
        draft = super().get_record(person)
        self.characteristic = (
            Characteristic.objects.for_viewer(person)
            .filter(part_revision=draft.part_revision_id, balloon=self.kwargs["balloon"])
            .first()
        )
        if self.characteristic is None:
            raise Http404("The drawing has no such balloon.")
        return draft

    def get_heading(self):
        return f"How does the finish move balloon {self.characteristic.balloon} {self.characteristic.name}?"

    def get_lead(self):
        return f"{self.characteristic.requirement}. Its window before the finish is computed from this."

    def get_initial(self):
        named = self.record.finish_features.filter(characteristic=self.characteristic).first()
        return {"kind": named.kind} if named else {}

    def success_url(self, result):
        return crumb("", "route-finish", number=self.record.number)["url"]

    def cancel_url(self):
        return self.success_url(None)

    def act(self, record, data, *, by, token=None):
        return finish_plans.name_feature(
            by=by, route_revision=record, characteristic=self.characteristic, **data
        )

    def message(self, result):
        return f"Balloon {self.characteristic.balloon}: {result.get_kind_display().lower()}."
