"""What was changed for one lot alone, while its route stays as released."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from portal.domain.moves import QUALITY, SHOP, Move, Moves
from portal.models import Person, Signature
from portal.models.scoping import ScopedQuerySet
from routes.models.operations import Operation
from routes.models.travelers import Traveler, TravelerStep


class TravelerAmendment(models.Model):
    """One change of one lot's way: proposed by somebody on the floor, signed by somebody else of quality.

    redline   words that hold at one step beside what the route says there
    skip      one step is passed over
    add       a step of this lot alone; once approved `operation` is the one made for it
    repeat    operations done again in a further pass
    Children split off after the signature inherit it; one still open at the split stays with the lot it names.
    Source:   AS9100D 8.5.1 and 8.5.6 (changes of production are reviewed, and who authorised them is kept).
    """

    REDLINE, SKIP, ADD, REPEAT = "redline", "skip", "add", "repeat"
    KINDS = [
        (REDLINE, "Redline"),
        (SKIP, "Skip"),
        (ADD, "Added operation"),
        (REPEAT, "Repeat"),
    ]
    PROPOSED, APPROVED, REFUSED, WITHDRAWN = "proposed", "approved", "refused", "withdrawn"
    STATES = [
        (PROPOSED, "Waits for a decision"),
        (APPROVED, "Approved"),
        (REFUSED, "Refused"),
        (WITHDRAWN, "Withdrawn"),
    ]
    MOVES = Moves(
        "amendment",
        Move(PROPOSED, "approve", APPROVED, QUALITY),
        Move(PROPOSED, "refuse", REFUSED, QUALITY),
        Move(PROPOSED, "withdraw", WITHDRAWN, SHOP),
    )

    number = models.CharField(max_length=40, unique=True)
    traveler = models.ForeignKey(Traveler, on_delete=models.PROTECT, related_name="amendments")
    kind = models.CharField(max_length=10, choices=KINDS)
    state = models.CharField(max_length=10, choices=STATES, default=PROPOSED)
    step = models.ForeignKey(
        TravelerStep,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="amendments",
        help_text="The step a redline or a skip touches.",
    )
    sequence = models.PositiveIntegerField(
        null=True, blank=True, help_text="Where an added operation stands."
    )
    name = models.CharField(max_length=120, blank=True, help_text="Of an added operation.")
    operation_kind = models.CharField(max_length=10, choices=Operation.KINDS, blank=True)
    words = models.TextField(blank=True, help_text="The instruction that holds for this lot.")
    repeated = ArrayField(models.PositiveIntegerField(), default=list, blank=True)
    operation = models.OneToOneField(
        Operation, null=True, blank=True, on_delete=models.PROTECT, related_name="added_by"
    )
    reason = models.CharField(max_length=300)
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    signature = models.ForeignKey(
        Signature, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_reason = models.CharField(max_length=300, blank=True)

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="amendment_says_what_it_changes",
                condition=Q(kind="redline", step__isnull=False, sequence__isnull=True) & ~Q(words="")
                | Q(kind="skip", step__isnull=False, sequence__isnull=True, words="")
                | Q(kind="add", step__isnull=True, sequence__isnull=False)
                & ~Q(name="")
                & ~Q(operation_kind="")
                & ~Q(words="")
                | Q(kind="repeat", step__isnull=True, sequence__isnull=True, words="", repeated__len__gt=0),
            ),
            models.CheckConstraint(
                name="decided_amendment_is_signed",
                condition=Q(state="proposed", signature__isnull=True, decided_at__isnull=True)
                | Q(state__in=["approved", "refused"], signature__isnull=False, decided_at__isnull=False)
                | Q(state="withdrawn", signature__isnull=True, decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="approved_addition_has_its_operation",
                condition=Q(kind="add", state="approved", operation__isnull=False)
                | ~Q(kind="add", state="approved") & Q(operation__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return f"{reverse('routes:traveler-amendments', args=[self.traveler.number])}#{self.number}"
