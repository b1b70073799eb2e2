"""Lots: the page that says where one stands, and what can be done with it."""

from __future__ import annotations

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, Func, OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils import timezone

from portal.domain.reversals import reversals_on_lot
from portal.models import Event, Reversal
from portal.permissions import SHOP
from portal.views.verbs import RecordView
from routes.domain import holds, lots, materials, quantities, rejoining, travelers
from routes.domain.amended import amendments_of, redlines_by_step, skipped_or_added_by, what_it_changes
from routes.domain.setup_comparison import approved_of
from routes.forms import ReasonForm
from routes.lot_forms import IssueForm, QuantityForm, RejoinForm, SplitForm, TravelerForm
from routes.models import (
    Hold,
    LockDifference,
    Operation,
    OrderLine,
    Piece,
    QuantityMove,
    SetupRun,
    Traveler,
    TravelerAmendment,
    TravelerStep,
)
from routes.permissions import FLOOR, PLANNERS
from routes.views.pages import EVENTS_SHOWN, ShopVerb, act, crumb
from routes.views.reversals import undo_of_last_step

MOVE_WORDS = {
    QuantityMove.SCRAPPED: "scrapped",
    QuantityMove.DESTROYED: "destroyed in test",
    QuantityMove.RETAINED: "retained sample",
    QuantityMove.CORRECTION: "count correction",
    QuantityMove.BUILT_IN: "built into assemblies",
    QuantityMove.REJOINED: "rejoined",
}
SIBLINGS_SHOWN = 12
NUMBERS = Reversal._meta.get_field("lots")
CHILD_FACTS = ("number", "state", "quantity_started", "split_reason")


def lot_url(number: str) -> str:
    """Return the page of a lot known by its number only."""
    return reverse("routes:traveler-detail", args=[number])


class TravelerDetail(RecordView):
    """Show one lot: facts, chain, steps with owners and signatures, pieces as a sum, holds, events."""

    roles = SHOP
    model = Traveler
    template_name = "routes/traveler_detail.html"

    def queryset_for(self, person):
        return (
            super()
            .queryset_for(person)
            .with_quantity()
            .annotate(**self.family())
            .select_related(
                "order_line__order__customer",
                "order_line__part_revision",
                "route_revision__part_revision__part",
                "material_lot__specification",
                "parent",
            )
        )

    def family(self):
        """Return what stands on the page of the lots and pieces around a lot, read with the lot itself."""
        children = Traveler.objects.filter(parent=OuterRef("pk")).order_by("pk")
        beside = Traveler.objects.filter(parent=OuterRef("parent")).exclude(pk=OuterRef("pk")).order_by("pk")
        pieces = Piece.objects.filter(traveler=OuterRef("pk")).order_by("position", "pk")
        number = self.kwargs["number"]
        line = [number, *lots.ancestor_numbers(number)]
        own_number = Func(OuterRef("number"), template="ARRAY[%(expressions)s]", output_field=NUMBERS)
        return {
            "is_reversed": Exists(Reversal.objects.filter(lots__contains=own_number)),
            "is_amended": Exists(TravelerAmendment.objects.filter(traveler__number__in=line)),
            "split_off": ArraySubquery(
                children.values(json=JSONObject(**{fact: fact for fact in CHILD_FACTS}))
            ),
            "beside": ArraySubquery(beside.values("number")[:SIBLINGS_SHOWN]),
            "serials": ArraySubquery(pieces.values(json=JSONObject(serial="serial", is_gone="is_gone"))),
        }

    def context(self, record):
        person = self.request.user
        held = holds.holds_of(record)
        open_holds = [hold for hold in held if hold.state == Hold.PLACED]
        moves = list(record.quantity_moves.select_related("witness", "recorded_by", "step").order_by("pk"))
        steps = lots.steps_of(record)
        current = next((step for step in steps if step.state == TravelerStep.WAITING), None)
        line = record.order_line
        left = self.left_at_steps(moves)
        undo = undo_of_last_step(person, record, steps)
        # most lots go as their route says, and then nothing is asked
        amendments = amendments_of(record) if record.is_amended else []
        redlines = redlines_by_step(steps, amendments)
        return {
            "facts": self.facts(record, open_holds),
            "part": record.route_revision.part_revision.part,
            "quantity": self.quantity(record, moves),
            "moves": moves,
            "steps": [
                self.step_row(record, step, current, is_held=bool(open_holds))
                | {
                    "undo": undo.get(step.pk),
                    "left": left.get(step.operation_id, []),
                    "redlines": redlines[step.pk],
                    "amended": skipped_or_added_by(step, amendments),
                }
                for step in steps
            ],
            "outside_count": sum(step.operation.kind == Operation.OUTSIDE for step in steps),
            "open_amendments": [
                {
                    "amendment": each,
                    "changes": what_it_changes(each),
                    "may_decide": person.role in PLANNERS and each.proposed_by_id != person.pk,
                }
                for each in amendments
                if each.state == TravelerAmendment.PROPOSED
            ],
            "amendment_count": sum(each.state == TravelerAmendment.APPROVED for each in amendments),
            "holds": open_holds,
            "released_holds": [
                hold for hold in held if hold.state == Hold.RELEASED and hold.traveler_id == record.pk
            ],
            "children": [child | {"url": lot_url(child["number"])} for child in record.split_off],
            "siblings": [{"number": number, "url": lot_url(number)} for number in record.beside],
            "pieces": record.serials,
            "differences": self.differences(steps),
            "may_plan": person.role in PLANNERS,
            "reversals": reversals_on_lot(record.number) if record.is_reversed else [],
            "acts": self.acts(record),
            "events": list(
                Event.objects.for_viewer(person)
                .filter(lots__contains=[record.number])
                .exclude(verb="measure")  # hundreds of single values stand on the pages of their inspections
                .order_by("-id")[:EVENTS_SHOWN]
            ),
            "crumbs": [
                crumb("Travelers", "traveler-list"),
                {"label": f"Order {line}", "url": line.get_absolute_url()},
            ],
        }

    def facts(self, record, open_holds):
        line, revision = record.order_line, record.route_revision.part_revision
        material = record.material_lot
        not_here = "not issued yet" if record.brought_in_at is None else "recorded elsewhere"
        return [
            {"label": "State", "state": "on_hold" if open_holds else record.state},
            {
                "label": "Part, revision",
                "value": str(revision),
                "url": revision.get_absolute_url(),
                "note": "prototype" if record.purpose == Traveler.PROTOTYPE else "",
            },
            {"label": "Pieces", "value": record.quantity_now},
            {
                "label": material.get_identifier_kind_display() if material else "Heat",
                "value": material.identifier if material else not_here,
                "url": material.get_absolute_url() if material else "",
                "is_code": bool(material),
            },
            {
                "label": "Material",
                "value": f"{material.specification}, {material.condition}" if material else not_here,
            },
            {"label": "Order line", "value": str(line), "url": line.get_absolute_url()},
            {"label": "Customer", "value": line.order.customer.name, "note": line.order.po_number},
            {"label": "Due", "value": f"{line.due_on:%a %-d %b %Y}"}
            if record.state in (Traveler.SHIPPED, Traveler.CLOSED)
            else {"label": "Ships", "value": f"{line.due_on:%a %-d %b %Y}", "note": self.near(line.due_on)},
        ]

    def near(self, day):
        """Say how far a day is when that matters: late, today, tomorrow, in three days."""
        days = (day - timezone.localdate()).days
        if days < 0:
            return f"{-days} day{'' if days == -1 else 's'} late"
        return {0: "today", 1: "tomorrow"}.get(days, f"in {days} days" if days <= 14 else "")

    def left_at_steps(self, moves):
        """Return what left for good at each operation, in words: "1 scrapped"."""
        counts: dict[tuple[int, str], int] = {}
        for moved in moves:
            if moved.step:
                key = (moved.step.operation_id, moved.kind)
                counts[key] = counts.get(key, 0) + moved.quantity
        words: dict[int, list[str]] = {}
        for (operation, kind), count in counts.items():
            words.setdefault(operation, []).append(f"{count} {MOVE_WORDS[kind]}")
        return words

    def quantity(self, record, moves):
        """Return the pieces as a sum: what the lot began with, and where each piece is."""
        now = record.quantity_now
        parts = [{"count": now, "label": "here"}]
        gone: dict[str, int] = {}
        for moved in moves:
            gone[moved.kind] = gone.get(moved.kind, 0) + moved.quantity
        parts += [{"count": count, "label": MOVE_WORDS[kind]} for kind, count in gone.items() if count]
        parts += [
            {"count": child["quantity_started"], "label": f"in {child['number']}"}
            for child in record.split_off
        ]
        named = sum(part["count"] for part in parts)
        return {
            "total": record.quantity_started,
            "parts": parts,
            "now": now,
            "difference": record.quantity_started - named,
        }

    def step_row(self, record, step, current, *, is_held):
        """Return one step with the act that is due at it; a held lot has none."""
        is_current = current is not None and step.pk == current.pk
        operation = step.operation
        by_hand = operation.kind not in travelers.BY_LATER_ROOMS
        due = None
        if is_current and record.state == Traveler.OPEN and not is_held:
            if operation.kind == Operation.MATERIAL and record.material_lot_id is None:
                due = act("Issue material", "traveler-issue", number=record.number)
            elif by_hand:
                due = act("Sign", "step-sign", number=step.number)
        return {
            "step": step,
            "operation": operation,
            "state": step.state,
            "is_current": is_current,
            "is_inherited": step.traveler_id != record.pk,
            "due": due,
            "run": act("Record setup", "step-setup", number=step.number)
            if is_current and approved_of(operation)
            else None,
            "waits_for": "" if by_hand else travelers.BY_LATER_ROOMS[operation.kind],
        }

    def differences(self, steps):
        """Return every setup difference of the lot, with the address where it is decided."""
        # the address of a difference counts the runs of its step up to its own
        runs = SetupRun.objects.filter(step=OuterRef("run__step"), pk__lte=OuterRef("run")).order_by()
        rows = (
            LockDifference.objects.for_viewer(self.request.user)
            .filter(run__step__in=[step.pk for step in steps])
            .annotate(ordinal=Subquery(runs.values("step").annotate(count=Count("pk")).values("count")))
            .select_related(
                "run__step", "run__recorded_by", "run__setup", "disposition_signature", "routine_by"
            )
            .order_by("pk")
        )
        return [
            {
                "difference": each,
                "state": _difference_state(each),
                "undo": act(
                    "Undo",
                    "difference-undo",
                    number=each.run.step.number,
                    run=each.ordinal,
                    field=each.field,
                )
                if self.may_undo(each.disposition_signature)
                else None,
                "act": None
                if not each.is_open
                else act(
                    "Decide",
                    "difference-decide",
                    number=each.run.step.number,
                    run=each.ordinal,
                    field=each.field,
                ),
            }
            for each in rows
        ]

    def may_undo(self, signature) -> bool:
        """Say whether the reader may undo a decision: somebody else's, on a lot that is here."""
        person = self.request.user
        is_here = self.record.state not in (Traveler.SHIPPED, Traveler.CLOSED)
        return bool(signature) and is_here and person.role in PLANNERS and signature.person_id != person.pk

    def may_rejoin(self, record) -> bool:
        """Say whether it is worth asking: the domain says whether the two are equal still."""
        return record.parent_id is not None and self.request.user.role in PLANNERS

    def acts(self, record):
        if record.state in (Traveler.SHIPPED, Traveler.CLOSED):
            return []
        number = record.number
        return [
            act("Record quantity", "traveler-quantity", number=number),
            act("Split", "traveler-split", number=number),
            *([act("Rejoin", "traveler-rejoin", number=number)] if self.may_rejoin(record) else []),
            act("Hold", "traveler-hold", number=number),
            act("Amend this lot", "traveler-amendments", number=number),
        ]


class TravelerOpen(ShopVerb):
    """Open a lot of an order line."""

    model = OrderLine
    lookup = {"number": "order__number", "line_number": "line_number"}
    form_class = TravelerForm
    heading = "Open a lot of order line {record}"
    lead = "On a released route of the ordered revision; its owners become people."
    submit_label = "Open the lot"
    done = "Lot {result.number} is open."

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("order__customer", "part_revision__part")

    def act(self, record, data, *, by, token=None):
        return travelers.open_traveler(by=by, order_line=record, **data)


class OfTraveler(ShopVerb):
    """An act on one lot; afterwards its page is shown."""

    roles = FLOOR
    model = Traveler

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("route_revision__part_revision__part")

    def success_url(self, result):
        return self.cancel_url()


class TravelerSplit(OfTraveler):
    """Split pieces off into a lot of their own."""

    form_class = SplitForm
    heading = "Split lot {record.number}"
    lead = "The pieces split off go on as a lot of their own and keep everything that was signed so far."
    submit_label = "Split"
    done = "Lot {result.number} holds the {result.quantity_started} pieces split off."

    def act(self, record, data, *, by, token=None):
        return lots.split(by=by, traveler=record, **data)


class TravelerRejoin(OfTraveler):
    """Put pieces back into the lot they were split from, or into a sibling."""

    roles = PLANNERS
    form_class = RejoinForm
    heading = "Rejoin lot {record.number}"
    lead = "Possible while nothing happened to either since they parted. Lot {record.number} is closed."
    submit_label = "Rejoin them"
    done = "The pieces are in lot {result.number}."

    def queryset_for(self, person):
        return super().queryset_for(person).filter(parent__isnull=False).select_related("parent")

    def act(self, record, data, *, by, token=None):
        return rejoining.rejoin(by=by, traveler=record, **data)


class TravelerQuantity(OfTraveler):
    """Record what became of pieces."""

    form_class = QuantityForm
    heading = "Record a quantity of lot {record.number}"
    lead = "What is recorded stays; a mistake is put right by a count correction."
    submit_label = "Record"
    done = "The quantity of lot {record.number} is recorded."

    def act(self, record, data, *, by, token=None):
        return quantities.record_quantity_move(by=by, traveler=record, **data)


class TravelerHold(OfTraveler):
    """Stop a lot."""

    form_class = ReasonForm
    heading = "Hold lot {record.number}"
    lead = "No step is signed until a quality engineer lets it go. To hold some pieces only, split them off first."
    submit_label = "Hold the lot"
    is_danger = True
    done = "Lot {record.number} is on hold, {result.number}."

    def act(self, record, data, *, by, token=None):
        return holds.place_hold(by=by, traveler=record, **data)


class TravelerIssue(OfTraveler):
    """Give a lot its material."""

    form_class = IssueForm
    heading = "Issue material to lot {record.number}"
    submit_label = "Issue"
    done = "{result.material_lot} is issued to lot {record.number}. Sign the step next."

    def act(self, record, data, *, by, token=None):
        return materials.issue_material(by=by, traveler=record, **data)


class HoldRelease(ShopVerb):
    """Let a held lot go on."""

    model = Hold
    form_class = ReasonForm
    heading = "Release hold {record.number} on lot {record.traveler.number}"
    lead = "Held because: {record.reason}"
    submit_label = "Release the hold"
    needs_reauth = True
    meaning = "Dispositioned"
    done = "Hold {result.number} is released."

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("traveler")

    def act(self, record, data, *, by, token=None):
        return holds.release_hold(by=by, hold=record, reason=data["reason"], token=token)

    def cancel_url(self):
        return self.record.traveler.get_absolute_url()

    def success_url(self, result):
        return self.cancel_url()


def _difference_state(difference: LockDifference) -> str:
    if difference.routine_by_id:
        return "routine"
    return "undecided" if difference.is_open else "dispositioned"
