"""The compact strip of a chain as HTML: a board shows a thousand links, and a template takes five times as long.

The large strip stands in `components/link.html`; both say the same things with the same classes.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from html import escape

from django.utils.safestring import SafeString, mark_safe

from portal.look.chain import Chain, Link
from portal.look.pages import NUMBER_AND_STOP


def compact(chain: Chain, lot_number: str) -> SafeString:
    """Return the strip of one lot for a row of a table."""
    links = "".join(
        _link(link, starts_group=place == 0)
        for group in chain.groups
        for place, link in enumerate(group.links)
    )
    said = f"Chain of lot {escape(lot_number)}: {chain.closed} of {chain.counted} links closed"
    return mark_safe(f'<ol class="strip" data-chain aria-label="{said}">{links}</ol>')


def _link(link: Link, *, starts_group: bool) -> str:
    marks = _marks(
        link.look.tone, link.is_closed, link.is_late, bool(link.waits_for), link.in_force, starts_group
    )
    leads = bool(link.url) and not link.is_closed
    shape = f'<use href="#shape-{link.look.shape}"/></svg>'
    face = f'<a class="link-face" href="{escape(link.url)}">' if leads else '<span class="link-face">'
    return (
        f'<li class="{marks}" data-code="{link.code}">{face}<svg class="icon" aria-hidden="true">{shape}'
        f'<span class="link-short" aria-hidden="true">{link.short}</span>{_owed(link)}'
        f'<span class="sr">{escape(link.spoken)}</span>{f"</a>{_tip(link, shape)}" if leads else "</span>"}</li>'
    )


@cache
def _marks(tone: str, is_closed: bool, is_late: bool, waits: bool, in_force: bool, starts_group: bool) -> str:
    marks = {
        "is-closed": is_closed,
        "is-late": is_late,
        "waits": waits,
        "is-dormant": not in_force,
        "starts-group": starts_group,
    }
    return " ".join(["link", f"tone-{tone}", *(mark for mark, is_set in marks.items() if is_set)])


def _owed(link: Link) -> str:
    if not link.in_force or link.is_closed or link.waits_for:
        return ""
    owner = (
        f'<span class="link-owner" aria-hidden="true">{escape(link.owner_mark)}</span>' if link.owner else ""
    )
    due = f'<span class="link-due" aria-hidden="true">{_day(link.due_on)}</span>' if link.due_on else ""
    return owner + due


def _tip(link: Link, shape: str) -> str:
    sentence = NUMBER_AND_STOP.sub(r'<span class="unbroken">\g<0></span>', escape(link.sentence))
    owner = f"Owed by {escape(link.owner)}" if link.owner else ""
    due = ""
    if link.due_on:
        late = (' class="late"', ", late") if link.is_late else ("", "")
        due = f"{', due' if owner else 'Due'} <span{late[0]}>{link.due_on:%a} {_day(link.due_on)}{late[1]}</span>"
    return (
        f'<div class="tip" aria-hidden="true"><strong><svg class="icon">{shape}{escape(link.name)}: '
        f"{escape(link.look.word.lower())}</strong><span>{sentence}</span>"
        f"{f'<small>{owner}{due}</small>' if owner or due else ''}</div>"
    )


def _day(day: date) -> str:
    return f"{day.day} {day:%b}"
