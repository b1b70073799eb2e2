"""The statement a paper makes: which of its sentences says that the work conforms, and whether any does."""

from __future__ import annotations

import re
from collections.abc import Iterator

from documents.formats.conforming import CONFORMS, OF_OTHER_THINGS, says_conforming
from documents.formats.reading.labels import KEY_OF, folded
from documents.formats.reading.layout import Cell, Line
from documents.formats.reading.pairs import Candidate, field_of
from documents.formats.reading.values import Value

LONGEST_STATEMENT = 500
MOST_LINES = 6
SURE, SHORT, OTHER_PROSE = 0.8, 0.5, 0.1
# lines of one paragraph are as high, but for this share
ALIKE = 0.2
# a sentence has so many words at least, or so many signs
FEWEST_WORDS, FEWEST_SIGNS = 5, 8


def statements(lines: list[Line], how: str) -> Iterator[Candidate]:
    """Yield the paragraphs that say that the work conforms, and the other ones as what else is said."""
    told: set[int] = set()
    for row, line in enumerate(lines):
        for cell in line.cells:
            if id(cell) in told or not _begins_a_sentence(cell.text):
                continue
            whole = _paragraph(lines, row, cell, told)
            letters = whole.text
            if not _is_a_sentence(letters):
                continue
            sure = OTHER_PROSE
            if says_conforming(letters):
                sure = SURE if len(letters) >= 40 or re.search(r"[一-鿿]{10}", letters) else SHORT
            elif OF_OTHER_THINGS.search(letters):
                continue
            value = Value("statement", 0, min(len(letters), LONGEST_STATEMENT), letters[:LONGEST_STATEMENT])
            yield Candidate(field_of(whole, 0, value, how), sure)


def without_other_prose(found: list[Candidate]) -> list[Candidate]:
    """Leave out what else is said where a statement stands."""
    if not any(each.field.key == "statement" and each.score > OTHER_PROSE for each in found):
        return found
    return [each for each in found if each.field.key != "statement" or each.score > OTHER_PROSE]


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]{2,}", text)


def _is_caption(text: str) -> bool:
    """Say whether words are labels and nothing else, in one language or in two."""
    return all(
        folded(half) in KEY_OF for half in re.split(r"\s*/\s*|\s+-\s+", text.strip(" .:：")) if folded(half)
    )


def _begins_a_sentence(text: str) -> bool:
    if _is_caption(text):
        return False
    return len(_words(text)) >= 3 or len(re.findall(r"[一-鿿]", text)) >= FEWEST_SIGNS


def _is_a_sentence(text: str) -> bool:
    """Say whether words are more than a heading or a label with its value."""
    if len(re.findall(r"[一-鿿]", text)) >= FEWEST_SIGNS:
        return bool(re.search(r"[,。,;.;]|兹|特此", text))
    words = _words(text)
    if len(words) < FEWEST_WORDS or folded(text) in KEY_OF:
        return False
    ends = text.rstrip().endswith((".", "!", "。"))
    return ends or len(words) >= 9 and CONFORMS.search(text) is not None


def _paragraph(lines: list[Line], row: int, cell: Cell, told: set[int]) -> Cell:
    """Return a cell with the lines its sentences run on over."""
    words, letters = list(cell.words), cell.text
    height = cell.box.bottom - cell.box.top
    bottom = cell.box.bottom
    for further in lines[row + 1 : row + 1 + MOST_LINES]:
        under = [each for each in further.cells if abs(each.box.left - cell.box.left) < 0.02]
        near = further.page == cell.page and under and under[0].box.top - bottom < 1.2 * height
        # a title stands over other lines in larger letters
        near = near and abs((under[0].box.bottom - under[0].box.top) / height - 1) < ALIKE
        if letters.rstrip().endswith((".", "。")) or not near or _is_caption(under[0].text):
            break
        told.add(id(under[0]))
        words, letters, bottom = (
            words + under[0].words,
            f"{letters} {under[0].text}",
            under[0].box.bottom,
        )
    return Cell(words, cell.page)
