"""What a customer must be told about goods it already has."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from documents.models.shipments import Shipment
from portal.domain.moves import QUALITY, Move, Moves
from portal.models import Organization, Signature
from portal.models.scoping import ScopedQuerySet


class NoticeQuerySet(ScopedQuerySet):
    def for_buyer(self, person):
        return self.filter(customer_id=person.organization_id, state=Notice.SENT)


class Notice(models.Model):
    """A draft to one customer that proof of goods already shipped no longer holds; a person sends or drops it.

    It is drafted by the portal when a certificate is revoked, an approval lapses or a gauge is found out of
    tolerance, once a cause and shipment.
    Source:  AS9100D 8.7.1 (timely report of delivered nonconforming product to the customer).
    """

    DRAFT, SENT, DROPPED = "draft", "sent", "dropped"
    STATES = [(DRAFT, "Draft"), (SENT, "Sent"), (DROPPED, "Dropped")]
    MOVES = Moves(
        "notice",
        Move(DRAFT, "send", SENT, QUALITY),
        Move(DRAFT, "drop", DROPPED, QUALITY),
    )

    number = models.CharField(max_length=40, unique=True)
    customer = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="notices")
    shipment = models.ForeignKey(Shipment, on_delete=models.PROTECT, related_name="notices")
    cause_noun = models.CharField(max_length=40)
    cause_number = models.CharField(max_length=80)
    cause = models.CharField(max_length=500, help_text="What happened, in one sentence.")
    lots = ArrayField(models.CharField(max_length=60))
    state = models.CharField(max_length=10, choices=STATES, default=DRAFT)
    text = models.TextField()
    drafted_at = models.DateTimeField()
    decision_reason = models.CharField(max_length=300, blank=True, help_text="Why it was dropped.")
    signature = models.ForeignKey(
        Signature, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = NoticeQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["shipment", "cause_noun", "cause_number"],
                condition=Q(state="draft"),
                name="one_draft_notice_a_cause",
            ),
            models.CheckConstraint(
                name="sent_notice_is_signed", condition=~Q(state="sent") | Q(signature__isnull=False)
            ),
            models.CheckConstraint(
                name="dropped_notice_has_a_reason", condition=~Q(state="dropped") | ~Q(decision_reason="")
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("documents:notice-detail", args=[self.number])
