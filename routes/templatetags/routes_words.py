"""Numbers of this room as people write them."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal

from django import template

from routes.domain.late_entry import is_late_day
from routes.domain.sampling_rules import words_of

register = template.Library()

# a choice that begins with a word of its own, as Method 1 or Grade B
NAMED = re.compile(r"[A-Za-z]{3,}\s")


@register.filter
def plain_number(value: Decimal | None) -> str:
    """Return a number without the zeros the column adds: 10.10000000 is 10.1; nothing is a dash."""
    if value is None:
        return "–"
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


@register.filter
def called(choice: str, word: str) -> str:
    """Return a choice with its word before it, said once: III is type III; Type III and Method 1 stay as they are."""
    return choice if choice.lower().startswith(word) or NAMED.match(choice) else f"{word} {choice}"


@register.filter
def short_hash(value: str) -> str:
    """Return the beginning of a sha256, enough to tell two apart; other words as they are."""
    return f"{value[:12]}…" if len(value) == 64 else value


@register.filter
def entered_late(day: date | None, entered_at: datetime | None) -> str:
    """Return when something of a day was entered if that was long after it, as in "entered late, 3 Nov 2026"."""
    if day is None or entered_at is None or not is_late_day(day, entered_at=entered_at):
        return ""
    return f"entered late, {entered_at:%-d %b %Y}"


@register.filter
def on_pieces(check) -> str:
    """Return on how many pieces a check is planned, as a few words."""
    return words_of(check)
