"""What happened, in one append-only table."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Cast

from portal.models.people import Person
from portal.models.scoping import ScopedQuerySet


class Event(models.Model):
    """One act: who, what, on which record, touching which lots.

    `canonical` is the exact byte string whose hash as a leaf of the log is `leaf_sha256`, so that checking an old
    row never depends on today's serializer; beside the columns it holds a salt. Evidence: the application can add
    rows and never change or delete one. `transaction` lets a reader of the feed stop before what may still be
    committed behind it.
    """

    at = models.DateTimeField()
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="events")
    # a printed name and a title of 120 letters each, and what stands between them
    actor = models.CharField(max_length=250, help_text="Printed name and title as they were then.")
    verb = models.CharField(max_length=60)
    noun = models.CharField(max_length=40)
    number = models.CharField(max_length=160)
    lots = ArrayField(models.CharField(max_length=60), default=list)
    data = models.JSONField(default=dict)
    canonical = models.BinaryField()
    leaf_sha256 = models.CharField(max_length=64)
    transaction = models.BigIntegerField(
        db_default=Cast(
            Cast(models.Func(function="pg_current_xact_id"), models.TextField()), models.BigIntegerField()
        ),
        editable=False,
    )

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [
            # serves the history block of every record page
            models.Index(fields=["noun", "number"], name="events_of_a_record"),
            # serves the timeline of a lot
            GinIndex(fields=["lots"], name="events_of_a_lot"),
            # serves the readers of the feed
            models.Index(fields=["transaction", "id"], name="events_in_feed_order"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor}: {self.verb} {self.noun} {self.number}"


class FeedCursor(models.Model):
    """How far one consumer has read the event log: everything up to this transaction and event is dealt with."""

    consumer = models.CharField(max_length=40, unique=True)
    transaction = models.BigIntegerField(default=0)
    event_id = models.BigIntegerField(default=0)
    read_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.consumer} at {self.event_id}"
