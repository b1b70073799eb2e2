"""Holding a job: a lease by the database clock, and a token that fences out whoever lost it."""

from __future__ import annotations

import logging
import threading
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.models import QuerySet
from django.db.models.functions import Now

from portal.models import Job

logger = logging.getLogger(__name__)

SENTENCE_LENGTH = Job._meta.get_field("progress_sentence").max_length


class LeaseLost(Exception):
    """The lease ran out and the job was taken back; what this worker still does must not be written."""


def lease() -> timedelta:
    """Return how long a claim holds without a sign of life."""
    return timedelta(seconds=settings.PORTAL_JOB_LEASE_SECONDS)


@dataclass(frozen=True)
class Claim:
    """One worker's hold on one job, good for as long as its token is the job's token."""

    job_id: int
    kind: str
    unique_key: str
    arguments: dict
    token: uuid.UUID
    attempt: int
    lost: threading.Event = field(default_factory=threading.Event, compare=False, repr=False)

    def held(self) -> QuerySet[Job]:
        """Return the job if this claim still holds it, else nothing."""
        return Job.objects.filter(pk=self.job_id, token=self.token, state=Job.WORKING)

    def renew(self, **changes) -> None:
        """Extend the lease from now on, by the database clock.

        Raises:  LeaseLost when another worker has the job, or it was taken back.
        """
        if self.lost.is_set() or not self.held().update(lease_until=Now() + lease(), **changes):
            self.lost.set()
            raise LeaseLost(f"The job {self.unique_key} was taken back; its lease had run out.")

    def progress(self, done: int, total: int, sentence: str = "") -> None:
        """Show how far the work is, and renew the lease; call it outside a transaction, or nobody sees it.

        Raises:  LeaseLost when this worker no longer holds the job and should stop.
        """
        self.renew(progress_done=done, progress_total=total, progress_sentence=sentence[:SENTENCE_LENGTH])


def claim_next(kinds: Iterable[str] | None = None) -> Claim | None:
    """Claim the job that has been due longest, of these kinds only if some are named; None when there is none."""
    due = Job.objects.due()
    return _claim(due if kinds is None else due.filter(kind__in=list(kinds)))


def claim_one(job_id: int) -> Claim | None:
    """Claim this job; None when it is gone, not due, done, or somebody else has it."""
    return _claim(Job.objects.due().filter(pk=job_id))


@transaction.atomic
def _claim(due: QuerySet[Job]) -> Claim | None:
    job = due.select_for_update(skip_locked=True).first()
    if job is None:
        return None
    token = uuid.uuid4()
    Job.objects.filter(pk=job.pk).update(
        state=Job.WORKING,
        token=token,
        lease_until=Now() + lease(),
        progress_done=0,
        progress_total=0,
        progress_sentence="",
    )
    return Claim(job.pk, job.kind, job.unique_key, job.arguments, token, attempt=job.errors + job.deaths + 1)


class Heartbeat:
    """Keeps a lease alive from a thread of its own, so that a handler may be silent for longer than a lease."""

    def __init__(self, claim: Claim) -> None:
        self._claim = claim
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._beat, name=f"lease of {claim.unique_key}", daemon=True)

    def __enter__(self) -> Heartbeat:
        self._thread.start()
        return self

    def __exit__(self, *_) -> None:
        self._ended.set()
        self._thread.join()

    def _beat(self) -> None:
        pause = lease().total_seconds() / 3  # two beats may fail before the lease runs out
        while not self._ended.wait(pause):
            try:
                self._claim.renew()
            except LeaseLost as lost:
                logger.warning("%s", lost)
                return
            except DatabaseError:
                logger.warning(
                    "The lease of job %s could not be renewed.", self._claim.unique_key, exc_info=True
                )
            finally:
                connection.close()  # this thread's own; a broken one is not met again at the next beat
