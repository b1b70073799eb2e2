"""Delegations and pieces too many, for programs; both are decided by people on pages."""

from __future__ import annotations

from rest_framework import serializers

from portal.api.doors import ApiList
from portal.api.fields import Reading, named
from portal.api.filters import days, one_of
from portal.api.filters import text as word
from portal.permissions import EVERYBODY
from subcontract.models import Delegation, OverReturn
from subcontract.permissions import READERS


class DelegationReading(Reading):
    vendor = named("site.organization.number")
    site = named("site.code")
    customer = serializers.SerializerMethodField(
        help_text="Null for a vendor where the shop does not show the customer's name."
    )
    part = named("part.number")
    order_line = serializers.SerializerMethodField(help_text="Empty stands for every order.")
    signed_by = named("signature.printed_name")

    class Meta:
        model = Delegation
        fields = (
            "number",
            "vendor",
            "site",
            "customer",
            "part",
            "order_line",
            "is_verification",
            "is_shipping",
            "reference",
            "valid_from",
            "valid_to",
            "accepted_on",
            "ended_on",
            "signed_by",
        )

    def get_customer(self, delegation) -> str | None:
        is_named = not self.context["request"].user.is_vendor or delegation.customer.is_shown_to_vendors
        return delegation.customer.number if is_named else None

    def get_order_line(self, delegation) -> str:
        return str(delegation.order_line) if delegation.order_line else ""


class Delegations(ApiList):
    """Which vendor's site verifies or ships in our place: to outsiders those they are party to."""

    roles = EVERYBODY
    model = Delegation
    serializer_class = DelegationReading
    filters = {
        "number": word("number"),
        "vendor": word("site__organization__number"),
        **days("valid_from"),
        **days("valid_to"),
    }

    def fetched(self, queryset):
        return queryset.select_related(
            "site__organization", "customer", "part", "order_line__order", "signature"
        )


class OverReturnReading(Reading):
    order = named("line.order.number")
    line_number = serializers.IntegerField(source="line.line_number")
    decided_by = named("decided_by.printed_name")

    class Meta:
        model = OverReturn
        fields = (
            "number",
            "order",
            "line_number",
            "counted",
            "quantity",
            "found_on",
            "decision",
            "decided_reason",
            "decided_by",
        )


class OverReturns(ApiList):
    """Pieces that came back beyond what was sent, and what they were; undecided ones stop their lots."""

    roles = READERS
    model = OverReturn
    serializer_class = OverReturnReading
    filters = {
        "number": word("number"),
        "order": word("line__order__number"),
        "decision": one_of("decision", OverReturn.DECISIONS),
        **days("found_on"),
    }

    def fetched(self, queryset):
        return queryset.select_related("line__order", "decided_by")
