"""Gauges and the calibrations that make their readings count."""

from __future__ import annotations

from django.db import models
from django.db.models import OuterRef, Subquery
from django.urls import reverse
from simple_history.models import HistoricalRecords

from portal.models.scoping import ScopedQuerySet


class Gauge(models.Model):
    """One measuring instrument."""

    number = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=60)
    description = models.CharField(max_length=200, blank=True)
    is_active = models.BooleanField(default=True)

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number} {self.kind}"

    def get_absolute_url(self) -> str:
        return reverse("routes:gauge-detail", args=[self.number])


class CalibrationQuerySet(ScopedQuerySet):
    def with_entered_at(self):
        """Add the moment each calibration was entered, which may be long after its day."""
        entries = self.model.history.filter(id=OuterRef("pk")).order_by("history_date")
        return self.annotate(entered_at=Subquery(entries.values("history_date")[:1]))


class Calibration(models.Model):
    """One calibration: from its day to its due day the gauge may be used, if it was found in tolerance."""

    gauge = models.ForeignKey(Gauge, on_delete=models.PROTECT, related_name="calibrations")
    certificate_number = models.CharField(max_length=80)
    calibrated_on = models.DateField()
    due_on = models.DateField()
    is_in_tolerance = models.BooleanField(default=True)

    objects = CalibrationQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["gauge", "-calibrated_on"]
        constraints = [
            models.CheckConstraint(
                name="calibration_days_in_order", condition=models.Q(due_on__gt=models.F("calibrated_on"))
            )
        ]
