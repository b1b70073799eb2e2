"""Work that failed too often is set aside, shown to people, and tried again when one of them says so."""

from __future__ import annotations

from functools import partial

from django.db import transaction
from django.db.models.functions import Now

from portal.domain.errors import NotEntitled, NotTheMoment
from portal.domain.events import record_event
from portal.domain.moves import QUALITY, lock
from portal.models import Event, Job, Person
from portal.queue import waking

NUMBER_LENGTH = Event._meta.get_field("number").max_length


class JobIsNotParked(NotTheMoment):
    """Only work that was set aside can be tried again."""

    code = "job-is-not-parked"


def park(job: Job, *, reason: str) -> None:
    """Set a job aside with its reason, in the transaction of the caller, who has locked it."""
    Job.objects.filter(pk=job.pk).update(
        state=Job.PARKED,
        errors=job.errors,
        deaths=job.deaths,
        last_error=reason,
        lease_until=None,
        token=None,
        finished_at=Now(),
    )
    _record(job, "park", by=None, reason=reason)


def may_retry(person: Person | None) -> bool:
    """Say whether `person` may have parked work tried again."""
    return person is not None and person.is_active and person.role in QUALITY


@transaction.atomic
def retry(job: Job, *, by: Person) -> Job:
    """Let parked work wait for a worker again, with its errors and deaths forgiven.

    Raises:  NotEntitled unless a quality engineer or manager of the shop asks;
             JobIsNotParked when the work waits, runs or is done.
    """
    if not may_retry(by):
        raise NotEntitled(
            f"{by.printed_name} may not restart background work; ask a quality engineer of the shop."
        )
    job = lock(job)
    if job.state != Job.PARKED:
        raise JobIsNotParked(
            f"The work {job.unique_key} is {job.get_state_display().lower()}, so there is nothing to try again. "
            "Reload the page to see how it stands now."
        )
    _record(job, "retry", by=by, reason=job.last_error)
    Job.objects.filter(pk=job.pk).update(
        state=Job.WAITING, errors=0, deaths=0, last_error="", not_before=Now(), finished_at=None
    )
    transaction.on_commit(partial(waking.wake, job.pk), robust=True)
    job.refresh_from_db()
    return job


def _record(job: Job, verb: str, *, by: Person | None, reason: str) -> None:
    record_event(
        by=by,
        verb=verb,
        noun="job",
        number=job.unique_key[:NUMBER_LENGTH],
        data={
            "kind": job.kind,
            "key": job.unique_key,
            "errors": job.errors,
            "deaths": job.deaths,
            "reason": reason,
        },
    )
