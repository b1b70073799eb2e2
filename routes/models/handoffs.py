"""From prototype to production: what was tried, what was learnt, and the route it became."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from simple_history.models import HistoricalRecords

from portal.models import Signature
from portal.models.scoping import ScopedQuerySet
from routes.models.parts import PartRevision
from routes.models.routes import RouteRevision
from routes.models.travelers import Traveler


class ProductionHandoff(models.Model):
    """One part revision handed over from its prototype lots to the released route of its production.

    Signed by somebody who did not write that route. It holds for the route revision named and for those after it.
    """

    number = models.CharField(max_length=40, unique=True)
    part_revision = models.ForeignKey(PartRevision, on_delete=models.PROTECT, related_name="handoffs")
    route_revision = models.ForeignKey(RouteRevision, on_delete=models.PROTECT, related_name="handoffs")
    prototypes = models.ManyToManyField(Traveler, related_name="handoffs")
    learnt = models.TextField(help_text="What the prototypes showed.")
    changed = models.TextField(help_text="What production does otherwise, or that nothing changed.")
    signature = models.ForeignKey(Signature, on_delete=models.PROTECT, related_name="+")

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("routes:handoff-detail", args=[self.number])
