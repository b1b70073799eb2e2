"""Repeatability studies of gauges, and the run rules of a characteristic."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from inspection.domain import gauge_studies, rule_choices
from inspection.domain.pictures import study_picture
from inspection.formats.gauge_study_table import runs_of_text
from inspection.models import RepeatabilityStudy
from inspection.permissions import DECIDERS, MEASURERS, READERS
from inspection.study_forms import GaugeStudyForm, RunRulesForm
from inspection.views.drift import drawn
from portal.intake import child
from portal.views.verbs import RecordView
from routes.models import Characteristic, Gauge
from routes.views.pages import ShopVerb

READER = "inspection.formats.gauge_study_table:read"


class GaugeStudyDetail(RecordView):
    """Show one study: the verdict, where the spread comes from, every run."""

    roles = READERS
    model = RepeatabilityStudy
    template_name = "inspection/gauge_study_detail.html"

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("gauge", "recorded_by")

    def context(self, record):
        figures = record.figures
        latest = record.gauge.studies.order_by("-id").first()
        return {
            "sentence": gauge_studies.verdict_of(record),
            "state": record.state,
            "later": latest if latest.pk != record.pk else None,
            "picture": drawn(study_picture(record)),
            "facts": [
                {"label": "Gauge", "value": str(record.gauge), "url": record.gauge.get_absolute_url()},
                {"label": "Measured", "value": record.feature},
                {"label": "On", "value": f"{record.measured_on:%-d %b %Y}"},
                {
                    "label": "Study",
                    "value": f"{figures['parts']} parts, {figures['operators']} operators, {figures['runs']} runs each",
                },
                {
                    "label": "Recorded by",
                    "value": f"{record.recorded_by.printed_name}, {record.recorded_at:%-d %b %Y}",
                },
                {"label": "Remarks", "value": record.remark or "none"},
            ],
            "sources": self.sources(record),
            "table": self.table(record),
            "crumbs": [{"label": f"Gauge {record.gauge.number}", "url": record.gauge.get_absolute_url()}],
        }

    def sources(self, record):
        """Return where the spread comes from, a row a source with its share of the whole."""
        total = float(record.figures["total"])
        names = {
            "repeatability": "Repeatability: the gauge",
            "reproducibility": "Reproducibility: the operators",
            "gauge": "Gauge and operators together (GRR)",
            "part": "The parts themselves",
            "total": "Everything",
        }
        return [
            {
                "name": words,
                "sigma": record.figures[name],
                "share": f"{100 * float(record.figures[name]) / total:.2f} %",
                "is_main": name == "gauge",
            }
            for name, words in names.items()
        ]

    def table(self, record):
        """Return the runs as they were measured: a row a part, a cell an operator."""
        operators = list(dict.fromkeys(row[1] for row in record.rows))
        cells: dict[str, dict[str, list[str]]] = {}
        for part, operator, value in record.rows:
            cells.setdefault(part, {}).setdefault(operator, []).append(value)
        return {
            "operators": operators,
            "rows": [(part, [" · ".join(own[each]) for each in operators]) for part, own in cells.items()],
        }


class GaugeStudyRecord(ShopVerb):
    """Record a repeatability study of a gauge, its runs laid in from a sheet or from a CSV file."""

    roles = MEASURERS
    model = Gauge
    form_class = GaugeStudyForm
    heading = "Record a repeatability study of gauge {record.number}"
    lead = "Every operator measures every part equally often, in random order and without seeing the values before."
    submit_label = "Compute and record it"
    done = "{result.number} is recorded."

    def get_initial(self):
        return {"measured_on": timezone.localdate()}

    def act(self, record, data, *, by, token=None):
        table, sheet = data.pop("table"), data.pop("sheet", None)
        return gauge_studies.record_study(by=by, gauge=record, runs=self.runs(table, sheet), **data)

    def runs(self, table, sheet):
        if not sheet:
            return runs_of_text(table)
        found = child.run(reader=READER, content=sheet.read())
        return gauge_studies.runs_from(found["runs"])


class RunRulesChoose(ShopVerb):
    """Choose the run rules that watch one characteristic."""

    roles = DECIDERS
    model = Characteristic
    lookup = {
        "number": "part_revision__part__number",
        "revision": "part_revision__revision",
        "balloon": "balloon",
    }
    form_class = RunRulesForm
    submit_label = "Watch it by these rules"

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("part_revision__part")

    def side(self):
        return "before" if self.request.GET.get("side") == "before" else "after"

    def get_heading(self):
        return f"Run rules of {self.record.balloon} {self.record.name}"

    def get_lead(self):
        return (
            "They mark its control chart, and a release whose mean breaks one against the approved first article "
            "raises a drift alarm."
        )

    def get_initial(self):
        standing = rule_choices.standing_choice(self.record, self.side())
        return {"side": self.side(), "rules": standing.rules if standing else []}

    def act(self, record, data, *, by, token=None):
        return rule_choices.choose_run_rules(by=by, characteristic=record, **data)

    def message(self, result):
        words = rule_choices.words_of(result.rules)
        return f"{self.record.balloon} {self.record.name} is watched by: {words}."

    def cancel_url(self):
        revision = self.record.part_revision
        keys = [revision.part.number, revision.revision, self.record.balloon]
        return f"{reverse('inspection:characteristic-drift', args=keys)}?side={self.side()}"

    def get_crumbs(self):
        return [{"label": f"Drift of {self.record.balloon} {self.record.name}", "url": self.cancel_url()}]
