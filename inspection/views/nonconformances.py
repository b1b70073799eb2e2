"""Nonconformances: what was found, what was decided, by whose permission."""

from __future__ import annotations

from inspection.domain import nonconformances
from inspection.forms import ConcessionForm, DispositionForm, NonconformanceForm
from inspection.models import Concession, Nonconformance
from inspection.permissions import DECIDERS, FINDERS, MEASURERS
from portal.domain.files import take_in
from portal.permissions import SHOP
from portal.views.files import FileView
from portal.views.verbs import RecordListView, RecordView
from routes.models import Traveler
from subcontract.forms import PersonForm
from subcontract.views.pages import PersonVerb, act, crumb, history_of


class NonconformanceList(RecordListView):
    """Show the nonconformances, the open ones first."""

    roles = SHOP
    model = Nonconformance
    template_name = "portal/list.html"
    ordering = ("-state", "-id")

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("traveler", "characteristic")

    def context(self, rows):
        return {
            "heading": "Nonconformances",
            "lead": "Pieces that are not to the drawing stand in a lot of their own until they are decided.",
            "columns": [
                {"key": "number", "label": "Number", "kind": "code", "url_key": "get_absolute_url"},
                {"key": "traveler", "label": "Lot", "kind": "code", "url_key": "traveler.get_absolute_url"},
                {"key": "description", "label": "What was found"},
                {"key": "quantity", "label": "Pieces", "kind": "num"},
                {"key": "get_disposition_display", "label": "Decision", "empty": "not decided"},
                {"key": "state", "label": "State", "kind": "state"},
            ],
            "empty_heading": "No nonconformance",
            "empty_sentence": "A value outside its limits opens one at once; one can also be opened on the page of a lot.",
        }


class NonconformanceDetail(RecordView):
    """Show one nonconformance with its decision and concessions."""

    roles = SHOP
    model = Nonconformance
    template_name = "inspection/nonconformance_detail.html"

    def queryset_for(self, person):
        return (
            super()
            .queryset_for(person)
            .select_related(
                "traveler",
                "found_on_traveler",
                "characteristic",
                "measurement__record",
                "opened_by",
                "disposition_signature",
            )
        )

    def context(self, record):
        person = self.request.user
        facts = [
            {"label": "State", "state": record.state},
            {"label": "Lot", "value": record.traveler.number, "url": record.traveler.get_absolute_url()},
            {
                "label": "Found on",
                "value": record.found_on_traveler.number,
                "url": record.found_on_traveler.get_absolute_url(),
            },
            {"label": "Pieces", "value": record.quantity},
            {"label": "Serials", "value": ", ".join(record.serials) or "none", "is_code": True},
            {"label": "Opened by", "value": record.opened_by.printed_name},
        ]
        if record.measurement:
            inspection = record.measurement.record
            facts.append(
                {"label": "Measured in", "value": inspection.number, "url": inspection.get_absolute_url()}
            )
        return {
            "facts": facts,
            "concessions": record.concessions.select_related("evidence").order_by("pk"),
            "acts": self.acts(record, person),
            "events": history_of(person, "nonconformance", record.number),
            "crumbs": [crumb("Nonconformances", "inspection:nonconformance-list")],
        }

    def acts(self, record, person):
        offered = {
            Nonconformance.OPEN: [
                ("Record a concession", "nonconformance-concede", DECIDERS),
                ("Decide", "nonconformance-disposition", DECIDERS),
            ],
            Nonconformance.DISPOSITIONED: [("Close", "nonconformance-close", MEASURERS)],
        }.get(record.state, [])
        return [
            act(label, f"inspection:{name}", is_main=not name.endswith("concede"), number=record.number)
            for label, name, roles in offered
            if person.role in roles
        ]


class NonconformanceOpen(PersonVerb):
    """Set pieces of a lot apart."""

    roles = FINDERS
    model = Traveler
    form_class = NonconformanceForm
    heading = "Open a nonconformance on lot {record.number}"
    lead = "The pieces become a lot of their own, which stops until somebody decides; the rest goes on."
    submit_label = "Set apart"
    done = "{result.number} is open; its pieces are lot {result.traveler.number}."

    def act(self, record, data, *, by, token=None):
        data["serials"] = tuple(data["serials"])
        return nonconformances.open_nonconformance(by=by, traveler=record, **data)


class NonconformanceConcede(PersonVerb):
    """Record the design authority's permission."""

    roles = DECIDERS
    model = Nonconformance
    form_class = ConcessionForm
    heading = "Record a concession for {record.number}"
    lead = "The customer's design authority allows these pieces as they are, or repaired, within limits."
    submit_label = "Record"
    done = "The concession is recorded with {record.number}."

    def act(self, record, data, *, by, token=None):
        letter = data.pop("evidence")
        data["serials"] = tuple(data["serials"])
        stored = take_in(content=letter.read(), name=letter.name, by=by) if letter else None
        return nonconformances.add_concession(by=by, nonconformance=record, evidence=stored, **data)


class ConcessionEvidence(FileView):
    """Serve the customer's letter."""

    roles = SHOP
    model = Concession
    is_inline = True

    def stored_file(self, record):
        return record.evidence


class NonconformanceDisposition(PersonVerb):
    """Decide what happens to the pieces, signed."""

    roles = DECIDERS
    model = Nonconformance
    form_class = DispositionForm
    heading = "Decide {record.number}"
    lead = "Use as is and repair need a concession for every piece. Scrap and return leave the lot for good."
    submit_label = "Decide"
    needs_reauth = True
    meaning = "I decide so on these pieces."
    done = "{result.number} is decided."

    def act(self, record, data, *, by, token=None):
        return nonconformances.disposition(by=by, nonconformance=record, token=token, **data)


class NonconformanceClose(PersonVerb):
    """Close a decided nonconformance."""

    roles = MEASURERS
    model = Nonconformance
    form_class = PersonForm
    heading = "Close {record.number}"
    lead = "What was decided has been done."
    submit_label = "Close"
    done = "{result.number} is closed."

    def act(self, record, data, *, by, token=None):
        return nonconformances.close(by=by, nonconformance=record)
