"""How strictly a series of lots is looked at, and how each lot of it fared."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from inspection.models.records import InspectionRecord
from portal.domain.moves import QUALITY, SYSTEM, Move, Moves
from portal.models import Organization, Signature
from portal.models.scoping import ScopedQuerySet
from routes.models import Part, PlannedCheck, RouteRevision


class SamplingState(models.Model):
    """The severity of one series: a part, whoever did the work (a vendor, or the shop), a class of defect.

    `skip_one_in` is set while the series is qualified for skip-lot; `draw` chose by chance, on that day, which of the
    lots to come are looked at.
    """

    NORMAL, TIGHTENED, REDUCED, DISCONTINUED = "normal", "tightened", "reduced", "discontinued"
    STATES = [
        (NORMAL, "Normal"),
        (TIGHTENED, "Tightened"),
        (REDUCED, "Reduced"),
        (DISCONTINUED, "Every piece until corrected"),
    ]
    MOVES = Moves(
        "sampling",
        Move(NORMAL, "tighten", TIGHTENED, (SYSTEM,)),
        Move(TIGHTENED, "relax", NORMAL, (SYSTEM,)),
        Move(TIGHTENED, "discontinue", DISCONTINUED, (SYSTEM,)),
        Move(DISCONTINUED, "resume", TIGHTENED, QUALITY),
        Move(NORMAL, "reduce", REDUCED, QUALITY),
        Move(REDUCED, "restore", NORMAL, (*QUALITY, SYSTEM)),
    )

    number = models.CharField(max_length=40, unique=True)
    part = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="sampling_states")
    vendor = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="sampling_states"
    )
    defect_class = models.CharField(max_length=10, choices=PlannedCheck.DEFECT_CLASSES)
    state = models.CharField(max_length=12, choices=STATES, default=NORMAL)
    since_at = models.DateTimeField(help_text="When this severity began; earlier lots count no more.")
    why = models.CharField(max_length=300, blank=True, help_text="What brought this severity.")
    skip_one_in = models.PositiveSmallIntegerField(null=True, blank=True)
    skip_since_at = models.DateTimeField(null=True, blank=True)
    skip_route = models.ForeignKey(
        RouteRevision, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    draw = models.CharField(max_length=64, blank=True)
    signature = models.ForeignKey(
        Signature,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The last word of a person on this series.",
    )

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["part__number", "vendor__name", "defect_class"]
        constraints = [
            models.UniqueConstraint(fields=["part", "vendor", "defect_class"], name="one_series_a_vendor"),
            # two empty vendors are not equal to the database
            models.UniqueConstraint(
                fields=["part", "defect_class"],
                condition=Q(vendor__isnull=True),
                name="one_series_of_the_house",
            ),
            models.CheckConstraint(
                name="qualified_series_is_signed",
                condition=Q(
                    skip_one_in__isnull=True, skip_since_at__isnull=True, skip_route__isnull=True, draw=""
                )
                | Q(
                    skip_one_in__gte=2,
                    skip_one_in__lte=5,
                    skip_one_in__isnull=False,
                    skip_since_at__isnull=False,
                    skip_route__isnull=False,
                    signature__isnull=False,
                )
                & ~Q(draw=""),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("inspection:sampling-detail", args=[self.number])

    @property
    def whose(self) -> str:
        """Who did the work the series is about."""
        return self.vendor.name if self.vendor else "our own work"


class SamplingOutcome(models.Model):
    """How one inspected lot fared in its series. Evidence: rows are only added.

    A lot offered again (after sorting, rework, or an inspection taken back) is kept and does not count.
    Units: pieces; `n` were to be looked at, `found` were nonconforming.
    """

    series = models.ForeignKey(SamplingState, on_delete=models.PROTECT, related_name="outcomes")
    record = models.ForeignKey(InspectionRecord, on_delete=models.PROTECT, related_name="sampling_outcomes")
    severity = models.CharField(max_length=12, choices=SamplingState.STATES)
    n = models.PositiveIntegerField()
    found = models.PositiveIntegerField()
    is_accepted = models.BooleanField()
    is_between = models.BooleanField(default=False)
    is_original = models.BooleanField()
    recorded_at = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [
            # serves the switch after each lot and the page of the series
            models.Index(fields=["series", "recorded_at"], name="outcomes_of_a_series"),
        ]
