"""The template of a noun, to be filled in: made from the same columns that are read."""

from __future__ import annotations

import csv
import io

from documents.domain.imports.columns import Table

NOTES = ("Column", "Needed", "Meaning", "Accepted", "Also called", "Example")
CSV, XLSX = "csv", "xlsx"
WIDEST = 60


def notes_of(table: Table) -> list[tuple[str, str, str, str, str, str]]:
    """Return one line a column: title, whether it is needed, meaning, accepted forms, synonyms, example."""
    return [
        (
            column.title,
            "yes" if column.is_required else "no",
            column.meaning,
            column.accepted,
            ", ".join(column.synonyms),
            column.example,
        )
        for column in table.columns
    ]


def csv_template(table: Table) -> bytes:
    """Return titles and one example row as CSV that spreadsheets open with its letters right."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(column.title for column in table.columns)
    writer.writerow(column.example for column in table.columns)
    return text.getvalue().encode("utf-8-sig")


def xlsx_template(table: Table) -> bytes:
    """Return a workbook: the sheet to fill in with one example row, and a sheet that explains its columns."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font

    book = Workbook()
    sheet = book.active
    sheet.title = table.title[:31]
    _fill(sheet, [[column.title for column in table.columns], [column.example for column in table.columns]])
    for cell, column in zip(sheet[1], table.columns, strict=True):
        cell.font = Font(bold=column.is_required)
        sheet.column_dimensions[cell.column_letter].width = (
            max(len(column.title), len(column.example), 10) + 2
        )
    sheet.freeze_panes = "A2"
    notes = book.create_sheet("Notes")
    _fill(notes, [NOTES, *notes_of(table)])
    for cell, width in zip(notes[1], (22, 9, WIDEST, WIDEST, 40, 26), strict=True):
        cell.font = Font(bold=True)
        notes.column_dimensions[cell.column_letter].width = width
    for row in notes.iter_rows(min_row=2):
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _fill(sheet, rows: list) -> None:
    for at, row in enumerate(rows, start=1):
        for place, text in enumerate(row, start=1):
            cell = sheet.cell(row=at, column=place)
            # text as text: a part number keeps its leading zeros and a plus sign starts no formula
            cell.value, cell.number_format = text or None, "@"
            if text:
                cell.data_type = "s"
