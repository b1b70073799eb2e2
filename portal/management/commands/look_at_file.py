"""Say what would happen to files if they were sent: one JSON object a line."""

from __future__ import annotations

import json
import time
from pathlib import Path

from django.core.management.base import BaseCommand

from portal.domain.virus_scan import FileInfected, ScannerUnreachable, require_clean, require_clean_inside
from portal.intake.look import REJECT, look_at, treatment_of


class Command(BaseCommand):
    help = (
        "Look at files as an upload does, and say for each how it would be treated and why. Nothing is kept."
    )

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", metavar="FILE", type=Path)
        parser.add_argument("--json", action="store_true", help="Print one JSON object a line.")

    def handle(self, *args, files, **options):
        for path in files:
            row = judged(path)
            if options["json"]:
                self.stdout.write(json.dumps(row, ensure_ascii=False))
            else:
                self.stdout.write(f"{row['file']}: {row['treatment']}. {row['reason']}".strip())


def judged(path: Path) -> dict:
    """Return what an upload of one file would come to.

    Units:   seconds of wall time; bytes of memory the child process held at most.
    """
    if not path.is_file():
        return _row(str(path), REJECT, f"There is no file {path}. Check its name.", flags=["missing"])
    started = time.monotonic()
    try:
        require_clean(content=path.read_bytes(), name=path.name)
        look = look_at(path, path.name)
        require_clean_inside(content=path.read_bytes(), name=path.name, carried=look.carried)
    except FileInfected as refusal:
        return _row(str(path), REJECT, refusal.sentence, ["virus"], time.monotonic() - started)
    except ScannerUnreachable as refusal:
        return _row(str(path), REJECT, refusal.sentence, ["no_scanner"], time.monotonic() - started)
    return _row(
        str(path),
        treatment_of(look),
        " ".join(look.problems or look.warnings),
        list(look.features),
        time.monotonic() - started,
        look.page_count,
        look.peak_bytes,
    )


def _row(
    file: str,
    treatment: str,
    reason: str,
    flags: list[str],
    seconds: float = 0,
    pages: int = 0,
    peak_bytes: int = 0,
) -> dict:
    return {
        "file": file,
        "treatment": treatment,
        "reason": reason,
        "pages": pages,
        "flags": flags,
        "seconds": round(seconds, 3),
        "peak_bytes": peak_bytes,
    }
