"""Going round: take back what dead workers held, and wake a worker for whatever is due."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from django.db import transaction
from django.db.models.functions import Now

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
    due = list(Job.objects.due().values_list("pk", flat=True)[:AT_ONCE])
    return Swept(taken_back=taken_back, parked=parked, woken=waking.top_up(due))


@transaction.atomic
def _take_back_lapsed() -> tuple[int, int]:
    """Return lapsed jobs to the waiting, and park those whose worker died for the third time.

    A row that is locked is being finished this very moment and is left alone.
    """
    lapsed = list(Job.objects.lapsed().select_for_update(skip_locked=True)[:AT_ONCE])
    parked = 0
    for job in lapsed:
        job.deaths += 1
        logger.warning("The worker of job %s died (%s of %s).", job.unique_key, job.deaths, MOST_DEATHS)
        if job.deaths >= MOST_DEATHS:
            parking.park(job, reason=_words_of_death(job))
            parked += 1
        else:
            _give_back(job)
    return len(lapsed) - parked, parked


def _give_back(job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(
        state=Job.WAITING,
        deaths=job.deaths,
        last_error="The process that did this work ended before it was finished.",
        lease_until=None,
        token=None,
        not_before=Now(),
    )


def _words_of_death(job: Job) -> str:
    return (
        f"The process that did this work ended {job.deaths} times before it was finished; "
        "it may need more memory than there is, or a file of it may be damaged."
    )
