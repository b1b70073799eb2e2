"""What shows of a lot that its clauses were met, and what was changed after its first signature."""

from __future__ import annotations

from rest_framework import serializers
from rest_framework.response import Response

from documents.domain.chain import judge
from documents.domain.chain.facts import read_facts_as_placed
from documents.domain.trail import edits_of
from documents.views.lot_words import clause_rows
from portal.api.doors import ApiRecord
from portal.look.events import sentence
from portal.permissions import SHOP
from routes.models import Traveler


class EvidenceReading(serializers.Serializer):
    """One paper or presence."""

    number = serializers.CharField()
    reference = serializers.CharField()
    present = serializers.CharField(help_text="Who of the customer was there or let it go.")
    done_on = serializers.DateField()
    recorded_by = serializers.CharField()


class LotClauseReading(serializers.Serializer):
    """One clause of the order line, and how it stands for the lot."""

    number = serializers.CharField(source="clause.number")
    revision = serializers.CharField(source="clause.revision")
    title = serializers.CharField(source="clause.title")
    kind = serializers.CharField(source="clause.kind", help_text="evidence, hold, witness or source.")
    point_at = serializers.IntegerField(
        source="clause.point_at", allow_null=True, help_text="The operation that waits."
    )
    answer = serializers.CharField(source="clause.answer")
    answered_by = serializers.CharField(source="clause.answered_by")
    state = serializers.CharField()
    sentence = serializers.CharField(source="slot.sentence")
    owner = serializers.CharField(source="slot.owner")
    evidence = EvidenceReading(many=True)


class LotClausesReading(serializers.Serializer):
    """Every clause of a lot."""

    lot = serializers.CharField()
    clauses = LotClauseReading(many=True)


class LotClauses(ApiRecord):
    """List the clauses of a lot's order line with what shows that they were met."""

    roles = SHOP
    model = Traveler
    serializer_class = LotClausesReading

    def get(self, request, *args, **kwargs):
        facts = read_facts_as_placed([self.record.pk])[self.record.number]
        rows = [
            row | {"evidence": [each["fact"] for each in row["evidence"]]}
            for row in clause_rows(facts, judge(facts))
        ]
        answer = {"lot": self.record.number, "clauses": rows}
        return Response(LotClausesReading(answer, context={"request": request}).data)


class EditReading(serializers.Serializer):
    """One edit: what was done, what stood there before, what stands there now."""

    at = serializers.DateTimeField(source="event.at")
    actor = serializers.CharField(source="event.actor")
    did = serializers.SerializerMethodField(help_text="What was done, in words.")
    reason = serializers.SerializerMethodField()
    was = serializers.CharField()
    now = serializers.CharField()
    leaf_sha256 = serializers.CharField(source="event.leaf_sha256", help_text="Its place in the event log.")
    reviewed_by = serializers.CharField(help_text="Empty until somebody independent reviewed it.")

    def get_did(self, edit) -> str:
        return sentence(edit.event)

    def get_reason(self, edit) -> str:
        return str(edit.event.data.get("reason", ""))


class TrailReading(serializers.Serializer):
    """Every edit of a lot after its first signature."""

    lot = serializers.CharField()
    edits = EditReading(many=True)


class Trail(ApiRecord):
    """List the edits of a lot after its first signature, the first first."""

    roles = SHOP
    model = Traveler
    serializer_class = TrailReading

    def get(self, request, *args, **kwargs):
        answer = {"lot": self.record.number, "edits": edits_of(self.record)}
        return Response(TrailReading(answer, context={"request": request}).data)
