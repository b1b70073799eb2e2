"""Material: the heats in stock, and receiving one."""

from __future__ import annotations

from django.db.models import F, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce
from rest_framework import serializers

from portal.api.doors import Acting, ApiList, ApiRecord
from portal.api.fields import Input, Named, Reading, count, day, named, text
from portal.api.filters import days, one_of, truth
from portal.api.filters import text as word
from portal.models import Organization
from portal.permissions import SHOP
from routes.domain import materials
from routes.models import MaterialLot, SpecificationRevision, Traveler
from routes.permissions import FLOOR


class MaterialReading(Reading):
    specification = named("specification.number")
    spec_revision = named("specification.revision")
    supplier = named("supplier.number")
    pieces_left = serializers.IntegerField(help_text="Pieces not issued yet.")

    class Meta:
        model = MaterialLot
        fields = (
            "number",
            "identifier_kind",
            "identifier",
            "specification",
            "spec_revision",
            "condition",
            "form",
            "mill",
            "supplier",
            "is_customer_furnished",
            "received_pieces",
            "pieces_left",
            "received_on",
            "certificate_number",
            "certificate_on",
            "certificate_state",
        )


class MaterialInput(Input):
    identifier_kind = serializers.ChoiceField(MaterialLot.IDENTIFIERS, default=MaterialLot.HEAT)
    identifier = text(80)
    specification = text(60)
    spec_revision = text(20, required=False)
    condition = text(60)
    form = text(60)
    received_pieces = count()
    received_on = day()
    mill = text(120, required=False)
    supplier = Named(model=Organization, noun="organization", required=False, allow_null=True)
    is_customer_furnished = serializers.BooleanField(default=False)

    def to_internal_value(self, data):
        found = super().to_internal_value(data)
        number, revision = found["specification"], found.pop("spec_revision")
        viewer = self.context["request"].user
        record = (
            SpecificationRevision.objects.for_viewer(viewer).filter(number=number, revision=revision).first()
        )
        if record is None:
            words = f"There is no specification {number} {revision}".rstrip()
            raise serializers.ValidationError({"specification": [f"{words} here."]})
        return found | {"specification": record}


def fetched(queryset):
    """Add the pieces left and what the answer shows of other records."""
    lots = Traveler.objects.filter(material_lot=OuterRef("pk")).order_by().values("material_lot")
    issued = Subquery(lots.annotate(total=Sum("material_pieces")).values("total"))
    return queryset.select_related("specification", "supplier").annotate(
        pieces_left=F("received_pieces") - Coalesce(issued, 0)
    )


class Materials(Acting, ApiList):
    """Heats, batches and date codes received; a new one is taken into stock."""

    roles = SHOP
    write_roles = FLOOR
    model = MaterialLot
    serializer_class = output_class = MaterialReading
    input_class = MaterialInput
    filters = {
        "number": word("number"),
        "identifier": word("identifier"),
        "identifier_kind": one_of("identifier_kind", MaterialLot.IDENTIFIERS),
        "specification": word("specification__number"),
        "condition": word("condition"),
        "supplier": word("supplier__number"),
        "is_customer_furnished": truth("is_customer_furnished"),
        "certificate_state": word("certificate_state"),
        **days("received_on"),
    }

    def fetched(self, queryset):
        return fetched(queryset)

    def act(self, record, data, *, by):
        return materials.receive_material(by=by, **data)

    def shown(self, result):
        return fetched(MaterialLot.objects.filter(pk=result.pk)).get()


class MaterialRecord(ApiRecord):
    """One heat, batch or date code."""

    roles = SHOP
    model = MaterialLot
    serializer_class = MaterialReading

    def fetched(self, queryset):
        return fetched(queryset)
