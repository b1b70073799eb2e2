"""Which photographs a paper was joined from."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from portal.models import StoredFile
from portal.models.scoping import ScopedQuerySet


class JoinedPhoto(models.Model):
    """One photograph of a paper that was joined from several, in the order its sender gave.

    Evidence: the photograph stays beside the paper made of it, byte for byte, and says which pages it became.
    Units:   position and pages count from 1.
    """

    paper = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="joined_photos")
    position = models.PositiveSmallIntegerField()
    original = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="joined_into")
    page_from = models.PositiveSmallIntegerField()
    page_to = models.PositiveSmallIntegerField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["paper", "position"]
        constraints = [
            models.UniqueConstraint(fields=["paper", "position"], name="one_photo_at_a_position"),
            models.CheckConstraint(
                name="joined_photo_pages_in_order", condition=Q(page_from__gte=1, page_to__gte=F("page_from"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.original.original_name}"
