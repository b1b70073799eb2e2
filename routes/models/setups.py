"""The setups that are approved, the setup as run, and what differed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from portal.domain.moves import QUALITY, Move, Moves
from portal.models import Person, Signature, Site, StoredFile
from portal.models.scoping import ScopedQuerySet
from routes.models.gauges import Gauge
from routes.models.lock_policies import LockPolicy
from routes.models.operations import Operation


class Setup(models.Model):
    """One of the approved set of an operation: fixture, program, offsets, gauges, at a site and a machine.

    The first come with the route and are approved by its release; further ones are proposed by one person and
    approved by another. None is edited once it is approved: it is withdrawn and another proposed.
    """

    PROPOSED, APPROVED, WITHDRAWN, DECLINED = "proposed", "approved", "withdrawn", "declined"
    STATES = [
        (PROPOSED, "Waits for a signature"),
        (APPROVED, "Approved"),
        (WITHDRAWN, "Withdrawn"),
        (DECLINED, "Declined"),
    ]
    STANDING = (PROPOSED, APPROVED)
    MOVES = Moves(
        "setup",
        Move(PROPOSED, "approve", APPROVED, QUALITY),
        Move(PROPOSED, "decline", DECLINED, QUALITY),
        Move(APPROVED, "withdraw", WITHDRAWN, QUALITY),
    )

    number = models.CharField(max_length=40, unique=True)
    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="setups")
    name = models.CharField(
        max_length=60, blank=True, help_text="What tells it from the others, as in Cell 2."
    )
    state = models.CharField(max_length=10, choices=STATES, default=PROPOSED)
    site = models.ForeignKey(
        Site, null=True, blank=True, on_delete=models.PROTECT, help_text="Empty: every site of the shop."
    )
    machine = models.CharField(max_length=80, blank=True, help_text="Empty: any machine.")
    fixture = models.CharField(max_length=60)
    fixture_revision = models.CharField(max_length=20, blank=True)
    nc_program = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT)
    nc_program_name = models.CharField(max_length=120, blank=True)
    nc_raw_sha256 = models.CharField(max_length=64, blank=True)
    nc_cutting_sha256 = models.CharField(
        max_length=64,
        blank=True,
        help_text="Of the cutting words alone: without comments, dates and blank lines.",
    )
    offsets = models.JSONField(default=dict, blank=True, help_text="Work and tool offsets as text values.")
    gauges = models.ManyToManyField(Gauge, blank=True)
    notes = models.TextField(blank=True)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(
        blank=True, help_text="Why a further setup is needed, and what showed that it is good."
    )
    signature = models.ForeignKey(
        Signature,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Empty for a setup the release of its route approved.",
    )
    ended_reason = models.TextField(blank=True, help_text="Why it was declined or withdrawn.")

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["operation", "name"],
                condition=Q(state__in=["proposed", "approved"]),
                name="one_setup_of_a_name",
            ),
            models.CheckConstraint(
                name="proposed_setup_says_why", condition=~Q(state="proposed") | ~Q(reason="")
            ),
            models.CheckConstraint(
                name="ended_setup_says_why",
                condition=Q(state__in=["proposed", "approved"]) | ~Q(ended_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("routes:setup-detail", args=[self.number])

    @property
    def words(self) -> str:
        """The number with the name beside it, where it has one."""
        return f"{self.number} ({self.name})" if self.name else self.number


class SetupRun(models.Model):
    """What was really on the machine when a step was run, and the approved setup it was held against.

    `setup` is the one it equals, or the nearest; without a difference the two are the same.
    """

    step = models.ForeignKey("routes.TravelerStep", on_delete=models.PROTECT, related_name="setup_runs")
    setup = models.ForeignKey(Setup, null=True, blank=True, on_delete=models.PROTECT, related_name="runs")
    fixture = models.CharField(max_length=60)
    fixture_revision = models.CharField(max_length=20, blank=True)
    nc_raw_sha256 = models.CharField(max_length=64, blank=True)
    nc_cutting_sha256 = models.CharField(max_length=64, blank=True)
    offsets = models.JSONField(default=dict, blank=True, help_text="As they stood; empty where not stated.")
    machine = models.CharField(max_length=80, blank=True)
    site = models.ForeignKey(Site, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT)
    recorded_at = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes = [
            # serve what a program touches
            models.Index(fields=["nc_raw_sha256"], name="runs_of_a_program"),
            models.Index(fields=["nc_cutting_sha256"], name="runs_of_cutting_words"),
        ]


class LockDifference(models.Model):
    """One difference between the nearest approved setup and the setup as run.

    It waits for a disposition, unless the policy in force when it was recorded calls it routine; that policy is
    kept here, and a later one changes nothing about it.
    """

    run = models.ForeignKey(SetupRun, on_delete=models.PROTECT, related_name="differences")
    field = models.CharField(max_length=40)
    locked = models.CharField(max_length=200, blank=True)
    as_run = models.CharField(max_length=200, blank=True)
    routine_by = models.ForeignKey(
        LockPolicy,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="differences",
        help_text="The policy that calls it routine; empty where somebody must decide.",
    )
    reason = models.TextField(blank=True)
    disposition_signature = models.ForeignKey(Signature, null=True, blank=True, on_delete=models.PROTECT)

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="routine_difference_is_not_decided",
                condition=Q(routine_by__isnull=True) | Q(disposition_signature__isnull=True),
            )
        ]

    @property
    def is_open(self) -> bool:
        """Whether it still waits for somebody to decide."""
        return self.routine_by_id is None and self.disposition_signature_id is None
