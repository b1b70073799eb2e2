"""The lot: a set of pieces that share every fact, and the record of its way."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from simple_history.models import HistoricalRecords

from portal.domain.moves import QUALITY, SHOP, SYSTEM, Move, Moves
from portal.models import Person, Signature
from portal.models.scoping import ScopedQuerySet
from routes.models.materials import MaterialLot
from routes.models.operations import Operation
from routes.models.orders import OrderLine
from routes.models.routes import RouteRevision


class TravelerQuerySet(ScopedQuerySet):
    def open(self):
        return self.exclude(state__in=[Traveler.SHIPPED, Traveler.CLOSED])

    def with_quantity(self):
        """Add `quantity_now` to every lot in the same statement.

        Units:   pieces: started, less what left for good and what was split off.
        """
        gone = QuantityMove.objects.filter(traveler=OuterRef("pk")).order_by().values("traveler")
        split_off = Traveler.objects.filter(parent=OuterRef("pk")).order_by().values("parent")
        return self.annotate(
            quantity_now=F("quantity_started")
            - Coalesce(Subquery(gone.annotate(total=Sum("quantity")).values("total")), 0)
            - Coalesce(Subquery(split_off.annotate(total=Sum("quantity_started")).values("total")), 0)
        )


class Traveler(models.Model):
    """One lot. Whatever touches only some of its pieces splits it: T-000312 becomes /1, /2.

    A child inherits by lineage: steps signed, material issued, results taken and orders returned before
    `split_at` on its parent are its own; nothing is copied.
    Units:   `quantity_started` in pieces, as issued or as split off.
    """

    OPEN, COMPLETE, SHIPPED, CLOSED = "open", "complete", "shipped", "closed"
    STATES = [(OPEN, "Open"), (COMPLETE, "Complete"), (SHIPPED, "Shipped"), (CLOSED, "Closed")]
    PRODUCTION, PROTOTYPE = "production", "prototype"
    PURPOSES = [(PRODUCTION, "Production"), (PROTOTYPE, "Prototype")]
    MOVES = Moves(
        "lot",
        Move(OPEN, "complete", COMPLETE, (*SHOP, SYSTEM)),
        Move(COMPLETE, "reopen", OPEN, QUALITY),
        Move(COMPLETE, "ship", SHIPPED, (*QUALITY, SYSTEM)),
        Move(OPEN, "close", CLOSED, (*SHOP, SYSTEM)),
        Move(COMPLETE, "close", CLOSED, (*QUALITY, SYSTEM)),
        # pieces that were built into an assembly and came out again
        Move(CLOSED, "get back", COMPLETE, (SYSTEM,)),
    )

    number = models.CharField(max_length=60, unique=True)
    route_revision = models.ForeignKey(RouteRevision, on_delete=models.PROTECT, related_name="travelers")
    order_line = models.ForeignKey(OrderLine, on_delete=models.PROTECT, related_name="travelers")
    purpose = models.CharField(max_length=12, choices=PURPOSES, default=PRODUCTION)
    state = models.CharField(max_length=10, choices=STATES, default=OPEN)
    quantity_started = models.PositiveIntegerField()
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    split_at = models.DateTimeField(null=True, blank=True)
    split_reason = models.CharField(max_length=300, blank=True)
    material_lot = models.ForeignKey(
        MaterialLot, null=True, blank=True, on_delete=models.PROTECT, related_name="travelers"
    )
    material_pieces = models.PositiveIntegerField(
        null=True, blank=True, help_text="Issued to this lot itself; a child uses what its parent was issued."
    )
    brought_in_at = models.PositiveIntegerField(
        null=True,
        blank=True,
        help_text="The operation it stood at when it came in; earlier ones are recorded elsewhere.",
    )
    opened_at = models.DateTimeField()

    objects = TravelerQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-id"]
        indexes = [
            # serves the chain: was there a prototype of this part revision before?
            models.Index(fields=["route_revision"], condition=Q(purpose="prototype"), name="prototype_lots"),
        ]
        constraints = [
            models.CheckConstraint(name="traveler_quantity_above_zero", condition=Q(quantity_started__gt=0)),
            models.CheckConstraint(
                name="child_has_parent_and_moment",
                condition=Q(parent__isnull=True, split_at__isnull=True)
                | Q(parent__isnull=False, split_at__isnull=False),
            ),
            models.CheckConstraint(
                name="issued_pieces_are_of_a_material",
                condition=Q(material_pieces__isnull=True)
                | Q(material_pieces__gt=0, material_lot__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("routes:traveler-detail", args=[self.number])


class Piece(models.Model):
    """One serialised piece; it belongs to exactly one lot at a time."""

    traveler = models.ForeignKey(Traveler, on_delete=models.PROTECT, related_name="pieces")
    part = models.ForeignKey("routes.Part", on_delete=models.PROTECT, related_name="pieces")
    serial = models.CharField(max_length=60)
    position = models.PositiveIntegerField()
    is_gone = models.BooleanField(default=False, help_text="Scrapped, destroyed in test or kept as a sample.")

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["traveler", "position"]
        constraints = [models.UniqueConstraint(fields=["part", "serial"], name="serial_once_a_part")]

    def __str__(self) -> str:
        return self.serial


class TravelerStep(models.Model):
    """One operation of one lot, in one pass; rework repeats an operation in the next pass.

    Owners are the people the three roles became when the lot was opened. A step done before the lot was brought
    in is born as recorded elsewhere and is never signed here; one passed over by an amendment is skipped.
    `signed_at` is when the work was done; the signature says when it was entered, `late_reason` why later.
    Units:   quantities in pieces; `quantity_out` is what was good when the step was signed.
    """

    WAITING, SIGNED, ELSEWHERE, SKIPPED = "waiting", "signed", "elsewhere", "skipped"
    STATES = [
        (WAITING, "Waiting"),
        (SIGNED, "Signed"),
        (ELSEWHERE, "Recorded elsewhere"),
        (SKIPPED, "Skipped"),
    ]
    DONE = (SIGNED, ELSEWHERE, SKIPPED)
    MOVES = Moves(
        "step",
        Move(WAITING, "sign", SIGNED, SHOP),
        Move(WAITING, "record elsewhere", ELSEWHERE, QUALITY),
        Move(WAITING, "skip", SKIPPED, QUALITY),
        # a wrong signature, undone by somebody else
        Move(SIGNED, "undo", WAITING, QUALITY),
    )

    traveler = models.ForeignKey(Traveler, on_delete=models.PROTECT, related_name="steps")
    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="steps")
    number = models.CharField(
        max_length=80, unique=True, help_text="Lot, operation and pass, as in T-000312-60-1."
    )
    pass_number = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=10, choices=STATES, default=WAITING)
    quality_owner = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="quality_steps"
    )
    timing_owner = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="timing_steps")
    incoming_owner = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="incoming_steps"
    )
    quantity_in = models.PositiveIntegerField(null=True, blank=True)
    quantity_out = models.PositiveIntegerField(null=True, blank=True)
    signature = models.ForeignKey(Signature, null=True, blank=True, on_delete=models.PROTECT)
    signed_at = models.DateTimeField(null=True, blank=True)
    late_reason = models.CharField(max_length=300, blank=True)
    skipped_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["traveler", "operation__sequence", "pass_number"]
        constraints = [
            models.UniqueConstraint(fields=["traveler", "operation", "pass_number"], name="step_once_a_pass"),
            models.CheckConstraint(
                name="signed_step_has_signature_and_moment",
                condition=Q(
                    state__in=["waiting", "elsewhere", "skipped"],
                    signature__isnull=True,
                    signed_at__isnull=True,
                )
                | Q(state="signed", signature__isnull=False, signed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="skipped_step_has_its_moment",
                condition=Q(state="skipped", skipped_at__isnull=False)
                | ~Q(state="skipped") & Q(skipped_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class QuantityMove(models.Model):
    """Pieces that left a lot for good, or a count put right. Evidence: rows are only added.

    Units:   pieces; a count correction may be negative (found) or positive (missing), and so may pieces built into an
             assembly: negative when they came out again. Pieces that rejoin are negative where they come in.
    """

    SCRAPPED, DESTROYED, RETAINED, CORRECTION = "scrapped", "destroyed", "retained", "correction"
    BUILT_IN = "built_in"
    REJOINED = "rejoined"
    # recorded with what else they change, never by themselves
    BY_THEIR_OWN_VERBS = (BUILT_IN, REJOINED)
    KINDS = [
        (SCRAPPED, "Scrapped"),
        (DESTROYED, "Destroyed in test"),
        (RETAINED, "Retained sample"),
        (CORRECTION, "Count correction"),
        (BUILT_IN, "Built into an assembly"),
        (REJOINED, "Rejoined"),
    ]

    traveler = models.ForeignKey(Traveler, on_delete=models.PROTECT, related_name="quantity_moves")
    step = models.ForeignKey(TravelerStep, null=True, blank=True, on_delete=models.PROTECT)
    kind = models.CharField(max_length=12, choices=KINDS)
    quantity = models.IntegerField()
    serials = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    reason = models.CharField(max_length=300)
    witness = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="move_quantity_makes_sense",
                condition=Q(kind__in=["correction", "built_in", "rejoined"]) & ~Q(quantity=0)
                | ~Q(kind__in=["correction", "built_in", "rejoined"]) & Q(quantity__gt=0),
            ),
            models.CheckConstraint(
                name="scrap_and_corrections_are_witnessed",
                condition=~Q(kind__in=["scrapped", "correction"]) | Q(witness__isnull=False),
            ),
        ]
