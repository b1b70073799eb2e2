"""A filled workbook of the three forms, read back into numbered fields inside the limited child process.

Fields are found by their numbers, so another layout is read, too: on Form 1 a number beside its label, on Forms 2 and
3 a row of numbered heads. Nothing is calculated: a cell with a formula is named and gives no value.
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime

from portal.intake import child, media
from portal.intake.unreadable import FileNotReadable

READER = "inspection.formats.filled_forms:read_forms"
MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 20_000, 60, 4_000
_SHEET = re.compile(r"form\s*([123])\b", re.IGNORECASE)
_NUMBERED = re.compile(r"(\d{1,2})(?:[.:)\s]|$)")
_EDITION = re.compile(r"\bRev(?:ision)?\.?\s*([A-Z])\b")


def read_forms_file(content: bytes) -> dict:
    """Return the fields of a workbook: edition, form1 by number, rows of form2 and form3, the cells with formulas.

    Raises:  FileNotReadable when it is no workbook, has no sheet of a form, or is too large.
    """
    return child.run(reader=READER, content=content)


def read_forms(content: bytes) -> dict:
    """Read a workbook of the forms; called inside the child process.

    Raises:  FileNotReadable.
    """
    if media.media_type_of(content) != media.XLSX:
        raise FileNotReadable("The file is no Excel workbook. Save the forms as .xlsx and send that.")
    found: dict = {"edition": "", "form1": {}, "form2": [], "form3": [], "formulas": []}
    sheets = 0
    for title, rows in _sheets(content):
        named = _SHEET.search(title)
        if named is None:
            continue
        sheets += 1
        form = int(named[1])
        found["edition"] = found["edition"] or _edition_in(rows)
        found["formulas"] += [
            f"{title} {place}" for row in rows for place, _, is_formula in row if is_formula
        ]
        if form == 1:
            found["form1"] |= _form_1(rows)
        else:
            head, body = _form_rows(rows)
            found[f"form{form}"] += body
            found["form1"] = head | found["form1"]
    if not sheets:
        raise FileNotReadable(
            "The workbook has no sheet of a form. Download the forms here, fill that workbook and send it."
        )
    return found


Cell = tuple[str, str, bool]


def _sheets(content: bytes) -> list[tuple[str, list[list[Cell]]]]:
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        return [(sheet.title, _rows_of(sheet)) for sheet in book.worksheets if sheet.sheet_state == "visible"]
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, SyntaxError) as error:
        raise FileNotReadable(
            "The workbook is damaged or is no real Excel workbook. Open it, save it again as .xlsx and send that."
        ) from error


def _rows_of(sheet) -> list[list[Cell]]:
    found = []
    for cells in sheet.iter_rows(max_col=MOST_COLUMNS):
        row = [
            (cell.coordinate, *_read(cell)) if cell.value is not None else ("", "", False) for cell in cells
        ]
        while row and not row[-1][0]:
            row.pop()
        found.append(row)
        if len(found) > MOST_ROWS:
            raise FileNotReadable(
                f"Sheet {sheet.title} has more than {MOST_ROWS:,} rows. Send the forms alone."
            )
    return found


def _read(cell) -> tuple[str, bool]:
    """Return the text of a cell, and whether it holds a formula or an error instead of a value."""
    value = cell.value
    if cell.data_type in ("f", "e"):
        return "", True
    if isinstance(value, datetime | date):
        return value.strftime("%-d %b %Y"), False
    if isinstance(value, float):
        # fifteen digits are what a workbook shows; the rest is binary dust
        return format(value, ".15g"), False
    return str(value).strip()[:LONGEST_CELL], False


def _edition_in(rows: list[list[Cell]]) -> str:
    for row in rows[:3]:
        for _, text, _ in row:
            if named := _EDITION.search(text):
                return named[1]
    return ""


def _form_1(rows: list[list[Cell]]) -> dict[str, str]:
    """Return the fields of Form 1: the number alone or before its label, the value in the last cell of the line."""
    found: dict[str, str] = {}
    for row in rows:
        texts = [text for _, text, _ in row]
        if not texts or not (named := _NUMBERED.match(texts[0])):
            continue
        is_alone = texts[0].strip(" .:)") == named[1]
        values = texts[2:] if is_alone else texts[1:]
        found.setdefault(named[1], "; ".join(each for each in values if each))
    return found


def _form_rows(rows: list[list[Cell]]) -> tuple[dict[str, str], list[dict[str, str]]]:
    """Return fields 1 to 4 above the heads, and the rows below them up to the first that names a field of the foot."""
    common: dict[str, str] = {}
    for at, row in enumerate(rows):
        numbers = [_number(text) for _, text, _ in row]
        if "5" in numbers and len([number for number in numbers if number]) >= 5:
            return common, [each for each in _body(numbers, rows[at + 1 :]) if any(each.values())]
        if numbers and numbers[0]:
            common[numbers[0]] = next((text for _, text, _ in row[1:] if text), "")
    return common, []


def _body(numbers: list[str], rows: list[list[Cell]]) -> list[dict[str, str]]:
    found = []
    for row in rows:
        texts = [text for _, text, _ in row]
        if texts and re.match(r"1[2-5]\.\s*(Signature|Date|Prepared)", texts[0]):
            break
        found.append({number: text for number, text in zip(numbers, texts, strict=False) if number})
    return found


def _number(text: str) -> str:
    named = re.match(r"(\d{1,2})[.)\s:]+\D", text)
    return named[1] if named else ""
