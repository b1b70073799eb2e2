"""The operations of a route, what they prove, and which drawing notes they answer."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from portal.models import Person, Signature
from portal.models.scoping import ScopedQuerySet
from routes.models.characteristics import Characteristic
from routes.models.parts import DrawingNote
from routes.models.routes import RouteRevision
from routes.models.specifications import SpecificationRevision

# the columns and rows of the tables a planned check may name
LEVELS = ("S-1", "S-2", "S-3", "S-4", "I", "II", "III")
AQLS = (
    *(
        "0.010",
        "0.015",
        "0.025",
        "0.040",
        "0.065",
        "0.10",
        "0.15",
        "0.25",
        "0.40",
        "0.65",
        "1.0",
        "1.5",
        "2.5",
    ),
    *("4.0", "6.5", "10", "15", "25", "40", "65", "100", "150", "250", "400", "650", "1000"),
)


class Operation(models.Model):
    """One operation with its three owners: of quality, of timing, of incoming verification.

    Owners are roles; they become people when a traveler opens. One without a route was added to a single lot by an
    amendment, so that no route's own operations ever count it. `changes_surface` marks a finish: checks of
    earlier operations are BEFORE it, of later ones AFTER it.
    """

    MATERIAL, MACHINE, DEBURR, WASH = "material", "machine", "deburr", "wash"
    INSPECT, OUTSIDE, MARK, PACK = "inspect", "outside", "mark", "pack"
    KINDS = [
        (MATERIAL, "Material issue"),
        (MACHINE, "Machine"),
        (DEBURR, "Deburr"),
        (WASH, "Wash"),
        (INSPECT, "Inspect"),
        (OUTSIDE, "Outside process"),
        (MARK, "Mark"),
        (PACK, "Pack"),
    ]
    OWNER_ROLES = [choice for choice in Person.ROLES if choice[0] in Person.SHOP_ROLES]

    route_revision = models.ForeignKey(
        RouteRevision, null=True, blank=True, on_delete=models.PROTECT, related_name="operations"
    )
    sequence = models.PositiveIntegerField(help_text="10, 20, 30…")
    kind = models.CharField(max_length=10, choices=KINDS)
    name = models.CharField(max_length=120)
    instructions = models.TextField(blank=True)
    work_center = models.CharField(max_length=80, blank=True)
    quality_owner = models.CharField(max_length=20, choices=OWNER_ROLES, blank=True)
    timing_owner = models.CharField(max_length=20, choices=OWNER_ROLES, blank=True)
    incoming_owner = models.CharField(max_length=20, choices=OWNER_ROLES, blank=True)
    specification = models.ForeignKey(
        SpecificationRevision, null=True, blank=True, on_delete=models.PROTECT, related_name="operations"
    )
    spec_type = models.CharField(max_length=30, blank=True)
    spec_class = models.CharField(max_length=30, blank=True)
    material_condition = models.CharField(
        max_length=60, blank=True, help_text="Alloy and temper, as in 6061-T6."
    )
    certificate_type = models.CharField(max_length=20, blank=True, help_text="As ordered: 3.1, MTR, process.")
    is_irreversible = models.BooleanField(default=False)
    changes_surface = models.BooleanField(default=False)
    makes = models.ManyToManyField(
        Characteristic,
        blank=True,
        related_name="made_at",
        help_text="The characteristics this operation makes.",
    )

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["route_revision", "sequence"]
        constraints = [
            models.UniqueConstraint(
                fields=["route_revision", "sequence"], name="sequence_once_a_route_revision"
            ),
            models.CheckConstraint(
                name="outside_operation_names_a_specification",
                condition=~Q(kind="outside") | Q(specification__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"operation {self.sequence} {self.name}"


class NoteMapping(models.Model):
    """What answers one drawing note on one route revision: an operation, a document, or a signed N/A."""

    route_revision = models.ForeignKey(RouteRevision, on_delete=models.PROTECT, related_name="note_mappings")
    note = models.ForeignKey(DrawingNote, on_delete=models.PROTECT, related_name="mappings")
    operation = models.ForeignKey(Operation, null=True, blank=True, on_delete=models.PROTECT)
    document = models.CharField(max_length=120, blank=True, help_text="The document that proves it.")
    not_applicable_reason = models.TextField(blank=True)
    not_applicable_signature = models.ForeignKey(Signature, null=True, blank=True, on_delete=models.PROTECT)

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["route_revision", "note"], name="note_mapped_once"),
            models.CheckConstraint(
                name="note_has_exactly_one_answer",
                condition=(
                    Q(operation__isnull=False, document="", not_applicable_signature__isnull=True)
                    | Q(operation__isnull=True, not_applicable_signature__isnull=True) & ~Q(document="")
                    | Q(operation__isnull=True, document="", not_applicable_signature__isnull=False)
                ),
            ),
        ]


class PlannedCheck(models.Model):
    """One characteristic checked at one operation, on one side of the finish, on so many pieces.

    Sampling: `all` = every piece; `first` = the first piece; `sample` = `sample_size` pieces, none may fail;
    `c0` = as many as a lot on its own needs to find nothing, by limiting quality and risk; `z14` = by level and AQL
    of a continuing series; `skip_lot` = as `c0`, on one lot in so many once the series is qualified.
    `defect_class` names the series a characteristic is followed in.
    """

    BEFORE, AFTER = "before", "after"
    SIDES = [(BEFORE, "Before finish"), (AFTER, "After finish")]
    ALL, FIRST, SAMPLE = "all", "first", "sample"
    ISOLATED, Z14, SKIP_LOT = "c0", "z14", "skip_lot"
    RULES = [
        (ALL, "Every piece"),
        (FIRST, "First piece"),
        (SAMPLE, "Sample, none may fail"),
        (ISOLATED, "c=0 for a lot on its own"),
        (Z14, "Z1.4 by level and AQL"),
        (SKIP_LOT, "Skip-lot, c=0 on the lots drawn"),
    ]
    # whose number of pieces the inspection settles, by the lot and the series it belongs to
    SETTLED_LATER = (ISOLATED, Z14, SKIP_LOT)
    CRITICAL, MAJOR, MINOR = "critical", "major", "minor"
    DEFECT_CLASSES = [(CRITICAL, "Critical"), (MAJOR, "Major"), (MINOR, "Minor")]

    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="planned_checks")
    characteristic = models.ForeignKey(
        Characteristic, on_delete=models.PROTECT, related_name="planned_checks"
    )
    side = models.CharField(max_length=10, choices=SIDES)
    sampling_rule = models.CharField(max_length=10, choices=RULES, default=ALL)
    sample_size = models.PositiveIntegerField(null=True, blank=True)
    ltpd_percent = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    beta_percent = models.DecimalField(max_digits=4, decimal_places=2, null=True, blank=True)
    inspection_level = models.CharField(max_length=4, choices=[(each, each) for each in LEVELS], blank=True)
    aql_percent = models.CharField(max_length=6, choices=[(each, each) for each in AQLS], blank=True)
    skip_one_in = models.PositiveSmallIntegerField(null=True, blank=True)
    defect_class = models.CharField(max_length=10, choices=DEFECT_CLASSES, default=MAJOR)
    gauge_kind = models.CharField(max_length=60, blank=True)

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["operation", "characteristic__position"]
        constraints = [
            models.UniqueConstraint(fields=["operation", "characteristic"], name="check_once_an_operation"),
            models.CheckConstraint(
                name="sample_size_with_sample_rule",
                # an empty size compares as unknown, and a check lets the unknown pass
                condition=Q(sampling_rule="sample", sample_size__isnull=False, sample_size__gt=0)
                | ~Q(sampling_rule="sample") & Q(sample_size__isnull=True),
            ),
            models.CheckConstraint(
                name="risk_with_rules_of_finding_nothing",
                condition=Q(
                    sampling_rule__in=["c0", "skip_lot"],
                    ltpd_percent__isnull=False,
                    ltpd_percent__gt=0,
                    ltpd_percent__lte=100,
                    beta_percent__isnull=False,
                    beta_percent__gt=0,
                )
                | ~Q(sampling_rule__in=["c0", "skip_lot"])
                & Q(ltpd_percent__isnull=True, beta_percent__isnull=True),
            ),
            models.CheckConstraint(
                name="level_and_aql_with_z14_rule",
                condition=Q(sampling_rule="z14") & ~Q(inspection_level="") & ~Q(aql_percent="")
                | ~Q(sampling_rule="z14") & Q(inspection_level="", aql_percent=""),
            ),
            models.CheckConstraint(
                name="fraction_with_skip_lot_rule",
                condition=Q(
                    sampling_rule="skip_lot",
                    skip_one_in__isnull=False,
                    skip_one_in__gte=2,
                    skip_one_in__lte=5,
                )
                | ~Q(sampling_rule="skip_lot") & Q(skip_one_in__isnull=True),
            ),
        ]
