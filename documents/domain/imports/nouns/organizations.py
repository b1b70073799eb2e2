"""Customers and vendors, each with the places where they work."""

from __future__ import annotations

from types import SimpleNamespace

from documents.domain.imports.columns import CHOICE, TRUTH, Column, Table
from documents.domain.imports.nouns.noun import Noun
from documents.domain.imports.outcome import Outcome
from portal.domain.errors import Incomplete
from portal.domain.organizations import CodeRefused, add_organization, add_site
from portal.models import Organization, Person, Site
from routes.domain.terms import change_terms, terms_of
from routes.models import OrderLine

REGIMES = (
    (OrderLine.BEFORE_DISPATCH, ("approved before dispatch", "before", "before dispatch")),
    (OrderLine.WITH_FIRST, ("with the first shipment", "with first", "with first shipment")),
    (OrderLine.HELD_BY_CUSTOMER, ("held by the customer", "held")),
    (OrderLine.NONE, ("none", "none demanded", "no")),
)
SITE = (
    Column(
        "site_code",
        "Site code",
        "Short code of a place. Empty: MAIN.",
        "MAIN",
        most=40,
        synonyms=("site", "plant"),
    ),
    Column("site_name", "Site name", "What the place is called. Empty: Main works.", "Main works"),
    Column(
        "street", "Street", "Address, as it stands on certificates.", "4 Foundry Road", synonyms=("address",)
    ),
    Column("city", "City", "", "Dayton", most=100, synonyms=("town",)),
    Column("region", "Region", "State or region.", "OH", most=100, synonyms=("state", "province")),
    Column("postal_code", "Postal code", "", "45402", most=20, synonyms=("zip", "zip code", "postcode")),
    Column(
        "country",
        "Country",
        "ISO code of two letters; needed as soon as anything of a site is given.",
        "US",
        most=2,
        synonyms=("country code",),
    ),
    Column(
        "time_zone",
        "Time zone",
        "Where days on its papers are read. Empty: UTC.",
        "America/New_York",
        most=64,
        synonyms=("timezone",),
    ),
)


def _identity(code: str, name: str) -> tuple[Column, ...]:
    """Return the columns that name an organization, with an example of its kind."""
    return (
        Column(
            "code",
            "Code",
            "Short code of the organization.",
            code,
            True,
            most=40,
            synonyms=("short code", "id"),
        ),
        Column("name", "Name", "Its full name.", name, True, synonyms=("company", "company name")),
        Column(
            "supplier_code",
            "Supplier code",
            "CAGE, or the code a customer gave.",
            "1AB23",
            most=40,
            synonyms=("cage", "cage code"),
        ),
    )


CUSTOMERS = Table(
    code="customers",
    title="Customers",
    lead="Who orders, where they are, and what was agreed for all their orders. A second site is a second row.",
    columns=(
        *_identity("NORTH-1", "Northfield Aerospace"),
        Column(
            "is_shown_to_vendors",
            "Shown to vendors",
            "Whether vendors may read the name on their orders. Empty: no.",
            "no",
            kind=TRUTH,
        ),
        Column(
            "fai_regime",
            "First article",
            "How new order lines take first articles.",
            "approved before dispatch",
            kind=CHOICE,
            choices=REGIMES,
            synonyms=("fai", "fai regime"),
        ),
        Column(
            "needs_package_approval",
            "Approves packages",
            "Whether the buyer approves a package before dispatch.",
            "no",
            kind=TRUTH,
        ),
        *SITE,
    ),
    key=("code", "site_code"),
)
VENDORS = Table(
    code="vendors",
    title="Vendors",
    lead="Who works for the shop or sells to it, and at which sites. A second site is a second row.",
    columns=(*_identity("BRIGHT-1", "Bright Finishing"), *SITE),
    key=("code", "site_code"),
)


def take_customer(row: SimpleNamespace, by: Person) -> Outcome:
    """Add a customer, its terms and the site of this row."""
    outcome = Outcome()
    customer = _organization(row, Organization.CUSTOMER, by, outcome, is_shown=bool(row.is_shown_to_vendors))
    outcome.compare("Shown to vendors", customer.is_shown_to_vendors, row.is_shown_to_vendors)
    # terms agreed with a customer this row adds change nothing that was there
    _take_terms(row, customer, by, Outcome() if outcome.made else outcome)
    _take_site(row, customer, by, outcome)
    return outcome


def take_vendor(row: SimpleNamespace, by: Person) -> Outcome:
    """Add a vendor and the site of this row."""
    outcome = Outcome()
    vendor = _organization(row, Organization.VENDOR, by, outcome)
    _take_site(row, vendor, by, outcome)
    return outcome


def _organization(
    row: SimpleNamespace, kind: str, by: Person, outcome: Outcome, *, is_shown: bool = False
) -> Organization:
    there = Organization.objects.filter(number=row.code.upper()).first()
    if there is None:
        outcome.made.append(f"{kind} {row.code.upper()}")
        return add_organization(
            by=by,
            number=row.code,
            name=row.name,
            kind=kind,
            supplier_code=row.supplier_code or "",
            is_shown_to_vendors=is_shown,
        )
    if there.kind != kind:
        raise CodeRefused(
            f"{there.number} is the code of {there.name}, a {there.kind} and no {kind}. Choose another code."
        )
    outcome.compare("Name", there.name, row.name)
    outcome.compare("Supplier code", there.supplier_code, row.supplier_code)
    return there


def _take_terms(row: SimpleNamespace, customer: Organization, by: Person, outcome: Outcome) -> None:
    agreed = terms_of(customer)
    changes = [
        outcome.change("First article", _regime(agreed.fai_regime), _regime(row.fai_regime)),
        outcome.change("Approves packages", agreed.needs_package_approval, row.needs_package_approval),
    ]
    if any(changes):
        approval = row.needs_package_approval
        change_terms(
            by=by,
            customer=customer,
            fai_regime=row.fai_regime or agreed.fai_regime,
            needs_package_approval=agreed.needs_package_approval if approval is None else approval,
        )


def _regime(code: str | None) -> str | None:
    return dict(OrderLine.FAI_REGIMES)[code] if code else None


def _take_site(row: SimpleNamespace, organization: Organization, by: Person, outcome: Outcome) -> None:
    given = {column.name: getattr(row, column.name) for column in SITE}
    if not any(given.values()):
        return
    code = (given.pop("site_code") or "MAIN").upper()
    there = organization.sites.filter(code=code).first()
    if there is None:
        _add_site(organization, code, given, by)
        outcome.made.append(f"site {code}")
        return
    _compare_site(there, given, outcome)


def _add_site(organization: Organization, code: str, given: dict, by: Person) -> Site:
    if not given["country"]:
        raise Incomplete(f"Site {code} of {organization.name} has no country. Give its code of two letters.")
    given = {**given, "name": given["site_name"] or "Main works", "time_zone": given["time_zone"] or "UTC"}
    given.pop("site_name")
    return add_site(
        by=by, organization=organization, code=code, **{name: value or "" for name, value in given.items()}
    )


def _compare_site(there: Site, given: dict, outcome: Outcome) -> None:
    for column in SITE[1:]:
        field = "name" if column.name == "site_name" else column.name
        value = given[column.name]
        if field == "country" and value:
            value = value.upper()
        outcome.compare(f"{column.title} of site {there.code}", getattr(there, field), value)


NOUNS = (
    Noun(CUSTOMERS, take_customer, lambda: Organization.objects.customers(), "portal:organization-list"),
    Noun(VENDORS, take_vendor, lambda: Organization.objects.vendors(), "portal:organization-list"),
)
