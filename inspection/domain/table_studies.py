"""Studies of a table somebody has as a file: a family of short runs, a crossed gauge study. Nothing is saved."""

from __future__ import annotations

import csv
from math import isfinite
from pathlib import Path

from inspection.domain.gauge_studies import CATEGORIES_WANTED, figures_of, studied
from inspection.domain.spc.charts import ShortRunValue
from inspection.domain.spc.gauge_study import BAD_ABOVE, GOOD_BELOW
from inspection.domain.spc.run_rules import WORDS
from inspection.domain.spc.short_runs import short_run
from inspection.domain.spc.studies import panel_figures
from inspection.formats.gauge_study_table import runs_of_text
from inspection.formats.one_column import text_of

NEEDED = ("part", "value", "target")


class NotATable(Exception):
    """The file is no table of that kind; the text says what and where."""


def short_run_of(path: str | Path, chart: str = "") -> dict:
    """Return the short-run chart of a table with the heads part, value, target, in its order, as plain data.

    Raises:  NotATable naming the line; NotAColumn for a file that is not text; ValueError where no chart is possible.
    """
    run = short_run(_short_run_values(path), chart=chart)
    return {
        "n": len(run.chart.location.points),
        "chart": run.chart.kind,
        "why": run.why,
        "levene_p": run.p_value,
        "sd_within": run.chart.sigma,
        "in_control": run.chart.is_in_control,
        "provisional": run.chart.is_provisional,
        "parts": [
            {
                "part": each.name,
                "n": each.n,
                "target": each.target,
                "away": each.away,
                "sd_within": each.sigma,
            }
            for each in run.families
        ],
        "points": list(run.chart.location.points),
        "location": panel_figures(run.chart.location),
        "spread": panel_figures(run.chart.spread),
    }


def _short_run_values(path: str | Path) -> list[ShortRunValue]:
    lines = [line for line in text_of(path) if line.strip()]
    if not lines:
        raise NotATable(f"{Path(path).name} is empty.")
    rows = list(csv.reader(lines, delimiter=max("\t;,", key=lines[0].count)))
    heads = [head.strip().casefold() for head in rows[0]]
    if missing := [name for name in NEEDED if name not in heads]:
        raise NotATable(
            f"The first line has no column {', '.join(missing)}; it needs part, value and target."
        )
    places = [heads.index(name) for name in NEEDED]
    found = []
    for at, row in enumerate(rows[1:], start=2):
        if len(row) <= max(places):
            raise NotATable(f"Line {at} has fewer columns than the first.")
        part, value, target = (row[place].strip() for place in places)
        found.append(ShortRunValue(part, _number(value, at), _number(target, at)))
    return found


def _number(text: str, line: int) -> float:
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        number = float("nan")
    if not isfinite(number):
        raise NotATable(f"Line {line} says “{text[:40]}” where a number is expected.")
    return number


def short_run_as_words(found: dict) -> str:
    """Return a short-run chart as lines to read."""
    location, spread = found["location"], found["spread"]
    lines = [
        f"{found['n']} values of {len(found['parts'])} parts. {found['why']}",
        f"{location['name']}: centre {location['center']:.6g}, limits {location['LCL']:.6g} to {location['UCL']:.6g}; "
        f"{spread['name'].lower()}: limits {spread['LCL']:.6g} to {spread['UCL']:.6g}.",
    ]
    lines += [
        f"{each['part']}: {each['n']} values, mean {each['away']:+.6g} from its target {each['target']:g}, sigma "
        + ("unknown." if each["sd_within"] is None else f"{each['sd_within']:.6g}.")
        for each in found["parts"]
    ]
    if found["provisional"]:
        lines.append(f"Provisional: {found['n']} values are fewer than 20.")
    lines += [
        f"Point {each['point']} of {panel['name'].lower()}: {WORDS[each['rule']]}."
        for panel in (location, spread)
        for each in panel["signals"]
    ]
    return "\n".join(lines)


def gauge_study_of(path: str | Path) -> dict:
    """Return the crossed study of a table of runs as plain data.

    Raises:  FileNotReadable or StudyDoesNotFit with a sentence; NotAColumn for a file that is not text.
    """
    runs = runs_of_text("\n".join(text_of(path)))
    study = studied(runs, of=Path(path).name)
    return {
        **figures_of(study, runs, None),
        "percent": study.percent,
        "percent_contribution": study.percent_contribution,
        "variances": {
            "repeatability": study.repeatability,
            "reproducibility": study.reproducibility,
            "interaction": study.interaction,
            "gauge": study.gauge,
            "part": study.part,
            "total": study.total,
        },
        "interaction_p": study.interaction_p,
        "word": study.word,
    }


def gauge_study_as_words(found: dict) -> str:
    """Return a gauge study as lines to read."""
    return "\n".join(
        (
            f"{found['parts']} parts, {found['operators']} operators, {found['runs']} runs each.",
            f"%GRR {found['percent']:.2f}: {found['word']} (below {GOOD_BELOW:g} good, up to {BAD_ABOVE:g} "
            "conditional, above unfit).",
            f"Classes of parts told apart: {found['categories']}; {CATEGORIES_WANTED} are asked for.",
            f"Sigmas: repeatability {found['repeatability']}, reproducibility {found['reproducibility']}, gauge "
            f"{found['gauge']}, parts {found['part']}, total {found['total']}.",
        )
    )
