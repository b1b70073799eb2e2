"""Proof that was made before the lot came into this portal: scans, each reviewed by a second person."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from portal.domain.moves import QUALITY, Move, Moves
from portal.models import Person, Signature, StoredFile
from portal.models.scoping import ScopedQuerySet
from routes.models.operations import Operation
from routes.models.travelers import Traveler


class RecordedElsewhere(models.Model):
    """One thing a lot brought in mid-way already has: what it proves, its scan, and who reviewed it.

    `operation` names the operation whose signing, outside work or results it stands for; material and the first
    article stand for the lot. Only a reviewed one closes a link, and the package says where the proof was made.
    """

    STEP, MATERIAL, PROCESS, RESULTS, FIRST_ARTICLE = (
        "step",
        "material",
        "process",
        "results",
        "first_article",
    )
    PROVES = [
        (STEP, "The step was done"),
        (MATERIAL, "The material"),
        (PROCESS, "The outside process"),
        (RESULTS, "The inspection results"),
        (FIRST_ARTICLE, "The first article"),
    ]
    RECORDED, REVIEWED, REJECTED = "recorded", "reviewed", "rejected"
    STATES = [(RECORDED, "Waits for review"), (REVIEWED, "Reviewed"), (REJECTED, "Rejected")]
    MOVES = Moves(
        "record from elsewhere",
        Move(RECORDED, "review", REVIEWED, QUALITY),
        Move(RECORDED, "reject", REJECTED, QUALITY),
        Move(REVIEWED, "undo", RECORDED, QUALITY),
        Move(REJECTED, "undo", RECORDED, QUALITY),
    )

    number = models.CharField(max_length=40, unique=True)
    traveler = models.ForeignKey(Traveler, on_delete=models.PROTECT, related_name="recorded_elsewhere")
    proves = models.CharField(max_length=15, choices=PROVES)
    operation = models.ForeignKey(
        Operation, null=True, blank=True, on_delete=models.PROTECT, related_name="recorded_elsewhere"
    )
    description = models.CharField(max_length=300, help_text="What the paper is and what it says.")
    reference = models.CharField(max_length=120, blank=True, help_text="The number on the paper.")
    done_on = models.DateField(help_text="The day the paper names.")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=STATES, default=RECORDED)
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    review_signature = models.ForeignKey(Signature, null=True, blank=True, on_delete=models.PROTECT)
    review_reason = models.CharField(max_length=300, blank=True)

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "records from elsewhere"
        constraints = [
            models.CheckConstraint(
                name="operation_where_the_proof_is_of_one",
                condition=Q(proves__in=["step", "process", "results"], operation__isnull=False)
                | Q(proves__in=["material", "first_article"], operation__isnull=True),
            ),
            models.CheckConstraint(
                name="decided_record_from_elsewhere_is_signed",
                condition=Q(state="recorded", review_signature__isnull=True)
                | Q(state__in=["reviewed", "rejected"], review_signature__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.number
