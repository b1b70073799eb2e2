"""Stored codes as the words people read."""

from __future__ import annotations

from django import template

from portal.domain.moves import say

register = template.Library()


@register.filter
def said(code: str) -> str:
    """Return a stored code as words."""
    return say(str(code))
