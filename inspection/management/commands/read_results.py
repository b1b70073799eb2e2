"""Say what result files hold, without saving anything."""

from __future__ import annotations

import json

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from inspection.formats.summaries import is_unread, summary_of


class Command(BaseCommand):
    help = (
        "Read result files (QIF 2.0, 2.1 and 3.0; AQDEF; workbooks; tables of measuring machines) and say what they "
        "hold. Nothing is saved. Ends with 1 when a file could not be read; the others are read all the same."
    )
    requires_system_checks = ()

    def add_arguments(self, parser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE")
        parser.add_argument("--json", action="store_true", help="One JSON object a line, one line a file.")

    def handle(self, *args, files: list[str], json: bool, **options) -> None:
        unread = []
        for name in files:
            summary = summary_of(name, name, settings.QIF_SCHEMAS)
            self.stdout.write(as_json(summary) if json else as_words(summary))
            self.stdout.flush()
            if is_unread(summary):
                unread.append(name)
        if unread:
            raise CommandError(f"Could not be read: {', '.join(unread)}.", returncode=1)


def as_json(summary: dict) -> str:
    return json.dumps(summary, ensure_ascii=False)


def as_words(summary: dict) -> str:
    """Return one summary as lines to read."""
    if is_unread(summary):
        return f"{summary['file']}: {summary['problems'][0]}"
    stated = ", ".join(f"{count} {word}" for word, count in summary["stated"].items())
    recomputed = ", ".join(f"{count} {word}" for word, count in summary["recomputed"].items())
    kind = " ".join(filter(None, (summary["format"], summary["version"])))
    lines = [
        f"{summary['file']}: {kind}, {summary['samples']} samples, "
        f"{summary['characteristics']} characteristics, {summary['values']} values.",
        f"  stated {stated}; recomputed {recomputed}.",
    ]
    if summary["pseudo_dimensions"]:
        lines.append(f"  No dimensions: {', '.join(summary['pseudo_dimensions'])}.")
    return "\n".join([*lines, *(f"  {each}" for each in (*summary["problems"], *summary["notes"]))])
