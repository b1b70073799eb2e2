"""Who has my parts and who must act, for programs: every lot that is outside, in one call."""

from __future__ import annotations

from django.utils import timezone
from rest_framework import serializers
from rest_framework.response import Response

from portal.api.doors import LIST, ApiDoor
from portal.api.filters import narrowing, text, truth
from portal.permissions import EVERYBODY
from subcontract.domain.whereabouts import PLACES, Asked, whereabouts


class WhereaboutsReading(serializers.Serializer):
    """One lot on one outside order line. Sums are those of the whole line, `quantity` is this lot's."""

    lot = serializers.CharField()
    part = serializers.CharField(source="part_number")
    part_revision = serializers.CharField()
    place = serializers.ChoiceField(choices=list(PLACES))
    holder = serializers.CharField()
    since = serializers.DateField()
    outside_order = serializers.CharField(source="order")
    line_number = serializers.IntegerField()
    vendor = serializers.CharField(source="vendor_number")
    operation = serializers.CharField()
    quantity = serializers.IntegerField()
    sent = serializers.IntegerField()
    returned = serializers.IntegerField()
    scrapped = serializers.IntegerField()
    short = serializers.IntegerField()
    due_on = serializers.DateField()
    days_late = serializers.IntegerField()
    must_act = serializers.CharField()
    next_step = serializers.CharField()
    customer = serializers.CharField(source="customer_number", help_text="Empty for a vendor.")
    order = serializers.CharField(
        source="customer_order", help_text="The customer's order; empty for a vendor."
    )
    po_number = serializers.CharField()


class CustodyReading(serializers.Serializer):
    """Everything that is outside, as of a day."""

    as_of = serializers.DateField()
    lots = WhereaboutsReading(many=True)


class Custody(ApiDoor):
    """Every open lot that is ordered out, away, or back and not verified: who holds it and who must act."""

    scope = LIST
    roles = EVERYBODY
    serializer_class = CustodyReading
    filters = {"vendor": text("vendor"), "customer": text("customer"), "late": truth("is_late")}

    def get(self, request, *args, **kwargs):
        today, asked = timezone.localdate(), Asked(**narrowing(self.filters, request))
        found = whereabouts(person=request.user, today=today, asked=asked)
        return Response(CustodyReading({"as_of": today, "lots": found}).data)
