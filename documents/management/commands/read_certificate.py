"""`manage.py read_certificate FILE…`: what the reader finds on certificates, without keeping anything."""

from __future__ import annotations

import json
from pathlib import Path
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from documents.domain.reading_jobs import read_content
from documents.formats.paper import Reading
from portal.intake.unreadable import FileNotReadable


class Command(BaseCommand):
    help = "Read certificates and show what stands on them. Nothing is kept."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE")
        parser.add_argument("--json", action="store_true", help="one JSON object a line")
        parser.add_argument("--country", default="", help="two letters of the place whose dates these are")
        parser.add_argument("--page-from", type=int, default=1)
        parser.add_argument("--page-to", type=int)

    def handle(self, *args: Any, **options: Any) -> None:
        for name in options["files"]:
            begun = monotonic()
            try:
                reading = read_content(
                    Path(name).read_bytes(),
                    page_from=options["page_from"],
                    page_to=options["page_to"],
                    country=options["country"].upper(),
                )
            except (FileNotReadable, OSError) as refusal:
                self._show(name, {"refused": str(refusal)}, monotonic() - begun, options)
                continue
            self._show(name, {"reading": reading.as_data()}, monotonic() - begun, options)

    def _show(self, name: str, found: dict, seconds: float, options: dict) -> None:
        if options["json"]:
            line = {"file": name, "seconds": round(seconds, 3), **found}
            self.stdout.write(json.dumps(line, ensure_ascii=False))
            return
        self.stdout.write(f"{name} ({seconds:.2f} s)")
        if "refused" in found:
            self.stdout.write(f"  refused: {found['refused']}")
            return
        self._lines(Reading.from_data(found["reading"]))

    def _lines(self, reading: Reading) -> None:
        for field in reading.found:
            value = field.value or " or ".join(field.others)
            self.stdout.write(f"  {field.key:18} {value}   (page {field.page}: {field.words})")
        for row in reading.rows:
            limits = f"{row.minimum or '…'} to {row.maximum or '…'}"
            self.stdout.write(f"  {row.test:18} {row.property_name} {row.value} {row.unit} ({limits})")
        for doubt in reading.doubts:
            self.stdout.write(f"  doubt: {doubt}")
