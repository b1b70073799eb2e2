"""How the printed page writes moments, days and hashes; the facts keep them in canonical form."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

# The signs of a feature control frame are drawn small in every face; beside digits they need more room.
DRAWING_SIGNS = re.compile("[⌖⏤⌭⌒⌓⟂⌯⌰ⓂⓁⓅⓈⓉⒻⓊ⌴⌵↧▱⏥○∥∠◎⌀]")


@register.filter
def requirement(value: str | None) -> SafeString:
    """Write a requirement as data, with the signs of a drawing set larger."""
    marked = DRAWING_SIGNS.sub(
        lambda found: f'<span class="sign-of-drawing">{found[0]}</span>', escape(value or "")
    )
    return mark_safe(marked)


@register.filter
def day(value: str | None) -> str:
    """Write a day as 24 Nov 2026."""
    if not value:
        return ""
    try:
        on = date.fromisoformat(value[:10])
    except ValueError:
        return value
    return f"{on.day} {MONTHS[on.month - 1]} {on.year}"


@register.filter
def moment(value: str | None) -> str:
    """Write a moment as 24 Nov 2026 15:20 UTC; a plain day stays a day."""
    if not value or len(value) <= 10:
        return day(value)
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        return value
    at = at.astimezone(UTC) if at.tzinfo else at
    return f"{day(at.date().isoformat())} {at:%H:%M} UTC"


@register.filter
def beginning(value: str | None) -> str:
    """Write the first eight digits of a hash in two groups; the full value stands in the embedded files."""
    return f"{value[:4]} {value[4:8]}" if value else ""


@register.filter
def grouped(value: str | None) -> str:
    """Write a whole hash in groups of eight, so that it can be compared by eye."""
    return " ".join(value[at : at + 8] for at in range(0, len(value), 8)) if value else ""


@register.filter
def or_none(value) -> str:
    """Write N/A for an empty field: a field of a certificate is never blank.

    Source:  AS9163, every field is filled in or says N/A.
    """
    text = "" if value is None else str(value).strip()
    return text or "N/A"


@register.filter
def unit(value: str | None) -> str:
    """Write a unit as it is printed; the facts keep it in plain letters."""
    return {"um": "µm", "deg": "°"}.get(value or "", value or "")


@register.filter
def metadata(value: str | None) -> str:
    """Write a moment for the document information: whole seconds, UTC."""
    if not value or len(value) <= 10:
        return value or ""
    at = datetime.fromisoformat(value)
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if at.tzinfo else ""


@register.filter
def shortened(value: str | None, length: int) -> str:
    """Write at most `length` signs, the middle left out: both ends of a long name tell it apart."""
    text = value or ""
    if len(text) <= length:
        return text
    kept = (length - 1) // 2
    return f"{text[:kept]}…{text[-kept:]}"
