"""What is done so that a finding does not come back, by whom, until when, and whether it helped."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from inspection.models.first_articles import FirstArticle
from inspection.models.nonconformances import Nonconformance
from portal.domain.moves import QUALITY, Move, Moves
from portal.models import Organization, Person, Signature
from portal.models.scoping import ScopedQuerySet
from routes.models import Part


class CorrectiveActionQuerySet(ScopedQuerySet):
    def for_vendor(self, person):
        return self.filter(vendor_id=person.organization_id)

    def running(self):
        """Return those that still owe something."""
        return self.exclude(state__in=CorrectiveAction.ENDED)


class CorrectiveAction(models.Model):
    """One problem taken to its causes: answered, accepted, carried out, and proved effective by somebody else.

    Without a vendor it is the shop's own. `origin_noun` and `origin_number` name what it was opened from; the
    nonconformances are kept as records of their own. It stops no shipment by itself.
    Source:  AS9100D 10.2; release rule 42 as corrected (corrective action may stay open).
    """

    OPEN, ANSWERED, ACCEPTED = "open", "answered", "accepted"
    IMPLEMENTED, EFFECTIVE, REOPENED, DROPPED = "implemented", "effective", "reopened", "dropped"
    STATES = [
        (OPEN, "Open"),
        (ANSWERED, "Answered"),
        (ACCEPTED, "Answer accepted"),
        (IMPLEMENTED, "Implemented"),
        (EFFECTIVE, "Effective"),
        (REOPENED, "Reopened"),
        (DROPPED, "Dropped"),
    ]
    ENDED = (EFFECTIVE, DROPPED)
    TO_ANSWER = (OPEN, REOPENED)
    ANSWERERS = (*Person.SHOP_ROLES, Person.VENDOR)
    MOVES = Moves(
        "corrective action",
        Move(OPEN, "answer", ANSWERED, ANSWERERS),
        Move(REOPENED, "answer", ANSWERED, ANSWERERS),
        Move(ANSWERED, "return", REOPENED, QUALITY),
        Move(ANSWERED, "accept", ACCEPTED, QUALITY),
        Move(ACCEPTED, "implement", IMPLEMENTED, ANSWERERS),
        Move(IMPLEMENTED, "prove", EFFECTIVE, QUALITY),
        Move(IMPLEMENTED, "reopen", REOPENED, QUALITY),
        Move(OPEN, "drop", DROPPED, QUALITY),
        Move(REOPENED, "drop", DROPPED, QUALITY),
    )
    BY_HAND = "by_hand"
    ORIGINS = [
        ("nonconformance", "Nonconformance"),
        ("gauge", "Gauge found out of tolerance"),
        ("certificate", "Rejected certificate"),
        ("package", "Returned by the customer"),
        (BY_HAND, "Opened by hand"),
    ]

    number = models.CharField(max_length=40, unique=True)
    vendor = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="corrective_actions"
    )
    origin_noun = models.CharField(max_length=20, choices=ORIGINS)
    origin_number = models.CharField(max_length=80, blank=True)
    nonconformances = models.ManyToManyField(Nonconformance, blank=True, related_name="corrective_actions")
    part = models.ForeignKey(
        Part, null=True, blank=True, on_delete=models.PROTECT, related_name="corrective_actions"
    )
    first_article = models.ForeignKey(
        FirstArticle, null=True, blank=True, on_delete=models.PROTECT, related_name="corrective_actions"
    )
    problem = models.TextField()
    containment = models.TextField(blank=True)
    occurrence_cause = models.TextField(blank=True, help_text="Why it happened.")
    escape_cause = models.TextField(blank=True, help_text="Why it was not found where it happened.")
    systemic_cause = models.TextField(blank=True, help_text="Why the system let both be.")
    state = models.CharField(max_length=12, choices=STATES, default=OPEN)
    owner = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="corrective_actions"
    )
    due_on = models.DateField(help_text="The last day for the answer.")
    opened_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    answered_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    implemented_at = models.DateTimeField(null=True, blank=True)
    check_on = models.DateField(null=True, blank=True, help_text="The day to look whether it helped.")
    check_after_lots = models.PositiveIntegerField(null=True, blank=True)
    said = models.TextField(
        blank=True, help_text="Why it was last returned, accepted, proved, reopened or dropped."
    )
    signature = models.ForeignKey(
        Signature, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = CorrectiveActionQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="effective_action_is_signed",
                condition=~Q(state="effective") | Q(signature__isnull=False),
            ),
            models.CheckConstraint(
                name="implemented_action_has_a_moment",
                condition=~Q(state__in=["implemented", "effective"]) | Q(implemented_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("inspection:corrective-action-detail", args=[self.number])


class CorrectiveStep(models.Model):
    """One thing to do, by one name, until one day."""

    corrective_action = models.ForeignKey(CorrectiveAction, on_delete=models.PROTECT, related_name="steps")
    text = models.CharField(max_length=300)
    owner = models.CharField(
        max_length=120, help_text="Who does it; at a vendor the portal knows not everybody."
    )
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    done_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    evidence = models.CharField(max_length=300, blank=True, help_text="What shows that it is done.")

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="done_step_says_who",
                condition=Q(done_on__isnull=True, done_by__isnull=True)
                | Q(done_on__isnull=False, done_by__isnull=False),
            )
        ]
