"""A workbook of the forms that somebody filled: held against ours field by field, and taken where people type.

What a record knows is never taken from a file: it is shown where it differs, and mended at its record.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db import transaction

from inspection.domain import first_articles
from inspection.domain.as9102 import Edition, edition_of
from inspection.domain.forms import extent_words, forms_of
from inspection.models import FirstArticle
from portal.domain.errors import Incomplete, Refused
from portal.domain.events import record_event
from portal.domain.moves import lock
from portal.models import Person
from portal.permissions import require_inspector
from routes.models import Characteristic

TOOLING = "10"
REASON = "14"
# room in the records for what a person writes, by field of Form 1
LENGTHS = {"8": 300, REASON: 300}


class WorkbookOfAnother(Refused):
    """The workbook is that of another first article, or written in the other edition."""

    code = "workbook-of-another"


@dataclass(frozen=True)
class Found:
    """One field that says something else in the workbook; `is_typed` when a person may write it here."""

    form: int
    field: str
    label: str
    row: str
    ours: str
    theirs: str
    is_typed: bool


@dataclass(frozen=True)
class Comparison:
    """What a workbook would bring: fields a person types, fields a record knows, rows we have not, formulas."""

    typed: tuple[Found, ...]
    derived: tuple[Found, ...]
    unknown_rows: tuple[str, ...]
    formulas: tuple[str, ...]


def compare_workbook(*, first_article: FirstArticle, read: dict) -> Comparison:
    """Hold a workbook that was read against the forms as they stand; an empty cell says nothing.

    Raises:  WorkbookOfAnother when field 4 names another first article, or the edition is not ours.
    """
    forms = forms_of(first_article)
    edition = edition_of(forms)
    _require_ours(first_article, edition, read)
    found = _of_form_1(first_article, forms, edition, read["form1"])
    unknown: list[str] = []
    for form in (2, 3):
        rows, missing = _of_rows(form, forms[f"form{form}"], edition, read[f"form{form}"])
        found += rows
        unknown += missing
    return Comparison(
        typed=tuple(each for each in found if each.is_typed),
        derived=tuple(each for each in found if not each.is_typed),
        unknown_rows=tuple(unknown),
        formulas=tuple(read["formulas"]),
    )


def _require_ours(first_article: FirstArticle, edition: Edition, read: dict) -> None:
    number = read["form1"].get("4", "")
    if number != first_article.number:
        said = f"says {number}" if number else "is empty"
        raise WorkbookOfAnother(
            f"Field 4 of the workbook {said}, and this is {first_article.number}. Download the forms here, fill that "
            "workbook and send it."
        )
    if read["edition"] and read["edition"] != edition.revision:
        raise WorkbookOfAnother(
            f"The workbook is written in Rev {read['edition']}, and {first_article.number} in {edition.name}; their "
            "numbers mean different fields. Download the forms here and fill those."
        )


def _of_form_1(first_article: FirstArticle, forms: dict, edition: Edition, theirs: dict) -> list[Found]:
    labels, found = edition.heads(1), []
    for number, label in labels.items():
        ours, said = forms["form1"][number]["value"], theirs.get(number, "")
        if number in edition.signed_later or not said or _same(said, ours):
            continue
        is_typed = number in ("8", edition.remarks) or (
            number == REASON and said.startswith(f"{extent_words(first_article)}; ")
        )
        found.append(Found(1, number, label, "", ours, said, is_typed))
    return found


def _of_rows(
    form: int, ours: list[dict], edition: Edition, theirs: list[dict]
) -> tuple[list[Found], list[str]]:
    """Return the fields that differ, and the rows of the workbook that the form does not have.

    A characteristic may have several rows; they are told apart by their order among themselves. Rows of Form 2 are
    told apart by material or process.
    """
    kept, found, unknown = {}, [], []
    seen: Counter = Counter()
    for row in ours:
        seen[row["5"]] += 1
        kept[row["5"], seen[row["5"]]] = row
    seen.clear()
    typed = (TOOLING, edition.comment) if form == 3 else ()
    for row in theirs:
        name = row.get("5", "")
        seen[name] += 1
        mine = kept.get((name, seen[name]))
        if mine is None:
            unknown.append(f"Form {form}, {name or 'a row without field 5'}")
            continue
        for number, label in edition.heads(form).items():
            said = row.get(number, "")
            if said and not _same(said, mine[number]):
                # what is typed belongs to the characteristic, which its first row stands for
                is_typed = number in typed and seen[name] == 1
                found.append(Found(form, number, label, mine["row"], mine[number], said, is_typed))
    return found, unknown


def _same(theirs: str, ours: str) -> bool:
    return " ".join(theirs.split()) == " ".join(ours.split())


@transaction.atomic
def take_workbook(*, by: Person, first_article: FirstArticle, read: dict, sha256: str = "") -> Comparison:
    """Take over what a person may type, all of it or nothing; derived fields stay as their records have them.

    Raises:  FirstArticleIsFrozen; WorkbookOfAnother; Incomplete when there is nothing to take, or a cell says more
             than its field holds; NotEntitled.
    """
    require_inspector(by, "fill first articles")
    current = lock(first_article)
    found = compare_workbook(first_article=current, read=read)
    if not found.typed:
        raise Incomplete(
            f"The workbook brings nothing to {current.number}: every field that people type says the same already, "
            "or is empty."
        )
    _take_form_1(by, current, found)
    _take_form_3(by, current, found)
    record_event(
        by=by,
        verb="fill from a workbook",
        noun="first article",
        number=current.number,
        data={"sha256": sha256, "fields": len(found.typed)},
    )
    return found


def _take_form_1(by: Person, first_article: FirstArticle, found: Comparison) -> None:
    said = {each.field: each.theirs for each in found.typed if each.form == 1}
    if not said:
        return
    if REASON in said:
        said[REASON] = said[REASON].removeprefix(f"{extent_words(first_article)}; ")
    for number, text in said.items():
        _require_fits(1, number, "", text, LENGTHS.get(number, 2_000))
    remarks = edition_of(forms_of(first_article)).remarks
    first_articles.correct(
        by=by,
        first_article=first_article,
        reason=said.get(REASON, first_article.reason),
        additional_changes=said.get("8", first_article.additional_changes),
        comments=said.get(remarks, first_article.comments) if remarks else "",
    )


def _take_form_3(by: Person, first_article: FirstArticle, found: Comparison) -> None:
    rows: dict[str, dict[str, str]] = {}
    for each in found.typed:
        if each.form == 3:
            name = "tooling" if each.field == TOOLING else "comment"
            _require_fits(3, each.field, each.row, each.theirs, 120 if name == "tooling" else 300)
            rows.setdefault(each.row, {})[name] = each.theirs
    known = {
        line.characteristic.balloon: line for line in first_article.lines.select_related("characteristic")
    }
    listed = Characteristic.objects.filter(part_revision=first_article.part_revision_id, balloon__in=rows)
    for characteristic in listed.order_by("pk"):
        line = known.get(characteristic.balloon)
        stands = {"tooling": line.tooling, "comment": line.comment} if line else {}
        words = stands | rows[characteristic.balloon]
        first_articles.add_line(by=by, first_article=first_article, characteristic=characteristic, **words)


def _require_fits(form: int, field: str, row: str, text: str, length: int) -> None:
    if len(text) > length:
        where = f"Form {form} field {field}" + (f", characteristic {row}" if row else "")
        raise Incomplete(
            f"{where} of the workbook has {len(text)} signs and holds {length}. Shorten it there."
        )
