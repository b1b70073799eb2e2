"""What a vendor's site is approved for, and until when."""

from __future__ import annotations

from datetime import date, timedelta

from rest_framework import serializers

from portal.api.doors import ApiList, ApiRecord
from portal.api.fields import Reading, named
from portal.api.filters import Filter, one_of
from portal.api.filters import text as word
from portal.permissions import SHOP
from subcontract.models import ApprovalScope


class ApprovalReading(Reading):
    vendor = named("site.organization.number")
    site = named("site.code")
    customer = named("customer.number")
    valid_from = serializers.DateField(source="valid.lower")
    valid_to = serializers.SerializerMethodField(help_text="The last day it holds.")

    class Meta:
        model = ApprovalScope
        fields = (
            "number",
            "vendor",
            "site",
            "process",
            "spec_number",
            "spec_revision",
            "spec_type",
            "spec_class",
            "material",
            "customer",
            "valid_from",
            "valid_to",
            "basis",
            "state",
            "state_since",
            "state_reason",
        )

    def get_valid_to(self, approval) -> date | None:
        return approval.valid.upper - timedelta(days=1) if approval.valid.upper else None


class Approvals(ApiList):
    """Vendor approvals: which site may do which process, for how long."""

    roles = SHOP
    model = ApprovalScope
    serializer_class = ApprovalReading
    filters = {
        "number": word("number"),
        "vendor": word("site__organization__number"),
        "site": word("site__code"),
        "process": word("process"),
        "spec_number": word("spec_number"),
        "state": one_of("state", ApprovalScope.STATES),
        "in_force_on": Filter("valid__contains", "day"),
    }

    def fetched(self, queryset):
        return queryset.select_related("site__organization", "customer")


class ApprovalRecord(ApiRecord):
    """One approval."""

    roles = SHOP
    model = ApprovalScope
    serializer_class = ApprovalReading
    fetched = Approvals.fetched
