"""Working through a table row by row: the one walk that a look undoes and a saving keeps."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import asdict

from django.db import DataError, IntegrityError, transaction

from documents.domain.imports.cells import Habits
from documents.domain.imports.columns import Table
from documents.domain.imports.nouns import Noun
from documents.domain.imports.outcome import (
    ASKED,
    DIFFERS,
    SAME,
    VERDICTS,
    WRONG,
    Outcome,
)
from documents.domain.imports.rows import Found, Row, cell_text, find_table, key_of, read_rows, require_given
from documents.formats.tables import read_table_file
from portal.domain.errors import Refused
from portal.models import Person

logger = logging.getLogger(__name__)

Tell = Callable[[int, int], None]
TELL_EVERY = 100
# What a person chooses for a whole file: how it is written, what its rows lack, what to do with differences.
LEAVE, WORDS = "leave", "words"


class NoSuchTable(Refused):
    """The file has no line of titles that this noun knows."""

    code = "no-such-table"


def read_found(noun: Noun, content: bytes, *, sheet: str = "") -> tuple[Found, list[str]]:
    """Return the table of a noun in a file, and the names of its sheets.

    Raises:  FileNotReadable; NoSuchTable when no line names the columns.
    """
    sheets = read_table_file(content)
    found = find_table(sheets, noun.table, sheet=sheet)
    if found is None:
        needed = ", ".join(column.title for column in noun.table.required)
        first = next(
            (", ".join(map(cell_text, cells)) for each in sheets for _, cells in each["rows"][:1]), ""
        )
        raise NoSuchTable(
            f"No line of the file names the columns of {noun.title.lower()}, among them {needed}; its first line "
            f"reads “{first[:80]}”. Put the titles of the template above the rows."
        )
    return found, [each["name"] for each in sheets]


def work_through(
    noun: Noun, found: Found, *, sheets: list[str], choices: dict, by: Person, tell: Tell | None = None
) -> dict:
    """Take every row through the verbs of its noun and return the report, as plain data.

    Each row stands in a savepoint of its own; the caller holds the transaction and keeps or undoes it.
    tell: called with rows done and rows in all, now and then.
    """
    report = _head(noun.table, found, sheets)
    if report["problems"]:
        return report
    read = list(read_rows(found, noun.table, habits_of(choices)))
    report["left_out"] = [row.line for row in read if noun.is_empty(row.values)]
    rows = [_ready(row, noun, choices) for row in read if not noun.is_empty(row.values)]
    _note_repeated(rows, noun.table)
    for done, row in enumerate(rows):
        if tell and done % TELL_EVERY == 0:
            tell(done, len(rows))
        report["rows"].append(_judge(row, noun, by))
    report["counts"] = dict(Counter(row["verdict"] for row in report["rows"]))
    report["questions"] = _questions(rows)
    if not rows:
        report["problems"].append("The file has titles and no row below them. Fill it in and send it again.")
    return report


def stops(report: dict, choices: dict) -> bool:
    """Say whether anything in a report keeps the table from being saved."""
    counts = report.get("counts", {})
    differs = 0 if choices.get("differing") == LEAVE else counts.get(DIFFERS, 0)
    return bool(report.get("problems") or counts.get(WRONG) or counts.get(ASKED) or differs or not counts)


def habits_of(choices: dict) -> Habits:
    return Habits(
        date_order=choices.get("date_order", ""),
        decimal_sign=choices.get("decimal_sign", ""),
        keeps_words=choices.get("unread_limits") == WORDS,
    )


def _head(table: Table, found: Found, sheets: list[str]) -> dict:
    missing = [column.title for column in table.required if column.name not in found.places]
    problems = [
        f"The column {title} is missing. Add it, or rename the one that holds it." for title in missing
    ]
    problems += [
        f"The column {title} stands twice in line {found.line}. Remove one." for title in found.twice
    ]
    return {
        "sheet": found.sheet,
        "sheets": sheets,
        "line": found.line,
        "columns": [table.column(name).title for name in found.places],
        "ignored": found.ignored,
        "left_out": [],
        "problems": problems,
        "counts": {},
        "questions": [],
        "rows": [],
    }


def _ready(row: Row, noun: Noun, choices: dict) -> Row:
    """Fill in what was chosen for the whole file, then work out what the row says."""
    for name in noun.table.asks:
        if getattr(row.values, name) is None and choices.get(name):
            setattr(row.values, name, choices[name])
    require_given(row, noun.table)
    if row.is_readable:
        noun.prepare(row, habits_of(choices))
    return row


def _note_repeated(rows: Iterable[Row], table: Table) -> None:
    first: dict[tuple, int] = {}
    titles = ", ".join(table.column(name).title for name in table.key)
    for row in rows:
        key = key_of(row, table)
        if row.is_readable and first.setdefault(key, row.line) != row.line:
            row.wrong.append(
                f"Row {row.line} repeats row {first[key]}: {titles} are the same. Keep one of them."
            )


def _judge(row: Row, noun: Noun, by: Person) -> dict:
    sentences = [*row.wrong, *(words for _, words in row.asked)]
    if row.is_readable:
        outcome, refusal = _take(row, noun, by)
        verdict = WRONG if refusal else outcome.verdict
        sentences = [f"Row {row.line}: {refusal}"] if refusal else sentences
    else:
        outcome, verdict = Outcome(), WRONG if row.wrong else ASKED
    words = [
        str(getattr(row.values, name)) for name in noun.table.key if getattr(row.values, name) is not None
    ]
    told = {"line": row.line, "verdict": verdict, "key": " · ".join(words)[:120]}
    if verdict != SAME:
        told |= {
            "sentences": sentences,
            "made": outcome.made,
            "differences": [asdict(each) for each in (*outcome.differs, *outcome.changed)],
        }
    return told


def _take(row: Row, noun: Noun, by: Person) -> tuple[Outcome, str]:
    """Return what the noun did with a row, or nothing and the sentence that refused it."""
    try:
        with transaction.atomic():
            outcome = noun.take(row.values, by)
            if outcome.differs:
                # what differs is left as it is, with whatever else the row would add
                transaction.set_rollback(True)
                return Outcome(differs=outcome.differs), ""
            return outcome, ""
    except Refused as refusal:
        return Outcome(), refusal.sentence
    except (DataError, IntegrityError):
        logger.warning("The database refused row %s of %s.", row.line, noun.code, exc_info=True)
        return (
            Outcome(),
            "a value cannot be kept, or somebody adds the same record just now. Look at it again.",
        )


def _questions(rows: list[Row]) -> list[dict]:
    asked: dict[str, list[str]] = {}
    for row in rows:
        for question, words in row.asked:
            asked.setdefault(question, []).append(words)
    return [{"code": code, "count": len(words), "example": words[0]} for code, words in asked.items()]


def words_of(verdict: str) -> str:
    return VERDICTS[verdict]
