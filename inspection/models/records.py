"""One inspection of one lot: incoming, in process, final, first article, or the customer's."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from portal.domain.moves import QUALITY, SHOP, Move, Moves
from portal.models import Person, Signature, StoredFile
from portal.models.scoping import ScopedQuerySet
from routes.models import Traveler, TravelerStep

INSPECTORS = (Person.INSPECTOR, *QUALITY)


class InspectionRecord(models.Model):
    """One inspection. The plan it was made by is frozen with it when it opens.

    `plan`: [{"characteristic": uuid, "balloon": str, "side": "before|after", "rule":
    "all|first|sample|c0|z14|skip_lot",
    "sample_size": int|null}]. A rule settled by the lot adds "n", "ac", "re", "inspect_all", "lot_size", "standard",
    "edition", "defect_class" and "why", with what it was settled by; a size held to a window before a finish adds
    "window": {"lower", "upper", "from"}. `receipt_number` names the return an incoming inspection verifies.
    The customer's own inspection stands beside ours: it belongs to no step and closes nothing.
    """

    INCOMING, IN_PROCESS, FINAL, FAI, CUSTOMER = "incoming", "in_process", "final", "fai", "customer"
    KINDS = [
        (INCOMING, "Incoming"),
        (IN_PROCESS, "In process"),
        (FINAL, "Final"),
        (FAI, "First article"),
        (CUSTOMER, "Customer's"),
    ]
    OPEN, COMPLETED, VOIDED = "open", "completed", "voided"
    STATES = [(OPEN, "Open"), (COMPLETED, "Completed"), (VOIDED, "Voided")]
    MOVES = Moves(
        "inspection",
        Move(OPEN, "complete", COMPLETED, INSPECTORS),
        Move(OPEN, "void", VOIDED, SHOP),
        Move(COMPLETED, "undo", OPEN, QUALITY),
    )

    number = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=12, choices=KINDS)
    traveler = models.ForeignKey(Traveler, on_delete=models.PROTECT, related_name="inspections")
    step = models.ForeignKey(
        TravelerStep, null=True, blank=True, on_delete=models.PROTECT, related_name="inspections"
    )
    state = models.CharField(max_length=10, choices=STATES, default=OPEN)
    plan = models.JSONField(default=list)
    lot_size = models.PositiveIntegerField()
    inspector = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="inspections")
    opened_at = models.DateTimeField()
    source_file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT)
    completion_signature = models.ForeignKey(Signature, null=True, blank=True, on_delete=models.PROTECT)
    completed_at = models.DateTimeField(null=True, blank=True)
    void_reason = models.CharField(max_length=300, blank=True)

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="only_the_customers_inspection_has_no_step",
                condition=Q(kind="customer", step__isnull=True) | ~Q(kind="customer") & Q(step__isnull=False),
            ),
            models.CheckConstraint(
                name="completed_inspection_is_signed",
                condition=~Q(state="completed")
                | Q(completion_signature__isnull=False, completed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("inspection:record-detail", args=[self.number])
