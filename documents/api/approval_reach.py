"""What rests on an approval."""

from __future__ import annotations

from django.utils import timezone
from rest_framework import serializers
from rest_framework.response import Response

from documents.domain.approval_reach import PLACES, reach_of
from portal.api.doors import ApiRecord
from portal.permissions import SHOP
from subcontract.models import ApprovalScope


class ReachLineReading(serializers.Serializer):
    """One lot that rests on the approval."""

    lot = serializers.CharField()
    place = serializers.ChoiceField(choices=list(PLACES.items()))
    is_touched = serializers.BooleanField(help_text="The approval did not stand on every day of its work.")
    order = serializers.CharField()
    line_number = serializers.IntegerField()
    part = serializers.CharField()
    customer = serializers.CharField()
    quantity = serializers.IntegerField()
    ordered_on = serializers.DateField()
    due_on = serializers.DateField()
    shipped_on = serializers.DateField(allow_null=True)
    received_on = serializers.DateField(allow_null=True)


class ReachReading(serializers.Serializer):
    """What rests on one approval."""

    approval = serializers.CharField()
    as_of = serializers.DateField()
    lots = ReachLineReading(many=True)


class ApprovalReach(ApiRecord):
    """What rests on one approval and is not closed: orders, lots at the vendor, lots back, lots shipped."""

    roles = SHOP
    model = ApprovalScope
    serializer_class = ReachReading

    def fetched(self, queryset):
        return queryset.select_related("site__organization", "customer")

    def get(self, request, *args, **kwargs):
        found = {
            "approval": self.record.number,
            "as_of": timezone.localdate(),
            "lots": reach_of(self.record),
        }
        return Response(ReachReading(found).data)
