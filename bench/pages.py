"""Measure pages and calls on ten thousand lots: statements, and time as a ratio to a plain DRF list or detail.

    python -m bench.pages [--lots 10000] [--open 500] [--calls 40]

Starts a database of its own in a temporary folder, builds two real lots by the verbs and copies them with orders,
steps, values, outside orders and certificates. Prints one JSON object. Everything runs in this process, through the
whole stack of middleware, with one client and no network; the ratio to the floor of the same run is the figure that
another machine can be held to. What is found is told on standard error as it comes.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

WARM_UP = 3


def main() -> int:
    """Run the bench and return the exit status."""
    options = _options()
    run = Path(tempfile.mkdtemp(prefix="sqp-bench-"))
    run.chmod(0o711)  # the servers' account passes through it
    set_environment(run)
    from portal.servers import places
    from portal.servers.pair import ServerPair

    try:
        with ServerPair(run / "state"):
            figures = _measure(options)
    finally:
        shutil.rmtree(places.socket_folder(run / "state"), ignore_errors=True)
        shutil.rmtree(run, ignore_errors=True)
    print(json.dumps(figures, indent=2))
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--lots", type=int, default=10_000)
    parser.add_argument("--open", type=int, default=500, help="of the lots, those not shipped yet")
    parser.add_argument("--calls", type=int, default=40, help="of each address, after three to warm up")
    return parser.parse_args()


def set_environment(run: Path) -> None:
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL"):
        os.environ.pop(name, None)  # nothing here may touch servers that hold anything
    os.environ["PORTAL_STATE_DIR"] = str(run / "state")
    os.environ["PORTAL_FILES_DIR"] = str(run / "files")
    os.environ["PORTAL_TESTS"] = os.environ["PORTAL_FAST_HASHER"] = "1"
    os.environ["PORTAL_HOSTS"] = "testserver"
    os.environ["PORTAL_API_CALLS_A_MINUTE"] = "1000000"
    os.environ["PORTAL_LOG_LEVEL"] = "ERROR"
    os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings"


def _measure(options: argparse.Namespace) -> dict:
    import django

    django.setup()
    from django.core.management import call_command
    from django.test import override_settings

    from tests.cast import make_cast
    from tests.machine import Machine

    call_command("migrate", verbosity=0)
    cast = make_cast()
    machine = Machine(cast.quality)  # before the copies, whose numbers the sequences do not know
    begun = time.monotonic()
    counts, number = _build(cast, options)
    built = round(time.monotonic() - begun, 1)
    gc.collect()
    gc.freeze()
    with override_settings(ROOT_URLCONF="bench.floor"):
        floor, rows = _calls(cast, machine, number, options.calls)
    return {
        "rows": counts,
        "built_in_s": built,
        "calls": options.calls,
        "floor_ms": floor,
        "addresses": rows,
    }


def _build(cast, options: argparse.Namespace) -> tuple[dict, str]:
    """Build the lots; return how many rows there are and the number of one lot."""
    from django.db import connections, transaction

    from bench import lots
    from documents.models import Certificate
    from inspection.models import Measurement
    from portal.models import Event
    from routes.models import CustomerOrder, Traveler, TravelerStep
    from tests.factories.documents import make_shippable_lot
    from tests.factories.subcontract import make_outside_order

    ready = make_shippable_lot(cast)
    away = make_outside_order(cast, at="shipped").lines.get().traveler
    half = options.open // 2
    with transaction.atomic():
        lots.copy(ready, times=options.lots - options.open, first=0, state=Traveler.SHIPPED)
        lots.copy(ready, times=half, first=options.lots)
        lots.copy(away, times=options.open - half, first=2 * options.lots)
    with connections["owner"].cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")  # as the server does by itself where rows come more slowly
    models = (CustomerOrder, Traveler, TravelerStep, Measurement, Certificate, Event)
    return {model._meta.model_name: model.objects.count() for model in models}, ready.number


def _calls(cast, machine, number: str, calls: int) -> tuple[dict, dict]:
    from django.test import Client

    from portal.api.paging import write_cursor
    from routes.models import Traveler

    browser = Client()
    browser.force_login(cast.quality)
    middle = Traveler.objects.order_by("-pk").values_list("pk", flat=True)[Traveler.objects.count() // 2]
    lot_pk = Traveler.objects.get(number=number).pk
    floor = {
        "list": _time(lambda: machine.get("/floor/"), calls)["p50_ms"],
        "detail": _time(lambda: machine.get(f"/floor/{lot_pk}/"), calls)["p50_ms"],
    }
    api = {
        "/api/v1/travelers/": "list",
        f"/api/v1/travelers/?cursor={write_cursor(middle)}": "list",
        "/api/v1/travelers/?state=open": "list",
        "/api/v1/steps/": "list",
        "/api/v1/orders/": "list",
        "/api/v1/measurements/": "list",
        "/api/v1/certificates/": "list",
        "/api/v1/events/": "list",
        f"/api/v1/travelers/{number}/": "detail",
        f"/api/v1/travelers/{number}/chain/": "detail",
    }
    rows = {}
    for url, kind in api.items():
        row = _time(lambda url=url: machine.get(url), calls)
        rows[url] = row | {f"of_{kind}_floor": round(row["p50_ms"] / floor[kind], 2)}
    pages = (
        "/board/",
        f"/travelers/{number}/",
        "/travelers/",
        "/orders/",
        "/certificates/",
        "/inspections/",
        "/outside-orders/",
    )
    for url in pages:
        rows[url] = _time(lambda url=url: browser.get(url), max(calls // 4, 3))
    return floor, rows


def _time(call: Callable, times: int) -> dict:
    """Return the median time of a call, what it takes of statements, and its size."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for _ in range(WARM_UP):
        answer = call()
        if answer.status_code != 200:
            sys.exit(f"{answer.request['PATH_INFO']} answered {answer.status_code}.")
    with CaptureQueriesContext(connection) as captured:
        call()
    statements = len(captured)  # the next call empties what was captured
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        call()
        taken.append((time.perf_counter() - begun) * 1000)
    found = {
        "statements": statements,
        "p50_ms": round(statistics.median(taken), 2),
        "best_ms": round(min(taken), 2),
        "kb": round(len(answer.content) / 1024, 1),
    }
    print(answer.request["PATH_INFO"], found, file=sys.stderr, flush=True)
    return found


if __name__ == "__main__":
    sys.exit(main())
