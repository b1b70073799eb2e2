"""Say which sampling plan a lot has, or each lot of a file."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from inspection.domain.sampling import isolated, z14
from portal.domain.errors import Refused

COLUMNS = ("lot", "level", "aql", "severity")


class Command(BaseCommand):
    help = (
        "Print the single sampling plan of a lot by ANSI/ASQ Z1.4: the code letter before any arrow, the sample of "
        "the plan the arrow leads to and never more than the lot, acceptance and rejection number. With --ltpd the "
        "plan of a lot on its own that must find nothing. Ends with 2 when something asked for does not exist."
    )
    requires_system_checks = ()

    def add_arguments(self, parser) -> None:
        parser.add_argument("--lot", default="", help="Pieces in the lot.")
        parser.add_argument("--level", default="II", help=f"{', '.join(z14.LEVELS)}.")
        parser.add_argument("--aql", default="1.0", help="Acceptable quality level in percent.")
        parser.add_argument("--severity", default=z14.NORMAL, help=f"{', '.join(z14.SEVERITIES)}.")
        parser.add_argument(
            "--ltpd", default="", help="Limiting quality in percent: a plan with c=0 instead."
        )
        parser.add_argument("--beta", default="10", help="Risk in percent that such a lot passes.")
        parser.add_argument("--csv", default="", metavar="FILE", help=f"Columns {', '.join(COLUMNS)}.")
        parser.add_argument("--json", action="store_true", help="One JSON object a line.")

    def handle(self, *args, csv: str, json: bool, **options) -> None:
        if csv:
            self._answer_file(csv)
            return
        try:
            answer = _isolated(options) if options["ltpd"] else _z14(options)
        except Refused as refused:
            raise CommandError(str(refused), returncode=2) from None
        self.stdout.write(_line(answer) if json else _words(answer, options))

    def _answer_file(self, name: str) -> None:
        """Answer every row; a row without a plan says why in its place, so that lines and rows stay side by side."""
        unanswered = 0
        for row in _rows(name):
            try:
                answer = _z14(row)
            except Refused as refused:
                answer, unanswered = {"error": str(refused)}, unanswered + 1
            self.stdout.write(_line(answer))
        if unanswered:
            raise CommandError(
                f"{name}: {unanswered} row{'s have' if unanswered > 1 else ' has'} no sampling plan; each line says "
                "why.",
                returncode=2,
            )


def _z14(asked: dict) -> dict:
    plan = z14.plan_for(
        lot=_whole(asked["lot"]),
        level=asked["level"],
        aql=asked["aql"],
        severity=asked["severity"].strip().lower(),
    )
    return {
        "code_letter": plan.code_letter,
        "n": plan.n,
        "ac": plan.ac,
        "re": plan.re,
        "inspect_all": plan.inspect_all,
    }


def _isolated(asked: dict) -> dict:
    plan = isolated.plan_for(
        lot=_whole(asked["lot"]), ltpd_percent=_figure(asked["ltpd"]), beta_percent=_figure(asked["beta"])
    )
    return {
        "n": plan.n,
        "ac": 0,
        "re": 1,
        "inspect_all": plan.inspect_all,
        "defectives": plan.defectives,
        "risk_percent": round(float(plan.risk) * 100, 4),
    }


def _whole(text: str) -> int:
    given = text.strip()
    if not (given.isascii() and given.isdigit() and len(given) < 12):
        raise z14.NoSuchPlan(
            f"A lot of {given[:40]!r} pieces cannot be read. Give a whole number, as in --lot 500."
        )
    return int(given)


def _figure(text: str) -> Decimal:
    try:
        return Decimal(text.strip())
    except InvalidOperation:
        raise isolated.NoIsolatedPlan(f"{text[:40]!r} is no percentage. Give a number, as in 10.") from None


def _rows(name: str) -> Iterator[dict]:
    try:
        content = Path(name).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise CommandError(f"{name} cannot be read: {error.strerror}.", returncode=2) from None
    except UnicodeDecodeError:
        raise CommandError(f"{name} is not UTF-8 text. Save it as CSV in UTF-8.", returncode=2) from None
    try:
        reader = csv.DictReader(content.splitlines(), skipinitialspace=True)
        heads = [head.strip().lower() for head in reader.fieldnames or ()]
        if lacking := [column for column in COLUMNS if column not in heads]:
            raise CommandError(f"{name} lacks the column {', '.join(lacking)}.", returncode=2)
        reader.fieldnames = heads
        for row in reader:
            yield {column: row[column] or "" for column in COLUMNS}
    except csv.Error as error:
        raise CommandError(f"{name} is no table that can be read: {error}.", returncode=2) from None


def _line(answer: dict) -> str:
    return json.dumps(answer, ensure_ascii=False)


def _words(answer: dict, asked: dict) -> str:
    lot = asked["lot"].strip()
    pieces = f"every piece of {lot}" if answer["inspect_all"] else f"{answer['n']} of {lot}"
    judged = f"accept with {answer['ac']}, reject with {answer['re']} nonconforming"
    if "code_letter" in answer:
        return f"Letter {answer['code_letter']}: inspect {pieces}; {judged}."
    return (
        f"Inspect {pieces}; {judged}. A lot with {answer['defectives']} nonconforming pieces passes with a chance of "
        f"{answer['risk_percent']:g} %."
    )
