"""Lots, their steps and holds: where each stands, opening one, stopping one."""

from __future__ import annotations

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Prefetch
from django.db.models.functions import JSONObject
from rest_framework import serializers

from portal.api.doors import ApiList, ApiRecord, ApiVerb
from portal.api.fields import Input, Named, Reading, count, named, text
from portal.api.filters import moments, number, one_of
from portal.api.filters import text as word
from portal.permissions import CUSTOMER, SHOP
from routes.domain import holds, travelers
from routes.models import Hold, OrderLine, Piece, QuantityMove, RouteRevision, Traveler, TravelerStep
from routes.permissions import FLOOR, PLANNERS

LOT_JOINS = (
    "route_revision__part_revision__part",
    "order_line__order__customer",
    "parent",
    "material_lot",
)
# of what is joined only what an answer shows; rows of people and orders are long
LOT_COLUMNS = (
    "number",
    "state",
    "purpose",
    "quantity_started",
    "split_at",
    "split_reason",
    "brought_in_at",
    "opened_at",
    "parent__number",
    "material_lot__number",
    "route_revision__number",
    "route_revision__part_revision__revision",
    "route_revision__part_revision__part__number",
    "order_line__line_number",
    "order_line__due_on",
    "order_line__order__number",
    "order_line__order__po_number",
    "order_line__order__customer__number",
)
STEP_JOINS = (
    "traveler",
    "operation",
    "quality_owner",
    "timing_owner",
    "incoming_owner",
    "signature",
)


STEP_COLUMNS = (
    "number",
    "pass_number",
    "state",
    "quantity_in",
    "quantity_out",
    "signed_at",
    "late_reason",
    "traveler__number",
    "operation__sequence",
    "operation__kind",
    "operation__name",
    "quality_owner__printed_name",
    "timing_owner__printed_name",
    "incoming_owner__printed_name",
    "signature__printed_name",
)
HOLD_COLUMNS = (
    "number",
    "state",
    "reason",
    "placed_at",
    "release_reason",
    "placed_by__printed_name",
    "release_signature__printed_name",
)
MOVE_COLUMNS = ("kind", "quantity", "reason", "recorded_at", "recorded_by__printed_name")


class StepReading(Reading):
    lot = named("traveler.number")
    sequence = serializers.IntegerField(source="operation.sequence")
    kind = named("operation.kind")
    name = named("operation.name")
    quality_owner = named("quality_owner.printed_name")
    timing_owner = named("timing_owner.printed_name")
    incoming_owner = named("incoming_owner.printed_name")
    signed_by = named("signature.printed_name")

    class Meta:
        model = TravelerStep
        fields = (
            "number",
            "lot",
            "sequence",
            "pass_number",
            "kind",
            "name",
            "state",
            "quality_owner",
            "timing_owner",
            "incoming_owner",
            "quantity_in",
            "quantity_out",
            "signed_by",
            "signed_at",
            "late_reason",
        )


class HoldReading(Reading):
    lot = named("traveler.number")
    placed_by = named("placed_by.printed_name")
    released_by = named("release_signature.printed_name")

    class Meta:
        model = Hold
        fields = (
            "number",
            "lot",
            "state",
            "reason",
            "placed_by",
            "placed_at",
            "released_by",
            "release_reason",
        )


class PieceReading(Reading):
    class Meta:
        model = Piece
        fields = ("serial", "is_gone")


class MoveReading(Reading):
    recorded_by = named("recorded_by.printed_name")

    class Meta:
        model = QuantityMove
        fields = ("kind", "quantity", "reason", "recorded_by", "recorded_at")


class LotReading(Reading):
    part = named("route_revision.part_revision.part.number")
    revision = named("route_revision.part_revision.revision")
    route = named("route_revision.number")
    order = named("order_line.order.number")
    line_number = serializers.IntegerField(source="order_line.line_number")
    customer = named("order_line.order.customer.number")
    po_number = named("order_line.order.po_number")
    due_on = serializers.DateField(source="order_line.due_on")
    parent = named("parent.number")
    material_lot = named("material_lot.number")
    quantity = serializers.IntegerField(source="quantity_now", help_text="Pieces that are here now.")

    class Meta:
        model = Traveler
        fields = (
            "number",
            "state",
            "purpose",
            "part",
            "revision",
            "route",
            "order",
            "line_number",
            "customer",
            "po_number",
            "due_on",
            "quantity",
            "quantity_started",
            "parent",
            "split_at",
            "split_reason",
            "material_lot",
            "brought_in_at",
            "opened_at",
        )


class LotWithSteps(LotReading):
    children = serializers.ListField(child=serializers.CharField(), source="split_off", read_only=True)
    steps = StepReading(many=True, help_text="Its own; what it inherits stands on its parent.")
    holds = HoldReading(many=True)
    pieces = PieceReading(many=True, source="serials")
    quantity_moves = MoveReading(many=True)

    class Meta:
        model = Traveler
        fields = (*LotReading.Meta.fields, "children", "steps", "holds", "pieces", "quantity_moves")


def with_steps(queryset):
    """Fetch what a lot's answer shows."""
    children = Traveler.objects.filter(parent=OuterRef("pk")).order_by("-pk")
    pieces = Piece.objects.filter(traveler=OuterRef("pk")).order_by("position", "pk")
    # each row knows its lot already
    steps = TravelerStep.objects.select_related(*STEP_JOINS[1:]).only(
        "traveler", *STEP_COLUMNS[:7], *STEP_COLUMNS[8:]
    )
    holds_shown = Hold.objects.select_related("placed_by", "release_signature").only(
        "traveler", *HOLD_COLUMNS
    )
    moves = QuantityMove.objects.select_related("recorded_by").only("traveler", *MOVE_COLUMNS)
    return (
        queryset.with_quantity()
        .annotate(
            split_off=ArraySubquery(children.values("number")),
            serials=ArraySubquery(pieces.values(json=JSONObject(serial="serial", is_gone="is_gone"))),
        )
        .select_related(*LOT_JOINS)
        .only(*LOT_COLUMNS)
        .prefetch_related(
            Prefetch("steps", steps),
            Prefetch("holds", holds_shown),
            Prefetch("quantity_moves", moves),
        )
    )


class Travelers(ApiList):
    """Lots, the latest first."""

    roles = SHOP
    model = Traveler
    serializer_class = LotReading
    filters = {
        "number": word("number"),
        "state": one_of("state", Traveler.STATES),
        "purpose": one_of("purpose", Traveler.PURPOSES),
        "order": word("order_line__order__number"),
        "line_number": number("order_line__line_number"),
        "customer": word("order_line__order__customer__number"),
        "po_number": word("order_line__order__po_number"),
        "part": word("route_revision__part_revision__part__number"),
        "route": word("route_revision__number"),
        "parent": word("parent__number"),
        "material_lot": word("material_lot__number"),
        **moments("opened_at"),
    }

    def fetched(self, queryset):
        return queryset.with_quantity().select_related(*LOT_JOINS).only(*LOT_COLUMNS)


class TravelerRecord(ApiRecord):
    """One lot with its steps, holds, serial numbers and what left it."""

    roles = SHOP
    model = Traveler
    serializer_class = LotWithSteps

    def fetched(self, queryset):
        return with_steps(queryset)


class TravelerInput(Input):
    route = Named(model=RouteRevision, noun="route")
    quantity = count()
    serials = serializers.ListField(
        child=serializers.CharField(max_length=60),
        required=False,
        allow_null=True,
        max_length=10_000,
        help_text="For serialised parts; left out, they are numbered on.",
    )
    purpose = serializers.ChoiceField(Traveler.PURPOSES, default=Traveler.PRODUCTION)


class TravelerOpen(ApiVerb):
    """Open a lot of an order line on a released route."""

    roles = SHOP + CUSTOMER
    write_roles = PLANNERS
    model = OrderLine
    lookup = {"number": "order__number", "line_number": "line_number"}
    input_class = TravelerInput
    output_class = LotWithSteps

    def fetched(self, queryset):
        return queryset.select_related("order__customer", "part_revision__part")

    def act(self, record, data, *, by):
        route = data.pop("route")
        return travelers.open_traveler(by=by, order_line=record, route_revision=route, **data)

    def shown(self, result):
        return with_steps(Traveler.objects.filter(pk=result.pk)).get()


class Steps(ApiList):
    """The steps of all lots."""

    roles = SHOP
    model = TravelerStep
    serializer_class = StepReading
    filters = {
        "number": word("number"),
        "lot": word("traveler__number"),
        "state": one_of("state", TravelerStep.STATES),
        "kind": word("operation__kind"),
        "sequence": number("operation__sequence"),
        "lot_state": one_of("traveler__state", Traveler.STATES),
        **moments("signed_at"),
    }

    def fetched(self, queryset):
        return queryset.select_related(*STEP_JOINS).only(*STEP_COLUMNS)


class StepRecord(ApiRecord):
    """One step of a lot."""

    roles = SHOP
    model = TravelerStep
    serializer_class = StepReading
    fetched = Steps.fetched


class Holds(ApiList):
    """Holds on lots."""

    roles = SHOP
    model = Hold
    serializer_class = HoldReading
    filters = {
        "number": word("number"),
        "lot": word("traveler__number"),
        "state": one_of("state", Hold.STATES),
        **moments("placed_at"),
    }

    def fetched(self, queryset):
        return queryset.select_related("traveler", "placed_by", "release_signature")


class HoldRecord(ApiRecord):
    """One hold."""

    roles = SHOP
    model = Hold
    serializer_class = HoldReading
    fetched = Holds.fetched


class HoldInput(Input):
    reason = text(300)


class TravelerHold(ApiVerb):
    """Stop a lot; a quality engineer lets it go again, with a signature on the page."""

    roles = SHOP
    write_roles = FLOOR
    model = Traveler
    input_class = HoldInput
    output_class = HoldReading

    def act(self, record, data, *, by):
        return holds.place_hold(by=by, traveler=record, **data)
