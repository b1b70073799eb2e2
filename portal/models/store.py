"""What became of kept bytes: disposed of on purpose, or found damaged in the store."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from portal.models.people import Person
from portal.models.scoping import ScopedQuerySet


class DisposedFile(models.Model):
    """Bytes that were erased on purpose: what they were, under which certificate, by whom.

    The rows of `StoredFile` and the records that hold them stay. Evidence: rows are only added.
    """

    sha256 = models.CharField(max_length=64, db_index=True)
    size_bytes = models.PositiveBigIntegerField()
    original_name = models.CharField(max_length=255)
    certificate = models.CharField(max_length=40, help_text="Number of the certificate of disposal.")
    disposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    disposed_at = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.original_name} ({self.sha256[:8]})"


class StoreFinding(models.Model):
    """Something wrong in the store of files, from the day it was found to the day it was right again."""

    CHANGED, MISSING, STRAY, NOT_GONE = "changed", "missing", "stray", "not_gone"
    KINDS = [
        (CHANGED, "Changed"),
        (MISSING, "Missing"),
        (STRAY, "Known to no record"),
        (NOT_GONE, "Disposed of, still there"),
    ]

    path = models.CharField(max_length=255, help_text="Where in the store.")
    kind = models.CharField(max_length=10, choices=KINDS)
    original_name = models.CharField(max_length=255, blank=True)
    sentence = models.TextField()
    found_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["settled_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["path"], condition=Q(settled_at__isnull=True), name="one_open_finding_a_stored_path"
            )
        ]

    def __str__(self) -> str:
        return self.path
