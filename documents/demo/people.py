"""Who is in the sample shop. The password is printed by the demo; it works nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from django.contrib.auth.hashers import make_password

from portal.domain.labels import make_standard_labels
from portal.domain.pins import set_pin
from portal.domain.reauthentication import confirm, issue
from portal.models import Authority, Organization, Person, Site

PASSWORD = "kestrel ridge demo"
# since when everybody of the shop may do what they do
SINCE = date(2020, 1, 1)
OPERATORS_PIN, INSPECTORS_PIN = "580213", "731940"
ACTS = {
    Person.OPERATOR: (Authority.SIGN_STEP,),
    Person.INSPECTOR: (Authority.SIGN_STEP, Authority.INSPECT),
    Person.QUALITY: tuple(act for act, _ in Authority.ACTS),
    Person.MANAGER: tuple(act for act, _ in Authority.ACTS),
}


# number, name, kind, code, then its site: code, name, street, city, region, postal code, time zone
ORGANIZATIONS = (
    ("KESTREL", "Kestrel Ridge Machining", Organization.SHOP, "8KR42"),
    ("MERIDIAN", "Meridian Flight Controls", Organization.CUSTOMER, ""),
    ("ARDENT", "Ardent Medical Robotics", Organization.CUSTOMER, ""),
    ("SOLVANE", "Solvane Subsea", Organization.CUSTOMER, ""),
    ("BLUEWATER", "Bluewater Anodizing", Organization.VENDOR, "5BW17"),
    ("TOLLGATE", "Tollgate Metals", Organization.VENDOR, "3TG88"),
    ("CINDERHILL", "Cinder Hill Heat Treating", Organization.VENDOR, "7CH03"),
    ("LOWELL", "Lowell Plating Works", Organization.VENDOR, "2LP64"),
)
SITES = (
    ("KESTREL", "MAIN", "Works", "418 Ridge Road", "Windsor", "CT", "06095", "America/New_York"),
    ("MERIDIAN", "EVT", "Everett", "2200 Airfield Way", "Everett", "WA", "98204", "America/Los_Angeles"),
    ("ARDENT", "MSP", "Minneapolis", "61 Mill District", "Minneapolis", "MN", "55401", "America/Chicago"),
    ("SOLVANE", "HOU", "Houston", "900 Ship Channel Drive", "Houston", "TX", "77015", "America/Chicago"),
    ("BLUEWATER", "P2", "Plant 2", "77 Canal Street", "Holyoke", "MA", "01040", "America/New_York"),
    ("TOLLGATE", "DC", "Service centre", "9 Dock Road", "New Haven", "CT", "06511", "America/New_York"),
    ("CINDERHILL", "F1", "Furnace hall", "12 Kiln Street", "Waterbury", "CT", "06702", "America/New_York"),
    ("LOWELL", "MAIN", "Plating works", "340 Mill Street", "Lowell", "MA", "01852", "America/New_York"),
)


@dataclass(frozen=True)
class People:
    """Everybody in the sample shop, by what they do; organizations, sites and outsiders by organization number."""

    manager: Person
    quality: Person
    second_quality: Person
    inspector: Person
    operator: Person
    organizations: dict[str, Organization]
    sites: dict[str, Site]
    outsiders: dict[str, Person]

    @property
    def customer(self) -> Organization:
        return self.organizations["MERIDIAN"]

    @property
    def metals(self) -> Organization:
        return self.organizations["TOLLGATE"]

    @property
    def buyer(self) -> Person:
        return self.outsiders["MERIDIAN"]

    @property
    def vendor(self) -> Person:
        return self.outsiders["BLUEWATER"]

    @property
    def vendor_site(self) -> Site:
        return self.sites["BLUEWATER"]


def make_people(*, since: date) -> People:
    """Make the sample shop, its customers and its vendors, with authorities in force since that day."""
    make_standard_labels()
    there = {
        number: Organization.objects.create(number=number, name=name, kind=kind, supplier_code=code)
        for number, name, kind, code in ORGANIZATIONS
    }
    sites = {row[0]: _site(there[row[0]], *row[1:]) for row in SITES}
    shop = there["KESTREL"]
    quality_of = Person.CUSTOMER_QUALITY
    people = People(
        manager=_person("Helen Strand", "Plant manager", shop, Person.MANAGER),
        quality=_person("Amara Nwosu", "Quality engineer", shop, Person.QUALITY),
        second_quality=_person("Viktor Lindahl", "Senior quality engineer", shop, Person.QUALITY),
        inspector=_person("Josefa Reyes", "Inspector", shop, Person.INSPECTOR),
        operator=_person("Tom Ashdown", "Machinist", shop, Person.OPERATOR),
        organizations=there,
        sites=sites,
        outsiders={
            "MERIDIAN": _person("Claire Dufresne", "Supplier quality", there["MERIDIAN"], quality_of),
            "ARDENT": _person("Owen Bricker", "Receiving quality", there["ARDENT"], quality_of),
            "SOLVANE": _person("Sanna Virtanen", "Buyer", there["SOLVANE"], Person.BUYER),
            "BLUEWATER": _person("Ray Pacheco", "Customer service", there["BLUEWATER"], Person.VENDOR),
            "CINDERHILL": _person("Dana Kowal", "Shift lead", there["CINDERHILL"], Person.VENDOR),
            "LOWELL": _person("Grace Osei", "Office", there["LOWELL"], Person.VENDOR),
        },
    )
    for person in (people.manager, people.quality, people.second_quality, people.inspector, people.operator):
        for act in ACTS[person.role]:
            Authority.objects.create(
                person=person, act=act, valid_from=since, basis="Training record, sample shop"
            )
    for person, badge, pin in (
        (people.operator, "KR-1042", OPERATORS_PIN),
        (people.inspector, "KR-1017", INSPECTORS_PIN),
    ):
        set_pin(by=person, badge_number=badge, pin=pin, password=PASSWORD)
    return people


def token(person: Person) -> str:
    """Give a person's password, as the page would ask for it, and return what one signature spends.

    Telling a right password takes a quarter of a second, and the shop is signed for some 140 times while a newcomer
    waits: each stored password is tried once.
    """
    if person.is_active and person.password in _tried:
        return issue(person=person)
    given = confirm(person=person, password=PASSWORD)
    _tried.add(person.password)
    return given


# stored passwords that PASSWORD was found to open
_tried: set[str] = set()


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


@cache
def _stored_password() -> str:
    """Hash the one password everybody of the sample shop has, once: it is printed at every start."""
    return make_password(PASSWORD)


# who of the outsiders was attested to be eligible; everybody in the shop was
ELIGIBLE = ("MERIDIAN", "BLUEWATER")


def _person(printed_name: str, title: str, organization: Organization, role: str) -> Person:
    local = printed_name.split()[0].lower()
    return Person.objects.create(
        email=f"{local}@{organization.number.lower()}.example",
        printed_name=printed_name,
        title=title,
        organization=organization,
        role=role,
        is_export_eligible=role in Person.SHOP_ROLES or organization.number in ELIGIBLE,
        password=_stored_password(),
    )
