"""How strictly each series is looked at, and how its lots fared; people sign what changes it, on the page."""

from __future__ import annotations

from rest_framework import serializers

from inspection.models import SamplingOutcome, SamplingState
from inspection.permissions import READERS
from portal.api.doors import ApiList, ApiRecord
from portal.api.fields import Reading, named
from portal.api.filters import moments, one_of
from portal.api.filters import text as word

JOINS = ("part", "vendor", "signature")
OUTCOME_JOINS = ("series__part", "series__vendor", "record__traveler")


class SeriesReading(Reading):
    part = named("part.number")
    vendor = named("vendor.number")
    decided_by = named("signature.printed_name")

    class Meta:
        model = SamplingState
        fields = (
            "number",
            "part",
            "vendor",
            "defect_class",
            "state",
            "since_at",
            "why",
            "skip_one_in",
            "skip_since_at",
            "decided_by",
        )


class OutcomeReading(Reading):
    series = named("series.number")
    part = named("series.part.number")
    vendor = named("series.vendor.number")
    inspection = named("record.number")
    lot = named("record.traveler.number")
    n = serializers.IntegerField(help_text="Pieces that were to be looked at.")
    found = serializers.IntegerField(help_text="Pieces that were nonconforming.")

    class Meta:
        model = SamplingOutcome
        fields = (
            "series",
            "part",
            "vendor",
            "inspection",
            "lot",
            "severity",
            "n",
            "found",
            "is_accepted",
            "is_between",
            "is_original",
            "recorded_at",
        )


class SamplingSeries(ApiList):
    """The series of lots: normal, tightened, reduced or every piece; without a vendor it is our own work."""

    roles = READERS
    model = SamplingState
    serializer_class = SeriesReading
    filters = {
        "number": word("number"),
        "part": word("part__number"),
        "vendor": word("vendor__number"),
        "state": one_of("state", SamplingState.STATES),
    }

    def fetched(self, queryset):
        return queryset.select_related(*JOINS)


class SamplingSeriesRecord(ApiRecord):
    """One series and how strictly it is looked at."""

    roles = READERS
    model = SamplingState
    serializer_class = SeriesReading

    def fetched(self, queryset):
        return queryset.select_related(*JOINS)


class SamplingOutcomes(ApiList):
    """How each inspected lot fared in its series; one offered again is kept and does not count."""

    roles = READERS
    model = SamplingOutcome
    serializer_class = OutcomeReading
    filters = {
        "series": word("series__number"),
        "part": word("series__part__number"),
        "vendor": word("series__vendor__number"),
        "lot": word("record__traveler__number"),
        **moments("recorded_at"),
    }

    def fetched(self, queryset):
        return queryset.select_related(*OUTCOME_JOINS)
