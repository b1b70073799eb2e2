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

    Sampling: `all` = every piece; `first` = the first piece; `sample` = `sample_size` pieces, none may fail.
    """

    BEFORE, AFTER = "before", "after"
    SIDES = [(BEFORE, "Before finish"), (AFTER, "After finish")]
    ALL, FIRST, SAMPLE = "all", "first", "sample"
    RULES = [(ALL, "Every piece"), (FIRST, "First piece"), (SAMPLE, "Sample, none may fail")]

    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="planned_checks")
    characteristic = models.ForeignKey(
        Characteristic, on_delete=models.PROTECT, related_name="planned_checks"
    )
    side = models.CharField(max_length=10, choices=SIDES)
    sampling_rule = models.CharField(max_length=10, choices=RULES, default=ALL)
    sample_size = models.PositiveIntegerField(null=True, blank=True)
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
        ]
