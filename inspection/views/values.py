"""Values by hand: one after the other from the keyboard, and taken back with a reason."""

from __future__ import annotations

from django.http import Http404
from django.urls import reverse
from django.utils.http import urlencode

from inspection.domain import measurements
from inspection.domain.measurements import record_serials
from inspection.domain.record_contents import values_of
from inspection.domain.records import judgements_of
from inspection.forms import CONFORMS, MEASURED, ValueForm
from inspection.models import InspectionRecord, Measurement
from inspection.views.grid import ready
from inspection.views.records import OfRecord
from routes.forms import ReasonForm
from routes.models import Characteristic

# what stays on the form from one value to the next
KEPT = ("gauge", "measured_on")


def open_places(record: InspectionRecord) -> list[tuple[Characteristic, list[str]]]:
    """Return the planned values nobody has taken down: each characteristic with the pieces it still lacks."""
    serials = record_serials(record)
    there = set(values_of(record).values_list("characteristic__uuid", "serial"))
    plans = {planned["characteristic"]: judged for planned, judged in judgements_of(record)}
    found = []
    for characteristic in Characteristic.objects.filter(uuid__in=plans).order_by("position"):
        judged = plans[str(characteristic.uuid)]
        lacking = [serial for serial in serials if (characteristic.uuid, serial) not in there]
        still = judged.wanted - judged.there
        if still > 0:
            found.append((characteristic, lacking[:still]))
    return found


class ValueEnter(OfRecord):
    """Take down one value; the form comes back with the next place of the plan filled in."""

    form_class = ValueForm
    template_name = "inspection/value_enter.html"
    heading = "Enter values of inspection {record.number}"
    lead = "Lot {record.traveler.number}. Each value is judged at once, and a failing piece is set apart."
    submit_label = "Save and go on"

    def get_initial(self):
        kept = {name: self.request.GET[name] for name in KEPT if name in self.request.GET}
        places = open_places(self.record)
        if not places:
            return kept
        characteristic, lacking = places[0]
        found = MEASURED if characteristic.has_limits else CONFORMS
        return {
            **kept,
            "characteristic": characteristic.balloon,
            "serial": lacking[0],
            "unit": characteristic.unit,
            "found": found,
        }

    def context(self, record):
        serials = record_serials(record)
        return {
            "lacking": sum(len(pieces) for _, pieces in open_places(record)),
            "pieces": f"{serials[0]} to {serials[-1]}" if serials else "none",
            "crumbs": [{"label": f"Inspection {record.number}", "url": record.get_absolute_url()}],
        }

    def act(self, record, data, *, by, token=None):
        where = {
            "by": by,
            "record": record,
            "characteristic": data["characteristic"],
            "serial": data["serial"],
            "gauge": data["gauge"],
            "measured_on": data["measured_on"],
        }
        if data["found"] == MEASURED:
            return measurements.record_value(
                **where, value=data["value"], unit=data["unit"], gauge_note=data["gauge_note"]
            )
        return measurements.record_attribute(**where, is_conforming=data["found"] == CONFORMS)

    def message(self, result):
        value = ready(result)
        said = {"PASS": "passes", "FAIL": "fails", "NONE": "has no limits to be judged by"}[value.verdict]
        words = f"{result.characteristic.balloon} on {result.serial}: {value.text} {said}."
        raised = result.nonconformances.first()
        if value.verdict == Measurement.FAIL:
            words += (
                f" {raised.number} is open for it."
                if raised
                else " It is added to the piece's nonconformance."
            )
        return words

    def success_url(self, result):
        if not open_places(self.record):
            return self.record.get_absolute_url()
        kept = {"measured_on": result.measured_on.isoformat()}
        if result.gauge:
            kept["gauge"] = result.gauge.number
        return f"{reverse('inspection:value-enter', args=[self.record.number])}?{urlencode(kept)}"


class ValueVoid(OfRecord):
    """Take one value back; it stays readable with the reason."""

    form_class = ReasonForm
    submit_label = "Withdraw the value"
    is_danger = True

    def get_record(self, person):
        record = super().get_record(person)
        values = Measurement.objects.for_viewer(person).standing().filter(record=record)
        self.measurement = (
            values.filter(
                characteristic__balloon=self.kwargs["balloon"],
                serial=self.kwargs["serial"],
            )
            .select_related("characteristic", "record__traveler")
            .first()
        )
        if self.measurement is None:
            raise Http404("There is no such value in this inspection.")
        return record

    def get_heading(self):
        value = self.measurement
        return f"Withdraw characteristic {value.characteristic.balloon} on piece {value.serial}"

    def get_lead(self):
        value = ready(self.measurement)
        return f"It was taken down as {value.text} {value.characteristic.unit}. It stays readable with the reason."

    def act(self, record, data, *, by, token=None):
        return measurements.void_measurement(by=by, measurement=self.measurement, reason=data["reason"])

    def message(self, result):
        value = result.measurement
        return f"Characteristic {value.characteristic.balloon} on piece {value.serial} is withdrawn."
