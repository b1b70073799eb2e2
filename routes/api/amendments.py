"""Amendments of lots: what was changed for one alone, and proposing a change; a person signs it on the page."""

from __future__ import annotations

from rest_framework import serializers

from portal.api.doors import ApiList, ApiRecord, ApiVerb
from portal.api.fields import Input, Reading, named, text
from portal.api.filters import moments, one_of
from portal.api.filters import text as word
from portal.permissions import SHOP
from routes.domain import lot_amendments
from routes.domain.amended import what_it_changes
from routes.domain.lot_amendments import MOST_WORDS
from routes.models import Operation, Traveler, TravelerAmendment
from routes.permissions import FLOOR

JOINS = ("traveler", "step__operation", "proposed_by", "signature")


class AmendmentReading(Reading):
    lot = named("traveler.number")
    changes = serializers.SerializerMethodField(help_text="The operations it touches, in words.")
    step = named("step.number")
    proposed_by = named("proposed_by.printed_name")
    decided_by = named("signature.printed_name")

    class Meta:
        model = TravelerAmendment
        fields = (
            "number",
            "lot",
            "kind",
            "state",
            "changes",
            "step",
            "sequence",
            "name",
            "operation_kind",
            "repeated",
            "words",
            "reason",
            "proposed_by",
            "proposed_at",
            "decided_by",
            "decided_at",
            "decision_reason",
        )

    def get_changes(self, amendment) -> str:
        return what_it_changes(amendment)


class Amendments(ApiList):
    """Amendments of lots, the latest first."""

    roles = SHOP
    model = TravelerAmendment
    serializer_class = AmendmentReading
    filters = {
        "number": word("number"),
        "lot": word("traveler__number"),
        "kind": one_of("kind", TravelerAmendment.KINDS),
        "state": one_of("state", TravelerAmendment.STATES),
        **moments("proposed_at"),
    }

    def fetched(self, queryset):
        return queryset.select_related(*JOINS)


class AmendmentRecord(ApiRecord):
    """One amendment of a lot."""

    roles = SHOP
    model = TravelerAmendment
    serializer_class = AmendmentReading
    fetched = Amendments.fetched


class WithdrawInput(Input):
    reason = text(300)


class AmendmentWithdraw(ApiVerb):
    """Take a proposal back before anybody decided it; only who proposed it may."""

    roles = SHOP
    write_roles = FLOOR
    model = TravelerAmendment
    input_class = WithdrawInput
    output_class = AmendmentReading
    fetched = Amendments.fetched

    def act(self, record, data, *, by):
        return lot_amendments.withdraw(by=by, amendment=record, **data)


class OfLot(ApiVerb):
    """A proposal for one lot."""

    roles = SHOP
    write_roles = FLOOR
    model = Traveler
    output_class = AmendmentReading


class SkipInput(Input):
    sequence = serializers.IntegerField(min_value=1, max_value=1_000_000, help_text="The operation.")
    reason = text(300)


class RedlineInput(SkipInput):
    words = text(MOST_WORDS)


class AddInput(RedlineInput):
    name = text(120)
    kind = serializers.ChoiceField(Operation.KINDS)


class RepeatInput(Input):
    operation_sequences = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=1_000_000), min_length=1, max_length=1_000
    )
    reason = text(300)


class LotRedline(OfLot):
    """Propose words that hold for this lot at one operation."""

    input_class = RedlineInput

    def act(self, record, data, *, by):
        return lot_amendments.propose_redline(by=by, traveler=record, **data)


class LotSkip(OfLot):
    """Propose to pass one operation over, for this lot alone."""

    input_class = SkipInput

    def act(self, record, data, *, by):
        return lot_amendments.propose_skip(by=by, traveler=record, **data)


class LotAdd(OfLot):
    """Propose an operation of this lot alone, between two of its own."""

    input_class = AddInput

    def act(self, record, data, *, by):
        return lot_amendments.propose_add(by=by, traveler=record, **data)


class LotRepeat(OfLot):
    """Propose that operations are done again in a further pass."""

    input_class = RepeatInput

    def act(self, record, data, *, by):
        return lot_amendments.propose_repeat(by=by, traveler=record, **data)
