"""Owners: the roles of an operation become people when a lot is opened."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q

from portal.domain.errors import Refused
from portal.models import Authority, Organization, Person
from routes.models import Operation


class OwnerNotFound(Refused):
    """Nobody of the role can own the operation."""

    code = "owner-not-found"


# what an owner must be entitled to: an owner of timing signs nothing, so any active person of the role will do
ACT_OF_OWNER = {
    "quality_owner": {Person.OPERATOR: Authority.SIGN_STEP, "": Authority.INSPECT},
    "timing_owner": {"": None},
    "incoming_owner": {"": Authority.INSPECT},
}
WORDS = {
    "quality_owner": "quality",
    "timing_owner": "timing",
    "incoming_owner": "incoming verification",
}


def find_owners(*, operation: Operation, customer: Organization, on: date) -> dict[str, Person | None]:
    """Return the people the roles of one operation become: the first by account who is active and entitled.

    Raises:  OwnerNotFound naming operation, ownership and role.
    """
    return {field: _owner(operation, field, customer, on) for field in WORDS}


def _owner(operation: Operation, field: str, customer: Organization, on: date) -> Person | None:
    role = getattr(operation, field)
    if not role:
        return None
    acts = ACT_OF_OWNER[field]
    act = acts.get(role, acts[""])
    people = Person.objects.filter(role=role, is_active=True)
    if act is not None:
        held = Authority.objects.filter(
            Q(customer__isnull=True) | Q(customer=customer),
            Q(valid_to__isnull=True) | Q(valid_to__gte=on),
            Q(withdrawn_at__isnull=True) | Q(withdrawn_at__date__gt=on),
            person=OuterRef("pk"),
            act=act,
            valid_from__lte=on,
            # an owner answers for as long as the lot is here; a deputy only for some days
            deputy_for__isnull=True,
        )
        people = people.filter(Exists(held))
    owner = people.order_by("pk").first()
    if owner is None:
        needed = f" with authority to {dict(Authority.ACTS)[act].lower()}" if act else ""
        raise OwnerNotFound(
            f"Operation {operation.sequence} {operation.name} is owned, for {WORDS[field]}, by the role "
            f"{dict(Person.ROLES)[role].lower()}, but nobody active of that role{needed} is there. "
            "A manager can grant the authority."
        )
    return owner
