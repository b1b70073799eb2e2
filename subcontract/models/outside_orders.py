"""Orders to outside vendors: issued, shipped, returned, closed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from portal.domain.moves import QUALITY, SHOP, SYSTEM, Move, Moves
from portal.models import Person, Signature, Site
from portal.models.scoping import ScopedQuerySet
from routes.models import SpecificationRevision, Traveler, TravelerStep


class OutsideOrderQuerySet(ScopedQuerySet):
    def for_vendor(self, person):
        return self.filter(site__organization_id=person.organization_id).exclude(state=OutsideOrder.DRAFT)


class OutsideOrder(models.Model):
    """One order to one site of a vendor, with what it must do and what its certificate must say."""

    DRAFT, ISSUED, SHIPPED, RETURNED, CLOSED, CANCELLED = (
        "draft",
        "issued",
        "shipped",
        "returned",
        "closed",
        "cancelled",
    )
    STATES = [
        (DRAFT, "Draft"),
        (ISSUED, "Issued"),
        (SHIPPED, "At the vendor"),
        (RETURNED, "Returned"),
        (CLOSED, "Closed"),
        (CANCELLED, "Cancelled"),
    ]
    MOVES = Moves(
        "outside order",
        Move(DRAFT, "issue", ISSUED, QUALITY),
        Move(ISSUED, "ship", SHIPPED, SHOP),
        Move(SHIPPED, "return", RETURNED, SHOP),
        Move(RETURNED, "close", CLOSED, (*SHOP, SYSTEM)),
        # the verification of a return was undone
        Move(CLOSED, "reopen", RETURNED, (SYSTEM,)),
        Move(DRAFT, "cancel", CANCELLED, QUALITY),
        Move(ISSUED, "cancel", CANCELLED, QUALITY),
    )

    number = models.CharField(max_length=40, unique=True)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="outside_orders")
    state = models.CharField(max_length=10, choices=STATES, default=DRAFT)
    ordered_on = models.DateField()
    due_on = models.DateField()
    certificate_content = models.TextField(blank=True, help_text="What the certificate must state.")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="outside_orders_authored")
    issue_signature = models.ForeignKey(Signature, null=True, blank=True, on_delete=models.PROTECT)

    objects = OutsideOrderQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="outside_order_due_after_ordered", condition=Q(due_on__gte=models.F("ordered_on"))
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("subcontract:order-detail", args=[self.number])


class OutsideOrderLineQuerySet(ScopedQuerySet):
    def for_vendor(self, person):
        return self.filter(order__in=OutsideOrder.objects.for_viewer(person))


class OutsideOrderLine(models.Model):
    """One lot sent for one operation and pass, with the specification exactly as ordered.

    A lot split while it is out keeps the line of its parent by lineage.
    Units:   quantity in pieces.
    """

    order = models.ForeignKey(OutsideOrder, on_delete=models.PROTECT, related_name="lines")
    line_number = models.PositiveIntegerField()
    traveler = models.ForeignKey(Traveler, on_delete=models.PROTECT, related_name="outside_lines")
    step = models.ForeignKey(TravelerStep, on_delete=models.PROTECT, related_name="outside_lines")
    quantity = models.PositiveIntegerField()
    specification = models.ForeignKey(
        SpecificationRevision, on_delete=models.PROTECT, related_name="outside_lines"
    )
    spec_type = models.CharField(max_length=30, blank=True)
    spec_class = models.CharField(max_length=30, blank=True)
    material_condition = models.CharField(max_length=60, blank=True)
    flowdown = models.TextField(blank=True, help_text="Masking, rack marks, colour, customer clauses.")

    objects = OutsideOrderLineQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["order", "line_number"]
        constraints = [
            models.UniqueConstraint(fields=["order", "line_number"], name="outside_line_once_an_order"),
            models.CheckConstraint(name="outside_quantity_above_zero", condition=Q(quantity__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.order.number}/{self.line_number}"

    def get_absolute_url(self) -> str:
        return self.order.get_absolute_url()
