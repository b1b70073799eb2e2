"""Measured values: added, voided with a reason, never changed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from inspection.models.records import InspectionRecord
from portal.models import Person, StoredFile
from portal.models.scoping import ScopedQuerySet
from routes.models import Characteristic, Gauge


class MeasurementQuerySet(ScopedQuerySet):
    def standing(self):
        """Return the measurements that were not voided."""
        return self.filter(void__isnull=True)


class Measurement(models.Model):
    """One value of one characteristic on one piece. Evidence: rows are only added.

    Units:   `value` in the characteristic's unit; `stated_value` and `stated_unit` as the source gave them.
    `stated` is the verdict the source claims, `verdict` is ours, recomputed from value and limits; both stay.
    An attribute check has no value and a verdict of its own.
    """

    PASS, FAIL, NONE = "PASS", "FAIL", "NONE"
    VERDICTS = [(PASS, "Pass"), (FAIL, "Fail"), (NONE, "No verdict")]

    record = models.ForeignKey(InspectionRecord, on_delete=models.PROTECT, related_name="measurements")
    characteristic = models.ForeignKey(Characteristic, on_delete=models.PROTECT, related_name="measurements")
    side = models.CharField(max_length=10, choices=[("before", "Before finish"), ("after", "After finish")])
    serial = models.CharField(
        max_length=60, help_text="Serial, or the number of the piece within the sample."
    )
    value = models.DecimalField(max_digits=18, decimal_places=8, null=True)
    stated_value = models.CharField(max_length=60, blank=True)
    stated_unit = models.CharField(max_length=10, blank=True)
    stated = models.CharField(max_length=30, blank=True, help_text="The verdict in the source, as written.")
    verdict = models.CharField(max_length=5, choices=VERDICTS)
    gauge = models.ForeignKey(Gauge, null=True, blank=True, on_delete=models.PROTECT)
    gauge_note = models.CharField(
        max_length=200, blank=True, help_text="Why a gauge coarser than a tenth of the tolerance was used."
    )
    measured_on = models.DateField()
    source_file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT)
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects = MeasurementQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [
            # serves the chain check and the result grid
            models.Index(fields=["characteristic", "serial"], name="measurements_of_a_piece"),
        ]


class MeasurementVoid(models.Model):
    """The withdrawal of one measurement, with its reason. Evidence: rows are only added."""

    measurement = models.OneToOneField(Measurement, on_delete=models.PROTECT, related_name="void")
    reason = models.CharField(max_length=300)
    voided_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    voided_at = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(name="void_has_a_reason", condition=~Q(reason=""))]
