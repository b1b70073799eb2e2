"""The rehearsal of an order line: what will be asked of its lots, before one is opened."""

from __future__ import annotations

from rest_framework import serializers
from rest_framework.response import Response

from documents.domain.rehearsal import NothingToRehearse, rehearse
from portal.api.doors import ApiRecord
from portal.api.problems import Problem
from portal.permissions import SHOP
from routes.models import OrderLine


class ComingReading(serializers.Serializer):
    """One demand that will be made."""

    code = serializers.CharField(source="slot.code")
    subject = serializers.CharField(source="slot.subject")
    demand = serializers.CharField(source="slot.demand")
    source = serializers.CharField(source="slot.source")
    owner = serializers.CharField(
        source="slot.owner", help_text="A role; people are named when a lot is opened."
    )
    is_due_now = serializers.BooleanField(help_text="It can be settled before a lot is opened.")
    expected_on = serializers.DateField(
        allow_null=True, help_text="The first day it can be met; null where unknown."
    )


class TimeAwayReading(serializers.Serializer):
    """How long pieces were away for one outside operation."""

    sequence = serializers.IntegerField()
    name = serializers.CharField()
    orders = serializers.IntegerField(help_text="Orders to the same call-out that came back.")
    days = serializers.IntegerField(allow_null=True, help_text="Their median.")


class RehearsalReading(serializers.Serializer):
    """What a line will ask for."""

    route = serializers.CharField()
    ships_from = serializers.DateField(
        allow_null=True, help_text="No day before it is possible, by the time away alone; null where unknown."
    )
    times_away = TimeAwayReading(many=True)
    coming = ComingReading(many=True)


class LineRehearsal(ApiRecord):
    """Judge an order line as if a lot had just been opened on its released route."""

    roles = SHOP
    model = OrderLine
    lookup = {"number": "order__number", "line_number": "line_number"}
    serializer_class = RehearsalReading

    def fetched(self, queryset):
        return queryset.select_related("order", "part_revision__part")

    def get(self, request, *args, **kwargs):
        try:
            found = rehearse(order_line=self.record)
        except NothingToRehearse as refusal:
            raise Problem(409, refusal.code, refusal.sentence) from refusal
        return Response(RehearsalReading(found, context={"request": request}).data)
