"""What a vendor says about a line of an order: taken, disputed, on its way back, not right, to be stripped."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from portal.domain.moves import QUALITY, SHOP, Move, Moves
from portal.models import Person, StoredFile
from portal.models.scoping import ScopedQuerySet
from routes.models import Hold
from subcontract.models.outside_orders import OutsideOrder, OutsideOrderLine
from subcontract.models.receipts import Receipt


class VendorStatementQuerySet(ScopedQuerySet):
    def for_vendor(self, person):
        return self.filter(line__order__in=OutsideOrder.objects.for_viewer(person))

    def standing(self):
        """Return those that were not taken back."""
        return self.exclude(state=VendorStatement.WITHDRAWN)


class VendorStatement(models.Model):
    """One thing a vendor said about one line, in its own words, and what the shop answered.

    A finding and a wish to strip hold the lot until they are answered; a dispute keeps the pieces in the house.
    Units:   quantities in pieces.
    """

    ACKNOWLEDGEMENT, DISPUTE, RETURN, FINDING, STRIP = "taken", "dispute", "return", "finding", "strip"
    KINDS = [
        (ACKNOWLEDGEMENT, _("Order taken")),
        (DISPUTE, _("Disputed")),
        (RETURN, _("On the way back")),
        (FINDING, _("Nonconformance found")),
        (STRIP, _("Asked to strip and recoat")),
    ]
    DUE, REQUIREMENT, QUANTITY = "due", "requirement", "quantity"
    SUBJECTS = [(DUE, _("The due date")), (REQUIREMENT, _("A requirement")), (QUANTITY, _("The quantity"))]
    OPEN, NOTED, AGREED, REFUSED, COUNTED, WITHDRAWN = (
        "open",
        "noted",
        "agreed",
        "refused",
        "counted",
        "withdrawn",
    )
    STATES = [
        (OPEN, "Waits for an answer"),
        (NOTED, "Noted"),
        (AGREED, "Agreed"),
        (REFUSED, "Refused"),
        (COUNTED, "Counted"),
        (WITHDRAWN, "Withdrawn"),
    ]
    MOVES = Moves(
        "vendor statement",
        Move(OPEN, "note", NOTED, (Person.VENDOR,)),
        Move(OPEN, "agree to", AGREED, QUALITY),
        Move(OPEN, "refuse", REFUSED, QUALITY),
        Move(OPEN, "count", COUNTED, SHOP),
        Move(OPEN, "withdraw", WITHDRAWN, (Person.VENDOR,)),
    )

    number = models.CharField(max_length=40, unique=True)
    line = models.ForeignKey(OutsideOrderLine, on_delete=models.PROTECT, related_name="statements")
    kind = models.CharField(max_length=10, choices=KINDS)
    state = models.CharField(max_length=10, choices=STATES, default=OPEN)
    subject = models.CharField(max_length=12, choices=SUBJECTS, blank=True)
    quantity = models.PositiveIntegerField(null=True, blank=True, help_text="Good pieces of a return.")
    quantity_rejected = models.PositiveIntegerField(default=0)
    quantity_short = models.PositiveIntegerField(default=0)
    named_on = models.DateField(null=True, blank=True, help_text="The day asked for, or on which they left.")
    carrier = models.CharField(max_length=80, blank=True)
    document = models.CharField(max_length=80, blank=True, help_text="Packing slip or waybill number.")
    words = models.TextField(blank=True)
    photo = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="vendor_statements"
    )
    hold = models.ForeignKey(
        Hold, null=True, blank=True, on_delete=models.PROTECT, related_name="vendor_statements"
    )
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    receipt = models.ForeignKey(
        Receipt, null=True, blank=True, on_delete=models.PROTECT, related_name="announcements"
    )

    objects = VendorStatementQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="statement_answered_says_who_and_what",
                condition=~Q(state__in=["agreed", "refused"])
                | ~Q(answer="") & Q(answered_by__isnull=False, answered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="counted_return_has_its_receipt",
                condition=~Q(state="counted") | Q(receipt__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return self.line.get_absolute_url()
