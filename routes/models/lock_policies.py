"""Which differences from an approved setup are routine, and which somebody evaluates."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from portal.domain.moves import QUALITY, Move, Moves
from portal.models import Organization, Person, Signature
from portal.models.scoping import ScopedQuerySet


class LockPolicy(models.Model):
    """What may differ from an approved setup without a question, for one customer or for the house.

    `routine` names the differences that are only recorded; every other one waits for a disposition. The policy of
    a customer stands instead of that of the house; without any, every difference is evaluated.
    """

    FIELDS = [
        ("nc_program", "Cutting words of the program"),
        ("nc_program_comments", "Comments, dates and blank lines of the program"),
        ("fixture", "Fixture"),
        ("fixture_revision", "Revision of the fixture"),
        ("offsets", "Work and tool offsets"),
        ("machine", "Machine"),
        ("site", "Site"),
    ]
    DRAFT, IN_FORCE, SUPERSEDED, DROPPED = "draft", "in_force", "superseded", "dropped"
    STATES = [
        (DRAFT, "Waits for a signature"),
        (IN_FORCE, "In force"),
        (SUPERSEDED, "Superseded"),
        (DROPPED, "Dropped"),
    ]
    MOVES = Moves(
        "lock policy",
        Move(DRAFT, "sign", IN_FORCE, QUALITY),
        Move(DRAFT, "drop", DROPPED, QUALITY),
        Move(IN_FORCE, "supersede", SUPERSEDED, QUALITY),
    )

    number = models.CharField(max_length=40, unique=True)
    customer = models.ForeignKey(
        Organization,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="lock_policies",
        limit_choices_to={"kind": "customer"},
    )
    state = models.CharField(max_length=12, choices=STATES, default=DRAFT)
    routine = ArrayField(models.CharField(max_length=40), help_text="The differences that ask nothing.")
    reason = models.TextField()
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="lock_policies_authored")
    drafted_at = models.DateTimeField()
    signature = models.ForeignKey(
        Signature, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "lock policies"
        constraints = [
            models.UniqueConstraint(
                fields=["customer", "state"],
                condition=Q(state__in=["draft", "in_force"]),
                name="one_lock_policy_a_customer",
            ),
            # two empty customers are not equal to the database
            models.UniqueConstraint(
                fields=["state"],
                condition=Q(state__in=["draft", "in_force"], customer__isnull=True),
                name="one_lock_policy_of_the_house",
            ),
            models.CheckConstraint(
                name="lock_policy_in_force_is_signed",
                condition=~Q(state__in=["in_force", "superseded"]) | Q(signature__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("routes:lock-policy-detail", args=[self.number])

    @property
    def whose(self) -> str:
        """The customer it is for, or the house."""
        return self.customer.name if self.customer else "the house"
