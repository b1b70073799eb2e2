"""Real workers that may be killed, and how their work is counted; used by the tests and the bench of the queue."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable

from django.conf import settings

from portal import feed, queue
from portal.models import Event, Job

BACK_AT_WORK_SECONDS = 45  # what the portal promises after any kill


class Crew:
    """Workers and a beat, each in a process group of its own."""

    def __init__(self, schedule: str, *, lease_seconds: int) -> None:
        self.schedule = schedule
        self.lease_seconds = lease_seconds
        self.started: list[subprocess.Popen] = []

    def start_worker(self) -> subprocess.Popen:
        return self._start("worker", "--concurrency=2", "-I", "tests.portal.job_kinds", "--without-mingle")

    def start_beat(self) -> subprocess.Popen:
        return self._start("beat", f"--schedule={self.schedule}", "--pidfile=")

    def _start(self, *words: str) -> subprocess.Popen:
        process = subprocess.Popen(
            [sys.executable, "-m", "celery", "-q", "-A", "portal", *words, "--loglevel=ERROR"],
            cwd=settings.BASE_DIR,
            env={**os.environ, "PORTAL_JOB_LEASE_SECONDS": str(self.lease_seconds)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self.started.append(process)
        return process

    def kill(self, process: subprocess.Popen) -> None:
        """End a process and its children in the middle of whatever they do."""
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def kill_all(self) -> None:
        for process in self.started:
            self.kill(process)


def wait_for(condition: Callable[[], bool], *, seconds: float) -> float:
    """Wait until the condition holds and return after how many seconds it did."""
    begun = time.monotonic()
    while not condition():
        assert time.monotonic() - begun < seconds, _standing()
        time.sleep(0.05)
    return time.monotonic() - begun


def _standing() -> str:
    rows = Job.objects.values_list("unique_key", "state", "deaths", "errors", "last_error")
    return "Not in time; the jobs stand so:\n" + "\n".join(map(str, rows))


def count(**lookup) -> int:
    """Count the jobs of the test; those of readers of the feed come and go beside them."""
    return Job.objects.exclude(kind=feed.KIND).filter(**lookup).count()


def put_down(n: int, *, seconds: float) -> list[str]:
    keys = [f"proof:{number}" for number in range(n)]
    for key in keys:
        queue.enqueue("leave-proof", unique_key=key, arguments={"seconds": seconds})
    return keys


def proofs() -> Counter:
    return Counter(Event.objects.filter(noun="proof").values_list("number", flat=True))
