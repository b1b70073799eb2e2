"""What a nonconformance says of itself beyond its pieces: where, against what, why, whose, and what was contained."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from inspection.models.nonconformances import Nonconformance
from portal.models import Organization, Person
from portal.models.scoping import ScopedQuerySet


class FindingCode(models.Model):
    """One code of the shop's own catalogue, to count findings by. Retired, never removed."""

    DEFECT, PROCESS, CAUSE = "defect", "process", "cause"
    KINDS = [(DEFECT, "Defect"), (PROCESS, "Process"), (CAUSE, "Cause")]

    kind = models.CharField(max_length=8, choices=KINDS)
    code = models.CharField(max_length=12)
    words = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["kind", "code"]
        constraints = [models.UniqueConstraint(fields=["kind", "code"], name="finding_code_once_a_kind")]

    def __str__(self) -> str:
        return f"{self.code} {self.words}"


class FindingRecord(models.Model):
    """The record behind one nonconformance, by the data a customer expects of it.

    Units:   pieces.
    Source:  AS9131 (data of a nonconformance); AS9100D 8.7.2.
    """

    OPERATION, FINAL, RECEIVING, VENDOR, CUSTOMER = "operation", "final", "receiving", "vendor", "customer"
    PLACES = [
        (OPERATION, "At an operation"),
        (FINAL, "At final inspection"),
        (RECEIVING, "At receiving"),
        (VENDOR, "At the vendor"),
        (CUSTOMER, "At the customer"),
    ]
    PARTIES = [("shop", "The shop"), ("vendor", "A vendor"), ("customer", "The customer")]

    nonconformance = models.OneToOneField(Nonconformance, on_delete=models.PROTECT, related_name="record")
    detected_at = models.CharField(max_length=10, choices=PLACES)
    requirement = models.CharField(max_length=300)
    actual = models.CharField(max_length=300)
    quantity_checked = models.PositiveIntegerField()
    defect = models.ForeignKey(FindingCode, on_delete=models.PROTECT, related_name="+")
    process = models.ForeignKey(
        FindingCode, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    cause = models.ForeignKey(FindingCode, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    party = models.CharField(max_length=8, choices=PARTIES)
    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="findings"
    )
    customer_reference = models.CharField(max_length=80, blank=True)
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(name="finding_checked_above_zero", condition=Q(quantity_checked__gt=0)),
            models.CheckConstraint(
                name="finding_of_a_vendor_names_it",
                condition=Q(party="shop", organization__isnull=True)
                | (~Q(party="shop") & Q(organization__isnull=False)),
            ),
        ]


class ContainmentCheck(models.Model):
    """One look for the same finding elsewhere: other stock, work in progress, product already shipped."""

    STOCK, IN_PROGRESS, SHIPPED = "stock", "in_progress", "shipped"
    PLACES = [
        (STOCK, "Other stock"),
        (IN_PROGRESS, "Work in progress"),
        (SHIPPED, "Product already shipped"),
    ]

    nonconformance = models.ForeignKey(Nonconformance, on_delete=models.PROTECT, related_name="containment")
    place = models.CharField(max_length=12, choices=PLACES)
    found = models.CharField(max_length=300, help_text="What was looked at, and what was found.")
    quantity_found = models.PositiveIntegerField(default=0)
    checked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    checked_on = models.DateField()

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["id"]
