"""Pieces that came back beyond what was sent: put aside, never counted into a lot, until somebody decides."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from portal.models import Person
from portal.models.scoping import ScopedQuerySet
from subcontract.models.outside_orders import OutsideOrder, OutsideOrderLine


class OverReturnQuerySet(ScopedQuerySet):
    def for_vendor(self, person):
        return self.filter(line__order__in=OutsideOrder.objects.for_viewer(person))


class OverReturn(models.Model):
    """More pieces came back on a line than were out. The count stands as it was found.

    Units:   `counted` is everything that came, `quantity` what of it was never sent.
    Source:  AS9100D 8.5.4 and 8.7 (what is not ours, or not known, is kept apart).
    """

    RETURNED, THEIRS, COUNT_ERROR = "returned", "theirs", "count_error"
    DECISIONS = [
        (RETURNED, "Sent back to the vendor"),
        (THEIRS, "Belongs to somebody else, who fetched it"),
        (COUNT_ERROR, "Counted wrongly, seen by a witness"),
    ]

    number = models.CharField(max_length=40, unique=True)
    line = models.ForeignKey(OutsideOrderLine, on_delete=models.PROTECT, related_name="over_returns")
    counted = models.PositiveIntegerField()
    quantity = models.PositiveIntegerField()
    found_on = models.DateField()
    put_aside_at = models.CharField(max_length=120, help_text="Where they are kept apart.")
    document = models.CharField(max_length=80, blank=True, help_text="Packing slip or waybill number.")
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    decision = models.CharField(max_length=12, choices=DECISIONS, blank=True)
    decided_reason = models.CharField(max_length=300, blank=True)
    decided_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    witness = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = OverReturnQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="over_return_within_the_count",
                condition=Q(quantity__gt=0) & Q(counted__gte=models.F("quantity")),
            ),
            models.CheckConstraint(
                name="decided_over_return_says_how_and_who",
                condition=Q(decision="", decided_by__isnull=True, decided_at__isnull=True, decided_reason="")
                | ~Q(decision="")
                & ~Q(decided_reason="")
                & Q(decided_by__isnull=False, decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="count_error_was_witnessed",
                condition=~Q(decision="count_error") | Q(witness__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return self.line.get_absolute_url()
