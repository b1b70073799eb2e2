"""How the first article forms are laid out; their numbers and labels have one home, with the inspection."""

from __future__ import annotations

from inspection.domain.as9102 import COMMON, EDITIONS, FORM_1, FORM_1_INDEX, FORM_2, FORM_3, REV_C, Edition

__all__ = [
    "COMMON",
    "FORM_1",
    "FORM_1_INDEX",
    "FORM_2",
    "FORM_3",
    "common_fields",
    "edition_of",
    "field_value",
    "form_1_view",
    "form_2_view",
    "form_3_view",
]
# Columns that fields 1 to 4 take at the head of each form's table.
SPANS = {"1": (1, 1, 1, 1), "2": (2, 3, 2, 2), "3": (3, 1, 2, 2)}
# An index longer than this goes on to a second page, which repeats fields 1 to 4.
INDEX_ROWS_ON_PAGE_1 = 8
# how the fields above the index are drawn side by side
PAIRS = (("1", "2"), ("3", "4"), ("5", "8"), ("6", "7"), ("9", "10"), ("11", "12"), ("13", "14"))


def edition_of(first_article: dict) -> Edition:
    """Return the edition a manifest names; one of before there was a choice is Rev C."""
    named = {edition.name: edition for edition in EDITIONS.values()}
    return named.get(first_article.get("edition") or "", REV_C)


def field_value(fields: dict, number: str) -> str:
    """Return what stands in a field, whether it was given as {label, value} or as plain text."""
    entry = (fields or {}).get(number)
    value = entry.get("value") if isinstance(entry, dict) else entry
    return "" if value is None else str(value)


def form_1_view(first_article: dict) -> dict:
    """Lay the fields of Form 1 out in the pairs in which they are drawn."""
    form, edition = first_article.get("form1") or {}, edition_of(first_article)
    fields = {
        number: (number, label, field_value(form, number)) for number, label in edition.heads(1).items()
    }
    heads = {each.number: each.label for each in edition.index}
    signs = (edition.verified, edition.approved, edition.customer)
    signed = {number for pair in signs for number in pair}
    return {
        "edition": edition.name,
        "pairs": [[fields[number] for number in pair] for pair in PAIRS],
        # what Rev B says of nonconformances stands beside the first signature
        "has_nonconformance": None if "19" in signed else fields["19"],
        "signs": [[fields[number] for number in pair] for pair in signs],
        "comments": fields.get(edition.remarks),
        "index_heads": list(heads.items()),
        "index_rows": _rows(first_article.get("form1_index"), heads),
        "is_index_long": len(first_article.get("form1_index") or []) > INDEX_ROWS_ON_PAGE_1,
    }


def form_2_view(first_article: dict) -> dict:
    """Lay out Form 2: one row for each material, special process or functional test."""
    return _table(first_article, 2)


def form_3_view(first_article: dict) -> dict:
    """Lay out Form 3: one row for each characteristic, in balloon order as given."""
    return _table(first_article, 3)


def _table(first_article: dict, form: int) -> dict:
    edition = edition_of(first_article)
    heads, foot = edition.heads(form), first_article.get(f"form{form}_foot")
    return {
        "edition": edition.name,
        "heads": list(heads.items()),
        "rows": _rows(first_article.get(f"form{form}"), heads),
        "foot": [(number, label, field_value(foot, number)) for number, label in edition.foot(form).items()],
    }


def common_fields(first_article: dict, spans: tuple[int, ...]) -> list[dict]:
    """Return fields 1 to 4, which stand on every page of every form, each with the columns it takes."""
    form, labels = first_article.get("form1") or {}, edition_of(first_article).heads(1)
    return [
        {"number": number, "label": labels[number], "value": field_value(form, number), "span": span}
        for number, span in zip(COMMON, spans, strict=True)
    ]


def _rows(rows: list[dict] | None, heads: dict[str, str]) -> list[list[tuple[str, str]]]:
    return [[(number, field_value(row, number)) for number in heads] for row in rows or []]
