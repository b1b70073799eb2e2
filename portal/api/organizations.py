"""The shop, its customers and vendors, and their sites."""

from __future__ import annotations

from portal.api.doors import ApiList, ApiRecord
from portal.api.fields import Reading, named
from portal.api.filters import one_of, text, truth
from portal.models import Organization, Site
from portal.permissions import SHOP


class SiteReading(Reading):
    organization = named("organization.number")

    class Meta:
        model = Site
        fields = (
            "organization",
            "code",
            "name",
            "street",
            "city",
            "region",
            "postal_code",
            "country",
            "time_zone",
        )


class OrganizationReading(Reading):
    class Meta:
        model = Organization
        fields = ("number", "name", "kind", "supplier_code", "is_shown_to_vendors", "is_active")


class OrganizationWithSites(Reading):
    sites = SiteReading(many=True)

    class Meta:
        model = Organization
        fields = (*OrganizationReading.Meta.fields, "sites")


class Organizations(ApiList):
    """The shop, its customers and its vendors."""

    roles = SHOP
    model = Organization
    serializer_class = OrganizationReading
    filters = {
        "number": text("number"),
        "kind": one_of("kind", Organization.KINDS),
        "is_active": truth("is_active"),
    }


class OrganizationRecord(ApiRecord):
    """One organization with its sites."""

    roles = SHOP
    model = Organization
    serializer_class = OrganizationWithSites

    def fetched(self, queryset):
        return queryset.prefetch_related("sites__organization")


class Sites(ApiList):
    """The places where the organizations work."""

    roles = SHOP
    model = Site
    serializer_class = SiteReading
    filters = {
        "organization": text("organization__number"),
        "code": text("code"),
        "country": text("country"),
    }

    def fetched(self, queryset):
        return queryset.select_related("organization")


class SiteRecord(ApiRecord):
    """One site, by its organization and its code."""

    roles = SHOP
    model = Site
    lookup = {"number": "organization__number", "code": "code"}
    serializer_class = SiteReading

    def fetched(self, queryset):
        return queryset.select_related("organization")
