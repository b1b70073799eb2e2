"""The standing cast: who is in every story, and the strangers who must never see any of it.

shop       Halden Precision: two managers, two quality engineers, inspector, operator
customer   Orrin Aerospace: buyer and quality reviewer; Tessaly Flight is the stranger
vendor     Brightwater Finishing: clerk; Galena Heat Treat is the stranger
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from functools import lru_cache

import pytest
from django.contrib.auth.hashers import make_password

from portal.domain.reauthentication import confirm
from portal.models import Authority, Organization, Person, Site

PASSWORD = "long enough for anybody"
GRANTED_ON = date(2020, 1, 1)
# quality engineers and managers hold every authority; the others what their work needs
ACTS_OF_ROLE = {
    Person.OPERATOR: (Authority.SIGN_STEP,),
    Person.INSPECTOR: (Authority.SIGN_STEP, Authority.INSPECT),
    Person.QUALITY: tuple(act for act, _ in Authority.ACTS),
    Person.MANAGER: tuple(act for act, _ in Authority.ACTS),
}


@dataclass(frozen=True)
class Cast:
    """Everybody, by what they are; people know their organization."""

    shop: Organization
    shop_site: Site
    manager: Person
    second_manager: Person
    quality: Person
    second_quality: Person
    inspector: Person
    operator: Person
    customer: Organization
    buyer: Person
    customer_quality: Person
    vendor_organization: Organization
    vendor_site: Site
    vendor: Person
    stranger_customer: Organization
    stranger_buyer: Person
    stranger_vendor_organization: Organization
    stranger_vendor: Person

    @property
    def people(self) -> dict[str, Person]:
        """Return every person by their name in the cast."""
        named = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: each for name, each in named.items() if isinstance(each, Person)}


@lru_cache(maxsize=1)
def _hashed_password() -> str:
    return make_password(PASSWORD)


def make_organization(*, number: str, name: str, kind: str, country: str) -> tuple[Organization, Site]:
    """Make an organization with one site."""
    organization = Organization.objects.create(number=number, name=name, kind=kind)
    site = Site.objects.create(
        organization=organization,
        code="MAIN",
        name="Main works",
        street="1 Mill Lane",
        city="Haldenby",
        country=country,
    )
    return organization, site


def make_person(*, printed_name: str, title: str, organization: Organization, role: str, **facts) -> Person:
    """Make one person, who signs in with `PASSWORD`."""
    local = printed_name.lower().replace(" ", ".")
    return Person.objects.create(
        email=f"{local}@{organization.number.lower()}.example",
        printed_name=printed_name,
        title=title,
        organization=organization,
        role=role,
        password=_hashed_password(),
        **facts,
    )


def grant_all(*people: Person) -> None:
    """Give people every authority their role can need, since long ago and without end."""
    Authority.objects.bulk_create(
        Authority(person=person, act=act, valid_from=GRANTED_ON, basis="Training record of the cast")
        for person in people
        for act in ACTS_OF_ROLE[person.role]
    )


def make_cast() -> Cast:
    """Make everybody, with authorities."""
    shop, shop_site = make_organization(number="HALDEN", name="Halden Precision", kind="shop", country="US")
    customer, _ = make_organization(number="ORRIN", name="Orrin Aerospace", kind="customer", country="US")
    other_customer, _ = make_organization(
        number="TESSALY", name="Tessaly Flight", kind="customer", country="FR"
    )
    vendor, vendor_site = make_organization(
        number="BRIGHTWATER", name="Brightwater Finishing", kind="vendor", country="US"
    )
    other_vendor, _ = make_organization(
        number="GALENA", name="Galena Heat Treat", kind="vendor", country="US"
    )

    def person(printed_name: str, title: str, organization: Organization, role: str) -> Person:
        return make_person(printed_name=printed_name, title=title, organization=organization, role=role)

    cast = Cast(
        shop=shop,
        shop_site=shop_site,
        manager=person("Ines Calloway", "General manager", shop, Person.MANAGER),
        second_manager=person("Ruben Achterberg", "Production manager", shop, Person.MANAGER),
        quality=person("Maud Ferreira", "Quality engineer", shop, Person.QUALITY),
        second_quality=person("Tomas Wray", "Quality engineer", shop, Person.QUALITY),
        inspector=person("Lotte Brandvold", "Inspector", shop, Person.INSPECTOR),
        operator=person("Sami Okonjo", "Machinist", shop, Person.OPERATOR),
        customer=customer,
        buyer=person("Greta Halloran", "Senior buyer", customer, Person.BUYER),
        customer_quality=person("Anton Belisle", "Supplier quality", customer, Person.CUSTOMER_QUALITY),
        vendor_organization=vendor,
        vendor_site=vendor_site,
        vendor=person("Dilys Marchetti", "Order desk", vendor, Person.VENDOR),
        stranger_customer=other_customer,
        stranger_buyer=person("Yves Corbin", "Buyer", other_customer, Person.BUYER),
        stranger_vendor_organization=other_vendor,
        stranger_vendor=person("Hank Oduya", "Order desk", other_vendor, Person.VENDOR),
    )
    grant_all(*(each for each in cast.people.values() if each.is_shop))
    return cast


def reauth(person: Person) -> str:
    """Give the password anew and return the token that one signature spends."""
    return confirm(person=person, password=PASSWORD)


@pytest.fixture
def cast(db) -> Cast:
    """Everybody, made anew for one test."""
    return make_cast()


@pytest.fixture
def sign_in(client):
    """Sign somebody in on the test client and return it."""

    def as_person(person: Person):
        client.force_login(person)
        return client

    return as_person
