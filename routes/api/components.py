"""Parts lists of assemblies, what was built into their lots, and how order lines are packed."""

from __future__ import annotations

from rest_framework import serializers

from portal.api.doors import ApiList, ApiVerb
from portal.api.fields import Input, Named, Reading, count, named, text
from portal.api.filters import moments, one_of, truth
from portal.api.filters import number as number_of
from portal.api.filters import text as word
from portal.permissions import CUSTOMER, SHOP
from routes.domain import component_uses, packing
from routes.models import Component, ComponentUse, MaterialLot, OrderLine, PackingDemand, Traveler
from routes.permissions import FLOOR, PLANNERS


def serial_list(**facts) -> serializers.ListField:
    """Take the serials of pieces; left out there are none."""
    one = serializers.CharField(max_length=60)
    return serializers.ListField(child=one, required=False, max_length=10_000, **facts)


class ComponentReading(Reading):
    part = named("assembly.part.number")
    revision = named("assembly.revision")
    made_revision = named("made.revision")
    specification = named("specification.number")
    specification_revision = named("specification.revision")

    class Meta:
        model = Component
        fields = (
            "part",
            "revision",
            "item_number",
            "part_number",
            "name",
            "quantity_each",
            "made_revision",
            "specification",
            "specification_revision",
        )


class Components(ApiList):
    """The parts lists: what one assembly is built from."""

    roles = SHOP + CUSTOMER
    model = Component
    serializer_class = ComponentReading
    filters = {
        "part": word("assembly__part__number"),
        "revision": word("assembly__revision"),
        "part_number": word("part_number"),
        "specification": word("specification__number"),
    }

    def fetched(self, queryset):
        return queryset.select_related("assembly__part", "made", "specification")


class ComponentUseReading(Reading):
    lot = named("traveler.number")
    item_number = named("component.item_number")
    part_number = named("component.part_number")
    source_lot = named("source_lot.number")
    material_lot = named("material_lot.number")
    recorded_by = named("recorded_by.printed_name")

    class Meta:
        model = ComponentUse
        fields = (
            "lot",
            "item_number",
            "part_number",
            "source_lot",
            "material_lot",
            "quantity",
            "serials",
            "into_serials",
            "reason",
            "recorded_by",
            "recorded_at",
        )


class ComponentUses(ApiList):
    """Pieces built into lots; a negative quantity came out again."""

    roles = SHOP
    model = ComponentUse
    serializer_class = ComponentUseReading
    filters = {
        "lot": word("traveler__number"),
        "source_lot": word("source_lot__number"),
        "material_lot": word("material_lot__number"),
        "part_number": word("component__part_number"),
        **moments("recorded_at"),
    }

    def fetched(self, queryset):
        return queryset.select_related("traveler", "component", "source_lot", "material_lot", "recorded_by")


class BuildInInput(Input):
    item_number = text(20)
    quantity = count()
    source_lot = Named(model=Traveler, noun="lot", required=False)
    material_lot = Named(model=MaterialLot, noun="material", required=False)
    serials = serial_list()
    into_serials = serial_list(
        help_text="Where both carry serials: the assembly each piece went into, in the same order."
    )


class LotBuildIn(ApiVerb):
    """Record pieces as built into a lot."""

    roles = SHOP
    write_roles = FLOOR
    model = Traveler
    input_class = BuildInInput
    output_class = ComponentUseReading

    def fetched(self, queryset):
        return queryset.select_related("route_revision")

    def act(self, record, data, *, by):
        item = data.pop("item_number")
        component = Component.objects.filter(
            assembly=record.route_revision.part_revision_id, item_number=item
        ).first()
        if component is None:
            raise serializers.ValidationError({"item_number": [f"The parts list has no item {item}."]})
        return component_uses.build_in(by=by, traveler=record, component=component, **data)


class PackingDemandReading(Reading):
    order = named("order_line.order.number")
    line_number = serializers.IntegerField(source="order_line.line_number")

    class Meta:
        model = PackingDemand
        fields = ("order", "line_number", "position", "kind", "text", "least_days_left", "is_withdrawn")


class PackingDemands(ApiList):
    """How order lines are packed."""

    roles = SHOP + CUSTOMER
    model = PackingDemand
    serializer_class = PackingDemandReading
    filters = {
        "order": word("order_line__order__number"),
        "line_number": number_of("order_line__line_number"),
        "kind": one_of("kind", PackingDemand.KINDS),
        "is_withdrawn": truth("is_withdrawn"),
    }

    def fetched(self, queryset):
        return queryset.select_related("order_line__order")


class PackingDemandInput(Input):
    kind = serializers.ChoiceField(PackingDemand.KINDS)
    text = text(300)
    least_days_left = count(required=False, min_value=0, allow_null=True)


class PackingDemandAdd(ApiVerb):
    """Put a packing demand on an order line."""

    roles = SHOP + CUSTOMER
    write_roles = PLANNERS
    model = OrderLine
    lookup = {"number": "order__number", "line_number": "line_number"}
    input_class = PackingDemandInput
    output_class = PackingDemandReading

    def fetched(self, queryset):
        return queryset.select_related("order__customer")

    def act(self, record, data, *, by):
        return packing.add_demand(by=by, order_line=record, **data)
