"""The chain check: of one lot as judged now, and of every open lot as last judged."""

from __future__ import annotations

from django.db.models import BooleanField, ExpressionWrapper, Q
from django.utils import timezone
from rest_framework import serializers
from rest_framework.response import Response

from documents.domain import standing
from documents.domain.chain import CHECKS, digest, judge
from documents.domain.chain.facts import read_facts_as_placed
from documents.models import StandingChain
from documents.views.slots import slot_url
from portal.api.doors import ApiList, ApiRecord
from portal.api.fields import Reading, named
from portal.api.filters import Filter, days, truth
from portal.api.filters import text as word
from portal.permissions import SHOP
from routes.models import Traveler


class SlotReading(serializers.Serializer):
    """One demand on the lot."""

    code = serializers.CharField()
    subject = serializers.CharField(
        help_text="Which demand of this check; with the code it names one demand."
    )
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


SIDES = ((standing.US, "Us"), (standing.VENDORS, "Vendors"), (standing.CUSTOMERS, "Customers"))


class StandingReading(Reading):
    """How the chain of one open lot stood when its facts last changed."""

    lot = named("traveler.number")
    part = named("traveler.route_revision.part_revision.part.number")
    revision = named("traveler.route_revision.part_revision.revision")
    order = named("traveler.order_line.order.number")
    customer = named("traveler.order_line.order.customer.number")
    ships_on = serializers.DateField(source="traveler.order_line.due_on")
    is_stopped = serializers.BooleanField(help_text="Somebody can and must act now.")
    is_late = serializers.BooleanField(
        help_text="It should have shipped, or somebody should have acted, before today."
    )
    facts_digest = serializers.CharField(source="facts_sha256")

    class Meta:
        model = StandingChain
        fields = (
            "lot",
            "part",
            "revision",
            "order",
            "customer",
            "ships_on",
            "is_stopped",
            "is_late",
            "stops",
            "open_codes",
            "owners",
            "sides",
            "first_due_on",
            "judged_at",
            "facts_digest",
        )


class Chains(ApiList):
    """List the open lots with what is open on each; the chain of one lot says it in full."""

    roles = SHOP
    model = StandingChain
    serializer_class = StandingReading
    filters = {
        "customer": word("traveler__order_line__order__customer__number"),
        "lot": word("traveler__number"),
        "owner": Filter("owners__contains", is_list=True),
        "owed_by": Filter("sides__contains", choices=tuple(code for code, _ in SIDES), is_list=True),
        "open_link": Filter("open_codes__contains", choices=tuple(code for code, _ in CHECKS), is_list=True),
        "is_stopped": truth("is_stopped"),
        "is_late": truth("is_late"),
        **days("ships_on", "traveler__order_line__due_on"),
    }

    def scoped(self, person):
        today = timezone.localdate()
        is_late = Q(traveler__order_line__due_on__lt=today) | Q(first_due_on__lt=today)
        return (
            super()
            .scoped(person)
            .filter(traveler__in=Traveler.objects.open())
            .annotate(
                is_stopped=ExpressionWrapper(Q(stops__gt=0), BooleanField()),
                is_late=ExpressionWrapper(is_late, BooleanField()),
            )
        )

    def fetched(self, queryset):
        return queryset.defer("slots").select_related(
            "traveler__route_revision__part_revision__part", "traveler__order_line__order__customer"
        )
