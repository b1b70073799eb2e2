"""The mail to whoever decided on a certificate that differs since its pieces came back."""

from __future__ import annotations

from collections.abc import Iterable

from documents.domain.standing_comparisons import waiting
from documents.models import Certificate
from portal.models import Event, Organization, Person
from portal.permissions import QUALITY


def differing(event: Event) -> Certificate | None:
    """Return the certificate an event says differs, while somebody still has to look at it."""
    found = Certificate.objects.filter(waiting(), number=event.number)
    return found.select_related("decision_signature__person__organization").first()


def deciders_of(certificate: Certificate) -> Iterable[Person]:
    """Return who accepted it; where nobody did, or they have left, the people of quality."""
    signature = certificate.decision_signature
    if signature and signature.person.is_active:
        return [signature.person]
    shop = Organization.objects.shops().first()
    found = Person.objects.filter(organization=shop, role__in=QUALITY, is_active=True)
    return found.select_related("organization").order_by("pk")
