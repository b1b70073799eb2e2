"""A family of characteristics on one chart, because each alone was made too seldom."""

from __future__ import annotations

from django.urls import reverse

from inspection.domain import short_runs
from inspection.domain.pictures import figure, short_run_pictures
from inspection.domain.spc.short_runs import CHARTS
from inspection.models import DriftAlarm
from inspection.permissions import READERS
from inspection.views.drift import drawn, signal_words
from portal.views.verbs import RecordView
from routes.models import Characteristic

NAMES = {"dnom": "Deviation from target (DNOM)", "z_mr": "Z: deviation in own standard deviations"}
ROWS_SHOWN = 100
# how many relatives are drawn before anybody chose
AT_FIRST = 4


class ShortRunChart(RecordView):
    """Show one characteristic with others of its process or kind of gauge on one chart."""

    roles = READERS
    model = Characteristic
    lookup = {
        "number": "part_revision__part__number",
        "revision": "part_revision__revision",
        "balloon": "balloon",
    }
    template_name = "inspection/short_run.html"

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("part_revision__part")

    def context(self, record):
        part, revision = record.part_revision.part, record.part_revision.revision
        kins = short_runs.kins_of(record)
        kin = next(
            (each for each in kins if [each.code, each.name] == self.asked("family").split(":", 1)), None
        )
        kin = kin or (kins[0] if kins else None)
        relatives = short_runs.relatives_of(record, kin) if kin else []
        side = "before" if self.asked("side") == "before" else "after"
        chosen = self.chosen(relatives)
        page = reverse("inspection:characteristic-drift", args=[part.number, revision, record.balloon])
        return {
            "kins": [
                {"value": f"{each.code}:{each.name}", "each": each, "is_here": each == kin} for each in kins
            ],
            "relatives": [
                {"key": short_runs.key_of(each), "row": each, "is_chosen": each in chosen}
                for each in relatives
            ],
            "together": ", ".join(short_runs.name_of(each) for each in chosen),
            "sides": [(value, label, value == side) for value, label in DriftAlarm.SIDES],
            "kinds": [("", "The one that fits", not self.asked("chart")), *self.kinds()],
            "crumbs": [
                {"label": part.number, "url": part.get_absolute_url()},
                {"label": f"Drift of {record.balloon} {record.name}", "url": page},
            ],
            **self.charted(record, chosen, side),
        }

    def asked(self, name):
        return self.request.GET.get(name, "").strip()[:200]

    def kinds(self):
        names = {"dnom": "Deviation from target (DNOM)", "z": "Z"}
        return [(value, label, value == self.asked("chart")) for value, label in names.items()]

    def chosen(self, relatives):
        wanted = set(self.request.GET.getlist("with"))
        if not wanted and "family" not in self.request.GET:
            return relatives[:AT_FIRST]
        return [each for each in relatives if short_runs.key_of(each) in wanted]

    def charted(self, record, chosen, side):
        """Return the drawing and its figures, or the sentence that says why there is none."""
        kind = self.asked("chart") if self.asked("chart") in CHARTS else ""
        try:
            members = short_runs.members_of([record, *chosen], side=side)
            places = short_runs.places_of(members)
            run = short_runs.drawn(places, chart=kind)
        except ValueError as refusal:
            return {"refusal": str(refusal)}
        unit = record.unit
        return {
            "run": run,
            "chart_name": NAMES[run.chart.kind],
            "pictures": [drawn(each) for each in short_run_pictures(run, places, unit)],
            "signals": signal_words(run.chart),
            "families": [
                {
                    "name": each.name,
                    "n": each.n,
                    "target": f"{each.target:g}",
                    "away": f"{each.away:+.3g}",
                    "sigma": figure(each.sigma),
                }
                for each in run.families
            ],
            "sigma": figure(run.chart.sigma) if run.chart.kind == "dnom" else "",
            "unit": unit,
            "rows": self.rows(run, places),
            "unshown": max(0, len(places) - ROWS_SHOWN),
        }

    def rows(self, run, places):
        flagged = {each.at for each in run.chart.location.signals}
        rows = [
            {
                "place": at + 1,
                "name": place.member.name,
                "lot": place.lot,
                "value": f"{place.value:g}",
                "target": f"{place.member.target:g}",
                "deviation": f"{place.deviation:+.4g}",
                "plotted": f"{run.chart.location.points[at]:+.4g}",
                "state": "beyond" if at in flagged else "inside",
            }
            for at, place in enumerate(places)
        ]
        return rows[-ROWS_SHOWN:]
