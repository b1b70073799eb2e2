"""Tables of master data as people send them, and the shortest way through the import."""

from __future__ import annotations

import io

from openpyxl import Workbook

from documents.domain.imports import tables
from documents.domain.imports.nouns import NOUNS
from documents.models import MasterImport
from portal.models import Person

CUSTOMERS = "\n".join(
    [
        "Code,Name,Supplier code,First article,Approves packages,Site code,Site name,City,Country,Time zone",
        "NORTH-1,Northfield Aerospace,1AB23,with the first shipment,yes,MAIN,Hangar 4,Dayton,US,America/New_York",
        "NORTH-1,Northfield Aerospace,,,,EAST,East works,Albany,US,America/New_York",
        "VELA,Vela Instruments,,,,,,,,",
    ]
)


def csv_of(*lines: str, sign: str = ",", encoding: str = "utf-8") -> bytes:
    """Return lines written with commas as a table with this separator."""
    return "".join(f"{line.replace(',', sign)}\r\n" for line in lines).encode(encoding)


def xlsx_of(rows: list[list], *, title: str = "Sheet1") -> bytes:
    book = Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def rehearse(by: Person, noun: str, content: bytes | str, **choices: str) -> dict:
    content = content.encode() if isinstance(content, str) else content
    return tables.rehearse(by=by, noun=noun, content=content, choices=choices)


def take(by: Person, noun: str, content: bytes | str, name: str = "", **choices: str) -> MasterImport:
    """Bring a table in and save it."""
    content = content.encode() if isinstance(content, str) else content
    return tables.bring_and_save(
        by=by, noun=noun, content=content, name=name or f"{noun}.csv", choices=choices
    )


def verdicts(report: dict) -> dict[int, str]:
    return {row["line"]: row["verdict"] for row in report["rows"]}


def sentences(report: dict) -> list[str]:
    return [sentence for row in report["rows"] for sentence in row.get("sentences", [])]


def example_row(noun: str) -> dict[str, str]:
    """Return the example of a noun's template by title."""
    return {column.title: column.example for column in NOUNS[noun].table.columns}
