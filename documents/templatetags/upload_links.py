"""The links of an outside order, on its page in an earlier room."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse

from documents.domain.upload_links import OPEN, ends_at
from subcontract.models import OutsideOrder

register = template.Library()


@register.simple_tag
def links_of_order(order: OutsideOrder) -> dict[str, Any]:
    """Return the links of an order with what each still opens: `{% links_of_order record as links %}`."""
    if order.state not in OPEN and not order.upload_links.exists():
        return {}
    rows = order.upload_links.select_related("made_by", "revoked_by").order_by("-link_number")
    ends = ends_at(order)
    return {
        "rows": [{"link": link, "revoke_url": _revoke_url(order, link)} for link in rows],
        "ends_at": ends,
        "paper_url": reverse("documents:order-paper", args=[order.number]),
        "make_url": reverse("documents:link-make", args=[order.number]) if order.state in OPEN else "",
    }


def _revoke_url(order: OutsideOrder, link) -> str:
    return (
        reverse("documents:link-revoke", args=[order.number, link.link_number]) if not link.revoked_at else ""
    )
