"""What a page says about background work: waiting, working n of m, done, or failed and why."""

from __future__ import annotations

from typing import Any

from portal.models import Job, Person
from portal.queue.parking import may_retry

NO_CONCERN_OF_OUTSIDERS = "This could not be finished. The shop has been told and can start it again."


def progress_context(job: Job | None, *, viewer: Person | None = None) -> dict[str, Any]:
    """Return what the progress component needs to show `job` to `viewer`.

    The reason of a failure is for the shop; a customer or vendor learns that it failed. A record that has no
    job yet is shown as waiting.
    """
    if job is None:
        return _context(state=Job.WAITING, sentence="Waiting to be started.")
    is_parked = job.state == Job.PARKED
    return _context(
        state=job.state,
        sentence=_sentence(job, viewer),
        done=job.progress_done,
        total=job.progress_total,
        may_retry=is_parked and may_retry(viewer),
        key=job.unique_key,
    )


def _context(
    *, state: str, sentence: str, done: int = 0, total: int = 0, may_retry: bool = False, key: str = ""
) -> dict[str, Any]:
    return {
        "state": state,
        "word": "Failed" if state == Job.PARKED else Job(state=state).get_state_display(),
        "sentence": sentence,
        "done": done,
        "total": total,
        "is_moving": state in (Job.WAITING, Job.WORKING),
        "may_retry": may_retry,
        "key": key,
    }


def _sentence(job: Job, viewer: Person | None) -> str:
    is_shop = viewer is not None and viewer.is_shop
    if job.state == Job.PARKED:
        return job.last_error if is_shop else NO_CONCERN_OF_OUTSIDERS
    if job.state == Job.WORKING:
        return job.progress_sentence or "A worker has taken it up."
    if job.state == Job.DONE:
        return "Finished."
    if job.errors or job.deaths:
        tried = f"Attempt {job.errors + job.deaths} did not finish; it is tried again by itself."
        return f"{tried} {job.last_error}" if is_shop else tried
    return "Waiting for a free worker."
