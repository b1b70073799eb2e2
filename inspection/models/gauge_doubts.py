"""What was decided about readings in doubt: taken with a gauge that was later found out of tolerance."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from portal.models import Signature
from portal.models.scoping import ScopedQuerySet
from routes.models import Gauge, Traveler


class ReadingsJudgement(models.Model):
    """One signed decision on the readings of one gauge in one lot. Evidence: rows are only added.

    It covers exactly the measurements it names. `found_on` is the day of the bad calibration.
    Source:  ISO 9001:2015 7.1.5.2; release rule 45.
    """

    STILL_VALID, REMEASURED = "still_valid", "remeasured"
    OUTCOMES = [
        (STILL_VALID, "Still valid, for the reason given"),
        (REMEASURED, "Measured again with a good gauge"),
    ]

    gauge = models.ForeignKey(Gauge, on_delete=models.PROTECT, related_name="judgements")
    found_on = models.DateField()
    traveler = models.ForeignKey(Traveler, on_delete=models.PROTECT, related_name="judgements")
    outcome = models.CharField(max_length=12, choices=OUTCOMES)
    reason = models.TextField()
    measurements = ArrayField(models.BigIntegerField(), help_text="The readings decided on, and no others.")
    decided_at = models.DateTimeField()
    signature = models.ForeignKey(Signature, on_delete=models.PROTECT, related_name="+")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [models.CheckConstraint(name="judgement_has_a_reason", condition=~Q(reason=""))]
        indexes = [
            # serves the chain check of results
            models.Index(fields=["traveler", "gauge"], name="judgements_of_a_lot"),
        ]

    def __str__(self) -> str:
        return f"{self.gauge.number}, {self.found_on:%-d %b %Y}, lot {self.traveler.number}"
