"""Boxes to tick: what stands at an empty one is not said."""

from __future__ import annotations

import re

from documents.formats.reading.layout import Cell, Line
from portal.intake.words import Word

_EMPTY = re.compile(r"\[_?\]|\(_?\)|[☐□◻▢❑❒○◯]")
_TICKED = re.compile(r"\[[xX×✓✔√]\]|\([xX×✓✔√]\)|[☑☒■◼▣●✓✔√⊠]")
_CHOICES = frozenset(("type", "class", "grade", "method", "typ", "klasse", "tipo", "clase", "grado"))
_CHOICE = re.compile(r"[IVX]{1,4}[A-D]?|\d{1,2}[A-D]?|[A-Z]")
# a box may be set of two or three words: [ and ]
_OPENS, _CLOSES, _MARKS = frozenset("[("), frozenset("])"), frozenset("xX×✓✔√")


def ticked(lines: list[Line]) -> list[Line]:
    """Return the lines without what stands at empty boxes, and without the boxes themselves.

    Lines without an empty box stay as they are: a lone bullet or bracket is no box.
    """
    kept = [kept for line in lines if (kept := _of_line(line)) is not None]
    return [chosen for line in kept if (chosen := _chosen(line)) is not None]


def _chosen(line: Line) -> Line | None:
    """Return a line without the choices of a form that bear no cross; their boxes are drawn, and no text.

    “Type I, Type II” are choices: one word comes again with another value. None is said where none is crossed.
    """
    words = [(cell, word) for cell in line.cells for word in cell.words]
    texts = [word.text for _, word in words]
    offered: dict[str, list[int]] = {}
    for at in range(len(texts) - 1):
        if texts[at].casefold() in _CHOICES and _CHOICE.fullmatch(texts[at + 1]):
            offered.setdefault(texts[at].casefold(), []).append(at)
    left_out: set[int] = set()
    for places in offered.values():
        if len({texts[at + 1] for at in places}) < 2:
            continue
        for at in places:
            is_crossed = at > 0 and texts[at - 1] in _MARKS
            left_out |= {at - 1} if is_crossed else {at, at + 1}
    if not left_out:
        return line
    cells = [
        Cell(kept, cell.page)
        for cell in line.cells
        if (kept := [word for at, (of, word) in enumerate(words) if of is cell and at not in left_out])
    ]
    return Line(cells, line.page) if cells else None


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
