"""The shop floor on a shared tablet: the next steps, one step at a time, signed with badge and PIN.

The tablet itself is signed in as somebody of the shop; every act names the person of the badge. The badge stays
read for ten minutes after the tablet was last used, the PIN is asked for every act.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from portal.domain import pins
from portal.domain.errors import Refused
from portal.domain.files import may_see_label
from portal.models import Person
from portal.views.doors import SELF, Door
from portal.views.entrance import address_of
from portal.views.verbs import RecordListView, RecordView
from routes.domain import floor, gauges, holds, lots, materials, quantities, serials, setups, travelers
from routes.domain.amended import redlines_of
from routes.domain.setup_comparison import approved_of
from routes.floor_forms import (
    TabletIssueForm,
    TabletReasonForm,
    TabletScrapForm,
    TabletSetupForm,
    TabletSignForm,
)
from routes.models import Operation, PlannedCheck, QuantityMove, Traveler, TravelerStep
from routes.permissions import FLOOR
from routes.views.pages import ShopVerb, act, crumb
from routes.views.steps import said_of_run

BADGE = "badge_at_tablet"


class Tablet:
    """What every page of the floor knows: whose badge was read here, and for how long it counts."""

    request: HttpRequest

    @cached_property
    def holder(self) -> Person | None:
        """The person whose badge still counts; looking at a page of the floor keeps it for ten minutes more."""
        kept = self.request.session.get(BADGE)
        if kept is None:
            return None
        seen_at = datetime.fromtimestamp(kept["seen"], UTC)
        person = Person.objects.filter(pk=kept["person"], is_active=True).exclude(pin="").first()
        if person is None or not pins.is_still_at_tablet(seen_at=seen_at):
            del self.request.session[BADGE]
            return None
        self.keep_badge(person)
        return person

    def keep_badge(self, person: Person) -> None:
        self.request.session[BADGE] = {"person": person.pk, "seen": int(timezone.now().timestamp())}


class FloorList(Tablet, RecordListView):
    """Show the steps that can be signed now, the earliest due first; what is scanned leads to its page."""

    roles = FLOOR
    model = TravelerStep
    template_name = "routes/floor_list.html"
    ordering = ("is_held", "traveler__order_line__due_on", "traveler__number")

    def get(self, request, *args, **kwargs):
        scanned = self.asked("scan")
        if not scanned:
            return super().get(request, *args, **kwargs)
        try:
            found = floor.find_scanned(by=request.user, scanned=scanned)
        except Refused as refusal:
            messages.error(request, refusal.sentence)
            return HttpResponseRedirect(reverse("routes:floor"))
        name = "floor-step" if isinstance(found, TravelerStep) else "floor-lot"
        return HttpResponseRedirect(reverse(f"routes:{name}", kwargs={"number": found.number}))

    def queryset_for(self, person) -> QuerySet:
        return floor.next_steps(person)

    def narrow(self, queryset):
        place = self.asked("place")
        return queryset.filter(operation__work_center=place) if place else queryset

    def context(self, rows):
        person, today = self.request.user, timezone.localdate()
        pieces = dict(
            Traveler.objects.for_viewer(person)
            .filter(pk__in=[row.traveler_id for row in rows])
            .with_quantity()
            .values_list("pk", "quantity_now")
        )
        for row in rows:
            row.pieces = pieces[row.traveler_id]
            row.is_late = row.traveler.order_line.due_on < today
        places = floor.next_steps(person).order_by("operation__work_center")
        names = places.values_list("operation__work_center", flat=True).distinct()
        return {
            "holder": self.holder,
            "ready": [row for row in rows if not row.is_held],
            "held": [row for row in rows if row.is_held],
            "place": self.asked("place"),
            "places": [name for name in names if name],
        }


class FloorLot(Tablet, RecordView):
    """Lead from the square on a traveler to the step the lot stands at."""

    roles = FLOOR
    model = Traveler
    template_name = "routes/floor_lot.html"

    def get(self, request, *args, **kwargs):
        step = lots.current_step(self.record)
        if step is None or step.traveler_id != self.record.pk:
            return super().get(request, *args, **kwargs)
        return HttpResponseRedirect(reverse("routes:floor-step", kwargs={"number": step.number}))

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("route_revision__part_revision__part")

    def context(self, record):
        return {"holder": self.holder, "pieces": lots.quantity_of(record)}


class OfFloorStep(Tablet):
    """How the pages of one step fetch it."""

    roles = FLOOR
    model = TravelerStep

    def queryset_for(self, person):
        return (
            super()
            .queryset_for(person)
            .select_related(
                "traveler__order_line__order__customer",
                "traveler__material_lot",
                "operation__specification",
                "traveler__route_revision__part_revision__part",
                "traveler__route_revision__part_revision__drawing__label",
                "signature",
            )
        )


class FloorStep(OfFloorStep, RecordView):
    """Show everything one step needs, and the acts that can be done at it."""

    template_name = "routes/floor_step.html"

    def context(self, record):
        lot, operation = record.traveler, record.operation
        revision = lot.route_revision.part_revision
        stops = floor.what_stops(record)
        pieces = lots.quantity_of(lot)
        return {
            "holder": self.holder,
            "lot": lot,
            "operation": operation,
            "revision": revision,
            "facts": self.facts(record, pieces),
            "serials": serials.as_ranges(lots.serials_of(lot)),
            "stops": stops,
            "form": None if stops else self.sign_form(record, pieces),
            "acts": self.acts(record, is_open=lot.state in (Traveler.OPEN, Traveler.COMPLETE)),
            "setups": self.approved_setups(operation),
            "runs": record.setup_runs.select_related("recorded_by", "setup").prefetch_related("differences"),
            "checks": self.checks(lot, operation),
            "redlines": redlines_of(record),
            "drawing": self.drawing(revision),
            "neighbours": self.neighbours(lot, record),
            "crumbs": [crumb("Floor", "floor")],
        }

    def facts(self, record, pieces):
        lot, line = record.traveler, record.traveler.order_line
        material = lot.material_lot
        return [
            {"label": "Lot", "value": lot.number, "url": lot.get_absolute_url(), "is_code": True},
            {"label": "Pieces", "value": pieces},
            {"label": "Customer", "value": line.order.customer.name},
            {"label": "Due", "value": line.due_on.strftime("%a %-d %b %Y")},
            {"label": "Material", "value": str(material) if material else "not issued yet"},
            {"label": "Place", "value": record.operation.work_center or "any"},
        ]

    def sign_form(self, record, pieces):
        return TabletSignForm(
            person=self.request.user,
            record=record,
            is_badge_needed=self.holder is None,
            initial={"quantity_out": pieces},
        )

    def acts(self, record, *, is_open):
        if not is_open:
            return []
        number, operation = record.number, record.operation
        acts = [
            act("Record scrap", "floor-scrap", number=number),
            act("Hold the lot", "floor-hold", number=number),
        ]
        if approved_of(operation) and record.state == TravelerStep.WAITING:
            acts.insert(0, act("Record the setup", "floor-setup", number=number))
        is_bare = operation.kind == Operation.MATERIAL and record.traveler.material_lot_id is None
        if is_bare and record.state == TravelerStep.WAITING:
            acts.insert(0, act("Issue material", "floor-issue", is_main=True, number=number))
        return acts

    def approved_setups(self, operation):
        """Return the approved setups with each gauge's calibration today."""
        today = timezone.localdate()
        return [
            {
                "locked": setup,
                "gauges": [
                    {"gauge": gauge, "is_good": gauges.is_calibrated(gauge, today)}
                    for gauge in setup.gauges.all()
                ],
            }
            for setup in approved_of(operation)
        ]

    def checks(self, lot, operation):
        """Return what is measured at this operation, or at the next one that measures."""
        planned = PlannedCheck.objects.filter(
            operation__route_revision=lot.route_revision_id, operation__sequence__gte=operation.sequence
        )
        rows = list(
            planned.select_related("characteristic", "operation").order_by(
                "operation__sequence", "characteristic__position"
            )
        )
        first = rows[0].operation.sequence if rows else None
        return [row for row in rows if row.operation.sequence == first]

    def drawing(self, revision):
        stored = revision.drawing
        if stored is None:
            return None
        count = min(stored.look.get("page_count") or 1, 20)
        return {
            "is_open": may_see_label(self.request.user, stored.label),
            "pages": range(1, count + 1),
            "number": revision.part.number,
            "revision": revision.revision,
        }

    def neighbours(self, lot, record):
        steps = lots.steps_of(lot)
        place = next((at for at, step in enumerate(steps) if step.pk == record.pk), None)
        if place is None:
            return {}
        return {
            "before": steps[place - 1] if place else None,
            "after": steps[place + 1] if place + 1 < len(steps) else None,
        }


class TabletVerb(OfFloorStep, ShopVerb):
    """An act at the tablet, done by the person of the badge and proved by the PIN."""

    template_name = "routes/floor_act.html"

    def form_kwargs(self):
        return {**super().form_kwargs(), "is_badge_needed": self.holder is None}

    def act(self, record, data, *, by, token=None):
        address = address_of(self.request)
        pin = data.pop("pin")
        if badge_number := data.pop("badge_number", ""):
            person, token = pins.begin_at_tablet(badge_number=badge_number, pin=pin, address=address)
        else:
            person, token = self.holder, pins.confirm_pin(person=self.holder, pin=pin, address=address)
        self.keep_badge(person)
        return self.act_as(person, record, data, token=token)

    def act_as(self, person: Person, record, data: dict[str, Any], *, token: str):
        """Make the one domain call in the name of the person of the badge."""
        raise NotImplementedError

    def context(self, record):
        return {"holder": self.holder, "crumbs": [crumb("Floor", "floor")]}

    def cancel_url(self):
        return reverse("routes:floor-step", kwargs={"number": self.record.number})

    def success_url(self, result):
        return self.cancel_url()


class FloorSign(TabletVerb):
    """Sign a step at the tablet."""

    form_class = TabletSignForm
    heading = "Sign {record.operation.sequence} {record.operation.name}"
    lead = "Lot {record.traveler.number}. Your signature says that you did this operation."
    submit_label = "Sign the step"
    done = "Step {result.number} is signed by {result.signature.printed_name}."

    def get_initial(self):
        return {"quantity_out": lots.quantity_of(self.record.traveler)}

    def act_as(self, person, record, data, *, token):
        return travelers.sign_step(by=person, step=record, token=token, quantity_out=data["quantity_out"])

    def success_url(self, result):
        return reverse("routes:floor-lot", kwargs={"number": self.record.traveler.number})


class FloorScrap(TabletVerb):
    """Record scrapped pieces at the tablet."""

    form_class = TabletScrapForm
    heading = "Scrap pieces of lot {record.traveler.number}"
    lead = "What is recorded stays. Another person must have seen it."
    submit_label = "Record the scrap"
    is_danger = True

    def act_as(self, person, record, data, *, token):
        return quantities.record_quantity_move(
            by=person, traveler=record.traveler, kind=QuantityMove.SCRAPPED, step=record, **data
        )

    def message(self, result):
        piece = "piece is" if result.quantity == 1 else "pieces are"
        return f"{result.quantity} {piece} scrapped from lot {self.record.traveler.number}."

    def success_url(self, result):
        return reverse("routes:floor-lot", kwargs={"number": self.record.traveler.number})


class FloorHold(TabletVerb):
    """Stop a lot at the tablet."""

    form_class = TabletReasonForm
    heading = "Hold lot {record.traveler.number}"
    lead = "No step of it is signed until a quality engineer lets it go."
    submit_label = "Hold the lot"
    is_danger = True
    done = "Lot {record.traveler.number} is on hold, {result.number}."

    def act_as(self, person, record, data, *, token):
        return holds.place_hold(by=person, traveler=record.traveler, **data)


class FloorSetup(TabletVerb):
    """Record what was on the machine, at the tablet."""

    form_class = TabletSetupForm
    heading = "Record the setup of {record.operation.sequence} {record.operation.name}"
    lead = "What is really on the machine. It is compared with the approved setups."
    submit_label = "Record the setup"

    def act_as(self, person, record, data, *, token):
        program = data.pop("nc_program")
        return setups.record_run(
            by=person, step=record, nc_program=program.read() if program else None, **data
        )

    def message(self, result):
        return said_of_run(result)


class FloorIssue(TabletVerb):
    """Issue a heat to a lot at the tablet."""

    form_class = TabletIssueForm
    heading = "Issue material to lot {record.traveler.number}"
    submit_label = "Issue"
    done = "{result.material_lot} is issued to lot {result.number}. Sign the step next."

    def act_as(self, person, record, data, *, token):
        return materials.issue_material(by=person, traveler=record.traveler, **data)


class FloorLeave(Door):
    """Put the badge away, so that the next person scans their own."""

    scope = SELF
    roles = FLOOR
    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        request.session.pop(BADGE, None)
        messages.success(request, "The badge is put away. The next person scans their own.")
        return HttpResponseRedirect(reverse("routes:floor"))
