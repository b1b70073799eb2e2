"""What the portal read on a certificate, kept beside what people typed."""

from __future__ import annotations

from django.db import models

from documents.models.certificates import Certificate
from portal.models.scoping import ScopedQuerySet


class CertificateReading(models.Model):
    """One reading of one certificate; a later one by a better reader stands beside it, the last counts.

    `content` is the plain data of `documents.formats.paper.Reading`.
    """

    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="readings")
    read_at = models.DateTimeField()
    reader = models.CharField(max_length=40, help_text="Name and version of what read it.")
    content = models.JSONField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
