"""What waits for a customer's decision, on the page where the customer begins."""

from __future__ import annotations

from django.db.models import Q
from django.urls import reverse

from documents.domain.standing import slots_of
from documents.models import ReleasePackage
from inspection.models import ConcessionRequest, FirstArticle
from inspection.permissions import CUSTOMER_DECIDERS
from portal.models import Person
from routes.models import OrderLine, Traveler
from routes.permissions import POINT_RELEASERS


def waiting_for_customer(person: Person) -> list[dict]:
    """Return what this person can decide on now, what stops a lot first, packages last."""
    return [*_requests(person), *_first_articles(person), *_points(person), *_packages(person)]


def _requests(person: Person) -> list[dict]:
    """Return what the shop asks this customer to let pass; pieces stand still until it is answered."""
    if person.role not in CUSTOMER_DECIDERS:
        return []
    found = ConcessionRequest.objects.for_viewer(person).waiting().order_by("requested_at", "pk")
    return [
        {
            "what": f"{request.kind_words}: {request.description.splitlines()[0][:80]}",
            "number": request.number,
            "url": request.get_absolute_url(),
            "since": request.requested_at,
            "words": "None of these pieces ships before you let them pass.",
            "act": "Let them pass or refuse",
        }
        for request in found
    ]


def _first_articles(person: Person) -> list[dict]:
    """Return those whose order holds the goods until the customer has signed, also those it signed on a condition."""
    if person.role not in CUSTOMER_DECIDERS:
        return []
    found = (
        FirstArticle.objects.for_viewer(person)
        .filter(
            Q(state=FirstArticle.APPROVED, order_line__fai_regime=OrderLine.BEFORE_DISPATCH)
            | Q(state=FirstArticle.CONDITIONAL)
        )
        .select_related("part_revision__part", "approved_signature")
        .order_by("approved_signature__signed_at", "pk")
    )
    return [
        {
            "what": f"First article of {fair.part_revision}",
            "number": fair.number,
            "url": fair.get_absolute_url(),
            "since": fair.approved_signature.signed_at,
            "words": _words(fair),
            "act": "Sign it once that is met"
            if fair.state == FirstArticle.CONDITIONAL
            else "Sign or return it",
        }
        for fair in found
    ]


def _words(fair: FirstArticle) -> str:
    if fair.state != FirstArticle.CONDITIONAL:
        return "Nothing of its order ships before you sign it."
    return f"You approved it on a condition, due by {fair.condition_due_on:%-d %b %Y}."


def _points(person: Person) -> list[dict]:
    """Return the points where a lot stands and waits for the customer, from the kept chains: a second late at most."""
    if person.role not in POINT_RELEASERS:
        return []
    customer = person.organization.name
    lots = (
        Traveler.objects.open()
        .filter(
            order_line__in=OrderLine.objects.for_viewer(person), standing_chain__owners__contains=[customer]
        )
        .select_related("standing_chain")
        .order_by("order_line__due_on", "number")
    )
    return [
        {
            "what": f"Held for you by {slot.subject}: lot",
            "number": lot.number,
            "url": reverse("routes:point-let-go", kwargs=slot.url_kwargs),
            "since": slot.since,
            "words": "Be present, or let it go.",
            "act": "Let it go",
        }
        for lot in lots
        for slot, _ in slots_of(lot.standing_chain)
        if slot.code == "CLAUSES" and slot.stops and slot.owner == customer
    ]


def _packages(person: Person) -> list[dict]:
    found = (
        ReleasePackage.objects.for_viewer(person)
        .filter(state=ReleasePackage.RELEASED)
        .defer("manifest_bytes", "sections")
        .prefetch_related("shipment__lines__order_line__part_revision__part")
        .order_by("shared_at", "pk")
    )
    return [
        {
            "what": f"Release package of {_parts(package)}",
            "number": package.number,
            "url": package.get_absolute_url(),
            "since": package.shared_at,
            "words": "",
            "act": "Read and decide",
        }
        for package in found
    ]


def _parts(package: ReleasePackage) -> str:
    lines = package.shipment.lines.all()
    return ", ".join(dict.fromkeys(str(line.order_line.part_revision) for line in lines))
