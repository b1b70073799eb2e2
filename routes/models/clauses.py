"""What a customer demands on every order: quality clauses, and the terms agreed once for all orders."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from portal.models import Organization, Person, Signature, StoredFile
from portal.models.scoping import ScopedQuerySet
from routes.models.orders import OrderLine


class QualityClauseQuerySet(ScopedQuerySet):
    def for_buyer(self, person):
        return self.filter(customer_id=person.organization_id)


class QualityClause(models.Model):
    """One clause of a customer's quality terms, in one revision, kept verbatim.

    `kind` says what it takes: a paper with the lot, or somebody's presence before an operation may be signed.
    """

    EVIDENCE, HOLD, WITNESS, SOURCE = "evidence", "hold", "witness", "source"
    KINDS = [
        (EVIDENCE, "Evidence goes with the lot"),
        (HOLD, "Hold point: work stops until the customer lets it go on"),
        (WITNESS, "Witness point: the customer is asked to be present"),
        (SOURCE, "Source inspection before shipment"),
    ]
    POINTS = (HOLD, WITNESS, SOURCE)

    customer = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        related_name="quality_clauses",
        limit_choices_to={"kind": "customer"},
    )
    number = models.CharField(max_length=40, help_text="As the customer writes it, as in Q-17.")
    revision = models.CharField(max_length=20, blank=True)
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    kind = models.CharField(max_length=10, choices=KINDS, default=EVIDENCE)

    objects = QualityClauseQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["customer__name", "number", "revision"]
        constraints = [
            models.UniqueConstraint(
                fields=["customer", "number", "revision"], name="clause_revision_once_a_customer"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.revision}".strip()

    def get_absolute_url(self) -> str:
        return reverse("routes:clause-list")


class LineClauseQuerySet(ScopedQuerySet):
    def for_buyer(self, person):
        return self.filter(order_line__order__customer_id=person.organization_id)


class LineClause(models.Model):
    """A clause an order line carries, and what answers it: an operation, a document, or signed not applicable."""

    OPERATION, DOCUMENT, NOT_APPLICABLE = "operation", "document", "not_applicable"
    ANSWERS = [(OPERATION, "Operation"), (DOCUMENT, "Document"), (NOT_APPLICABLE, "Not applicable")]

    order_line = models.ForeignKey(OrderLine, on_delete=models.PROTECT, related_name="clauses")
    clause = models.ForeignKey(QualityClause, on_delete=models.PROTECT, related_name="order_lines")
    answer = models.CharField(max_length=15, choices=ANSWERS, blank=True)
    answered_by = models.CharField(
        max_length=300, blank=True, help_text="Which operation, which document, or why it does not apply."
    )
    mapped_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    signature = models.ForeignKey(Signature, null=True, blank=True, on_delete=models.PROTECT)
    point_at = models.PositiveIntegerField(
        null=True, blank=True, help_text="The operation that waits for a hold or witness point."
    )

    objects = LineClauseQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["order_line", "clause__number"]
        constraints = [
            models.UniqueConstraint(fields=["order_line", "clause"], name="clause_once_a_line"),
            models.CheckConstraint(
                name="answered_clause_says_how_and_who",
                condition=Q(answer="", answered_by="", mapped_by__isnull=True, signature__isnull=True)
                | Q(answer__in=["operation", "document"], mapped_by__isnull=False) & ~Q(answered_by="")
                | Q(answer="not_applicable", mapped_by__isnull=False, signature__isnull=False)
                & ~Q(answered_by=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clause} on {self.order_line}"


class ClauseEvidenceQuerySet(ScopedQuerySet):
    def for_buyer(self, person):
        return self.filter(line_clause__order_line__order__customer_id=person.organization_id)


class ClauseEvidence(models.Model):
    """What shows, for one lot, that a clause was met: a paper, or who of the customer was there and when.

    A wrong one is withdrawn with a reason, never removed. Children of a split lot inherit it by lineage.
    Source:  AS9100D 8.6 (evidence of conformity), 8.4.3 and 8.6 (verification at source).
    """

    number = models.CharField(max_length=40, unique=True)
    line_clause = models.ForeignKey(LineClause, on_delete=models.PROTECT, related_name="evidence")
    traveler = models.ForeignKey("routes.Traveler", on_delete=models.PROTECT, related_name="clause_evidence")
    reference = models.CharField(max_length=160, help_text="The document, report or letter that shows it.")
    present = models.CharField(
        max_length=160, blank=True, help_text="Who of the customer was there or let it go."
    )
    done_on = models.DateField()
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    signature = models.ForeignKey(Signature, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    objects = ClauseEvidenceQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="withdrawn_clause_evidence_says_who_and_why",
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_reason="")
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_reason=""),
            )
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return self.traveler.get_absolute_url()


FAI_EDITIONS = [("C", "AS9102 Rev C"), ("B", "AS9102 Rev B")]


class CustomerTermsQuerySet(ScopedQuerySet):
    def for_buyer(self, person):
        return self.filter(customer_id=person.organization_id)


class CustomerTerms(models.Model):
    """What was agreed with a customer: how a new order line begins, and the edition of its first article forms."""

    customer = models.OneToOneField(
        Organization, on_delete=models.PROTECT, related_name="terms", limit_choices_to={"kind": "customer"}
    )
    fai_regime = models.CharField(
        max_length=20, choices=OrderLine.FAI_REGIMES, default=OrderLine.BEFORE_DISPATCH
    )
    needs_package_approval = models.BooleanField(default=False)
    fai_edition = models.CharField(max_length=5, choices=FAI_EDITIONS, default="C")

    objects = CustomerTermsQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name_plural = "customer terms"

    def __str__(self) -> str:
        return f"Terms of {self.customer}"
