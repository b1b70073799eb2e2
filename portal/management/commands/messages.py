"""Gather the sentences vendors read, compile their translations, and list what is not translated yet."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand
from django.core.management.commands import makemessages

from portal import catalogues
from portal.languages import CODES, ENGLISH

SKIPPED = ("tests/*", "bench/*", "var/*", "docs/*", ".venv/*", "staticfiles/*", "*/migrations/*")


class Gatherer(makemessages.Command):
    """Django's own command, made not to guess: what merely resembles a known sentence is not translated."""

    msgmerge_options = ["-q", "--backup=none", "--update", "--no-fuzzy-matching"]
    requires_system_checks = []


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "--compile",
            action="store_true",
            help="only compile, which needs no gettext tools on this machine",
        )

    def handle(self, *args, **options) -> None:
        folder = Path(settings.LOCALE_PATHS[0])
        if not options["compile"]:
            self.gather()
        open_ones = 0
        for code in CODES:
            if code == ENGLISH:
                continue
            po = folder / _folder_of(code) / "LC_MESSAGES" / "django.po"
            entries = catalogues.read(po)
            po.with_suffix(".mo").write_bytes(catalogues.compiled(entries))
            missing = [entry.msgid for entry in entries if entry.msgid and not entry.is_translated]
            open_ones += len(missing)
            self.stdout.write(f"{code}: {len(entries) - 1} sentences, {len(missing)} not translated")
            for sentence in missing:
                self.stdout.write(f"  {sentence!r}")
        if open_ones:
            raise SystemExit(1)

    def gather(self) -> None:
        gatherer = Gatherer(stdout=self.stdout, stderr=self.stderr)
        gatherer.run_from_argv(
            [
                *("manage.py", "makemessages", "--add-location", "file", "--no-obsolete", "--no-wrap"),
                *("--extension", "html,txt,py"),
                *(part for code in CODES if code != ENGLISH for part in ("--locale", _folder_of(code))),
                *(part for pattern in SKIPPED for part in ("--ignore", pattern)),
            ]
        )


def _folder_of(code: str) -> str:
    return {"zh-hans": "zh_Hans"}.get(code, code)
