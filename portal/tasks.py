"""The tasks Celery knows: do one job, go round, and look whether a reader of the feed is behind."""

from __future__ import annotations

from celery import shared_task

from portal import feed, queue
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


@shared_task(name="portal.tasks.watch_feed", ignore_result=True)
def watch_feed() -> None:
    """Ask for readers of the feed that are behind; beat asks for it every second."""
    feed.watch()
