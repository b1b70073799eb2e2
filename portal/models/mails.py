"""Which mails a person wants, when they may come, and what waits for the next daily mail."""

from __future__ import annotations

from datetime import time

from django.db import models
from django.db.models import Q

from portal.models.people import Person
from portal.models.scoping import ScopedQuerySet


class MailSettings(models.Model):
    """One person's wishes about mail; without a row everything comes as it happens.

    `choices` names only the kinds that differ from their default: kind → immediate, daily or off.
    Units:   times are on the clock of `time_zone`; a quiet span that ends before it begins runs over midnight.
    """

    IMMEDIATE, DAILY, OFF = "immediate", "daily", "off"
    WAYS = [(IMMEDIATE, "At once"), (DAILY, "Once a day, together"), (OFF, "Not at all")]

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="mail_settings")
    time_zone = models.CharField(max_length=64, default="UTC", help_text="IANA name.")
    quiet_from = models.TimeField(null=True, blank=True)
    quiet_to = models.TimeField(null=True, blank=True)
    digest_at = models.TimeField(default=time(7, 0))
    choices = models.JSONField(default=dict, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "mail settings"
        constraints = [
            models.CheckConstraint(
                name="quiet_hours_have_both_ends",
                condition=Q(quiet_from__isnull=True, quiet_to__isnull=True)
                | Q(quiet_from__isnull=False, quiet_to__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"mail settings of {self.person}"


class MailEntry(models.Model):
    """One line of a person's next daily mail; `mailed_at` is set together with the mail that carries it."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="mail_entries")
    kind = models.CharField(max_length=30)
    key = models.CharField(max_length=200, unique=True)
    subject = models.CharField(max_length=200)
    path = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    mailed_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [
            # serves the daily mail
            models.Index(fields=["person"], condition=Q(mailed_at__isnull=True), name="mail_entries_waiting")
        ]

    def __str__(self) -> str:
        return self.subject
