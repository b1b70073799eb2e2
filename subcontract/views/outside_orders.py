"""Outside orders as the shop and as the vendor sees them."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.domain.files import may_see_label
from portal.models import Organization
from portal.permissions import INSPECTORS
from portal.views.doors import LIST
from portal.views.verbs import RecordListView, RecordView
from routes.models import TravelerStep
from subcontract.domain import flowdown, outside_orders, receipts
from subcontract.domain.custody import holder_of
from subcontract.forms import OrderDraftForm, OrderLineForm, OrderShipForm, PersonForm, ReceiveForm
from subcontract.models import FlowdownItem, OutsideOrder, OutsideOrderLine
from subcontract.permissions import BUYERS, FLOOR, READERS
from subcontract.views.pages import PersonVerb, act, crumb, history_of, say_day
from subcontract.views.vendor_statements import drawing_of, statement_rows, vendor_acts


class OrderList(RecordListView):
    """Show the outside orders a person may see, the latest first."""

    roles = READERS
    model = OutsideOrder
    ordering = ("-id",)

    @property
    def template_name(self):
        is_vendor = self.request.user.is_vendor
        return "subcontract/vendor_order_list.html" if is_vendor else "portal/list.html"

    def queryset_for(self, person):
        lines = ["lines__traveler", "lines__step__operation", "lines__specification"]
        if person.is_vendor:
            lines.append("lines__traveler__route_revision__part_revision__part")
        return super().queryset_for(person).select_related("site__organization").prefetch_related(*lines)

    def narrow(self, queryset):
        number = self.asked("q")
        return queryset.filter(number__icontains=number) if number else queryset

    def context(self, rows):
        person, today = self.request.user, timezone.localdate()
        return {
            "heading": "Outside work" if person.is_shop else _("Your orders"),
            "lead": "Orders to vendors, with what is out and when it is due back."
            if person.is_shop
            else _("What we ordered from you, and what its certificate must state."),
            "columns": [
                {"key": "number", "label": _("Order"), "kind": "code", "url_key": "url"},
                {"key": "site", "label": _("Vendor's site")},
                {"key": "lots", "label": _("Lots"), "kind": "code", "empty": _("no line yet")},
                {"key": "quantity", "label": _("Pieces"), "kind": "num"},
                {"key": "due_on", "label": _("Due back"), "kind": "day", "note_key": "late"},
                {"key": "state", "label": _("State"), "kind": "state"},
            ],
            "orders": rows,
            "rows": [self.row(order, today) for order in rows],
            "acts": self.acts(person),
            "empty_heading": _("No outside order yet"),
            "empty_sentence": "An order is drafted when a lot's next step is done by a vendor."
            if person.is_shop
            else _("An order appears here once the shop has issued it to you."),
        }

    def acts(self, person):
        if not person.is_shop:
            return []
        approvals = act(_("Vendor approvals"), "subcontract:approval-list")
        draft = act(_("Draft an order"), "subcontract:order-draft", is_main=True)
        return [approvals, draft] if person.role in BUYERS else [approvals]

    def row(self, order, today):
        lines = order.lines.all()
        is_late = order.state in (OutsideOrder.ISSUED, OutsideOrder.SHIPPED) and order.due_on < today
        return {
            "number": order.number,
            "url": order.get_absolute_url(),
            "site": str(order.site),
            "lots": ", ".join(line.traveler.number for line in lines),
            "quantity": sum(line.quantity for line in lines),
            "due_on": order.due_on,
            "late": "late" if is_late else "",
            "state": order.state,
            "tone": "owed" if is_late else "",
        }


class OrderDetail(RecordView):
    """Show one order: lines with flow-down, where the pieces are, what came back, what its certificate must state."""

    roles = READERS
    model = OutsideOrder

    @property
    def template_name(self):
        is_vendor = self.request.user.is_vendor
        return "subcontract/vendor_order.html" if is_vendor else "subcontract/order_detail.html"

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("site__organization", "author", "issue_signature")

    def context(self, record):
        person = self.request.user
        lines = record.lines.select_related(
            "specification",
            "step__operation",
            "traveler__route_revision__part_revision__part",
            "traveler__route_revision__part_revision__drawing__label",
            "traveler__order_line__order__customer",
        ).prefetch_related(
            "over_returns__decided_by",
            "statements__made_by__organization",
            "receipts__delegation__site__organization",
            "receipts__traveler__steps",
            "receipts__received_by",
            "receipts__acceptance_signature",
            "custody_moves__from_site__organization",
            "custody_moves__to_site__organization",
            "custody_moves__traveler",
        )
        return {
            "facts": [
                {"label": _("State"), "state": record.state},
                {
                    "label": "Vendor's site" if person.is_shop else _("Your site"),
                    "value": str(record.site),
                    "note": record.site.address,
                },
                {"label": _("Ordered"), "value": say_day(record.ordered_on)},
                {"label": _("Due back"), "value": say_day(record.due_on)},
            ],
            "lines": [self.line(each, person) for each in lines],
            "is_shop": person.is_shop,
            "acts": self.acts(record, person),
            "events": history_of(person, "outside order", record.number) if person.is_shop else [],
            "crumbs": [
                crumb("Outside work" if person.is_shop else _("Your orders"), "subcontract:order-list")
            ],
        }

    def line(self, line, person):
        customer = line.traveler.order_line.order.customer
        is_named = person.is_shop or customer.is_shown_to_vendors
        may_receive = person.role in FLOOR and line.order.state == OutsideOrder.SHIPPED
        return {
            "line": line,
            "part": line.traveler.route_revision.part_revision,
            "customer": customer.name if is_named else "",
            "traveler_url": line.traveler.get_absolute_url() if person.is_shop else "",
            "receive_url": reverse(
                "subcontract:line-receive",
                kwargs={"number": line.order.number, "line_number": line.line_number},
            )
            if may_receive
            else "",
            "moves": line.custody_moves.all(),
            "over_returns": [self.over_return(each, person) for each in line.over_returns.all()],
            **self.ways_on(line, person),
            "certificate_url": self.certificate_url(line),
            "receipts": [self.receipt(line, each, person) for each in line.receipts.all()],
            "statements": statement_rows(line, person),
            "vendor_acts": vendor_acts(line, person),
            "drawing_url": self.drawing_url(line, person),
            **self.flowdown(line, person),
        }

    def drawing_url(self, line, person):
        """Return where a vendor reads the drawing, when it may."""
        drawing = drawing_of(line) if person.is_vendor else None
        if drawing is None or not may_see_label(person, drawing.label):
            return ""
        place = {"number": line.order.number, "line_number": line.line_number}
        return reverse("subcontract:line-drawing", kwargs=place)

    def ways_on(self, line, person):
        """Return where else the pieces of a line may be counted or go, for whoever may write it down."""
        state, place = line.order.state, {"number": line.order.number, "line_number": line.line_number}
        is_floor = person.is_shop and person.role in FLOOR
        is_out = is_floor and state == OutsideOrder.SHIPPED
        is_back = is_floor and state in (OutsideOrder.RETURNED, OutsideOrder.CLOSED)
        is_delegated = any(receipt.delegation_id for receipt in line.receipts.all())
        offered = [
            (is_out, "Counted in our place", "line-count-elsewhere"),
            (is_floor and is_delegated, "Bring pieces home", "line-bring-home"),
            (is_back, "Pieces too many", "line-put-aside"),
        ]
        return {
            "ways_on": [act(label, f"subcontract:{name}", **place) for is_so, label, name in offered if is_so]
        }

    def over_return(self, over_return, person):
        may_decide = not over_return.decision and person.is_shop and person.role in BUYERS
        return {
            "record": over_return,
            "state": "done" if over_return.decision else "undecided",
            "decide_url": reverse("subcontract:over-return-decide", args=[over_return.number])
            if may_decide
            else "",
        }

    def flowdown(self, line, person):
        """Say what the line passes on; a vendor reads what it was told, the shop also what was left out."""
        if person.is_vendor:
            told = FlowdownItem.objects.for_viewer(person).filter(line=line)
            return {"items": told, "open_items": 0, "amended": [], "review_url": ""}
        items, state = flowdown.review_of(line), line.order.state
        is_draft, is_told = state == OutsideOrder.DRAFT, state in (OutsideOrder.ISSUED, OutsideOrder.SHIPPED)
        place = {"number": line.order.number, "line_number": line.line_number}
        return {
            "items": items,
            "open_items": sum(item.state == FlowdownItem.UNDECIDED for item in items),
            "amended": flowdown.amended_since(line) if is_told else [],
            "review_url": reverse("subcontract:line-flowdown", kwargs=place)
            if is_draft and person.role in BUYERS
            else "",
        }

    def certificate_url(self, line):
        """Return where the certificate of a line is brought in, from the day its pieces are at the vendor."""
        if line.order.state not in (OutsideOrder.SHIPPED, OutsideOrder.RETURNED):
            return ""
        return f"{reverse('documents:certificate-upload')}?line={line}"

    def verify_url(self, line, receipt, person):
        """Return where a return is verified, for whoever inspects."""
        waiting = [
            step
            for step in receipt.traveler.steps.all()
            if step.operation_id == line.step.operation_id and step.state == TravelerStep.WAITING
        ]
        if receipt.acceptance_signature_id or not waiting or person.role not in INSPECTORS:
            return ""
        return reverse("inspection:record-open", kwargs={"number": waiting[-1].number})

    def receipt(self, line, receipt, person):
        if receipt.acceptance_signature_id:
            state = "received_back"
        else:
            state = "received" if receipt.quantity_returned else "scrapped"
        return {
            "receipt": receipt,
            "state": state,
            "verify_url": self.verify_url(line, receipt, person),
            "url": receipt.traveler.get_absolute_url() if person.is_shop else "",
            "certificate": receipt.certificate_state or "missing",
        }

    def way_out(self, record):
        """Return how the pieces of an issued order go: from here, or on from the vendor that has them."""
        lines = record.lines.select_related("traveler")
        is_away = any(holder_of(line.traveler).organization.kind == Organization.VENDOR for line in lines)
        return ("Send the pieces on", "send-on", FLOOR) if is_away else ("Ship the pieces", "ship", FLOOR)

    def acts(self, record, person):
        name, number = "subcontract:order-{}".format, record.number
        offered = []
        if record.state == OutsideOrder.DRAFT:
            offered = [("Add a lot", "add-line", BUYERS), ("Issue the order", "issue", BUYERS)]
        elif record.state == OutsideOrder.ISSUED:
            offered = [self.way_out(record)]
        if record.state in (OutsideOrder.DRAFT, OutsideOrder.ISSUED):
            offered = [("Cancel the order", "cancel", BUYERS), *offered]
        allowed = [(label, verb) for label, verb, roles in offered if person.role in roles]
        is_out = record.state not in (OutsideOrder.DRAFT, OutsideOrder.CANCELLED)
        reach = act(_("What it touches"), "documents:reach-detail", noun="outside-order", number=number)
        return [
            *([reach] if person.is_shop and is_out else []),
            *(
                act(label, name(verb), is_main=place == len(allowed), number=number)
                for place, (label, verb) in enumerate(allowed, start=1)
            ),
        ]


class OrderDraft(PersonVerb):
    """Begin an order to a vendor."""

    scope = LIST
    roles = BUYERS
    form_class = OrderDraftForm
    heading = "Draft an outside order"
    lead = "One order goes to one site. Its lots are added next; nothing is sent before it is issued."
    submit_label = "Draft"
    done = "Order {result.number} is drafted. Add the lots that go out."

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        drafted = self.drafted_for(request.GET.get("step", "").replace("\x00", "")[:60])
        if drafted is None:
            return super().get(request, *args, **kwargs)
        messages.info(request, f"{drafted.number} is drafted for this step already. Issue it.")
        return redirect(drafted)

    def drafted_for(self, step: str) -> OutsideOrder | None:
        """Return the draft on which a step stands; it goes on no second one."""
        drafts = OutsideOrder.objects.for_viewer(self.request.user).filter(state=OutsideOrder.DRAFT)
        return drafts.filter(lines__step__number=step).first() if step else None

    def act(self, record, data, *, by, token=None):
        return outside_orders.draft_order(by=by, **data)

    def cancel_url(self):
        return reverse("subcontract:order-list")


class OrderAddLine(PersonVerb):
    """Put a lot's outside operation on a draft order."""

    roles = BUYERS
    model = OutsideOrder
    form_class = OrderLineForm
    heading = "Add a lot to order {record.number}"
    lead = "Specification, type, class and material are copied from the route. A lot goes out whole."
    submit_label = "Add"
    done = "Lot {result.traveler.number} is line {result.line_number} of the order."

    def act(self, record, data, *, by, token=None):
        return outside_orders.add_line(by=by, order=record, **data)


class OrderIssue(PersonVerb):
    """Issue an order, signed."""

    roles = BUYERS
    model = OutsideOrder
    form_class = PersonForm
    heading = "Issue order {record.number}"
    lead = "Every line is compared with what the site is approved for on the order's day."
    submit_label = "Issue"
    needs_reauth = True
    meaning = "I order this work by the specification, revision, type and class stated, from this site."
    done = "Order {result.number} is issued; the vendor sees it now."

    def act(self, record, data, *, by, token=None):
        return outside_orders.issue(by=by, order=record, token=token)


class OrderShip(PersonVerb):
    """Hand the pieces of an order to the vendor."""

    roles = FLOOR
    model = OutsideOrder
    form_class = OrderShipForm
    heading = "Ship the pieces of order {record.number}"
    lead = "From now on the vendor holds them."
    submit_label = "Ship"
    done = "The pieces of order {result.number} are with the vendor."

    def act(self, record, data, *, by, token=None):
        return outside_orders.ship(by=by, order=record, **data)


class OrderCancel(PersonVerb):
    """Cancel an order nothing was sent for."""

    roles = BUYERS
    model = OutsideOrder
    form_class = PersonForm
    heading = "Cancel order {record.number}"
    lead = "Its lots can be ordered anew. A cancelled order stays readable."
    submit_label = "Cancel the order"
    is_danger = True
    done = "Order {result.number} is cancelled."

    def act(self, record, data, *, by, token=None):
        return outside_orders.cancel(by=by, order=record)


class LineReceive(PersonVerb):
    """Take back pieces of one line."""

    roles = FLOOR
    model = OutsideOrderLine
    lookup = {"number": "order__number", "line_number": "line_number"}
    form_class = ReceiveForm
    heading = "Receive pieces of {record}"
    submit_label = "Receive"
    done = "{result.quantity_returned} pieces came back as lot {result.traveler.number}. Verify them next."

    def get_lead(self):
        out = receipts.out_on_line(self.record)
        count = sum(receipts.quantity_of(lot) for lot in out)
        return f"{count} pieces are out. What comes back in part becomes a lot of its own."

    def get_record(self, person):
        if self.kwargs["line_number"] > 1_000_000:
            raise Http404("There is no line of that number.")
        return super().get_record(person)

    def act(self, record, data, *, by, token=None):
        for name in ("serials", "lost_serials"):
            data[name] = tuple(data.get(name, ()))
        return receipts.receive(by=by, line=record, **data)

    def success_url(self, result):
        return self.record.get_absolute_url()
