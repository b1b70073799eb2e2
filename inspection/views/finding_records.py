"""The record behind a nonconformance: written, contained, printed; the codes, and how often each was found."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from inspection.domain import finding_records
from inspection.finding_forms import CodeForm, ContainmentForm, FindingRecordForm
from inspection.models import FindingCode, FindingRecord, Nonconformance
from inspection.permissions import DECIDERS, READERS, REPORTERS, REQUEST_READERS
from inspection.views.pages import act, acts_for, crumb
from portal.models import Organization
from portal.views.doors import LIST
from portal.views.verbs import RecordListView, RecordView
from routes.views.pages import ShopVerb

YEAR = timedelta(days=365)


class OfFindingRecord(ShopVerb):
    """An act on one nonconformance; afterwards its page."""

    roles = REPORTERS
    model = Nonconformance

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("traveler", "characteristic", "measurement")

    def success_url(self, result):
        return self.cancel_url()


class FindingRecordWrite(OfFindingRecord):
    """Write the record of a nonconformance."""

    form_class = FindingRecordForm
    heading = "Write the record of {record.number}"
    lead = "{record.description}"
    submit_label = "Save the record"
    done = "The record of {record.number} is written."

    def get_initial(self):
        found = self.record
        if there := FindingRecord.objects.filter(nonconformance=found).first():
            names = (
                "detected_at",
                "requirement",
                "actual",
                "quantity_checked",
                "party",
                "customer_reference",
            )
            codes = {name: getattr(there, name) for name in ("defect", "process", "cause", "organization")}
            return {name: getattr(there, name) for name in names} | codes
        said = {"quantity_checked": found.quantity}
        if found.characteristic:
            said["requirement"] = found.characteristic.requirement
        if found.measurement and found.measurement.value is not None:
            said["actual"] = f"{found.measurement.value.normalize():f} {found.characteristic.unit}".strip()
        return said

    def act(self, record, data, *, by, token=None):
        return finding_records.write_record(by=by, nonconformance=record, **data)


class ContainmentRecord(OfFindingRecord):
    """Say where else the same finding was looked for."""

    form_class = ContainmentForm
    heading = "Where else was {record.number} looked for?"
    lead = "{record.description}"
    submit_label = "Record it"

    def act(self, record, data, *, by, token=None):
        return finding_records.record_containment(by=by, nonconformance=record, **data)

    def message(self, result):
        return f"{result.get_place_display()} was looked at on {result.checked_on:%-d %b %Y}."


class NonconformancePrint(RecordView):
    """Show the record of a nonconformance as a sheet of paper."""

    roles = REQUEST_READERS
    model = Nonconformance
    template_name = "inspection/nonconformance_print.html"

    def queryset_for(self, person):
        return (
            super()
            .queryset_for(person)
            .select_related(
                "traveler__route_revision__part_revision__part",
                "traveler__order_line__order__customer",
                "found_on_traveler",
                "characteristic",
                "opened_by",
                "disposition_signature",
            )
        )

    def context(self, record):
        return {
            "shop": Organization.objects.filter(kind=Organization.SHOP).first(),
            "line": record.traveler.order_line,
            "revision": record.traveler.route_revision.part_revision,
            "finding": written(record),
            "containment": record.containment.select_related("checked_by"),
            "concessions": record.concessions.all(),
            "actions": record.corrective_actions.order_by("pk"),
            "printed_at": timezone.now(),
        }


def written(record: Nonconformance) -> FindingRecord | None:
    """Return the record behind a nonconformance with its codes, if somebody wrote it."""
    found = FindingRecord.objects.filter(nonconformance=record)
    return found.select_related("defect", "process", "cause", "organization", "written_by").first()


class FindingCounts(RecordListView):
    """Show how often each code, part and vendor came up in the last year, and of how many."""

    roles = READERS
    model = FindingRecord
    template_name = "inspection/finding_counts.html"

    def context(self, rows):
        since = timezone.localdate() - YEAR
        return {
            "since": since,
            "tables": [
                ("By defect code", finding_records.counts_by_code(since)),
                ("By part", finding_records.counts_by_part(since)),
                ("By vendor", finding_records.counts_by_vendor(since)),
            ],
            "acts": [act("Codes", "finding-code-list")],
            "crumbs": [crumb("Nonconformances", "nonconformance-list")],
        }


class FindingCodeList(RecordListView):
    """Show the shop's catalogue of codes."""

    roles = READERS
    model = FindingCode
    template_name = "portal/list.html"
    ordering = ("kind", "code")

    def context(self, rows):
        may = self.request.user.role in DECIDERS
        for row in rows:
            row.state = "in_force" if row.is_active else "retired"
            row.retire = "Retire" if may and row.is_active else ""
            row.retire_url = reverse("inspection:finding-code-retire", args=[row.kind, row.code])
        retire = {"key": "retire", "label": "Act", "url_key": "retire_url", "empty": "none"}
        return {
            "heading": "Codes of findings",
            "lead": "The shop's own words to count findings by: what is wrong, where it arose, why.",
            "columns": [
                {"key": "code", "label": "Code", "kind": "code"},
                {"key": "get_kind_display", "label": "Kind"},
                {"key": "words", "label": "Words"},
                {"key": "state", "label": "State", "kind": "state"},
                *([retire] if may else []),
            ],
            "acts": acts_for(
                self.request.user, (DECIDERS, act("Add a code", "finding-code-add", is_main=True))
            ),
            "crumbs": [crumb("Nonconformances", "nonconformance-list")],
            "empty_heading": "No code yet",
            "empty_sentence": "Quality adds the codes the shop counts its findings by.",
        }


class FindingCodeAdd(ShopVerb):
    """Add a code."""

    scope = LIST
    roles = DECIDERS
    form_class = CodeForm
    heading = "Add a code"
    submit_label = "Add the code"
    done = "Code {result.code} is known."

    def act(self, record, data, *, by, token=None):
        return finding_records.add_code(by=by, **data)

    def cancel_url(self):
        return reverse("inspection:finding-code-list")

    def success_url(self, result):
        return self.cancel_url()


class FindingCodeRetire(ShopVerb):
    """Offer a code no more."""

    roles = DECIDERS
    model = FindingCode
    lookup = {"kind": "kind", "code": "code"}
    heading = "Retire code {record.code}"
    lead = "{record.words}. Records that carry it keep it."
    submit_label = "Retire it"
    done = "Code {record.code} is retired."
    is_danger = True

    def form_kwargs(self):
        return {}

    def act(self, record, data, *, by, token=None):
        return finding_records.retire_code(by=by, code=record)

    def cancel_url(self):
        return reverse("inspection:finding-code-list")

    def get_crumbs(self):
        return [crumb("Codes of findings", "finding-code-list")]

    def success_url(self, result):
        return self.cancel_url()
