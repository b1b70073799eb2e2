"""Check the whole event log, from the bytes of each event to the signatures, and against checkpoints kept outside."""

from __future__ import annotations

import json
import time
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from portal.domain.log_check import Found, Older, check_log
from portal.log.notes import KeyRefused, VerifierKey

UNREADABLE = 2


class Command(BaseCommand):
    help = (
        "Work the event log out again from its events and name the first entry that is wrong. Ends with 0 when all "
        "holds, 1 when something does not, 2 when a file or key given cannot be read."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "--checkpoint",
            action="append",
            default=[],
            metavar="FILE",
            type=Path,
            help="A checkpoint kept outside; may be given again. Without one, a log rewritten as a whole looks right.",
        )
        parser.add_argument(
            "--key",
            action="append",
            default=[],
            metavar="VERIFIER_KEY",
            help="A public key of the log known from elsewhere, name+id+base64; may be given again.",
        )
        parser.add_argument("--json", action="store_true", help="Print one JSON object.")

    def handle(self, *args, checkpoint: list[Path], key: list[str], **options) -> None:
        older, keys = [_kept(path) for path in checkpoint], [_key(text) for text in key]
        began = time.monotonic()
        found = check_log(older=older, keys=keys)
        if options["json"]:
            self.stdout.write(json.dumps(_facts(found, time.monotonic() - began), ensure_ascii=False))
        else:
            self._tell(found, is_compared=bool(older))
        if not found.is_whole:
            raise SystemExit(1)

    def _tell(self, found: Found, *, is_compared: bool) -> None:
        if not found.is_whole:
            self.stdout.write("The log does not hold.")
            self.stdout.write(f"First: {found.first.sentence}")
            for fault in found.faults:
                if fault is not found.first:
                    self.stdout.write(f"Also: {fault.sentence}")
            return
        self.stdout.write(
            f"The log holds: {found.entries} entries under {found.checkpoints} signed checkpoints, "
            f"root {found.root.hex()}."
        )
        if found.waiting:
            self.stdout.write(f"{found.waiting} events of the last seconds have no place yet.")
        if is_compared:
            self.stdout.write(f"It goes on from every one of the {found.compared} checkpoints given.")
        else:
            self.stdout.write(
                "No checkpoint kept outside was given, so a log that was rewritten as a whole would look the same. "
                "Give one with --checkpoint FILE."
            )


def _facts(found: Found, seconds: float) -> dict:
    first = found.first
    return {
        "is_whole": found.is_whole,
        "entries": found.entries,
        "checkpoints": found.checkpoints,
        "compared": found.compared,
        "waiting": found.waiting,
        "root_sha256": found.root.hex(),
        "first": {"index": first.index, "sentence": first.sentence} if first else None,
        "faults": [fault.sentence for fault in found.faults],
        "seconds": round(seconds, 3),
    }


def _kept(path: Path) -> Older:
    try:
        return Older(path.name, path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(
            f"{path} cannot be read as a checkpoint: {error}.", returncode=UNREADABLE
        ) from error


def _key(text: str) -> VerifierKey:
    try:
        return VerifierKey.read(text)
    except KeyRefused as refused:
        raise CommandError(str(refused), returncode=UNREADABLE) from refused
