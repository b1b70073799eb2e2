"""The settings desk: what the shop set up once and seldom changes, each with how it stands."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse

from portal.models import Job, Label, Organization, Person
from portal.permissions import QUALITY, SHOP
from portal.views.doors import LIST, opens

# label, URL name (a later room may answer it), what is kept there
DESKS = (
    ("People", "portal:person-list", "Who has an account, in which role, and what they may sign."),
    (
        "Organizations",
        "portal:organization-list",
        "The shop, its customers and vendors, and where they work.",
    ),
    ("Labels", "portal:label-list", "How strictly drawings and files are held, and where they may be sent."),
    (
        "Check policies",
        "documents:check-policy-list",
        "Which checks of the chain are in force for which customer, signed by whom.",
    ),
    (
        "Lock policies",
        "routes:lock-policy-list",
        "What may differ from an approved setup without a question, for which customer, signed by whom.",
    ),
    (
        "Trigger policies",
        "inspection:trigger-policy-list",
        "Which changes ask whether a first article still stands, signed by whom.",
    ),
    ("Imports", "documents:import-list", "Parts, orders, vendors and stock brought in from tables."),
    (
        "Retention",
        "documents:retention",
        "How long the proof of shipments is kept, what legal holds keep longer, and what was disposed of.",
    ),
    (
        "Store of files",
        "portal:store-finding-list",
        "What was found changed, missing or unknown when kept files were hashed again.",
    ),
    ("API tokens", "portal:token-list", "Machines that read or bring in records for a person."),
    ("Event log", "portal:log", "The signed head of everything that happened, and how others check it."),
    ("Background work", "portal:job-list", "What is rendered or read behind the pages, and what failed."),
    ("Components", "portal:components", "Every piece the pages are made of, and what each state looks like."),
)
# names of files stand there, also of those that not everybody may see
OF_QUALITY = ("Store of files",)


def counted(number: int, word: str, words: str = "") -> str:
    """Return a number with its word: 1 label, 2 labels."""
    return f"{number} {word if number == 1 else words or word + 's'}"


def standing(person: Person) -> dict[str, tuple[str, str]]:
    """Return how each desk stands in a few words, and the state it is shown in when it asks for somebody."""
    people = Person.objects.for_viewer(person).aggregate(
        active=Count("pk", filter=Q(is_active=True)), disabled=Count("pk", filter=Q(is_active=False))
    )
    kinds = Organization.objects.for_viewer(person).aggregate(
        customers=Count("pk", filter=Q(kind=Organization.CUSTOMER)),
        vendors=Count("pk", filter=Q(kind=Organization.VENDOR)),
    )
    jobs = Job.objects.for_viewer(person).aggregate(
        parked=Count("pk", filter=Q(state=Job.PARKED)),
        moving=Count("pk", filter=Q(state__in=(Job.WAITING, Job.WORKING))),
    )
    return {
        "People": (f"{people['active']} active, {people['disabled']} disabled", ""),
        "Organizations": (
            f"{counted(kinds['customers'], 'customer')}, {counted(kinds['vendors'], 'vendor')}",
            "",
        ),
        "Labels": (counted(Label.objects.for_viewer(person).count(), "label"), ""),
        "Background work": (
            (f"{jobs['parked']} set aside", "parked") if jobs["parked"] else (f"{jobs['moving']} to do", "")
        ),
    }


def desks(person: Person) -> Iterator[dict[str, str]]:
    """Return the desks that have an address."""
    stands = standing(person)
    for label, name, sentence in DESKS:
        if label in OF_QUALITY and person.role not in QUALITY:
            continue
        try:
            url = reverse(name)
        except NoReverseMatch:
            continue
        words, state = stands.get(label, ("", ""))
        yield {"label": label, "url": url, "sentence": sentence, "words": words, "state": state}


@opens(scope=LIST, roles=SHOP)
def settings(request: HttpRequest) -> HttpResponse:
    """Show what can be set up, and how it stands."""
    return render(request, "portal/settings.html", {"desks": list(desks(request.user))})
