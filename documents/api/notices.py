"""Notices that proof of shipped goods no longer holds. Read here; written and sent by people, on the page."""

from __future__ import annotations

from rest_framework import serializers

from documents.models import Notice
from portal.api.doors import ApiList, ApiRecord
from portal.api.fields import Reading, named
from portal.api.filters import Filter, moments, one_of
from portal.api.filters import text as word
from portal.permissions import CUSTOMER, SHOP

READERS = SHOP + CUSTOMER


class NoticeReading(Reading):
    customer = named("customer.number")
    shipment = named("shipment.number")
    lots = serializers.ListField(child=serializers.CharField(), read_only=True)
    cause_noun = serializers.SerializerMethodField(help_text="Empty for a customer, as what follows.")
    cause_number = serializers.SerializerMethodField()
    cause = serializers.SerializerMethodField()
    sent_by = named("signature.printed_name")
    sent_at = serializers.DateTimeField(source="signature.signed_at", allow_null=True)

    class Meta:
        model = Notice
        fields = (
            "number",
            "customer",
            "shipment",
            "lots",
            "state",
            "cause_noun",
            "cause_number",
            "cause",
            "text",
            "drafted_at",
            "decision_reason",
            "sent_by",
            "sent_at",
        )

    def get_cause_noun(self, record) -> str:
        return self._inside(record.cause_noun)

    def get_cause_number(self, record) -> str:
        return self._inside(record.cause_number)

    def get_cause(self, record) -> str:
        return self._inside(record.cause)

    def _inside(self, words: str) -> str:
        """What happened in the house is told to a customer in the text alone."""
        return words if self.context["request"].user.is_shop else ""


class Notices(ApiList):
    """Notices, the newest first: the shop's every one, a customer's those sent to it."""

    roles = READERS
    model = Notice
    serializer_class = NoticeReading
    filters = {
        "number": word("number"),
        "customer": word("customer__number"),
        "shipment": word("shipment__number"),
        "lot": Filter("lots__contains", is_list=True),
        "state": one_of("state", Notice.STATES),
        **moments("drafted_at"),
    }

    def fetched(self, queryset):
        return queryset.select_related("customer", "shipment", "signature")


class NoticeRecord(ApiRecord):
    """One notice."""

    roles = READERS
    model = Notice
    serializer_class = NoticeReading
    fetched = Notices.fetched
