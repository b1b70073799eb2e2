"""What is locked: approved setups, the policies that class a difference, handoffs from prototype to production."""

from __future__ import annotations

from rest_framework import serializers

from portal.api.doors import ApiList, ApiRecord
from portal.api.fields import Reading, named
from portal.api.filters import number, one_of
from portal.api.filters import text as word
from portal.permissions import SHOP
from routes.models import LockPolicy, ProductionHandoff, Setup


class SetupReading(Reading):
    route = named("operation.route_revision.number")
    sequence = serializers.IntegerField(source="operation.sequence")
    site = named("site.code")
    author = named("author.email")
    approved_by = named("signature.printed_name")

    class Meta:
        model = Setup
        fields = (
            "number",
            "route",
            "sequence",
            "name",
            "state",
            "site",
            "machine",
            "fixture",
            "fixture_revision",
            "nc_program_name",
            "nc_raw_sha256",
            "nc_cutting_sha256",
            "author",
            "reason",
            "approved_by",
            "ended_reason",
        )


class LockPolicyReading(Reading):
    customer = named("customer.number")
    routine = serializers.ListField(child=serializers.CharField(), read_only=True)
    author = named("author.email")
    signed_by = named("signature.printed_name")

    class Meta:
        model = LockPolicy
        fields = ("number", "customer", "state", "routine", "reason", "author", "signed_by")


class HandoffReading(Reading):
    part = named("part_revision.part.number")
    part_revision = named("part_revision.revision")
    route = named("route_revision.number")
    prototypes = serializers.SlugRelatedField("number", many=True, read_only=True)
    signed_by = named("signature.printed_name")

    class Meta:
        model = ProductionHandoff
        fields = ("number", "part", "part_revision", "route", "prototypes", "learnt", "changed", "signed_by")


class SetupDoor:
    """What both doors of setups share."""

    roles = SHOP
    model = Setup
    serializer_class = SetupReading

    def fetched(self, queryset):
        return queryset.select_related("operation__route_revision", "site", "author", "signature")


class Setups(SetupDoor, ApiList):
    """The approved setups of machine operations, and those proposed, declined and withdrawn."""

    filters = {
        "route": word("operation__route_revision__number"),
        "sequence": number("operation__sequence"),
        "state": one_of("state", Setup.STATES),
        "machine": word("machine"),
    }


class SetupRecord(SetupDoor, ApiRecord):
    """One setup of a machine operation."""


class LockPolicyDoor:
    """What both doors of lock policies share."""

    roles = SHOP
    model = LockPolicy
    serializer_class = LockPolicyReading

    def fetched(self, queryset):
        return queryset.select_related("customer", "author", "signature")


class LockPolicies(LockPolicyDoor, ApiList):
    """Which differences from an approved setup are routine, for whom."""

    filters = {"customer": word("customer__number"), "state": one_of("state", LockPolicy.STATES)}


class LockPolicyRecord(LockPolicyDoor, ApiRecord):
    """One lock policy."""


class HandoffDoor:
    """What both doors of handoffs share."""

    roles = SHOP
    model = ProductionHandoff
    serializer_class = HandoffReading

    def fetched(self, queryset):
        joins = ("part_revision__part", "route_revision", "signature")
        return queryset.select_related(*joins).prefetch_related("prototypes")


class Handoffs(HandoffDoor, ApiList):
    """Parts handed over from prototype to production."""

    filters = {"part": word("part_revision__part__number"), "route": word("route_revision__number")}


class HandoffRecord(HandoffDoor, ApiRecord):
    """One handoff from prototype to production."""
