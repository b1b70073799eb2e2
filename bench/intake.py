"""Take certificates in, thirty at once: kept, looked at, read and compared, beside reading their bare text.

    python -m bench.intake [--papers 60] [--at-once 30] [--judge 600] [--seed 600] [--verbose]

Needs no database: what an upload writes is measured by the tests of its pages. Prints one JSON object; the exit
status is 1 when a verdict takes longer than promised, a child holds more memory than promised, or, with --judge, too
few faults are seen or too many clean papers stopped. --verbose prints the judgement by layout and by kind of fault.

one_s:       one certificate alone, from its bytes to its verdict, the middle of all.
slowest_s:   the slowest of those at once; papers_a_minute: how many came through at once.
peak_bytes:  the most memory one child process held while it looked.
floor_s:     the text of one certificate read by pypdfium2 in this process, the middle of all; ratio: one_s over it.
recall, false_alarms: faults seen at their own key, clean papers stopped, over layouts nobody tuned a reader on.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import statistics
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

PROMISED_SECONDS = 5
PROMISED_BYTES = 512 * 1024 * 1024
RECALL, FALSE_ALARMS = 0.98, 0.02


def main() -> int:
    """Run the bench and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--papers", type=int, default=60)
    parser.add_argument("--at-once", type=int, default=30)
    parser.add_argument("--judge", type=int, default=0)
    parser.add_argument("--seed", type=int, default=600)
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="sqp-bench-") as run:
        os.environ["PORTAL_STATE_DIR"] = run
        os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings"
        import django

        django.setup()
        figures = _measure(options, Path(run))
    if options.judge:
        figures |= _judge(options)
    print(json.dumps(figures))
    holds = figures["one_s"] <= PROMISED_SECONDS and figures["peak_bytes"] <= PROMISED_BYTES
    holds = holds and figures.get("recall", 1) >= RECALL and figures.get("false_alarms", 0) <= FALSE_ALARMS
    return 0 if holds else 1


def _measure(options: argparse.Namespace, folder: Path) -> dict:
    from tests.certificates.maker import JUDGE, TUNE, make_certificates

    written = [each for each in (JUDGE or TUNE).values() if each.scan is None]
    papers = list(make_certificates(options.seed, options.papers, written))
    alone = [_take(made, folder) for made in papers[: min(15, len(papers))]]
    started = time.monotonic()
    with ThreadPoolExecutor(options.at_once) as pool:
        together = list(pool.map(lambda made: _take(made, folder), papers))
    took = time.monotonic() - started
    one, floor = statistics.median(each[0] for each in alone), statistics.median(map(_floor, papers))
    return {
        "papers": len(papers),
        "at_once": options.at_once,
        "one_s": round(one, 3),
        "slowest_s": round(max(each[0] for each in together), 3),
        "papers_a_minute": round(60 * len(papers) / took, 1),
        "peak_bytes": max(each[1] for each in (*alone, *together)),
        "floor_s": round(floor, 5),
        "ratio": round(one / floor, 1),
    }


def _take(made, folder: Path) -> tuple[float, int]:
    """Keep, look at, read and compare one certificate; return how long it took and what the look held."""
    from documents.domain.comparison import compare_reading
    from documents.domain.reading_jobs import read_content
    from portal.intake.look import look_at
    from tests.certificates.judge import demand_of

    started = time.monotonic()
    (folder / hashlib.sha256(made.pdf).hexdigest()).write_bytes(made.pdf)
    look = look_at(made.pdf, "certificate.pdf")
    reading = read_content(made.pdf, page_to=look.page_count, country=made.order.country)
    compare_reading(reading, demand_of(made.order, look.page_count))
    return time.monotonic() - started, look.peak_bytes


def _floor(made) -> float:
    """Return how long the bare text takes."""
    import pypdfium2

    started = time.monotonic()
    document = pypdfium2.PdfDocument(made.pdf)
    for page in document:
        text = page.get_textpage()
        text.get_text_bounded()
        text.close()
        page.close()
    document.close()
    return time.monotonic() - started


def _judge(options: argparse.Namespace) -> dict:
    from tests.certificates.judge import judge
    from tests.certificates.maker import JUDGE, make_certificates

    written = [each for each in JUDGE.values() if each.scan is None]
    judgement = judge(make_certificates(options.seed, options.judge, written))
    if options.verbose:
        print("\n".join(judgement.lines()), file=sys.stderr)
    return {
        "judged": options.judge,
        "recall": round(judgement.overall.recall, 4),
        "recall_by_stops": round(judgement.overall.recall_by_stops, 4),
        "false_alarms": round(judgement.overall.false_alarms, 4),
        "asking": round(judgement.overall.asking, 4),
        "questions": judgement.overall.questions,
        "clean": judgement.overall.clean,
        "layouts": {
            name: {
                "recall": round(count.recall, 3),
                "false_alarms": round(count.false_alarms, 3),
                "asking": round(count.asking, 3),
            }
            for name, count in sorted(judgement.layouts.items())
        },
    }


if __name__ == "__main__":
    sys.exit(main())
