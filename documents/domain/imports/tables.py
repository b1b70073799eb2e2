"""Bringing tables of master data in: kept as they came, looked at without a trace, saved whole or not at all."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from documents.domain.imports.nouns import NOUNS, Noun
from documents.domain.imports.outcome import VERDICTS
from documents.domain.imports.rows import Found
from documents.domain.imports.working import NoSuchTable, Tell, read_found, stops, work_through
from documents.models import MasterImport
from portal.domain.errors import NotTheMoment, Refused
from portal.domain.events import record_event
from portal.domain.files import read_bytes, take_in
from portal.domain.moves import lock, move
from portal.domain.numbers import next_number, rehearsed_numbers
from portal.intake import media
from portal.models import Job, Person
from portal.permissions import require_quality
from portal.queue import enqueue

LOOK, SAVE = "look_at_import", "save_import"
# A table of text may look like plain text or, with gauges called G1, like a program.
TAKEN = (media.CSV, media.TEXT, media.NC_PROGRAM, media.XLSX)
AT_ONCE = 200

# the table found in a file, and the names of the file's sheets
Read = tuple[Found, list[str]]


class NotSaved(Refused):
    """Some row keeps the whole table from being saved."""

    code = "import-not-saved"


def noun_named(code: str) -> Noun:
    """Return the noun of this code.

    Raises:  NoSuchTable naming those there are.
    """
    try:
        return NOUNS[code]
    except KeyError:
        raise NoSuchTable(f"There is no table “{code[:30]}”. Choose one of: {', '.join(NOUNS)}.") from None


@transaction.atomic
def bring(*, by: Person, noun: str, content: bytes, name: str, choices: dict | None = None) -> MasterImport:
    """Keep a table as it came and look at it: at once when it is short, in the background when it is long.

    Raises:  NotEntitled; NoSuchTable; FileRefused; FileNotReadable when it holds no table.
    """
    record, read = _keep(by=by, noun=noun, content=content, name=name, choices=choices or {})
    return _look_now_or_later(record, read, by=by)


@transaction.atomic
def bring_and_save(*, by: Person, noun: str, content: bytes, name: str, choices: dict) -> MasterImport:
    """Bring a table in, look at it and save it here and now, however long it is; for people at a command line.

    Raises:  what `bring` and `save` raise; then nothing is kept.
    """
    record, read = _keep(by=by, noun=noun, content=content, name=name, choices=choices)
    record = look(by=by, record=record, read=read)
    if stops(record.report, choices):
        raise NotSaved(why_not(record.number, record.report, choices), report=record.report)
    return save(by=by, record=record, read=read)


def _keep(*, by: Person, noun: str, content: bytes, name: str, choices: dict) -> tuple[MasterImport, Read]:
    """Keep a table as it came, and return it with what was found in it."""
    require_quality(by, "bring in tables of master data")
    chosen = noun_named(noun)
    stored = take_in(content=content, name=name, by=by, allowed=TAKEN)
    read = read_found(chosen, content, sheet=choices.get("sheet", ""))
    record = MasterImport.objects.create(
        number=next_number("IM"),
        noun=chosen.code,
        file=stored,
        choices=choices,
        brought_by=by,
        brought_at=timezone.now(),
    )
    record_event(
        by=by,
        verb="bring",
        noun="import",
        number=record.number,
        data={
            "noun": chosen.code,
            "file": stored.original_name,
            "sha256": stored.sha256,
            "rows": len(read[0].rows),
        },
    )
    return record, read


@transaction.atomic
def look_again(*, by: Person, record: MasterImport, choices: dict) -> MasterImport:
    """Look at a kept table with other answers; the file is not sent again.

    Raises:  NotEntitled; NotTheMoment once it is saved or dropped, or while it is being looked at.
    """
    require_quality(by, "look at tables of master data")
    current = _at_rest(record)
    if MasterImport.MOVES.find(current.state, "look") is None:
        raise NotTheMoment(
            f"{current.number} is {current.get_state_display().lower()}, so there is nothing left to look at. "
            "Bring the table in again."
        )
    current.choices = choices
    current.save()
    return _look_now_or_later(current, _read_again(current), by=by)


def _read_again(record: MasterImport) -> Read:
    sheet = record.choices.get("sheet", "")
    return read_found(noun_named(record.noun), read_bytes(record.file), sheet=sheet)


def _look_now_or_later(record: MasterImport, read: Read, *, by: Person) -> MasterImport:
    if len(read[0].rows) <= AT_ONCE:
        return look(by=by, record=record, read=read)
    return _later(LOOK, record, by=by)


def _later(kind: str, record: MasterImport, *, by: Person) -> MasterImport:
    key = f"{kind}:{record.number}:{record.history.count()}"
    record.job = enqueue(kind, unique_key=key, arguments={"import": record.number, "by": by.email})
    record.save()
    return record


def look(
    *, by: Person, record: MasterImport, tell: Tell | None = None, read: Read | None = None
) -> MasterImport:
    """Try every row with the very verbs that save it, undo all of it, and keep what was found.

    read: the table, when it was read from the file a moment ago.
    Raises:  NotEntitled; NotTheMoment once it is saved or dropped; FileDamaged.
    """
    require_quality(by, "look at tables of master data")
    report = _rehearse(noun_named(record.noun), read or _read_again(record), record.choices, by=by, tell=tell)
    return move(record, "look", by=by, data={"counts": report["counts"]}, report=report)


def rehearse(*, by: Person, noun: str, content: bytes, choices: dict) -> dict:
    """Return the report of a table of which nothing is kept.

    Raises:  NotEntitled; NoSuchTable; FileNotReadable.
    """
    require_quality(by, "look at tables of master data")
    chosen = noun_named(noun)
    return _rehearse(chosen, read_found(chosen, content, sheet=choices.get("sheet", "")), choices, by=by)


def _rehearse(noun: Noun, read: Read, choices: dict, *, by: Person, tell: Tell | None = None) -> dict:
    found, sheets = read
    with transaction.atomic(), rehearsed_numbers():
        report = work_through(noun, found, sheets=sheets, choices=choices, by=by, tell=tell)
        transaction.set_rollback(True)
    return report


@transaction.atomic
def ask_to_save(*, by: Person, record: MasterImport) -> MasterImport:
    """Save a table at once when it is short, in the background when it is long.

    Raises:  what `save` raises.
    """
    require_quality(by, "save tables of master data")
    current = _at_rest(record)
    _require_looked_at(current)
    if stops(current.report, current.choices):
        raise NotSaved(why_not(current.number, current.report, current.choices))
    if len(current.report["rows"]) <= AT_ONCE:
        return save(by=by, record=current)
    return _later(SAVE, current, by=by)


@transaction.atomic
def save(
    *, by: Person, record: MasterImport, tell: Tell | None = None, read: Read | None = None
) -> MasterImport:
    """Take every row of a table, or none, through the verbs of its noun, in one transaction.

    Raises:  NotEntitled; NotTheMoment unless it was looked at and waits; NotSaved naming the first rows that
             stop it, also when they stop it only since the look.
    """
    require_quality(by, "save tables of master data")
    current = lock(record)
    _require_looked_at(current)
    found, sheets = read or _read_again(current)
    noun = noun_named(current.noun)
    report = work_through(noun, found, sheets=sheets, choices=current.choices, by=by, tell=tell)
    if stops(report, current.choices):
        raise NotSaved(why_not(current.number, report, current.choices), report=report)
    return move(
        current, "save", by=by, data={"counts": report["counts"]}, report=report, saved_at=timezone.now()
    )


def drop(*, by: Person, record: MasterImport) -> MasterImport:
    """Put a table aside that will not be saved; the file and its report stay.

    Raises:  NotEntitled; NotTheMoment once it is saved.
    """
    with transaction.atomic():
        return move(_at_rest(record), "drop", by=by)


def _at_rest(record: MasterImport) -> MasterImport:
    """Return the record under a lock, when no work on it is under way."""
    current = lock(record)
    if current.job_id and current.job.state in (Job.WAITING, Job.WORKING):
        raise NotTheMoment(f"{current.number} is being worked on. Wait until that has ended, then act on it.")
    return current


def _require_looked_at(current: MasterImport) -> None:
    if current.state != MasterImport.LOOKED_AT:
        raise NotTheMoment(
            f"{current.number} is {current.get_state_display().lower()}; only a table that was looked at and waits "
            "is saved. Look at its page."
        )


def why_not(number: str, report: dict, choices: dict) -> str:
    """Return the sentence that says what keeps a table from being saved."""
    counts = report["counts"]
    about = [
        f"{counts[verdict]} {VERDICTS[verdict].lower()}"
        for verdict in ("wrong", "asked", "differs")
        if counts.get(verdict) and not (verdict == "differs" and choices.get("differing") == "leave")
    ]
    said = report["problems"] + [
        sentence for row in report["rows"] for sentence in row.get("sentences", []) if row["verdict"] != "new"
    ]
    said += [
        f"Row {row['line']} differs in {', '.join(each['field'] for each in row['differences'])}."
        for row in report["rows"]
        if row["verdict"] == "differs"
    ]
    return f"{number} was not saved, not one row of it. Rows: {', '.join(about) or 'none'}. " + " ".join(
        said[:3]
    )
