"""Kept bytes and the labels that say who may see them."""

from __future__ import annotations

from django.db import models

from portal.models.people import Person
from portal.models.scoping import ScopedQuerySet


class Label(models.Model):
    """How strictly a part, drawing or file is held; anything derived takes the strictest of its sources."""

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=120)
    strictness = models.PositiveSmallIntegerField(unique=True, help_text="Higher is stricter.")
    needs_eligibility = models.BooleanField(
        default=False, help_text="Only export-eligible people may see it."
    )
    allowed_countries = models.JSONField(
        default=list, blank=True, help_text="Country codes it may be sent to; empty means any."
    )

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["strictness"]

    def __str__(self) -> str:
        return self.name


class StoredFile(models.Model):
    """Bytes kept unchanged under their sha256. It has no address: a record that holds it serves it.

    Evidence: the application can add rows and never change or delete one.
    """

    sha256 = models.CharField(max_length=64, db_index=True)
    size_bytes = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100, help_text="Read from the content, not from the name.")
    original_name = models.CharField(max_length=255)
    label = models.ForeignKey(Label, null=True, blank=True, on_delete=models.PROTECT)
    stored_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT)
    stored_at = models.DateTimeField()
    look = models.JSONField(default=dict, help_text="What the limited child process saw: pages, warnings.")

    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.original_name} ({self.sha256[:8]})"

    @property
    def storage_name(self) -> str:
        """The content address within the storage: two levels of folders, then the hash."""
        return f"{self.sha256[:2]}/{self.sha256[2:4]}/{self.sha256}"
