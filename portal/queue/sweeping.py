"""Going round: take back what dead workers held, and wake a worker for whatever is due."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from django.db import transaction

from portal.models import Job
from portal.queue import parking, waking

logger = logging.getLogger(__name__)

MOST_DEATHS = 3
AT_ONCE = 500  # jobs looked at in one round; the next round is seconds away


@dataclass(frozen=True)
class Swept:
    """What one round did: jobs taken back, jobs parked, workers woken."""

    taken_back: int
    parked: int
    woken: int


def sweep() -> Swept:
    """Take back every job whose lease ran out and wake a worker for each due job that nobody was told of."""
    taken_back, parked = _take_back_lapsed()
    woken = sum(waking.wake(job_id) for job_id in taken_back)  # the message of each died with its worker
    due = list(Job.objects.due().values_list("pk", flat=True)[:AT_ONCE])
    return Swept(taken_back=len(taken_back), parked=parked, woken=woken + waking.top_up(due))


@transaction.atomic
def _take_back_lapsed() -> tuple[list[int], int]:
    """Let lapsed jobs wait again and park those whose worker died for the third time.

    Returns the jobs that wait again and how many were parked. A row that is locked is being finished this very
    moment and is left alone.
    """
    lapsed = list(Job.objects.lapsed().select_for_update(skip_locked=True)[:AT_ONCE])
    taken_back = []
    for job in lapsed:
        job.deaths += 1
        logger.warning("The worker of job %s died (%s of %s).", job.unique_key, job.deaths, MOST_DEATHS)
        if job.deaths >= MOST_DEATHS:
            parking.park(job, reason=_words_of_death(job))
        else:
            _give_back(job)
            taken_back.append(job.pk)
    return taken_back, len(lapsed) - len(taken_back)


def _give_back(job: Job) -> None:
    """Let a job wait again in its old place, before all that became due after it."""
    Job.objects.filter(pk=job.pk).update(
        state=Job.WAITING,
        deaths=job.deaths,
        last_error="The process that did this work ended before it was finished.",
        lease_until=None,
        token=None,
    )


def _words_of_death(job: Job) -> str:
    return (
        f"The process that did this work ended {job.deaths} times before it was finished; "
        "it may need more memory than there is, or a file of it may be damaged."
    )
