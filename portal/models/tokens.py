"""Keys for machines: whose they are, what for, until when, and the answers already given to them."""

from __future__ import annotations

from django.db import models

from portal.models.people import Person
from portal.models.scoping import ScopedQuerySet


class ApiTokenQuerySet(ScopedQuerySet):
    def in_force(self, *, at):
        """Return the tokens that open the door at that moment."""
        return self.filter(revoked_at__isnull=True, expires_at__gt=at, person__is_active=True)

    def for_vendor(self, person):
        return self.filter(person=person)

    for_buyer = for_vendor


class ApiToken(models.Model):
    """A bearer token of one person for one purpose. It sees what its person sees and cannot sign.

    Only its hash is kept; `prefix` is the part people recognise it by.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="api_tokens")
    purpose = models.CharField(max_length=120, help_text="What uses it, as in ERP order feed.")
    prefix = models.CharField(max_length=16, unique=True)
    token_sha256 = models.CharField(max_length=64, unique=True)
    can_write = models.BooleanField(default=False, help_text="Without it the token only reads.")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(name="token_names_its_purpose", condition=~models.Q(purpose="")),
        ]

    def __str__(self) -> str:
        return f"{self.prefix}… ({self.purpose})"


class RepeatedCall(models.Model):
    """The answer given to one call, so that the same call sent again is answered and not done twice.

    `request_sha256` is of method, path and body: the same key with another request is refused.
    """

    caller = models.CharField(max_length=80, help_text="Whose key it is: a token, or a link of a later room.")
    token = models.ForeignKey(ApiToken, null=True, on_delete=models.CASCADE, related_name="calls")
    key = models.CharField(max_length=120)
    request_sha256 = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    body = models.TextField()
    answered_at = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["caller", "key"], name="key_once_a_caller")]
