"""A shipment from draft to dispatch, and the certificate of conformity signed for it."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from portal.domain.moves import QUALITY, Move, Moves
from portal.models import Organization, Person, Signature, StoredFile
from portal.models.scoping import ScopedQuerySet
from routes.models import OrderLine, PackingDemand, Traveler


class ShipmentQuerySet(ScopedQuerySet):
    def for_buyer(self, person):
        return self.filter(
            customer_id=person.organization_id, state__in=[Shipment.RELEASED, Shipment.DISPATCHED]
        )


class Shipment(models.Model):
    """What leaves to one customer at once. Released by the gate, dispatched only with a sealed package."""

    DRAFT, CERTIFIED, RELEASED, DISPATCHED, CANCELLED = (
        "draft",
        "certified",
        "released",
        "dispatched",
        "cancelled",
    )
    STATES = [
        (DRAFT, "Draft"),
        (CERTIFIED, "Conformity signed"),
        (RELEASED, "Released"),
        (DISPATCHED, "Dispatched"),
        (CANCELLED, "Cancelled"),
    ]
    MOVES = Moves(
        "shipment",
        Move(DRAFT, "certify", CERTIFIED, QUALITY),
        Move(CERTIFIED, "certify", CERTIFIED, QUALITY),
        Move(CERTIFIED, "release", RELEASED, QUALITY),
        Move(RELEASED, "withdraw", CERTIFIED, QUALITY),
        Move(RELEASED, "dispatch", DISPATCHED, QUALITY),
        Move(DISPATCHED, "certify", DISPATCHED, QUALITY),
        Move(DRAFT, "cancel", CANCELLED, QUALITY),
        Move(CERTIFIED, "cancel", CANCELLED, QUALITY),
    )

    number = models.CharField(max_length=40, unique=True)
    customer = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="shipments")
    state = models.CharField(max_length=12, choices=STATES, default=DRAFT)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="shipments_drafted")
    drafted_at = models.DateTimeField()
    carrier = models.CharField(max_length=80, blank=True)
    release_signature = models.ForeignKey(
        Signature, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    dispatch_signature = models.ForeignKey(
        Signature, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    dispatched_at = models.DateTimeField(null=True, blank=True)

    objects = ShipmentQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="released_shipment_is_signed",
                condition=~Q(state__in=["released", "dispatched"]) | Q(release_signature__isnull=False),
            ),
            models.CheckConstraint(
                name="dispatched_shipment_is_signed",
                condition=~Q(state="dispatched")
                | Q(dispatch_signature__isnull=False, dispatched_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("documents:shipment-detail", args=[self.number])


class ShipmentLine(models.Model):
    """Pieces of one lot for one order line. A lot ships whole: a partial delivery splits it first."""

    shipment = models.ForeignKey(Shipment, on_delete=models.PROTECT, related_name="lines")
    traveler = models.ForeignKey(Traveler, on_delete=models.PROTECT, related_name="shipment_lines")
    order_line = models.ForeignKey(OrderLine, on_delete=models.PROTECT, related_name="shipment_lines")
    quantity = models.PositiveIntegerField()
    serials = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    is_active = models.BooleanField(default=True, help_text="False once the shipment was cancelled.")

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["shipment", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["traveler"], condition=Q(is_active=True), name="a_lot_ships_once"
            ),
            models.CheckConstraint(name="shipment_quantity_above_zero", condition=Q(quantity__gt=0)),
        ]


class ConformityCertificate(models.Model):
    """Our certificate of conformity for one shipment; `content` holds AS9163's 14 fields as signed.

    Evidence: rows are only added; a reissue is the next revision with its reason.
    Source:  AS9163 / EN 9163, fields 1-14, none left blank.
    """

    number = models.CharField(max_length=40)
    shipment = models.ForeignKey(Shipment, on_delete=models.PROTECT, related_name="conformity_certificates")
    revision = models.PositiveIntegerField(default=1)
    reason = models.CharField(max_length=300, blank=True)
    content = models.JSONField()
    content_sha256 = models.CharField(max_length=64)
    signature = models.ForeignKey(Signature, on_delete=models.PROTECT, related_name="+")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["shipment", "-revision"]
        constraints = [
            models.UniqueConstraint(
                fields=["shipment", "revision"], name="conformity_revision_once_a_shipment"
            ),
            models.CheckConstraint(
                name="reissued_conformity_has_a_reason", condition=Q(revision=1) | ~Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} revision {self.revision}"


class PackingRecord(models.Model):
    """How one packing demand was met for one lot on one shipment; the last row counts. Rows are only added.

    `expires_on` is the last day the pieces may be used, where the demand is of shelf life.
    """

    shipment = models.ForeignKey(Shipment, on_delete=models.PROTECT, related_name="packing_records")
    traveler = models.ForeignKey(Traveler, on_delete=models.PROTECT, related_name="packing_records")
    demand = models.ForeignKey(PackingDemand, on_delete=models.PROTECT, related_name="records")
    is_met = models.BooleanField()
    note = models.CharField(max_length=300, blank=True)
    expires_on = models.DateField(null=True, blank=True)
    photo = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    signature = models.ForeignKey(Signature, on_delete=models.PROTECT, related_name="+")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["shipment", "id"]
        constraints = [
            models.CheckConstraint(
                name="unmet_packing_demand_says_why", condition=Q(is_met=True) | ~Q(note="")
            )
        ]
