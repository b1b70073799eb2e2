"""What somebody works as: the role that opens doors, and the title that is printed with a signature."""

from __future__ import annotations

from django.db import transaction

from portal.domain.accounts import RoleDoesNotFit, lock_with_managers, require_manager_left
from portal.domain.errors import Incomplete, NotEntitled, NotTheMoment
from portal.domain.events import record_event
from portal.domain.moves import lock
from portal.models import Person
from portal.permissions import ROLES_BY_KIND, may_manage_people


@transaction.atomic
def change_role(*, by: Person, person: Person, role: str, reason: str) -> Person:
    """Let a person work in another role of their organization; every session of theirs ends.

    Authorities stay as they were granted; an act needs the role and the authority, so one alone opens nothing.

    Raises:  NotEntitled unless a manager changes it, and never about oneself; NotTheMoment for the role they
             have, or a disabled account; RoleDoesNotFit; LastManager when nobody could manage people afterwards.
    Source:  separation of duties: nobody raises their own rights.
    """
    people = lock_with_managers(by=by, person=person)
    current = people[person.pk]
    if not may_manage_people(people[by.pk]):
        raise NotEntitled(f"{by.printed_name} may not change roles; ask a manager.")
    if current.pk == by.pk:
        raise NotEntitled(f"{by.printed_name} may not change a role of their own; ask another manager.")
    if not current.is_active:
        raise NotTheMoment(f"{current.printed_name} is disabled. Enable the account before its role changes.")
    words = dict(Person.ROLES)
    if role not in ROLES_BY_KIND[current.organization.kind]:
        raise RoleDoesNotFit(
            f"{words.get(role, role)} is not a role of {current.organization.name}, which is a "
            f"{current.organization.get_kind_display().lower()}. Choose one of its roles."
        )
    if role == current.role:
        raise NotTheMoment(f"{current.printed_name} works as {words[role].lower()} already.")
    if current.role == Person.MANAGER:
        require_manager_left(people, without=current)
    before, current.role = current.role, role
    current.save()
    data = {"from": before, "to": role, "reason": reason}
    record_event(by=by, verb="change_role", noun="person", number=current.email, data=data)
    return current


@transaction.atomic
def change_title(*, by: Person, person: Person, title: str) -> Person:
    """Write down the title a person signs with from now on; what was signed keeps the one it had.

    Raises:  NotEntitled unless a manager does it; Incomplete without a title.
    """
    if not may_manage_people(by):
        raise NotEntitled(f"{by.printed_name} may not change titles; ask a manager.")
    if not title.strip():
        raise Incomplete(f"Give the title {person.printed_name} signs with, as in Quality engineer.")
    current = lock(person)
    before, current.title = current.title, title.strip()
    current.save()
    data = {"from": before, "to": current.title}
    record_event(by=by, verb="change_title", noun="person", number=current.email, data=data)
    return current
