"""Customers, vendors and the places where they work."""

from __future__ import annotations

import re
from zoneinfo import available_timezones

from django.db import transaction

from portal.domain.errors import NotEntitled, Refused
from portal.domain.events import record_event
from portal.models import Organization, Person, Site
from portal.permissions import may_manage_organizations

CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{0,39}")
COUNTRY = re.compile(r"[A-Z]{2}")


class CodeRefused(Refused):
    """A short code is not one, or is somebody else's."""

    code = "code-refused"


class PlaceRefused(Refused):
    """A site's country or time zone is not known."""

    code = "place-refused"


def _require_entitled(by: Person | None) -> None:
    """Refuse a person who may not; None stands for the set-up, before anybody exists."""
    if by is not None and not may_manage_organizations(by):
        raise NotEntitled(
            f"{by.printed_name} may not add organizations; ask a quality engineer or a manager."
        )


def _clean_code(text: str) -> str:
    code = text.strip().upper()
    if not CODE.fullmatch(code):
        raise CodeRefused(
            f"{text!r} is not a short code. Use letters A to Z, digits and hyphens, as in NORTH-1."
        )
    return code


@transaction.atomic
def add_organization(
    *,
    by: Person | None,
    number: str,
    name: str,
    kind: str,
    supplier_code: str = "",
    is_shown_to_vendors: bool = False,
) -> Organization:
    """Add a customer or a vendor; the set-up alone adds the shop.

    Raises:  NotEntitled; CodeRefused when the code is malformed or taken.
    """
    _require_entitled(by)
    if by is not None and kind == Organization.SHOP:
        raise NotEntitled("One installation is one shop. Add a customer or a vendor.")
    code = _clean_code(number)
    if taken := Organization.objects.filter(number=code).first():
        raise CodeRefused(f"{code} is the code of {taken.name}. Choose another code.")
    organization = Organization.objects.create(
        number=code,
        name=name.strip(),
        kind=kind,
        supplier_code=supplier_code.strip(),
        is_shown_to_vendors=is_shown_to_vendors,
    )
    record_event(by=by, verb="add", noun="organization", number=code, data={"kind": kind, "name": name})
    return organization


@transaction.atomic
def add_site(
    *,
    by: Person | None,
    organization: Organization,
    code: str,
    name: str,
    country: str,
    time_zone: str = "UTC",
    street: str = "",
    city: str = "",
    region: str = "",
    postal_code: str = "",
) -> Site:
    """Add a place where an organization works.

    Raises:  NotEntitled; CodeRefused when the code is malformed or taken; PlaceRefused.
    """
    _require_entitled(by)
    code, country = _clean_code(code), country.strip().upper()
    if not COUNTRY.fullmatch(country):
        raise PlaceRefused(f"{country!r} is not a country code of two letters, as in US or DE.")
    if time_zone not in available_timezones():
        raise PlaceRefused(f"{time_zone!r} is not a known time zone. Write it as in Europe/Berlin.")
    if organization.sites.filter(code=code).exists():
        raise CodeRefused(f"{organization.name} has a site {code} already. Choose another code.")
    site = Site.objects.create(
        organization=organization,
        code=code,
        name=name.strip(),
        street=street,
        city=city,
        region=region,
        postal_code=postal_code,
        country=country,
        time_zone=time_zone,
    )
    record_event(by=by, verb="add_site", noun="organization", number=organization.number, data={"site": code})
    return site
