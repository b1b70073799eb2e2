"""First articles and nonconformances: how they stand. Both are decided by signatures, on their pages."""

from __future__ import annotations

from rest_framework import serializers

from inspection.models import Concession, FirstArticle, Nonconformance
from inspection.permissions import READERS
from portal.api.doors import ApiList, ApiRecord
from portal.api.fields import Reading, named
from portal.api.filters import moments, one_of
from portal.api.filters import text as word
from portal.permissions import CUSTOMER

FAI_JOINS = (
    "part_revision__part__customer",
    "route_revision",
    "traveler",
    "order_line__order",
    "baseline",
    "corrects",
    "author",
    "verified_signature",
    "approved_signature",
    "customer_signature",
)
NC_JOINS = (
    "traveler",
    "found_on_traveler",
    "characteristic",
    "opened_by",
    "disposition_signature",
)


class FirstArticleReading(Reading):
    part = named("part_revision.part.number")
    revision = named("part_revision.revision")
    customer = named("part_revision.part.customer.number")
    route = named("route_revision.number")
    lot = named("traveler.number")
    order = named("order_line.order.number")
    line_number = serializers.IntegerField(source="order_line.line_number")
    baseline = named("baseline.number")
    corrects = named("corrects.number")
    author = named("author.printed_name")
    verified_by = named("verified_signature.printed_name")
    approved_by = named("approved_signature.printed_name")
    customer_approved_by = named("customer_signature.printed_name")

    class Meta:
        model = FirstArticle
        fields = (
            "number",
            "form_revision",
            "part",
            "revision",
            "customer",
            "route",
            "lot",
            "order",
            "line_number",
            "serial",
            "extent",
            "reason",
            "baseline",
            "corrects",
            "state",
            "author",
            "opened_at",
            "verified_by",
            "approved_by",
            "customer_approved_by",
            "return_reason",
            "customer_condition",
            "condition_due_on",
            "condition_quantity",
        )


class FirstArticleWithForms(FirstArticleReading):
    forms = serializers.DictField(
        read_only=True, help_text="Forms 1 to 3 as frozen by the author's signature; empty before."
    )

    class Meta:
        model = FirstArticle
        fields = (*FirstArticleReading.Meta.fields, "additional_changes", "comments", "forms")


class ConcessionReading(Reading):
    serials = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = Concession
        fields = (
            "number",
            "customer_reference",
            "decided_by",
            "decided_on",
            "quantity_limit",
            "serials",
        )


class NonconformanceReading(Reading):
    lot = named("traveler.number")
    found_on_lot = named("found_on_traveler.number")
    balloon = named("characteristic.balloon")
    serials = serializers.ListField(child=serializers.CharField(), read_only=True)
    opened_by = named("opened_by.printed_name")
    disposition_by = named("disposition_signature.printed_name")

    class Meta:
        model = Nonconformance
        fields = (
            "number",
            "lot",
            "found_on_lot",
            "balloon",
            "description",
            "quantity",
            "serials",
            "state",
            "opened_by",
            "opened_at",
            "disposition",
            "disposition_reason",
            "disposition_by",
        )


class NonconformanceWithConcessions(NonconformanceReading):
    concessions = ConcessionReading(many=True)

    class Meta:
        model = Nonconformance
        fields = (*NonconformanceReading.Meta.fields, "concessions")


class FirstArticles(ApiList):
    """First article inspection reports; a customer sees those of its parts that the shop approved."""

    roles = READERS + CUSTOMER
    model = FirstArticle
    serializer_class = FirstArticleReading
    filters = {
        "number": word("number"),
        "part": word("part_revision__part__number"),
        "revision": word("part_revision__revision"),
        "lot": word("traveler__number"),
        "extent": one_of("extent", FirstArticle.EXTENTS),
        "state": one_of("state", FirstArticle.STATES),
        **moments("opened_at"),
    }

    def fetched(self, queryset):
        return queryset.select_related(*FAI_JOINS).defer("forms")


class FirstArticleRecord(ApiRecord):
    """One first article with its forms as they were signed."""

    roles = READERS + CUSTOMER
    model = FirstArticle
    serializer_class = FirstArticleWithForms

    def fetched(self, queryset):
        return queryset.select_related(*FAI_JOINS)


class Nonconformances(ApiList):
    """What is not to the drawing, and what was decided about it."""

    roles = READERS
    model = Nonconformance
    serializer_class = NonconformanceReading
    filters = {
        "number": word("number"),
        "lot": word("traveler__number"),
        "state": one_of("state", Nonconformance.STATES),
        "disposition": one_of("disposition", Nonconformance.DISPOSITIONS),
        **moments("opened_at"),
    }

    def fetched(self, queryset):
        return queryset.select_related(*NC_JOINS)


class NonconformanceRecord(ApiRecord):
    """One nonconformance with its concessions."""

    roles = READERS
    model = Nonconformance
    serializer_class = NonconformanceWithConcessions

    def fetched(self, queryset):
        return queryset.select_related(*NC_JOINS).prefetch_related("concessions")
