"""The feed: readers named in the settings follow the event log in order, behind everybody's back, missing nothing.

A reader is a module with two functions: `follow(events)` deals with what happened, and may meet an event twice;
`start_over()` deals with everything, where there is nothing to go on from. Its cursor moves on once it is done with a
batch. What wakes it may be lost at any moment: `watch` finds out a second later.
"""

from __future__ import annotations

import importlib
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from types import ModuleType

from django.conf import settings
from django.db import connection, models
from django.db.models.functions import Now

from portal import queue
from portal.locks import held_alone
from portal.models import Event, FeedCursor, Job
from portal.queue import Claim, waking

logger = logging.getLogger(__name__)

KIND = "read_feed"
# as many events as one transaction of a reader deals with
AT_ONCE = 500
# a burst of commits is read together: one job a reader and second
BREATH = timedelta(seconds=1)

# every transaction below the first has ended, so nothing can still appear there; none above the second has begun
HORIZON = (
    "SELECT pg_snapshot_xmin(s)::text::bigint, pg_snapshot_xmax(s)::text::bigint FROM pg_current_snapshot() s"
)


def readers() -> dict[str, ModuleType]:
    """Return who reads the feed, by the name of its cursor."""
    return {name: importlib.import_module(path) for name, path in settings.PORTAL_FEED_READERS.items()}


def wake(committed: int) -> None:
    """Ask for every reader after a commit; the events of one transaction ask once."""
    global _asked_for
    if committed != _asked_for:
        _asked_for = committed
        for reader in settings.PORTAL_FEED_READERS:
            ask(reader)


_asked_for = 0


def ask(reader: str) -> None:
    """See to it that a job of this reader begins after now, and put down at most one a second.

    A job that still waits will see all that is committed by now; one that works may be past it already.
    """
    if Job.objects.filter(kind=KIND, state=Job.WAITING, arguments={"reader": reader}).exists():
        return
    second = _second()
    job = _put_down(reader, second)
    if job.state != Job.WAITING:
        _put_down(reader, second + 1, not_before=Now() + BREATH)


def _put_down(reader: str, second: int, **when) -> Job:
    return queue.enqueue(KIND, unique_key=f"{KIND} {reader} {second}", arguments={"reader": reader}, **when)


def _second() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT floor(extract(epoch FROM clock_timestamp()))::bigint")
        return cursor.fetchone()[0]


def watch() -> None:
    """Ask for each reader that is behind, and send the messages that are missing; beat calls it every second."""
    for reader in settings.PORTAL_FEED_READERS:
        if is_behind(reader):
            ask(reader)
    waking.top_up(list(Job.objects.due().filter(kind=KIND).values_list("pk", flat=True)))


def is_behind(reader: str) -> bool:
    """Say whether a reader has not dealt with something that is certain to stay."""
    cursor = FeedCursor.objects.filter(consumer=reader).first()
    return cursor is None or _settled_after(cursor, _horizon()[0]).exists()


@queue.work(KIND)
def read_feed(claim: Claim) -> Callable[[], None]:
    """Let one reader catch up; its earlier jobs are of no further use to anybody."""
    reader = claim.arguments["reader"]
    drain(reader)

    def finish() -> None:
        earlier = Job.objects.filter(kind=KIND, arguments={"reader": reader}, pk__lt=claim.job_id)
        earlier.filter(state__in=[Job.DONE, Job.PARKED]).delete()

    return finish


def drain(reader: str) -> int:
    """Let one reader deal with everything that is there, and return how many events its cursor passed.

    One process at a time: another that reads for the same reader waits, and then finds little left.
    """
    passed = 0
    with held_alone(f"feed of {reader}"):
        while (events := _next_batch(reader)) == AT_ONCE:
            passed += events
    return passed + events


def _next_batch(reader: str) -> int:
    """Hand one batch to a reader, then move its cursor past it.

    1. a cursor that is not there yet, or belongs to another life of the database (it was restored into a new one,
       where transactions are counted anew), starts over from now;
    2. events below the horizon are dealt with for good, in the order of their transactions;
    3. those above it are shown to the reader at once, and again once the longest transaction has ended.
    """
    module, (horizon, unborn) = readers()[reader], _horizon()
    place = FeedCursor.objects.filter(consumer=reader).first()
    if place is None or place.transaction >= unborn:
        _start_over(reader, module, horizon)
        return 0
    events = list(_settled_after(place, horizon)[:AT_ONCE])
    early = [] if len(events) == AT_ONCE else list(_above(place, horizon)[:AT_ONCE])[::-1]
    if events or early:
        module.follow([*events, *early])
    last = {"transaction": events[-1].transaction, "event_id": events[-1].pk} if events else {}
    FeedCursor.objects.filter(pk=place.pk).update(read_at=Now(), **last)
    return len(events)


def _start_over(reader: str, module: ModuleType, horizon: int) -> None:
    logger.info("The reader %s has nothing to go on from; it starts over.", reader)
    newest = Event.objects.aggregate(newest=models.Max("id"))["newest"] or 0
    module.start_over()
    FeedCursor.objects.update_or_create(
        consumer=reader, defaults={"transaction": horizon - 1, "event_id": newest, "read_at": Now()}
    )


def _horizon() -> tuple[int, int]:
    with connection.cursor() as cursor:
        cursor.execute(HORIZON)
        return cursor.fetchone()


def _events() -> models.QuerySet[Event]:
    return Event.objects.defer("canonical", "leaf_sha256").order_by("transaction", "id")


def unread_since(place: FeedCursor) -> datetime | None:
    """Return the moment of the oldest event a reader has not dealt with; None when it has dealt with all."""
    return _settled_after(place, _horizon()[0]).values_list("at", flat=True).first()


def _settled_after(place: FeedCursor, horizon: int) -> models.QuerySet[Event]:
    later = models.Q(transaction__gt=place.transaction) | models.Q(
        transaction=place.transaction, id__gt=place.event_id
    )
    return _events().filter(later, transaction__gte=place.transaction, transaction__lt=horizon)


def _above(place: FeedCursor, horizon: int) -> models.QuerySet[Event]:
    """Return what may be read already though something older may still appear before it, the newest first."""
    return _events().filter(transaction__gte=horizon, id__gt=place.event_id).reverse()
