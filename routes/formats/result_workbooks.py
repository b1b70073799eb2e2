"""Results from an Excel workbook: its cells as they were saved, no formula ever computed."""

from __future__ import annotations

import datetime
import io
import warnings
import zipfile

from portal.intake.archives import look_inside_archive
from portal.intake.media import XLSX
from portal.intake.unreadable import FileNotReadable
from routes.formats.numbers import NotANumber, exact
from routes.formats.qif import QifDocument
from routes.formats.result_sheets import Cell, Line, read_sheet

WORKBOOK = "workbook"
MOST_SHEETS = 60
MOST_CELLS = 4_000_000


def read_workbook(content: bytes) -> QifDocument:
    """Read the one sheet of a workbook that holds a table of results; called inside the child process.

    Raises:  FileNotReadable for a damaged, locked or bursting workbook; without a table of results or with several;
             for formulas whose results were not saved.
    """
    refused = look_inside_archive(content, XLSX).problems
    if refused:
        raise FileNotReadable(refused[0])
    sheets = _sheets(content)
    found = [(title, table) for title, lines in sheets.items() if (table := read_sheet(lines, where="row"))]
    if not found:
        raise FileNotReadable(
            "The workbook holds no table of results. Such a table has a row of heads that names the characteristic "
            "(or balloon) and the measured value, or a column for each piece."
        )
    if len(found) > 1:
        titles = ", ".join(f"“{title}”" for title, _ in found[:6])
        raise FileNotReadable(
            f"The workbook holds tables of results on {len(found)} sheets: {titles}. Send a workbook with the one "
            "that counts."
        )
    return found[0][1]


def _sheets(content: bytes) -> dict[str, list[Line]]:
    from openpyxl import load_workbook

    sheets: dict[str, list[Line]] = {}
    blank: dict[str, set[tuple[int, int]]] = {}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions that cells do not need
            saved = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            for sheet in saved.worksheets[:MOST_SHEETS]:
                sheets[sheet.title], blank[sheet.title] = _lines(sheet)
            if _has_formulas(content):
                written = load_workbook(io.BytesIO(content), read_only=True)
                _require_results(written.worksheets[:MOST_SHEETS], blank)
    except FileNotReadable:
        raise
    except MemoryError:
        raise
    except Exception as error:  # a damaged workbook fails anywhere in its reader
        raise FileNotReadable(
            "The workbook is damaged. Open it in the program that made it, save it again as .xlsx and send that."
        ) from error
    return sheets


def _lines(sheet) -> tuple[list[Line], set[tuple[int, int]]]:
    """Return the rows of a sheet as text and numbers, and the cells that are empty within them."""
    sheet.reset_dimensions()  # what a file says of its own size may be a lie
    lines: list[Line] = []
    blank: set[tuple[int, int]] = set()
    count = 0
    for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
        count += len(row)
        if count > MOST_CELLS:
            raise FileNotReadable(
                f"The workbook has more than {MOST_CELLS:,} cells. Export it in several files."
            )
        if any(cell is not None for cell in row):
            lines.append((number, [_cell(cell) for cell in row]))
        blank.update((number, place) for place, cell in enumerate(row, start=1) if cell is None)
    return lines, blank


def _cell(cell: object) -> Cell:
    """Return a cell as text, or as the number it holds: the shortest one that is the stored one."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "PASS" if cell else "FAIL"
    if isinstance(cell, (int, float)):
        try:
            return exact(repr(cell))
        except NotANumber:
            return str(cell)
    if isinstance(cell, (datetime.datetime, datetime.date, datetime.time)):
        return cell.isoformat()
    return str(cell)


def _has_formulas(content: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return any(
            b"<f>" in data or b"<f " in data
            for name in archive.namelist()
            if name.startswith("xl/worksheets/") and (data := archive.read(name))
        )


def _require_results(sheets, blank: dict[str, set[tuple[int, int]]]) -> None:
    """Refuse formulas whose results were not saved with them."""
    without: list[str] = []
    for sheet in sheets:
        sheet.reset_dimensions()
        for number, row in enumerate(sheet.iter_rows(), start=1):
            for place, cell in enumerate(row, start=1):
                if cell.value is None or (number, place) not in blank[sheet.title]:
                    continue
                if cell.data_type == "f" or str(cell.value).startswith("="):
                    without.append(f"{cell.coordinate} on “{sheet.title}”")
    if without:
        more = f" and {len(without) - 3} more" if len(without) > 3 else ""
        raise FileNotReadable(
            f"The workbook holds formulas without their results: {', '.join(without[:3])}{more}. Formulas are not "
            "computed here: open the workbook, let it compute, save it and send that; or paste the values."
        )
