"""What waits for a customer's decision, on the page where the customer begins."""

from __future__ import annotations

from documents.models import ReleasePackage
from inspection.models import ConcessionRequest, FirstArticle
from inspection.permissions import CUSTOMER_DECIDERS
from portal.models import Person
from routes.models import OrderLine


def waiting_for_customer(person: Person) -> list[dict]:
    """Return what this person can decide on now, what waits longest first: requests, first articles, packages."""
    return [*_requests(person), *_first_articles(person), *_packages(person)]


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
    """Return those whose order holds the goods until the customer has signed."""
    if person.role not in CUSTOMER_DECIDERS:
        return []
    found = (
        FirstArticle.objects.for_viewer(person)
        .filter(state=FirstArticle.APPROVED, order_line__fai_regime=OrderLine.BEFORE_DISPATCH)
        .select_related("part_revision__part", "approved_signature")
        .order_by("approved_signature__signed_at", "pk")
    )
    return [
        {
            "what": f"First article of {fair.part_revision}",
            "number": fair.number,
            "url": fair.get_absolute_url(),
            "since": fair.approved_signature.signed_at,
            "words": "Nothing of its order ships before you sign it.",
            "act": "Sign or return it",
        }
        for fair in found
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
