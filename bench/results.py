"""Import one result file of 100,000 values, beside the bare database writing the same rows.

    python -m bench.results [--pieces 1000] [--characteristics 100]

Starts a database of its own in a temporary folder. Prints one JSON object; the exit status is 1 when the import takes
longer than promised.

import_cpu_s: processor time of the import and of the child that reads the file, the database's not counted.
floor_s:   the same rows written by executemany in one transaction, nothing read, joined or judged.
peak_mib:  the most memory this process held, the child that reads the file not counted.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import sys
import tempfile
import time
from decimal import Decimal
from pathlib import Path

PROMISED_SECONDS = 10


def main() -> int:
    """Run the bench and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--pieces", type=int, default=1000)
    parser.add_argument("--characteristics", type=int, default=100)
    options = parser.parse_args()
    run = Path(tempfile.mkdtemp(prefix="sqp-bench-"))
    run.chmod(0o711)  # the servers' account passes through it
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL"):
        os.environ.pop(name, None)  # nothing here may touch servers that hold anything
    os.environ["PORTAL_STATE_DIR"] = str(run / "state")
    os.environ["PORTAL_FILES_DIR"] = str(run / "files")
    os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings"
    from portal.servers import places
    from portal.servers.pair import ServerPair

    try:
        with ServerPair(run / "state"):
            figures = _measure(options)
    finally:
        shutil.rmtree(places.socket_folder(run / "state"), ignore_errors=True)
        shutil.rmtree(run, ignore_errors=True)
    print(json.dumps(figures))
    return 0 if figures["import_s"] <= PROMISED_SECONDS else 1


def _measure(options: argparse.Namespace) -> dict:
    import django

    django.setup()
    from django.core.management import call_command
    from django.utils import timezone

    from inspection.domain import results

    call_command("migrate", verbosity=0)
    record, by = _make_record(options)
    content = _make_file(options)
    before = _peak_mib()
    begun, cpu = time.perf_counter(), _cpu()
    report = results.import_results(
        by=by, record=record, content=content, name="large.qif", measured_on=timezone.localdate()
    )
    seconds, cpu = time.perf_counter() - begun, _cpu() - cpu
    peak = _peak_mib()
    floor = _floor(record)
    return {
        "values": report.saved,
        "file_mib": round(len(content) / 2**20, 1),
        "import_s": round(seconds, 2),
        "import_cpu_s": round(cpu, 2),
        "floor_s": round(floor, 2),
        "ratio": round(seconds / floor, 2),
        "before_mib": before,
        "peak_mib": peak,
    }


def _make_record(options: argparse.Namespace):
    """Return an inspection of a lot of serialised pieces whose part has many characteristics, and its inspector."""
    from inspection.domain.customer_inspections import open_customer_inspection
    from routes.models import Characteristic
    from tests.cast import make_cast
    from tests.factories.routes import make_open_traveler

    cast = make_cast()
    lot = make_open_traveler(cast, quantity=options.pieces, is_serialized=True)
    revision = lot.route_revision.part_revision
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
    return open_customer_inspection(by=cast.inspector, traveler=lot), cast.inspector


def _make_file(options: argparse.Namespace) -> bytes:
    from tests.factories.result_files import make_qif

    items = {str(number + 1): f"BORE {number}" for number in range(options.characteristics)}
    values = [(item, f"10.0{int(item) % 100:02}", "PASS") for item in items]
    return make_qif({f"{piece:04}": values for piece in range(1, options.pieces + 1)}, items=items)


def _floor(record) -> float:
    """Return the seconds that writing the same rows takes when nothing else is done."""
    from django.db import connection, transaction

    from inspection.models import Measurement

    columns = [field.column for field in Measurement._meta.concrete_fields if not field.primary_key]
    names = [field.attname for field in Measurement._meta.concrete_fields if not field.primary_key]
    rows = list(Measurement.objects.filter(record=record).values_list(*names))
    statement = (
        f"INSERT INTO {Measurement._meta.db_table} ({', '.join(columns)}) "
        f"VALUES ({', '.join(['%s'] * len(columns))})"
    )
    begun = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(statement, rows)
    return time.perf_counter() - begun


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
