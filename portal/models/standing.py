"""What an organization holds and has agreed to: registrations with an end, and agreements with a scope."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from portal.models.files import Label, StoredFile
from portal.models.organizations import Organization, Site
from portal.models.people import Person
from portal.models.scoping import ScopedQuerySet


class HeldQuerySet(ScopedQuerySet):
    """What outsiders may see of it: their own."""

    def for_vendor(self, person):
        return self.filter(organization_id=person.organization_id)

    for_buyer = for_vendor


class Registration(models.Model):
    """One certificate or registration of an organization, or of one of its sites: ISO 9001, AS9100, Nadcap, ITAR.

    Both days are included. One that ended is kept; the next one is a new row.
    Source:  AS9100D 8.4.1.1 (register of external providers with their status and scope of approval).
    """

    ISO_9001, AS9100, NADCAP, ITAR, OTHER = "iso_9001", "as9100", "nadcap", "itar", "other"
    KINDS = [
        (ISO_9001, "ISO 9001"),
        (AS9100, "AS9100"),
        (NADCAP, "Nadcap"),
        (ITAR, "ITAR registration"),
        (OTHER, "Other"),
    ]

    number = models.CharField(max_length=40, unique=True)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="registrations")
    site = models.ForeignKey(
        Site, null=True, blank=True, on_delete=models.PROTECT, related_name="registrations"
    )
    kind = models.CharField(max_length=10, choices=KINDS)
    reference = models.CharField(max_length=80, help_text="The number printed on it.")
    scope = models.CharField(max_length=300, blank=True, help_text="What it covers, in its own words.")
    issued_by = models.CharField(max_length=120, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(help_text="The last day on which it holds.")
    withdrawn_on = models.DateField(null=True, blank=True, help_text="The first day it held no more.")
    withdrawn_reason = models.CharField(max_length=300, blank=True)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects = HeldQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["organization__name", "kind", "-valid_to"]
        constraints = [
            models.CheckConstraint(
                name="registration_days_in_order", condition=Q(valid_to__gte=F("valid_from"))
            ),
            models.CheckConstraint(
                name="withdrawn_registration_has_a_reason",
                condition=Q(withdrawn_on__isnull=True) | ~Q(withdrawn_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.reference}"

    def get_absolute_url(self) -> str:
        return reverse("portal:organization-detail", args=[self.organization.number])


class Agreement(models.Model):
    """What an organization has agreed to: an NDA, intellectual property, quality terms, an export licence.

    `label` is the strictest label it lets the organization receive; none says it is about something else.
    Both days are included; an empty last day holds until it is ended.
    """

    NDA, IP, QUALITY, EXPORT = "nda", "ip", "quality", "export"
    KINDS = [
        (NDA, "Non-disclosure agreement"),
        (IP, "Intellectual property"),
        (QUALITY, "Quality agreement"),
        (EXPORT, "Export licence or agreement"),
    ]

    number = models.CharField(max_length=40, unique=True)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="agreements")
    kind = models.CharField(max_length=10, choices=KINDS)
    reference = models.CharField(max_length=120)
    label = models.ForeignKey(Label, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True, help_text="The first day it held no more.")
    ended_reason = models.CharField(max_length=300, blank=True)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects = HeldQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["organization__name", "kind", "-valid_from"]
        constraints = [
            models.CheckConstraint(
                name="agreement_days_in_order",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
            ),
            models.CheckConstraint(
                name="ended_agreement_has_a_reason",
                condition=Q(ended_on__isnull=True) | ~Q(ended_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.reference}"

    def get_absolute_url(self) -> str:
        return reverse("portal:organization-detail", args=[self.organization.number])
