"""An alarm that a characteristic moves from release to release, while its parts are still good."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from portal.domain.moves import QUALITY, SYSTEM, Move, Moves
from portal.models import Person, Signature
from portal.models.scoping import ScopedQuerySet
from routes.models import Characteristic, Traveler


class DriftAlarm(models.Model):
    """One crossing of a drift limit and what was done about it; at most one stands for a characteristic and side.

    `figures` keeps what was seen at the crossing: baseline, assumption, release mean, average, limits, sums.
    While it stands, every piece of the characteristic is measured. Units: `figures` as the characteristic, as text.
    """

    OPEN, ACKNOWLEDGED, RECOVERED, CLOSED = "open", "acknowledged", "recovered", "closed"
    STATES = [
        (OPEN, "Open"),
        (ACKNOWLEDGED, "Acknowledged"),
        (RECOVERED, "Recovered"),
        (CLOSED, "Closed"),
    ]
    STANDING = (OPEN, ACKNOWLEDGED)
    MOVES = Moves(
        "drift alarm",
        Move(OPEN, "acknowledge", ACKNOWLEDGED, QUALITY),
        Move(OPEN, "recover", RECOVERED, (SYSTEM,)),
        Move(ACKNOWLEDGED, "recover", RECOVERED, (SYSTEM,)),
        Move(RECOVERED, "acknowledge", RECOVERED, QUALITY),
        Move(ACKNOWLEDGED, "close", CLOSED, QUALITY),
        Move(RECOVERED, "close", CLOSED, QUALITY),
    )
    CHARTS = [("ewma", "Moving average"), ("cusum", "Cumulative sum"), ("rules", "Run rules")]
    SIDES = [("before", "Before finish"), ("after", "After finish")]
    DIRECTIONS = [("high", "upwards"), ("low", "downwards")]

    number = models.CharField(max_length=40, unique=True)
    characteristic = models.ForeignKey(Characteristic, on_delete=models.PROTECT, related_name="drift_alarms")
    side = models.CharField(max_length=10, choices=SIDES)
    state = models.CharField(max_length=12, choices=STATES, default=OPEN)
    chart = models.CharField(max_length=5, choices=CHARTS)
    direction = models.CharField(max_length=4, choices=DIRECTIONS)
    lot = models.ForeignKey(Traveler, on_delete=models.PROTECT, related_name="drift_alarms")
    figures = models.JSONField(default=dict)
    opened_at = models.DateTimeField()
    owner = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="drift_alarms_owned"
    )
    due_on = models.DateField()
    cause = models.TextField(blank=True, help_text="What moved it, and what is done about it.")
    acknowledged_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="drift_alarms_acknowledged"
    )
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    recovered_lot = models.ForeignKey(
        Traveler, null=True, blank=True, on_delete=models.PROTECT, related_name="drift_alarms_recovered"
    )
    recovered_at = models.DateTimeField(null=True, blank=True)
    releases_to_recover = models.PositiveIntegerField(null=True, blank=True)
    close_reason = models.TextField(blank=True)
    close_signature = models.ForeignKey(
        Signature, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["characteristic", "side"],
                condition=Q(state__in=["open", "acknowledged"]),
                name="one_standing_drift_alarm",
            ),
            models.CheckConstraint(
                name="acknowledged_alarm_says_who_and_when",
                condition=Q(acknowledged_by__isnull=True, acknowledged_at__isnull=True)
                | Q(acknowledged_by__isnull=False, acknowledged_at__isnull=False),
            ),
            models.CheckConstraint(
                name="recovered_alarm_says_where_and_when",
                condition=Q(
                    recovered_lot__isnull=True, recovered_at__isnull=True, releases_to_recover__isnull=True
                )
                | Q(
                    recovered_lot__isnull=False, recovered_at__isnull=False, releases_to_recover__isnull=False
                ),
            ),
            models.CheckConstraint(
                name="closed_alarm_is_signed",
                condition=~Q(state="closed") | Q(close_signature__isnull=False) & ~Q(close_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("inspection:drift-alarm-detail", args=[self.number])

    @property
    def is_standing(self) -> bool:
        return self.state in self.STANDING

    @property
    def days_to_recover(self) -> int | None:
        """Return whole days from the alarm to the release that ended it."""
        return None if self.recovered_at is None else (self.recovered_at - self.opened_at).days
