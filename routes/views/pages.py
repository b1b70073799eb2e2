"""What the pages of this room share: the act that knows who asks, and links to acts this reader may do."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from portal.models import Event, Person
from portal.views.verbs import VerbView
from routes.permissions import PLANNERS

EVENTS_SHOWN = 40


class ShopVerb(VerbView):
    """An act on the shop floor or in planning; its form knows the person and the record."""

    roles = PLANNERS

    def form_kwargs(self) -> dict[str, Any]:
        return {"person": self.request.user, "record": self.record}


def act(label: str, name: str, *, is_main: bool = False, **kwargs) -> dict[str, Any]:
    """Return a link to an act by its URL name and the keywords of its address."""
    return {"label": label, "url": reverse(f"routes:{name}", kwargs=kwargs), "is_main": is_main}


def acts_for(person: Person, roles: tuple[str, ...], *acts: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the acts when the person's role may do them, else none."""
    return list(acts) if person.role in roles else []


def crumb(label: str, name: str, **kwargs) -> dict[str, str]:
    """Return one step of the way back."""
    return {"label": label, "url": reverse(f"routes:{name}", kwargs=kwargs)}


def history_of(person: Person, noun: str, number: str):
    """Return the latest events of one record, newest first."""
    return Event.objects.for_viewer(person).filter(noun=noun, number=number).order_by("-id")[:EVENTS_SHOWN]
