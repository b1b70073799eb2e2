"""The panel of a lot page that says what it is built from, and what its own pieces were built into."""

from __future__ import annotations

from django import template

from routes.domain.component_counts import read_counts
from routes.domain.component_uses import built_into, uses_of
from routes.models import Traveler
from routes.permissions import FLOOR

register = template.Library()


@register.inclusion_tag("routes/components_panel.html", takes_context=True)
def lot_components(context: template.Context, record: Traveler) -> dict:
    """Show parts list and sources of an assembly lot: `{% lot_components record %}`; nothing for any other lot."""
    counts = read_counts([record.pk]).get(record.pk, ())
    uses = uses_of(record) if counts else []
    return {
        "record": record,
        "rows": [
            {"count": each, "uses": [use for use in uses if use.component_id == each.component_id]}
            for each in counts
        ],
        "into": built_into(record),
        "may_build": context["request"].user.role in FLOOR and record.state != Traveler.SHIPPED,
    }
