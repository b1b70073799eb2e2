"""What the pages of this room share: the act that knows who asks, and links to acts this reader may do."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
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

    def get_crumbs(self) -> list[dict[str, str]]:
        # a step, a hold and a clause of a line have no page of their own; their lot or order has
        if self.record and not hasattr(self.record, "get_absolute_url"):
            above = getattr(self.record, "traveler", None) or getattr(self.record, "order_line", None)
            return [{"label": str(above), "url": above.get_absolute_url()}] if above else []
        return super().get_crumbs()


def act(label: str, name: str, *, is_main: bool = False, **kwargs) -> dict[str, Any]:
    """Return a link to an act by its URL name and the keywords of its address."""
    return {"label": label, "url": reverse(f"routes:{name}", kwargs=kwargs), "is_main": is_main}


def touches(noun: str, number: str) -> dict[str, Any]:
    """Return the link to everything one record touches, which a later room knows."""
    return {"label": "What it touches", "url": reverse("documents:reach-detail", args=[noun, number])}


def acts_for(person: Person, roles: tuple[str, ...], *acts: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the acts when the person's role may do them, else none."""
    return list(acts) if person.role in roles else []


class FindForm(forms.Form):
    """One word to look for in a list."""

    q = forms.CharField(required=False, max_length=80)

    def __init__(self, *args, label: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["q"].label = label


def find_words(request: HttpRequest, label: str, heading: str, sentence: str) -> dict[str, Any]:
    """Return what a list needs that is searched by one word, and says when it holds nothing."""
    return {"filter_form": FindForm(request.GET, label=label), **empty_words(request, heading, sentence)}


def empty_words(request: HttpRequest, heading: str, sentence: str) -> dict[str, Any]:
    """Return what an empty list says: that nothing matches, or what would put something there."""
    if not any(value.strip() for name, value in request.GET.items() if name != "page"):
        return {"empty_heading": heading, "empty_sentence": sentence}
    return {
        "empty_heading": "Nothing matches",
        "empty_sentence": "No record is as you asked for. Look for less, or show all.",
        "empty_url": request.path,
        "empty_label": "Show all",
    }


def crumb(label: str, name: str, **kwargs) -> dict[str, str]:
    """Return one step of the way back."""
    return {"label": label, "url": reverse(f"routes:{name}", kwargs=kwargs)}


def history_of(person: Person, noun: str, number: str):
    """Return the latest events of one record, newest first."""
    return Event.objects.for_viewer(person).filter(noun=noun, number=number).order_by("-id")[:EVENTS_SHOWN]
