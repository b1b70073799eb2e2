"""Which differences from an approved setup are routine, and which somebody evaluates."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from portal.models import Organization, Person
from portal.models.scoping import ScopedQuerySet
from portal.models.signed_terms import SignedTerms, life_of, signed_in_force


class LockPolicy(SignedTerms):
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
    MOVES = life_of("lock policy")

    customer = models.ForeignKey(
        Organization,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="lock_policies",
        limit_choices_to={"kind": "customer"},
    )
    routine = ArrayField(models.CharField(max_length=40), help_text="The differences that ask nothing.")
    reason = models.TextField()
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="lock_policies_authored")

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta(SignedTerms.Meta):
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
            signed_in_force("lock_policy_in_force_is_signed"),
        ]

    def get_absolute_url(self) -> str:
        return reverse("routes:lock-policy-detail", args=[self.number])

    @property
    def whose(self) -> str:
        """The customer it is for, or the house."""
        return self.customer.name if self.customer else "the house"
