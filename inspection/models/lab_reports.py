"""What an accepted certificate found by test, written down by whoever accepted it; forms read it here."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from portal.models.scoping import ScopedQuerySet
from routes.models import MaterialLot, Traveler, TravelerStep


class LabReport(models.Model):
    """The results one certificate states of one heat, or of one step of one lot. Never written by hand.

    `results` holds a row a property: what was tested, by which method, what was found in words.
    """

    certificate_number = models.CharField(max_length=40)
    stated_number = models.CharField(max_length=80, help_text="As printed on the report.")
    stated_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=12)
    material_lot = models.ForeignKey(
        MaterialLot, null=True, blank=True, on_delete=models.PROTECT, related_name="lab_reports"
    )
    traveler = models.ForeignKey(
        Traveler, null=True, blank=True, on_delete=models.PROTECT, related_name="lab_reports"
    )
    step = models.ForeignKey(
        TravelerStep, null=True, blank=True, on_delete=models.PROTECT, related_name="lab_reports"
    )
    results = models.JSONField()

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["stated_number", "id"]
        constraints = [
            models.CheckConstraint(
                name="lab_report_is_of_one_thing",
                condition=Q(material_lot__isnull=False, traveler__isnull=True, step__isnull=True)
                | Q(material_lot__isnull=True, traveler__isnull=False, step__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["certificate_number", "material_lot", "traveler", "step"],
                name="lab_report_once_a_certificate",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return self.stated_number
