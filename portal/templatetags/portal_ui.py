"""What templates ask for: the look of a state, the chain in its order, the way between desks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from portal.languages import may_choose, tag_of
from portal.look import days, events, figures, strip
from portal.look.chain import Chain, arrange, read
from portal.look.desks import Desk, desks_of, sought_by
from portal.look.pages import NUMBER_AND_STOP, page_of
from portal.look.states import LINK_LOOKS, StateLook, look_of
from portal.models import Organization

register = template.Library()
PRODUCT = "Supplier quality portal"


@register.simple_tag
def state_pill(state: Any) -> StateLook:
    """Return word, shape and tone of a state: `{% state_pill record.state as look %}`."""
    return look_of(state)


@register.simple_tag
def link_states() -> list[StateLook]:
    """Return the eight looks a link of the chain can have, for the legend."""
    return list(LINK_LOOKS.values())


@register.simple_tag
def chain_of(slots: Iterable[Any] | None = None) -> Chain:
    """Return the slots of a lot as a chain: `{% chain_of slots as chain %}`."""
    return arrange(slots)


@register.simple_tag
def compact_strip(chain: Chain, lot_number: str) -> SafeString:
    """Return a chain as the strip of a table's row: `{% compact_strip chain lot_number %}`."""
    return strip.compact(chain, lot_number)


@register.simple_tag(takes_context=True)
def desk_nav(context: template.Context) -> list[Desk]:
    """Return the desks of the signed-in person: `{% desk_nav as nav %}`."""
    request = context.get("request")
    return desks_of(getattr(request, "user", None), path=request.path) if request else []


@register.simple_tag(takes_context=True)
def sought(context: template.Context) -> str:
    """Return what the search field suggests to the signed-in person."""
    return sought_by(getattr(context.get("request"), "user", None))


@register.simple_tag(takes_context=True)
def shop_name(context: template.Context) -> str:
    """Return the name of the shop whose portal this is; before anybody is known, the product's."""
    person = getattr(context.get("request"), "user", None)
    if person is None or not person.is_authenticated:
        return PRODUCT
    # people of the shop bring the name along, so that only outsiders cost a statement
    own = person.organization
    return (
        own.name
        if own.kind == own.SHOP
        else Organization.objects.shops().values_list("name", flat=True).first() or PRODUCT
    )


@register.simple_tag
def page_language() -> str:
    """Return the language tag of the page being written: `<html lang="{% page_language %}">`."""
    return tag_of(translation.get_language())


@register.simple_tag(takes_context=True)
def languages(context: template.Context) -> list[dict[str, Any]]:
    """Return the languages a reader may choose from: `{% languages as choices %}`; none for shop and buyers."""
    request = context.get("request")
    if request is None or not may_choose(getattr(request, "user", None)):
        return []
    now = translation.get_language()
    return [
        {"code": code, "tag": tag_of(code), "name": name, "is_current": code == now}
        for code, name in settings.LANGUAGES
    ]


@register.filter
def with_numbers(sentence: Any) -> SafeString:
    """Return a sentence, escaped, in which no record number such as T-000412/1 is broken over two lines."""
    return mark_safe(
        NUMBER_AND_STOP.sub(r'<span class="unbroken">\g<0></span>', conditional_escape(sentence or ""))
    )


@register.simple_tag(takes_context=True)
def linked(context: template.Context, sentence: Any) -> SafeString:
    """Return a sentence, escaped, in which each record number leads to its page: `{% linked sentence %}`.

    The page itself, pages that are not for this reader and numbers without a page stay plain.
    """
    # a component is given its words only; the request travels along beside them
    request = getattr(context, "request", None) or context.get("request")
    role = getattr(getattr(request, "user", None), "role", "")

    def shown(found: re.Match) -> str:
        number, stop = found[1], found[2]
        url = page_of(number, role=role)
        if not url or url == request.path:
            return f'<span class="unbroken">{number}{stop}</span>'
        link = f'<a class="unbroken" href="{conditional_escape(url)}">{number}</a>'
        return f'<span class="unbroken">{link}{stop}</span>' if stop else link

    return mark_safe(NUMBER_AND_STOP.sub(shown, conditional_escape(sentence or "")))


@register.simple_tag(takes_context=True)
def entry_url(context: template.Context, event: Any) -> str:
    """Return the page of an event in the log; empty for readers from outside: `{% entry_url event as url %}`."""
    request = getattr(context, "request", None) or context.get("request")
    reader = getattr(request, "user", None)
    if not getattr(reader, "is_shop", False) or not getattr(event, "leaf_sha256", ""):
        return ""
    return reverse("portal:log-entry", args=[event.leaf_sha256])


@register.filter
def told(event: Any) -> str:
    """Return what somebody did, as the beginning of a line: Signed step T-000002-50-1."""
    words = events.sentence(event)
    return words[:1].upper() + words[1:]


@register.filter
def particulars(event: Any) -> str:
    """Return the facts of an event that people ask for."""
    return events.particulars(event)


@register.filter
def marked_against(shown: Any, expected: Any) -> SafeString:
    """Return a number with the signs marked that differ from another: 7T44<mark>81</mark> against 7T4418."""
    shown, expected = str(shown), str(expected)
    if shown == expected:
        return conditional_escape(shown)
    runs: list[tuple[bool, str]] = []
    for place, sign in enumerate(shown):
        differs = expected[place : place + 1] != sign
        if runs and runs[-1][0] == differs:
            runs[-1] = (differs, runs[-1][1] + sign)
        else:
            runs.append((differs, sign))
    return format_html_join(
        "",
        "{}",
        ((format_html('<span class="differs">{}</span>', run) if differs else run,) for differs, run in runs),
    )


@register.filter
def day(value: date | None) -> str:
    """Return a day as the house writes it: Fri 20 Nov, with its year when that is not this year."""
    if value is None:
        return ""
    return days.say(value, "D j M" if value.year == timezone.localdate().year else "D j M Y")


@register.filter
def translated(value: Any) -> str:
    """Return a stored word or sentence of the house in the reader's language; anything else as it is."""
    return translation.gettext(str(value or ""))


register.filter(figures.thousands)


@register.filter
def on(value: date | None, english: str) -> str:
    """Return a day or moment in the reader's way: `{{ order.due_on|on:"D j M Y" }}` names the English one."""
    return days.say(value, english) if value else ""


def _walk(row: Any, path: str) -> Any:
    for name in path.split("."):
        row = read(row, name, None)
        if row is None:
            return None
    return row() if callable(row) else row


@register.filter
def cell(row: Any, column: dict) -> Any:
    """Return what a row says in a column of the table component, by key or by attribute path."""
    return _walk(row, column["key"])


@register.filter
def cell_url(row: Any, column: dict) -> Any:
    """Return the address behind a cell, if its column names one."""
    return _walk(row, column["url_key"]) if column.get("url_key") else None


@register.filter
def cell_note(row: Any, column: dict) -> Any:
    """Return the quiet second line of a cell, if its column names one."""
    return _walk(row, column["note_key"]) if column.get("note_key") else None
