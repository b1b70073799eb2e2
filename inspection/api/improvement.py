"""Requests for concessions, corrective actions, and readings in doubt: how they stand."""

from __future__ import annotations

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from inspection.domain import corrective_actions, gauge_doubts
from inspection.models import ConcessionRequest, CorrectiveAction, CorrectiveStep
from inspection.permissions import ACTION_READERS, READERS, REQUEST_READERS
from portal.api.doors import ApiList, ApiRecord
from portal.api.fields import Reading, named
from portal.api.filters import days, moments, one_of
from portal.api.filters import text as word
from routes.models import Gauge

REQUEST_JOINS = ("customer", "nonconformance", "order_line__order", "requested_by", "signature")
ACTION_JOINS = ("vendor", "owner", "part", "answered_by", "signature", "first_article")


class ConcessionRequestReading(Reading):
    customer = named("customer.number")
    nonconformance = named("nonconformance.number")
    order = named("order_line.order.number")
    line_number = serializers.IntegerField(source="order_line.line_number", allow_null=True, default=None)
    serials = serializers.ListField(child=serializers.CharField(), read_only=True)
    granted_serials = serializers.ListField(child=serializers.CharField(), read_only=True)
    requested_by = named("requested_by.printed_name")
    decided_by = named("signature.printed_name")

    class Meta:
        model = ConcessionRequest
        fields = (
            "number",
            "customer",
            "nonconformance",
            "order",
            "line_number",
            "proposal",
            "description",
            "justification",
            "quantity",
            "serials",
            "state",
            "requested_by",
            "requested_at",
            "decided_by",
            "granted_quantity",
            "granted_serials",
            "valid_to",
            "conditions",
            "customer_reference",
            "decision_reason",
        )


class CorrectiveStepReading(Reading):
    done_by = named("done_by.printed_name")

    class Meta:
        model = CorrectiveStep
        fields = ("text", "owner", "due_on", "done_on", "done_by", "evidence")


class CorrectiveActionReading(Reading):
    vendor = named("vendor.number")
    part = named("part.number")
    owner = named("owner.printed_name")
    answered_by = named("answered_by.printed_name")
    proved_by = named("signature.printed_name")
    owed_on = serializers.SerializerMethodField(help_text="The next day on which something is owed.")

    class Meta:
        model = CorrectiveAction
        fields = (
            "number",
            "vendor",
            "origin_noun",
            "origin_number",
            "part",
            "problem",
            "state",
            "owner",
            "due_on",
            "owed_on",
            "opened_at",
            "answered_by",
            "answered_at",
            "implemented_at",
            "check_on",
            "check_after_lots",
            "proved_by",
        )

    def get_owed_on(self, action: CorrectiveAction) -> str | None:
        day = corrective_actions.owed_on(action)
        return day.isoformat() if day else None


class CorrectiveActionWithAnswer(CorrectiveActionReading):
    steps = CorrectiveStepReading(many=True)

    class Meta:
        model = CorrectiveAction
        fields = (
            *CorrectiveActionReading.Meta.fields,
            "containment",
            "occurrence_cause",
            "escape_cause",
            "systemic_cause",
            "said",
            "steps",
        )


class ConcessionRequests(ApiList):
    """What design authorities were asked to let pass; a customer sees its own."""

    roles = REQUEST_READERS
    model = ConcessionRequest
    serializer_class = ConcessionRequestReading
    filters = {
        "number": word("number"),
        "nonconformance": word("nonconformance__number"),
        "state": one_of("state", ConcessionRequest.STATES),
        **moments("requested_at"),
    }

    def fetched(self, queryset):
        return queryset.select_related(*REQUEST_JOINS)


class ConcessionRequestRecord(ApiRecord):
    """One request with its decision and limits."""

    roles = REQUEST_READERS
    model = ConcessionRequest
    serializer_class = ConcessionRequestReading

    def fetched(self, queryset):
        return queryset.select_related(*REQUEST_JOINS)


class CorrectiveActions(ApiList):
    """Corrective actions; a vendor sees those asked of it."""

    roles = ACTION_READERS
    model = CorrectiveAction
    serializer_class = CorrectiveActionReading
    filters = {
        "number": word("number"),
        "vendor": word("vendor__number"),
        "part": word("part__number"),
        "state": one_of("state", CorrectiveAction.STATES),
        **days("due_on"),
    }

    def fetched(self, queryset):
        return queryset.select_related(*ACTION_JOINS).prefetch_related("steps")


class CorrectiveActionRecord(ApiRecord):
    """One corrective action with its answer and what is done about it."""

    roles = ACTION_READERS
    model = CorrectiveAction
    serializer_class = CorrectiveActionWithAnswer

    def fetched(self, queryset):
        return queryset.select_related(*ACTION_JOINS).prefetch_related("steps__done_by")


class DoubtedLotReading(serializers.Serializer):
    lot = serializers.CharField()
    readings = serializers.IntegerField()
    undecided = serializers.IntegerField()
    has_left = serializers.BooleanField()


class DoubtReading(serializers.Serializer):
    gauge = serializers.CharField()
    found_on = serializers.DateField()
    since = serializers.DateField(allow_null=True)
    lots = DoubtedLotReading(many=True)


class GaugeDoubts(ApiRecord):
    """The days a gauge was found out of tolerance, each with the lots it puts in doubt."""

    roles = READERS
    model = Gauge
    serializer_class = DoubtReading

    def get(self, request: Request, *args, **kwargs) -> Response:
        found = [
            {
                "gauge": self.record.number,
                "found_on": finding.found_on,
                "since": finding.since,
                "lots": [
                    {
                        "lot": each.lot.number,
                        "readings": len(each.readings),
                        "undecided": len(each.undecided),
                        "has_left": each.has_left,
                    }
                    for each in gauge_doubts.lots_in_doubt(finding)
                ],
            }
            for finding in gauge_doubts.findings_of(self.record)
        ]
        return Response({"results": DoubtReading(found, many=True).data})
