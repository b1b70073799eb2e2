"""Stopping a lot, and letting it go again."""

from __future__ import annotations

from django.db import models
from simple_history.models import HistoricalRecords

from portal.domain.moves import QUALITY, Move, Moves
from portal.models import Person, Signature
from portal.models.scoping import ScopedQuerySet
from routes.models.travelers import Traveler


class Hold(models.Model):
    """A lot that may not go on until somebody with authority lets it go."""

    PLACED, RELEASED = "placed", "released"
    STATES = [(PLACED, "On hold"), (RELEASED, "Let go")]
    MOVES = Moves("hold", Move(PLACED, "release", RELEASED, QUALITY))

    number = models.CharField(max_length=40, unique=True)
    traveler = models.ForeignKey(Traveler, on_delete=models.PROTECT, related_name="holds")
    state = models.CharField(max_length=10, choices=STATES, default=PLACED)
    reason = models.CharField(max_length=300)
    placed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="holds_placed")
    placed_at = models.DateTimeField()
    release_signature = models.ForeignKey(Signature, null=True, blank=True, on_delete=models.PROTECT)
    release_reason = models.CharField(max_length=300, blank=True)

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-id"]
