"""Which desks each role has, in the order of the chain of proof."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse

# (label, URL name, begins a new group), in the order of the chain of proof.
SHOP_DESKS = (
    ("Board", "documents:board", False),
    ("Orders", "routes:order-list", True),
    ("Parts", "routes:part-list", False),
    ("Routes", "routes:route-list", False),
    ("Travelers", "routes:traveler-list", True),
    ("Material", "routes:material-list", False),
    ("Gauges", "routes:gauge-list", False),
    ("Outside work", "subcontract:order-list", True),
    ("Inspection", "inspection:record-list", True),
    ("First articles", "inspection:first-article-list", False),
    ("Nonconformances", "inspection:nonconformance-list", False),
    ("Certificates", "documents:certificate-list", True),
    ("Shipments", "documents:shipment-list", False),
    ("People", "portal:person-list", True),
    ("Organizations", "portal:organization-list", False),
    ("Background work", "portal:job-list", False),
)
VENDOR_DESKS = (
    ("Orders", "subcontract:order-list", False),
    ("Certificates", "documents:certificate-list", False),
)
BUYER_DESKS = (("Packages", "documents:package-list", False), ("Orders", "routes:order-list", False))
DESKS_BY_ROLE = {"vendor": VENDOR_DESKS, "buyer": BUYER_DESKS, "customer_quality": BUYER_DESKS}


@dataclass(frozen=True)
class Desk:
    label: str
    url: str
    current: bool
    starts_group: bool


def _is_under(path: str, url: str) -> bool:
    # A desk that stands at the root would otherwise be current on every page.
    return path == url or (url != "/" and path.startswith(url))


def desks_of(person: Any, *, path: str) -> list[Desk]:
    """Return the desks of a person that have an address; the one `path` belongs to is current."""
    if person is None or not person.is_authenticated:
        return []
    found = []
    for label, name, starts_group in DESKS_BY_ROLE.get(person.role, SHOP_DESKS):
        try:
            found.append((label, reverse(name), starts_group))
        except NoReverseMatch:
            continue
    here = max((url for _, url, _ in found if _is_under(path, url)), key=len, default=None)
    return [Desk(label, url, url == here, starts_group) for label, url, starts_group in found]
