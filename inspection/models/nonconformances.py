"""What is not to the drawing, and what was decided about it."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from inspection.models.measurements import Measurement
from portal.domain.moves import QUALITY, SHOP, Move, Moves
from portal.models import Person, Signature, StoredFile
from portal.models.scoping import ScopedQuerySet
from routes.models import Characteristic, Traveler


class NonconformanceQuerySet(ScopedQuerySet):
    def for_buyer(self, person):
        """Return those a concession of this customer was asked for; the others are the shop's own."""
        return self.filter(concession_requests__customer_id=person.organization_id).distinct()


class Nonconformance(models.Model):
    """Pieces that are not to the drawing. They stand in a lot of their own until they are dispositioned.

    Source: rule 42 of the release rules blocks pieces, not lots; use-as-is and repair need the design authority
    (AS9100D 8.7).
    """

    OPEN, DISPOSITIONED, CLOSED = "open", "dispositioned", "closed"
    STATES = [(OPEN, "Open"), (DISPOSITIONED, "Dispositioned"), (CLOSED, "Closed")]
    USE_AS_IS, REWORK, REPAIR, SCRAP, RETURN = "use_as_is", "rework", "repair", "scrap", "return"
    DISPOSITIONS = [
        (USE_AS_IS, "Use as is"),
        (REWORK, "Rework"),
        (REPAIR, "Repair"),
        (SCRAP, "Scrap"),
        (RETURN, "Return to supplier"),
    ]
    MOVES = Moves(
        "nonconformance",
        Move(OPEN, "disposition", DISPOSITIONED, QUALITY),
        Move(DISPOSITIONED, "close", CLOSED, (*SHOP,)),
        Move(DISPOSITIONED, "undo", OPEN, QUALITY),
        Move(CLOSED, "undo", OPEN, QUALITY),
    )

    number = models.CharField(max_length=40, unique=True)
    traveler = models.ForeignKey(Traveler, on_delete=models.PROTECT, related_name="nonconformances")
    found_on_traveler = models.ForeignKey(
        Traveler, on_delete=models.PROTECT, related_name="nonconformances_found"
    )
    measurement = models.ForeignKey(
        Measurement, null=True, blank=True, on_delete=models.PROTECT, related_name="nonconformances"
    )
    characteristic = models.ForeignKey(Characteristic, null=True, blank=True, on_delete=models.PROTECT)
    description = models.TextField()
    quantity = models.PositiveIntegerField()
    serials = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    state = models.CharField(max_length=15, choices=STATES, default=OPEN)
    opened_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="nonconformances_opened")
    opened_at = models.DateTimeField()
    disposition = models.CharField(max_length=12, choices=DISPOSITIONS, blank=True)
    disposition_reason = models.TextField(blank=True)
    disposition_signature = models.ForeignKey(Signature, null=True, blank=True, on_delete=models.PROTECT)

    objects = NonconformanceQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="dispositioned_is_signed",
                condition=Q(state="open") | Q(disposition_signature__isnull=False) & ~Q(disposition=""),
            ),
            models.CheckConstraint(name="nonconformance_above_zero", condition=Q(quantity__gt=0)),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("inspection:nonconformance-detail", args=[self.number])


class Concession(models.Model):
    """The design authority's permission to ship pieces as they are or repaired, with its limits.

    It comes on paper, from the customer's decision on a request (a permit given before making is drawn on by each
    nonconformance it covers), or by material review authority the customer has delegated to a person of the shop.
    Units:   pieces; `valid_to` is the last day on which they may be shipped under it.
    """

    PAPER, REQUEST, DELEGATED = "paper", "request", "delegated"
    SOURCES = [
        (PAPER, "The customer's letter"),
        (REQUEST, "Decided here by the customer"),
        (DELEGATED, "Delegated material review authority"),
    ]

    number = models.CharField(max_length=40, unique=True)
    nonconformance = models.ForeignKey(Nonconformance, on_delete=models.PROTECT, related_name="concessions")
    customer_reference = models.CharField(max_length=80)
    decided_by = models.CharField(max_length=160, help_text="Name and office at the design authority.")
    decided_on = models.DateField()
    quantity_limit = models.PositiveIntegerField()
    serials = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    evidence = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT)
    source = models.CharField(max_length=10, choices=SOURCES, default=PAPER)
    request = models.ForeignKey(
        "inspection.ConcessionRequest",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="concessions",
    )
    valid_to = models.DateField(null=True, blank=True)
    conditions = models.TextField(blank=True)

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(name="concession_above_zero", condition=Q(quantity_limit__gt=0)),
            models.CheckConstraint(
                name="concession_by_request_names_it",
                condition=Q(source="request", request__isnull=False)
                | (~Q(source="request") & Q(request__isnull=True)),
            ),
        ]
