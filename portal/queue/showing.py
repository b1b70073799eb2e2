"""What a page says about background work: waiting, working n of m, done, or failed and why."""

from __future__ import annotations

from typing import Any

from portal.models import Job, Person
from portal.queue.parking import may_retry

FAILED_FOR_OUTSIDERS = "This could not be finished. The shop can see why and start it again."
LATE_FOR_OUTSIDERS = "This takes longer than usual."


def progress_context(job: Job | None, *, viewer: Person | None = None) -> dict[str, Any]:
    """Return the `job` that `components/progress.html` shows to `viewer`.

    Beside the fields of the job it says `is_moving` (worth asking again) and `may_retry`. Why something failed is
    for the shop; customers and vendors learn that it failed. Without a job the work is about to be asked for.
    """
    if job is None:
        job = Job(state=Job.WAITING, progress_sentence="It is about to be started.")
    sentence = job.progress_sentence
    if job.state == Job.WORKING and not sentence:
        sentence = "A worker has taken it up."
    return {
        "state": job.state,
        "progress_done": job.progress_done,
        "progress_total": job.progress_total,
        "progress_sentence": sentence,
        "last_error": _reason(job, viewer),
        "is_moving": job.state in (Job.WAITING, Job.WORKING),
        "may_retry": job.state == Job.PARKED and may_retry(viewer),
    }


def _reason(job: Job, viewer: Person | None) -> str:
    if job.last_error and not (viewer is not None and viewer.is_shop):
        return FAILED_FOR_OUTSIDERS if job.state == Job.PARKED else LATE_FOR_OUTSIDERS
    return job.last_error
