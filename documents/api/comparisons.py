"""How a certificate compares with the records, key by key. It decides nothing: a person does, on the page."""

from __future__ import annotations

from rest_framework import serializers
from rest_framework.response import Response

from documents.domain.cross_check import compare
from documents.domain.key_verdicts import KeyComparison
from documents.models import Certificate
from documents.permissions import BRINGERS
from portal.api.doors import ApiRecord


class KeyReading(serializers.Serializer):
    """One key over its three sources."""

    key = serializers.CharField()
    subject = serializers.CharField(help_text="The heat or the lot it was compared for.")
    verdict = serializers.CharField(
        help_text="match, normalised, mismatch, unclear, not_found or stated_only."
    )
    is_must = serializers.BooleanField()
    stops = serializers.BooleanField(help_text="It must be corrected before anybody can accept.")
    asks = serializers.BooleanField(help_text="A person must look at the page before anybody can accept.")
    typed = serializers.CharField()
    read = serializers.CharField(help_text="The words on the page; empty where the machine found none.")
    page = serializers.IntegerField(allow_null=True)
    how = serializers.CharField(help_text="text, data or ocr: where the words read come from.")
    box = serializers.SerializerMethodField(
        help_text="Left, top, right, bottom in fractions of the page; null where it is not known."
    )
    expected = serializers.CharField(source="on_record")
    sentence = serializers.CharField()
    seen_by = serializers.CharField(help_text="Who looked at the page and found it there.")

    def get_box(self, key: KeyComparison) -> list[float] | None:
        return [key.box.left, key.box.top, key.box.right, key.box.bottom] if key.box else None


class ComparisonReading(serializers.Serializer):
    """All keys of one certificate, as they compare now."""

    certificate = serializers.CharField()
    stops = serializers.IntegerField()
    asks = serializers.IntegerField()
    keys = KeyReading(many=True, source="found")


class CertificateComparison(ApiRecord):
    """Compare one certificate with the records now."""

    roles = BRINGERS
    model = Certificate
    serializer_class = ComparisonReading

    def get(self, request, *args, **kwargs):
        keys = compare(self.record)
        answer = {
            "certificate": self.record.number,
            "stops": sum(key.stops for key in keys),
            "asks": sum(key.asks for key in keys),
            "found": keys,
        }
        return Response(ComparisonReading(answer, context={"request": request}).data)
