"""The chain check of one lot: every demand, how it stands, who owes it, and the digest of what was judged."""

from __future__ import annotations

from rest_framework import serializers
from rest_framework.response import Response

from documents.domain.chain import digest, judge
from documents.domain.chain.facts import read_facts_as_placed
from documents.views.slots import slot_url
from portal.api.doors import ApiRecord
from portal.permissions import SHOP
from routes.models import Traveler


class SlotReading(serializers.Serializer):
    """One demand on the lot."""

    code = serializers.CharField()
    subject = serializers.CharField(help_text="Which demand of this check; with the code it names one demand.")
    state = serializers.CharField()
    demand = serializers.CharField()
    source = serializers.CharField()
    owner = serializers.CharField(help_text="Who owes it; empty once it is closed.")
    due_on = serializers.DateField(allow_null=True)
    since = serializers.DateField(allow_null=True)
    evidence = serializers.CharField()
    reason = serializers.CharField()
    stops = serializers.BooleanField(help_text="Somebody can and must act here now.")
    waits = serializers.BooleanField(help_text="Open only because an earlier link is.")
    waived_by = serializers.CharField(help_text="Who may let it pass: house, customer or nobody.")
    page = serializers.SerializerMethodField(help_text="Where a person acts.")

    def get_page(self, slot) -> str:
        return slot_url(slot)


class ChainReading(serializers.Serializer):
    """A whole verdict."""

    lot = serializers.CharField()
    facts_digest = serializers.CharField(help_text="Equal facts have equal digests for ever.")
    is_ready = serializers.BooleanField(help_text="Nothing stops it.")
    slots = SlotReading(many=True)


class Chain(ApiRecord):
    """Judge one lot now, as the release board does."""

    roles = SHOP
    model = Traveler
    serializer_class = ChainReading

    def get(self, request, *args, **kwargs):
        facts = read_facts_as_placed([self.record.pk])[self.record.number]
        slots = judge(facts)
        verdict = {
            "lot": self.record.number,
            "facts_digest": digest(facts),
            "is_ready": not any(slot.stops for slot in slots),
            "slots": slots,
        }
        return Response(ChainReading(verdict, context={"request": request}).data)
