"""What the portal read on a certificate, kept beside what people typed."""

from __future__ import annotations

from django.db import models

from documents.models.certificates import Certificate
from portal.models import Person
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


class CertificateSighting(models.Model):
    """Somebody looked at a page and found the words of one key there, which the machine could not see.

    `words` are those found; a sighting of words that were typed anew since proves nothing.
    Units:   `page` counts from 1 in the file.
    """

    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="sightings")
    field = models.CharField(max_length=40)
    words = models.TextField()
    page = models.PositiveIntegerField()
    seen_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    seen_at = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
