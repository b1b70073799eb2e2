"""What the shop asks the design authority to let pass, and what it answered."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from inspection.models.nonconformances import Nonconformance
from portal.domain.moves import QUALITY, Move, Moves
from portal.models import Organization, Person, Signature, StoredFile
from portal.models.scoping import ScopedQuerySet
from routes.models import OrderLine


class ConcessionRequestQuerySet(ScopedQuerySet):
    def for_buyer(self, person):
        return self.filter(customer_id=person.organization_id)

    def waiting(self):
        """Return those nobody has answered yet."""
        return self.filter(state=ConcessionRequest.REQUESTED)


class ConcessionRequest(models.Model):
    """A question to one customer: may these pieces be used as they are, or repaired?

    On a nonconformance it asks for a concession, after making; on an order line for a deviation permit, before.
    Units:   pieces; `valid_to` is the last day on which may be shipped under what was granted.
    Source:  AS9100D 8.7.1; release rule 43.
    """

    REQUESTED, GRANTED, REFUSED, WITHDRAWN = "requested", "granted", "refused", "withdrawn"
    STATES = [
        (REQUESTED, "Requested"),
        (GRANTED, "Granted"),
        (REFUSED, "Refused"),
        (WITHDRAWN, "Withdrawn"),
    ]
    MOVES = Moves(
        "concession request",
        Move(REQUESTED, "grant", GRANTED, (Person.CUSTOMER_QUALITY,)),
        Move(REQUESTED, "refuse", REFUSED, (Person.CUSTOMER_QUALITY,)),
        Move(REQUESTED, "withdraw", WITHDRAWN, QUALITY),
    )
    PROPOSALS = [(Nonconformance.USE_AS_IS, "Use as is"), (Nonconformance.REPAIR, "Repair")]

    number = models.CharField(max_length=40, unique=True)
    customer = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="concession_requests")
    nonconformance = models.ForeignKey(
        Nonconformance,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="concession_requests",
    )
    order_line = models.ForeignKey(
        OrderLine, null=True, blank=True, on_delete=models.PROTECT, related_name="permit_requests"
    )
    proposal = models.CharField(max_length=12, choices=PROPOSALS)
    description = models.TextField(help_text="What departs from which requirement.")
    justification = models.TextField()
    quantity = models.PositiveIntegerField()
    serials = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    attachment = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(max_length=10, choices=STATES, default=REQUESTED)
    requested_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    granted_quantity = models.PositiveIntegerField(null=True, blank=True)
    granted_serials = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    conditions = models.TextField(blank=True)
    customer_reference = models.CharField(max_length=80, blank=True)
    decision_reason = models.TextField(blank=True)
    signature = models.ForeignKey(
        Signature, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = ConcessionRequestQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(name="concession_request_above_zero", condition=Q(quantity__gt=0)),
            models.CheckConstraint(
                name="concession_request_is_about_one",
                condition=Q(nonconformance__isnull=False, order_line__isnull=True)
                | Q(nonconformance__isnull=True, order_line__isnull=False),
            ),
            models.CheckConstraint(
                name="decided_concession_request_is_signed",
                condition=~Q(state__in=["granted", "refused"]) | Q(signature__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["nonconformance"],
                condition=Q(state="requested"),
                name="one_open_request_a_nonconformance",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("inspection:concession-request-detail", args=[self.number])

    @property
    def is_permit(self) -> bool:
        """Say whether it asks before making: a deviation permit."""
        return self.order_line_id is not None

    @property
    def kind_words(self) -> str:
        return "Deviation permit" if self.is_permit else "Concession"
