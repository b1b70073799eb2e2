"""The chain as last judged, kept for boards and lists; the gate never reads it."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from portal.models import Person, Signature
from portal.models.scoping import ScopedQuerySet
from routes.models import Traveler


class StandingChain(models.Model):
    """What the chain check answered for one open lot when its facts last changed; a cache that can be built anew.

    `slots` are the slots as plain data; the other columns are what boards filter and count by. Days are compared
    when it is read, so that time alone changes nothing here but what a check itself dates.
    """

    traveler = models.OneToOneField(Traveler, on_delete=models.CASCADE, related_name="standing_chain")
    facts_sha256 = models.CharField(max_length=64)
    judged_at = models.DateTimeField()
    slots = models.JSONField()
    open_codes = ArrayField(models.CharField(max_length=12), default=list)
    owners = ArrayField(models.CharField(max_length=200), default=list, help_text="Who can and must act now.")
    sides = ArrayField(
        models.CharField(max_length=10),
        default=list,
        help_text="Which of us, vendors and customers they are.",
    )
    stops = models.PositiveIntegerField(default=0, help_text="Demands somebody must act on now.")
    is_closed = models.BooleanField(default=False)
    first_due_on = models.DateField(
        null=True, blank=True, help_text="The earliest day one of the stops is due."
    )

    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Chain of {self.traveler}"


class TrailReview(models.Model):
    """Somebody independent has looked at every edit of a lot made after its first signature, up to one event.

    Evidence: rows are only added.
    Source:  release rule 58; data integrity guidance: changes are reviewed, with their reason, before release.
    """

    traveler = models.ForeignKey(Traveler, on_delete=models.PROTECT, related_name="trail_reviews")
    through_event = models.BigIntegerField(help_text="The last event that was looked at.")
    edits = models.PositiveIntegerField(help_text="How many edits were looked at.")
    remarks = models.TextField(blank=True)
    signature = models.ForeignKey(Signature, on_delete=models.PROTECT, related_name="+")
    reviewer = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="trail_reviews")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["traveler", "id"]
