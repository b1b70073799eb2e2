"""How certificates compared when something about them last changed, kept for the queue."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from documents.models.certificates import Certificate
from portal.models.scoping import ScopedQuerySet


class StandingComparison(models.Model):
    """How many keys of one certificate stop or ask; a cache that says from when it is and can be built anew.

    Whoever decides compares the certificate itself. `differs_since` is set while an accepted certificate, or one that
    had agreed, contradicts what came back after it was compared.
    """

    certificate = models.OneToOneField(
        Certificate, on_delete=models.CASCADE, related_name="standing_comparison"
    )
    compared_at = models.DateTimeField()
    stops = models.PositiveIntegerField(default=0, help_text="Keys that stand in the way of accepting it.")
    asks = models.PositiveIntegerField(default=0, help_text="Keys a person must look at on the page.")
    agrees = models.PositiveIntegerField(default=0)
    stopping = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    asking = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    is_read = models.BooleanField(default=False)
    differs_since = models.DateTimeField(null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Comparison of {self.certificate}"
