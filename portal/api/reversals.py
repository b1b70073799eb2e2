"""Acceptances that were undone; undoing one takes a person and is done on pages."""

from __future__ import annotations

from rest_framework import serializers

from portal.api.doors import ApiList, ApiRecord
from portal.api.fields import Reading, named
from portal.api.filters import Filter, moments, text
from portal.models import Reversal
from portal.permissions import SHOP


class ReversalReading(Reading):
    signed_by = named("undone.printed_name", help_text="Whose signature no longer counts.")
    signed_at = serializers.DateTimeField(source="undone.signed_at")
    undone_by = named("signature.printed_name")
    lots = serializers.ListField(child=serializers.CharField(), read_only=True)
    opened = serializers.ListField(
        child=serializers.CharField(), read_only=True, help_text="Every record that is open again."
    )

    class Meta:
        model = Reversal
        fields = (
            "number",
            "noun",
            "record",
            "signed_by",
            "signed_at",
            "undone_by",
            "reversed_at",
            "reason",
            "judged_anew",
            "opened",
            "lots",
        )


class Reversals(ApiList):
    """What was undone, the latest first: of one record by `noun` and `record`, of one lot by `lot`."""

    roles = SHOP
    model = Reversal
    serializer_class = ReversalReading
    filters = {
        "noun": text("noun"),
        "record": text("record"),
        "lot": Filter("lots__contains", is_list=True),
        **moments("reversed_at"),
    }

    def fetched(self, queryset):
        return queryset.select_related("undone", "signature")


class ReversalRecord(ApiRecord):
    """One acceptance that was undone."""

    roles = SHOP
    model = Reversal
    serializer_class = ReversalReading
