"""Tables of master data brought in: the file as it came, what it would do, and that it was saved."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from portal.domain.moves import QUALITY, Move, Moves
from portal.models import Job, Person, StoredFile
from portal.models.scoping import ScopedQuerySet


class MasterImport(models.Model):
    """One table of one noun. Looking at it changes nothing; saving takes all of its rows or none.

    `choices` are a person's answers to what the file leaves open: order of dates, decimal sign, sheet, part and
    revision of an AS9102 Form 3. `report` is what the last look, or the saving, found row by row.
    """

    RECEIVED, LOOKED_AT, SAVED, DROPPED = "received", "looked_at", "saved", "dropped"
    STATES = [(RECEIVED, "Received"), (LOOKED_AT, "Looked at"), (SAVED, "Saved"), (DROPPED, "Dropped")]
    MOVES = Moves(
        "import",
        Move(RECEIVED, "look", LOOKED_AT, QUALITY),
        Move(LOOKED_AT, "look", LOOKED_AT, QUALITY),
        Move(LOOKED_AT, "save", SAVED, QUALITY),
        Move(RECEIVED, "drop", DROPPED, QUALITY),
        Move(LOOKED_AT, "drop", DROPPED, QUALITY),
    )

    number = models.CharField(max_length=40, unique=True)
    noun = models.CharField(max_length=20)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    choices = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=10, choices=STATES, default=RECEIVED)
    report = models.JSONField(default=dict, blank=True)
    job = models.ForeignKey(Job, null=True, blank=True, on_delete=models.PROTECT)
    brought_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    brought_at = models.DateTimeField()
    saved_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["report"])

    class Meta:
        ordering = ["-id"]
        verbose_name = "import"
        constraints = [
            models.CheckConstraint(
                name="saved_import_says_when",
                condition=Q(state="saved", saved_at__isnull=False)
                | ~Q(state="saved") & Q(saved_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("documents:import-detail", args=[self.number])
