"""Who is in the sample shop. The password is printed by the demo; it works nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.hashers import make_password

from portal.domain.labels import make_standard_labels
from portal.domain.reauthentication import confirm
from portal.models import Authority, Organization, Person, Site

PASSWORD = "kestrel ridge demo"
ACTS = {
    Person.OPERATOR: (Authority.SIGN_STEP,),
    Person.INSPECTOR: (Authority.SIGN_STEP, Authority.INSPECT),
    Person.QUALITY: tuple(act for act, _ in Authority.ACTS),
    Person.MANAGER: tuple(act for act, _ in Authority.ACTS),
}


@dataclass(frozen=True)
class People:
    """Everybody in the sample shop, by what they do."""

    manager: Person
    quality: Person
    second_quality: Person
    inspector: Person
    operator: Person
    buyer: Person
    vendor: Person
    customer: Organization
    vendor_site: Site
    metals: Organization


def make_people(*, since: date) -> People:
    """Make the sample shop, its customer and its vendors, with authorities in force since that day."""
    make_standard_labels()
    shop = _organization("KESTREL", "Kestrel Ridge Machining", Organization.SHOP, "8KR42")
    _site(shop, "MAIN", "Works", "418 Ridge Road", "Windsor", "CT", "06095", "America/New_York")
    customer = _organization("MERIDIAN", "Meridian Flight Controls", Organization.CUSTOMER, "")
    _site(customer, "EVT", "Everett", "2200 Airfield Way", "Everett", "WA", "98204", "America/Los_Angeles")
    anodizer = _organization("BLUEWATER", "Bluewater Anodizing", Organization.VENDOR, "5BW17")
    plant = _site(anodizer, "P2", "Plant 2", "77 Canal Street", "Holyoke", "MA", "01040", "America/New_York")
    metals = _organization("TOLLGATE", "Tollgate Metals", Organization.VENDOR, "3TG88")
    _site(metals, "DC", "Service centre", "9 Dock Road", "New Haven", "CT", "06511", "America/New_York")
    people = People(
        manager=_person("Helen Strand", "Plant manager", shop, Person.MANAGER),
        quality=_person("Amara Nwosu", "Quality engineer", shop, Person.QUALITY),
        second_quality=_person("Viktor Lindahl", "Senior quality engineer", shop, Person.QUALITY),
        inspector=_person("Josefa Reyes", "Inspector", shop, Person.INSPECTOR),
        operator=_person("Tom Ashdown", "Machinist", shop, Person.OPERATOR),
        buyer=_person("Claire Dufresne", "Supplier quality", customer, Person.CUSTOMER_QUALITY),
        vendor=_person("Ray Pacheco", "Customer service", anodizer, Person.VENDOR),
        customer=customer,
        vendor_site=plant,
        metals=metals,
    )
    for person in (people.manager, people.quality, people.second_quality, people.inspector, people.operator):
        for act in ACTS[person.role]:
            Authority.objects.create(
                person=person, act=act, valid_from=since, basis="Training record, sample shop"
            )
    return people


def token(person: Person) -> str:
    """Give a person's password anew, as the page would ask for it, and return what one signature spends."""
    return confirm(person=person, password=PASSWORD)


def _organization(number: str, name: str, kind: str, code: str) -> Organization:
    return Organization.objects.create(number=number, name=name, kind=kind, supplier_code=code)


def _site(
    organization: Organization,
    code: str,
    name: str,
    street: str,
    city: str,
    region: str,
    postal: str,
    zone: str,
) -> Site:
    return Site.objects.create(
        organization=organization,
        code=code,
        name=name,
        street=street,
        city=city,
        region=region,
        postal_code=postal,
        country="US",
        time_zone=zone,
    )


def _person(printed_name: str, title: str, organization: Organization, role: str) -> Person:
    local = printed_name.split()[0].lower()
    return Person.objects.create(
        email=f"{local}@{organization.number.lower()}.example",
        printed_name=printed_name,
        title=title,
        organization=organization,
        role=role,
        password=make_password(PASSWORD),
    )
