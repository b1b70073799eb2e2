"""The one road to records: every queryset answers `for_viewer(person)`."""

from __future__ import annotations

from django.db import models
from django.http import Http404


class ScopedQuerySet(models.QuerySet):
    """A queryset that knows what a person may see.

    Shop people see every record of their shop. Outsiders see nothing unless the model says by which relation
    they may: a model overrides `for_vendor` or `for_buyer`, never `for_viewer` itself.
    """

    def for_viewer(self, person) -> ScopedQuerySet:
        """Return the records `person` may see; nobody signed in sees nothing."""
        if not getattr(person, "is_authenticated", False) or not person.is_active:
            return self.none()
        if person.is_shop:
            return self
        if person.is_vendor:
            return self.for_vendor(person)
        return self.for_buyer(person)

    def for_vendor(self, person) -> ScopedQuerySet:
        """Return the records a vendor's person may see: none, unless the model says otherwise."""
        return self.none()

    def for_buyer(self, person) -> ScopedQuerySet:
        """Return the records a customer's person may see: none, unless the model says otherwise."""
        return self.none()

    def get_visible_or_404(self, person, **lookup):
        """Return the one record `person` may see; another organization's record is not found.

        Raises:  Http404 when there is no such record or it is not this person's to see.
        """
        try:
            return self.for_viewer(person).get(**lookup)
        except self.model.DoesNotExist:
            raise Http404(f"There is no {self.model._meta.verbose_name} here by that number.") from None
