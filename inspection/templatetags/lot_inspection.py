"""What was found on a lot, for the lot's own page in an earlier room."""

from __future__ import annotations

from typing import Any

from django import template

from inspection.views.lot_panel import panel_of

register = template.Library()


@register.simple_tag(takes_context=True)
def lot_inspection(context: template.Context, traveler) -> dict[str, Any] | None:
    """Return what was found on one lot, for people of the shop: `{% lot_inspection record as inspected %}`."""
    person = getattr(context.get("request"), "user", None)
    if person is None or not person.is_authenticated or not person.is_shop:
        return None
    return panel_of(traveler, person)
