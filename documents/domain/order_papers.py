"""The order on paper as it goes with the parts: the work, what the certificate must state, the square to send it by."""

from __future__ import annotations

import segno
from django.template.loader import render_to_string
from django.utils import timezone, translation

from portal.languages import ENGLISH, language_of, tag_of
from portal.models import Organization, Person, Site
from subcontract.models import OutsideOrder

# the demand is printed from the order itself, not once more as an item
BY_THE_LINE = ("part", "specification", "material", "certificate")


def square_of(address: str, *, scale: int = 3) -> str:
    """Return the square that leads to an address, as a drawing without style or script."""
    # a quarter of the square may be oily or torn and it is still read
    return segno.make_qr(address, error="q").svg_inline(scale=scale, dark="#000", light="#fff")


def facts_of_paper(order: OutsideOrder, *, address: str = "") -> dict:
    """Return what the paper of an order prints.

    address: where its certificate is sent by link; only known when the link was made just now.
    The customer's name stands on it only where the shop shows it to vendors.
    """
    lines = order.lines.select_related(
        "specification",
        "step__operation",
        "traveler__route_revision__part_revision__part",
        "traveler__order_line__order__customer",
    ).prefetch_related("flowdown_items")
    shop = Organization.objects.filter(kind=Organization.SHOP).first()
    return {
        "order": order,
        "shop": shop,
        "ship_to": Site.objects.filter(organization=shop).order_by("pk").first() if shop else None,
        "lines": [_line(each) for each in lines],
        "address": address,
        "square": square_of(address) if address else "",
        "printed_at": timezone.now(),
        "signature": order.issue_signature,
    }


def _line(line) -> dict:
    customer = line.traveler.order_line.order.customer
    return {
        "line": line,
        "part": line.traveler.route_revision.part_revision,
        "customer": customer.name if customer.is_shown_to_vendors else "",
        "items": [
            item
            for item in line.flowdown_items.all()
            if item.state == item.INCLUDED and not item.is_withdrawn and item.key not in BY_THE_LINE
        ],
    }


def draw(order: OutsideOrder, *, address: str = "") -> bytes:
    """Return the paper of an order as a PDF."""
    from documents.package.renderer import paper_renderer

    language = language_of_paper(order)
    with translation.override(language):
        facts = {
            **facts_of_paper(order, address=address),
            "tag": tag_of(language),
            "is_translated": language != ENGLISH,
        }
        html = render_to_string("documents/order_paper.html", facts)
    return paper_renderer().render(html)


def language_of_paper(order: OutsideOrder) -> str:
    """Return the language the vendor reads: that of the first of its people who chose one."""
    people = Person.objects.filter(organization=order.site.organization, is_active=True).exclude(language="")
    return next((language_of(person) for person in people.order_by("pk")), ENGLISH)
