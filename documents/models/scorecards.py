"""How vendors did, month by month: figures frozen, the terms they were reckoned by, delays that were not theirs."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from portal.models import Organization, Person
from portal.models.scoping import ScopedQuerySet
from subcontract.models import OutsideOrderLine


class ScorecardTerms(models.Model):
    """By which terms scorecards are reckoned from a month on. Added, never changed.

    Units:   window in days around the due day (early empty: coming early is never a miss); weights in parts of
             their sum; grades in points of a hundred.
    """

    number = models.CharField(max_length=40, unique=True)
    from_month = models.DateField(unique=True, help_text="The first day of the first month they are for.")
    early_days = models.PositiveSmallIntegerField(null=True, blank=True)
    late_days = models.PositiveSmallIntegerField(default=0)
    least_lines = models.PositiveSmallIntegerField(default=5, help_text="With fewer there is no figure.")
    freeze_after_days = models.PositiveSmallIntegerField(default=5)
    weights = models.JSONField(help_text="Figure → weight.")
    ppm_at_zero = models.PositiveIntegerField(
        default=10_000, help_text="From here on the figure earns nothing."
    )
    grade_a = models.PositiveSmallIntegerField(default=90)
    grade_b = models.PositiveSmallIntegerField(default=75)
    reason = models.CharField(max_length=300)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-from_month"]
        verbose_name_plural = "scorecard terms"
        constraints = [
            models.CheckConstraint(
                name="grade_a_above_grade_b", condition=Q(grade_a__gt=models.F("grade_b"), grade_a__lte=100)
            ),
        ]

    def __str__(self) -> str:
        return self.number


class ScorecardQuerySet(ScopedQuerySet):
    def for_vendor(self, person):
        return self.filter(vendor_id=person.organization_id)


class Scorecard(models.Model):
    """One vendor's month as it stood when it was frozen. Evidence: never changed; what came later stands beside it.

    `content` holds every figure with numerator and denominator, the numbers of the records behind it and the terms;
    `facts_sha256` is of the facts it was reckoned from, which can be read again as of `frozen_at`.
    """

    number = models.CharField(max_length=40, unique=True)
    vendor = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="scorecards")
    month = models.DateField(help_text="Its first day.")
    grade = models.CharField(max_length=1, blank=True, help_text="Empty where there is too little to judge.")
    score = models.DecimalField(max_digits=5, decimal_places=1, null=True, blank=True)
    content = models.JSONField()
    facts_sha256 = models.CharField(max_length=64)
    rules = models.CharField(max_length=20, help_text="Version of the rules it was reckoned by.")
    frozen_at = models.DateTimeField()

    objects = ScorecardQuerySet.as_manager()

    class Meta:
        ordering = ["-month", "vendor__name"]
        constraints = [
            models.UniqueConstraint(fields=["vendor", "month"], name="scorecard_once_a_vendor_and_month"),
            models.CheckConstraint(name="scorecard_is_of_a_whole_month", condition=Q(month__day=1)),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("documents:scorecard-detail", args=[self.number])


class DelayRecordQuerySet(ScopedQuerySet):
    def for_vendor(self, person):
        return self.filter(line__order__site__organization_id=person.organization_id)


class DelayRecord(models.Model):
    """The record that a line came late, or not whole, for a cause that is not the vendor's; it is then not counted."""

    SHOP, CUSTOMER = "shop", "customer"
    CAUSES = [(SHOP, "The shop"), (CUSTOMER, "The customer")]

    number = models.CharField(max_length=40, unique=True)
    line = models.ForeignKey(OutsideOrderLine, on_delete=models.PROTECT, related_name="delay_records")
    cause = models.CharField(max_length=8, choices=CAUSES)
    reason = models.CharField(max_length=300)
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    objects = DelayRecordQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["line"],
                condition=Q(withdrawn_at__isnull=True),
                name="one_standing_delay_record_a_line",
            ),
            models.CheckConstraint(
                name="withdrawn_delay_says_why",
                condition=Q(withdrawn_at__isnull=True, withdrawn_reason="")
                | Q(withdrawn_at__isnull=False) & ~Q(withdrawn_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return self.number
