"""Kill real workers in the middle of their jobs, empty the broker, and count what was lost or done twice.

    python -m bench.jobs [--kills 20] [--lease 30] [--seed 1]

Starts a database, a broker, a worker and a beat of its own in a temporary folder, with the shipped lease unless
told otherwise. Every kill takes the whole worker with SIGKILL; every second one empties the broker too. Prints one
JSON object; the exit status is 1 when anything was lost, done twice or back later than promised.

worst_recovery_s: from the kill that interrupted a job until that job is done, by the clock of the database.
No job is interrupted twice: three times would rightly park it, which tests/portal/test_jobs_kill.py shows.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

JOB_SECONDS = (0.2, 1.2)  # how long a job takes
PAUSE_SECONDS = (3.0, 9.0)  # between two kills
KEPT_WAITING = 4  # jobs, so that a kill always meets a busy worker


def main() -> int:
    """Run the bench and return the exit status."""
    options = _options()
    run = Path(tempfile.mkdtemp(prefix="sqp-bench-"))
    run.chmod(0o711)  # the servers' account passes through it
    _set_environment(run)
    from portal.servers import places
    from portal.servers.pair import ServerPair

    try:
        with ServerPair(run / "state"):
            figures = _measure(run, options)
    finally:
        shutil.rmtree(places.socket_folder(run / "state"), ignore_errors=True)
        shutil.rmtree(run, ignore_errors=True)
    print(json.dumps(figures))
    return 0 if figures["is_kept"] else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--lease", type=int, default=30, help="seconds; the shipped value unless given")
    parser.add_argument("--seed", type=int, default=1, help="of the moments of the kills")
    return parser.parse_args()


def _set_environment(run: Path) -> None:
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL"):
        os.environ.pop(name, None)  # nothing here may touch servers that hold anything
    os.environ["PORTAL_STATE_DIR"] = str(run / "state")
    os.environ["PORTAL_FILES_DIR"] = str(run / "files")
    os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings"


def _measure(run: Path, options: argparse.Namespace) -> dict:
    import django

    django.setup()
    from django.core.management import call_command

    from portal.models import Job
    from tests.portal.job_crew import BACK_AT_WORK_SECONDS, Crew, count, proofs

    call_command("migrate", verbosity=0)
    crew = Crew(str(run / "beat-schedule"), lease_seconds=options.lease)
    begun = time.monotonic()
    try:
        in_hand, wipes = _kill_again_and_again(crew, options)
        _wait_until(
            lambda: not Job.objects.filter(kind="leave-proof", state__in=[Job.WAITING, Job.WORKING]).exists(),
            seconds=300,
        )
    finally:
        crew.kill_all()
    done_twice = sum(n - 1 for n in proofs().values())
    lost = count() - len(proofs())
    worst = _worst_recovery(in_hand)
    return {
        "jobs": count(),
        "kills": options.kills,
        "broker_wipes": wipes,
        "interrupted": len(in_hand),
        "lost": lost,
        "duplicates": done_twice,
        "parked": count(state=Job.PARKED),
        "lease_seconds": options.lease,
        "seconds": round(time.monotonic() - begun, 1),
        "worst_recovery_s": worst,
        "is_kept": lost == done_twice == 0 and worst <= BACK_AT_WORK_SECONDS,
    }


def _kill_again_and_again(crew, options: argparse.Namespace) -> tuple[list[tuple], int]:
    """Kill the worker at random moments; return the moment and job of every interruption, and the wipes."""
    import redis
    from django.conf import settings

    from portal.models import Job

    chance = random.Random(options.seed)
    broker = redis.Redis.from_url(settings.REDIS_URL)
    asked, in_hand, wipes = Counter(), [], 0
    crew.start_beat()
    worker = crew.start_worker()
    for kill in range(options.kills):
        _keep_busy(chance, asked, until=time.monotonic() + chance.uniform(*PAUSE_SECONDS))
        known = {job for _, job in in_hand}
        _wait_until(
            lambda known=known: _may_kill(known), seconds=120, meanwhile=lambda: _keep_busy(chance, asked)
        )
        crew.kill(worker)
        moment = _database_now()
        working = Job.objects.filter(kind="leave-proof", state=Job.WORKING).values_list("pk", flat=True)
        in_hand += [(moment, job) for job in working if job not in known]
        if kill % 2:
            broker.flushdb()
            wipes += 1
        worker = crew.start_worker()
    broker.close()
    return in_hand, wipes


def _may_kill(known: set[int]) -> bool:
    """Say whether the worker is in the middle of jobs that no earlier kill has interrupted.

    The jobs of an earlier kill stand as working, with no death yet, until their lease runs out.
    """
    from portal.models import Job

    working = Job.objects.filter(kind="leave-proof", state=Job.WORKING)
    return working.exclude(pk__in=known).exists() and not working.filter(deaths__gt=0).exists()


def _keep_busy(chance: random.Random, asked: Counter, until: float = 0.0) -> None:
    """Ask for work as a web process would, so that some always waits."""
    from portal import queue
    from portal.models import Job

    while True:
        for _ in range(KEPT_WAITING - Job.objects.filter(kind="leave-proof", state=Job.WAITING).count()):
            asked["jobs"] += 1
            seconds = round(chance.uniform(*JOB_SECONDS), 2)
            queue.enqueue("leave-proof", unique_key=f"bench:{asked['jobs']}", arguments={"seconds": seconds})
        if time.monotonic() >= until:
            return
        time.sleep(0.2)


def _wait_until(condition, *, seconds: float, meanwhile=lambda: None) -> None:
    until = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > until:
            sys.exit(f"Not in {seconds} seconds; the worker does not get on with its jobs.")
        meanwhile()
        time.sleep(0.1)


def _worst_recovery(in_hand: list[tuple]) -> float:
    """Return the longest time in seconds from the interruption of a job to its end."""
    from portal.models import Job

    finished = dict(
        Job.objects.filter(kind="leave-proof", finished_at__isnull=False).values_list("pk", "finished_at")
    )
    waits = [(finished[job] - moment).total_seconds() for moment, job in in_hand if job in finished]
    return round(max(waits, default=0.0), 1)


def _database_now():
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]


if __name__ == "__main__":
    sys.exit(main())
