"""How long proof is kept, what keeps it longer, and how it ends."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from documents.models.shipments import Shipment
from portal.domain.moves import QUALITY, Move, Moves
from portal.models import Organization, Person, Signature, StoredFile
from portal.models.scoping import ScopedQuerySet
from portal.models.signed_terms import SignedTerms, life_of, signed_in_force
from routes.models import CustomerOrder, Part, Traveler


class RetentionRule(SignedTerms):
    """How many years proof is kept, from which event on: for the house, a customer, an order or a class of parts.

    Rules never shorten each other: what several of them cover is kept as long as the longest says.
    Units:   years from the day of the start event; days between telling the customer and disposing.
    """

    SHIPMENT, LAST_SHIPMENT, CONTRACT_END = "shipment", "last_shipment", "contract_end"
    STARTS = [
        (SHIPMENT, "The day it was shipped"),
        (LAST_SHIPMENT, "The last shipment of the part"),
        (CONTRACT_END, "The end of the contract"),
    ]
    MOVES = life_of("retention rule", signers=(Person.MANAGER,))

    # whose proof, as one word: no two rules in force say how long the same is kept
    whose_key = models.CharField(max_length=300, editable=False)
    customer = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="retention_rules"
    )
    order = models.ForeignKey(
        CustomerOrder, null=True, blank=True, on_delete=models.PROTECT, related_name="retention_rules"
    )
    class_name = models.CharField(max_length=80, blank=True, help_text="Of parts, such as flight safety.")
    part_numbers = ArrayField(
        models.CharField(max_length=80), default=list, blank=True, help_text="The parts of the class."
    )
    years = models.PositiveSmallIntegerField()
    starts = models.CharField(max_length=15, choices=STARTS)
    contract_ended_on = models.DateField(null=True, blank=True)
    notice_days = models.PositiveSmallIntegerField(
        default=0, help_text="Days the customer has after being told; 0: is not told."
    )
    reason = models.TextField(help_text="The clause or the law it comes from.")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="retention_rules_authored")

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta(SignedTerms.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["whose_key"], condition=Q(state="in_force"), name="one_retention_rule_in_force"
            ),
            models.UniqueConstraint(
                fields=["whose_key"], condition=Q(state="draft"), name="one_retention_rule_draft"
            ),
            models.CheckConstraint(name="retention_above_zero_years", condition=Q(years__gt=0)),
            signed_in_force("retention_rule_in_force_is_signed"),
        ]

    def get_absolute_url(self) -> str:
        return reverse("documents:retention-rule-detail", args=[self.number])

    @property
    def span(self) -> str:
        return f"{self.years} year{'' if self.years == 1 else 's'}"

    @property
    def whose(self) -> str:
        """Say in words whose proof it is about."""
        owner = self.customer.name if self.customer else "every customer"
        order = f", order {self.order.number}" if self.order else ""
        return f"{owner}{order}" + (f", {self.class_name} parts" if self.class_name else "")


class LegalHold(models.Model):
    """Proof that may not be disposed of, whatever its retention says: of a lot, a part, an order or a customer."""

    PLACED, LIFTED = "placed", "lifted"
    STATES = [(PLACED, "In force"), (LIFTED, "Lifted")]
    MOVES = Moves("legal hold", Move(PLACED, "lift", LIFTED, QUALITY))

    number = models.CharField(max_length=40, unique=True)
    state = models.CharField(max_length=10, choices=STATES, default=PLACED)
    traveler = models.ForeignKey(
        Traveler, null=True, blank=True, on_delete=models.PROTECT, related_name="legal_holds"
    )
    part = models.ForeignKey(
        Part, null=True, blank=True, on_delete=models.PROTECT, related_name="legal_holds"
    )
    order = models.ForeignKey(
        CustomerOrder, null=True, blank=True, on_delete=models.PROTECT, related_name="legal_holds"
    )
    customer = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="legal_holds"
    )
    reason = models.TextField()
    placed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="legal_holds_placed")
    placed_at = models.DateTimeField()
    signature = models.ForeignKey(Signature, on_delete=models.PROTECT, related_name="+")
    lift_reason = models.TextField(blank=True)
    lift_signature = models.ForeignKey(
        Signature, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="legal_hold_is_over_one_thing",
                condition=Q(traveler__isnull=False, part=None, order=None, customer=None)
                | Q(traveler=None, part__isnull=False, order=None, customer=None)
                | Q(traveler=None, part=None, order__isnull=False, customer=None)
                | Q(traveler=None, part=None, order=None, customer__isnull=False),
            ),
            models.CheckConstraint(
                name="lifted_legal_hold_is_signed",
                condition=Q(state="placed", lift_signature=None)
                | Q(state="lifted", lift_signature__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("documents:legal-hold-detail", args=[self.number])

    @property
    def over(self) -> str:
        """Say in words what it keeps."""
        if self.traveler:
            return f"lot {self.traveler.number}"
        if self.part:
            return f"part {self.part.number}"
        return f"order {self.order.number}" if self.order else f"everything of {self.customer.name}"


class DisposalQuerySet(ScopedQuerySet):
    def for_buyer(self, person):
        # once told it stays to be seen, also when the files were kept after all
        return self.filter(shipment__customer_id=person.organization_id, told_at__isnull=False)


class Disposal(models.Model):
    """The end of the files of one shipment's proof: proposed, approved by another, carried out, certified.

    The records stay, with the hash, size and name of every file; only the bytes are erased.
    """

    PROPOSED, APPROVED, DONE, DROPPED = "proposed", "approved", "disposed", "dropped"
    STATES = [
        (PROPOSED, "Waits for approval"),
        (APPROVED, "Approved"),
        (DONE, "Disposed of"),
        (DROPPED, "Dropped"),
    ]
    MOVES = Moves(
        "disposal",
        Move(PROPOSED, "approve", APPROVED, (Person.MANAGER,)),
        Move(APPROVED, "carry out", DONE, QUALITY),
        Move(PROPOSED, "drop", DROPPED, QUALITY),
        Move(APPROVED, "drop", DROPPED, QUALITY),
    )

    number = models.CharField(max_length=40, unique=True)
    shipment = models.ForeignKey(Shipment, on_delete=models.PROTECT, related_name="disposals")
    state = models.CharField(max_length=10, choices=STATES, default=PROPOSED)
    reason = models.TextField()
    kept_until = models.DateField(help_text="The last day its proof had to be kept.")
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="disposals_proposed")
    proposed_at = models.DateTimeField()
    approval = models.ForeignKey(Signature, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField(null=True, blank=True, help_text="When the customer was told.")
    not_before = models.DateField(null=True, blank=True, help_text="The first day it may be carried out.")
    erased = models.JSONField(default=list, blank=True, help_text="Name, size and sha256 of each file.")
    left = models.JSONField(default=list, blank=True, help_text="Files other records still need, and why.")
    carried_out = models.ForeignKey(
        Signature, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    paper = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = DisposalQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["shipment"],
                condition=Q(state__in=["proposed", "approved"]),
                name="one_open_disposal_a_shipment",
            ),
            models.CheckConstraint(
                name="approved_disposal_is_signed",
                condition=Q(state__in=["proposed", "dropped"]) | Q(approval__isnull=False),
            ),
            models.CheckConstraint(
                name="carried_out_disposal_is_signed_and_certified",
                condition=~Q(state="disposed") | Q(carried_out__isnull=False, paper__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("documents:disposal-detail", args=[self.number])
