"""What customers ordered."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from simple_history.models import HistoricalRecords

from portal.models import Organization
from portal.models.scoping import ScopedQuerySet
from routes.models.parts import PartRevision


class CustomerOrderQuerySet(ScopedQuerySet):
    def for_buyer(self, person):
        return self.filter(customer_id=person.organization_id)


class CustomerOrder(models.Model):
    """One purchase order of a customer."""

    number = models.CharField(max_length=40, unique=True)
    customer = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="orders", limit_choices_to={"kind": "customer"}
    )
    po_number = models.CharField(max_length=80)
    received_on = models.DateField()

    objects = CustomerOrderQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["customer", "po_number"], name="po_once_a_customer")]

    def __str__(self) -> str:
        return f"{self.number} ({self.po_number})"

    def get_absolute_url(self) -> str:
        return reverse("routes:order-detail", args=[self.number])


class OrderLineQuerySet(ScopedQuerySet):
    def for_buyer(self, person):
        return self.filter(order__customer_id=person.organization_id)


class OrderLine(models.Model):
    """One line: which revision, how many, by when, whose material, which first-article regime.

    Units:   quantity in pieces; `due_on` is a day in the shop's time zone.
    """

    OEM, CONTRACT, TOLL = "oem", "contract", "toll"
    SOURCING = [
        (OEM, "OEM names the sources"),
        (CONTRACT, "We buy material and processes"),
        (TOLL, "Customer supplies the material"),
    ]
    BEFORE_DISPATCH, WITH_FIRST, HELD_BY_CUSTOMER, NONE = "before_dispatch", "with_first", "held", "none"
    FAI_REGIMES = [
        (BEFORE_DISPATCH, "Approved before dispatch"),
        (WITH_FIRST, "Sent with the first shipment"),
        (HELD_BY_CUSTOMER, "Held by the customer"),
        (NONE, "None demanded"),
    ]

    PRODUCTION, PROTOTYPE = "production", "prototype"
    PURPOSES = [(PRODUCTION, "Production parts"), (PROTOTYPE, "Prototypes")]

    order = models.ForeignKey(CustomerOrder, on_delete=models.PROTECT, related_name="lines")
    line_number = models.PositiveIntegerField()
    part_revision = models.ForeignKey(PartRevision, on_delete=models.PROTECT, related_name="order_lines")
    quantity = models.PositiveIntegerField()
    due_on = models.DateField()
    sourcing = models.CharField(max_length=10, choices=SOURCING, default=CONTRACT)
    purpose = models.CharField(max_length=12, choices=PURPOSES, default=PRODUCTION)
    fai_regime = models.CharField(max_length=20, choices=FAI_REGIMES, default=BEFORE_DISPATCH)
    needs_package_approval = models.BooleanField(
        default=False, help_text="The buyer approves before dispatch."
    )

    objects = OrderLineQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["order", "line_number"]
        constraints = [
            models.UniqueConstraint(fields=["order", "line_number"], name="line_once_an_order"),
            models.CheckConstraint(name="order_quantity_above_zero", condition=models.Q(quantity__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.order.number}/{self.line_number}"

    def get_absolute_url(self) -> str:
        return reverse("routes:order-detail", args=[self.order.number])
