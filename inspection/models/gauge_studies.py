"""How much of what is measured comes from the gauge and the hands that hold it."""

from __future__ import annotations

from django.db import models
from django.urls import reverse

from portal.models import Person
from portal.models.scoping import ScopedQuerySet
from routes.models import Gauge


class RepeatabilityStudy(models.Model):
    """One crossed study of one gauge: every operator measured every part equally often. Rows are only added.

    `rows` keeps each run as (part, operator, value); `figures` what was computed from them on that day, as text.
    The latest study of a gauge is the one that speaks.
    Units:   values and `tolerance` in `unit`; `percent` of the total spread, `percent_of_tolerance` of the tolerance.
    """

    GOOD, CONDITIONAL, UNFIT = "good", "conditional", "unfit"
    WORDS = [(GOOD, "Good"), (CONDITIONAL, "Conditional"), (UNFIT, "Unfit")]

    number = models.CharField(max_length=40, unique=True)
    gauge = models.ForeignKey(Gauge, on_delete=models.PROTECT, related_name="studies")
    measured_on = models.DateField()
    feature = models.CharField(max_length=120, help_text="What was measured, as in bore 10 mm.")
    unit = models.CharField(max_length=10)
    tolerance = models.DecimalField(
        max_digits=18, decimal_places=8, null=True, blank=True, help_text="Width between the limits."
    )
    rows = models.JSONField()
    figures = models.JSONField()
    word = models.CharField(max_length=11, choices=WORDS)
    remark = models.TextField(blank=True)
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="study_tolerance_above_zero",
                condition=models.Q(tolerance__isnull=True) | models.Q(tolerance__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("inspection:gauge-study-detail", args=[self.number])

    @property
    def state(self) -> str:
        """Return the state its verdict is shown by; a conditional acceptance elsewhere is another thing."""
        return "conditionally_fit" if self.word == self.CONDITIONAL else self.word

    @property
    def tolerance_words(self) -> str:
        return "" if self.tolerance is None else f"{self.tolerance.normalize():f}"
