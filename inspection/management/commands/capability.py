"""Say how well one column of values fits between its limits."""

from __future__ import annotations

import json
import re
from math import isfinite

from django.core.management.base import BaseCommand, CommandError

from inspection.domain.spc.short_runs import CHARTS
from inspection.domain.spc.studies import NAMES, RULES, study
from inspection.domain.table_studies import (
    NotATable,
    gauge_study_as_words,
    gauge_study_of,
    short_run_as_words,
    short_run_of,
)
from inspection.formats.one_column import NotAColumn, values_of_column
from portal.domain.errors import Refused


class Command(BaseCommand):
    help = (
        "Study a file of one column of values: control chart, signals, Cp, Cpk, Pp, Ppk with intervals and lower "
        "95 % bounds, normality. A header is optional. With --chart a family of parts on one short-run chart, with "
        "--gauge-study a crossed study of a gauge. Nothing is saved. Ends with 2 when it cannot be studied."
    )
    requires_system_checks = ()

    def create_parser(self, prog_name, subcommand, **kwargs):
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        # a limit below zero is a number, not an option
        parser._negative_number_matcher = re.compile(r"^-[\d.,]+([eE][+-]?\d+)?$")
        return parser

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", metavar="FILE.csv", nargs="?")
        parser.add_argument("--lsl", metavar="L", help="Lower limit.")
        parser.add_argument("--usl", metavar="U", help="Upper limit.")
        parser.add_argument("--target", metavar="T", help="What Cpm measures from; else the middle.")
        parser.add_argument(
            "--subgroup", default="1", metavar="N", help="Values that belong together; 1 by default."
        )
        parser.add_argument("--rules", default="default", metavar="NAME", help=f"One of: {', '.join(RULES)}.")
        parser.add_argument(
            "--chart",
            choices=("auto", *CHARTS),
            help="A short-run chart of a table with the heads part, value, target: by deviations, by Z, or as fits.",
        )
        parser.add_argument(
            "--gauge-study", metavar="FILE.csv", help="A crossed study of a table with part, operator, value."
        )
        parser.add_argument("--json", action="store_true", help="One JSON object.")

    def handle(self, *args, file, chart, gauge_study, **options) -> None:
        try:
            if gauge_study:
                found, words = gauge_study_of(gauge_study), gauge_study_as_words
            elif not file:
                raise ValueError("Name the file to study.")
            elif chart:
                found, words = short_run_of(file, "" if chart == "auto" else chart), short_run_as_words
            else:
                found, words = _study(file, **options), as_words
        except (NotAColumn, NotATable, Refused, ValueError) as refusal:
            raise CommandError(str(refusal), returncode=2) from None
        self.stdout.write(json.dumps(found) if options["json"] else words(found))


def _study(file: str, *, lsl, usl, target, subgroup, rules, **options) -> dict:
    if rules not in RULES:
        raise ValueError(f"There are no rules “{rules}”; choose one of: {', '.join(RULES)}.")
    return study(
        values_of_column(file),
        lower=_number("--lsl", lsl),
        upper=_number("--usl", usl),
        target=_number("--target", target),
        subgroup=_whole("--subgroup", subgroup),
        rules=rules,
    )


def _number(name: str, text: str | None) -> float | None:
    if text is None:
        return None
    try:
        number = float(str(text).replace(",", "."))
    except ValueError:
        number = float("nan")
    if not isfinite(number):
        raise ValueError(f"{name} is “{text}”, which is not a number.")
    return number


def _whole(name: str, text: str) -> int:
    if not str(text).isascii() or not str(text).isdigit() or len(str(text)) > 6:
        raise ValueError(f"{name} is “{text}”; give a whole number from 1.")
    return int(text)


def as_words(found: dict) -> str:
    """Return a study as lines to read."""
    location, spread = found["chart"]["location"], found["chart"]["spread"]
    state = "in control" if found["in_control"] else "not in control: the indices tell what happened, no more"
    lines = [
        f"{found['n']} values, mean {found['mean']:.6g}, sigma within {found['sd_within']:.6g}, "
        f"overall {found['sd_overall']:.6g}.",
        f"{location['name']}: centre {location['center']:.6g}, limits {location['LCL']:.6g} to {location['UCL']:.6g}; "
        f"{spread['name'].lower()}: centre {spread['center']:.6g}, limits {spread['LCL']:.6g} to {spread['UCL']:.6g}.",
        f"The process is {state}.",
    ]
    if found["provisional"]:
        lines.append(f"Provisional: {found['n']} values are fewer than 20.")
    for name, _ in NAMES:
        if found[name] is not None:
            low, high = found[f"{name} 2.5%"], found[f"{name} 97.5%"]
            bound = found[f"{name} lower 95% bound"]
            lines.append(
                f"{name:5} {found[name]:.4f}  lower 95 % bound {bound:.4f}  interval {low:.4f} to {high:.4f}"
            )
    lines += [
        f"Point {each['point']} of {panel['name'].lower()}: {each['words']}."
        for panel in (location, spread)
        for each in panel["signals"]
    ]
    if found["normality"]:
        said = "doubtful" if found["normality"]["p_value"] < 0.05 else "not contradicted"
        lines.append(f"Normality {said}: Anderson-Darling p = {found['normality']['p_value']:.3f}.")
    return "\n".join(lines)
