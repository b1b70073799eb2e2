"""The periodic review of a vendor."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from simple_history.models import HistoricalRecords

from portal.models import Organization, Signature
from portal.models.scoping import ScopedQuerySet


class VendorReview(models.Model):
    """One review of a vendor: how it did, what was decided, when it is reviewed again. Signed, never edited.

    Source:  AS9100D 8.4.1 (re-evaluation of external providers; the results are kept).
    """

    APPROVED, CONDITIONAL, REFUSED = "approved", "conditional", "refused"
    OUTCOMES = [
        (APPROVED, "Stays approved"),
        (CONDITIONAL, "Stays approved under conditions"),
        (REFUSED, "No new orders"),
    ]

    number = models.CharField(max_length=40, unique=True)
    vendor = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        related_name="vendor_reviews",
        limit_choices_to={"kind": "vendor"},
    )
    reviewed_on = models.DateField()
    next_due_on = models.DateField()
    outcome = models.CharField(max_length=12, choices=OUTCOMES)
    findings = models.TextField(help_text="What was looked at and what was found.")
    signature = models.ForeignKey(Signature, on_delete=models.PROTECT, related_name="+")

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["vendor__name", "-reviewed_on", "-id"]
        constraints = [
            models.CheckConstraint(
                name="next_vendor_review_is_later",
                condition=models.Q(next_due_on__gt=models.F("reviewed_on")),
            )
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("portal:organization-detail", args=[self.vendor.number])
