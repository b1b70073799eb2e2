"""Evaluations as machines read them; they are decided by a signature, on their pages."""

from __future__ import annotations

from rest_framework import serializers

from inspection.models import TriggerEvaluation
from inspection.permissions import READERS
from portal.api.doors import ApiList, ApiRecord
from portal.api.fields import Reading, named
from portal.api.filters import moments, one_of
from portal.api.filters import text as word

JOINS = ("traveler", "part_revision__part", "baseline", "opened_by", "signature")


class ChangeReading(serializers.Serializer):
    kind = serializers.CharField(read_only=True)
    subject = serializers.CharField(read_only=True)
    before = serializers.CharField(read_only=True)
    after = serializers.CharField(read_only=True)
    at = serializers.DateTimeField(read_only=True, allow_null=True)
    basis = serializers.CharField(
        read_only=True,
        default="",
        help_text="The amendment it comes from, where it holds for this lot alone.",
    )


class ScopeReading(serializers.Serializer):
    balloon = serializers.CharField(read_only=True)
    name = serializers.CharField(read_only=True)
    reasons = serializers.ListField(child=serializers.CharField(), read_only=True)
    after = serializers.DateTimeField(
        read_only=True, allow_null=True, help_text="Results older than this do not count."
    )
    added = serializers.CharField(
        read_only=True,
        default="",
        help_text="Why it is measured though no change touches it; empty for others.",
    )
    taken_out = serializers.CharField(
        read_only=True, help_text="Why it is not measured again; empty where it is."
    )


class EvaluationReading(Reading):
    lot = named("traveler.number")
    part = named("part_revision.part.number")
    revision = named("part_revision.revision")
    baseline = named("baseline.number")
    opened_by = named("opened_by.printed_name")
    decided_by = named("signature.printed_name")
    changes = ChangeReading(many=True, read_only=True)

    class Meta:
        model = TriggerEvaluation
        fields = (
            "number",
            "lot",
            "part",
            "revision",
            "baseline",
            "state",
            "opened_at",
            "opened_by",
            "changes",
            "decision",
            "justification",
            "decided_by",
        )


class EvaluationWithScope(EvaluationReading):
    scope = ScopeReading(many=True, read_only=True)

    class Meta:
        model = TriggerEvaluation
        fields = (*EvaluationReading.Meta.fields, "scope")


class Evaluations(ApiList):
    """What differs from an approved first article, and what was decided about it."""

    roles = READERS
    model = TriggerEvaluation
    serializer_class = EvaluationReading
    filters = {
        "number": word("number"),
        "part": word("part_revision__part__number"),
        "lot": word("traveler__number"),
        "baseline": word("baseline__number"),
        "state": one_of("state", TriggerEvaluation.STATES),
        "decision": one_of("decision", TriggerEvaluation.DECISIONS),
        **moments("opened_at"),
    }

    def fetched(self, queryset):
        return queryset.select_related(*JOINS)


class EvaluationRecord(ApiRecord):
    """One evaluation with the characteristics its decision names."""

    roles = READERS
    model = TriggerEvaluation
    serializer_class = EvaluationWithScope

    def fetched(self, queryset):
        return queryset.select_related(*JOINS)
