"""What came back from a vendor, counted and looked at."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from portal.models import Person, Signature
from portal.models.scoping import ScopedQuerySet
from routes.models import Traveler
from subcontract.models.delegations import Delegation
from subcontract.models.outside_orders import OutsideOrder, OutsideOrderLine


class ReceiptQuerySet(ScopedQuerySet):
    def for_vendor(self, person):
        return self.filter(line__order__in=OutsideOrder.objects.for_viewer(person))


class Receipt(models.Model):
    """One return of pieces of one line, home or to whoever counts in our place by a delegation.

    Count, identity and damage are accepted by incoming verification.

    The certificate fields are written by the acceptance of a certificate, never by hand; AS9102 Form 2 reads them.
    Units:   quantities in pieces; returned + scrapped + short = what left.
    """

    line = models.ForeignKey(OutsideOrderLine, on_delete=models.PROTECT, related_name="receipts")
    traveler = models.ForeignKey(Traveler, on_delete=models.PROTECT, related_name="receipts")
    quantity_returned = models.PositiveIntegerField()
    quantity_scrapped = models.PositiveIntegerField(default=0)
    quantity_short = models.PositiveIntegerField(default=0)
    received_on = models.DateField()
    received_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="receipts")
    recorded_at = models.DateTimeField(help_text="Lots split off afterwards inherit the return.")
    delegation = models.ForeignKey(
        Delegation, null=True, blank=True, on_delete=models.PROTECT, related_name="receipts"
    )
    delegate_reference = models.CharField(
        max_length=120, blank=True, help_text="The paper of who counted and looked in our place."
    )
    is_count_right = models.BooleanField(null=True, blank=True)
    is_identity_right = models.BooleanField(null=True, blank=True)
    is_undamaged = models.BooleanField(null=True, blank=True)
    acceptance_signature = models.ForeignKey(Signature, null=True, blank=True, on_delete=models.PROTECT)
    certificate_number = models.CharField(max_length=80, blank=True)
    certificate_on = models.DateField(null=True, blank=True)
    certificate_state = models.CharField(max_length=12, blank=True)

    objects = ReceiptQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="delegated_receipt_names_its_paper",
                condition=Q(delegation__isnull=True, delegate_reference="")
                | Q(delegation__isnull=False) & ~Q(delegate_reference=""),
            ),
            models.CheckConstraint(
                name="accepted_receipt_was_looked_at",
                condition=Q(acceptance_signature__isnull=True)
                | Q(
                    is_count_right__isnull=False, is_identity_right__isnull=False, is_undamaged__isnull=False
                ),
            ),
        ]

    @property
    def is_accepted(self) -> bool:
        return bool(
            self.acceptance_signature_id
            and self.is_count_right
            and self.is_identity_right
            and self.is_undamaged
        )
