"""The words a list may be narrowed by, declared beside it. A word nobody declared is refused, not overlooked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from rest_framework.request import Request

from portal.api.paging import CURSOR, LIMIT
from portal.api.problems import Problem

LONGEST = 200
TRUTHS = {"true": True, "1": True, "false": False, "0": False}


@dataclass(frozen=True)
class Filter:
    """One word: the lookup it narrows by and how its value is read. `choices` are the codes it takes."""

    lookup: str
    kind: str = "text"
    choices: tuple[str, ...] = ()
    is_list: bool = False

    def read(self, text: str) -> Any:
        """Return the value, or raise ValueError."""
        if "\x00" in text or len(text) > LONGEST:
            raise ValueError(text)
        if self.choices and text not in self.choices:
            raise ValueError(text)
        value = READERS[self.kind](text)
        return [value] if self.is_list else value

    @property
    def asks_for(self) -> str:
        if self.choices:
            return f"one of {', '.join(self.choices)}"
        return WORDS[self.kind]

    @property
    def schema(self) -> dict:
        schema = dict(SCHEMAS[self.kind])
        return schema | {"enum": list(self.choices)} if self.choices else schema


def _truth(text: str) -> bool:
    if text.lower() not in TRUTHS:
        raise ValueError(text)
    return TRUTHS[text.lower()]


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise ValueError(text)
    return int(text)


def _day(text: str) -> date:
    found = parse_date(text)
    if found is None:
        raise ValueError(text)
    return found


def _moment(text: str) -> datetime:
    # a plus sign in an address is read as a blank
    found = parse_datetime(text.replace(" ", "+") if text.count(":") > 2 else text)
    if found is None or found.year < 2 or found.year > 9998:
        raise ValueError(text)
    return found if timezone.is_aware(found) else timezone.make_aware(found)


READERS = {"text": str, "truth": _truth, "number": _number, "day": _day, "moment": _moment}
WORDS = {
    "text": f"a text of at most {LONGEST} letters",
    "truth": "true or false",
    "number": "a whole number",
    "day": "a day as in 2026-03-31",
    "moment": "a moment as in 2026-03-31T14:00:00Z",
}
SCHEMAS = {
    "text": {"type": "string"},
    "truth": {"type": "boolean"},
    "number": {"type": "integer"},
    "day": {"type": "string", "format": "date"},
    "moment": {"type": "string", "format": "date-time"},
}


def text(lookup: str) -> Filter:
    return Filter(lookup)


def truth(lookup: str) -> Filter:
    return Filter(lookup, "truth")


def number(lookup: str) -> Filter:
    return Filter(lookup, "number")


def one_of(lookup: str, choices) -> Filter:
    """Narrow by one of a model's codes."""
    return Filter(lookup, choices=tuple(code for code, _ in choices))


def days(name: str, lookup: str | None = None) -> dict[str, Filter]:
    """Return two words that narrow by a day: `<name>_from` and `<name>_to`, both included."""
    field = lookup or name
    return {
        f"{name}_from": Filter(f"{field}__gte", "day"),
        f"{name}_to": Filter(f"{field}__lte", "day"),
    }


def moments(name: str, lookup: str | None = None) -> dict[str, Filter]:
    """Return two words that narrow by a moment: from, included, and before, excluded."""
    field = lookup or name
    return {
        f"{name}_from": Filter(f"{field}__gte", "moment"),
        f"{name}_before": Filter(f"{field}__lt", "moment"),
    }


def narrowing(filters: dict[str, Filter], request: Request) -> dict[str, Any]:
    """Return what the address asks for as lookups.

    Raises:  Problem naming the words that may be used, or what a word asks for.
    """
    asked = {}
    for name in request.query_params:
        if name in (CURSOR, LIMIT):
            continue
        if name not in filters:
            raise Problem(400, "unknown-filter", _unknown(name, filters))
        values = request.query_params.getlist(name)
        try:
            if len(values) != 1:
                raise ValueError
            asked[filters[name].lookup] = filters[name].read(values[0])
        except ValueError:
            raise Problem(
                400, "bad-filter", f"{name} asks for {filters[name].asks_for}, given once."
            ) from None
    return asked


def _unknown(name: str, filters: dict[str, Filter]) -> str:
    able = ", ".join([*sorted(filters), CURSOR, LIMIT])
    shown = "".join(sign for sign in name if sign.isprintable())[:40]
    return f"This list cannot be narrowed by {shown or 'that'}. It knows: {able}."
