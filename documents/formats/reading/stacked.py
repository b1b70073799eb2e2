"""Labels broken over two lines of a narrow column, with their value beside the two."""

from __future__ import annotations

from collections.abc import Iterator

from documents.formats.reading.labels import KEY_OF, folded
from documents.formats.reading.layout import Cell, Line
from documents.formats.reading.pairs import Candidate, field_of
from documents.formats.reading.values import READERS, Place, read_value_of

# a label of two lines is as sure as one beside its value
BESIDE_TWO = 0.93
# its lines stand under each other, so near by, in shares of the height of the letters
UNDER, APART = 0.012, 1.1
LONGEST_PART = 28


def stacked(lines: list[Line], place: Place, how: str) -> Iterator[Candidate]:
    """Yield values that stand beside labels of two lines."""
    cells = [cell for line in lines for cell in line.cells]
    for upper in cells:
        if len(upper.text) > LONGEST_PART or any(letter.isdigit() for letter in upper.text):
            continue
        lower = _under(upper, cells)
        key = _key_of(upper.text, lower.text) if lower else ""
        if key not in READERS:
            continue
        value = _beside(upper, lower, cells)
        if value is None or KEY_OF.get(folded(value.text)):
            continue
        label = f"{upper.text} {lower.text}"
        for found in read_value_of(key, value.text, place):
            yield Candidate(field_of(value, 0, found, how, label), BESIDE_TWO * found.fit)


def _key_of(upper: str, lower: str) -> str:
    """Return what a label of two lines stands for: words that run on, or one caption in two languages."""
    whole = KEY_OF.get(folded(f"{upper} {lower}"), "")
    one, other = KEY_OF.get(folded(upper), ""), KEY_OF.get(folded(lower), "?")
    return whole or (one if one == other else "")


def _under(upper: Cell, cells: list[Cell]) -> Cell | None:
    height = upper.box.bottom - upper.box.top
    for cell in cells:
        is_below = cell.box.top - upper.box.top > 0 and cell.box.top - upper.box.bottom < APART * height
        if is_below and cell.page == upper.page and abs(cell.box.left - upper.box.left) < UNDER:
            return cell
    return None


def _beside(upper: Cell, lower: Cell, cells: list[Cell]) -> Cell | None:
    """Return the nearest cell to the right between the top of the one and the bottom of the other."""
    edge = max(upper.box.right, lower.box.right)
    beside = [
        cell
        for cell in cells
        if cell.page == upper.page
        and cell.box.left >= edge
        and upper.box.top <= (cell.box.top + cell.box.bottom) / 2 <= lower.box.bottom
    ]
    return min(beside, key=lambda cell: cell.box.left, default=None)
