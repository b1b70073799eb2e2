"""Asking for work: a row in the caller's transaction, a wake-up after it."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models.functions import Now

from portal.models import Job
from portal.queue import waking


def enqueue(kind: str, *, unique_key: str, arguments: dict, not_before: datetime | None = None) -> Job:
    """Return the one job of this key, put down now unless it is there already.

    1. the row is written in the caller's transaction: no commit, no job;
    2. after commit a worker is woken; when the broker is down the sweep does it a little later.

    A key names what is to be done and of which revision. Asking again for a key that is done or parked starts
    nothing: new work has a new key, and a parked job is tried again by a person.
    """
    Job.objects.bulk_create(
        [Job(kind=kind, unique_key=unique_key, arguments=arguments, not_before=not_before or Now())],
        ignore_conflicts=True,
    )
    job = Job.objects.get(unique_key=unique_key)
    if job.state == Job.WAITING:
        transaction.on_commit(partial(waking.wake, job.pk), robust=True)
    return job
