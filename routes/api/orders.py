"""What customers ordered: orders come in here whole, with their lines."""

from __future__ import annotations

from rest_framework import serializers

from portal.api.doors import Acting, ApiList, ApiRecord, ApiVerb
from portal.api.fields import Input, Named, Reading, count, day, named, text
from portal.api.filters import days, one_of, truth
from portal.api.filters import text as word
from portal.models import Organization
from portal.permissions import CUSTOMER, SHOP
from routes.api.parts import RevisionNamed
from routes.domain import orders
from routes.models import CustomerOrder, OrderLine
from routes.permissions import PLANNERS

LINE_JOINS = ("order__customer", "part_revision__part")


class LineReading(Reading):
    order = named("order.number")
    customer = named("order.customer.number")
    po_number = named("order.po_number")
    part = named("part_revision.part.number")
    revision = named("part_revision.revision")

    class Meta:
        model = OrderLine
        fields = (
            "order",
            "line_number",
            "customer",
            "po_number",
            "part",
            "revision",
            "quantity",
            "due_on",
            "purpose",
            "sourcing",
            "fai_regime",
            "needs_package_approval",
        )


class OrderReading(Reading):
    customer = named("customer.number")

    class Meta:
        model = CustomerOrder
        fields = ("number", "customer", "po_number", "received_on")


class OrderWithLines(OrderReading):
    lines = LineReading(many=True)

    class Meta:
        model = CustomerOrder
        fields = (*OrderReading.Meta.fields, "lines")


class LineInput(Input):
    line_number = count()
    part = text(80)
    revision = text(20, required=False)
    quantity = count()
    due_on = day()
    sourcing = serializers.ChoiceField(OrderLine.SOURCING, default=OrderLine.CONTRACT)
    fai_regime = serializers.ChoiceField(OrderLine.FAI_REGIMES, default=OrderLine.BEFORE_DISPATCH)
    purpose = serializers.ChoiceField(OrderLine.PURPOSES, default=OrderLine.PRODUCTION)
    needs_package_approval = serializers.BooleanField(default=False)

    to_internal_value = RevisionNamed.to_internal_value


class OrderInput(Input):
    customer = Named(model=Organization, noun="customer")
    po_number = text(80)
    received_on = day()
    lines = LineInput(many=True, required=False, max_length=500)


def with_lines(queryset):
    """Fetch what an order's answer shows."""
    joined = (f"lines__{path}" for path in LINE_JOINS)
    return queryset.select_related("customer").prefetch_related(*joined)


class Orders(Acting, ApiList):
    """Customer orders; a new one is entered with its lines, all of them or none."""

    roles = SHOP + CUSTOMER
    write_roles = PLANNERS
    model = CustomerOrder
    serializer_class = OrderReading
    input_class = OrderInput
    output_class = OrderWithLines
    filters = {
        "number": word("number"),
        "customer": word("customer__number"),
        "po_number": word("po_number"),
        **days("received_on"),
    }

    def fetched(self, queryset):
        return queryset.select_related("customer")

    def act(self, record, data, *, by):
        lines = data.pop("lines", [])
        order = orders.enter_order(by=by, **data)
        for line in lines:
            orders.add_line(by=by, order=order, **line)
        return order

    def shown(self, result):
        return with_lines(CustomerOrder.objects.filter(pk=result.pk)).get()


class OrderRecord(ApiRecord):
    """One order with its lines."""

    roles = SHOP + CUSTOMER
    model = CustomerOrder
    serializer_class = OrderWithLines

    def fetched(self, queryset):
        return with_lines(queryset)


class OrderLines(ApiList):
    """The lines of all orders."""

    roles = SHOP + CUSTOMER
    model = OrderLine
    serializer_class = LineReading
    filters = {
        "order": word("order__number"),
        "customer": word("order__customer__number"),
        "po_number": word("order__po_number"),
        "part": word("part_revision__part__number"),
        "revision": word("part_revision__revision"),
        "sourcing": one_of("sourcing", OrderLine.SOURCING),
        "fai_regime": one_of("fai_regime", OrderLine.FAI_REGIMES),
        "needs_package_approval": truth("needs_package_approval"),
        **days("due_on"),
    }

    def fetched(self, queryset):
        return queryset.select_related(*LINE_JOINS)


class OrderLineRecord(ApiRecord):
    """One line of an order."""

    roles = SHOP + CUSTOMER
    model = OrderLine
    lookup = {"number": "order__number", "line_number": "line_number"}
    serializer_class = LineReading

    def fetched(self, queryset):
        return queryset.select_related(*LINE_JOINS)


class OrderAddLine(ApiVerb):
    """Add a line to an order."""

    roles = SHOP + CUSTOMER
    write_roles = PLANNERS
    model = CustomerOrder
    input_class = LineInput
    output_class = LineReading

    def fetched(self, queryset):
        return queryset.select_related("customer")

    def act(self, record, data, *, by):
        return orders.add_line(by=by, order=record, **data)


class AmendmentInput(Input):
    """What the customer changed; what is left out stays."""

    reference = text(120)
    reason = text(300)
    revision = text(20, required=False)
    quantity = count(required=False)
    due_on = day(required=False)
    fai_regime = serializers.ChoiceField(OrderLine.FAI_REGIMES, required=False)
    purpose = serializers.ChoiceField(OrderLine.PURPOSES, required=False)


class OrderAmendLine(ApiVerb):
    """Change a line as the customer amended its order."""

    roles = SHOP + CUSTOMER
    write_roles = PLANNERS
    model = OrderLine
    lookup = {"number": "order__number", "line_number": "line_number"}
    input_class = AmendmentInput
    output_class = LineReading

    def fetched(self, queryset):
        return queryset.select_related(*LINE_JOINS)

    def act(self, record, data, *, by):
        if revision := data.pop("revision", ""):
            data["part_revision"] = orders.revision_named(order_line=record, revision=revision)
        return orders.amend_line(by=by, order_line=record, **data)
