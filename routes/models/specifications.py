"""Specifications as data: number, revision, choices, what replaced them."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from simple_history.models import HistoricalRecords

from portal.models.scoping import ScopedQuerySet


class SpecificationRevision(models.Model):
    """One revision of a material or process specification, and the choices an order must name."""

    MATERIAL, PROCESS, TEST = "material", "process", "test"
    KINDS = [(MATERIAL, "Material"), (PROCESS, "Process"), (TEST, "Test")]

    number = models.CharField(max_length=60, help_text="As in MIL-PRF-8625.")
    revision = models.CharField(max_length=20, blank=True, help_text="As in F, with its amendment if any.")
    title = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=10, choices=KINDS)
    process = models.CharField(max_length=60, blank=True, help_text="As in anodize, heat treat, passivation.")
    types = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    classes = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    same_as = ArrayField(
        models.CharField(max_length=60), default=list, blank=True, help_text="Other numbers for it."
    )
    superseded_by = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT)
    effective_on = models.DateField(null=True, blank=True)

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["number", "revision"]
        constraints = [
            models.UniqueConstraint(fields=["number", "revision"], name="specification_revision_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.revision}".strip()

    def get_absolute_url(self) -> str:
        # a specification is a row of its list
        return reverse("routes:specification-list")
