"""The runs of a gauge study as text: a row a run, or a row a part and operator with a column for every run."""

from __future__ import annotations

import csv
import re
from decimal import Decimal, InvalidOperation

from portal.intake.media import decode_text
from portal.intake.unreadable import FileNotReadable

PART = ("part", "parts", "piece", "sample", "teil")
OPERATOR = ("operator", "operators", "appraiser", "inspector", "prüfer")
RUN_NUMBER = ("trial", "run", "repeat", "replicate", "replication", "measurement no", "no")
VALUE = re.compile(r"(value|result|measurement|measured|reading|dm|x|trial|run|repeat)s? ?[#.]? ?\d*|\d+")
NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d{1,3})?")
MOST_RUNS = 2000


def runs_of_text(text: str) -> list[tuple[str, str, Decimal]]:
    """Return (part, operator, value) of every run, in the order of the rows.

    Raises:  FileNotReadable naming the line.
    """
    lines = [line for line in text.lstrip("\ufeff").splitlines() if line.strip()]
    if len(lines) < 2:
        raise FileNotReadable(
            "There is no table of runs. Give heads in the first line and a run a line below."
        )
    mark = _separator(lines[0])
    heads, *rows = csv.reader(lines, delimiter=mark)
    part, operator, values = _columns(heads)
    found: list[tuple[str, str, Decimal]] = []
    for at, row in enumerate(rows, start=2):
        cells = [cell.strip() for cell in row]
        if len(cells) <= max(part, operator) or not cells[part] or not cells[operator]:
            raise FileNotReadable(f"Line {at} does not say which part and which operator it is of.")
        for column in values:
            cell = cells[column] if column < len(cells) else ""
            if not cell and len(values) > 1:
                continue
            found.append((cells[part][:40], cells[operator][:40], _number(cell, at)))
        if len(found) > MOST_RUNS:
            raise FileNotReadable(f"The study has more than {MOST_RUNS} runs. Give one feature at a time.")
    return found


def _separator(line: str) -> str:
    return max("\t;,", key=line.count)


def _columns(heads: list[str]) -> tuple[int, int, list[int]]:
    names = [head.strip().casefold() for head in heads]
    part = next((at for at, name in enumerate(names) if name in PART), None)
    operator = next((at for at, name in enumerate(names) if name in OPERATOR), None)
    if part is None or operator is None:
        raise FileNotReadable(
            f"The first line is “{', '.join(heads)[:80]}”. It needs a column part, a column operator and at least one "
            "column of values."
        )
    left = [at for at in range(len(names)) if at not in (part, operator)]
    values = [at for at in left if VALUE.fullmatch(names[at]) and names[at] not in RUN_NUMBER]
    if not values and len(left) == 1:
        values = left
    if not values:
        raise FileNotReadable("No column holds the values. Call it value, or number the runs 1, 2, 3.")
    return part, operator, values


def _number(text: str, line: int) -> Decimal:
    try:
        if NUMBER.fullmatch(text) is None:
            raise InvalidOperation
        return Decimal(text.replace(",", "."))
    except InvalidOperation:
        raise FileNotReadable(f"Line {line} says “{text[:40]}” where a value is expected.") from None


def read(content: bytes) -> dict:
    """Return the runs of a file as plain text; called inside the child process.

    Raises:  FileNotReadable for what is not a table of runs.
    """
    text = decode_text(content)
    if text is None:
        raise FileNotReadable("The file is not text. Save the sheet as CSV, or lay its cells into the form.")
    return {"runs": [[part, operator, str(value)] for part, operator, value in runs_of_text(text)]}
