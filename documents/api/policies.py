"""Check policies, read by call: which checks are in force for a customer. Drafted and signed on the page."""

from __future__ import annotations

from rest_framework import serializers

from documents.domain.policies import checks_in_force
from documents.models import CheckPolicy
from documents.permissions import POLICY_READERS
from portal.api.doors import ApiList, ApiRecord
from portal.api.fields import Reading, named
from portal.api.filters import moments, one_of
from portal.api.filters import text as word


class CheckPolicyReading(Reading):
    customer = named("customer.number")
    in_force = serializers.SerializerMethodField()
    not_in_force = serializers.ListField(source="left_out", child=serializers.CharField(), read_only=True)
    author = named("author.printed_name")
    signed_by = named("signature.printed_name")
    signed_at = serializers.DateTimeField(source="signature.signed_at", allow_null=True)

    class Meta:
        model = CheckPolicy
        fields = (
            "number",
            "customer",
            "state",
            "in_force",
            "not_in_force",
            "reason",
            "author",
            "drafted_at",
            "signed_by",
            "signed_at",
        )

    def get_in_force(self, policy) -> list[str]:
        return checks_in_force(policy)


class CheckPolicies(ApiList):
    """Check policies of every state; a customer without one in force has every check."""

    roles = POLICY_READERS
    model = CheckPolicy
    serializer_class = CheckPolicyReading
    filters = {
        "number": word("number"),
        "customer": word("customer__number"),
        "state": one_of("state", CheckPolicy.STATES),
        **moments("drafted_at"),
    }

    def fetched(self, queryset):
        return queryset.select_related("customer", "author", "signature")


class CheckPolicyRecord(ApiRecord):
    """One check policy."""

    roles = POLICY_READERS
    model = CheckPolicy
    serializer_class = CheckPolicyReading

    def fetched(self, queryset):
        return queryset.select_related("customer", "author", "signature")
