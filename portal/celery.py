"""Celery, which is only ever woken: what is to be done, by whom and since when stands in PostgreSQL (portal/queue)."""

import gc
import os

from celery import Celery
from celery.signals import worker_process_init
from kombu import Queue

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

JOBS_QUEUE = "jobs"
SWEEP_QUEUE = "sweeps"  # beside the jobs, so that the sweep never waits behind them

app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.update(
    task_queues=(Queue(JOBS_QUEUE), Queue(SWEEP_QUEUE)),
    task_default_queue=JOBS_QUEUE,
    task_routes={
        "portal.tasks.sweep_jobs": {"queue": SWEEP_QUEUE},
        "portal.tasks.watch_feed": {"queue": SWEEP_QUEUE},
    },
    # Acknowledged late, with one message fetched a process, a long job holds back nothing others could do.
    task_acks_late=True,
    task_reject_on_worker_lost=False,  # a message that killed its process is not sent again; the sweep counts it
    # A process that hangs is killed; its job is then taken back like that of any dead worker.
    task_time_limit=30 * 60,
    # The loss of the broker is no reason to end: keep asking for it, at least every few seconds, for ever.
    broker_connection_max_retries=None,
    worker_cancel_long_running_tasks_on_connection_loss=False,
)
app.autodiscover_tasks()


@worker_process_init.connect
def settle_memory(**_) -> None:
    """Freeze what was imported before the fork, so that collecting garbage leaves those shared pages alone."""
    gc.collect()
    gc.freeze()
