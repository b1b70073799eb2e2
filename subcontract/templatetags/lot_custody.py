"""Who has the pieces of a lot, for the lot's own page in an earlier room."""

from __future__ import annotations

from typing import Any

from django import template

from subcontract.views.lot_custody import path_of

register = template.Library()


@register.simple_tag(takes_context=True)
def lot_custody(context: template.Context, traveler) -> dict[str, Any] | None:
    """Return the way of one lot's pieces, for people of the shop: `{% lot_custody record as custody %}`."""
    person = getattr(context.get("request"), "user", None)
    if person is None or not person.is_authenticated or not person.is_shop:
        return None
    return path_of(traveler)
