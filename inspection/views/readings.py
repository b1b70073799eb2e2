"""Readings in doubt: what a gauge read since its last good calibration, and the decision on it, lot by lot."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from inspection.domain import gauge_doubts
from inspection.finding_forms import JudgeForm
from inspection.models import ReadingsJudgement
from inspection.permissions import DECIDERS, READERS
from inspection.views.pages import acts_for
from portal.views.downloads import csv_download
from portal.views.verbs import RecordView
from routes.models import Gauge, Traveler
from routes.views.pages import ShopVerb, touches

SHOWN = 40
TITLES = (
    "Inspection",
    "Lot measured",
    "Piece",
    "Characteristic",
    "Name",
    "Value",
    "Unit",
    "Verdict",
    "Measured on",
)
TITLES += ("Taken by",)


class OfFinding(RecordView):
    """A page about one day on which a gauge was found out of tolerance."""

    roles = READERS
    model = Gauge

    def get_record(self, person):
        gauge = super().get_record(person)
        try:
            day = date.fromisoformat(self.kwargs["day"])
        except ValueError:
            raise Http404("There is no such day.") from None
        self.finding = gauge_doubts.finding_of(gauge, day)
        if self.finding is None:
            raise Http404(f"Gauge {gauge.number} was not found out of tolerance that day.")
        return gauge

    def readings(self):
        found = gauge_doubts.readings_in_doubt(self.finding)
        return found.select_related("record__traveler", "characteristic", "recorded_by")


class ReadingsDetail(OfFinding):
    """Show the lots with readings in doubt, those that stop first, and every reading."""

    template_name = "inspection/readings_detail.html"

    def context(self, record):
        finding, person = self.finding, self.request.user
        lots = gauge_doubts.lots_in_doubt(finding)
        readings = list(self.readings()[: SHOWN + 1])
        keys = {"number": record.number, "day": finding.found_on.isoformat()}
        judged = ReadingsJudgement.objects.filter(gauge=record, found_on=finding.found_on)
        download = {"label": "Every reading as CSV", "url": reverse("inspection:readings-csv", kwargs=keys)}
        opened = f"{reverse('inspection:corrective-action-open')}?noun=gauge&number={record.number}"
        return {
            "finding": finding,
            "lots": [self._row(each, keys) for each in sorted(lots, key=_stopping_first)],
            "undecided": sum(bool(each.undecided) and not each.has_left for each in lots),
            "left": sum(each.has_left for each in lots),
            "readings": readings[:SHOWN],
            "has_more": len(readings) > SHOWN,
            "judgements": judged.select_related("traveler", "signature"),
            "acts": [
                download,
                touches("gauge", record.number),
                *acts_for(person, (DECIDERS, {"label": "Open a corrective action", "url": opened})),
            ],
            "crumbs": [{"label": f"Gauge {record.number}", "url": record.get_absolute_url()}],
        }

    def _row(self, each: gauge_doubts.DoubtedLot, keys: dict[str, str]) -> dict:
        is_here = each.lot.state in (Traveler.OPEN, Traveler.COMPLETE)
        is_open = bool(each.undecided) and (is_here or gauge_doubts.is_built_into_what_is_here(each.lot))
        may = is_open and self.request.user.role in DECIDERS
        return {
            "lot": each.lot,
            "customer": each.lot.order_line.order.customer.name,
            "readings": len(each.readings),
            "undecided": len(each.undecided),
            "state": "undecided" if is_open else each.lot.state if each.undecided else "accepted",
            "url": reverse("inspection:readings-judge", kwargs={**keys, "lot": each.lot.number})
            if may
            else "",
        }


def _stopping_first(each: gauge_doubts.DoubtedLot) -> tuple:
    return (not each.undecided, not each.has_left, each.lot.number)


class ReadingsCsv(OfFinding):
    """Hand out every reading in doubt as a table."""

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        rows = (
            (
                each.record.number,
                each.record.traveler.number,
                each.serial,
                each.characteristic.balloon,
                each.characteristic.name,
                "" if each.value is None else f"{each.value.normalize():f}",
                each.characteristic.unit,
                each.verdict,
                each.measured_on,
                each.recorded_by.printed_name,
            )
            for each in self.readings().iterator(chunk_size=2000)
        )
        name = f"readings-in-doubt-{self.finding.found_on}.csv"
        return csv_download(name=name, titles=TITLES, rows=rows)


class ReadingsJudge(ShopVerb):
    """Decide on the readings of one finding in one lot."""

    roles = DECIDERS
    model = Gauge
    form_class = JudgeForm
    submit_label = "Sign the decision"
    needs_reauth = True
    meaning = "Dispositioned"

    def get_record(self, person):
        gauge = super().get_record(person)
        self.lot = Traveler.objects.get_visible_or_404(person, number=self.kwargs["lot"])
        try:
            self.day = date.fromisoformat(self.kwargs["day"])
        except ValueError:
            raise Http404("There is no such day.") from None
        return gauge

    def get_heading(self):
        return f"Judge what gauge {self.record.number} read in lot {self.lot.number}"

    def get_lead(self):
        finding = gauge_doubts.finding_of(self.record, self.day)
        if finding is None:
            return f"Gauge {self.record.number} was not found out of tolerance on {self.day:%-d %b %Y}."
        count = len(gauge_doubts.readings_of(finding, self.lot).undecided)
        return (
            f"It was found out of tolerance on {self.day:%-d %b %Y}. {count} reading{'' if count == 1 else 's'} "
            "of this lot, taken since its last good calibration, are undecided, and the lot does not leave before they "
            "are judged by somebody who took none of them."
        )

    def act(self, record, data, *, by, token=None):
        return gauge_doubts.judge_readings(
            by=by, gauge=record, found_on=self.day, traveler=self.lot, token=token, **data
        )

    def message(self, result):
        return f"The readings of gauge {self.record.number} in lot {self.lot.number} are judged."

    def success_url(self, result):
        keys = {"number": self.record.number, "day": self.day.isoformat()}
        return reverse("inspection:readings-detail", kwargs=keys)
