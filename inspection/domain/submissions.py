"""The submissions of one first article: what a reviewer saw, what was returned, what has changed since.

The history of a FAIR keeps the frozen forms of every submission. A reviewer who returns it has looked at every field:
one without a comment stands as reviewed, and goes on standing while its content is what the reviewer saw.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db.models import QuerySet

from inspection.domain.as9102 import edition_of
from inspection.models import FieldComment, FirstArticle

NEW, CHANGED, ANSWERED, REVIEWED = "new", "changed", "answered", "reviewed"
# from these states it was the customer's reviewer who sent it back
SHOWN_TO_CUSTOMERS = (FirstArticle.APPROVED, FirstArticle.CONDITIONAL)
Key = tuple[int, str, str]


@dataclass(frozen=True)
class Submission:
    """What was submitted once, when, and from which state it was returned; empty while it was not."""

    submitted_at: datetime
    forms: dict
    returned_from: str = ""


@dataclass(frozen=True)
class Difference:
    """One field that is not what the reviewer saw."""

    form: int
    field: str
    row: str
    was: str
    now: str


@dataclass(frozen=True)
class Standing:
    """How each field stands for the reviewer: by form, field and row; rows also as a whole."""

    is_first: bool
    returned_at: datetime | None = None
    differences: tuple[Difference, ...] = ()
    answered: frozenset[Key] = frozenset()
    rows: dict[tuple[int, str], str] = field(default_factory=dict)

    def of_field(self, form: int, number: str, row: str = "") -> str:
        """Return new, changed, answered or reviewed."""
        if self.is_first:
            return NEW
        if any((each.form, each.field, each.row) == (form, number, row) for each in self.differences):
            return CHANGED
        return ANSWERED if (form, number, row) in self.answered else REVIEWED

    def of_row(self, form: int, row: str) -> str:
        """Return how a whole row stands: by the field of it that asks for most."""
        return NEW if self.is_first else self.rows.get((form, row), REVIEWED)


def submissions_of(first_article: FirstArticle) -> list[Submission]:
    """Return every submission, the first first, with who sent it back: the shop's reviewer or the customer's."""
    found: list[Submission] = []
    before = ""
    kept = first_article.history.order_by("history_date", "history_id").only("history_date", "forms", "state")
    for row in kept:
        if row.state == FirstArticle.SUBMITTED and before != row.state:
            found.append(Submission(row.history_date, row.forms))
        elif row.state == FirstArticle.RETURNED and before != row.state and found:
            found[-1] = replace(found[-1], returned_from=before)
        before = row.state
    return found


def standing_of(first_article: FirstArticle, forms: dict, *, is_customers: bool = False) -> Standing:
    """Compare the forms with what the last reviewer who returned them saw, or signed in the report they correct.

    forms: as they are shown now; of a returned FAIR what the records have become since.
    is_customers: what the customer's reviewer has seen, who sees nothing before the shop approved it.
    """
    returned = [
        each
        for each in submissions_of(first_article)
        if each.returned_from and (not is_customers or each.returned_from in SHOWN_TO_CUSTOMERS)
    ]
    last = returned[-1] if returned else _of_what_it_corrects(first_article, is_customers=is_customers)
    if last is None:
        return Standing(is_first=True)
    differences = tuple(compare(last.forms, forms))
    answered = frozenset(
        (each.form, each.field, each.row)
        for each in comments_for(first_article, is_customers=is_customers)
        if each.commented_at >= last.submitted_at
    )
    return Standing(
        is_first=False,
        returned_at=last.submitted_at,
        differences=differences,
        answered=answered,
        rows={
            **{(form, row): ANSWERED for form, _, row in answered},
            **{(each.form, each.row): CHANGED for each in differences},
        },
    )


def _of_what_it_corrects(first_article: FirstArticle, *, is_customers: bool) -> Submission | None:
    """Return what was signed in the report a correction takes the place of, if this side signed it."""
    earlier = first_article.corrects
    if earlier is None:
        return None
    signature = earlier.customer_signature if is_customers else earlier.approved_signature
    return Submission(signature.signed_at, earlier.forms) if signature else None


def comments_for(first_article: FirstArticle, *, is_customers: bool) -> QuerySet[FieldComment]:
    """Return the comments a reader sees: the shop all, the customer those of its own people."""
    said = first_article.field_comments.select_related("commented_by", "answered_by").order_by("id")
    if not is_customers:
        return said
    return said.filter(commented_by__organization=first_article.part_revision.part.customer_id)


def compare(before: dict, after: dict) -> list[Difference]:
    """Return the fields whose content differs, in the order of the forms; a row gone or come shows all it says."""
    found = []
    edition = edition_of(after)
    for number in edition.labels(1):
        # signed after the submission, so they are no part of what a reviewer compares
        if number in edition.signed_later:
            continue
        was, now = _value(before, number), _value(after, number)
        if was != now:
            found.append(Difference(1, number, "", was, now))
    for form in (2, 3):
        found += _compare_rows(form, _rows(before, form), _rows(after, form), edition.heads(form))
    index = [{each["15"]: each for each in forms.get("form1_index", [])} for forms in (before, after)]
    labels = {each.number: each.label for each in edition.index}
    found += _compare_rows(1, *index, labels)
    return sorted(found, key=lambda each: each.form)


def _value(forms: dict, number: str) -> str:
    return forms.get("form1", {}).get(number, {}).get("value", "")


def _compare_rows(form: int, was: dict, now: dict, heads: dict[str, str]) -> list[Difference]:
    return [
        Difference(form, number, row, was.get(row, {}).get(number, ""), now.get(row, {}).get(number, ""))
        for row in dict.fromkeys([*now, *was])
        for number in heads
        if was.get(row, {}).get(number, "") != now.get(row, {}).get(number, "")
    ]


def _rows(forms: dict, form: int) -> dict[str, dict]:
    return {row.get("row", row.get("5", "")): row for row in forms.get(f"form{form}", [])}


def comments_by_place(
    first_article: FirstArticle, *, is_customers: bool = False
) -> dict[Key, list[FieldComment]]:
    """Return the comments of a FAIR by form, field and row, each list in the order they were made."""
    found: dict[Key, list[FieldComment]] = {}
    for each in comments_for(first_article, is_customers=is_customers):
        found.setdefault((each.form, each.field, each.row), []).append(each)
    return found
