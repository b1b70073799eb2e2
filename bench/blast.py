"""Measure what one thing touches, over a million links, against the naive answer that reads them all.

    python -m bench.blast [--links 1000000] [--lots 10000] [--rounds 3]

Starts a database of its own in a temporary folder and fills it: lots, half of them split from others, some built into
others; one gauge with nine links in ten, one certificate with the rest. Each cause is asked for by its statement and
by the naive answer of the tests, which reads the same rows with Django and walks them in memory; both must be equal.
Of several rounds the fastest counts, the naive answer is taken once. One JSON object a line.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from random import Random

from bench.pages import set_environment

STEP = timedelta(minutes=1)

RECORDS = """
INSERT INTO inspection_inspectionrecord
    (number, kind, traveler_id, state, plan, lot_size, inspector_id, opened_at, void_reason)
SELECT 'I-B' || t.id, 'customer', t.id, 'open', '[]', 1, m.recorded_by_id, m.recorded_at, ''
FROM routes_traveler t, inspection_measurement m WHERE m.id = %(value)s AND t.id >= %(first)s
"""
# a moment for each, spread over the days in which lots are split
VALUES = """
INSERT INTO inspection_measurement
    (record_id, characteristic_id, side, serial, value, stated_value, stated_unit, stated, verdict, gauge_id,
     measured_on, recorded_by_id, recorded_at)
SELECT r.id, m.characteristic_id, m.side, i::text, m.value, '', '', '', m.verdict, %(gauge)s,
    m.measured_on, m.recorded_by_id,
    %(start)s::timestamptz + ((r.id * 7919 + i * 104729) %% %(minutes)s) * interval '1 minute'
FROM inspection_inspectionrecord r, inspection_measurement m, generate_series(1, %(each)s) i
WHERE m.id = %(value)s AND r.number LIKE 'I-B%%' AND r.traveler_id %% 3 = 0
"""
COVERAGES = """
INSERT INTO documents_certificatecoverage (certificate_id, traveler_id, step_id, quantity)
SELECT %(certificate)s, s.traveler_id, s.id, 1
FROM routes_travelerstep s, generate_series(1, %(each)s) i WHERE s.traveler_id >= %(first)s AND s.traveler_id %% 5 = 0
"""


def main() -> int:
    """Run the bench and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--links", type=int, default=1_000_000)
    parser.add_argument("--lots", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=3, help="of each cause; the fastest counts")
    options = parser.parse_args()
    run = Path(tempfile.mkdtemp(prefix="sqp-bench-"))
    run.chmod(0o711)  # the servers' account passes through it
    set_environment(run)
    from portal.servers import places
    from portal.servers.pair import ServerPair

    try:
        with ServerPair(run / "state", valkey=False):
            for figures in _measure(options):
                print(json.dumps(figures), flush=True)
    finally:
        shutil.rmtree(places.socket_folder(run / "state"), ignore_errors=True)
        shutil.rmtree(run, ignore_errors=True)
    return 0


def _measure(options: argparse.Namespace) -> Iterator[dict]:
    import django

    django.setup()
    from django.core.management import call_command

    from tests.cast import make_cast
    from tests.documents.brute_blast import Naive

    call_command("migrate", verbosity=0)
    gauge, certificate = _fill(make_cast(), options)
    yield _figures("gauge", gauge, lambda: Naive().gauge_links(gauge), options)
    yield _figures("certificate", certificate, lambda: Naive().certificate_links(certificate), options)


def _fill(cast, options: argparse.Namespace) -> tuple[str, str]:
    """Fill the database and return the numbers of the gauge and of the certificate."""
    from django.db import connection, connections, transaction

    from inspection.models import Measurement
    from routes.models import Traveler
    from tests.factories.certificates import make_ready_lot
    from tests.factories.routes import make_gauge

    base, gauge = make_ready_lot(cast), make_gauge(cast)
    certificate = base.coverages.get().certificate
    with transaction.atomic(), connection.cursor() as cursor:
        first = _lots(cast, base, options.lots)
        value = Measurement.objects.filter(record__traveler=base).first()
        counted = Traveler.objects.filter(pk__gte=first)
        thirds = sum(1 for pk in counted.values_list("pk", flat=True) if pk % 3 == 0)
        fifths = sum(1 for pk in counted.values_list("pk", flat=True) if pk % 5 == 0)
        facts = {"first": first, "value": value.pk, "gauge": gauge.pk, "certificate": certificate.pk}
        facts |= {"start": base.opened_at, "minutes": options.lots}
        cursor.execute(RECORDS, facts)
        cursor.execute(VALUES, facts | {"each": max(options.links * 9 // 10 // thirds, 1)})
        cursor.execute(COVERAGES, facts | {"each": max(options.links // 10 // fifths, 1)})
    with connections["owner"].cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")  # as the server does by itself where rows come more slowly
    return gauge.number, certificate.number


def _lots(cast, base, count: int) -> int:
    """Make lots, every second one split from an earlier one, every tenth built into a later one."""
    from routes.models import Component, ComponentUse, Traveler, TravelerStep

    chance, signed = Random(1), base.steps.filter(state=TravelerStep.SIGNED).first()
    highest = Traveler.objects.order_by("-pk").values_list("pk", flat=True).first()
    lots = []
    for place in range(count):
        parent = highest + 1 + chance.randrange(place) if place % 2 else None
        moment = base.opened_at + STEP * chance.randrange(count)
        lots.append(
            Traveler(
                pk=highest + 1 + place,
                number=f"T-B{place:06d}",
                route_revision_id=base.route_revision_id,
                order_line_id=base.order_line_id,
                state=Traveler.COMPLETE,
                quantity_started=1 if parent else 1_000_000,
                parent_id=parent,
                split_at=moment if parent else None,
                opened_at=base.opened_at,
            )
        )
    Traveler.objects.bulk_create(lots, batch_size=1000)
    TravelerStep.objects.bulk_create(
        [
            TravelerStep(
                traveler=lot,
                operation_id=signed.operation_id,
                number=f"{lot.number}-20-1",
                state=TravelerStep.SIGNED,
                signature_id=signed.signature_id,
                signed_at=base.opened_at + STEP * chance.randrange(count),
            )
            for lot in lots
        ],
        batch_size=1000,
    )
    revision = base.route_revision.part_revision
    component = Component.objects.create(
        assembly=revision, item_number="1", part_number="B", name="B", made=revision
    )
    ComponentUse.objects.bulk_create(
        ComponentUse(
            traveler=lots[place],
            component=component,
            source_lot=lots[chance.randrange(place)],
            quantity=1,
            recorded_by=cast.operator,
            recorded_at=base.opened_at + STEP * chance.randrange(count),
        )
        for place in range(10, count, 10)
    )
    return highest + 1


def _figures(noun: str, number: str, links_of, options: argparse.Namespace) -> dict:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from documents.domain.blast import Cause, touched_by
    from tests.documents.brute_blast import Naive

    with CaptureQueriesContext(connection) as asked:
        found = {lot.lot for lot in touched_by(Cause(noun, number, ""))}
    seconds = []
    for _ in range(options.rounds):
        start = time.perf_counter()
        touched_by(Cause(noun, number, ""))
        seconds.append(time.perf_counter() - start)
    start = time.perf_counter()
    links = links_of()
    wanted = Naive().touched(links)
    floor = time.perf_counter() - start
    if found != wanted:
        raise SystemExit(
            f"The answers differ in {len(found ^ wanted)} lots, as {sorted(found ^ wanted)[:3]}."
        )
    return {
        "cause": noun,
        "links": len(links),
        "lots": len(found),
        "statements": len(asked),
        "seconds": round(min(seconds), 4),
        "floor_seconds": round(floor, 4),
        "ratio": round(min(seconds) / floor, 3),
    }


if __name__ == "__main__":
    sys.exit(main())
