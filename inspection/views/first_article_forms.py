"""The three forms of a first article as a page shows them: fields, rows, comments, what changed since a review."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.text import slugify

from inspection.domain.as9102 import COMMON, edition_of
from inspection.domain.field_comments import place_words
from inspection.domain.submissions import (
    ANSWERED,
    CHANGED,
    REVIEWED,
    Standing,
    comments_by_place,
    standing_of,
)
from inspection.models import FirstArticle
from inspection.views.limits_bars import limits_bar

TITLES = {
    1: "Part Number Accountability",
    2: "Product Accountability: Materials, Special Processes and Functional Testing",
    3: "Characteristic Accountability, Verification and Compatibility Evaluation",
}
# how the present standing of a field or row is said to a reviewer
STANDS = {CHANGED: "changed", ANSWERED: "answered", REVIEWED: "reviewed"}
# what a reviewer most often means when a whole row is commented on
USUAL_FIELD = {2: "8", 3: "9"}
INDEX_WORDS = "Not applicable: a detail part has no components"


class FormsPage:
    """What one page shows of one FAIR, for one person."""

    def __init__(
        self, record: FirstArticle, forms: dict, *, may_fill: bool, may_comment: bool, is_customers: bool
    ) -> None:
        self.record, self.forms, self.edition = record, forms, edition_of(forms)
        self.may_fill, self.may_comment = may_fill, may_comment
        self.comments = comments_by_place(record, is_customers=is_customers)
        self.standing: Standing = standing_of(record, forms, is_customers=is_customers)

    def tabs(self, current: int) -> list[dict[str, Any]]:
        """Return the way to each form, with how much of it asks for a look."""
        return [
            {
                "label": f"Form {form}",
                "url": f"{self.record.get_absolute_url()}?form={form}",
                "is_current": form == current,
                "count": self.count_of(form),
            }
            for form in TITLES
        ]

    def count_of(self, form: int) -> int:
        """Return how many comments without an answer, or changes since the review, stand on a form."""
        if self.record.state != FirstArticle.RETURNED:
            return sum(each.form == form for each in self.standing.differences)
        return sum(
            not said.answer
            for (place, _, _), found in self.comments.items()
            if place == form
            for said in found
        )

    def common(self) -> list[dict[str, str]]:
        """Return fields 1 to 4, which every form repeats."""
        return [{"number": number, **self.forms["form1"][number]} for number in COMMON]

    def form_1(self) -> list[dict[str, Any]]:
        """Return every field of Form 1 in its order, those of an assembly's index among them."""
        entries = [
            self._field(number, entry["label"], entry["value"])
            for number, entry in self.forms["form1"].items()
        ]
        listed = self.forms.get("form1_index", [])
        index = [
            {
                "number": each.number,
                "label": each.label,
                "value": f"{len(listed)} below" if listed else INDEX_WORDS,
                "is_quiet": True,
                "anchor": anchor_of(each.number),
            }
            for each in self.edition.index
        ]
        return sorted([*entries, *index], key=lambda entry: int(entry["number"]))

    def _field(self, number: str, label: str, value: str) -> dict[str, Any]:
        # who signs, and when, is nothing a reviewer asks to be changed
        is_signed = number in self.edition.signed_later
        return {
            "number": number,
            "label": label,
            "value": value,
            "anchor": anchor_of(number),
            "stands": ""
            if is_signed
            else self._stands(self.standing.of_field(1, number), self._said(1, number)),
            "was": self._was(1, number, ""),
            "said": self._said(1, number),
            "comment_url": self._comment_url(1, number) if self.may_comment and not is_signed else "",
        }

    def rows(self, form: int) -> list[dict[str, Any]]:
        """Return the rows of Form 2 or 3."""
        return [self._row(form, row) for row in self.forms[f"form{form}"]]

    def _row(self, form: int, row: dict) -> dict[str, Any]:
        heads = self.edition.heads(form)
        key = row.get("row", row["5"])
        said = [each for number in heads for each in self._said(form, number, key)]
        return {
            "key": key,
            "anchor": anchor_of(key),
            "cells": [(number, label, row[number]) for number, label in heads.items()],
            "balloon": row["5"] if form == 3 else "",
            "tone": "bad" if row.get("is_failing") or row["9"] == "No" else "",
            "bar": limits_bar(row.get("scale")),
            "stands": self._stands(self.standing.of_row(form, key), said),
            "changes": [
                {"label": f"{each.field} {heads[each.field]}", "was": each.was, "now": each.now}
                for each in self.standing.differences
                if (each.form, each.row) == (form, key)
            ],
            "said": said,
            "fill_url": self._line_url(row["5"]) if form == 3 and self.may_fill else "",
            "comment_url": self._comment_url(form, USUAL_FIELD[form], key) if self.may_comment else "",
            "nonconformance_url": _nonconformance_url(row["11"]) if form == 3 else "",
        }

    def _stands(self, standing: str, said: list[dict]) -> str:
        """Return the word for a field or row; a comment is answered once it has its answer."""
        if standing == ANSWERED and any(not each["answer"] for each in said):
            return "to answer"
        return STANDS.get(standing, "")

    def foot(self, form: int) -> list[dict[str, str]]:
        """Return the fields below the rows, where the edition has some."""
        kept = self.forms.get(f"form{form}_foot", {})
        return [{"number": number, **entry} for number, entry in kept.items()]

    def index(self) -> dict[str, Any]:
        """Return the heads and rows of an assembly's index; nothing for a detail part."""
        listed = self.forms.get("form1_index", [])
        labels = {each.number: each.label for each in self.edition.index}
        rows = [[(number, label, row[number]) for number, label in labels.items()] for row in listed]
        return {"heads": list(labels.items()), "rows": rows} if rows else {}

    def gone(self, form: int) -> list[str]:
        """Return the rows a reviewer saw that the form no longer has."""
        kept = {row.get("row", row["5"]) for row in self.forms[f"form{form}"]}
        return list(
            dict.fromkeys(
                each.row for each in self.standing.differences if each.form == form and each.row not in kept
            )
        )

    def _was(self, form: int, number: str, row: str) -> str | None:
        places = {(each.form, each.field, each.row): each.was for each in self.standing.differences}
        return places.get((form, number, row))

    def _said(self, form: int, number: str, row: str = "") -> list[dict[str, Any]]:
        """Return what was said about one field, each with the way to answer it."""
        numbers = {said.pk: place for place, said in enumerate(self._in_order(), start=1)}
        is_returned = self.record.state == FirstArticle.RETURNED
        return [
            {
                "field": number,
                "text": said.text,
                "by": said.commented_by.printed_name,
                "at": said.commented_at,
                "answer": said.answer,
                "answered_by": said.answered_by.printed_name if said.answered_by else "",
                "answer_url": reverse(
                    "inspection:first-article-answer",
                    kwargs={"number": self.record.number, "place": numbers[said.pk]},
                )
                if is_returned and self.may_fill
                else "",
            }
            for said in self.comments.get((form, number, row), [])
        ]

    def _in_order(self) -> list:
        return sorted((said for found in self.comments.values() for said in found), key=lambda said: said.pk)

    def unanswered(self) -> list[dict[str, str]]:
        """Name the fields whose comment has no answer, each with the way to it."""
        page = self.record.get_absolute_url()
        return [
            {
                "place": place_words(said.form, said.field, said.row),
                "url": f"{page}?form={said.form}#{anchor_of(said.row or said.field)}",
            }
            for said in self._in_order()
            if not said.answer
        ]

    def _comment_url(self, form: int, field: str, row: str = "") -> str:
        page = reverse("inspection:first-article-comment", kwargs={"number": self.record.number})
        return f"{page}?form={form}&field={field}&row={row}"

    def _line_url(self, balloon: str) -> str:
        return reverse(
            "inspection:first-article-line", kwargs={"number": self.record.number, "balloon": balloon}
        )


def anchor_of(place: str) -> str:
    """Return the name under which a row, or a field of Form 1, is found on the page."""
    return f"at-{slugify(place) or 'row'}"


def _nonconformance_url(number: str) -> str:
    return reverse("inspection:nonconformance-detail", kwargs={"number": number}) if number else ""
