"""What stands before or at a value as its caption, and on which side of it a page puts its captions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from documents.formats.reading.labels import KEY_OF, folded
from documents.formats.reading.layout import Cell, Line, shares_column
from documents.formats.reading.stems import LONGEST, key_by_stems

# a caption belongs to the value that is nearer by this share at least
NEARER = 1.25
# words that are half of too many captions to tell the whole
NO_HALF = frozenset(
    {"certificate", "other", "process_on", "signed_name", "signed_title", "page_of", "statement"}
)
# halves that mean nearly the same: the wider of them stands for both
FAMILIES = {
    "lot": frozenset({"lot", "lot_number"}),
    "site": frozenset({"site", "issuer_name"}),
    "quantity": frozenset({"quantity", "weight"}),
}
_HALVES = re.compile(
    r"\s*[/|·]\s*|\s+[-–]\s+|\s*[(（]|[)）]|(?<=[一-鿿])\s*(?=[A-Za-z])|(?<=[A-Za-z.])\s+(?=[一-鿿])"
)
# the number of a box before its caption
_NUMBERED = re.compile(r"(?:\d{1,2}[a-z]?[.)]\s+)?")
_BARE = re.compile(r"[^\d:：]{2,40}[:：]")


def caption_of(text: str) -> tuple[int, int, bool] | None:
    """Return where the caption of a cell begins and ends, and whether a colon ends it; nothing for other words."""
    begin = _NUMBERED.match(text).end()
    colon = re.search(r"\s*[:：]", text[begin:])
    end = begin + colon.start() if colon else len(text.rstrip())
    if not 1 < end - begin <= LONGEST or re.search(r"\d", text[begin:end].replace("10204", "")):
        return None
    return begin, end, bool(colon)


def key_of_caption(text: str) -> tuple[str, int]:
    """Return the key of a caption that is no label as it stands, told by its stems, and where it ends."""
    found = caption_of(text)
    if found is None:
        return "", 0
    begin, end, has_colon = found
    caption = text[begin:end]
    if folded(caption) in KEY_OF:
        return "", 0
    known = {KEY_OF[half] for each in _HALVES.split(caption) if (half := folded(each)) in KEY_OF}
    if len(known) == 1 and not any(key.startswith("?") or key in NO_HALF for key in known):
        # the other half says the same in another tongue, or more closely
        return known.pop(), end
    if near := next((key for key, family in FAMILIES.items() if known and known <= family), ""):
        return near, end
    if known == {"?type", "?class"} and (latin := _in_latin_letters(caption)):
        # 类别 is a type in one house and a class in another; the other half says which
        return latin, end
    if len(known) > 1:
        # two captions over two values in one place
        return "", 0
    return key_by_stems(caption, has_colon=has_colon), end


def _in_latin_letters(caption: str) -> str:
    """Return what the half in Latin letters of a caption in two scripts stands for, where there is one of each."""
    halves = [half for each in _HALVES.split(caption) if (half := folded(each)) in KEY_OF]
    latin = [half for half in halves if half.isascii()]
    return KEY_OF[latin[0]] if len(halves) == 2 and len(latin) == 1 and halves[0] != halves[1] else ""


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


BELOW, ABOVE = "below", "above"


def sides(
    lines: list[Line], is_label: Callable[[Cell], bool], fits: Callable[[Cell, Cell], bool]
) -> dict[int, str]:
    """Return the side of their values on which most captions of a page stand: below, or above; beside is not told.

    fits  says whether a cell can be the value of a caption whose values are plain, such as a number or a day
    """
    votes: dict[tuple[int, str], int] = {}
    for row, line in enumerate(lines):
        for column, cell in enumerate(line.cells):
            if is_label(cell):
                right = line.cells[column + 1] if column + 1 < len(line.cells) else None
                above, below = (near_in_column(lines, row, cell, step) for step in (-1, 1))
                for side in _side(cell, right, above, below, is_label, fits):
                    votes[line.page, side] = votes.get((line.page, side), 0) + 1
    found = {}
    for page in {line.page for line in lines}:
        beside, over, under = (votes.get((page, side), 0) for side in ("", ABOVE, BELOW))
        if under > beside + over:
            found[page] = BELOW
        elif over > max(beside, 1):
            found[page] = ABOVE
    return found


def _side(cell: Cell, right, above, below, is_label, fits) -> Iterator[str]:
    """Yield the side one caption votes for."""
    if right is not None and not is_label(right) and fits(cell, right):
        yield ""
        return
    values = [each is not None and not is_label(each) for each in (above, below)]
    if all(values):
        over, under = cell.box.top - above.box.bottom, below.box.top - cell.box.bottom
        if over * NEARER < under:
            yield BELOW
        elif under * NEARER < over or fits(cell, below):
            yield ABOVE
    elif values[1] and fits(cell, below):
        yield ABOVE
    elif values[0] and fits(cell, above):
        yield BELOW
