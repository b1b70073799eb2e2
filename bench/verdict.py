"""From the commit of an upload to the comparison kept: one certificate of text, and a scan of three pages.

    python -m bench.verdict [--texts 15] [--scans 3]

Starts a database, a broker and a worker of its own in a temporary folder. Each paper is uploaded by itself, so that
nothing waits for another; the clock runs from the commit until the comparison that knows the reading is there. Prints
one JSON object; the exit status is 1 when a certificate of text takes longer than promised. A scan is read by
tesseract, where it is there, page by page: what it takes is shown and promised nowhere.

text_s, scan_s:  the middle of all; slowest_text_s the slowest.
text_floor_s, scan_floor_s:  reading the same file in this process with nothing around it, the middle of all.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import statistics
import sys
import time
from dataclasses import replace
from pathlib import Path

from bench.own_servers import own_servers

PROMISED_SECONDS = 5
LONGEST_SECONDS = 240


def main() -> int:
    """Run the bench and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--texts", type=int, default=15)
    parser.add_argument("--scans", type=int, default=3)
    options = parser.parse_args()
    with own_servers(PORTAL_TESTS="1", PORTAL_FAST_HASHER="1", PORTAL_LOG_LEVEL="ERROR") as run:
        figures = _measure(run, options)
    print(json.dumps(figures))
    return 0 if figures["slowest_text_s"] <= PROMISED_SECONDS else 1


def _measure(run: Path, options: argparse.Namespace) -> dict:
    import django

    django.setup()
    from django.core.management import call_command

    from tests.cast import make_cast
    from tests.portal.job_crew import Crew

    call_command("migrate", verbosity=0)
    cast = make_cast()
    crew = Crew(str(run / "beat-schedule"), lease_seconds=300)
    crew.start_worker()
    try:
        _verdict(cast, _text(0))  # the worker is up when the first one is through
        texts = [_verdict(cast, _text(number)) for number in range(1, options.texts + 1)]
        scans = [_verdict(cast, _scan(number)) for number in range(options.scans)]
    finally:
        crew.kill_all()
    return {
        "texts": len(texts),
        "text_s": round(statistics.median(texts), 3),
        "slowest_text_s": round(max(texts), 3),
        "text_floor_s": round(statistics.median(_floor(_text(number)) for number in range(1, 6)), 3),
        "scans": len(scans),
        "scan_s": round(statistics.median(scans), 3) if scans else None,
        "scan_floor_s": round(_floor(_scan(0)), 3) if scans else None,
    }


def _verdict(cast, content: bytes) -> float:
    """Return the seconds between the commit of one upload and its comparison."""
    from documents.domain import certificates
    from documents.models import StandingComparison

    certificate = certificates.upload(
        by=cast.inspector, content=content, name="certificate.pdf", kind="material"
    )
    begun = time.monotonic()
    while not StandingComparison.objects.filter(certificate=certificate, is_read=True).exists():
        if time.monotonic() - begun > LONGEST_SECONDS:
            raise SystemExit("No comparison came; the worker does not work.")
        time.sleep(0.01)
    return time.monotonic() - begun


def _text(number: int) -> bytes:
    from tests.certificates.maker import TUNE, make_one

    written = [each for each in TUNE.values() if each.scan is None]
    return make_one(random.Random(f"verdict {number}"), written[number % len(written)]).pdf


def _scan(number: int) -> bytes:
    """Return three scanned pages in one file."""
    import io

    import pikepdf

    from tests.certificates.layouts import Scan
    from tests.certificates.maker import TUNE, make_one

    written = [each for each in TUNE.values() if each.scan is None and each.country == "US"]
    whole = pikepdf.new()
    for page in range(3):
        layout = replace(written[(number + page) % len(written)], scan=Scan())
        made = make_one(random.Random(f"scan {number} {page}"), layout)
        with pikepdf.open(io.BytesIO(made.pdf)) as scanned:
            whole.pages.append(scanned.pages[0])
    target = io.BytesIO()
    whole.save(target)
    return target.getvalue()


def _floor(content: bytes) -> float:
    from documents.formats.certificate_reading import read_certificate

    started = time.monotonic()
    read_certificate(content, tesseract=shutil.which("tesseract") or "")
    return time.monotonic() - started


if __name__ == "__main__":
    sys.exit(main())
