"""Doing a job: claim it, work outside any transaction, commit result and state together."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import timedelta

from django.db import connection, transaction
from django.db.models.functions import Now

from portal.domain.errors import Refused
from portal.models import Job
from portal.queue import claims, kinds, parking
from portal.queue.claims import Claim, Heartbeat, LeaseLost

logger = logging.getLogger(__name__)

# After the first, second, third and fourth error; the fifth parks (docs/decisions/0004).
PAUSES = (timedelta(seconds=5), timedelta(seconds=15), timedelta(minutes=1), timedelta(minutes=5))
MOST_ERRORS = len(PAUSES) + 1


def run_job(job_id: int) -> Job | None:
    """Do one job if it can be claimed, and return it as it then stands; None when there was nothing to claim."""
    claim = claims.claim_one(job_id)
    if claim is None:
        logger.info("Job %s is gone, not due or in other hands.", job_id)
        return None
    carry_out(claim)
    return Job.objects.get(pk=claim.job_id)


def work_off(kinds: Iterable[str] | None = None) -> int:
    """Do every job that is due, here and now, and return how many were tried; for commands that run no worker."""
    tried = 0
    while claim := claims.claim_next(kinds):
        carry_out(claim)
        tried += 1
    return tried


def carry_out(claim: Claim) -> None:
    """Do the work of a claim to its end: done, to be tried again, parked, or fenced out without a trace."""
    try:
        with Heartbeat(claim):
            finish = kinds.handler_of(claim.kind)(claim)
        _complete(claim, finish)
    except LeaseLost as lost:
        logger.warning("%s Nothing was written.", lost)
    except Exception as error:  # whatever a handler raises is counted against its job and shown with it
        logger.warning("Job %s failed.", claim.unique_key, exc_info=True)
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()  # the database may have gone away for a moment
        _count_error(claim, error)


@transaction.atomic
def _complete(claim: Claim, finish: kinds.Finish | None) -> None:
    """Write the result and mark the job done, or neither.

    1. the row is locked by its token: a worker whose lease was taken over finds nothing and stops;
    2. the result is written, still under that lock;
    3. the job is done.

    Raises:  LeaseLost when the token is no longer the job's.
    """
    job = claim.held().select_for_update().first()
    if job is None:
        raise LeaseLost(f"The job {claim.unique_key} was taken back before it was finished.")
    if finish is not None:
        finish()
    Job.objects.filter(pk=job.pk).update(
        state=Job.DONE,
        lease_until=None,
        token=None,
        finished_at=Now(),
        progress_done=job.progress_total,
        last_error="",
    )


@transaction.atomic
def _count_error(claim: Claim, error: Exception) -> None:
    """Give the job back with a pause, or park it after the fifth error or at once after a refusal.

    A refusal is the answer of a rule, not a hiccup: the same work would be refused again.
    """
    job = claim.held().select_for_update().first()
    if job is None:
        return
    job.errors += 1
    words = error.sentence if isinstance(error, Refused) else f"{type(error).__name__}: {error}"
    if isinstance(error, Refused) or job.errors >= MOST_ERRORS:
        parking.park(job, reason=words)
        return
    Job.objects.filter(pk=job.pk).update(
        state=Job.WAITING,
        errors=job.errors,
        last_error=words,
        lease_until=None,
        token=None,
        not_before=Now() + PAUSES[job.errors - 1],
    )
