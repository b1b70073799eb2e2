"""Tables as shops keep them, CSV or Excel workbook, read into plain rows inside the limited child process.

Nothing is interpreted here beyond what the file itself says: a cell is text, or what the workbook marks as a
number, a day or yes and no. Formulas and error values are handed on as such, never their last result.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime

from portal.intake import child, media
from portal.intake.media import decode_text
from portal.intake.unreadable import FileNotReadable

READER = "documents.formats.tables:read_table"
MOST_ROWS = 20_000
MOST_COLUMNS = 200
MOST_SHEETS = 20
LONGEST_CELL = 4_000
SEPARATORS = ("\t", ";", ",")
# What a cell is beside text.
NUMBER, DAY, TRUTH, FORMULA, ERROR = "number", "day", "truth", "formula", "error"

Cell = str | list
_EXCEL_SEPARATOR = re.compile(r"sep=(.)\s*", re.IGNORECASE)
_EXCEL_TEXT = re.compile(r'="([^"]*)"')


def read_table_file(content: bytes) -> list[dict]:
    """Return the sheets of a table: name and rows, each row its line and its cells.

    A cell is text, or a pair of kind and text. A CSV file has one sheet without a name.

    Raises:  FileNotReadable when it is neither a table of text nor a workbook, or is too large.
    """
    return child.run(reader=READER, content=content)


def read_table(content: bytes) -> list[dict]:
    """Read a table; called inside the child process.

    Raises:  FileNotReadable.
    """
    kind = media.media_type_of(content)
    sheets = _workbook(content) if kind == media.XLSX else [{"name": "", "rows": list(_text_rows(content))}]
    if sum(len(sheet["rows"]) for sheet in sheets) > MOST_ROWS:
        raise FileNotReadable(f"The table has more than {MOST_ROWS:,} rows. Split it.")
    if not any(sheet["rows"] for sheet in sheets):
        raise FileNotReadable("The table is empty. Fill the template and send that.")
    return sheets


def _text_rows(content: bytes) -> Iterator[list]:
    text = decode_text(content)
    if text is None or not text.strip():
        raise FileNotReadable("The file is no table of text. Save it as CSV or as an Excel workbook.")
    separator, start = _separator(text)
    reader = csv.reader(io.StringIO(text[start:], newline=""), delimiter=separator, strict=True)
    before = 1 if start else 0
    line, count = before + 1, 0
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                count += 1
                _require_room(line, cells, count)
                yield [line, [_text_cell(cell) for cell in cells]]
            line = before + reader.line_num + 1
    except csv.Error as error:
        raise FileNotReadable(
            f"Row {line} of the table cannot be read: a quotation mark is left open or stands alone. "
            "Save the table again as CSV."
        ) from error


def _text_cell(text: str) -> Cell:
    text = text.strip()
    if quoted := _EXCEL_TEXT.fullmatch(text):
        return quoted.group(1)  # how Excel keeps leading zeros in CSV
    return [FORMULA, text] if text.startswith("=") and len(text) > 1 else text


def _separator(text: str) -> tuple[str, int]:
    """Return the separator, and where the rows begin: a first line `sep=;` names it."""
    if named := _EXCEL_SEPARATOR.match(text):
        return named.group(1), named.end()
    lines = [line for line in text.splitlines()[:50] if line.strip()]
    # the line that carries most separators is the one with the titles, or a full row
    return max(
        SEPARATORS, key=lambda sign: (lines[0].count(sign), max(line.count(sign) for line in lines))
    ), 0


def _require_room(line: int, cells: list, count: int) -> None:
    if count > MOST_ROWS:
        raise FileNotReadable(f"The table has more than {MOST_ROWS:,} rows. Split it.")
    if len(cells) > MOST_COLUMNS:
        raise FileNotReadable(
            f"Row {line} has more than {MOST_COLUMNS} cells. Remove what is beside the table."
        )
    if any(len(cell if isinstance(cell, str) else cell[1]) > LONGEST_CELL for cell in cells):
        raise FileNotReadable(
            f"Row {line} holds a cell of more than {LONGEST_CELL:,} characters. Shorten the text, or close the "
            "quotation mark before it."
        )


def _workbook(content: bytes) -> list[dict]:
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        found = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        return [{"name": sheet.title, "rows": list(_sheet_rows(sheet))} for sheet in found[:MOST_SHEETS]]
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, SyntaxError) as error:
        raise FileNotReadable(
            "The workbook is damaged or is no real Excel workbook. Open it, save it again as .xlsx and send that."
        ) from error


def _sheet_rows(sheet) -> Iterator[list]:
    count = 0
    for cells in sheet.iter_rows():
        read = [_workbook_cell(cell) for cell in cells]
        while read and read[-1] == "":
            read.pop()
        if read:
            count += 1
            line = next(cell.row for cell in cells if cell.value is not None)
            _require_room(line, read, count)
            yield [line, read]


def _workbook_cell(cell) -> Cell:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return [TRUTH, "yes" if value else "no"]
    if isinstance(value, datetime | date):
        return [DAY, value.strftime("%Y-%m-%d")]
    if isinstance(value, int):
        return [NUMBER, str(value)]
    if isinstance(value, float):
        # fifteen digits are what a workbook shows; the rest is binary dust
        return [NUMBER, format(value, ".15g")]
    if cell.data_type in ("f", "e"):
        return [FORMULA if cell.data_type == "f" else ERROR, str(value)[:200]]
    return str(value).strip()
