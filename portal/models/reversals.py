"""Acceptances that were wrong and were undone: by whom, why, and what is judged anew."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.urls import reverse

from portal.models.scoping import ScopedQuerySet
from portal.models.signatures import Signature


class Reversal(models.Model):
    """One signature that no longer counts. It stays readable; the record it was on is open again.

    `noun` and `record` name what was signed as its signature does; `opened` every record that is open again, as in
    "step T-000312-60-1", the one signed among them. A signature is undone at most once: what is signed afterwards is
    another signature. Evidence: the application can add rows and never change or delete one.
    Source: AS9100D 7.5.3.2 (control of changes); docs/decisions/0034.
    """

    number = models.CharField(max_length=40, unique=True)
    noun = models.CharField(max_length=40)
    record = models.CharField(max_length=80)
    undone = models.OneToOneField(Signature, on_delete=models.PROTECT, related_name="reversal")
    opened = ArrayField(models.CharField(max_length=200))
    lots = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    reason = models.CharField(max_length=300)
    judged_anew = models.CharField(
        max_length=300, help_text="What is done or looked at again before it counts."
    )
    signature = models.OneToOneField(Signature, on_delete=models.PROTECT, related_name="+")
    reversed_at = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="reversal_undoes_another_signature",
                condition=~Q(undone=models.F("signature")),
            ),
            models.CheckConstraint(name="reversal_says_why", condition=~Q(reason="") & ~Q(judged_anew="")),
        ]
        indexes = [
            # serves the page of a record that is open again
            models.Index(fields=["noun", "record"], name="reversals_of_a_record"),
            # serves the page of a lot
            GinIndex(fields=["lots"], name="reversals_of_a_lot"),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("portal:reversal-detail", args=[self.number])
