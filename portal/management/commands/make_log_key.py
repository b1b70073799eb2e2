"""Make the key that signs the event log, in a file only its owner reads."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.log.notes import KeyRefused, SigningKey


class Command(BaseCommand):
    help = (
        "Make a key for the event log and write it to a new file with mode 0600. The public half is printed: give "
        "it to customers and auditors, who check with it."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "file", type=Path, metavar="FILE", help="The file to write; it must not be there yet."
        )
        parser.add_argument(
            "--name",
            default="",
            help="Name of the log, which stands first in every checkpoint and stays when the key is changed. "
            "Default: the portal's host and /log.",
        )

    def handle(self, *args, file: Path, name: str, **options) -> None:
        name = name or f"{urlsplit(settings.PORTAL_ADDRESS).netloc}/log"
        try:
            key = SigningKey.make(name)
            descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except KeyRefused as refused:
            raise CommandError(str(refused)) from refused
        except FileExistsError as error:
            raise CommandError(
                f"{file} is there already. A key is never overwritten; name another file."
            ) from error
        except OSError as error:
            raise CommandError(f"{file} cannot be written: {error}.") from error
        with os.fdopen(descriptor, "w", encoding="utf-8") as target:
            target.write(key.text + "\n")
        self.stdout.write(f"The key of {name} is in {file}. Name it to the workers in PORTAL_LOG_KEY_FILE.")
        self.stdout.write(f"Its public half: {key.verifier.text}")
