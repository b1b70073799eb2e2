"""What a customer asks of the certificates of its goods: which keys must agree, which should."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from portal.models import Organization, Person
from portal.models.scoping import ScopedQuerySet


class CertificateKeyRules(models.Model):
    """The rules of one customer from a moment on; the last row counts, those before stay as they were.

    `levels` holds must, should or off by key, only where it differs from the default.
    """

    EXACT, ON_ORDER_DATE, THAT_OR_LATER = "exact", "on_order_date", "that_or_later"
    POLICIES = [
        (EXACT, "Exactly the revision ordered"),
        (ON_ORDER_DATE, "The revision in effect on the order date"),
        (THAT_OR_LATER, "The revision ordered or a later one"),
    ]

    customer = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="certificate_rules")
    levels = models.JSONField(default=dict, blank=True)
    revision_policy = models.CharField(max_length=16, choices=POLICIES, default=EXACT)
    languages = ArrayField(models.CharField(max_length=8), default=list)
    reason = models.TextField()
    set_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
