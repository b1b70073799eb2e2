"""Measure the offline verification of a package of a hundred pages: two seconds are the limit.

    python -m bench.verify [--pages 100] [--megabytes 40]

The package is made here, with originals of the given size; the program is started as a buyer would, nine times.
Prints one JSON object: seconds of each run, start of Python included, and of the same Python doing nothing.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from documents import verify_package
from tests.documents.verifier.small_log import small_package

LIMIT_SECONDS = 2.0
RUNS = 9


def main() -> int:
    """Run the bench and return the exit status: 1 when the median is above the limit."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=int, default=100)
    parser.add_argument("--megabytes", type=int, default=40)
    options = parser.parse_args()
    chance = random.Random(7)
    originals = [(f"certificate {n}.pdf", chance.randbytes(2**20)) for n in range(options.megabytes)]
    with tempfile.TemporaryDirectory() as folder:
        package = small_package(Path(folder), pages=options.pages, originals=originals)
        path = Path(folder) / "package.zip"
        path.write_bytes(package.zip)
        program = [verify_package.__file__, str(path), "--key", package.log.vkey]
        taken = [_seconds(program) for _ in range(RUNS)]
        floor = [_seconds(["-c", "pass"]) for _ in range(RUNS)]
    median = statistics.median(taken)
    said = {
        "pages": options.pages,
        "bytes": len(package.zip),
        "median_s": round(median, 3),
        "worst_s": round(max(taken), 3),
        "empty_python_s": round(statistics.median(floor), 3),
    }
    print(json.dumps(said, indent=1))
    return 0 if median <= LIMIT_SECONDS else 1


def _seconds(arguments: list[str]) -> float:
    begun = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True)
    return time.perf_counter() - begun


if __name__ == "__main__":
    sys.exit(main())
