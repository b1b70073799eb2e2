"""How the first article forms are laid out; their numbers and labels have one home, with the inspection."""

from __future__ import annotations

from inspection.domain.as9102 import COMMON, FORM_1, FORM_1_INDEX, FORM_2, FORM_3

__all__ = [
    "COMMON",
    "FORM_1",
    "FORM_1_INDEX",
    "FORM_2",
    "FORM_3",
    "common_fields",
    "field_value",
    "form_1_view",
    "form_2_view",
    "form_3_view",
]
# Columns that fields 1 to 4 take at the head of each form's table.
SPANS = {"1": (1, 1, 1, 1), "2": (2, 3, 2, 2), "3": (3, 1, 2, 2)}
# An index longer than this goes on to a second page, which repeats fields 1 to 4.
INDEX_ROWS_ON_PAGE_1 = 8


def field_value(fields: dict, number: str) -> str:
    """Return what stands in a field, whether it was given as {label, value} or as plain text."""
    entry = (fields or {}).get(number)
    value = entry.get("value") if isinstance(entry, dict) else entry
    return "" if value is None else str(value)


def form_1_view(first_article: dict) -> dict:
    """Lay the fields of Form 1 out in the pairs in which they are drawn."""
    form = first_article.get("form1") or {}
    fields = {number: (number, label, field_value(form, number)) for number, label in FORM_1.items()}
    pairs = [("1", "2"), ("3", "4"), ("5", "8"), ("6", "7"), ("9", "10"), ("11", "12"), ("13", "14")]
    signs = [("20", "21"), ("22", "23"), ("24", "25")]
    return {
        "pairs": [[fields[number] for number in pair] for pair in pairs],
        "has_nonconformance": fields["19"],
        "signs": [[fields[number] for number in pair] for pair in signs],
        "comments": fields["26"],
        "index_heads": list(FORM_1_INDEX.items()),
        "index_rows": _rows(first_article.get("form1_index"), FORM_1_INDEX),
        "is_index_long": len(first_article.get("form1_index") or []) > INDEX_ROWS_ON_PAGE_1,
    }


def form_2_view(first_article: dict) -> dict:
    """Lay out Form 2: one row for each material, special process or functional test."""
    return {"heads": list(FORM_2.items()), "rows": _rows(first_article.get("form2"), FORM_2)}


def form_3_view(first_article: dict) -> dict:
    """Lay out Form 3: one row for each characteristic, in balloon order as given."""
    return {"heads": list(FORM_3.items()), "rows": _rows(first_article.get("form3"), FORM_3)}


def common_fields(first_article: dict, spans: tuple[int, ...]) -> list[dict]:
    """Return fields 1 to 4, which stand on every page of every form, each with the columns it takes."""
    form = first_article.get("form1") or {}
    return [
        {"number": number, "label": FORM_1[number], "value": field_value(form, number), "span": span}
        for number, span in zip(COMMON, spans, strict=True)
    ]


def _rows(rows: list[dict] | None, heads: dict[str, str]) -> list[list[tuple[str, str]]]:
    return [[(number, field_value(row, number)) for number in heads] for row in rows or []]
