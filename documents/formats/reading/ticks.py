"""Boxes to tick: what stands at an empty one is not said."""

from __future__ import annotations

import re

from documents.formats.reading.layout import Cell, Line
from portal.intake.words import Word

_EMPTY = re.compile(r"\[_?\]|\(_?\)|[☐□◻▢❑❒○◯]")
_TICKED = re.compile(r"\[[xX×✓✔√]\]|\([xX×✓✔√]\)|[☑☒■◼▣●✓✔√⊠]")
# a box may be set of two or three words: [ and ]
_OPENS, _CLOSES, _MARKS = frozenset("[("), frozenset("])"), frozenset("xX×✓✔√")


def ticked(lines: list[Line]) -> list[Line]:
    """Return the lines without what stands at empty boxes, and without the boxes themselves.

    Lines without an empty box stay as they are: a lone bullet or bracket is no box.
    """
    return [kept for line in lines if (kept := _of_line(line)) is not None]


def _of_line(line: Line) -> Line | None:
    if not any(_EMPTY.search(cell.text.replace("[ ]", "[]").replace("( )", "()")) for cell in line.cells):
        return line
    parts = [part for cell in line.cells for part in _parts(cell)]
    # a box stands before what it is for, or behind it where the line ends with one
    is_behind = parts[-1][1] is not None and parts[0][1] is None
    cells: list[Cell] = []
    state: bool | None = None
    held: list[tuple[Cell, list[Word]]] = []
    for cell, box, words in parts:
        if box is None:
            held.append((cell, words))
            if not is_behind:
                _keep(cells, held, state is not False)
                # an empty box takes no more than the words beside it
                state, held = None, []
            continue
        if is_behind:
            _keep(cells, held[:-1], True)
            _keep(cells, held[-1:], box)
            held = []
        state = box
    _keep(cells, held, True)
    return Line(cells, line.page) if cells else None


def _keep(cells: list[Cell], held: list[tuple[Cell, list[Word]]], is_said: bool) -> None:
    if is_said:
        cells += [Cell(words, cell.page) for cell, words in held]


def _parts(cell: Cell) -> list[tuple[Cell, bool | None, list[Word]]]:
    """Part a cell at its boxes: whether a part is a ticked box, an empty one, or words."""
    found: list[tuple[Cell, bool | None, list[Word]]] = []
    words: list[Word] = []
    at = 0
    while at < len(cell.words):
        box, used = _box_at(cell.words, at)
        if box is None:
            words.append(cell.words[at])
        else:
            found += [(cell, None, words)] if words else []
            found.append((cell, box, []))
            words = []
        at += used
    return found + ([(cell, None, words)] if words else [])


def _box_at(words: list[Word], at: int) -> tuple[bool | None, int]:
    """Return whether a box stands at a word, ticked or empty, and how many words it is."""
    text = words[at].text
    if _EMPTY.fullmatch(text):
        return False, 1
    if _TICKED.fullmatch(text):
        return True, 1
    rest = [word.text for word in words[at + 1 : at + 3]]
    if text in _OPENS and rest and rest[0] in _CLOSES:
        return False, 2
    if text in _OPENS and len(rest) == 2 and rest[0] in _MARKS and rest[1] in _CLOSES:
        return True, 3
    return None, 1
