"""Several numbers of pieces in one place: received / accepted / rejected, and 6 / 6 / 0 beside or below it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from documents.formats.reading.captions import near_in_column
from documents.formats.reading.layout import Cell, Line
from documents.formats.reading.pairs import Candidate, field_of
from documents.formats.reading.values import Value

# what a paper is for, the likeliest first; pieces rejected are never what it is for
_FOR = tuple(
    re.compile(words, re.I)
    for words in (
        r"not accept|reject|rej'?d|scrap|ausschuss|zurückgewiesen|n\.? ?i\.? ?o|rechazad|不合格|拒收|报废",
        r"accept|acc'?d|certif|conform|good|angenommen|gutmenge|\bgut\b|i\.? ?o\.|aceptad|certificad|conformes?"
        r"|合格|接收",
        r"process|treat|plated|coated|inspect|bearbeitet|behandelt|geprüft|procesad|tratad|加工|处理|检验",
        r"\bout\b|ship|return|deliver|geliefert|versandt|enviad|entregad|发货|交付",
        r"\bin\b|receiv|rec'?d|erhalten|eingang|recibid|收到|来料",
    )
)
_OF_PIECES = re.compile(
    r"quantit|\bqty|pieces|\bpcs|stück|menge|anzahl|cantidad|\bcant\b|piezas|数量|件数", re.I
)
_PARTED = re.compile(r"\s*[/|]\s*")
_NUMBERS = re.compile(
    r"\W*(\d{1,3}(?:[,.]\d{3})+|\d{1,6})(?:\s*[/|]\s*(?:\d{1,3}(?:[,.]\d{3})+|\d{1,6})){1,4}(?![\w/.-])"
)
FEWEST = 2
# surer than any label of one number, which would take the first of them
SURE = 1.06


def counts(lines: list[Line], how: str) -> Iterator[Candidate]:
    """Yield the number of pieces a paper is for out of several that stand in one place."""
    for row, line in enumerate(lines):
        for column, cell in enumerate(line.cells):
            if "/" not in cell.text and "|" not in cell.text:
                continue
            caption = _caption(lines, row, cell)
            at = _wanted(caption)
            if at is None:
                continue
            place, count = at
            for other, start in _places(lines, row, column, cell):
                if value := _number(other.text, start, place, count):
                    yield Candidate(field_of(other, 0, value, how, caption), SURE)
                    break


def _caption(lines: list[Line], row: int, cell: Cell) -> str:
    """Return the words before a colon, or the whole cell with the line it runs on to in a narrow column."""
    caption, colon, _ = cell.text.partition(":")
    if colon or not caption.rstrip().endswith(("/", "|")):
        return caption
    below = near_in_column(lines, row, cell, 1)
    height = cell.box.bottom - cell.box.top
    is_near = below is not None and below.box.top - cell.box.bottom < height
    return f"{caption} {below.text}" if is_near else caption


def _wanted(caption: str) -> tuple[int, int] | None:
    """Return which of the parts of a caption names the pieces a paper is for, and how many parts there are."""
    parts = _PARTED.split(caption.strip())
    if (
        len(parts) < FEWEST
        or len(caption) > 70
        or re.search(r"\d", caption)
        or not _OF_PIECES.search(caption)
    ):
        return None
    kinds = [next((kind for kind, words in enumerate(_FOR) if words.search(part)), None) for part in parts]
    if None in kinds or len(set(kinds)) < len(kinds):
        # one caption in two languages, or of something else
        return None
    return min((kind, place) for place, kind in enumerate(kinds) if kind)[1], len(parts)


def _places(lines: list[Line], row: int, column: int, cell: Cell) -> Iterator[tuple[Cell, int]]:
    """Yield where the numbers can stand, and from which letter on: behind a colon, beside, below."""
    _, colon, behind = cell.text.partition(":")
    if colon and behind.strip():
        yield cell, len(cell.text) - len(behind)
    yield from ((each, 0) for each in lines[row].cells[column + 1 : column + 2])
    below = near_in_column(lines, row, cell, 1)
    if below is not None:
        yield below, 0


def _number(text: str, start: int, place: int, count: int) -> Value | None:
    match = _NUMBERS.match(text, start)
    if not match:
        return None
    found = list(re.finditer(r"\d[\d,.]*", match[0]))
    if len(found) != count:
        return None
    first = match.start() + found[place].start()
    return Value("quantity", first, first + len(found[place][0]), re.sub(r"\D", "", found[place][0]))
