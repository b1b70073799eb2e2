"""The corrective actions that wait for the reader's answer, for the first page of a vendor."""

from __future__ import annotations

from django import template

from inspection.models import CorrectiveAction

register = template.Library()


@register.simple_tag(takes_context=True)
def actions_waiting(context) -> list[CorrectiveAction]:
    """Return what a vendor is asked to answer, the one due first above; nothing for anybody else."""
    person = context["request"].user
    if not person.is_vendor:
        return []
    found = CorrectiveAction.objects.for_viewer(person).filter(state__in=CorrectiveAction.TO_ANSWER)
    return list(found.order_by("due_on", "pk"))
