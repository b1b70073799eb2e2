"""What stands before or at a value as its caption, and on which side of it a page puts its captions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from documents.formats.reading.labels import KEY_OF, folded
from documents.formats.reading.layout import Cell, Line, shares_column
from documents.formats.reading.stems import LONGEST, key_by_stems

# a caption belongs to the value that is nearer by this share at least
NEARER = 1.25
_HALVES = re.compile(
    r"\s*[/|·]\s*|\s+[-–]\s+|\s*[(（]|[)）]|(?<=[一-鿿])\s*(?=[A-Za-z])|(?<=[A-Za-z.])\s+(?=[一-鿿])"
)
_BARE = re.compile(r"[^\d:：]{2,40}[:：]")


def caption_of(text: str) -> tuple[int, bool] | None:
    """Return how many letters of a cell are its caption, and whether a colon ends it; nothing for other words."""
    colon = re.search(r"\s*[:：]", text)
    end = colon.start() if colon else len(text.rstrip())
    caption = text[:end]
    if not 1 < end <= LONGEST or re.search(r"\d", caption.replace("10204", "")):
        return None
    return end, bool(colon)


def key_of_caption(text: str) -> tuple[str, int]:
    """Return the key of a caption that is no label as it stands, told by its stems, and where it ends."""
    found = caption_of(text)
    if found is None:
        return "", 0
    end, has_colon = found
    halves = [folded(each) for each in _HALVES.split(text[:end])]
    known = {KEY_OF[each] for each in halves if each in KEY_OF}
    if folded(text[:end]) in KEY_OF or len(known) == 1 and not any(key.startswith("?") for key in known):
        return "", 0
    return key_by_stems(text[:end], has_colon=has_colon), end


def is_bare(text: str) -> bool:
    """Say whether words are a caption whatever it means, because nothing stands behind its colon."""
    return bool(_BARE.fullmatch(text.strip()))


def near_in_column(lines: list[Line], row: int, cell: Cell, step: int) -> Cell | None:
    """Return the nearest cell above or below another one on its page."""
    at = row + step
    while 0 <= at < len(lines) and abs(at - row) <= 4 and lines[at].page == cell.page:
        for other in lines[at].cells:
            if shares_column(cell.box, other.box):
                return other
        at += step
    return None


def pages_with_captions_below(lines: list[Line], is_label: Callable[[Cell], bool]) -> set[int]:
    """Return the pages on which captions stand below their values, by what they stand nearer to."""
    votes: dict[int, int] = {}
    for page, cell, above, below in _alone(lines, is_label):
        if above is None or is_label(above):
            vote = -1 if below is not None and not is_label(below) else 0
        elif below is None or is_label(below):
            vote = 0
        else:
            over, under = cell.box.top - above.box.bottom, below.box.top - cell.box.bottom
            vote = (over * NEARER < under) - (under * NEARER < over)
        votes[page] = votes.get(page, 0) + vote
    return {page for page, sum_of in votes.items() if sum_of > 1}


def _alone(
    lines: list[Line], is_label: Callable[[Cell], bool]
) -> Iterator[tuple[int, Cell, Cell | None, Cell | None]]:
    """Yield captions that nothing stands beside, with what is above and below each."""
    for row, line in enumerate(lines):
        for column, cell in enumerate(line.cells):
            right = line.cells[column + 1] if column + 1 < len(line.cells) else None
            if is_label(cell) and (right is None or is_label(right)):
                above, below = (near_in_column(lines, row, cell, step) for step in (-1, 1))
                yield line.page, cell, above, below
