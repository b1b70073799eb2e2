"""What a vendor's site may do in the shop's place: verify a return, ship to the customer."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from portal.models import Organization, Signature, Site, StoredFile
from portal.models.scoping import ScopedQuerySet
from routes.models import OrderLine, Part


class DelegationQuerySet(ScopedQuerySet):
    def for_vendor(self, person):
        return self.filter(site__organization_id=person.organization_id)

    def for_buyer(self, person):
        return self.filter(customer_id=person.organization_id)


class Delegation(models.Model):
    """A writing by which one vendor's site verifies or ships in our place, for one customer's parts.

    An empty part or order line stands for every one of that customer. Both days are included. What ships to the
    customer from elsewhere needs the customer's own writing beside ours.
    Source:  AS9100D 8.4.2 (delegated verification: its scope is defined, a register is kept) and 8.6.
    """

    number = models.CharField(max_length=40, unique=True)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="delegations")
    customer = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        related_name="delegations",
        limit_choices_to={"kind": "customer"},
    )
    part = models.ForeignKey(
        Part, null=True, blank=True, on_delete=models.PROTECT, related_name="delegations"
    )
    order_line = models.ForeignKey(
        OrderLine, null=True, blank=True, on_delete=models.PROTECT, related_name="delegations"
    )
    is_verification = models.BooleanField(help_text="Count, identity and damage are verified there.")
    is_shipping = models.BooleanField(help_text="Pieces leave from there to the customer.")
    reference = models.CharField(max_length=120, help_text="Number or name of the writing.")
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField()
    accepted_reference = models.CharField(max_length=120, blank=True, help_text="The customer's writing.")
    accepted_on = models.DateField(null=True, blank=True)
    accepted_file = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    signature = models.ForeignKey(Signature, on_delete=models.PROTECT, related_name="+")
    ended_on = models.DateField(null=True, blank=True, help_text="The first day it held no more.")
    ended_reason = models.CharField(max_length=300, blank=True)

    objects = DelegationQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="delegation_delegates_something",
                condition=Q(is_verification=True) | Q(is_shipping=True),
            ),
            models.CheckConstraint(
                name="delegation_days_in_order", condition=Q(valid_to__gte=F("valid_from"))
            ),
            models.CheckConstraint(
                name="delegated_shipping_is_accepted_in_writing",
                condition=Q(is_shipping=False) | Q(accepted_on__isnull=False) & ~Q(accepted_reference=""),
            ),
            models.CheckConstraint(
                name="ended_delegation_has_a_reason",
                condition=Q(ended_on__isnull=True) | ~Q(ended_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("subcontract:delegation-detail", args=[self.number])

    def holds_on(self, day: date) -> bool:
        """Say whether it holds on a day."""
        return self.valid_from <= day <= self.valid_to and (self.ended_on is None or day < self.ended_on)
