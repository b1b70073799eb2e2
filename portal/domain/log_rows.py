"""The entries of the log as they are read for a check: the event in its columns, and the bytes that were hashed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import NamedTuple

from django.db import connections

AT_ONCE = 2_000
ENTRIES = """
SELECT l.index, l.leaf, e.id IS NOT NULL, e.at, COALESCE(p.email, ''), e.person_id, e.actor, e.verb, e.noun, e.number,
    e.lots, e.data, e.canonical, e.leaf_sha256
FROM portal_logentry l LEFT JOIN portal_event e ON e.id = l.event_id LEFT JOIN portal_person p ON p.id = e.person_id
ORDER BY l.index
"""
FORMER_ADDRESSES = "SELECT email FROM portal_historicalperson WHERE id = %s"
MOMENT = "%Y-%m-%dT%H:%M:%S.%fZ"
FIELDS = ("at", "person", "actor", "verb", "noun", "number", "lots", "data")


class Entry(NamedTuple):
    """One place of the log and the event that stands there."""

    index: int
    leaf: bytes
    has_event: bool
    at: datetime
    person: str
    person_id: int | None
    actor: str
    verb: str
    noun: str
    number: str
    lots: list[str]
    data: dict
    canonical: bytes
    leaf_sha256: str
    using: str


def entries(using: str) -> Iterator[Entry]:
    """Yield every entry in the order of the log, a portion at a time."""
    connection = connections[using]
    with connection.chunked_cursor() as cursor:
        cursor.execute(ENTRIES)
        while rows := cursor.fetchmany(AT_ONCE):
            for index, leaf, *told, data, canonical, leaf_sha256 in rows:
                data = json.loads(data) if isinstance(data, str) else data
                yield Entry(index, bytes(leaf), *told, data, bytes(canonical or b""), leaf_sha256, using)


def named(entry: Entry) -> str:
    """Return an entry as people find it: its place, its moment and what it is about."""
    if not entry.has_event:
        return f"entry {entry.index}"
    at = entry.at.astimezone(UTC)
    return f"entry {entry.index} ({at:%Y-%m-%d %H:%M:%S} UTC, {entry.verb} {entry.noun} {entry.number})"


def difference(entry: Entry) -> str:
    """Say in which column an event differs from the bytes that were hashed; empty when it does not."""
    try:
        told = json.loads(entry.canonical)
    except ValueError:
        return "the bytes that were logged are not an event."
    if not isinstance(told, dict) or told.keys() != {*FIELDS, "salt"}:
        return "the bytes that were logged are not an event."
    stands = {**entry._asdict(), "at": entry.at.astimezone(UTC).strftime(MOMENT)}
    for name in FIELDS:
        if told[name] == stands[name] and (name != "data" or _text(told[name]) == _text(stands[name])):
            continue
        if name == "person" and told[name] in _former_addresses(entry):
            continue
        return f"its {name} was {_short(told[name])} when it was logged and is {_short(stands[name])} now."
    return ""


def _former_addresses(entry: Entry) -> set[str]:
    """Return every mail address this person ever had: the bytes keep the one of that day."""
    if entry.person_id is None:
        return set()
    with connections[entry.using].cursor() as cursor:
        cursor.execute(FORMER_ADDRESSES, [entry.person_id])
        return {row[0] for row in cursor.fetchall()}


def _text(value) -> str:
    """Return plain data as text, in which true, 1 and 1.0 are three things."""
    return json.dumps(value, sort_keys=True)


def _short(value) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)
    text = text or "empty"
    return text if len(text) <= 80 else f"{text[:77]}..."
