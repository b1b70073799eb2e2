"""Which run rules a characteristic is watched by, beside the one that always holds."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from portal.models import Person
from portal.models.scoping import ScopedQuerySet
from routes.models import Characteristic


class RunRuleChoice(models.Model):
    """One choice of run rules for one characteristic and side; the latest holds. Rows are only added.

    It holds for every revision that keeps the requirement, as a drift alarm does. An empty choice ends an earlier one.
    """

    characteristic = models.ForeignKey(
        Characteristic, on_delete=models.PROTECT, related_name="run_rule_choices"
    )
    side = models.CharField(max_length=10, choices=[("before", "Before finish"), ("after", "After finish")])
    rules = ArrayField(models.CharField(max_length=40), blank=True, default=list)
    reason = models.TextField()
    chosen_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    chosen_at = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [models.CheckConstraint(name="run_rules_have_a_reason", condition=~Q(reason=""))]

    def __str__(self) -> str:
        return f"run rules of {self.characteristic}"
