"""Disposals of proof whose time is over. Read here; proposed, approved and carried out by people, on the page."""

from __future__ import annotations

from rest_framework import serializers

from documents.domain.disposals import left_for
from documents.models import Disposal
from documents.permissions import DISPOSAL_READERS
from portal.api.doors import ApiList, ApiRecord
from portal.api.fields import Reading, named
from portal.api.filters import moments, one_of
from portal.api.filters import text as word
from portal.domain.files import may_see_label


class DisposalReading(Reading):
    shipment = named("shipment.number")
    customer = named("shipment.customer.number")
    proposed_by = named("proposed_by.printed_name")
    approved_by = named("approval.printed_name")
    carried_out_by = named("carried_out.printed_name")
    carried_out_at = serializers.DateTimeField(source="carried_out.signed_at", allow_null=True)
    erased = serializers.SerializerMethodField(help_text="Name, bytes and sha256 of each file; empty before.")
    left = serializers.SerializerMethodField(help_text="Files something else stands on, as `erased`.")

    class Meta:
        model = Disposal
        fields = (
            "number",
            "shipment",
            "customer",
            "state",
            "reason",
            "kept_until",
            "proposed_by",
            "proposed_at",
            "approved_by",
            "told_at",
            "not_before",
            "carried_out_by",
            "carried_out_at",
            "erased",
            "left",
        )

    def get_erased(self, record) -> list[dict]:
        return record.erased if self._may_name(record) else []

    def get_left(self, record) -> list[dict]:
        return left_for(self.context["request"].user, record) if self._may_name(record) else []

    def _may_name(self, record) -> bool:
        """A file under a label is not named to whom it is closed."""
        return may_see_label(self.context["request"].user, record.paper.label if record.paper else None)


class Disposals(ApiList):
    """Disposals, the newest first: the shop's every one, a customer's those it was told of."""

    roles = DISPOSAL_READERS
    model = Disposal
    serializer_class = DisposalReading
    filters = {
        "number": word("number"),
        "customer": word("shipment__customer__number"),
        "shipment": word("shipment__number"),
        "state": one_of("state", Disposal.STATES),
        **moments("proposed_at"),
    }

    def fetched(self, queryset):
        return queryset.select_related(
            "shipment__customer", "proposed_by", "approval", "carried_out", "paper__label"
        )


class DisposalRecord(ApiRecord):
    """One disposal."""

    roles = DISPOSAL_READERS
    model = Disposal
    serializer_class = DisposalReading
    fetched = Disposals.fetched
