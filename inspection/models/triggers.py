"""What asks whether a first article still stands: the signed policy, and each evaluation."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from inspection.models.first_articles import FirstArticle
from portal.domain.moves import QUALITY, SYSTEM, Move, Moves
from portal.models import Person, Signature
from portal.models.scoping import ScopedQuerySet
from portal.models.signed_terms import SignedTerms, life_of, signed_in_force
from routes.models import PartRevision, Traveler


class TriggerPolicy(SignedTerms):
    """Which changes are routine, and how long production may rest; one for the house is in force.

    Units:   `lapse_months` calendar months.
    """

    MOVES = life_of("trigger policy")

    routine = ArrayField(
        models.CharField(max_length=40), blank=True, help_text="The kinds of change that ask nothing."
    )
    lapse_months = models.PositiveSmallIntegerField(help_text="Production may rest this long.")
    reason = models.TextField()
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="trigger_policies_authored")

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta(SignedTerms.Meta):
        verbose_name_plural = "trigger policies"
        constraints = [
            models.UniqueConstraint(
                fields=["state"],
                condition=Q(state__in=["draft", "in_force"]),
                name="one_trigger_policy_of_a_state",
            ),
            signed_in_force("trigger_policy_in_force_is_signed"),
            models.CheckConstraint(name="trigger_policy_rest_above_zero", condition=Q(lapse_months__gt=0)),
        ]

    def get_absolute_url(self) -> str:
        return reverse("inspection:trigger-policy-detail", args=[self.number])


class TriggerEvaluation(models.Model):
    """What differs from an approved first article on one lot, and what was decided: none, partial or full.

    `traveler` is the lot all its splits come from; the evaluation is theirs too. `changes`: [{"kind", "subject",
    "before", "after", "sequences", "identities", "at", "basis"}], in the order found; `scope`: [{"identity", "balloon",
    "name", "reasons", "after", "taken_out", "added"}], what the decision signed.
    Source:  AS9102 Rev C 4.6; release rules 16 to 18.
    """

    OPEN, DECIDED = "open", "decided"
    STATES = [(OPEN, "Waits for a decision"), (DECIDED, "Decided")]
    MOVES = Moves(
        "evaluation",
        Move(OPEN, "decide", DECIDED, QUALITY),
        # something else changed since
        Move(DECIDED, "reopen", OPEN, (*QUALITY, Person.INSPECTOR, SYSTEM)),
    )
    NONE, PARTIAL, FULL = "none", "partial", "full"
    DECISIONS = [
        (NONE, "No first article: what was approved still stands"),
        (PARTIAL, "Partial first article of what is touched"),
        (FULL, "Full first article"),
    ]

    number = models.CharField(max_length=40, unique=True)
    traveler = models.ForeignKey(Traveler, on_delete=models.PROTECT, related_name="trigger_evaluations")
    part_revision = models.ForeignKey(
        PartRevision, on_delete=models.PROTECT, related_name="trigger_evaluations"
    )
    baseline = models.ForeignKey(FirstArticle, on_delete=models.PROTECT, related_name="evaluations_against")
    state = models.CharField(max_length=10, choices=STATES, default=OPEN)
    changes = models.JSONField()
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(
        Person,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Empty where it opened by itself.",
    )
    decision = models.CharField(max_length=8, choices=DECISIONS, blank=True)
    justification = models.TextField(blank=True)
    scope = models.JSONField(default=list, blank=True)
    signature = models.ForeignKey(
        Signature, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["traveler", "baseline"], name="evaluation_once_a_lot_and_baseline"
            ),
            models.CheckConstraint(
                name="decided_evaluation_is_signed",
                condition=Q(state="open", decision="", signature__isnull=True)
                | Q(state="decided", signature__isnull=False) & ~Q(decision="") & ~Q(justification=""),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("inspection:evaluation-detail", args=[self.number])
