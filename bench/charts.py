"""Draw a long chart and judge many characteristics, beside reading the same rows and doing nothing with them.

    python -m bench.charts [--values 10000] [--characteristics 200] [--releases 20] [--pieces 5]

Starts a database of its own in a temporary folder. Prints one JSON object; the exit status is 1 when a page takes
longer than promised.

chart_s, chart_svg_bytes: pictures of one characteristic of many values, all five drawings.
part_s, part_statements:  capability and drift of every characteristic of a part with all its releases.
floor_s:   the same values read in one statement into plain tuples.
ratio:     part_s over floor_s.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from datetime import timedelta
from decimal import Decimal

from bench.own_servers import own_servers

PROMISED_SECONDS = 3


def main() -> int:
    """Run the bench and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--values", type=int, default=10_000)
    parser.add_argument("--characteristics", type=int, default=200)
    parser.add_argument("--releases", type=int, default=20)
    parser.add_argument("--pieces", type=int, default=5)
    options = parser.parse_args()
    with own_servers():
        figures = _measure(options)
    print(json.dumps(figures))
    return 0 if max(figures["chart_s"], figures["part_s"]) <= PROMISED_SECONDS else 1


def _measure(options: argparse.Namespace) -> dict:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from inspection.domain.releases import histories_of

    call_command("migrate", verbosity=0)
    part, long_one = _make_part(options)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    histories_of(part, only=[long_one])  # the first call loads what later ones have
    begun = time.perf_counter()
    (history,) = histories_of(part, only=[long_one])
    sizes = _draw(history)
    chart_s = time.perf_counter() - begun
    with CaptureQueriesContext(connection) as captured:
        begun = time.perf_counter()
        histories = histories_of(part)
        judged = [(each.capability, each.pressure) for each in histories]
        part_s = time.perf_counter() - begun
    floor = _floor()
    return {
        "chart_values": len(history.values),
        "chart_s": round(chart_s, 3),
        "chart_svg_bytes": sizes,
        "characteristics": len(judged),
        "values": sum(len(each.values) for each in histories),
        "part_statements": len(captured),
        "part_s": round(part_s, 3),
        "floor_s": round(floor, 3),
        "ratio": round(part_s / floor, 1),
    }


def _draw(history) -> list[int]:
    """Return the bytes of each drawing of one characteristic."""
    from inspection.domain.pictures import control_pictures, drift_pictures, values_picture
    from portal.look.line_charts import svg_of

    pictures = [
        values_picture(history),
        *control_pictures(history, history.drawn_as("i_mr")),
        *drift_pictures(history),
    ]
    return [len(svg_of(each)) for each in pictures]


def _make_part(options: argparse.Namespace):
    """Return a part with an approved first article and many releases, and the key of its longest characteristic."""
    from inspection.models import InspectionRecord, Measurement
    from routes.models import Characteristic
    from tests.cast import make_cast
    from tests.factories.releases import make_baseline, make_release

    random.seed(5)
    cast = make_cast()
    baseline = make_baseline(cast)
    revision = baseline.part_revision
    rows = [
        Characteristic(
            part_revision=revision,
            balloon=f"B{number}",
            name=f"BORE {number}",
            requirement="10 +/-0.1",
            nominal=Decimal(10),
            lower=Decimal("9.9"),
            upper=Decimal("10.1"),
            unit="mm",
            position=1000 + number,
        )
        for number in range(options.characteristics + 1)
    ]
    *many, long_one = Characteristic.objects.bulk_create(rows)
    for _ in range(options.releases - 1):
        make_release(cast, baseline, ["10.00"])
    records = InspectionRecord.objects.filter(
        traveler__route_revision=baseline.route_revision, step__operation__sequence=50
    )
    facts = {"side": "after", "verdict": "PASS", "recorded_by": cast.inspector}
    each_release = options.values // options.releases
    for record in records:
        at = record.completed_at + timedelta(seconds=1)
        wanted = [(each, options.pieces) for each in many] + [(long_one, each_release)]
        Measurement.objects.bulk_create(
            Measurement(
                record=record,
                characteristic=each,
                serial=str(piece),
                value=Decimal(f"{random.gauss(10, 0.02):.4f}"),
                measured_on=at.date(),
                recorded_at=at,
                **facts,
            )
            for each, pieces in wanted
            for piece in range(1, pieces + 1)
        )
    return revision.part, long_one.pk


def _floor() -> float:
    """Return the seconds that reading the same values takes when nothing else is done."""
    from inspection.models import Measurement

    begun = time.perf_counter()
    list(
        Measurement.objects.order_by("pk").values_list(
            "characteristic_id", "side", "serial", "value", "record_id"
        )
    )
    return time.perf_counter() - begun


if __name__ == "__main__":
    sys.exit(main())
