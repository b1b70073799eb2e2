"""Real workers, really killed: nothing is lost, nothing is done twice, and work goes on."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
from django.conf import settings
from django.db import connection

from portal import queue
from portal.models import Event, Job
from portal.servers import places
from portal.servers.pair import ServerPair
from tests.portal.job_crew import BACK_AT_WORK_SECONDS, Crew, count, proofs, put_down, wait_for

pytestmark = pytest.mark.serial


@pytest.fixture
def broker() -> Iterator[redis.Redis]:
    """Give the broker of this run, emptied before and after."""
    client = redis.Redis.from_url(settings.REDIS_URL)
    client.flushdb()
    yield client
    client.flushdb()
    client.close()


@pytest.fixture
def crew(committed_db, broker, tmp_path) -> Iterator[Crew]:
    crew = Crew(str(tmp_path / "beat-schedule"), lease_seconds=2)
    yield crew
    crew.kill_all()
    connection.close()


@pytest.fixture
def state() -> Iterator[Path]:
    """Give a folder for servers of this test alone, which the servers' account can pass through."""
    folder = Path(tempfile.mkdtemp(prefix="sqp-broker-"))
    folder.chmod(0o711)
    yield folder / "state"
    shutil.rmtree(places.socket_folder(folder / "state"), ignore_errors=True)
    shutil.rmtree(folder)


def test_killed_workers_and_an_emptied_broker_lose_and_double_nothing(crew, broker):
    keys = put_down(8, seconds=0.8)
    worker = crew.start_worker()
    crew.start_beat()
    wait_for(lambda: count(state=Job.DONE) >= 1 and count(state=Job.WORKING) == 2, seconds=60)

    crew.kill(worker)
    broker.flushdb()
    assert count(state=Job.WORKING) == 2  # died in mid-job
    done = count(state=Job.DONE)

    crew.start_worker()
    assert wait_for(lambda: count(state=Job.DONE) > done, seconds=BACK_AT_WORK_SECONDS) < BACK_AT_WORK_SECONDS
    broker.flushdb()  # once more, under a living worker
    wait_for(lambda: count(state=Job.DONE) == len(keys), seconds=60)

    assert proofs() == Counter(keys)
    assert count(deaths=1) == 2
    assert count(errors__gt=0) == 0


def test_a_frozen_worker_that_thaws_too_late_writes_nothing(crew, broker):
    put_down(2, seconds=1.5)
    frozen = crew.start_worker()
    crew.start_beat()
    wait_for(lambda: count(progress_done__gt=3, state=Job.WORKING) == 2, seconds=60)
    os.killpg(frozen.pid, signal.SIGSTOP)

    crew.start_worker()
    wait_for(lambda: count(state=Job.DONE, deaths=1) == 2, seconds=60)
    os.killpg(frozen.pid, signal.SIGCONT)
    late = queue.enqueue("leave-proof", unique_key="proof:late", arguments={"seconds": 2})
    wait_for(
        lambda: count(pk=late.pk, state=Job.DONE) == 1, seconds=60
    )  # time enough for the thawed to finish

    assert proofs() == Counter(["proof:0", "proof:1", "proof:late"])
    attempts = dict(Event.objects.filter(noun="proof").values_list("number", "data__attempt"))
    assert attempts == {"proof:0": 2, "proof:1": 2, "proof:late": 1}


def test_work_goes_on_after_the_broker_died_under_a_living_worker(crew, state, monkeypatch):
    monkeypatch.setenv(
        "REDIS_URL", places.redis_address(state)
    )  # for the crew; we ourselves tell another broker
    with ServerPair(state, postgres=False) as own:
        worker = crew.start_worker()
        beat = crew.start_beat()
        put_down(2, seconds=0.1)
        wait_for(lambda: count(state=Job.DONE) == 2, seconds=60)

        (valkey,) = own.programs
        valkey.process.kill()
        valkey.process.wait()
        keys = put_down(4, seconds=0.1)
        valkey.start()
        wait_for(lambda: count(state=Job.DONE) == 4, seconds=BACK_AT_WORK_SECONDS)
        assert (worker.poll(), beat.poll()) == (None, None)  # nobody had to be started again
        crew.kill_all()
    assert proofs() == Counter(keys)


def test_a_job_that_kills_its_process_is_parked_and_holds_nobody_up(crew, broker):
    poison = queue.enqueue("kill-own-process", unique_key="poison:1", arguments={})
    crew.start_worker()
    crew.start_beat()
    keys = put_down(4, seconds=0.2)
    wait_for(lambda: count(state=Job.DONE) == len(keys), seconds=60)
    assert proofs() == Counter(keys)
    assert count(pk=poison.pk, state=Job.PARKED) == 0  # the others did not wait for its end

    wait_for(lambda: count(state=Job.PARKED) == 1, seconds=60)
    poison.refresh_from_db()
    assert (poison.deaths, poison.errors) == (3, 0)
    assert Event.objects.get(noun="job", verb="park").number == "poison:1"
