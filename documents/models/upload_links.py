"""Links that let somebody without an account send the certificate of one outside order, and nothing else."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from portal.models import Person
from portal.models.scoping import ScopedQuerySet
from subcontract.models import OutsideOrder


class UploadLink(models.Model):
    """One way in for the certificates of one order. Its secret is on the paper alone; here stands its hash.

    How long it holds follows the order: until thirty days after it is closed or cancelled.
    """

    PAPER, MAIL, HAND = "paper", "mail", "hand"
    MADE_FOR = [(PAPER, "The printed order"), (MAIL, "A mail"), (HAND, "Given by hand")]

    order = models.ForeignKey(OutsideOrder, on_delete=models.PROTECT, related_name="upload_links")
    link_number = models.PositiveIntegerField(help_text="Counts the links of one order.")
    token_sha256 = models.CharField(max_length=64, unique=True)
    made_for = models.CharField(max_length=10, choices=MADE_FOR, default=PAPER)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="upload_links_made")
    made_at = models.DateTimeField()
    revoked_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="upload_links_revoked"
    )
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_reason = models.CharField(max_length=300, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["order", "link_number"]
        constraints = [
            models.UniqueConstraint(fields=["order", "link_number"], name="upload_link_once_an_order"),
            models.CheckConstraint(
                name="revoked_link_says_who_and_why",
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True, revoked_reason="")
                | (Q(revoked_at__isnull=False, revoked_by__isnull=False) & ~Q(revoked_reason="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order.number}, link {self.link_number}"

    def get_absolute_url(self) -> str:
        return self.order.get_absolute_url()
