"""Gauges and their calibrations."""

from __future__ import annotations

from django.db.models import F, OuterRef, Subquery, Window
from django.db.models.functions import RowNumber
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from portal.domain.files import take_in
from portal.permissions import SHOP
from portal.views.doors import LIST
from portal.views.files import FileView
from portal.views.verbs import RecordListView, RecordView
from routes.domain import gauges
from routes.gauge_forms import CalibrationForm, GaugeChangeForm, GaugeForm, GaugeRangeForm
from routes.models import Calibration, Gauge
from routes.permissions import METROLOGISTS
from routes.views.pages import ShopVerb, act, acts_for, crumb, find_words, history_of, touches


class GaugeList(RecordListView):
    """Show the gauges and how their calibration stands."""

    roles = SHOP
    model = Gauge
    template_name = "portal/list.html"
    ordering = ("number",)

    def queryset_for(self, person):
        latest = Calibration.objects.filter(gauge=OuterRef("pk"), calibrated_on__lte=timezone.localdate())
        latest = latest.order_by("-calibrated_on", "-pk")
        return (
            super()
            .queryset_for(person)
            .annotate(
                due_on=Subquery(latest.values("due_on")[:1]),
                was_good=Subquery(latest.values("is_in_tolerance")[:1]),
            )
        )

    def narrow(self, queryset):
        number = self.asked("q")
        return queryset.filter(number__icontains=number) if number else queryset

    def context(self, rows):
        today = timezone.localdate()
        for row in rows:
            is_good = bool(row.was_good) and row.due_on >= today
            row.is_late = row.due_on is not None and row.due_on < today and row.is_active
            row.state = "in_force" if is_good and row.is_active else "out_of_calibration"
        return {
            "heading": "Gauges",
            "lead": "A reading counts when its gauge was in calibration on that day.",
            "columns": [
                {"key": "number", "label": "Gauge", "kind": "code", "url_key": "get_absolute_url"},
                {"key": "kind", "label": "Kind", "note_key": "description"},
                {"key": "due_on", "label": "Due", "kind": "due", "empty": "never calibrated"},
                {"key": "state", "label": "Calibration", "kind": "state"},
            ],
            "acts": [
                act("What is due", "gauge-due"),
                *acts_for(self.request.user, METROLOGISTS, act("Add a gauge", "gauge-add", is_main=True)),
            ],
            **find_words(
                self.request,
                "Gauge number contains",
                "No gauge yet",
                "A gauge is added with its number; its calibration follows on its page.",
            ),
        }


DUE_WITHIN = 30


class GaugeDueList(RecordListView):
    """Show the gauges whose calibration is overdue, and those due within a month."""

    roles = SHOP
    model = Gauge
    template_name = "routes/gauge_due.html"

    def context(self, rows):
        found = gauges.due_within(DUE_WITHIN, on=timezone.localdate())
        return {
            "tables": [
                ("Overdue", found["overdue"], "bad"),
                (f"Due within {DUE_WITHIN} days", found["soon"], ""),
            ],
            "crumbs": [crumb("Gauges", "gauge-list")],
        }


class GaugeDetail(RecordView):
    """Show one gauge and its calibrations."""

    roles = SHOP
    model = Gauge
    template_name = "routes/gauge_detail.html"

    def context(self, record):
        is_good = gauges.is_calibrated(record, timezone.localdate())
        return {
            "facts": [
                {"label": "Kind", "value": record.kind},
                {"label": "Description", "value": record.description or "none"},
                {"label": "Where it is", "value": record.location or "not said"},
                {"label": "Answers for it", "value": record.owner or "nobody named"},
                {
                    "label": "Calibrated every",
                    "value": f"{record.interval_days} days" if record.interval_days else "not said",
                },
                {"label": "Reads", "value": _ranges(record)},
                {"label": "Today", "state": "in_force" if is_good else "out_of_calibration"},
            ],
            "calibrations": record.calibrations.with_entered_at()
            .select_related("file")
            .annotate(place=Window(RowNumber(), order_by=F("pk").asc()))
            .order_by("-calibrated_on", "-pk"),
            "acts": [
                touches("gauge", record.number),
                *acts_for(
                    self.request.user,
                    METROLOGISTS,
                    act("Change", "gauge-change", number=record.number),
                    act("Say how far it reads", "gauge-add-range", number=record.number),
                    act("Record a calibration", "gauge-calibrate", is_main=True, number=record.number),
                ),
            ],
            "events": history_of(self.request.user, "gauge", record.number),
            "crumbs": [crumb("Gauges", "gauge-list")],
        }


class GaugeAdd(ShopVerb):
    """Add a gauge."""

    scope = LIST
    roles = METROLOGISTS
    form_class = GaugeForm
    heading = "Add a gauge"
    submit_label = "Add the gauge"
    done = "Gauge {result.number} is known. Record its calibration next."

    def act(self, record, data, *, by, token=None):
        return gauges.add_gauge(by=by, **data)

    def cancel_url(self):
        return reverse("routes:gauge-list")


class GaugeCalibrate(ShopVerb):
    """Record a calibration of a gauge."""

    roles = METROLOGISTS
    model = Gauge
    form_class = CalibrationForm
    heading = "Record a calibration of gauge {record.number}"
    submit_label = "Record the calibration"
    done = "Gauge {record.number} is due again on {result.due_on}."

    def act(self, record, data, *, by, token=None):
        paper = data.pop("paper", None)
        file = take_in(content=paper.read(), name=paper.name, by=by) if paper else None
        return gauges.record_calibration(by=by, gauge=record, file=file, **data)

    def success_url(self, result):
        return self.cancel_url()


class GaugeChange(ShopVerb):
    """Change where a gauge is, who answers for it, how often it is calibrated."""

    roles = METROLOGISTS
    model = Gauge
    form_class = GaugeChangeForm
    heading = "Change gauge {record.number}"
    submit_label = "Save"
    done = "Gauge {record.number} is changed."

    def get_initial(self):
        return {name: getattr(self.record, name) for name in GaugeForm.base_fields if name != "number"} | {
            "is_active": self.record.is_active
        }

    def act(self, record, data, *, by, token=None):
        return gauges.change_gauge(by=by, gauge=record, **data)


class GaugeAddRange(ShopVerb):
    """Say from where to where a gauge may be read."""

    roles = METROLOGISTS
    model = Gauge
    form_class = GaugeRangeForm
    heading = "Say how far gauge {record.number} reads"
    lead = (
        "A value outside its ranges is refused; steps coarser than a tenth of a tolerance ask for a reason."
    )
    submit_label = "Add the range"
    done = "Gauge {record.number} reads from {result}."

    def act(self, record, data, *, by, token=None):
        return gauges.add_range(by=by, gauge=record, **data)

    def success_url(self, result):
        return self.cancel_url()


class CalibrationPaper(FileView):
    """Hand out the certificate of one calibration."""

    roles = SHOP
    model = Gauge
    is_inline = True

    def stored_file(self, record):
        found = list(record.calibrations.select_related("file__label").order_by("pk"))
        place = self.kwargs["place"]
        if not 0 < place <= len(found):
            raise Http404("There is no such calibration.")
        return found[place - 1].file


def _ranges(gauge: Gauge) -> str:
    said = [
        f"{each}, in steps of {each.resolution.normalize():f}" if each.resolution else str(each)
        for each in gauge.ranges.all()
    ]
    return "; ".join(said) or "not said, so it is not asked"
