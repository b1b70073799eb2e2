"""How the names of a foreign results file are ours: decided once by a person, used again for its source."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from inspection.models.records import InspectionRecord
from portal.models import Person
from portal.models.scoping import ScopedQuerySet
from routes.models import Characteristic, PartRevision


class ResultMapping(models.Model):
    """What one source of results calls the characteristics of one part revision.

    `source` is what people call it, as in "Meridian incoming, CheckMate"; `unit` is that of values whose file says
    none.
    """

    part_revision = models.ForeignKey(PartRevision, on_delete=models.PROTECT, related_name="result_mappings")
    source = models.CharField(max_length=160)
    unit = models.CharField(max_length=5, blank=True, choices=[("mm", "mm"), ("in", "in")])
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["source"]
        constraints = [
            models.UniqueConstraint(fields=["part_revision", "source"], name="source_once_a_part_revision")
        ]

    def __str__(self) -> str:
        return f"{self.source} for {self.part_revision}"


class MappedItem(models.Model):
    """One item of the source, known by name and occurrence: which characteristic it is, or why it is set aside."""

    mapping = models.ForeignKey(ResultMapping, on_delete=models.CASCADE, related_name="items")
    item_name = models.CharField(max_length=200, blank=True, help_text="Empty for a value without a name.")
    item_occurrence = models.PositiveIntegerField(default=1)
    characteristic = models.ForeignKey(
        Characteristic, null=True, blank=True, on_delete=models.PROTECT, related_name="mapped_items"
    )
    set_aside_reason = models.CharField(max_length=300, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["mapping", "item_name", "item_occurrence"]
        constraints = [
            models.UniqueConstraint(
                fields=["mapping", "item_name", "item_occurrence"], name="item_once_a_mapping"
            ),
            models.CheckConstraint(
                name="item_is_ours_or_set_aside",
                condition=Q(characteristic__isnull=False, set_aside_reason="")
                | Q(characteristic__isnull=True) & ~Q(set_aside_reason=""),
            ),
        ]


class ValueSetAside(models.Model):
    """One value of an imported file that was not taken, with the reason. Evidence: rows are only added."""

    record = models.ForeignKey(InspectionRecord, on_delete=models.PROTECT, related_name="values_set_aside")
    item_name = models.CharField(max_length=200, blank=True)
    item_occurrence = models.PositiveIntegerField(default=1)
    sample = models.CharField(max_length=60, help_text="The sample as the file names it.")
    stated_value = models.CharField(max_length=60)
    stated = models.CharField(max_length=30, blank=True, help_text="The verdict in the source, as written.")
    reason = models.CharField(max_length=300)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [models.CheckConstraint(name="set_aside_has_a_reason", condition=~Q(reason=""))]
