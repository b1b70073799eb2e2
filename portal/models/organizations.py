"""The shop, its customers and its vendors, and the places where they work."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from simple_history.models import HistoricalRecords

from portal.models.scoping import ScopedQuerySet


class OrganizationQuerySet(ScopedQuerySet):
    def shops(self):
        return self.filter(kind=Organization.SHOP)

    def customers(self):
        return self.filter(kind=Organization.CUSTOMER)

    def vendors(self):
        return self.filter(kind=Organization.VENDOR)

    def for_vendor(self, person):
        return self.filter(models.Q(pk=person.organization_id) | models.Q(kind=Organization.SHOP))

    def for_buyer(self, person):
        return self.filter(models.Q(pk=person.organization_id) | models.Q(kind=Organization.SHOP))


class Organization(models.Model):
    """A shop, a customer or a vendor. One installation has one shop."""

    SHOP, CUSTOMER, VENDOR = "shop", "customer", "vendor"
    KINDS = [(SHOP, "Shop"), (CUSTOMER, "Customer"), (VENDOR, "Vendor")]

    number = models.CharField(max_length=40, unique=True, help_text="Short code, as in NORTHLINE.")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=KINDS)
    supplier_code = models.CharField(max_length=40, blank=True, help_text="CAGE or the code a customer gave.")
    is_shown_to_vendors = models.BooleanField(
        default=False, help_text="Whether vendors may read this customer's name on outside orders."
    )
    is_active = models.BooleanField(default=True)

    objects = OrganizationQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="organization_kind_known", condition=models.Q(kind__in=["shop", "customer", "vendor"])
            ),
            models.UniqueConstraint(
                fields=["kind"], condition=models.Q(kind="shop"), name="one_shop_an_installation"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("portal:organization-detail", args=[self.number])


class SiteQuerySet(ScopedQuerySet):
    def for_vendor(self, person):
        return self.filter(organization__in=Organization.objects.for_viewer(person))

    for_buyer = for_vendor


class Site(models.Model):
    """A place with an address; approvals and certificates name the site that did the work."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="sites")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    street = models.CharField(max_length=200, blank=True)
    city = models.CharField(max_length=100, blank=True)
    region = models.CharField(max_length=100, blank=True)
    postal_code = models.CharField(max_length=20, blank=True)
    country = models.CharField(max_length=2, help_text="ISO 3166 code of two letters.")
    time_zone = models.CharField(max_length=64, default="UTC", help_text="IANA name; dates are read there.")

    objects = SiteQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["organization__name", "code"]
        constraints = [
            models.UniqueConstraint(fields=["organization", "code"], name="site_code_once_an_organization")
        ]

    def __str__(self) -> str:
        return f"{self.organization.name}, {self.name}"

    @property
    def address(self) -> str:
        parts = [
            self.street,
            self.city,
            " ".join(p for p in (self.region, self.postal_code) if p),
            self.country,
        ]
        return ", ".join(part for part in parts if part)
