"""Judge ten thousand changed packages by the offline verifier: none may be accepted.

    python -m bench.mutations [--count 10000] [--seed 7]

A small package is made with a key and a log of its own; nothing else is started. Prints one JSON object: how many
were judged and accepted, by which code they were refused, and the time a package took.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from documents.verify_package import verify_zip
from tests.documents.verifier.mutations import mutations
from tests.documents.verifier.small_log import small_package


def main() -> int:
    """Run the bench and return the exit status: 1 when a changed package was accepted."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        package = small_package(Path(folder))
        trusted = {"keys": [package.log.vkey], "certificates": [package.fingerprint]}
        genuine = verify_zip(package.zip, **trusted).is_accepted
        codes, accepted, seconds = Counter(), [], 0.0
        for name, content in mutations(package, Path(folder) / "others", options.count, seed=options.seed):
            begun = time.perf_counter()
            report = verify_zip(content, **trusted)
            seconds += time.perf_counter() - begun
            codes.update(report.codes[:1])
            accepted += [name] if report.is_accepted else []
    said = {
        "judged": options.count,
        "genuine_holds": genuine,
        "accepted": accepted,
        "first_code": dict(codes.most_common()),
        "bytes_of_the_package": len(package.zip),
        "ms_each": round(1000 * seconds / options.count, 2),
    }
    print(json.dumps(said, indent=1))
    return 0 if genuine and not accepted else 1


if __name__ == "__main__":
    sys.exit(main())
