"""Orders of customers and their lines."""

from __future__ import annotations

from django.db.models import Count, Min, Prefetch, Sum
from django.urls import reverse

from portal.permissions import CUSTOMER, SHOP
from portal.views.doors import LIST
from portal.views.verbs import RecordListView, RecordView
from routes.domain import orders
from routes.forms import LineAmendForm, OrderForm, OrderLineForm
from routes.models import (
    CustomerOrder,
    LineClause,
    Operation,
    OrderLine,
    PackingDemand,
    RouteRevision,
    Traveler,
)
from routes.permissions import PLANNERS
from routes.views.pages import ShopVerb, act, acts_for, crumb, find_words, history_of


class OrderList(RecordListView):
    """Show the orders, the latest first."""

    roles = SHOP + CUSTOMER
    model = CustomerOrder
    template_name = "portal/list.html"
    ordering = ("-id",)

    def queryset_for(self, person):
        return (
            super()
            .queryset_for(person)
            .select_related("customer")
            .annotate(line_count=Count("lines"), pieces=Sum("lines__quantity"), due_on=Min("lines__due_on"))
        )

    def narrow(self, queryset):
        number = self.asked("q")
        return queryset.filter(po_number__icontains=number) if number else queryset

    def context(self, rows):
        return {
            "heading": "Orders",
            "lead": "What customers ordered, the latest first."
            if self.request.user.is_shop
            else "What you ordered, the latest first, and which work leaves the house.",
            "columns": [
                {"key": "number", "label": "Order", "kind": "code", "url_key": "get_absolute_url"},
                {"key": "customer.name", "label": "Customer"},
                {"key": "po_number", "label": "Purchase order", "kind": "code"},
                {"key": "received_on", "label": "Received", "kind": "day"},
                {"key": "line_count", "label": "Lines", "kind": "num"},
                {"key": "pieces", "label": "Pieces", "kind": "num", "empty": "no line yet"},
                {"key": "due_on", "label": "First due", "kind": "day", "empty": "no line yet"},
            ],
            "acts": acts_for(self.request.user, PLANNERS, act("Enter an order", "order-enter", is_main=True)),
            **find_words(
                self.request,
                "Purchase order contains",
                "No order yet",
                "An order is entered from the customer's purchase order; its lines name part revisions.",
            ),
        }


class OrderDetail(RecordView):
    """Show one order: its lines, their lots, and which operations leave the house."""

    roles = SHOP + CUSTOMER
    model = CustomerOrder
    template_name = "routes/order_detail.html"

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("customer")

    def context(self, record):
        person = self.request.user
        lines = self.lines(record)
        return {
            "facts": [
                {"label": "Customer", "value": record.customer.name},
                {"label": "Purchase order", "value": record.po_number, "is_code": True},
                {"label": "Received", "value": record.received_on.strftime("%a %-d %b %Y")},
            ],
            "lines": lines,
            "clauses": LineClause.objects.for_viewer(person)
            .filter(order_line__order=record)
            .select_related("clause", "order_line", "mapped_by", "signature")
            .order_by("order_line__line_number", "clause__number"),
            "packing": PackingDemand.objects.for_viewer(person)
            .filter(order_line__order=record)
            .select_related("order_line")
            .order_by("order_line__line_number", "position"),
            "may_plan": person.role in PLANNERS,
            "is_shop": person.is_shop,
            "events": history_of(person, "order", record.number) if person.is_shop else None,
            "crumbs": [crumb("Orders", "order-list")],
        }

    def lines(self, record):
        """Return the lines with their lots and the released route's operations outside, in few statements."""
        person = self.request.user
        outside = Operation.objects.filter(kind=Operation.OUTSIDE).select_related("specification")
        released = RouteRevision.objects.filter(state=RouteRevision.RELEASED).prefetch_related(
            Prefetch("operations", queryset=outside, to_attr="outside_operations")
        )
        return (
            OrderLine.objects.for_viewer(person)
            .filter(order=record)
            .select_related("part_revision__part", "order")
            .prefetch_related(
                Prefetch("part_revision__route_revisions", queryset=released, to_attr="released_routes"),
                Prefetch(
                    "travelers",
                    queryset=Traveler.objects.for_viewer(person).with_quantity().order_by("number"),
                    to_attr="lots",
                ),
            )
            .order_by("line_number")
        )


class OrderEnter(ShopVerb):
    """Enter a purchase order."""

    scope = LIST
    form_class = OrderForm
    heading = "Enter an order"
    lead = "Copied from the customer's purchase order. Its lines follow."
    submit_label = "Enter the order"
    done = "Order {result.number} is entered. Add its lines next."

    def act(self, record, data, *, by, token=None):
        return orders.enter_order(by=by, **data)

    def cancel_url(self):
        return reverse("routes:order-list")


class OrderAddLine(ShopVerb):
    """Add a line to an order."""

    model = CustomerOrder
    form_class = OrderLineForm
    heading = "Add a line to order {record.number}"
    submit_label = "Add the line"
    done = "Line {result.line_number} of order {record.number} is entered."

    def act(self, record, data, *, by, token=None):
        return orders.add_line(by=by, order=record, **data)


class OrderAmendLine(ShopVerb):
    """Change a line as the customer amended its order."""

    model = OrderLine
    lookup = {"number": "order__number", "line_number": "line_number"}
    form_class = LineAmendForm
    heading = "Amend order line {record}"
    lead = (
        "As the customer amended it. Lots of the line that are still here are judged anew; another revision asks every "
        "clause of the line again."
    )
    submit_label = "Amend the line"
    done = "Line {result.line_number} of order {result.order.number} is amended."

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("order__customer", "part_revision__part")

    def get_initial(self):
        line = self.record
        return {
            "part_revision": line.part_revision,
            "quantity": line.quantity,
            "due_on": line.due_on,
            "fai_regime": line.fai_regime,
            "purpose": line.purpose,
        }

    def act(self, record, data, *, by, token=None):
        return orders.amend_line(by=by, order_line=record, **data)
