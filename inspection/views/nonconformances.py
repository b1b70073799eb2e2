"""What is not to the drawing: the list, one nonconformance, and what is decided about it."""

from __future__ import annotations

from django.db.models import Q
from django.urls import reverse

from inspection.domain import concession_requests, nonconformances
from inspection.forms import ConcessionForm, DispositionForm, NonconformanceForm
from inspection.models import Concession, ConcessionRequest, Nonconformance
from inspection.permissions import DECIDERS, MEASURERS, READERS, REPORTERS, REQUEST_READERS
from inspection.views.finding_records import written
from inspection.views.pages import act, acts_for, crumb, link
from portal.domain.files import take_in
from portal.domain.reversals import reversals_of
from portal.models import StoredFile
from portal.views.files import FileView
from portal.views.verbs import RecordListView, RecordView
from routes.models import Traveler
from routes.views.pages import ShopVerb, history_of


class NonconformanceList(RecordListView):
    """Show the nonconformances, the latest first; those nobody decided are tinted."""

    roles = READERS
    model = Nonconformance
    template_name = "portal/list.html"
    ordering = ("-id",)

    def queryset_for(self, person):
        return (
            super()
            .queryset_for(person)
            .select_related("traveler__route_revision__part_revision__part", "characteristic", "opened_by")
        )

    def narrow(self, queryset):
        number = self.asked("q").upper()
        if number:
            queryset = queryset.filter(Q(number__startswith=number) | Q(traveler__number__startswith=number))
        if self.asked("state") == Nonconformance.OPEN:
            queryset = queryset.filter(state=Nonconformance.OPEN)
        return queryset

    def context(self, rows):
        for row in rows:
            row.tone = "bad" if row.state == Nonconformance.OPEN else ""
            row.stands = "undecided" if row.state == Nonconformance.OPEN else row.state
            row.summary = row.description.splitlines()[0][:160]
        return {
            "heading": "Nonconformances",
            "lead": "Pieces that are not to the drawing stand in a lot of their own until somebody decides.",
            "columns": [
                {"key": "number", "label": "Number", "kind": "code", "url_key": "get_absolute_url"},
                {
                    "key": "traveler.number",
                    "label": "Lot",
                    "kind": "code",
                    "url_key": "traveler.get_absolute_url",
                    "note_key": "traveler.route_revision.part_revision",
                },
                {"key": "summary", "label": "What is not to the drawing"},
                {"key": "quantity", "label": "Pieces", "kind": "num"},
                {"key": "opened_at", "label": "Opened", "kind": "moment"},
                {"key": "get_disposition_display", "label": "Decision", "empty": "none yet"},
                {"key": "stands", "label": "State", "kind": "state"},
            ],
            "acts": [act("Repeat findings", "finding-counts")],
            "empty_heading": "No nonconformance",
            "empty_sentence": "A failing value opens one by itself; anything else is reported from the lot.",
        }


class NonconformanceDetail(RecordView):
    """Show one nonconformance: what was found, where the pieces stand, concessions, the signed decision."""

    roles = REQUEST_READERS
    model = Nonconformance
    template_name = "inspection/nonconformance_detail.html"

    def queryset_for(self, person):
        return (
            super()
            .queryset_for(person)
            .select_related(
                "traveler__order_line",
                "found_on_traveler",
                "characteristic",
                "measurement__record",
                "opened_by",
                "disposition_signature",
            )
        )

    def context(self, record):
        is_undecided = record.state == Nonconformance.OPEN
        return {
            "facts": self.facts(record),
            "concessions": record.concessions.select_related("evidence", "request"),
            "finding": written(record),
            "containment": record.containment.select_related("checked_by"),
            "record_acts": acts_for(
                self.request.user,
                (REPORTERS, act("Write it", "finding-record-write", number=record.number)),
                (REPORTERS, act("Looked elsewhere", "containment-record", number=record.number)),
            ),
            "shipped": concession_requests.shipped_under(record),
            "allowed": sum(each.quantity_limit for each in record.concessions.all()),
            "requests": record.concession_requests.order_by("pk"),
            "actions": record.corrective_actions.order_by("pk"),
            "is_undecided": is_undecided,
            "is_conceded": is_undecided and nonconformances.is_conceded(record),
            "acts": self.acts(record),
            "reversals": reversals_of("nonconformance", record.number),
            "events": history_of(self.request.user, "nonconformance", record.number),
            "crumbs": [self.crumb()],
        }

    def crumb(self) -> dict[str, str]:
        """Return the way back: a customer has requests for concessions, not the shop's list."""
        if self.request.user.role in READERS:
            return crumb("Nonconformances", "nonconformance-list")
        return crumb("Concessions", "concession-request-list")

    def facts(self, record):
        is_undecided = record.state == Nonconformance.OPEN
        facts = [
            {"label": "State", "state": "undecided" if is_undecided else record.state},
            link("Pieces stand in lot", record.traveler),
            {"label": "Pieces", "value": record.quantity},
            {"label": "Serials", "value": ", ".join(record.serials) or "none", "is_code": True},
            {"label": "Opened by", "value": record.opened_by.printed_name},
            {"label": "Opened", "value": f"{record.opened_at:%-d %b %Y %H:%M} UTC"},
        ]
        if record.found_on_traveler_id != record.traveler_id:
            facts.insert(2, link("Found on lot", record.found_on_traveler))
        if each := record.characteristic:
            facts.append({"label": "Characteristic", "value": f"{each.balloon} {each.name}"})
        if record.measurement:
            facts.append(link("Inspection", record.measurement.record))
        if not self.request.user.is_shop:
            # the lot and the inspection have no page for the customer
            return [{key: value for key, value in each.items() if key != "url"} for each in facts]
        return facts

    def acts(self, record):
        number, person = record.number, self.request.user
        opened = {
            "label": "Open a corrective action",
            "url": f"{reverse('inspection:corrective-action-open')}?noun=nonconformance&number={number}",
        }
        always = [
            *acts_for(person, (REQUEST_READERS, act("Print", "nonconformance-print", number=number))),
            *acts_for(person, (DECIDERS, opened)),
        ]
        return [*always, *self.deciding(record)]

    def deciding(self, record):
        number, person = record.number, self.request.user
        if record.state == Nonconformance.OPEN:
            permits = record.traveler.order_line.permit_requests.filter(state=ConcessionRequest.GRANTED)
            permit = (DECIDERS, act("Use a permit", "permit-draw", number=number))
            is_asked = record.concession_requests.filter(state=ConcessionRequest.REQUESTED).exists()
            ask = (DECIDERS, act("Ask for a concession", "concession-ask", number=number))
            return acts_for(
                person,
                (DECIDERS, act("Record a concession", "nonconformance-concede", number=number)),
                *([permit] if permits.exists() else []),
                *([] if is_asked else [ask]),
                (DECIDERS, act("Decide", "nonconformance-disposition", is_main=True, number=number)),
            )
        undo = (DECIDERS, act("Undo the decision", "nonconformance-undo", number=number))
        undo = [undo] if record.disposition_signature.person_id != person.pk else []
        if record.state == Nonconformance.DISPOSITIONED:
            close = (MEASURERS, act("Close", "nonconformance-close", is_main=True, number=number))
            return acts_for(person, close, *undo)
        return acts_for(person, *undo)


class NonconformanceOpen(ShopVerb):
    """Report pieces of a lot that are not to the drawing."""

    roles = REPORTERS
    model = Traveler
    form_class = NonconformanceForm
    heading = "Report a nonconformance on lot {record.number}"
    lead = "The pieces are set apart into a lot of their own until somebody decides."
    submit_label = "Report it"
    done = "{result.number} is open; its pieces stand in lot {result.traveler.number}."

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("route_revision__part_revision__part")

    def act(self, record, data, *, by, token=None):
        data["serials"] = tuple(data["serials"])
        return nonconformances.open_nonconformance(by=by, traveler=record, **data)


class OfNonconformance(ShopVerb):
    """An act on one nonconformance; afterwards its page is shown."""

    roles = DECIDERS
    model = Nonconformance

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("traveler__route_revision")

    def success_url(self, result):
        return self.cancel_url()


class NonconformanceDisposition(OfNonconformance):
    """Decide what happens to the pieces."""

    form_class = DispositionForm
    heading = "Decide {record.number}"
    lead = "Lot {record.traveler.number}, quantity {record.quantity}. {record.description}"
    submit_label = "Sign the decision"
    needs_reauth = True
    meaning = "Dispositioned"

    def act(self, record, data, *, by, token=None):
        data["rework_operations"] = tuple(data["rework_operations"])
        return nonconformances.disposition(by=by, nonconformance=record, token=token, **data)

    def message(self, result):
        return f"{result.number} is decided: {result.get_disposition_display().lower()}."


class NonconformanceConcede(OfNonconformance):
    """Record the design authority's permission."""

    form_class = ConcessionForm
    heading = "Record a concession for {record.number}"
    lead = "The written permission of the design authority to use or repair these pieces, with its limits."
    submit_label = "Record the concession"
    done = "Concession {result.number} is recorded."

    def act(self, record, data, *, by, token=None):
        letter = data.pop("letter")
        evidence = take_in(content=letter.read(), name=letter.name, by=by) if letter else None
        data["serials"] = tuple(data["serials"])
        return nonconformances.add_concession(by=by, nonconformance=record, evidence=evidence, **data)


class NonconformanceClose(OfNonconformance):
    """Close a decided nonconformance."""

    roles = MEASURERS
    heading = "Close {record.number}"
    lead = "Decided: {record.disposition_reason} Close it once what was decided is done."
    submit_label = "Close it"
    done = "{result.number} is closed."

    def form_kwargs(self):
        return {}

    def act(self, record, data, *, by, token=None):
        return nonconformances.close(by=by, nonconformance=record)


class ConcessionLetter(FileView):
    """Serve the letter behind a concession."""

    roles = READERS
    model = Concession
    is_inline = True

    def stored_file(self, record) -> StoredFile | None:
        return record.evidence
