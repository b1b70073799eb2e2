"""The setup that is locked, the setup as run, and what differed."""

from __future__ import annotations

from django.db import models
from simple_history.models import HistoricalRecords

from portal.models import Person, Signature, StoredFile
from portal.models.scoping import ScopedQuerySet
from routes.models.gauges import Gauge
from routes.models.operations import Operation


class Setup(models.Model):
    """The approved set of one operation: fixture, program, offsets, gauges. Frozen with its route revision."""

    operation = models.OneToOneField(Operation, on_delete=models.PROTECT, related_name="setup")
    fixture = models.CharField(max_length=60)
    fixture_revision = models.CharField(max_length=20, blank=True)
    nc_program = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT)
    nc_program_name = models.CharField(max_length=120, blank=True)
    nc_raw_sha256 = models.CharField(max_length=64, blank=True)
    nc_cutting_sha256 = models.CharField(
        max_length=64,
        blank=True,
        help_text="Of the cutting words alone: without comments, dates and blank lines.",
    )
    offsets = models.JSONField(default=dict, blank=True, help_text="Work and tool offsets as text values.")
    gauges = models.ManyToManyField(Gauge, blank=True)
    notes = models.TextField(blank=True)

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords()


class SetupRun(models.Model):
    """What was really on the machine when a step was run."""

    step = models.ForeignKey("routes.TravelerStep", on_delete=models.PROTECT, related_name="setup_runs")
    fixture = models.CharField(max_length=60)
    fixture_revision = models.CharField(max_length=20, blank=True)
    nc_raw_sha256 = models.CharField(max_length=64, blank=True)
    nc_cutting_sha256 = models.CharField(max_length=64, blank=True)
    machine = models.CharField(max_length=80, blank=True)
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT)
    recorded_at = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes = [
            # serve what a program touches
            models.Index(fields=["nc_raw_sha256"], name="runs_of_a_program"),
            models.Index(fields=["nc_cutting_sha256"], name="runs_of_cutting_words"),
        ]


class LockDifference(models.Model):
    """One difference between the locked setup and the setup as run; it waits for a disposition."""

    run = models.ForeignKey(SetupRun, on_delete=models.PROTECT, related_name="differences")
    field = models.CharField(max_length=40)
    locked = models.CharField(max_length=200, blank=True)
    as_run = models.CharField(max_length=200, blank=True)
    reason = models.TextField(blank=True)
    disposition_signature = models.ForeignKey(Signature, null=True, blank=True, on_delete=models.PROTECT)

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords()
