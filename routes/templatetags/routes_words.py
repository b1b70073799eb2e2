"""Numbers of this room as people write them."""

from __future__ import annotations

from decimal import Decimal

from django import template

from portal.domain.moves import say
from portal.models import Event

# what of an event's data people read, in this order, and the word before it
TOLD = (
    ("operation", ""),
    ("kind", ""),
    ("quantity", "pieces"),
    ("pieces", "pieces"),
    ("quantity_in", "in"),
    ("quantity_out", "out"),
    ("child", "to"),
    ("identifier", "of"),
    ("revision", "revision"),
    ("line", "line"),
    ("sequence", "operation"),
    ("name", ""),
    ("balloon", "balloon"),
    ("characteristic", "characteristic"),
    ("serial", "piece"),
    ("value", ""),
    ("verdict", ""),
    ("note", "note"),
    ("field", ""),
    ("certificate", "certificate"),
    ("reason", "because:"),
)

# those that are stored codes, not words
CODES = ("kind", "field")

register = template.Library()


@register.filter
def plain_number(value: Decimal | None) -> str:
    """Return a number without the zeros the column adds: 10.10000000 is 10.1; nothing is a dash."""
    if value is None:
        return "–"
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


@register.filter
def called(choice: str, word: str) -> str:
    """Return a choice with its word before it, said once: III is type III, Type III stays as it is."""
    return choice if choice.lower().startswith(word) else f"{word} {choice}"


@register.filter
def short_hash(value: str) -> str:
    """Return the beginning of a sha256, enough to tell two apart; other words as they are."""
    return f"{value[:12]}…" if len(value) == 64 else value


@register.filter
def told(event: Event) -> str:
    """Return what happened as words: the act, the record, and what of its facts people ask for."""
    facts = [
        f"{word} {say(event.data[key]) if key in CODES else event.data[key]}".strip()
        for key, word in TOLD
        if event.data.get(key) not in (None, "")
    ]
    about = f"{say(event.verb)} {say(event.noun)} {event.number}"
    return f"{about}: {', '.join(facts)}" if facts else about
