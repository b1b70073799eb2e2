"""Waivers: asked for by call, read by both sides. Decided by signature, on the page."""

from __future__ import annotations

from rest_framework import serializers

from documents.domain import waivers
from documents.models import Waiver, WaiverUse
from documents.permissions import WAIVER_READERS, WAIVER_REQUESTERS
from portal.api.doors import Acting, ApiList, ApiRecord
from portal.api.fields import Input, Named, Reading, count, day, named, text
from portal.api.filters import days, moments, one_of
from portal.api.filters import text as word
from routes.models import Traveler

JOINS = ("traveler__order_line__order__customer", "requested_by", "decision_signature", "decision_file")


class WaiverReading(Reading):
    lot = named("traveler.number")
    customer = named("traveler.order_line.order.customer.number")
    serials = serializers.ListField(child=serializers.CharField(), read_only=True)
    requested_by = named("requested_by.printed_name")
    decided_by = named("decision_signature.printed_name")
    decided_at = serializers.DateTimeField(source="decision_signature.signed_at", allow_null=True)
    letter_sha256 = named("decision_file.sha256")

    class Meta:
        model = Waiver
        fields = (
            "number",
            "lot",
            "customer",
            "code",
            "subject",
            "demand",
            "source",
            "authority",
            "state",
            "reason",
            "quantity_limit",
            "serials",
            "valid_to",
            "requested_by",
            "requested_at",
            "decided_by",
            "decided_at",
            "decision_reason",
            "decision_reference",
            "letter_sha256",
        )


class WaiverUseReading(Reading):
    shipment = named("shipment.number")
    lot = named("traveler.number")

    class Meta:
        model = WaiverUse
        fields = ("shipment", "lot", "quantity", "is_active")


class WaiverWithUses(WaiverReading):
    uses = WaiverUseReading(many=True)

    class Meta:
        model = Waiver
        fields = (*WaiverReading.Meta.fields, "uses")


class WaiverInput(Input):
    """What is to be let pass: the code and subject of an open demand, as the chain of the lot names them."""

    lot = Named(model=Traveler, noun="lot")
    code = serializers.CharField(max_length=12)
    subject = text(120, required=False)
    reason = serializers.CharField(max_length=2000)
    quantity_limit = count()
    serials = serializers.ListField(child=serializers.CharField(max_length=60), required=False, default=list)
    valid_to = day()


class Waivers(Acting, ApiList):
    """Waivers; a new one asks whoever set the demand to let it pass."""

    roles = WAIVER_READERS
    write_roles = WAIVER_REQUESTERS
    model = Waiver
    serializer_class = output_class = WaiverReading
    input_class = WaiverInput
    filters = {
        "number": word("number"),
        "lot": word("traveler__number"),
        "code": word("code"),
        "authority": one_of("authority", Waiver.AUTHORITIES),
        "state": one_of("state", Waiver.STATES),
        **moments("requested_at"),
        **days("valid_to"),
    }

    def fetched(self, queryset):
        return queryset.select_related(*JOINS)

    def act(self, record, data, *, by):
        data["traveler"], data["serials"] = data.pop("lot"), tuple(data["serials"])
        return waivers.request(by=by, **data)


class WaiverRecord(ApiRecord):
    """One waiver and what was released under it."""

    roles = WAIVER_READERS
    model = Waiver
    serializer_class = WaiverWithUses

    def fetched(self, queryset):
        return queryset.select_related(*JOINS).prefetch_related("uses__shipment", "uses__traveler")
