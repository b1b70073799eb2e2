"""What is said to the broker, and what happens when it does not listen."""

from __future__ import annotations

import json
import time

import pytest
import redis
from celery import Celery
from django.conf import settings
from django.db import transaction

from portal import queue
from portal.celery import JOBS_QUEUE, SWEEP_QUEUE, app
from portal.models import Job
from portal.queue import waking
from portal.tasks import run_job, sweep_jobs


@pytest.fixture
def broker(monkeypatch):
    """Give this run's broker, emptied before and after."""
    monkeypatch.setattr(waking, "_leave_alone_until", 0.0)
    client = redis.Redis.from_url(settings.REDIS_URL)
    client.flushdb()
    yield client
    client.flushdb()
    client.close()


@pytest.fixture
def broken_broker(monkeypatch, tmp_path):
    """Send to a broker that is not there."""
    nowhere = Celery("nowhere", broker=f"redis+socket://{tmp_path}/nobody.sock", set_as_current=False)
    nowhere.conf.broker_transport_options = settings.CELERY_BROKER_TRANSPORT_OPTIONS
    monkeypatch.setattr(waking, "app", nowhere)
    monkeypatch.setattr(waking, "_leave_alone_until", 0.0)
    yield
    nowhere.close()


def messages(broker: redis.Redis) -> list[dict]:
    """Return the headers of the waiting job messages, the next one to be read first."""
    return [json.loads(raw)["headers"] for raw in reversed(broker.lrange(JOBS_QUEUE, 0, -1))]


def woken_jobs(broker: redis.Redis) -> list[str]:
    return [header["kwargsrepr"] for header in messages(broker)]


def put_down(n: int) -> list[int]:
    return [queue.enqueue("nobody-does-this", unique_key=f"broker:{i}", arguments={}).pk for i in range(n)]


def test_enqueue_sends_one_small_json_message_after_commit(committed_db, broker):
    with transaction.atomic():
        (job_id,) = put_down(1)
        assert messages(broker) == []
    (header,) = messages(broker)
    assert (header["task"], header["kwargsrepr"]) == ("portal.tasks.run_job", f"{{'job_id': {job_id}}}")
    assert (header["eta"], header["expires"], header["ignore_result"]) == (None, None, True)


def test_enqueue_succeeds_while_the_broker_is_down(committed_db, broken_broker):
    begun = time.monotonic()
    jobs = put_down(20)
    assert Job.objects.filter(pk__in=jobs, state=Job.WAITING).count() == 20
    assert waking._leave_alone_until > begun


def test_wake_asks_a_dead_broker_once_and_then_leaves_it_alone(broken_broker, monkeypatch, caplog):
    assert [waking.wake(1), waking.wake(2), waking.wake(3)] == [False, False, False]
    assert len(caplog.records) == 1
    monkeypatch.setattr(waking, "_leave_alone_until", 0.0)
    assert waking.wake(4) is False
    assert len(caplog.records) == 2


def test_sweep_still_takes_back_while_the_broker_is_down(committed_db, broken_broker):
    put_down(1)
    claim = queue.claim_next()
    Job.objects.filter(pk=claim.job_id).update(lease_until=Job.objects.get(pk=claim.job_id).created_at)
    assert queue.sweep() == queue.Swept(taken_back=1, parked=0, woken=0)


def test_sweep_fills_an_emptied_broker_again(committed_db, broker):
    jobs = put_down(5)
    broker.flushdb()
    assert queue.sweep().woken == 5
    assert woken_jobs(broker) == [f"{{'job_id': {job_id}}}" for job_id in jobs]


def test_sweep_doubles_no_message_that_still_waits(committed_db, broker):
    put_down(5)
    assert [queue.sweep().woken for _ in range(3)] == [0, 0, 0]
    broker.rpop(JOBS_QUEUE, 2)
    assert [queue.sweep().woken for _ in range(2)] == [2, 0]


def test_sweep_wakes_a_worker_for_what_it_takes_back(committed_db, broker):
    jobs = put_down(3)
    claim = queue.claim_next()
    broker.rpop(JOBS_QUEUE)  # as its worker did, which then died
    Job.objects.filter(pk=claim.job_id).update(lease_until=Job.objects.get(pk=claim.job_id).created_at)
    assert queue.sweep() == queue.Swept(taken_back=1, parked=0, woken=1)
    assert woken_jobs(broker) == [f"{{'job_id': {job_id}}}" for job_id in [*jobs[1:], jobs[0]]]


def test_sweeps_that_piled_up_are_dropped_by_the_one_that_ran(committed_db, broker):
    for _ in range(3):
        sweep_jobs.apply_async()
    assert (broker.llen(SWEEP_QUEUE), broker.llen(JOBS_QUEUE)) == (3, 0)
    sweep_jobs()
    assert broker.llen(SWEEP_QUEUE) == 0


def test_run_job_task_ends_quietly_when_the_job_is_gone(db):
    assert run_job(job_id=10**12) is None


def test_messages_are_json_without_results_and_without_a_clock():
    assert (app.conf.accept_content, app.conf.task_serializer, app.conf.result_backend) == (
        ["json"],
        "json",
        None,
    )
    beats = {beat["task"]: beat["schedule"] for beat in app.conf.beat_schedule.values()}
    assert beats == {
        "portal.tasks.sweep_jobs": 5.0,
        "portal.tasks.watch_feed": 1.0,
        "portal.tasks.send_digests": 600.0,
        "portal.tasks.check_store_daily": 600.0,
        "portal.tasks.tidy_up_daily": 600.0,
        "documents.tasks.begin_the_day": 600.0,
        "documents.tasks.remind_daily": 600.0,
        "documents.tasks.watch_folder": 10.0,
        "documents.tasks.fetch_mail": 60.0,
    }
