"""Which desks each role has, in the order of the chain of proof, and what stands on each desk.

Desks belong to later rooms, so they are known here by the name of their address only; one that has no address
is left out.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

# (label, URL name, [what stands on the desk: (label, URL name, other addresses of it)], other addresses of the desk)
SHOP_DESKS = (
    ("Board", "documents:board", (), ()),
    (
        "Orders",
        "routes:order-list",
        (
            ("Customer orders", "routes:order-list"),
            ("Clauses", "routes:clause-list"),
            ("Points of customers", "documents:point-list"),
        ),
        ("/clauses/", "/clause-evidence/"),
    ),
    (
        "Routes",
        "routes:route-list",
        (
            ("Routes", "routes:route-list"),
            ("Parts", "routes:part-list"),
            ("Specifications", "routes:specification-list"),
            ("Coating growth", "routes:growth-list"),
        ),
        ("/setups/", "/handoffs/"),
    ),
    (
        "Travelers",
        "routes:traveler-list",
        (
            ("Travelers", "routes:traveler-list"),
            ("Shop floor", "routes:floor"),
            ("Material", "routes:material-list"),
        ),
        ("/steps/", "/holds/"),
    ),
    (
        "Outside work",
        "subcontract:order-list",
        (
            ("Outside orders", "subcontract:order-list"),
            ("Who has the parts", "subcontract:custody"),
            ("Vendor approvals", "subcontract:approval-list"),
            ("Vendor register", "subcontract:vendor-register"),
            ("Delegations", "subcontract:delegation-list"),
            ("Scorecards", "documents:scorecard-list"),
        ),
        ("/registrations/", "/agreements/", "/over-returns/", "/delays/"),
    ),
    (
        "Inspection",
        "inspection:record-list",
        (
            ("Inspections", "inspection:record-list"),
            ("First articles", "inspection:first-article-list"),
            ("Evaluations", "inspection:evaluation-list"),
            ("Nonconformances", "inspection:nonconformance-list"),
            ("Concessions", "inspection:concession-request-list"),
            ("Corrective actions", "inspection:corrective-action-list"),
            ("Drift", "inspection:drift-alarm-list"),
            ("Gauges", "routes:gauge-list"),
            ("Sampling", "inspection:sampling-list"),
            ("Build-up learnt", "inspection:build-up-list"),
        ),
        ("/concessions/", "/finding-codes/", "/drift/", "/gauge-studies/"),
    ),
    (
        "Certificates",
        "documents:certificate-list",
        (
            ("Certificates", "documents:certificate-list"),
            ("Waiting", "documents:certificate-queue"),
            ("What came in", "documents:arrival-list"),
        ),
        (),
    ),
    (
        "Releases",
        "documents:shipment-list",
        (
            ("Shipments", "documents:shipment-list"),
            ("Packages", "documents:package-list"),
            ("Waivers", "documents:waiver-list"),
            ("Notices", "documents:notice-list"),
        ),
        (),
    ),
    (
        "Settings",
        "portal:settings",
        (
            ("Overview", "portal:settings"),
            ("People", "portal:person-list"),
            ("Organizations", "portal:organization-list"),
            ("Labels", "portal:label-list"),
            ("Check policies", "documents:check-policy-list"),
            ("Lock policies", "routes:lock-policy-list"),
            ("Trigger policies", "inspection:trigger-policy-list"),
            ("Imports", "documents:import-list"),
            ("API tokens", "portal:token-list"),
            ("Background work", "portal:job-list"),
        ),
        (),
    ),
)
# what the shop has on record of an outsider
OWN_REGISTER = (
    _("Register"),
    "subcontract:registration-list",
    (
        (_("Registrations"), "subcontract:registration-list"),
        (_("Agreements"), "subcontract:agreement-list"),
        (_("Delegations"), "subcontract:delegation-list"),
    ),
    (),
)
VENDOR_DESKS = (
    (
        _("Orders"),
        "subcontract:order-list",
        (
            (_("Orders"), "subcontract:order-list"),
            (_("Where the parts are"), "subcontract:custody"),
            (_("Your scorecard"), "documents:scorecard-own", "/scorecards/"),
        ),
        (),
    ),
    (_("Certificates"), "documents:certificate-list", (), ()),
    (_("Corrective actions"), "inspection:corrective-action-list", (), ()),
    OWN_REGISTER,
)
BUYER_DESKS = (
    (
        "Packages",
        "documents:package-list",
        (("Packages", "documents:package-list"), ("Notices", "documents:notice-list")),
        (),
    ),
    ("First articles", "inspection:first-article-list", (), ()),
    ("Points", "documents:point-list", (), ()),
    (
        "Waivers",
        "documents:waiver-list",
        (("Waivers", "documents:waiver-list"), ("Concessions", "inspection:concession-request-list")),
        ("/nonconformances/",),
    ),
    (
        "Orders",
        "routes:order-list",
        (("Orders", "routes:order-list"), ("Where the parts are", "subcontract:custody")),
        (),
    ),
    ("Parts", "routes:part-list", (), ()),
    OWN_REGISTER,
)
DESKS_BY_ROLE = {"vendor": VENDOR_DESKS, "buyer": BUYER_DESKS, "customer_quality": BUYER_DESKS}

# What somebody of each role usually looks for; the rest of the house may be typed as well.
SOUGHT_BY_ROLE = {
    "vendor": _("Order, lot or certificate number"),
    "buyer": "PO, part or package number",
    "customer_quality": "PO, part or package number",
    "operator": "Lot, heat or serial number",
    "inspector": "Lot, serial or gauge number",
}
SOUGHT = "Any number: lot, PO, heat, serial"


@dataclass(frozen=True)
class Desk:
    """One way to go; `here` says it is this very page, `current` that this page belongs to it."""

    label: str
    url: str
    current: bool = False
    here: bool = False
    subs: list[Desk] = field(default_factory=list)


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _fit(path: str, url: str) -> int:
    """Return how much of `path` lies below `url`; 0 when it does not belong there."""
    # a desk that stands at the root would otherwise be current on every page
    return len(url) if url and (path == url or (url != "/" and path.startswith(url))) else 0


def desks_of(person: Any, *, path: str) -> list[Desk]:
    """Return the desks of a person that have an address; the one `path` belongs to is current."""
    if person is None or not person.is_authenticated:
        return []
    found = []
    for label, name, subs, others in DESKS_BY_ROLE.get(person.role, SHOP_DESKS):
        below = [(each, (_address(sub), *more)) for each, sub, *more in subs]
        fit = max(
            _fit(path, url) for url in (_address(name), *(url for _, urls in below for url in urls), *others)
        )
        if url := _address(name):
            found.append((label, url, [pair for pair in below if pair[1][0]], fit))
    best = max((fit for *_, fit in found), default=0)
    return [
        Desk(gettext(label), url, bool(best) and fit == best, path == url, _marked(below, path=path))
        for label, url, below, fit in found
    ]


def _marked(below: list[tuple[str, tuple[str, ...]]], *, path: str) -> list[Desk]:
    """Return what stands on a desk, the best fitting of it current; one thing alone needs no row."""
    fits = [max(_fit(path, url) for url in urls) for _, urls in below]
    best = max(fits, default=0)
    marked = [
        Desk(gettext(label), urls[0], 0 < fit == best, path == urls[0])
        for (label, urls), fit in zip(below, fits, strict=True)
    ]
    return marked if len(marked) > 1 else []


def sought_by(person: Any) -> str:
    """Return what the search field suggests to a person."""
    return gettext(SOUGHT_BY_ROLE.get(getattr(person, "role", ""), SOUGHT))
