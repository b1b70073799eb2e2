"""What waits for a person's decision, said on the desk they begin the day at."""

from __future__ import annotations

from typing import Any

from django import template

from documents.models import Waiver
from portal.models import Person

register = template.Library()
# the others of quality only record what a customer wrote
DECIDING = (Person.MANAGER, Person.CUSTOMER_QUALITY)


@register.simple_tag(takes_context=True)
def waivers_waiting(context: template.Context) -> dict[str, Any] | None:
    """Return how many waivers wait for this reader, in words, or nothing: `{% waivers_waiting as waiting %}`."""
    person = context["request"].user
    if person.role not in DECIDING:
        return None
    count = Waiver.objects.waiting_for(person).count()
    if not count:
        return None
    return {"heading": f"{count} waiver{' waits' if count == 1 else 's wait'} for you"}
