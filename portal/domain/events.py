"""Writing down what happened."""

from __future__ import annotations

import secrets
from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils import timezone

from portal.domain.canonical import canonical_bytes, plain
from portal.log.merkle import leaf_hash
from portal.models import Event, Person

SALT_BYTES = 16


def record_event(
    *,
    by: Person | None,
    verb: str,
    noun: str,
    number: str,
    lots: list[str] | tuple[str, ...] = (),
    data: dict | None = None,
    at: datetime | None = None,
) -> Event:
    """Add one event to the log, in the caller's transaction.

    The leaf hash covers all of it, including the moment; `data` must be plain (no floats). The salt keeps whoever
    sees only the hash, as in the proof of another event, from trying out what it may stand for.
    """
    at = at or timezone.now()
    actor = f"{by.printed_name}, {by.title}".rstrip(", ") if by else "the portal"
    facts = {
        "at": at,
        "person": by.email if by else "",
        "actor": actor,
        "verb": verb,
        "noun": noun,
        "number": number,
        "lots": sorted(set(lots)),
        "data": data or {},
        "salt": secrets.token_hex(SALT_BYTES),
    }
    content = canonical_bytes(facts)
    event = Event.objects.create(
        at=at,
        person=by,
        actor=actor,
        verb=verb,
        noun=noun,
        number=number,
        lots=facts["lots"],
        data=plain(facts["data"]),
        canonical=content,
        leaf_sha256=leaf_hash(content).hex(),
    )
    transaction.on_commit(partial(_wake_readers, event.transaction), robust=True)
    return event


def _wake_readers(committed: int) -> None:
    """Tell those who follow the log; the queue writes events of its own, so it is met only here."""
    from portal import feed

    feed.wake(committed)
