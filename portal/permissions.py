"""Who may: the roles of the house in named groups, and the questions about people and organizations."""

from __future__ import annotations

from django.utils.translation import gettext as _

from portal.domain.errors import NotEntitled
from portal.models import ApiToken, Organization, Person

SHOP = Person.SHOP_ROLES
QUALITY = (Person.QUALITY, Person.MANAGER)
INSPECTORS = (Person.INSPECTOR, Person.QUALITY, Person.MANAGER)
MANAGERS = (Person.MANAGER,)
CUSTOMER = Person.CUSTOMER_ROLES
VENDORS = (Person.VENDOR,)
EVERYBODY = SHOP + CUSTOMER + VENDORS

ROLES_BY_KIND = {
    Organization.SHOP: SHOP,
    Organization.CUSTOMER: CUSTOMER,
    Organization.VENDOR: VENDORS,
}


def may_manage_people(person: Person, record: Person | None = None) -> bool:
    """Say whether `person` may invite, disable and authorise others."""
    return person.is_active and person.role in MANAGERS


def may_manage_organizations(person: Person, record: Organization | None = None) -> bool:
    """Say whether `person` may add customers, vendors and their sites."""
    return person.is_active and person.role in QUALITY


def require_role(person: Person, roles: tuple[str, ...], act: str) -> None:
    """Refuse unless `person` is active and of one of these roles; `act` completes "may not …".

    Raises:  NotEntitled naming the person, the act and who may do it.
    """
    if not person.is_active or person.role not in roles:
        words = dict(Person.ROLES)
        raise NotEntitled(
            _("%(person)s may not %(act)s; this takes one of: %(list)s.")
            % {
                "person": person.printed_name,
                "act": act,
                "list": ", ".join(_(words[role]).lower() for role in roles),
            }
        )


def require_shop(person: Person, act: str) -> None:
    """Refuse whoever is not of the shop."""
    require_role(person, SHOP, act)


def require_inspector(person: Person, act: str) -> None:
    """Refuse whoever does not inspect: inspectors, quality engineers and managers do."""
    require_role(person, INSPECTORS, act)


def require_quality(person: Person, act: str) -> None:
    """Refuse whoever is neither quality engineer nor manager."""
    require_role(person, QUALITY, act)


def may_revoke(person: Person, record: ApiToken | None = None) -> bool:
    """Say whether `person` may end a token: one's own, and a manager everybody's."""
    is_own = record is not None and record.person_id == person.pk
    return person.is_active and (is_own or person.role in MANAGERS)


def require_may_revoke(person: Person, api_token: ApiToken) -> None:
    """Refuse unless the token is one's own or a manager asks.

    Raises:  NotEntitled.
    """
    if not may_revoke(person, api_token):
        raise NotEntitled(
            _("Token %(prefix)s is %(person)s's. They may revoke it, or a manager may.")
            % {"prefix": api_token.prefix, "person": api_token.person.printed_name}
        )
