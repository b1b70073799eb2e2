"""Measure the chain check: statements and time for any number of lots, as a ratio to the bare reading of the same rows.

    python -m bench.chain [--lots 1 100 10000] [--rounds 3] [--json]

Starts a database of its own in a temporary folder, builds one real lot by the verbs and copies it with its order,
steps, values, outside order and certificates. The floor is the very same SQL with the very same arguments, read by
psycopg2 alone: no facts are made of the rows and nothing is judged. Lots are read five hundred at a time; `statements`
are those of one such batch. Of several rounds the fastest counts, of either side. One JSON object a line with --json.
"""

from __future__ import annotations

import argparse
import gc
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.pages import set_environment

AT_ONCE = 500


def main() -> int:
    """Run the bench and return the exit status."""
    options = _options()
    run = Path(tempfile.mkdtemp(prefix="sqp-bench-"))
    run.chmod(0o711)  # the servers' account passes through it
    set_environment(run)
    from portal.servers import places
    from portal.servers.pair import ServerPair

    try:
        with ServerPair(run / "state", valkey=False):
            for figures in _measure(options):
                print(json.dumps(figures) if options.json else _words(figures), flush=True)
    finally:
        shutil.rmtree(places.socket_folder(run / "state"), ignore_errors=True)
        shutil.rmtree(run, ignore_errors=True)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--lots", type=int, nargs="+", default=[1, 100, 10_000])
    parser.add_argument("--rounds", type=int, default=3, help="of each size; the fastest counts")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument("--profile", type=Path, help="write a profile of the largest size here")
    return parser.parse_args()


def _words(figures: dict) -> str:
    return (
        f"{figures['lots']:>6} lots: {figures['statements']} statements a batch, {figures['seconds']:.3f} s, "
        f"bare reading {figures['floor_seconds']:.3f} s, ratio {figures['ratio']}"
    )


def _measure(options: argparse.Namespace) -> Iterator[dict]:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from routes.models import Traveler
    from tests.cast import make_cast

    call_command("migrate", verbosity=0)
    _build(make_cast(), max(options.lots))
    gc.collect()
    gc.freeze()
    every = list(Traveler.objects.order_by("pk").values_list("pk", flat=True))
    connection.ensure_connection()
    for lots in options.lots:
        yield _figures(every[:lots], options)


def _build(cast, lots: int) -> None:
    from django.db import connections, transaction

    from bench.lots import copy
    from tests.factories.documents import make_shippable_lot

    # ordered with a first article, so that each lot is held beside the approved one as well
    lot = make_shippable_lot(cast, fai_regime="with_first")
    with transaction.atomic():
        if lots > 1:
            copy(lot, times=lots - 1, first=0)
    with connections["owner"].cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")  # as the server does by itself where rows come more slowly


def _figures(keys: list[int], options: argparse.Namespace) -> dict:
    asked = [_statements_of(batch) for batch in _batches(keys)]
    _check(keys[:1])
    seconds, floor = [], []
    for _ in range(options.rounds):  # by turns, so that both meet the same machine
        seconds.append(_timed(lambda: _check(keys)))
        floor.append(_timed(lambda: _read(asked)))
    if options.profile and len(keys) == max(options.lots):
        _profile(keys, options.profile)
    return {
        "lots": len(keys),
        "statements": max(map(len, asked)),
        "seconds": round(min(seconds), 4),
        "floor_seconds": round(min(floor), 4),
        "ratio": round(min(seconds) / min(floor), 2),
    }


def _batches(keys: list[int]) -> Iterator[list[int]]:
    return (keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE))


def _check(keys: list[int]) -> None:
    """Read the facts of lots and judge them."""
    from documents.domain.chain import judge
    from documents.domain.chain.facts import read_facts

    for batch in _batches(keys):
        for facts in read_facts(batch).values():
            judge(facts)


def _statements_of(keys: list[int]) -> list[tuple[str, dict]]:
    """Return every statement, with its arguments, by which a batch is read."""
    from django.db import connection

    from documents.domain.chain.facts import read_facts

    met: list[tuple[str, dict]] = []

    def note(execute, statement, arguments, many, context):
        met.append((statement, arguments))
        return execute(statement, arguments, many, context)

    with connection.execute_wrapper(note):
        read_facts(keys)
    return met


def _read(asked: list[list[tuple[str, dict]]]) -> None:
    """Read the same rows by psycopg2 alone, one batch in memory at a time."""
    from django.db import connection

    for batch in asked:
        rows = []
        with connection.connection.cursor() as cursor:
            for statement, arguments in batch:
                cursor.execute(statement, arguments)
                rows.append(cursor.fetchall())


def _timed(act: Callable[[], None]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def _profile(keys: list[int], path: Path) -> None:
    import cProfile

    profile = cProfile.Profile()
    profile.runcall(_check, keys)
    profile.dump_stats(path)


if __name__ == "__main__":
    sys.exit(main())
