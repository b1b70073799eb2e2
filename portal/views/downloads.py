"""Tables as files that spreadsheets open."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import date

from django.http import HttpResponse

# what a spreadsheet would read as the beginning of a formula
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(value: object) -> str:
    """Return a value as text no spreadsheet calculates with: a leading sign of a formula gets an apostrophe."""
    text = value.isoformat() if isinstance(value, date) else "" if value is None else str(value)
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return f"'{text}" if text.startswith(FORMULA_SIGNS) and not is_number else text


def csv_download(*, name: str, titles: Iterable[str], rows: Iterable[Iterable[object]]) -> HttpResponse:
    """Return a table as a CSV file that opens with its letters right.

    Units:   days as year-month-day.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([safe_cell(title) for title in titles])
    writer.writerows([safe_cell(value) for value in row] for row in rows)
    return HttpResponse(
        text.getvalue().encode("utf-8-sig"),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
