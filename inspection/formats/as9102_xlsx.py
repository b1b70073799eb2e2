"""The three forms of a first article as an XLSX workbook, one sheet a form, every field under its number."""

from __future__ import annotations

from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from inspection.domain.as9102 import COMMON, Edition, edition_of

SHEETS = {1: "Form 1", 2: "Form 2", 3: "Form 3"}
WIDTHS = {1: (8, 44, 70), 2: (26, 34, 12, 40, 14, 24, 24, 24, 30), 3: (10, 14, 14, 40, 20, 26, 20, 34)}
HEAD, WRAPPED = Font(bold=True), Alignment(wrap_text=True, vertical="top")
MARKED = PatternFill("solid", fgColor="FDE8E5")
# what a spreadsheet would read as the beginning of a formula
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
# more than this a cell of the format does not hold
CELL_LENGTH = 32_000


def workbook_of(forms: dict, *, number: str) -> bytes:
    """Return the workbook of the forms as they are shown now, in their edition.

    Every cell is text: a leading sign of a formula stays what was typed and is never calculated.
    Source:  AS9102 Rev B and Rev C, Forms 1 to 3; own layouts keep the field numbers.
    """
    edition = edition_of(forms)
    book = Workbook(write_only=True)
    book.properties.title = f"First article {number}, {edition.name}"
    book.properties.creator = ""
    _write_form_1(book.create_sheet(SHEETS[1]), forms, edition)
    for form in (2, 3):
        _write_rows(book.create_sheet(SHEETS[form]), form, forms, edition)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def text_of(value: object) -> str:
    """Return what a cell of the format may hold: no control signs, and no more than fits."""
    return ILLEGAL_CHARACTERS_RE.sub("", str(value or ""))[:CELL_LENGTH]


def _cell(
    sheet: Worksheet, value: object, *, font: Font | None = None, is_marked: bool = False
) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=text_of(value))
    # text whatever it begins with, and text again after somebody has edited it
    cell.data_type = "s"
    cell.quotePrefix = cell.value.startswith(FORMULA_SIGNS)
    cell.alignment = WRAPPED
    if font:
        cell.font = font
    if is_marked:
        cell.fill = MARKED
    return cell


def _begin(sheet: Worksheet, form: int, edition: Edition) -> None:
    for letter, width in zip("ABCDEFGHI", WIDTHS[form], strict=False):
        sheet.column_dimensions[letter].width = width
    sheet.page_setup.orientation = "portrait" if form == 1 else "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.append([_cell(sheet, f"{edition.name}, Form {form}", font=HEAD)])


def _write_form_1(sheet: Worksheet, forms: dict, edition: Edition) -> None:
    _begin(sheet, 1, edition)
    index = {each.number for each in edition.index}
    listed = forms.get("form1_index", [])
    for number, label in edition.labels(1).items():
        head = [_cell(sheet, number), _cell(sheet, label, font=HEAD)]
        if number not in index:
            sheet.append([*head, _cell(sheet, forms["form1"][number]["value"])])
        else:
            # one column a part, so that a field stays one line of the sheet
            sheet.append(
                [*head, *(_cell(sheet, row[number]) for row in listed or [dict.fromkeys(index, "N/A")])]
            )


def _write_rows(sheet: Worksheet, form: int, forms: dict, edition: Edition) -> None:
    _begin(sheet, form, edition)
    for number in COMMON:
        field = forms["form1"][number]
        sheet.append([_cell(sheet, f"{number}. {field['label']}", font=HEAD), _cell(sheet, field["value"])])
    heads = edition.heads(form)
    sheet.append([_cell(sheet, f"{number}. {label}", font=HEAD) for number, label in heads.items()])
    for row in forms[f"form{form}"]:
        is_marked = bool(row.get("is_failing")) or row["9"] == "No"
        sheet.append([_cell(sheet, row[number], is_marked=is_marked) for number in heads])
    for number, entry in forms.get(f"form{form}_foot", {}).items():
        head = _cell(sheet, f"{number}. {entry['label']}", font=HEAD)
        sheet.append([head, _cell(sheet, entry["value"])])
