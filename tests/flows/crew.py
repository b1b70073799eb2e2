"""Who works through the pages: a shop set up by its first manager, everybody else invited by link."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from tests.flows.pages import Visitor

PASSWORD = "five brass keys on a nail"
NOT_THE_PASSWORD = [
    "Nothing was saved. 1 answer below needs a correction; what you entered is still there.",
    "The password is not right, so nothing was signed. Type it again.",
]
SHOP, CUSTOMER, ANODIZER, MILL = (
    "Marsh Lane Machining",
    "Corvid Aerostructures",
    "Silverbeck Finishing",
    "Ashgrove Metals",
)
ORGANIZATIONS = (  # name, short code, kind, its site, country
    (CUSTOMER, "CORVID", "Customer", "Assembly hall", "US"),
    (ANODIZER, "SILVERBECK", "Vendor", "Tank line 2", "US"),
    (MILL, "ASHGROVE", "Vendor", "Warehouse", "US"),
)
INVITED = {  # name in the crew: printed name, title, organization, role
    "quality": ("Edda Morrow", "Quality engineer", SHOP, "Quality engineer"),
    "second_quality": ("Jonas Pell", "Senior quality engineer", SHOP, "Quality engineer"),
    "inspector": ("Wren Castellan", "Inspector", SHOP, "Inspector"),
    "operator": ("Iggy Thorne", "Machinist", SHOP, "Operator"),
    "buyer": ("Salome Whitby", "Supplier quality", CUSTOMER, "Customer quality"),
    "vendor": ("Barnaby Quill", "Order desk", ANODIZER, "Vendor"),
}
ENGINEER = (
    "Inspect and accept",
    "Accept or reject certificates",
    "Approve routes and setups",
    "Approve first articles",
    "Disposition nonconformances and holds",
    "Issue outside orders",
    "Sign certificates of conformity",
    "Release and dispatch shipments",
)
MAY = {
    "quality": ENGINEER,
    "second_quality": ENGINEER,
    "inspector": ("Sign production steps", "Inspect and accept"),
    "operator": ("Sign production steps",),
}


@dataclass(frozen=True)
class Crew:
    """Everybody at a browser of their own, signed in."""

    manager: Visitor
    quality: Visitor
    second_quality: Visitor
    inspector: Visitor
    operator: Visitor
    buyer: Visitor
    vendor: Visitor


def email_of(printed_name: str) -> str:
    return f"{printed_name.split()[0].lower()}@story.example"


def make_crew(manager: Visitor | None = None) -> Crew:
    """Set the portal up by its own pages: shop, customer, vendors, people, authorities.

    manager: who comes first; everybody else comes the same way, at a browser of the same kind.
    """
    manager = set_up(manager or Visitor())
    for row in ORGANIZATIONS:
        add_organization(manager, *row)
    links = {name: invite(manager, *row) for name, row in INVITED.items()}
    invited = {name: accept(manager, link, INVITED[name][0]) for name, link in links.items()}
    for name, acts in MAY.items():
        grant(manager, INVITED[name][0], acts)
    return Crew(manager=manager, **invited)


def set_up(manager: Visitor) -> Visitor:
    manager.open("/")
    assert manager.heading == "Set up the portal"
    manager.send(
        "Set up",
        {
            "Short code of your shop": "MARSH",
            "Name of your shop": SHOP,
            "Name of its site": "Main works",
            "Country": "US",
            "Time zone": "UTC",
            "Your name as you sign": "Hester Vane",
            "Your title": "Plant manager",
            "E-mail address": "hester@story.example",
            "New password": PASSWORD,
            "The new password again": PASSWORD,
        },
    )
    assert manager.address == reverse("documents:board")
    assert manager.another().open(reverse("portal:set-up")).heading == "Sign in"  # it closed for ever
    return manager


def add_organization(manager: Visitor, name: str, code: str, kind: str, site: str, country: str) -> None:
    manager.open(reverse("portal:organization-list")).follow("Add a customer or vendor")
    manager.send("Add", {"Kind": kind, "Short code": code, "Name": name})
    assert manager.told == [f"{name} is known as {code}. Add its site next."]
    manager.follow("Add a site")
    place = {"Street": "4 Quay Row", "City": "Harborough", "Country": country, "Time zone": "UTC"}
    manager.send("Add", {"Name of the site": site, **place})
    assert manager.told == [f"The site {site} is known."]


def invite(manager: Visitor, printed_name: str, title: str, organization: str, role: str) -> str:
    """Invite somebody and return the link the page shows once."""
    manager.open(reverse("portal:person-invite"))
    manager.send(
        "Make the link",
        {
            "Name as it is signed": printed_name,
            "Title": title,
            "E-mail address": email_of(printed_name),
            "Organization": organization,
            "Role": role,
        },
    )
    assert manager.heading == f"Invitation of {printed_name}"
    return manager.page.get_element_by_id("link").get("value").removeprefix(manager.base)


def accept(manager: Visitor, link: str, printed_name: str) -> Visitor:
    """Open the account an invitation offers, leave, and come back through the sign-in page."""
    person = manager.another().open(link)
    assert person.heading == f"Welcome, {printed_name}"
    person.send("Open my account", {"New password": PASSWORD, "The new password again": PASSWORD})
    assert person.told == ["Your account is open."]
    person.send("Sign out")
    assert manager.another().open(link, status=410).heading == "This link opens nothing"
    return person.sign_in(email_of(printed_name), PASSWORD)


def grant(manager: Visitor, printed_name: str, acts: tuple[str, ...]) -> None:
    for act in acts:
        manager.open(reverse("portal:person-detail", args=[email_of(printed_name)]))
        manager.follow("Grant an authority")
        manager.send("Grant", {"May": act, "Basis": "Training record"})
        assert manager.told == [f"{printed_name} holds the authority."]
