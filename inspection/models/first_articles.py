"""First article inspection reports by AS9102, Rev B or Rev C."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from portal.domain.moves import QUALITY, Move, Moves
from portal.models import Person, Signature, StoredFile
from portal.models.scoping import ScopedQuerySet
from routes.models import Characteristic, OrderLine, PartRevision, RouteRevision, Traveler


class FirstArticleQuerySet(ScopedQuerySet):
    def for_buyer(self, person):
        return self.filter(
            part_revision__part__customer_id=person.organization_id,
            # a buyer who was shown an approval must see that it is no more
            state__in=[*FirstArticle.STANDING, FirstArticle.WITHDRAWN],
        )


class FirstArticle(models.Model):
    """One FAIR: shows that the process can make the part. Approved means frozen; a change is a new FAIR.

    Form 1 comes from the records, Form 2 is a projection of material lots and receipts, Form 3 of the
    measurements of `serial`; `forms` is the exact content frozen when the author submits it. `corrects` is the
    approved one whose place this one takes. Under a condition of the customer, `condition_quantity` pieces may ship
    until `condition_due_on`.
    Source: AS9102 Rev B and Rev C 4.5-4.7; the fields of Form 1 that no record knows.
    """

    DRAFT, SUBMITTED, APPROVED, RETURNED = "draft", "submitted", "approved", "returned"
    CUSTOMER_APPROVED, CONDITIONAL, WITHDRAWN = "customer_approved", "on_condition", "withdrawn"
    STATES = [
        (DRAFT, "Draft"),
        (SUBMITTED, "In review"),
        (APPROVED, "Approved"),
        (CUSTOMER_APPROVED, "Approved by the customer"),
        (CONDITIONAL, "Approved on a condition"),
        (RETURNED, "Returned"),
        (WITHDRAWN, "Approval withdrawn"),
    ]
    MOVES = Moves(
        "first article",
        Move(DRAFT, "submit", SUBMITTED, (Person.INSPECTOR, *QUALITY)),
        Move(SUBMITTED, "approve", APPROVED, QUALITY),
        Move(SUBMITTED, "return", RETURNED, QUALITY),
        Move(APPROVED, "approve for the customer", CUSTOMER_APPROVED, (Person.CUSTOMER_QUALITY,)),
        Move(APPROVED, "approve on a condition of", CONDITIONAL, (Person.CUSTOMER_QUALITY,)),
        Move(CONDITIONAL, "approve for the customer", CUSTOMER_APPROVED, (Person.CUSTOMER_QUALITY,)),
        Move(APPROVED, "return by the customer", RETURNED, (Person.CUSTOMER_QUALITY,)),
        Move(CONDITIONAL, "return by the customer", RETURNED, (Person.CUSTOMER_QUALITY,)),
        Move(RETURNED, "submit", SUBMITTED, (Person.INSPECTOR, *QUALITY)),
        Move(APPROVED, "withdraw approval of", WITHDRAWN, QUALITY),
        Move(CUSTOMER_APPROVED, "withdraw approval of", WITHDRAWN, QUALITY),
        Move(CONDITIONAL, "withdraw approval of", WITHDRAWN, QUALITY),
    )
    # what the shop approved and nobody took back: a later one may build on it, a certificate may name it
    STANDING = (APPROVED, CUSTOMER_APPROVED, CONDITIONAL)
    FULL, PARTIAL = "full", "partial"
    EXTENTS = [(FULL, "Full FAI"), (PARTIAL, "Partial FAI")]

    number = models.CharField(max_length=40, unique=True)
    form_revision = models.CharField(max_length=5, choices=[("C", "Rev C"), ("B", "Rev B")], default="C")
    part_revision = models.ForeignKey(PartRevision, on_delete=models.PROTECT, related_name="first_articles")
    route_revision = models.ForeignKey(RouteRevision, on_delete=models.PROTECT, related_name="first_articles")
    traveler = models.ForeignKey(Traveler, on_delete=models.PROTECT, related_name="first_articles")
    order_line = models.ForeignKey(OrderLine, on_delete=models.PROTECT, related_name="first_articles")
    serial = models.CharField(max_length=60, help_text="The piece that was measured.")
    extent = models.CharField(max_length=8, choices=EXTENTS, default=FULL)
    reason = models.CharField(max_length=300, blank=True, help_text="Field 14: why this full or partial FAI.")
    baseline = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT)
    corrects = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrections"
    )
    evaluation = models.ForeignKey(
        "inspection.TriggerEvaluation",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="first_articles",
        help_text="The evaluation that asked for it; a partial one accounts for exactly its scope.",
    )
    additional_changes = models.CharField(max_length=300, blank=True, help_text="Field 8.")
    comments = models.TextField(blank=True, help_text="Field 26.")
    state = models.CharField(max_length=20, choices=STATES, default=DRAFT)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="first_articles_authored")
    opened_at = models.DateTimeField()
    forms = models.JSONField(default=dict, blank=True)
    verified_signature = models.ForeignKey(
        Signature, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_signature = models.ForeignKey(
        Signature, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    customer_signature = models.ForeignKey(
        Signature, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    return_reason = models.TextField(blank=True)
    customer_condition = models.TextField(blank=True)
    condition_due_on = models.DateField(null=True, blank=True)
    condition_quantity = models.PositiveIntegerField(null=True, blank=True)

    objects = FirstArticleQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="approved_first_article_is_signed_twice",
                condition=~Q(state__in=["approved", "customer_approved", "on_condition"])
                | Q(verified_signature__isnull=False, approved_signature__isnull=False),
            ),
            models.CheckConstraint(
                name="customer_approval_is_signed",
                condition=~Q(state__in=["customer_approved", "on_condition"])
                | Q(customer_signature__isnull=False),
            ),
            models.CheckConstraint(
                name="condition_says_what_until_when_and_how_many",
                condition=Q(
                    customer_condition="", condition_due_on__isnull=True, condition_quantity__isnull=True
                )
                & ~Q(state="on_condition")
                | ~Q(customer_condition="")
                & Q(condition_due_on__isnull=False, condition_quantity__isnull=False),
            ),
            # two people who find the same mistake write one correction
            models.UniqueConstraint(
                fields=["corrects"],
                name="one_open_correction_of_a_first_article",
                condition=Q(state__in=["draft", "submitted", "returned"]),
            ),
            models.CheckConstraint(
                name="partial_first_article_has_a_baseline",
                condition=Q(extent="full") | Q(baseline__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("inspection:first-article-detail", args=[self.number])


class FirstArticleLine(models.Model):
    """What a person adds to one row of Form 3: tooling for attribute acceptance, and comments.

    Comments stand in field 12 of Rev C, in field 14 of Rev B.
    """

    first_article = models.ForeignKey(FirstArticle, on_delete=models.PROTECT, related_name="lines")
    characteristic = models.ForeignKey(
        Characteristic, on_delete=models.PROTECT, related_name="first_article_lines"
    )
    tooling = models.CharField(max_length=120, blank=True, help_text="Field 10.")
    comment = models.CharField(max_length=300, blank=True)

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["first_article", "characteristic"], name="line_once_a_first_article"
            )
        ]


class FieldComment(models.Model):
    """What a reviewer says about one numbered field of a form, and what the author answered.

    `form` 1, 2 or 3 and `field` are AS9102 numbers; `row` is the balloon on Form 3, the row's number on Form 2.
    """

    first_article = models.ForeignKey(FirstArticle, on_delete=models.PROTECT, related_name="field_comments")
    form = models.PositiveSmallIntegerField(choices=[(1, "Form 1"), (2, "Form 2"), (3, "Form 3")])
    field = models.CharField(max_length=4)
    row = models.CharField(max_length=40, blank=True)
    text = models.TextField()
    commented_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    commented_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["form", "field", "id"]
        constraints = [
            models.CheckConstraint(
                name="answered_comment_says_who_and_when",
                condition=Q(answer="", answered_by__isnull=True, answered_at__isnull=True)
                | ~Q(answer="") & Q(answered_by__isnull=False, answered_at__isnull=False),
            )
        ]


class HeldApproval(models.Model):
    """What the customer decided in its own system about a part revision: its reference, and the file that shows it.

    `kind` is what was submitted there. An interim approval holds for `quantity_limit` pieces, until `valid_to`, or
    both. `approved_on` is the day of the decision, whichever it was.
    Source: AS9102 lets the customer keep the report; AIAG PPAP 4th edition levels 1 to 5; AS9145 has no levels and the
    states approved, interim approval, rejected; the regime "held by the customer" of an order line.
    """

    FAIR, AIAG_PPAP, AS9145_PPAP = "fair", "aiag_ppap", "as9145_ppap"
    KINDS = [(FAIR, "FAIR"), (AIAG_PPAP, "AIAG PPAP"), (AS9145_PPAP, "AS9145 PPAP")]
    APPROVED, INTERIM, REJECTED = "approved", "interim", "rejected"
    STATUSES = [(APPROVED, "Approved"), (INTERIM, "Interim approval"), (REJECTED, "Rejected")]

    part_revision = models.ForeignKey(PartRevision, on_delete=models.PROTECT, related_name="held_approvals")
    customer_reference = models.CharField(max_length=120)
    approved_on = models.DateField()
    kind = models.CharField(max_length=12, choices=KINDS, default=FAIR)
    level = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Of an AIAG PPAP, 1 to 5.")
    status = models.CharField(max_length=10, choices=STATUSES, default=APPROVED)
    valid_to = models.DateField(null=True, blank=True)
    quantity_limit = models.PositiveIntegerField(null=True, blank=True)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    signature = models.ForeignKey(Signature, on_delete=models.PROTECT, related_name="+")

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-id"]
        constraints = [
            # a number may first be approved for a while and then for good
            models.UniqueConstraint(
                fields=["part_revision", "customer_reference", "status"],
                name="held_approval_once_a_part_revision",
            ),
            models.CheckConstraint(
                name="only_an_aiag_ppap_has_a_level",
                condition=Q(kind="aiag_ppap", level__range=(1, 5))
                | ~Q(kind="aiag_ppap") & Q(level__isnull=True),
            ),
            models.CheckConstraint(
                name="only_an_interim_approval_is_limited",
                condition=Q(status="interim")
                & (Q(valid_to__isnull=False) | Q(quantity_limit__isnull=False, quantity_limit__gt=0))
                | ~Q(status="interim") & Q(valid_to__isnull=True, quantity_limit__isnull=True),
            ),
        ]

    @property
    def kind_words(self) -> str:
        """Return what was submitted, with the level of an AIAG PPAP."""
        return self.get_kind_display() + (f" level {self.level}" if self.level else "")
