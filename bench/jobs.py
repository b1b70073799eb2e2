"""Kill real workers in the middle of their jobs, empty the broker, and count what was lost or done twice.

    python -m bench.jobs [--kills 20] [--lease 30] [--seed 1]

Starts a database, a broker, a worker and a beat of its own in a temporary folder, with the shipped lease unless
told otherwise. Every kill takes the whole worker with SIGKILL; every second one empties the broker too. Prints one
JSON object; the exit status is 1 when anything was lost, done twice or back later than promised.

recovery: seconds from a kill until the jobs that were in hand then are done, by the clock of the database.
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
KEPT_WAITING = 12  # jobs, so that a kill always meets a busy worker


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
            lambda: not Job.objects.filter(state__in=[Job.WAITING, Job.WORKING]).exists(), seconds=300
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
        "in_hand_at_a_kill": sum(len(jobs) for _, jobs in in_hand),
        "lost": lost,
        "duplicates": done_twice,
        "parked": count(state=Job.PARKED),
        "lease_seconds": options.lease,
        "seconds": round(time.monotonic() - begun, 1),
        "worst_recovery_s": worst,
        "is_kept": lost == done_twice == 0 and worst <= BACK_AT_WORK_SECONDS,
    }


def _kill_again_and_again(crew, options: argparse.Namespace) -> tuple[list, int]:
    """Kill the worker at random moments; return for each kill its moment and the jobs it interrupted."""
    import redis
    from django.conf import settings

    from portal.models import Job
    from tests.portal.job_crew import count

    chance = random.Random(options.seed)
    broker = redis.Redis.from_url(settings.REDIS_URL)
    asked, in_hand, wipes = Counter(), [], 0
    crew.start_beat()
    worker = crew.start_worker()
    for kill in range(options.kills):
        _keep_busy(chance, asked, until=time.monotonic() + chance.uniform(*PAUSE_SECONDS))
        done = count(state=Job.DONE)
        _wait_until(
            lambda done=done: count(state=Job.DONE) > done and count(state=Job.WORKING) > 0,
            seconds=120,
            meanwhile=lambda: _keep_busy(chance, asked),
        )
        crew.kill(worker)
        in_hand.append(
            (_database_now(), list(Job.objects.filter(state=Job.WORKING).values_list("pk", flat=True)))
        )
        if kill % 2:
            broker.flushdb()
            wipes += 1
        worker = crew.start_worker()
    broker.close()
    return in_hand, wipes


def _keep_busy(chance: random.Random, asked: Counter, until: float = 0.0) -> None:
    """Ask for work as a web process would, so that some always waits."""
    from portal import queue
    from portal.models import Job

    while True:
        for _ in range(KEPT_WAITING - Job.objects.filter(state=Job.WAITING).count()):
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


def _worst_recovery(in_hand: list) -> float:
    """Return the longest time from a kill to the end of a job it interrupted.

    A job met by a second kill is measured from that one.
    """
    from portal.models import Job

    finished = dict(Job.objects.values_list("pk", "finished_at"))
    last_kill = {job: moment for moment, jobs in in_hand for job in jobs}
    waits = [(finished[job] - moment).total_seconds() for job, moment in last_kill.items() if finished[job]]
    return round(max(waits, default=0.0), 1)


def _database_now():
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]


if __name__ == "__main__":
    sys.exit(main())
