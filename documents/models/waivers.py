"""Waivers of one demand on one lot, and the signed policy of which checks are in force for a customer."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from portal.domain.moves import QUALITY, Move, Moves
from portal.models import Organization, Person, Signature, StoredFile
from portal.models.scoping import ScopedQuerySet
from portal.models.signed_terms import SignedTerms, life_of, signed_in_force
from routes.models import Traveler

CUSTOMER_QUALITY = "customer_quality"


class WaiverQuerySet(ScopedQuerySet):
    def for_buyer(self, person):
        return self.filter(
            traveler__order_line__order__customer_id=person.organization_id, authority=Waiver.CUSTOMER
        )

    def waiting_for(self, person):
        """Return those asked for that this person is to decide on: the manager the house's, the customer its own."""
        authority = {Person.MANAGER: Waiver.HOUSE, Person.CUSTOMER_QUALITY: Waiver.CUSTOMER}.get(
            person.role, ""
        )
        asked = self.for_viewer(person).filter(state=Waiver.REQUESTED, authority=authority)
        return asked.exclude(requested_by=person.pk)


class Waiver(models.Model):
    """One open demand of the chain let pass for one lot, by whoever set the demand: the house or the customer.

    `code` and `subject` name the demand as its slot does. Children of a split lot inherit it by lineage; what ships
    under it uses up `quantity_limit`. `valid_to` is the last day on which it may be shipped under.
    Units:   pieces.
    Source:  release rule 52; AS9100D 8.7.1; who may waive follows the source of the demand.
    """

    HOUSE, CUSTOMER = "house", "customer"
    AUTHORITIES = [(HOUSE, "The shop's quality manager"), (CUSTOMER, "The customer, in writing")]
    REQUESTED, GRANTED, REFUSED, WITHDRAWN = "requested", "granted", "refused", "withdrawn"
    STATES = [
        (REQUESTED, "Requested"),
        (GRANTED, "Granted"),
        (REFUSED, "Refused"),
        (WITHDRAWN, "Withdrawn"),
    ]
    DECIDERS = (*QUALITY, CUSTOMER_QUALITY)
    MOVES = Moves(
        "waiver",
        Move(REQUESTED, "grant", GRANTED, DECIDERS),
        Move(REQUESTED, "refuse", REFUSED, DECIDERS),
        Move(REQUESTED, "withdraw", WITHDRAWN, QUALITY),
        Move(GRANTED, "withdraw", WITHDRAWN, DECIDERS),
    )

    number = models.CharField(max_length=40, unique=True)
    traveler = models.ForeignKey(Traveler, on_delete=models.PROTECT, related_name="waivers")
    code = models.CharField(max_length=12)
    subject = models.CharField(max_length=120, blank=True)
    demand = models.CharField(max_length=500)
    source = models.CharField(max_length=300)
    authority = models.CharField(max_length=10, choices=AUTHORITIES)
    state = models.CharField(max_length=10, choices=STATES, default=REQUESTED)
    reason = models.TextField()
    quantity_limit = models.PositiveIntegerField()
    serials = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    valid_to = models.DateField()
    requested_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="waivers_requested")
    requested_at = models.DateTimeField()
    decision_reference = models.CharField(
        max_length=160, blank=True, help_text="The customer's letter or number, when it decided in writing."
    )
    decision_file = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decision_signature = models.ForeignKey(
        Signature, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decision_reason = models.TextField(blank=True)

    objects = WaiverQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(name="waiver_is_limited", condition=Q(quantity_limit__gt=0)),
            models.CheckConstraint(
                name="decided_waiver_is_signed",
                condition=~Q(state__in=["granted", "refused"]) | Q(decision_signature__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["traveler", "code", "subject"],
                condition=Q(state__in=["requested", "granted"]),
                name="one_live_waiver_a_demand",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("documents:waiver-detail", args=[self.number])


class WaiverUse(models.Model):
    """Pieces of one lot released under a waiver; inactive once that release was withdrawn.

    Units:   pieces.
    """

    waiver = models.ForeignKey(Waiver, on_delete=models.PROTECT, related_name="uses")
    shipment = models.ForeignKey("documents.Shipment", on_delete=models.PROTECT, related_name="waivers_used")
    traveler = models.ForeignKey(Traveler, on_delete=models.PROTECT, related_name="waivers_used")
    quantity = models.PositiveIntegerField()
    is_active = models.BooleanField(default=True)

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["waiver", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["waiver", "traveler"], condition=Q(is_active=True), name="waiver_used_once_a_lot"
            ),
            models.CheckConstraint(name="waiver_use_above_zero", condition=Q(quantity__gt=0)),
        ]


class CheckPolicyQuerySet(ScopedQuerySet):
    def for_buyer(self, person):
        return self.filter(customer_id=person.organization_id).exclude(state=CheckPolicy.DRAFT)


class CheckPolicy(SignedTerms):
    """Which checks of the chain are not in force for a customer, in one revision: signed by somebody not its author.

    Without a policy in force every check is, and so is a check that the chain learns after a policy was signed. A
    package names those that were not.
    """

    MOVES = life_of("check policy", signers=(Person.MANAGER,))

    customer = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        related_name="check_policies",
        limit_choices_to={"kind": "customer"},
    )
    left_out = ArrayField(
        models.CharField(max_length=12),
        blank=True,
        help_text="The codes not in force, in the order of the chain.",
    )
    reason = models.TextField()
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="check_policies_authored")

    objects = CheckPolicyQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta(SignedTerms.Meta):
        ordering = ["customer__name", "-id"]
        verbose_name_plural = "check policies"
        constraints = [
            models.UniqueConstraint(
                fields=["customer"], condition=Q(state="in_force"), name="one_check_policy_in_force"
            ),
            models.UniqueConstraint(
                fields=["customer"], condition=Q(state="draft"), name="one_check_policy_draft"
            ),
            signed_in_force("check_policy_in_force_is_signed"),
        ]

    def get_absolute_url(self) -> str:
        return reverse("documents:check-policy-detail", args=[self.number])
