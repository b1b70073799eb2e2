"""Import result files of 100,000 values of three kinds, beside the bare database taking the same rows.

    python -m bench.imports [--pieces 1000] [--characteristics 100] [--kind qif] [--kind csv] [--kind dfq]

Starts a database of its own in a temporary folder. Prints one JSON object a kind, one a line; the exit status is 1 when
an import takes longer than promised.

seconds:      of one import from the bytes to the end of its transaction: read, joined, judged and kept.
cpu_seconds:  processor time of the import and of the child that reads the file, the database's not counted.
floor:        the same rows as COPY takes them from memory in one transaction, nothing read, joined or judged.
inserted:     the same rows written by one INSERT each, as a plain script would.
peak_mib:     the most memory this process has held so far, the child that reads the file not counted.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from decimal import Decimal

from bench.own_servers import own_servers

PROMISED_SECONDS = 10
KINDS = ("qif", "csv", "dfq")


def main() -> int:
    """Run the bench and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--pieces", type=int, default=1000)
    parser.add_argument("--characteristics", type=int, default=100)
    parser.add_argument("--kind", choices=KINDS, action="append")
    options = parser.parse_args()
    with own_servers():
        figures = _measure(options)
    for each in figures:
        print(json.dumps(each))
    return 0 if all(each["seconds"] <= PROMISED_SECONDS for each in figures) else 1


def _measure(options: argparse.Namespace) -> list[dict]:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from tests.cast import make_cast
    from tests.factories.routes import make_part_revision, make_released_route

    cast = make_cast()
    revision = make_part_revision(cast, is_serialized=True)
    route = make_released_route(cast, part_revision=revision)
    _draw_characteristics(revision, options)
    return [_import_one(cast, route, kind, options) for kind in options.kind or KINDS]


def _import_one(cast, route, kind: str, options: argparse.Namespace) -> dict:
    from django.utils import timezone

    from inspection.domain import results
    from inspection.domain.customer_inspections import open_customer_inspection
    from tests.factories.routes import make_open_traveler

    lot = make_open_traveler(cast, route_revision=route, quantity=options.pieces, is_serialized=True)
    record = open_customer_inspection(by=cast.inspector, traveler=lot)
    content = MAKERS[kind](options, _serials(lot))
    begun, cpu = time.perf_counter(), _cpu()
    report = results.import_results(
        by=cast.inspector,
        record=record,
        content=content,
        name=f"large.{kind}",
        measured_on=timezone.localdate(),
    )
    seconds, cpu = time.perf_counter() - begun, _cpu() - cpu
    peak = _peak_mib()
    floor, inserted = _floor(record)
    return {
        "kind": kind,
        "values": report.saved,
        "file_mib": round(len(content) / 2**20, 1),
        "seconds": round(seconds, 2),
        "cpu_seconds": round(cpu, 2),
        "floor": round(floor, 2),
        "ratio": round(seconds / floor, 2),
        "inserted": round(inserted, 2),
        "peak_mib": peak,
    }


def _draw_characteristics(revision, options: argparse.Namespace) -> None:
    """Give a part revision many characteristics."""
    from routes.models import Characteristic

    Characteristic.objects.bulk_create(
        Characteristic(
            part_revision=revision,
            balloon=f"B{number}",
            name=f"BORE {number}",
            kind="Diameter",
            requirement="10 +/-0.1",
            nominal=Decimal(10),
            lower=Decimal("9.9"),
            upper=Decimal("10.1"),
            unit="mm",
            position=1000 + number,
        )
        for number in range(options.characteristics)
    )


def _serials(lot) -> list[str]:
    from routes.domain.lots import serials_of

    return serials_of(lot)


def _number(item: int) -> str:
    return f"10.0{item % 100:02}"


def _make_qif(options: argparse.Namespace, serials: list[str]) -> bytes:
    from tests.factories.result_files import make_qif

    items = {str(number + 1): f"BORE {number}" for number in range(options.characteristics)}
    values = [(item, _number(int(item)), "PASS") for item in items]
    return make_qif(dict.fromkeys(serials, values), items=items)


def _make_csv(options: argparse.Namespace, serials: list[str]) -> bytes:
    lines = [";".join(["Characteristic", "Unit", *serials])]
    for number in range(options.characteristics):
        lines.append(";".join([f"BORE {number}", "mm", *[_number(number)] * len(serials)]))
    return "\r\n".join(lines).encode()


def _make_dfq(options: argparse.Namespace, serials: list[str]) -> bytes:
    lines = [f"K0100 {options.characteristics}"]
    for number in range(1, options.characteristics + 1):
        lines += [f"K2001/{number} BORE {number - 1}", f"K2142/{number} mm"]
    values = "\x0f".join(f"{_number(number)}\x140" for number in range(options.characteristics))
    for serial in serials:
        lines += [values, f"K0014/0 {serial}"]
    return "\r\n".join(lines).encode()


MAKERS = {"qif": _make_qif, "csv": _make_csv, "dfq": _make_dfq}


def _floor(record) -> tuple[float, float]:
    """Return the seconds that the same rows take by COPY, and by one INSERT each, when nothing else is done."""
    import csv
    import io

    from django.db import connection, transaction

    from inspection.models import Measurement

    fields = [field for field in Measurement._meta.concrete_fields if not field.primary_key]
    columns = ", ".join(field.column for field in fields)
    rows = list(Measurement.objects.filter(record=record).values_list(*(field.attname for field in fields)))
    text = io.StringIO()
    csv.writer(text).writerows([["\\N" if cell is None else cell for cell in row] for row in rows])
    text.seek(0)
    table = Measurement._meta.db_table
    begun = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.copy_expert(f"COPY {table} ({columns}) FROM STDIN WITH (FORMAT csv, NULL '\\N')", text)
    copied = time.perf_counter() - begun
    statement = f"INSERT INTO {table} ({columns}) VALUES ({', '.join(['%s'] * len(fields))})"
    begun = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(statement, rows)
    return copied, time.perf_counter() - begun


def _cpu() -> float:
    """Return the processor seconds of this process and of the children it waited for, whatever else runs here."""
    return sum(
        used.ru_utime + used.ru_stime
        for used in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def _peak_mib() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    sys.exit(main())
