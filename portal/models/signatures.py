"""Signatures, and the proof of a fresh credential that each of them spends."""

from __future__ import annotations

from django.db import models

from portal.models.people import Person
from portal.models.scoping import ScopedQuerySet


class Reauthentication(models.Model):
    """Proof that a person gave a credential just now; one signature spends it.

    `only_for` is empty after the full password and names the one act a lesser credential, such as a PIN, may sign.
    Source: 21 CFR 11.200(a), an electronic signature uses identification and secret.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    token_sha256 = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    only_for = models.CharField(max_length=30, blank=True, help_text="The one act it may sign; empty: any.")

    objects = ScopedQuerySet.as_manager()


class Signature(models.Model):
    """Printed name, title, moment, meaning and the hash of exactly what was signed.

    Source: 21 CFR 11.50 and 11.70. Evidence: the application can add rows and never change or delete one.
    """

    AUTHORED, PERFORMED, VERIFIED, REVIEWED = "authored", "performed", "verified", "reviewed"
    APPROVED, RELEASED, ACCEPTED, REJECTED = "approved", "released", "accepted", "rejected"
    WAIVED, CERTIFIED, DISPOSITIONED, DISPATCHED = "waived", "certified", "dispositioned", "dispatched"
    REVERSED = "reversed"
    MEANINGS = [
        (AUTHORED, "Authored"),
        (PERFORMED, "Performed"),
        (VERIFIED, "Verified"),
        (REVIEWED, "Reviewed"),
        (APPROVED, "Approved"),
        (RELEASED, "Released"),
        (ACCEPTED, "Inspected and accepted"),
        (REJECTED, "Inspected and rejected"),
        (WAIVED, "Waived"),
        (CERTIFIED, "Certified conformity"),
        (DISPOSITIONED, "Dispositioned"),
        (DISPATCHED, "Dispatched"),
        (REVERSED, "Undid"),
    ]

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="signatures")
    # a deputy signs with both names: "Viktor Lind for Amara Nwosu, deputy"
    printed_name = models.CharField(max_length=260)
    stands_in_for = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="signed_by_deputies"
    )
    title = models.CharField(max_length=120, blank=True)
    signed_at = models.DateTimeField()
    meaning = models.CharField(max_length=20, choices=MEANINGS)
    noun = models.CharField(max_length=40)
    number = models.CharField(max_length=80)
    canonical = models.BinaryField(help_text="The exact bytes that were signed.")
    content_sha256 = models.CharField(max_length=64)

    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.printed_name}, {self.get_meaning_display()}, {self.signed_at:%Y-%m-%d %H:%M} UTC"
