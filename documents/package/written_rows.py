"""Rows of a form as lines of type: measured, wrapped, and no more than the column is wide.

Units:  points, measured from the top of a row downwards where a height is meant.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter

from documents.package.written_faces import BOLD, TEXT, needs_shaping, sign_of

MM = 72 / 25.4
INK, RED, VIOLET = (0x19, 0x1F, 0x26), (0xA3, 0x20, 0x1D), (0x6A, 0x37, 0x9A)
LEADING = 1.38
BALLOON_SIZE, BALLOON_LINE, BALLOON_EDGE, BALLOON_PAD = 7.5, 4.6 * MM, 0.7, 0.1 * MM
WORD_SIZE, SHAPE, SHAPE_GAP = 6.4, 2.4 * MM, 0.6 * MM
BLANKS = re.compile(r"[ \t\r\n\f]+")
# A line may end after a space or a hyphen, and beside any sign of a script that has no spaces.
UNSPACED = "[\u3000-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff01-\uffef]"
BREAKS = re.compile(rf"(?<= )(?! )|(?<=-)(?=[^\W\d])|(?<={UNSPACED})(?! )|(?={UNSPACED})")


class CannotWrite(Exception):
    """A form holds what only the layout engine can set; it is set by that instead."""


@dataclass(frozen=True)
class Style:
    """How a run of text looks."""

    size: float
    kind: str = TEXT
    colour: tuple[int, int, int] = INK


@dataclass(frozen=True)
class Cell:
    """What stands in one place of a row: runs of text, a number in a balloon, or a value that fails."""

    runs: tuple[tuple[str, Style], ...]
    size: float = 8.2
    is_balloon: bool = False
    is_failing: bool = False
    is_right: bool = False

    @property
    def text(self) -> str:
        return "".join(text for text, _ in self.runs)


@dataclass(frozen=True)
class Line:
    """One line of a cell: its pieces of text, how wide they are together and how much room the line takes.

    strut:  the size of type its baseline follows.
    """

    pieces: tuple[tuple[str, Style], ...]
    width: float
    height: float
    strut: float
    has_shape: bool = False


@dataclass
class Wrapper:
    """Breaks cells of one form into lines, and remembers: a form says the same thing many times."""

    known: dict = field(default_factory=dict)

    def lines(self, cell: Cell, width: float) -> tuple[Line, ...]:
        """Return the lines of a cell in a column of this width.

        Raises:  CannotWrite for text that must be shaped, or a balloon wider than its column.
        """
        key = (cell, width)
        if (found := self.known.get(key)) is None:
            found = self.known[key] = tuple(self._lines(cell, width))
        return found

    def _lines(self, cell: Cell, width: float) -> list[Line]:
        if needs_shaping(cell.text):
            raise CannotWrite(cell.text)
        if cell.is_balloon:
            return [_balloon_line(cell, width)]
        found = _wrapped(cell, width)
        if cell.is_failing:
            style = Style(WORD_SIZE, BOLD, RED)
            word = measured("fails", style) + SHAPE + SHAPE_GAP
            found.append(Line((("fails", style),), word, WORD_SIZE * LEADING, WORD_SIZE, has_shape=True))
        return found


def measured(text: str, style: Style) -> float:
    """Return how wide a text is.

    Raises:  CannotWrite when no face of the chain has a sign; the page's own check names it.
    """
    width = 0.0
    for sign in text:
        if (found := sign_of(style.kind, sign)) is None:
            raise CannotWrite(sign)
        width += found[1]
    return width * style.size


def _balloon_line(cell: Cell, width: float) -> Line:
    text, style = cell.runs[0] if cell.runs else ("", Style(BALLOON_SIZE, BOLD))
    wide = measured(text, style)
    if balloon_width(wide) > width:
        raise CannotWrite(text)
    return Line(((text, style),), wide, BALLOON_LINE + 2 * BALLOON_EDGE, BALLOON_SIZE)


def balloon_width(text_width: float) -> float:
    """Return how wide the balloon around a number is."""
    return max(BALLOON_LINE, text_width) + 2 * (BALLOON_EDGE + BALLOON_PAD)


def _wrapped(cell: Cell, width: float) -> list[Line]:
    lines: list[list[tuple[str, Style]]] = [[]]
    used = 0.0
    for piece, style in _pieces(cell.runs):
        wide, bare = measured(piece, style), measured(piece.rstrip(" "), style)
        if lines[-1] and used + bare > width:
            lines.append([])
            used = 0.0
        while bare > width:
            head, piece = _broken(piece, style, width)
            lines[-1].append((head, style))
            lines.append([])
            wide, bare = measured(piece, style), measured(piece.rstrip(" "), style)
        lines[-1].append((piece, style))
        used += wide
    return [_line(pieces, cell.size) for pieces in lines if pieces]


def _line(pieces: list[tuple[str, Style]], size: float) -> Line:
    last, style = pieces[-1]
    blank = measured(last, style) - measured(last.rstrip(" "), style)
    width = sum(measured(text, style) for text, style in pieces) - blank
    runs = [(same, "".join(text for text, _ in some)) for same, some in groupby(pieces, key=itemgetter(1))]
    return Line(tuple((text, style) for style, text in runs), width, size * LEADING, size)


def _pieces(runs):
    for text, style in runs:
        for piece in BREAKS.split(text):
            if piece:
                yield piece, style


def _broken(piece: str, style: Style, width: float) -> tuple[str, str]:
    """Break a word that is longer than its column; at least one sign goes on the line."""
    at, used = 1, measured(piece[0], style)
    while at < len(piece):
        used += measured(piece[at], style)
        if used > width:
            break
        at += 1
    return piece[:at], piece[at:]


def plain(text: object) -> str:
    """Return text with its blanks drawn together, as the layout engine shows it."""
    return BLANKS.sub(" ", "" if text is None else str(text)).strip(" ")
