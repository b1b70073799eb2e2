"""What one thing touches, for programs: every lot with its shipment, package and customer."""

from __future__ import annotations

from django.http import Http404
from rest_framework import serializers
from rest_framework.response import Response

from documents.domain import blast
from documents.domain.blast import KINDS, PLACES
from portal.api.doors import RECORD, ApiDoor
from portal.api.filters import Filter, narrowing
from portal.models import Person
from portal.permissions import SHOP


class TouchedReading(serializers.Serializer):
    """One lot that still holds pieces."""

    lot = serializers.CharField()
    state = serializers.CharField()
    place = serializers.ChoiceField(choices=list(PLACES))
    holder = serializers.CharField(help_text="The outside site that holds the pieces; empty at home.")
    quantity = serializers.IntegerField()
    is_direct = serializers.BooleanField(help_text="False when only a component brought it in.")
    built_from = serializers.ListField(child=serializers.CharField(), source="brought_by")
    part = serializers.CharField(source="part_number")
    part_revision = serializers.CharField()
    customer = serializers.CharField(source="customer_number")
    order = serializers.CharField()
    po_number = serializers.CharField()
    shipment = serializers.CharField()
    dispatched_on = serializers.DateField(allow_null=True)
    package = serializers.CharField()


class BlastReading(serializers.Serializer):
    """Everything one thing touches."""

    noun = serializers.ChoiceField(choices=list(KINDS))
    number = serializers.CharField()
    since = serializers.DateField(allow_null=True)
    until = serializers.DateField(allow_null=True)
    lots = TouchedReading(many=True)


class Blast(ApiDoor):
    """What one heat, material, certificate, outside order, gauge, program or approval touches."""

    scope = RECORD
    roles = SHOP
    serializer_class = BlastReading
    filters = {"since": Filter("since", "day"), "until": Filter("until", "day")}

    def enter(self, person: Person) -> None:
        super().enter(person)
        named = {"noun": self.kwargs["noun"], "number": self.kwargs["number"]}
        self.cause = blast.cause_of(person=person, **named, **narrowing(self.filters, self.request))
        if self.cause is None:
            raise Http404("There is nothing here by that number.")

    def get(self, request, *args, **kwargs):
        lots = blast.touched_by(self.cause)
        return Response(BlastReading(vars(self.cause) | {"lots": lots}).data)
