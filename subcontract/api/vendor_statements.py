"""What vendors say about lines of their orders, and saying it by a program."""

from __future__ import annotations

from rest_framework import serializers

from portal.api.doors import ApiList, ApiVerb
from portal.api.fields import Input, Reading, count, day, named, text
from portal.api.filters import one_of
from portal.api.filters import text as word
from portal.permissions import VENDORS
from subcontract.domain import vendor_statements
from subcontract.models import OutsideOrderLine, VendorStatement
from subcontract.permissions import READERS


class VendorStatementReading(Reading):
    order = named("line.order.number")
    line_number = serializers.IntegerField(source="line.line_number")
    made_by = named("made_by.printed_name")
    hold = named("hold.number")
    answered_by = named("answered_by.printed_name")

    class Meta:
        model = VendorStatement
        fields = (
            "number",
            "order",
            "line_number",
            "kind",
            "state",
            "subject",
            "quantity",
            "quantity_rejected",
            "quantity_short",
            "named_on",
            "carrier",
            "document",
            "words",
            "hold",
            "made_by",
            "made_at",
            "answer",
            "answered_by",
            "answered_at",
        )


class VendorStatements(ApiList):
    """What vendors said about lines: to a vendor its own, to the shop all."""

    roles = READERS
    model = VendorStatement
    serializer_class = VendorStatementReading
    filters = {
        "order": word("line__order__number"),
        "kind": one_of("kind", VendorStatement.KINDS),
        "state": one_of("state", VendorStatement.STATES),
    }

    def fetched(self, queryset):
        return queryset.select_related("line__order", "made_by", "hold", "answered_by")


class OwnLine(ApiVerb):
    """Something a vendor says about one line of its order."""

    roles = READERS
    write_roles = VENDORS
    model = OutsideOrderLine
    lookup = {"number": "order__number", "line_number": "line_number"}
    output_class = VendorStatementReading

    def fetched(self, queryset):
        return queryset.select_related("order", "traveler", "step")


class AcknowledgeInput(Input):
    words = text(300, required=False)


class LineAcknowledge(OwnLine):
    """Take a line as it was ordered."""

    input_class = AcknowledgeInput

    def act(self, record, data, *, by):
        return vendor_statements.acknowledge(by=by, line=record, **data)


class DisputeInput(Input):
    subject = serializers.ChoiceField(choices=[code for code, _ in VendorStatement.SUBJECTS])
    words = text(1000)
    named_on = day(required=False)
    quantity = count(min_value=1, required=False)


class LineDispute(OwnLine):
    """Say that a line cannot be done as ordered; its pieces stay in the house until the shop answered."""

    input_class = DisputeInput

    def act(self, record, data, *, by):
        return vendor_statements.dispute(by=by, line=record, **data)


class AnnounceReturnInput(Input):
    quantity = count(min_value=0)
    quantity_rejected = count(min_value=0, default=0)
    quantity_short = count(min_value=0, default=0)
    left_on = day()
    carrier = text(80, required=False)
    document = text(80, required=False)
    words = text(1000, required=False)


class LineAnnounceReturn(OwnLine):
    """Announce pieces on their way back; the receipt is compared with it."""

    input_class = AnnounceReturnInput

    def act(self, record, data, *, by):
        return vendor_statements.announce_return(by=by, line=record, **data)
