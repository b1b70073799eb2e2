"""What happened: the log, all of it or that of one record or lot."""

from __future__ import annotations

from rest_framework import serializers

from portal.api.doors import ApiList
from portal.api.fields import Reading, named
from portal.api.filters import Filter, moments, text
from portal.models import Event
from portal.permissions import SHOP


class EventReading(Reading):
    person = named("person.email", help_text="Empty where the portal acted by itself.")
    lots = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = Event
        fields = ("at", "person", "actor", "verb", "noun", "number", "lots", "data", "leaf_sha256")


class Events(ApiList):
    """What happened, the latest first: of one record by `noun` and `number`, of one lot by `lot`."""

    roles = SHOP
    model = Event
    serializer_class = EventReading
    filters = {
        "noun": text("noun"),
        "number": text("number"),
        "verb": text("verb"),
        "lot": Filter("lots__contains", is_list=True),
        "person": text("person__email"),
        **moments("at"),
    }

    def fetched(self, queryset):
        return queryset.select_related("person").defer("canonical")
