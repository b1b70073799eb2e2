"""Frozen scorecards. Read here: the shop every vendor's, a vendor its own."""

from __future__ import annotations

from rest_framework import serializers

from documents.models import Scorecard
from portal.api.doors import ApiList, ApiRecord
from portal.api.fields import Reading, named
from portal.api.filters import days, one_of
from portal.api.filters import text as word
from portal.permissions import SHOP, VENDORS

READERS = SHOP + VENDORS
GRADES = [(grade, grade) for grade in "ABC"]


class ScorecardReading(Reading):
    vendor = named("vendor.number")
    content = serializers.JSONField(help_text="Figures with numerator, denominator and records; the terms.")

    class Meta:
        model = Scorecard
        fields = (
            "number",
            "vendor",
            "month",
            "grade",
            "score",
            "content",
            "facts_sha256",
            "rules",
            "frozen_at",
        )


class Scorecards(ApiList):
    """Scorecards, the latest frozen first."""

    roles = READERS
    model = Scorecard
    serializer_class = ScorecardReading
    filters = {
        "number": word("number"),
        "vendor": word("vendor__number"),
        "grade": one_of("grade", GRADES),
        **days("month"),
    }

    def fetched(self, queryset):
        return queryset.select_related("vendor")


class ScorecardRecord(ApiRecord):
    """One scorecard."""

    roles = READERS
    model = Scorecard
    serializer_class = ScorecardReading
    fetched = Scorecards.fetched
