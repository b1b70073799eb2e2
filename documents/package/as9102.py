"""The fields of the first article forms: numbers and labels are part of the contract.

Source:  AS9102 Rev C, Forms 1 to 3. Own layouts are allowed while every field keeps its number.
"""

from __future__ import annotations

FORM_1 = {
    "1": "Part Number",
    "2": "Part Name",
    "3": "Serial Number",
    "4": "FAIR Identifier",
    "5": "Part Revision Level",
    "6": "Drawing Number",
    "7": "Drawing Revision Level",
    "8": "Additional Changes",
    "9": "Manufacturing Process Reference",
    "10": "Organization Name",
    "11": "Supplier Code",
    "12": "Purchase Order Number",
    "13": "Detail / Assembly",
    "14": "Full FAI / Partial FAI, Baseline Part Number incl. Revision, Reason for Full/Partial FAI",
    "19": "Does FAIR contain a documented nonconformance?",
    "20": "FAIR Verified By",
    "21": "Date",
    "22": "FAIR Reviewed/Approved By",
    "23": "Date",
    "24": "Customer Approval",
    "25": "Date",
    "26": "Comments",
}
FORM_1_INDEX = {"15": "Part Number", "16": "Part Name", "17": "Part Type", "18": "FAIR Identifier"}
FORM_2 = {
    "5": "Material or Process Name",
    "6": "Specification Number",
    "7": "Code",
    "8": "Supplier",
    "9": "Customer Approval Verification",
    "10": "Certificate of Conformance Number",
    "11": "Functional Test Procedure Number",
    "12": "Acceptance Report Number",
    "13": "Comments",
}
FORM_3 = {
    "5": "Char. No.",
    "6": "Reference Location",
    "7": "Characteristic Designator",
    "8": "Requirement",
    "9": "Results",
    "10": "Designed/Qualified Tooling",
    "11": "Nonconformance Number",
    "12": "Additional Data / Comments",
}
COMMON = ("1", "2", "3", "4")
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
