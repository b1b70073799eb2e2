"""Inspections: the desk, one inspection with its grid, and the acts on it."""

from __future__ import annotations

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from inspection.domain import records
from inspection.domain.record_contents import altered_since_completion, values_of
from inspection.domain.records import ReceiptAnswers, receipt_to_verify
from inspection.domain.waiting import steps_to_inspect
from inspection.forms import CompleteForm, OpenInspectionForm
from inspection.models import InspectionRecord, Measurement
from inspection.permissions import DECIDERS, MEASURERS, READERS, REPORTERS
from inspection.views.grid import PIECES_SHOWN, grid_of, ready
from inspection.views.pages import act, acts_for, crumb, link
from portal.domain.reversals import reversals_of
from portal.models import StoredFile
from portal.views.files import FileView
from portal.views.verbs import RecordListView, RecordView
from routes.domain.amended import redlines_of
from routes.forms import ReasonForm
from routes.models import Operation, Traveler, TravelerStep
from routes.views.pages import ShopVerb, history_of

WAITING_SHOWN = 20


class RecordList(RecordListView):
    """Show what waits for inspection, and the inspections, the latest first."""

    roles = READERS
    model = InspectionRecord
    template_name = "inspection/record_list.html"
    ordering = ("-id",)

    def queryset_for(self, person):
        return (
            super()
            .queryset_for(person)
            .select_related(
                "traveler__route_revision__part_revision__part", "step__operation", "inspector", "source_file"
            )
            .annotate(value_count=Coalesce(Subquery(_values_that_count()), 0))
        )

    def narrow(self, queryset):
        number = self.asked("q")
        if number:
            number = number.upper()
            queryset = queryset.filter(Q(number__startswith=number) | Q(traveler__number__startswith=number))
        return queryset

    def context(self, rows):
        return {
            "heading": "Inspection",
            "lead": "What waits for inspection, and what was inspected.",
            "caption": "Inspections",
            "waiting": self.waiting(),
            "columns": [
                {"key": "number", "label": "Inspection", "kind": "code", "url_key": "get_absolute_url"},
                {"key": "get_kind_display", "label": "Kind", "note_key": "step.operation.name"},
                {
                    "key": "traveler.number",
                    "label": "Lot",
                    "kind": "code",
                    "url_key": "traveler.get_absolute_url",
                    "note_key": "traveler.route_revision.part_revision",
                },
                {"key": "value_count", "label": "Values", "kind": "num"},
                {"key": "inspector.printed_name", "label": "Inspector"},
                {"key": "opened_at", "label": "Opened", "kind": "moment"},
                {"key": "state", "label": "State", "kind": "state"},
            ],
            "empty_heading": "Nothing was inspected yet",
            "empty_sentence": "An inspection is opened from a step that waits for it, shown above.",
        }

    def waiting(self):
        person = self.request.user
        may_open = person.role in MEASURERS
        return [
            {
                "step": step,
                "act": act("Open", "record-open", number=step.number) if may_open else None,
                "what": "Incoming verification"
                if step.operation.kind == Operation.OUTSIDE
                else step.operation.name,
            }
            for step in steps_to_inspect(person)[:WAITING_SHOWN]
        ]


def _values_that_count():
    """Return how many values of an inspection stand; counted for the rows shown, not for the whole list."""
    values = Measurement.objects.filter(record=OuterRef("pk"), void__isnull=True).order_by()
    return values.values("record").annotate(count=Count("pk")).values("count")


class RecordDetail(RecordView):
    """Show one inspection: facts, the grid of values with verdicts, what the plan still asks for, signature."""

    roles = READERS
    model = InspectionRecord
    template_name = "inspection/record_detail.html"

    def queryset_for(self, person):
        return (
            super()
            .queryset_for(person)
            .select_related(
                "traveler__route_revision__part_revision__part",
                "step__operation",
                "step__traveler",
                "inspector",
                "source_file",
                "completion_signature",
            )
        )

    def context(self, record):
        person = self.request.user
        grid = grid_of(record, start=self.start)
        nonconformances = record.traveler.nonconformances_found.select_related("traveler", "characteristic")
        return {
            "part_revision": record.traveler.route_revision.part_revision,
            "altered": altered_since_completion(record),
            "facts": self.facts(record),
            "redlines": redlines_of(record.step) if record.step else [],
            "grid": grid,
            "first_shown": self.start + 1,
            "last_shown": self.start + len(grid.pieces),
            "previous_url": f"?from={max(self.start - PIECES_SHOWN, 0)}" if self.start else "",
            "next_url": f"?from={self.start + PIECES_SHOWN}"
            if self.start + PIECES_SHOWN < grid.count
            else "",
            "piece": self.piece,
            "piece_values": self.values_of_piece(record),
            "withdrawn": self.withdrawn(record),
            "may_withdraw": record.state == InspectionRecord.OPEN and person.role in MEASURERS,
            "nonconformances": nonconformances.filter(self.found_here(record)),
            "is_open": record.state == InspectionRecord.OPEN,
            "start": self.start,
            "acts": self.acts(record, is_lacking=bool(grid.missing)),
            "reversals": reversals_of("inspection", record.number),
            "events": history_of(person, "inspection", record.number),
            "crumbs": [crumb("Inspection", "record-list")],
        }

    def found_here(self, record):
        """Return which nonconformances of the lot are this inspection's: by its values, or while it was open."""
        meanwhile = Q(measurement__isnull=True, opened_at__gte=record.opened_at)
        if record.completion_signature:
            meanwhile &= Q(opened_at__lte=record.completion_signature.signed_at)
        return Q(measurement__record=record) | meanwhile

    @property
    def start(self) -> int:
        text = self.request.GET.get("from", "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0

    @property
    def piece(self) -> str:
        return self.request.GET.get("piece", "").replace("\x00", "")[:60]

    def values_of_piece(self, record):
        if not self.piece:
            return []
        values = values_of(record).filter(serial=self.piece)
        values = values.select_related("characteristic", "gauge", "recorded_by", "record")
        return [ready(value) for value in values.order_by("characteristic__position", "pk")]

    def withdrawn(self, record):
        values = Measurement.objects.filter(record=record, void__isnull=False)
        values = values.select_related("characteristic", "void__voided_by").order_by("-pk")
        return [ready(value) for value in values]

    def facts(self, record):
        facts = [
            {"label": "State", "state": record.state},
            {"label": "Kind", "value": record.get_kind_display()},
            link("Lot", record.traveler),
            {"label": "Operation", "value": operation_of(record)},
            {"label": "Pieces when opened", "value": record.lot_size},
            {"label": "Inspector", "value": record.inspector.printed_name},
            {"label": "Opened", "value": f"{record.opened_at:%-d %b %Y %H:%M} UTC"},
        ]
        if record.source_file:
            results = act("", "results-file", number=record.number)["url"]
            facts.append({"label": "Results from", "value": record.source_file.original_name, "url": results})
        part = record.traveler.route_revision.part_revision.part
        drift = crumb(part.number, "part-drift", number=part.number)
        facts.append({"label": "Drift", "value": "release beside release", "url": drift["url"]})
        if alarms := sorted({row["tightened_by"] for row in record.plan if row.get("tightened_by")}):
            facts.append({"label": "Every piece measured for", "value": ", ".join(alarms), "is_code": True})
        return facts

    def acts(self, record, *, is_lacking):
        person, number, lot = self.request.user, record.number, record.traveler.number
        compare = (READERS, act("Compare with the customer's", "comparison-detail", number=lot))
        compared = [compare] if is_compared(record) else []
        if has_sibling(record):
            compared.append((READERS, act("Put beside another inspection", "record-beside", number=number)))
        report = (REPORTERS, act("Report a nonconformance", "nonconformance-open", number=lot))
        if record.traveler.state in (Traveler.SHIPPED, Traveler.CLOSED):
            return acts_for(person, *compared)
        if record.state == InspectionRecord.COMPLETED:
            first_article = act("Open a first article", "first-article-open", number=lot)
            undo = (DECIDERS, act("Undo this inspection", "record-undo", number=number))
            # whoever signed does not take it back
            undone = [undo] if record.completion_signature.person_id != person.pk else []
            return acts_for(person, (MEASURERS, first_article), report, *compared, *undone)
        if record.state != InspectionRecord.OPEN:
            return []
        if record.kind == InspectionRecord.CUSTOMER:
            return self.acts_on_theirs(record)
        return acts_for(
            person,
            report,
            *compared,
            (MEASURERS, act("Enter values", "value-grid", is_main=is_lacking, number=number)),
            (MEASURERS, act("Enter one value", "value-enter", number=number)),
            (MEASURERS, act("Import results", "results-preview", number=number)),
            (MEASURERS, act("Complete", "record-complete", is_main=not is_lacking, number=number)),
            (DECIDERS, act("Set aside", "record-void", number=number)),
        )

    def acts_on_theirs(self, record):
        has_values = record.source_file_id is not None
        lot = record.traveler.number
        return acts_for(
            self.request.user,
            (
                MEASURERS,
                act("Import results", "results-preview", is_main=not has_values, number=record.number),
            ),
            (DECIDERS, act("Set aside", "record-void", number=record.number)),
            (READERS, act("Compare with ours", "comparison-detail", is_main=has_values, number=lot)),
        )


def operation_of(record: InspectionRecord) -> str:
    """Return the operation an inspection stands for; the customer's stands for none."""
    if record.step is None:
        return "none: it closes nothing"
    return f"{record.step.operation.sequence} {record.step.operation.name}"


def has_sibling(record: InspectionRecord) -> bool:
    """Say whether another inspection of the lot has a value where this one has one too."""
    here = Measurement.objects.standing().filter(
        record=record, characteristic=OuterRef("characteristic"), serial=OuterRef("serial")
    )
    others = Measurement.objects.standing().filter(record__traveler=record.traveler_id).exclude(record=record)
    return others.exclude(record__state=InspectionRecord.VOIDED).filter(Exists(here)).exists()


def is_compared(record: InspectionRecord) -> bool:
    """Say whether the customer measured this lot too."""
    theirs = InspectionRecord.objects.filter(traveler=record.traveler_id, kind=InspectionRecord.CUSTOMER)
    return theirs.exclude(state=InspectionRecord.VOIDED).exists()


class RecordOpen(ShopVerb):
    """Open the inspection of a step."""

    roles = MEASURERS
    model = TravelerStep
    form_class = OpenInspectionForm
    heading = "Inspect {record.operation.name} of lot {record.traveler.number}"
    lead = "The plan of the route is kept with the inspection as it stands now."
    submit_label = "Open the inspection"
    done = "Inspection {result.number} is open."

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("traveler", "operation")

    def get_initial(self):
        """Return the likely kind: final where nothing is inspected after this step."""
        later = TravelerStep.objects.filter(
            traveler=self.record.traveler,
            operation__kind__in=[Operation.INSPECT, Operation.OUTSIDE],
            operation__sequence__gt=self.record.operation.sequence,
        )
        return {"kind": InspectionRecord.IN_PROCESS if later.exists() else InspectionRecord.FINAL}

    def act(self, record, data, *, by, token=None):
        return records.open_inspection(by=by, step=record, kind=data["kind"])

    def cancel_url(self):
        return self.record.traveler.get_absolute_url()


class OfRecord(ShopVerb):
    """An act on one inspection; afterwards its page is shown."""

    roles = MEASURERS
    model = InspectionRecord

    def queryset_for(self, person):
        return (
            super()
            .queryset_for(person)
            .select_related("traveler__route_revision__part_revision__part", "step__operation", "source_file")
        )

    def success_url(self, result):
        return self.cancel_url()


class RecordComplete(OfRecord):
    """Sign an inspection, and with it the step of the lot."""

    form_class = CompleteForm
    heading = "Complete inspection {record.number} of lot {record.traveler.number}"
    lead = "The signature covers the plan and every value. It signs operation {record.step.operation.sequence} too."
    submit_label = "Sign the inspection"
    needs_reauth = True
    meaning = "Accepted"
    done = "Inspection {result.number} is complete and its step is signed."

    def form_kwargs(self):
        is_incoming = self.record.kind == InspectionRecord.INCOMING
        asks = is_incoming and receipt_to_verify(self.record.step) is not None
        return {**super().form_kwargs(), "asks_for_return": asks}

    def act(self, record, data, *, by, token=None):
        answers = ReceiptAnswers(**data) if data else None
        return records.complete(by=by, record=record, token=token, receipt_answers=answers)


class RecordVoid(OfRecord):
    """Set an open inspection aside."""

    roles = DECIDERS
    form_class = ReasonForm
    heading = "Set inspection {record.number} aside"
    lead = "Its values stay readable and count for nothing."
    submit_label = "Set it aside"
    is_danger = True
    done = "Inspection {result.number} is set aside."

    def act(self, record, data, *, by, token=None):
        return records.void(by=by, record=record, reason=data["reason"])


class ResultsFile(FileView):
    """Serve the result file an inspection was filled from."""

    roles = READERS
    model = InspectionRecord

    def stored_file(self, record) -> StoredFile | None:
        return record.source_file
