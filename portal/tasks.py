"""The two tasks Celery knows: do one job, and go round."""

from __future__ import annotations

from celery import shared_task

from portal import queue
from portal.queue import waking


@shared_task(name="portal.tasks.run_job", ignore_result=True)
def run_job(*, job_id: int) -> None:
    """Do one job; end quietly when it is gone, done or in other hands."""
    queue.run_job(job_id)


@shared_task(name="portal.tasks.sweep_jobs", ignore_result=True)
def sweep_jobs() -> None:
    """Take back lapsed jobs and wake workers for those that wait; beat asks for it every few seconds."""
    queue.sweep()
    waking.forget_waiting_sweeps()
