"""Telling the workers through the broker. Nothing here is needed for correctness: a lost message is only a delay."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence

from kombu.exceptions import OperationalError
from redis import RedisError

from portal.celery import JOBS_QUEUE, SWEEP_QUEUE, app

logger = logging.getLogger(__name__)

BROKER_TROUBLE = (OperationalError, RedisError, OSError)
# A page that asks for several jobs while the broker is unreachable waits for the first failure only.
LEAVE_ALONE_SECONDS = 3.0

_leave_alone_until = 0.0


def wake(job_id: int) -> bool:
    """Tell one worker about a job and say whether the broker took the message.

    Never raises when the broker is down: the sweep finds the job as soon as the broker is back.
    """
    global _leave_alone_until
    if time.monotonic() < _leave_alone_until:
        return False
    try:
        app.send_task("portal.tasks.run_job", kwargs={"job_id": job_id}, ignore_result=True, retry=False)
    except BROKER_TROUBLE as error:
        _leave_alone_until = time.monotonic() + LEAVE_ALONE_SECONDS
        logger.warning("The broker took no message (%s); the sweep will wake a worker.", error)
        return False
    return True


def top_up(due: Sequence[int]) -> int:
    """Send the messages that are missing for the due jobs, oldest first, and return how many were sent.

    The broker is asked how many messages it holds, so a long queue is not doubled at every round and an emptied
    broker is filled again at once.
    """
    if not due:
        return 0
    try:
        missing = len(due) - _length_of(JOBS_QUEUE)
    except BROKER_TROUBLE as error:
        logger.warning("The broker does not answer (%s); the next sweep asks again.", error)
        return 0
    return sum(wake(job_id) for job_id in due[: max(missing, 0)])


def forget_waiting_sweeps() -> None:
    """Drop the sweeps that piled up while every worker was busy; one that has just run makes them pointless."""
    with app.connection_for_write() as connection:
        connection.default_channel.queue_purge(SWEEP_QUEUE)


def _length_of(queue: str) -> int:
    with app.connection_for_write() as connection:
        return connection.default_channel.queue_declare(queue=queue, passive=False).message_count
