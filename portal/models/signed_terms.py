"""Terms of the house that are drafted by one person and signed by another: one life for all of them."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models
from django.db.models import CheckConstraint, Q

from portal.domain.moves import QUALITY, Move, Moves
from portal.models.signatures import Signature


class SignedTerms(models.Model):
    """What is in force by a signature: drafted, signed or dropped, and superseded by the next.

    A kind says what its terms are, whose they are and who may sign; it brings `author` and its history itself.
    """

    DRAFT, IN_FORCE, SUPERSEDED, DROPPED = "draft", "in_force", "superseded", "dropped"
    STATES = [
        (DRAFT, "Waits for a signature"),
        (IN_FORCE, "In force"),
        (SUPERSEDED, "Superseded"),
        (DROPPED, "Dropped"),
    ]

    number = models.CharField(max_length=40, unique=True)
    state = models.CharField(max_length=12, choices=STATES, default=DRAFT)
    drafted_at = models.DateTimeField()
    signature = models.ForeignKey(
        Signature, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        abstract = True
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.number


def life_of(noun: str, *, signers: Iterable[str] = QUALITY) -> Moves:
    """Return the moves of one kind of signed terms."""
    terms, signers = SignedTerms, tuple(signers)
    return Moves(
        noun,
        Move(terms.DRAFT, "sign", terms.IN_FORCE, signers),
        Move(terms.DRAFT, "drop", terms.DROPPED, QUALITY),
        Move(terms.IN_FORCE, "supersede", terms.SUPERSEDED, signers),
    )


def signed_in_force(name: str) -> CheckConstraint:
    """Return the constraint that nothing is or was in force without a signature."""
    return CheckConstraint(
        name=name, condition=~Q(state__in=["in_force", "superseded"]) | Q(signature__isnull=False)
    )
