"""The log over the events: each one's place in it, the tree above them, and the signed checkpoints.

Four append-only tables. Everything in them can be worked out again from the canonical bytes of the events and the
order in `LogEntry`; `manage.py verify_log` does. docs/decisions/0050 says why it is built so.
"""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from portal.models.events import Event
from portal.models.scoping import ScopedQuerySet


class LogEntry(models.Model):
    """The place of one event in the log: places are counted from 0, without a gap, and never change."""

    index = models.BigIntegerField(primary_key=True)
    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="log_entry")
    leaf = models.BinaryField(help_text="Its hash as a leaf of the tree, 32 bytes.")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(index__gte=0), name="log_begins_with_entry_0")
        ]

    def __str__(self) -> str:
        return f"entry {self.index}"


class LogNode(models.Model):
    """One complete node above the leaves: it covers the entries from index * 2**level on."""

    pk = models.CompositePrimaryKey("level", "index")
    level = models.PositiveSmallIntegerField()
    index = models.BigIntegerField()
    hash = models.BinaryField()

    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"node {self.index} of level {self.level}"


class LogKey(models.Model):
    """A key that signs or once signed checkpoints, by its public half; the latest one is in force."""

    name = models.CharField(
        max_length=200, help_text="The name of the log; it stands first in every checkpoint."
    )
    verifier_key = models.CharField(max_length=300, unique=True)
    from_size = models.BigIntegerField(help_text="How many entries there were when it began to sign.")
    added_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.verifier_key


class Checkpoint(models.Model):
    """The signed head of the log at one size; `text` is what others keep and hold us to.

    `horizon` is for the sequencer: every event of an older transaction is in the log.
    """

    size = models.BigIntegerField(unique=True)
    root_sha256 = models.CharField(max_length=64)
    text = models.TextField()
    horizon = models.BigIntegerField()
    signed_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["size"]

    def __str__(self) -> str:
        return f"checkpoint of {self.size} entries"

    @property
    def root(self) -> bytes:
        """Return the root hash as bytes."""
        return bytes.fromhex(self.root_sha256)
