"""Writing down what happened."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils import timezone

from portal.domain.canonical import canonical_bytes, plain, sha256_of
from portal.models import Event, Person


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

    The leaf hash covers everything below it, including the moment; `data` must be plain (no floats).
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
        leaf_sha256=sha256_of(content),
    )
    transaction.on_commit(partial(_wake_readers, event.transaction), robust=True)
    return event


def _wake_readers(committed: int) -> None:
    """Tell those who follow the log; the queue writes events of its own, so it is met only here."""
    from portal import feed

    feed.wake(committed)
