"""The clause and note matrix of a lot, by call."""

from __future__ import annotations

from rest_framework import serializers
from rest_framework.response import Response

from documents.domain.chain import judge
from documents.domain.chain.facts import read_facts_as_placed
from documents.domain.matrix import matrix_of
from portal.api.doors import ApiRecord
from portal.permissions import SHOP
from routes.models import Traveler


class MatrixRowReading(serializers.Serializer):
    """One note or clause."""

    code = serializers.CharField()
    demand = serializers.CharField()
    answer = serializers.CharField(help_text="operation, document, not_applicable, or empty.")
    answered_by = serializers.CharField()
    state = serializers.CharField()
    evidence = serializers.SerializerMethodField()
    sentence = serializers.CharField(help_text="What is still to be done.")
    owner = serializers.CharField()

    def get_evidence(self, row) -> list[str]:
        return [each.words for each in row.evidence]


class MatrixReading(serializers.Serializer):
    """Every note and clause of a lot."""

    lot = serializers.CharField()
    rows = MatrixRowReading(many=True)


class LotMatrix(ApiRecord):
    """List every drawing note and order clause of a lot with what answers it and what shows it."""

    roles = SHOP
    model = Traveler
    serializer_class = MatrixReading

    def get(self, request, *args, **kwargs):
        facts = read_facts_as_placed([self.record.pk])[self.record.number]
        answer = {"lot": self.record.number, "rows": matrix_of(facts, judge(facts))}
        return Response(MatrixReading(answer, context={"request": request}).data)
