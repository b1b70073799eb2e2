"""Lines and cells: words side by side belong to a line, a wide gap begins another cell."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from documents.formats.paper import Box
from portal.intake.words import PageWords, Word

# a gap wider than this share of the height of the letters ends a cell
CELL_GAP = 0.8
# words whose middles differ by less than this share of their height stand on one line
SAME_LINE = 0.45
# dots or strokes that lead the eye from a label to its value; some stick to a word
LEADER = re.compile(r"[.·…_]{3,}:?")
_LEADING, _TRAILING = re.compile(r"^[.·…_]{3,}:?(?=\w)"), re.compile(r"(?<=\w)(\.?)[.·…_]{3,}:?$")


@dataclass
class Cell:
    """Words that belong together on one line of a page."""

    words: list[Word]
    page: int

    @cached_property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @cached_property
    def box(self) -> Box:
        return box_of(self.words)

    def words_at(self, start: int, end: int) -> list[Word]:
        """Return the words that hold the letters from `start` to `end` of the text."""
        held, at = [], 0
        for word in self.words:
            if at < end and at + len(word.text) > start:
                held.append(word)
            at += len(word.text) + 1
        return held


@dataclass
class Line:
    """One line of a page: its cells from left to right."""

    cells: list[Cell]
    page: int

    @property
    def top(self) -> float:
        return min(cell.box.top for cell in self.cells)

    @property
    def bottom(self) -> float:
        return max(cell.box.bottom for cell in self.cells)

    @property
    def text(self) -> str:
        return " ".join(cell.text for cell in self.cells)


def box_of(words: Iterable[Word]) -> Box:
    """Return the box around words."""
    words = list(words)
    return Box(
        round(min(word.left for word in words), 5),
        round(min(word.top for word in words), 5),
        round(max(word.right for word in words), 5),
        round(max(word.bottom for word in words), 5),
    )


def lines_of(page: PageWords) -> list[Line]:
    """Return the lines of a page from top to bottom."""
    rows: list[list[Word]] = []
    for word in sorted(page.words, key=lambda each: (each.middle, each.left)):
        row = rows[-1] if rows else None
        if row and abs(word.middle - _middle(row)) < SAME_LINE * min(word.height, row[-1].height):
            row.append(word)
        else:
            rows.append([word])
    return [_line(sorted(row, key=lambda word: word.left), page) for row in rows]


def _middle(row: list[Word]) -> float:
    return sum(word.middle for word in row) / len(row)


def _line(words: list[Word], page: PageWords) -> Line:
    cells: list[list[Word]] = []
    # a page that was turned to be read is as wide as it is shown high
    width, height = (page.height, page.width) if page.is_turned else (page.width, page.height)
    is_led = False
    for word in words:
        if LEADER.fullmatch(word.text):
            is_led = True
            continue
        word = _without_leader(word)
        last = None if is_led or not cells else cells[-1][-1]
        is_led = False
        if last and (word.left - last.right) * width <= CELL_GAP * _tall(last, word) * height:
            cells[-1].append(word)
        else:
            cells.append([word])
    cells = cells or [words]
    return Line([Cell(each, page.number) for each in cells], page.number)


def _without_leader(word: Word) -> Word:
    """Return a word without the dots that lead from a label to its value."""
    text = _LEADING.sub("", _TRAILING.sub(lambda found: found[1], word.text))
    return replace(word, text=text) if text and text != word.text else word


def _tall(one: Word, other: Word) -> float:
    return min(one.height, other.height)


def shares_column(one: Box, other: Box) -> bool:
    """Say whether two boxes stand one above the other."""
    return min(one.right, other.right) - max(one.left, other.left) > 0 or abs(one.left - other.left) < 0.01
