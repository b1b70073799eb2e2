"""What leaves the building: outside orders as shop and vendor see them, what came back, and taking it back."""

from __future__ import annotations

from django.db.models import Prefetch
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from portal.api.doors import ApiList, ApiRecord, ApiVerb
from portal.api.fields import Input, Named, Reading, count, day, named, text
from portal.api.filters import days, one_of
from portal.api.filters import text as word
from portal.models import Person
from subcontract.domain import receipts
from subcontract.models import FlowdownItem, OutsideOrder, OutsideOrderLine, Receipt
from subcontract.permissions import FLOOR, READERS

LINE_JOINS = (
    "order",
    "step",
    "specification",
    "traveler__route_revision__part_revision__part",
    "traveler__order_line__order__customer",
)
RECEIPT_JOINS = ("line__order", "traveler", "received_by", "acceptance_signature", "delegation")


class FlowdownItemReading(Reading):
    decided_by = named("decided_by.printed_name")

    class Meta:
        model = FlowdownItem
        fields = ("key", "source", "origin", "words", "is_by_rule", "state", "reason", "decided_by")


class OutsideLineReading(Reading):
    lot = named("traveler.number")
    step = named("step.number")
    part = named("traveler.route_revision.part_revision.part.number")
    revision = named("traveler.route_revision.part_revision.revision")
    customer = serializers.SerializerMethodField(
        help_text="Null for a vendor where the shop does not show the customer's name."
    )
    specification = named("specification.number")
    spec_revision = named("specification.revision")
    flowdown_items = serializers.SerializerMethodField(
        help_text="What the line passes on, as last derived; a vendor reads what it was told."
    )

    class Meta:
        model = OutsideOrderLine
        fields = (
            "line_number",
            "lot",
            "step",
            "part",
            "revision",
            "customer",
            "quantity",
            "specification",
            "spec_revision",
            "spec_type",
            "spec_class",
            "material_condition",
            "flowdown",
            "flowdown_items",
        )

    @extend_schema_field(FlowdownItemReading(many=True))
    def get_flowdown_items(self, line) -> list[dict]:
        told = FlowdownItem.objects.for_viewer(self.context["request"].user)
        asked = told.filter(line=line, is_withdrawn=False).select_related("decided_by")
        return FlowdownItemReading(asked, many=True, context=self.context).data

    def get_customer(self, line) -> str | None:
        customer = line.traveler.order_line.order.customer
        is_shown = self.context["request"].user.is_shop or customer.is_shown_to_vendors
        return customer.number if is_shown else None


class ReceiptReading(Reading):
    order = named("line.order.number")
    line_number = serializers.IntegerField(source="line.line_number")
    lot = named("traveler.number")
    received_by = named("received_by.printed_name")
    accepted_by = named("acceptance_signature.printed_name")
    delegation = named("delegation.number")

    class Meta:
        model = Receipt
        fields = (
            "order",
            "line_number",
            "lot",
            "quantity_returned",
            "quantity_scrapped",
            "quantity_short",
            "received_on",
            "received_by",
            "delegation",
            "delegate_reference",
            "is_count_right",
            "is_identity_right",
            "is_undamaged",
            "accepted_by",
            "certificate_number",
            "certificate_on",
            "certificate_state",
        )


class OutsideOrderReading(Reading):
    vendor = named("site.organization.number")
    site = named("site.code")
    author = named("author.printed_name")

    class Meta:
        model = OutsideOrder
        fields = (
            "number",
            "vendor",
            "site",
            "state",
            "ordered_on",
            "due_on",
            "certificate_content",
            "author",
        )


class OutsideOrderWithLines(OutsideOrderReading):
    lines = OutsideLineReading(many=True)
    receipts = serializers.SerializerMethodField()

    class Meta:
        model = OutsideOrder
        fields = (*OutsideOrderReading.Meta.fields, "lines", "receipts")

    @extend_schema_field(ReceiptReading(many=True))
    def get_receipts(self, order) -> list[dict]:
        found = [receipt for line in order.lines.all() for receipt in line.receipts.all()]
        return ReceiptReading(found, many=True, context=self.context).data


class OutsideOrders(ApiList):
    """Outside orders: to a vendor its own from the day they are issued, to the shop all."""

    roles = READERS
    model = OutsideOrder
    serializer_class = OutsideOrderReading
    filters = {
        "number": word("number"),
        "vendor": word("site__organization__number"),
        "site": word("site__code"),
        "state": one_of("state", OutsideOrder.STATES),
        **days("due_on"),
        **days("ordered_on"),
    }

    def fetched(self, queryset):
        return queryset.select_related("site__organization", "author")


class OutsideOrderRecord(ApiRecord):
    """One outside order with its lines and what came back."""

    roles = READERS
    model = OutsideOrder
    serializer_class = OutsideOrderWithLines

    def fetched(self, queryset):
        return queryset.select_related("site__organization", "author").prefetch_related(
            Prefetch("lines", OutsideOrderLine.objects.select_related(*LINE_JOINS)),
            Prefetch("lines__receipts", Receipt.objects.select_related(*RECEIPT_JOINS)),
        )


class Receipts(ApiList):
    """What came back from vendors. A receipt has no number; it is known by order, line and lot."""

    roles = READERS
    model = Receipt
    serializer_class = ReceiptReading
    filters = {
        "order": word("line__order__number"),
        "lot": word("traveler__number"),
        "vendor": word("line__order__site__organization__number"),
        "certificate_state": word("certificate_state"),
        **days("received_on"),
    }

    def fetched(self, queryset):
        return queryset.select_related(*RECEIPT_JOINS)


class ReceiptInput(Input):
    quantity_returned = count(min_value=0)
    quantity_scrapped = count(min_value=0, default=0)
    quantity_short = count(min_value=0, default=0)
    received_on = day()
    document = text(80, required=False)
    serials = serializers.ListField(
        child=serializers.CharField(max_length=60), default=list, max_length=10_000
    )
    lost_serials = serializers.ListField(
        child=serializers.CharField(max_length=60), default=list, max_length=10_000
    )
    witness = Named(
        model=Person,
        lookup="email",
        noun="person",
        required=False,
        allow_null=True,
        help_text="E-mail address of who witnessed what is scrapped or missing.",
    )
    put_aside_at = text(120, required=False)


class LineReceive(ApiVerb):
    """Take back pieces of one line; inspection accepts the return later, by signature."""

    roles = READERS
    write_roles = FLOOR
    model = OutsideOrderLine
    lookup = {"number": "order__number", "line_number": "line_number"}
    input_class = ReceiptInput
    output_class = ReceiptReading

    def fetched(self, queryset):
        return queryset.select_related("order", "traveler", "step")

    def act(self, record, data, *, by):
        serials, lost = tuple(data.pop("serials")), tuple(data.pop("lost_serials"))
        return receipts.receive(by=by, line=record, serials=serials, lost_serials=lost, **data)


class LineRecord(ApiRecord):
    """One line of an outside order."""

    roles = READERS
    model = OutsideOrderLine
    lookup = {"number": "order__number", "line_number": "line_number"}
    serializer_class = OutsideLineReading

    def fetched(self, queryset):
        return queryset.select_related(*LINE_JOINS)
