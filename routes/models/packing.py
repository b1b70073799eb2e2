"""How an order line wants its pieces marked, preserved, labelled and fresh."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from portal.models.scoping import ScopedQuerySet
from routes.models.orders import OrderLine


class PackingDemandQuerySet(ScopedQuerySet):
    def for_buyer(self, person):
        return self.filter(order_line__order__customer_id=person.organization_id)


class PackingDemand(models.Model):
    """One demand on marking, preservation, label or shelf life, as the order words it.

    Units:   `least_days_left` days of shelf life on the day the goods leave.
    Source:  AS9100D 8.5.4 (preservation: identification, packaging, special handling, shelf life).
    """

    MARKING, PRESERVATION, LABEL, SHELF_LIFE = "marking", "preservation", "label", "shelf_life"
    KINDS = [
        (MARKING, "Marking"),
        (PRESERVATION, "Preservation and packing"),
        (LABEL, "Label"),
        (SHELF_LIFE, "Shelf life"),
    ]

    order_line = models.ForeignKey(OrderLine, on_delete=models.PROTECT, related_name="packing_demands")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=KINDS)
    text = models.CharField(max_length=300)
    least_days_left = models.PositiveIntegerField(null=True, blank=True)
    is_withdrawn = models.BooleanField(default=False, help_text="The order was amended and asks it no more.")

    objects = PackingDemandQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["order_line", "position"]
        constraints = [
            models.UniqueConstraint(fields=["order_line", "position"], name="packing_demand_once_a_line"),
            models.CheckConstraint(
                name="days_left_of_a_shelf_life",
                condition=Q(kind="shelf_life", least_days_left__isnull=False)
                | ~Q(kind="shelf_life") & Q(least_days_left__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.text}"
