"""What one outside order line passes on to its vendor, item by item, and what was decided on each."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from portal.models import Person
from portal.models.scoping import ScopedQuerySet
from subcontract.models.outside_orders import OutsideOrder, OutsideOrderLine


class FlowdownItemQuerySet(ScopedQuerySet):
    def for_vendor(self, person):
        """Let a vendor read what it was told; what does not concern it stays with the shop."""
        return self.filter(
            line__order__in=OutsideOrder.objects.for_viewer(person),
            state=FlowdownItem.INCLUDED,
            is_withdrawn=False,
        )


class FlowdownItem(models.Model):
    """One requirement on the work of an order line: passed on to the vendor, or why it does not apply there.

    `key` says what it is within its line and stays the same when it is derived again. What the line states by
    itself is `is_by_rule` and always passed on. The words are those that stood when it was last derived.
    Source:  AS9100D 8.4.3 (information for external providers).
    """

    SPECIFICATION, NOTE, CLAUSE, ORDER, HOUSE = "spec", "note", "clause", "order", "house"
    SOURCES = [
        (SPECIFICATION, "Specification and route"),
        (NOTE, "Drawing note"),
        (CLAUSE, "Quality clause"),
        (ORDER, "Customer's order"),
        (HOUSE, "Our terms"),
    ]
    UNDECIDED, INCLUDED, NOT_APPLICABLE = "undecided", "included", "not_applicable"
    STATES = [
        (UNDECIDED, "Not decided"),
        (INCLUDED, "Passed on"),
        (NOT_APPLICABLE, "Does not apply"),
    ]

    line = models.ForeignKey(OutsideOrderLine, on_delete=models.PROTECT, related_name="flowdown_items")
    key = models.CharField(max_length=80)
    position = models.PositiveIntegerField()
    source = models.CharField(max_length=10, choices=SOURCES)
    origin = models.CharField(max_length=120, help_text="Drawing note 3, clause Q-17 B…")
    words = models.TextField()
    is_by_rule = models.BooleanField(default=False)
    state = models.CharField(max_length=15, choices=STATES, default=UNDECIDED)
    reason = models.CharField(max_length=300, blank=True)
    decided_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_before_on = models.CharField(
        max_length=60, blank=True, help_text="The earlier order line on which the same words were decided."
    )
    is_withdrawn = models.BooleanField(default=False, help_text="Order and route ask it no more.")

    objects = FlowdownItemQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["line", "position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["line", "key"], name="flowdown_item_once_a_line"),
            models.CheckConstraint(
                name="flowdown_left_out_says_why", condition=~Q(state="not_applicable") | ~Q(reason="")
            ),
            models.CheckConstraint(
                name="flowdown_by_rule_is_passed_on", condition=Q(is_by_rule=False) | Q(state="included")
            ),
        ]

    def __str__(self) -> str:
        return self.origin

    def get_absolute_url(self) -> str:
        return reverse("subcontract:order-detail", args=[self.line.order.number])
