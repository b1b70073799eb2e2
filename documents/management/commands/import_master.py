"""Bring a table of master data in from the command line, or print the template of one."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from documents.domain.imports import tables
from documents.domain.imports.nouns import NOUNS
from documents.domain.imports.outcome import SAME, VERDICTS
from documents.domain.imports.templates import csv_template, xlsx_template
from documents.domain.imports.working import LEAVE, WORDS, stops
from portal.domain.errors import Refused
from portal.models import Person

ROWS_STOP, REFUSED = 1, 2


class Command(BaseCommand):
    help = (
        "Look at a table of master data, row by row, and save it with --save: all of it or nothing. "
        "Ends with 1 when rows stop it and with 2 when the file or the person is refused."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("noun", nargs="?", choices=list(NOUNS), help="What the rows are.")
        parser.add_argument("file", nargs="?", type=Path, help="CSV or XLSX.")
        parser.add_argument("--by", metavar="EMAIL", help="Who brings it in: a quality engineer or manager.")
        act = parser.add_mutually_exclusive_group()
        act.add_argument("--dry-run", action="store_true", help="Only look; nothing is kept. The default.")
        act.add_argument("--save", action="store_true", help="Save the rows when nothing stops them.")
        parser.add_argument("--template", metavar="NOUN", choices=list(NOUNS), help="Print the template.")
        parser.add_argument("--xlsx", action="store_true", help="The template as a workbook instead of CSV.")
        parser.add_argument(
            "--date-order", choices=["dmy", "mdy"], default="", help="For days like 03/04/2026."
        )
        parser.add_argument(
            "--decimal-sign", choices=["point", "comma"], default="", help="For numbers like 1,250."
        )
        parser.add_argument(
            "--sheet", default="", help="The sheet of a workbook, when several hold such a table."
        )
        parser.add_argument("--part", default="", dest="part_number", help="Part of all rows that name none.")
        parser.add_argument("--revision", default="", help="Part revision of all rows that name none.")
        parser.add_argument(
            "--unit", choices=["mm", "um", "m", "in", "deg"], default="", help="Where rows name none."
        )
        parser.add_argument(
            "--leave-differing",
            action="store_true",
            help="Leave records that differ as they are, and save the rest.",
        )
        parser.add_argument(
            "--keep-words", action="store_true", help="Requirements whose limits cannot be read stay words."
        )
        parser.add_argument("--json", action="store_true", help="Print the report as one JSON object.")

    def handle(self, *args, **options) -> None:
        if options["template"]:
            self._write_template(options["template"], is_workbook=options["xlsx"])
            return
        if not (options["noun"] and options["file"] and options["by"]):
            raise CommandError(
                "Name the noun, the file and, with --by, who brings it in.", returncode=REFUSED
            )
        try:
            number, report, choices = self._work(options)
        except Refused as refusal:
            raise CommandError(refusal.sentence, returncode=REFUSED) from refusal
        self.stdout.write(
            json.dumps({"number": number, **report}, ensure_ascii=False)
            if options["json"]
            else as_words(number, report)
        )
        if not number and stops(report, choices):
            raise CommandError("Rows stop it; nothing was saved.", returncode=ROWS_STOP)

    def _write_template(self, noun: str, *, is_workbook: bool) -> None:
        make = {True: xlsx_template, False: csv_template}[is_workbook]
        content = make(NOUNS[noun].table)
        out = getattr(self.stdout, "_out", sys.stdout)
        # a workbook is bytes; a terminal or a test takes text
        if hasattr(out, "buffer"):
            out.buffer.write(content)
        elif is_workbook:
            raise CommandError("A workbook cannot be printed here. Send it to a file.", returncode=REFUSED)
        else:
            self.stdout.write(content.decode("utf-8-sig"), ending="")

    def _work(self, options: dict) -> tuple[str, dict, dict]:
        """Return the number of the import when it was saved, the report, and what was chosen."""
        by, content, choices = _person(options["by"]), _content(options["file"]), choices_of(options)
        if not options["save"]:
            return "", tables.rehearse(by=by, noun=options["noun"], content=content, choices=choices), choices
        try:
            record = tables.bring_and_save(
                by=by, noun=options["noun"], content=content, name=options["file"].name, choices=choices
            )
        except tables.NotSaved as refusal:
            return "", refusal.facts["report"], choices
        return record.number, record.report, choices


def _person(email: str) -> Person:
    person = Person.objects.filter(email__iexact=email).first()
    if person is None:
        raise CommandError(f"Nobody signs in as {email}. Check the address.", returncode=REFUSED)
    return person


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.", returncode=REFUSED) from error


def choices_of(options: dict) -> dict:
    """Return what was answered for the whole file, as a page would keep it."""
    named = ("date_order", "decimal_sign", "sheet", "part_number", "revision", "unit")
    choices = {name: options[name] for name in named if options[name]}
    if options["leave_differing"]:
        choices["differing"] = LEAVE
    if options["keep_words"]:
        choices["unread_limits"] = WORDS
    return choices


def as_words(number: str, report: dict) -> str:
    """Return a report as lines to read."""
    counts = ", ".join(f"{VERDICTS[verdict].lower()} {count}" for verdict, count in report["counts"].items())
    lines = [
        f"{number} is saved." if number else "Looked at; nothing was saved.",
        f"Rows: {counts or 'none'}.",
    ]
    lines += report["problems"]
    if report["ignored"]:
        lines.append(f"Columns not read: {', '.join(report['ignored'])}.")
    for row in report["rows"]:
        if row["verdict"] != SAME:
            lines += row["sentences"] or [
                f"Row {row['line']} {row['key']}: {VERDICTS[row['verdict']].lower()}."
            ]
            lines += [
                f"  {each['field']}: there {each['there']}, file {each['given']}"
                for each in row["differences"]
            ]
    return "\n".join(lines)
