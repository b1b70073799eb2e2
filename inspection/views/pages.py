"""What the pages of this room share: links to acts, the way back, lots as a link."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from portal.models import Person


def act(label: str, name: str, *, is_main: bool = False, **kwargs) -> dict[str, Any]:
    """Return a link to an act by its URL name and the keywords of its address."""
    return {"label": label, "url": reverse(f"inspection:{name}", kwargs=kwargs), "is_main": is_main}


def acts_for(person: Person, *offered: tuple[tuple[str, ...], dict[str, Any]]) -> list[dict[str, Any]]:
    """Return those acts whose roles hold the person's; each is given as (roles, act)."""
    return [act for roles, act in offered if person.role in roles]


def crumb(label: str, name: str, **kwargs) -> dict[str, str]:
    """Return one step of the way back."""
    return {"label": label, "url": reverse(f"inspection:{name}", kwargs=kwargs)}


def link(label: str, record, **facts) -> dict[str, Any]:
    """Return a fact that leads to the page of a record."""
    return {"label": label, "value": str(record), "url": record.get_absolute_url(), **facts}
