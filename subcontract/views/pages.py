"""What the pages of this room share."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from portal.look import days
from portal.models import Event, Person
from portal.views.verbs import VerbView

EVENTS_SHOWN = 40


class PersonVerb(VerbView):
    """An act whose form knows the person and the record."""

    def form_kwargs(self) -> dict[str, Any]:
        return {"person": self.request.user, "record": self.record}


def act(label: str, name: str, *, is_main: bool = False, **kwargs) -> dict[str, Any]:
    """Return a link to an act by its full URL name and the keywords of its address."""
    return {"label": label, "url": reverse(name, kwargs=kwargs), "is_main": is_main}


def crumb(label: str, name: str, **kwargs) -> dict[str, str]:
    """Return one step of the way back."""
    return {"label": label, "url": reverse(name, kwargs=kwargs)}


def page_of(name: str, number: str) -> str:
    """Return the address of a record's page by its number."""
    return reverse(name, kwargs={"number": number})


def say_day(day) -> str:
    return days.say(day, "D j M Y")


def history_of(person: Person, noun: str, number: str):
    """Return the latest events of one record, newest first."""
    return Event.objects.for_viewer(person).filter(noun=noun, number=number).order_by("-id")[:EVENTS_SHOWN]
