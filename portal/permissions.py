"""Who may: the roles of the house in named groups, and the questions about people and organisations."""

from __future__ import annotations

from portal.models import Person

SHOP = Person.SHOP_ROLES
QUALITY = (Person.QUALITY, Person.MANAGER)
INSPECTORS = (Person.INSPECTOR, Person.QUALITY, Person.MANAGER)
MANAGERS = (Person.MANAGER,)
CUSTOMER = Person.CUSTOMER_ROLES
VENDORS = (Person.VENDOR,)
EVERYBODY = SHOP + CUSTOMER + VENDORS

ROLES_BY_KIND = {"shop": SHOP, "customer": CUSTOMER, "vendor": VENDORS}


def may_manage_people(person: Person) -> bool:
    """Say whether `person` may invite, disable and authorise others."""
    return person.is_active and person.role in MANAGERS


def may_manage_organizations(person: Person) -> bool:
    """Say whether `person` may add customers, vendors and their sites."""
    return person.is_active and person.role in QUALITY
