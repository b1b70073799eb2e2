"""Routes: planned, reviewed, released."""

from __future__ import annotations

from django.db.models import Count, Prefetch

from portal.permissions import SHOP
from portal.views.verbs import RecordListView, RecordView
from routes.domain import route_revisions, setups
from routes.domain.route_contents import altered_since_release
from routes.domain.route_gaps import gaps_of
from routes.domain.setup_comparison import approved_of
from routes.forms import CheckForm, DraftForm, MapNoteForm, OperationForm, ReasonForm, ShopForm
from routes.lock_forms import SetupForm
from routes.models import (
    DrawingNote,
    Operation,
    PlannedCheck,
    ProductionHandoff,
    RouteRevision,
    Setup,
    Traveler,
)
from routes.permissions import PLANNERS
from routes.views import route_plan
from routes.views.pages import ShopVerb, act, crumb, find_words, history_of
from routes.views.parts import RevisionPage


class RouteList(RecordListView):
    """Show the routes, the latest revision first."""

    roles = SHOP
    model = RouteRevision
    template_name = "portal/list.html"
    ordering = ("-id",)

    def queryset_for(self, person):
        return (
            super()
            .queryset_for(person)
            .select_related("part_revision__part__customer", "author")
            .annotate(operation_count=Count("operations"))
        )

    def narrow(self, queryset):
        number = self.asked("q")
        return queryset.filter(part_revision__part__number__icontains=number) if number else queryset

    def context(self, rows):
        return {
            "heading": "Routes",
            "lead": "How parts are made. A released route is frozen; a change is a new revision.",
            "columns": [
                {"key": "number", "label": "Route", "kind": "code", "url_key": "get_absolute_url"},
                {
                    "key": "part_revision",
                    "label": "Part and revision",
                    "note_key": "part_revision.part.name",
                },
                {"key": "part_revision.part.customer.name", "label": "Customer"},
                {"key": "operation_count", "label": "Operations", "kind": "num"},
                {"key": "author.printed_name", "label": "Author"},
                {"key": "state", "label": "State", "kind": "state"},
            ],
            **find_words(
                self.request,
                "Part number contains",
                "No route yet",
                "A route is drafted on the page of a part revision.",
            ),
        }


class RouteDetail(RecordView):
    """Show one route: operations with owners, checks, setups, notes, and what release still lacks."""

    roles = SHOP
    model = RouteRevision
    template_name = "routes/route_detail.html"

    def queryset_for(self, person):
        return (
            super()
            .queryset_for(person)
            .select_related(
                "part_revision__part__customer", "author", "release_signature", "replaces", "route"
            )
        )

    def context(self, record):
        person, is_draft = self.request.user, record.state == RouteRevision.DRAFT
        may_plan = is_draft and person.role in PLANNERS
        operations = list(self.operations(record))
        gaps = [] if record.is_frozen else gaps_of(record)
        rows = route_plan.operation_rows(operations)
        return {
            "facts": self.facts(record),
            "rows": rows,
            "ownership": route_plan.ownership(rows),
            "checks": route_plan.check_rows(record, operations),
            "setups": route_plan.setup_rows(operations),
            "may_propose": record.is_frozen and person.role in PLANNERS,
            "handoffs": ProductionHandoff.objects.filter(route_revision=record).select_related("signature"),
            "notes": route_plan.note_rows(record),
            "clauses": route_plan.clause_rows(record, person),
            "findings": route_plan.findings(gaps, record, may_plan=may_plan),
            "is_draft": is_draft,
            "altered": altered_since_release(record),
            "may_plan": may_plan,
            "acts": self.acts(record, len(gaps)) if person.role in PLANNERS else [],
            "events": history_of(person, "route", record.number),
            "crumbs": [
                crumb("Routes", "route-list"),
                {"label": str(record.part_revision), "url": record.part_revision.get_absolute_url()},
            ],
        }

    def facts(self, record):
        facts = [
            {"label": "State", "state": record.state},
            {
                "label": "Part and revision",
                "value": str(record.part_revision),
                "url": record.part_revision.get_absolute_url(),
            },
            {"label": "Customer", "value": record.part_revision.part.customer.name},
            {"label": "Author", "value": record.author.printed_name},
        ]
        if record.replaces:
            replaced = record.replaces
            facts.append({"label": "Replaces", "value": replaced.number, "url": replaced.get_absolute_url()})
        if record.return_reason:
            facts.append({"label": "Returned because", "value": record.return_reason})
        return facts

    def operations(self, record):
        return (
            record.operations.select_related("specification")
            .prefetch_related(
                "planned_checks__characteristic",
                Prefetch("setups", queryset=Setup.objects.select_related("site", "author")),
                "setups__gauges",
            )
            .order_by("sequence")
        )

    def acts(self, record, gap_count):
        """Return what this reader can do now; a closed act says why."""
        number = record.number
        if record.state == RouteRevision.DRAFT:
            submit = act("Submit to review", "route-submit", is_main=True, number=number)
            return [act("Add an operation", "operation-add", number=number), submit]
        if record.state == RouteRevision.RELEASED:
            return self.handing_over(record)
        if record.state != RouteRevision.IN_REVIEW:
            return []
        release = act("Release", "route-release", is_main=True, number=number)
        if record.author_id == self.request.user.pk:
            release["closed"] = "You wrote this route; another quality engineer releases it."
        elif gap_count:
            release["closed"] = f"{gap_count} gap{'s' if gap_count > 1 else ''} below must be closed first."
        return [act("Return to the author", "route-return", number=number), release]

    def handing_over(self, record):
        """Return the act that hands the part over to production, where prototypes of it were finished."""
        tried = Traveler.objects.filter(
            purpose=Traveler.PROTOTYPE, route_revision__part_revision=record.part_revision_id
        ).exclude(state=Traveler.OPEN)
        if not tried.exists():
            return []
        sign = act("Hand over to production", "handoff-sign", number=record.number)
        if record.author_id == self.request.user.pk:
            sign["closed"] = "You wrote this route; another quality engineer hands the part over to it."
        return [sign]


class RouteDraft(RevisionPage, ShopVerb):
    """Begin the next revision of a route."""

    form_class = DraftForm
    heading = "Draft a route for {record}"
    submit_label = "Draft the route"
    done = "Route {result.number} is drafted. Add its operations next."

    def act(self, record, data, *, by, token=None):
        return route_revisions.draft_revision(by=by, part_revision=record, **data)


class OfRoute(ShopVerb):
    """An act on one route; afterwards its page is shown."""

    model = RouteRevision
    form_class = ShopForm

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("part_revision__part__customer", "route")

    def success_url(self, result):
        return self.cancel_url()


class OperationAdd(OfRoute):
    """Add an operation to a draft."""

    form_class = OperationForm
    heading = "Add an operation to route {record.number}"
    lead = "Each operation has owners: of quality, of timing, and of incoming verification when it leaves the house."
    submit_label = "Add the operation"
    done = "Operation {result.sequence} {result.name} is added."

    def act(self, record, data, *, by, token=None):
        return route_revisions.add_operation(by=by, route_revision=record, **data)


class RouteSubmit(OfRoute):
    """Hand a draft to review."""

    heading = "Submit route {record.number} to review"
    lead = "Somebody other than its author releases it."
    submit_label = "Submit to review"
    done = "Route {result.number} is in review."

    def act(self, record, data, *, by, token=None):
        return route_revisions.submit(by=by, route_revision=record)


class RouteReturn(OfRoute):
    """Give a route back to its author."""

    form_class = ReasonForm
    heading = "Return route {record.number} to its author"
    submit_label = "Return it"
    done = "Route {result.number} is a draft again."

    def act(self, record, data, *, by, token=None):
        return route_revisions.return_to_author(by=by, route_revision=record, **data)


class RouteRelease(OfRoute):
    """Release a route for production."""

    heading = "Release route {record.number}"
    lead = "From then on it changes no more. The revision released before is superseded."
    submit_label = "Release the route"
    done = "Route {result.number} is released."
    needs_reauth = True
    meaning = "Approved for production"

    def act(self, record, data, *, by, token=None):
        return route_revisions.release(by=by, route_revision=record, token=token)


class OfOperation(ShopVerb):
    """An act on one operation of a draft; afterwards the route is shown."""

    model = Operation
    lookup = {"number": "route_revision__number", "sequence": "sequence"}

    def queryset_for(self, person):
        return (
            super()
            .queryset_for(person)
            .select_related("route_revision__part_revision", "route_revision__route__part__customer")
        )

    def cancel_url(self):
        return self.record.route_revision.get_absolute_url()

    def success_url(self, result):
        return self.cancel_url()


class CheckPlan(OfOperation):
    """Plan to check a characteristic at an operation."""

    form_class = CheckForm
    heading = "Plan a check at operation {record.sequence} {record.name}"
    submit_label = "Plan the check"
    done = "Balloon {result.characteristic.balloon} is checked at operation {record.sequence}."

    def get_initial(self):
        asked = {name: self.request.GET.get(name, "").replace("\x00", "") for name in ("balloon", "side")}
        revision = self.record.route_revision.part_revision
        found = revision.characteristics.filter(balloon=asked["balloon"]).first()
        side = asked["side"] if asked["side"] in dict(PlannedCheck.SIDES) else PlannedCheck.BEFORE
        return {"characteristic": found, "side": side}

    def act(self, record, data, *, by, token=None):
        return route_revisions.plan_check(by=by, operation=record, **data)


class SetupApprove(OfOperation):
    """Approve the setup of a machine operation."""

    form_class = SetupForm
    heading = "Approve the setup of operation {record.sequence} {record.name}"
    lead = (
        "It is locked when the route is released; every later run is compared with it. Under another name it stands "
        "beside the setups approved before."
    )
    submit_label = "Approve the setup"
    done = "The setup of operation {record.sequence} is approved."

    def get_initial(self):
        asked = self.request.GET.get("name", "").replace("\x00", "").strip()
        setup = next((each for each in approved_of(self.record) if each.name == asked), None)
        if setup is None:
            return {"name": asked}
        offsets = "\n".join(f"{name} = {value}" for name, value in setup.offsets.items())
        return {
            "name": setup.name,
            "site": setup.site,
            "machine": setup.machine,
            "fixture": setup.fixture,
            "fixture_revision": setup.fixture_revision,
            "offsets": offsets,
            "gauges": setup.gauges.all(),
            "notes": setup.notes,
        }

    def act(self, record, data, *, by, token=None):
        program = data.pop("nc_program")
        return setups.approve_setup(
            by=by,
            operation=record,
            nc_program=program.read() if program else None,
            nc_program_name=program.name if program else "",
            **data,
        )


class OfNote(OfRoute):
    """An act on the answer a route gives to one drawing note."""

    def get_record(self, person):
        record = super().get_record(person)
        self.note = DrawingNote.objects.for_viewer(person).get_visible_or_404(
            person, part_revision=record.part_revision_id, note_number=self.kwargs["note"]
        )
        return record

    def get_heading(self):
        return self.heading.format(record=self.record, note=self.note)

    def get_lead(self):
        return self.note.text

    def message(self, result):
        return f"Note {self.note.note_number} is answered."


class NoteMap(OfNote):
    """Name the operation or document that answers a note."""

    form_class = MapNoteForm
    heading = "What answers note {note.note_number}?"
    submit_label = "Map the note"

    def act(self, record, data, *, by, token=None):
        return route_revisions.map_note(by=by, route_revision=record, note=self.note, **data)


class NoteNotApplicable(OfNote):
    """Sign that a note does not apply."""

    form_class = ReasonForm
    heading = "Note {note.note_number} does not apply"
    submit_label = "Sign that it does not apply"
    needs_reauth = True
    meaning = "Reviewed, not applicable"

    def act(self, record, data, *, by, token=None):
        return route_revisions.map_note(
            by=by, route_revision=record, note=self.note, not_applicable_reason=data["reason"], token=token
        )
