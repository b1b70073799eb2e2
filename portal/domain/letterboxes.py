"""The letterbox of a vendor: who stands for its people when they send something without an account."""

from __future__ import annotations

from django.contrib.auth.hashers import make_password
from django.db import transaction

from portal.domain.events import record_event
from portal.models import Organization, Person

# a name nobody can register and no mail can reach, so that no password is ever set for it
NOWHERE = "letterbox.invalid"


@transaction.atomic
def letterbox_of(organization: Organization) -> Person:
    """Return the letterbox of a vendor, made when it is first needed.

    It is a vendor's person without a password: it sees what its organization sees, decides nothing and signs nothing.
    A manager who disables it closes the doors without account for this vendor.
    """
    email = f"{organization.number.lower()}@{NOWHERE}"
    person, is_new = Person.objects.get_or_create(
        email=email,
        defaults={
            "printed_name": f"{organization.name} (without account)"[:120],
            "title": "Letterbox",
            "organization": organization,
            "role": Person.VENDOR,
            "password": make_password(None),
        },
    )
    if is_new:
        record_event(by=None, verb="open_letterbox", noun="person", number=person.email)
    return person


def is_letterbox(person: Person) -> bool:
    """Say whether a person is a letterbox and nobody to be asked."""
    return person.email.endswith(f"@{NOWHERE}")
