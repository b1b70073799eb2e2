"""What a vendor's site is approved for, and until when."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.urls import reverse
from simple_history.models import HistoricalRecords

from portal.domain.moves import QUALITY, Move, Moves
from portal.models import Organization, Site
from portal.models.scoping import ScopedQuerySet


class ApprovalScopeQuerySet(ScopedQuerySet):
    def for_vendor(self, person):
        return self.filter(site__organization_id=person.organization_id)


class ApprovalScope(models.Model):
    """One approval: process, specification, type and class, material, at one site, for a range of days.

    An empty `spec_revision`, `spec_type`, `spec_class` or `material` approves any; an empty `customer` all customers.
    Source: an order is allowed only if every attribute matches on the order date and again on the process date.
    """

    APPROVED, SUSPENDED, WITHDRAWN = "approved", "suspended", "withdrawn"
    STATES = [(APPROVED, "Approved"), (SUSPENDED, "Suspended"), (WITHDRAWN, "Withdrawn")]
    MOVES = Moves(
        "approval",
        Move(APPROVED, "suspend", SUSPENDED, QUALITY),
        Move(SUSPENDED, "reinstate", APPROVED, QUALITY),
        Move(APPROVED, "withdraw", WITHDRAWN, QUALITY),
        Move(SUSPENDED, "withdraw", WITHDRAWN, QUALITY),
    )

    number = models.CharField(max_length=40, unique=True)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="approvals")
    process = models.CharField(max_length=60)
    spec_number = models.CharField(max_length=60)
    spec_revision = models.CharField(max_length=20, blank=True)
    spec_type = models.CharField(max_length=30, blank=True)
    spec_class = models.CharField(max_length=30, blank=True)
    material = models.CharField(max_length=60, blank=True, help_text="Alloy family or alloy and temper.")
    customer = models.ForeignKey(Organization, null=True, blank=True, on_delete=models.PROTECT)
    valid = DateRangeField(help_text="First day included, last day excluded.")
    basis = models.CharField(max_length=200, help_text="Nadcap certificate, customer list, own audit.")
    state = models.CharField(max_length=10, choices=STATES, default=APPROVED)
    state_since = models.DateField(help_text="Day from which the present state holds.")
    state_reason = models.CharField(max_length=300, blank=True)

    objects = ApprovalScopeQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["site", "spec_number"]
        constraints = [
            ExclusionConstraint(
                name="approvals_of_one_scope_do_not_overlap",
                expressions=[
                    ("site", RangeOperators.EQUAL),
                    ("process", RangeOperators.EQUAL),
                    ("spec_number", RangeOperators.EQUAL),
                    ("spec_revision", RangeOperators.EQUAL),
                    ("spec_type", RangeOperators.EQUAL),
                    ("spec_class", RangeOperators.EQUAL),
                    ("material", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
                condition=models.Q(customer__isnull=True) & ~models.Q(state="withdrawn"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.spec_number}"

    def get_absolute_url(self) -> str:
        return reverse("subcontract:approval-detail", args=[self.number])
