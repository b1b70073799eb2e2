"""What the desk of quality says of the store of files."""

from __future__ import annotations

from django import template

from portal.models import StoreFinding
from portal.permissions import QUALITY

register = template.Library()


@register.simple_tag(takes_context=True)
def store_waiting(context: template.Context) -> dict | None:
    """Return what is wrong in the store today, for quality: `{% store_waiting as waiting %}`."""
    person = context["request"].user
    if person.role not in QUALITY:
        return None
    count = StoreFinding.objects.for_viewer(person).filter(settled_at__isnull=True).count()
    words = f"{count} kept file{' is' if count == 1 else 's are'} not as {'it was' if count == 1 else 'they were'} kept"
    sentence = (
        "Found when the store was hashed again. What stands on them does not ship before they are restored."
    )
    return {"heading": words, "sentence": sentence} if count else None
