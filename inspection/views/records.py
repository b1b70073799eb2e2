"""Inspections: what is asked, what was found, and the acts between."""

from __future__ import annotations

from functools import cached_property

from django.db.models import Q
from django.http import Http404
from django.urls import reverse

from inspection.domain import measurements, records, results
from inspection.domain.records import ReceiptAnswers
from inspection.forms import (
    CompleteForm,
    ImportForm,
    MeasureForm,
    ReasonForm,
    RecordOpenForm,
    ResultFileForm,
)
from inspection.models import InspectionRecord, Measurement
from inspection.permissions import DECIDERS, MEASURERS
from inspection.views.grid import grid_of
from portal.domain.errors import Refused
from portal.domain.files import read_bytes
from portal.intake.unreadable import FileNotReadable
from portal.permissions import SHOP
from portal.views.files import FileView
from portal.views.verbs import RecordListView, RecordView
from routes.models import Characteristic, TravelerStep
from subcontract.views.pages import PersonVerb, act, crumb, history_of


class RecordList(RecordListView):
    """Show the inspections, the latest first."""

    roles = SHOP
    model = InspectionRecord
    template_name = "portal/list.html"
    ordering = ("-id",)

    def queryset_for(self, person):
        return (
            super()
            .queryset_for(person)
            .select_related("traveler__route_revision__part_revision__part", "step__operation", "inspector")
        )

    def narrow(self, queryset):
        text = self.asked("q")
        return (
            queryset.filter(Q(number__icontains=text) | Q(traveler__number__icontains=text))
            if text
            else queryset
        )

    def context(self, rows):
        return {
            "heading": "Inspection",
            "lead": "What was measured, on which lot, by whom. An inspection is opened on the page of its lot.",
            "columns": [
                {"key": "number", "label": "Inspection", "kind": "code", "url_key": "get_absolute_url"},
                {"key": "get_kind_display", "label": "Kind"},
                {"key": "traveler", "label": "Lot", "kind": "code", "url_key": "traveler.get_absolute_url"},
                {"key": "traveler.route_revision.part_revision", "label": "Part"},
                {"key": "step.operation.name", "label": "Operation"},
                {"key": "inspector.printed_name", "label": "Inspector"},
                {"key": "state", "label": "State", "kind": "state"},
            ],
            "empty_heading": "No inspection yet",
            "empty_sentence": "One is opened when a lot stands at an inspection, or has come back from a vendor.",
        }


class RecordDetail(RecordView):
    """Show one inspection: the grid of pieces and characteristics, the stated verdict beside ours."""

    roles = SHOP
    model = InspectionRecord
    template_name = "inspection/record_detail.html"

    def queryset_for(self, person):
        return (
            super()
            .queryset_for(person)
            .select_related(
                "traveler__route_revision__part_revision__part",
                "step__operation",
                "inspector",
                "source_file",
                "completion_signature",
            )
        )

    def context(self, record):
        person = self.request.user
        is_open = record.state == InspectionRecord.OPEN
        missing = records.missing_values(record) if is_open else []
        facts = [
            {"label": "State", "state": record.state},
            {"label": "Kind", "value": record.get_kind_display()},
            {"label": "Lot", "value": record.traveler.number, "url": record.traveler.get_absolute_url()},
            {"label": "Part", "value": str(record.traveler.route_revision.part_revision)},
            {
                "label": "Operation",
                "value": f"{record.step.operation.sequence} {record.step.operation.name}",
            },
            {"label": "Inspector", "value": record.inspector.printed_name},
        ]
        if record.void_reason:
            facts.append({"label": "Set aside", "value": record.void_reason})
        if record.source_file:
            address = reverse("inspection:record-file", kwargs={"number": record.number})
            facts.append({"label": "Result file", "value": record.source_file.original_name, "url": address})
        return {
            "facts": facts,
            "grid": grid_of(record, may_enter=is_open and person.role in MEASURERS),
            "missing": missing,
            "is_open": is_open,
            "acts": self.acts(record, person, is_open),
            "nonconformances": record.traveler.nonconformances_found.order_by("pk"),
            "withdrawn": self.withdrawn(record),
            "events": history_of(person, "inspection", record.number),
            "crumbs": [crumb("Inspection", "inspection:record-list")],
        }

    def withdrawn(self, record):
        taken_back = Measurement.objects.filter(record=record, void__isnull=False)
        return taken_back.select_related("void__voided_by", "characteristic").order_by("pk")

    def acts(self, record, person, is_open):
        if not is_open:
            return []
        offered = [
            ("Set aside", "record-void", DECIDERS),
            ("Import results", "record-attach", MEASURERS),
            ("Complete", "record-complete", MEASURERS),
        ]
        return [
            act(label, f"inspection:{name}", is_main=name == "record-complete", number=record.number)
            for label, name, roles in offered
            if person.role in roles
        ]


class RecordFile(FileView):
    """Serve the result file as it came."""

    roles = SHOP
    model = InspectionRecord

    def stored_file(self, record):
        return record.source_file


class RecordOpen(PersonVerb):
    """Open the inspection of a lot's present step."""

    roles = MEASURERS
    model = TravelerStep
    form_class = RecordOpenForm
    heading = "Open an inspection of lot {record.traveler.number}"
    lead = "Operation {record.operation.sequence} {record.operation.name}. The plan of the route is frozen with it."
    submit_label = "Open"
    done = "Inspection {result.number} is open."

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("operation", "traveler")

    def act(self, record, data, *, by, token=None):
        return records.open_inspection(by=by, step=record, kind=data["kind"])

    def cancel_url(self):
        return self.record.traveler.get_absolute_url()


class RecordMeasure(PersonVerb):
    """Take down the values of one characteristic, a field a piece."""

    roles = MEASURERS
    model = InspectionRecord
    form_class = MeasureForm
    submit_label = "Keep the values"
    template_name = "inspection/record_measure.html"

    @cached_property
    def characteristic(self):
        uuids = [row["characteristic"] for row in self.record.plan]
        found = Characteristic.objects.filter(uuid__in=uuids, balloon=self.kwargs["balloon"]).first()
        if found is None:
            raise Http404("This inspection plans no such characteristic.")
        return found

    def form_kwargs(self):
        there = Measurement.objects.standing().filter(record=self.record, characteristic=self.characteristic)
        taken = set(there.values_list("serial", flat=True))
        pieces = [*measurements.record_serials(self.record), *measurements.pieces_set_apart(self.record)]
        serials = [serial for serial in dict.fromkeys(pieces) if serial not in taken]
        return {**super().form_kwargs(), "characteristic": self.characteristic, "serials": serials}

    def get_heading(self):
        return f"Characteristic {self.characteristic.balloon} {self.characteristic.name}"

    def get_lead(self):
        return f"{self.record.number}, lot {self.record.traveler.number}. Required: {self.characteristic.requirement}."

    def act(self, record, data, *, by, token=None):
        given = {
            "by": by,
            "record": record,
            "characteristic": self.characteristic,
            "measured_on": data["measured_on"],
            "gauge": data["gauge"],
        }
        if data["verdicts"] and not data["values"]:
            return measurements.record_attributes(**given, verdicts=data["verdicts"])
        return measurements.record_values(**given, values=data["values"], unit=data.get("unit", ""))

    def message(self, result):
        failing = sum(each.verdict == Measurement.FAIL for each in result)
        tail = f" {failing} not to the drawing: set apart with a nonconformance." if failing else ""
        return f"{len(result)} values of characteristic {self.characteristic.balloon} are kept.{tail}"

    def success_url(self, result):
        return self.record.get_absolute_url()


class ValueWithdraw(PersonVerb):
    """Withdraw one value, with its reason."""

    roles = MEASURERS
    model = InspectionRecord
    form_class = ReasonForm
    submit_label = "Withdraw the value"
    is_danger = True

    @cached_property
    def measurement(self):
        wanted = {"characteristic__balloon": self.kwargs["balloon"], "serial": self.kwargs["serial"]}
        found = Measurement.objects.standing().filter(record=self.record, **wanted).last()
        if found is None:
            raise Http404("There is no such value.")
        return found

    def enter(self, person):
        super().enter(person)
        self.measurement  # noqa: B018  a value that is not there has no page

    def get_heading(self):
        return f"Withdraw the value of characteristic {self.kwargs['balloon']} on {self.kwargs['serial']}"

    def get_lead(self):
        return (
            "It stays readable beside the reason. A nonconformance it opened stays open until it is decided."
        )

    def act(self, record, data, *, by, token=None):
        measurements.void_measurement(by=by, measurement=self.measurement, reason=data["reason"])
        return record

    def message(self, result):
        return "The value is withdrawn."


class RecordAttach(PersonVerb):
    """Keep a result file with an inspection, to look it through."""

    roles = MEASURERS
    model = InspectionRecord
    form_class = ResultFileForm
    heading = "Import results into {record.number}"
    lead = "The file is looked through first; nothing of it counts before you say so on the next page."
    submit_label = "Look it through"

    def act(self, record, data, *, by, token=None):
        given = data["file"]
        return results.attach_results(by=by, record=record, content=given.read(), name=given.name)

    def success_url(self, result):
        return reverse("inspection:record-import", kwargs={"number": result.number})


class RecordImport(PersonVerb):
    """Show what the file would bring, ask what it leaves open, and take it."""

    roles = MEASURERS
    model = InspectionRecord
    form_class = ImportForm
    template_name = "inspection/record_import.html"
    heading = "What {record.source_file.original_name} brings to {record.number}"
    lead = "All of it is kept, or nothing."
    submit_label = "Take the values"

    def queryset_for(self, person):
        return super().queryset_for(person).filter(source_file__isnull=False).select_related("source_file")

    @cached_property
    def content(self) -> bytes:
        return read_bytes(self.record.source_file)

    def preview(self, **said):
        """Return the report, or None with the sentence why the file cannot be read or joined."""
        name = self.record.source_file.original_name
        try:
            return results.preview_results(record=self.record, content=self.content, name=name, **said), ""
        except (Refused, FileNotReadable) as refusal:
            return None, getattr(refusal, "sentence", str(refusal))

    @cached_property
    def first_look(self):
        return self.preview()

    def form_kwargs(self):
        report, _ = self.first_look
        samples = report.sample_numbers if report else {}
        serials = measurements.record_serials(self.record)
        return {**super().form_kwargs(), "samples": samples, "serials": serials}

    def context(self, record):
        report, refusal = self.first_look
        return {
            "report": report,
            "unreadable": refusal,
            "crumbs": [crumb("Inspection", "inspection:record-list")],
        }

    def act(self, record, data, *, by, token=None):
        return results.import_results(
            by=by, record=record, content=self.content, name=record.source_file.original_name, **data
        )

    def message(self, result):
        failing = result.recomputed.get("FAIL", 0)
        return f"{result.saved} values are kept, {failing} of them not to the drawing."

    def success_url(self, result):
        return self.record.get_absolute_url()


class RecordComplete(PersonVerb):
    """Accept what was inspected, signed."""

    roles = MEASURERS
    model = InspectionRecord
    form_class = CompleteForm
    heading = "Complete inspection {record.number}"
    lead = "The signature also signs the lot's operation {record.step.operation.sequence} {record.step.operation.name}."
    submit_label = "Complete"
    needs_reauth = True
    meaning = "I inspected these pieces by the plan and accept them."
    done = "Inspection {result.number} is complete and its operation is signed."

    def act(self, record, data, *, by, token=None):
        answers = ReceiptAnswers(**data) if data else None
        return records.complete(by=by, record=record, token=token, receipt_answers=answers)


class RecordVoid(PersonVerb):
    """Set an open inspection aside."""

    roles = DECIDERS
    model = InspectionRecord
    form_class = ReasonForm
    heading = "Set inspection {record.number} aside"
    lead = "Its values stay readable and count no more."
    submit_label = "Set aside"
    is_danger = True
    done = "Inspection {result.number} is set aside."

    def act(self, record, data, *, by, token=None):
        return records.void(by=by, record=record, reason=data["reason"])
