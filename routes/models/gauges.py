"""Gauges and the calibrations that make their readings count."""

from __future__ import annotations

from django.db import models
from django.db.models import OuterRef, Subquery
from django.urls import reverse
from simple_history.models import HistoricalRecords

from portal.models import StoredFile
from portal.models.scoping import ScopedQuerySet


class Gauge(models.Model):
    """One measuring instrument."""

    number = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=60)
    description = models.CharField(max_length=200, blank=True)
    is_active = models.BooleanField(default=True)
    location = models.CharField(max_length=120, blank=True)
    owner = models.CharField(max_length=120, blank=True, help_text="Who answers for it.")
    interval_days = models.PositiveIntegerField(
        null=True, blank=True, help_text="From one calibration to the next."
    )

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number} {self.kind}"

    def get_absolute_url(self) -> str:
        return reverse("routes:gauge-detail", args=[self.number])


class GaugeRange(models.Model):
    """From where to where a gauge may be read, and how finely. A gauge without ranges is not asked about them.

    Units:   `low`, `high` and `resolution` in `unit`.
    """

    gauge = models.ForeignKey(Gauge, on_delete=models.PROTECT, related_name="ranges")
    low = models.DecimalField(max_digits=18, decimal_places=8)
    high = models.DecimalField(max_digits=18, decimal_places=8)
    unit = models.CharField(max_length=10)
    resolution = models.DecimalField(max_digits=18, decimal_places=8, null=True, blank=True)

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["gauge", "low"]
        constraints = [
            models.CheckConstraint(name="gauge_range_in_order", condition=models.Q(high__gt=models.F("low"))),
            models.CheckConstraint(
                name="gauge_resolution_above_zero",
                condition=models.Q(resolution__isnull=True) | models.Q(resolution__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.low.normalize():f} to {self.high.normalize():f} {self.unit}"


class CalibrationQuerySet(ScopedQuerySet):
    def with_entered_at(self):
        """Add the moment each calibration was entered, which may be long after its day."""
        entries = self.model.history.filter(id=OuterRef("pk")).order_by("history_date")
        return self.annotate(entered_at=Subquery(entries.values("history_date")[:1]))


class Calibration(models.Model):
    """One calibration: from its day to its due day the gauge may be used, if it was left in tolerance.

    A gauge found out of tolerance puts every reading since its last good calibration in doubt, also where it was
    adjusted at once and left good.
    Source:  ISO 9001:2015 7.1.5.2 (the validity of previous measurement results is determined).
    """

    gauge = models.ForeignKey(Gauge, on_delete=models.PROTECT, related_name="calibrations")
    certificate_number = models.CharField(max_length=80)
    calibrated_on = models.DateField()
    due_on = models.DateField()
    is_in_tolerance = models.BooleanField(default=True, help_text="As left: whether it may be used.")
    was_found_in_tolerance = models.BooleanField(
        default=True, help_text="As found: whether what it read before still counts."
    )
    uncertainty = models.CharField(max_length=60, blank=True, help_text="As the certificate states it.")
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = CalibrationQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["gauge", "-calibrated_on"]
        constraints = [
            models.CheckConstraint(
                name="calibration_days_in_order", condition=models.Q(due_on__gt=models.F("calibrated_on"))
            )
        ]

    def __str__(self) -> str:
        return f"{self.gauge.number} {self.certificate_number}"
