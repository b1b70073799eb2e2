"""Parts, their revisions, the drawing and what its notes ask for."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from simple_history.models import HistoricalRecords

from portal.models import Label, Organization, StoredFile
from portal.models.scoping import ScopedQuerySet


class PartQuerySet(ScopedQuerySet):
    def for_buyer(self, person):
        return self.filter(customer_id=person.organization_id)


class Part(models.Model):
    """A part number of one customer."""

    number = models.CharField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    customer = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="parts", limit_choices_to={"kind": "customer"}
    )
    is_serialized = models.BooleanField(default=False)

    objects = PartQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    def get_absolute_url(self) -> str:
        return reverse("routes:part-detail", args=[self.number])


class PartRevisionQuerySet(ScopedQuerySet):
    def for_buyer(self, person):
        return self.filter(part__customer_id=person.organization_id)


BEFORE, AFTER, BOTH, UNSPECIFIED = "before", "after", "both", "unspecified"
SIDES = [
    (BEFORE, "Before finish"),
    (AFTER, "After finish"),
    (BOTH, "Before and after finish"),
    (UNSPECIFIED, "Not said by the drawing"),
]


class PartRevision(models.Model):
    """One revision of a part with its drawing; every result and certificate names it."""

    part = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="revisions")
    revision = models.CharField(max_length=20)
    drawing_number = models.CharField(max_length=80)
    drawing_revision = models.CharField(max_length=20)
    drawing = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="drawing_of"
    )
    label = models.ForeignKey(Label, null=True, blank=True, on_delete=models.PROTECT)
    unit = models.CharField(max_length=5, choices=[("mm", "mm"), ("in", "in")], default="mm")
    default_applies_to = models.CharField(
        max_length=12,
        choices=SIDES,
        default=UNSPECIFIED,
        help_text="Dimensions apply before or after finish.",
    )

    objects = PartRevisionQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["part__number", "revision"]
        constraints = [models.UniqueConstraint(fields=["part", "revision"], name="part_revision_once")]

    def __str__(self) -> str:
        return f"{self.part.number} rev {self.revision}"

    def get_absolute_url(self) -> str:
        return reverse("routes:revision-detail", args=[self.part.number, self.revision])


class DrawingNote(models.Model):
    """One note or requirement of the drawing, kept verbatim; a route maps each of them."""

    part_revision = models.ForeignKey(PartRevision, on_delete=models.PROTECT, related_name="notes")
    note_number = models.CharField(max_length=20)
    text = models.TextField()

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["part_revision", "id"]
        constraints = [
            models.UniqueConstraint(fields=["part_revision", "note_number"], name="note_once_a_part_revision")
        ]

    def __str__(self) -> str:
        return f"note {self.note_number}"
