"""Looking on a page for what the record expects, where no label told what a word is. Pure.

The words must be plain enough to mean nothing else: a number with its figures on its own, or a letter right behind the
number it belongs to. What a label says against it is never overruled from here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from documents.domain.likeness import ROMAN, whole_number
from documents.formats.paper import Box, ReadField, Reading, ReadLine

# numbers that mean one thing wherever they stand
ANYWHERE = frozenset({"po_number", "part_number", "spec_number", "identifier", "lot_number"})
SHORTEST = 4
_DASHES = r"[\s\-‐-―_]{0,2}"
_REVISION = (
    r"(?:rev(?:ision)?|iss(?:ue)?|ind(?:ex)?|ausg(?:abe)?|ed(?:ition)?|revisión|rev\.?\s*level|版本|版次)"
)
_TYPE = r"(?:type|typ|ty|tipo|类型|类|型)"
_CLASS = r"(?:class|klasse|kl|cl|clase|等级|级别|级)"
_PIECES = (
    r"(?:pcs?\.?|pieces?|parts?|ea\.?|each|off|stk\.?|stück|teile|piezas?|pzas?\.?|unidades|件|只|个|支)"
)
# how many letters behind a number belong to it
REACH = 48


def expected_on_page(
    reading: Reading, field: str, wanted: str, names: Iterable[str] = (), owners: Iterable[str] = ()
) -> ReadField | None:
    """Return where the words the record expects stand on the page, or nothing.

    names    what else the expected may be called: other numbers of a specification, the address of a site
    owners   the numbers a revision, type or class belongs to
    """
    if not wanted.strip():
        return None
    for known in dict.fromkeys((wanted, *names)):
        for line, rest, below in _around(reading.lines):
            if found := _found(field, known, line, rest, below, tuple(owners)):
                return ReadField(field, found, known, line.page, line.box, line.how)
    return None


# numbers of which another one of the same build says that the paper is for something else
_WITH_TWINS = frozenset({"po_number", "part_number"})
SAME_BEGINNING, SHORTEST_TWIN = 0.5, 6


def twin_on_page(reading: Reading, field: str, wanted: str) -> ReadField | None:
    """Return the one number that is built as the expected one and begins as it does, where that itself is nowhere.

    4711-23 where 4711-22 is expected; nothing where several such numbers stand, or where it was read as another thing.
    """
    plain = _plain(wanted).strip()
    if field not in _WITH_TWINS or len(plain) < SHORTEST_TWIN or not re.search(r"\d{3}", plain):
        return None
    build = re.sub(r"\d", r"\\d", re.escape(plain))
    shape = re.compile(rf"(?<![^\W_])(?<![\d][-/.]){build}(?![^\W_]|[-/.]\d)", re.I)
    others = {each.value for each in reading.found if each.key != field}
    twins = {}
    for line in reading.lines:
        for match in shape.finditer(_plain(line.words)):
            same = next(
                (at for at, (a, b) in enumerate(zip(match[0], plain, strict=True)) if a != b), len(plain)
            )
            if same < len(plain) and same >= SAME_BEGINNING * len(plain) and match[0] not in others:
                twins.setdefault(match[0], line)
    if len(twins) != 1:
        return None
    ((words, line),) = twins.items()
    return ReadField(field, words, words, line.page, line.box, line.how)


# what is looked for where it stands alone: too short to mean one thing anywhere
ALONE = frozenset({"part_revision", "spec_revision", "spec_type", "spec_class", "condition", "quantity"})


def expected_alone(reading: Reading, field: str, wanted: str) -> ReadField | None:
    """Return a cell that says what the record expects and nothing else, where it was read as nothing else.

    No word says what it stands for, so it proves nothing: it tells a person where to look.
    """
    if field not in ALONE or not wanted.strip():
        return None
    ways = {_squeezed(way) for way in _ways(field, wanted)} - {""}
    for line in reading.lines:
        said = re.split(r"[:：]", line.words)[-1]
        if _squeezed(said) in ways and not _is_claimed(reading, field, line):
            return ReadField(field, said.strip(), wanted, line.page, line.box, line.how)
    return None


def _is_claimed(reading: Reading, field: str, line: ReadLine) -> bool:
    """Say whether a cell was read as another thing, or stands in a table of results."""
    boxes = [
        *(each.box for each in reading.found if each.page == line.page and each.key != field),
        *(row.box for row in reading.rows if row.page == line.page),
    ]
    return line.box is None or any(each is not None and _covers(each, line.box) for each in boxes)


def _covers(outer: Box, inner: Box) -> bool:
    across, down = (inner.left + inner.right) / 2, (inner.top + inner.bottom) / 2
    within = outer.left <= across <= outer.right and outer.top <= down <= outer.bottom
    middle = (outer.left + outer.right) / 2, (outer.top + outer.bottom) / 2
    return within or inner.left <= middle[0] <= inner.right and inner.top <= middle[1] <= inner.bottom


def _around(lines: tuple[ReadLine, ...]) -> Iterable[tuple[ReadLine, str, str]]:
    """Yield each cell with the words right of it on its line and those that begin the next line."""
    for at, line in enumerate(lines):
        behind = [each for each in lines[at + 1 : at + 12] if each.page == line.page]
        right = " ".join(each.words for each in behind if each.row == line.row)
        below = next((each.words for each in behind if each.row == line.row + 1), "")
        yield line, right, below


def _found(field: str, wanted: str, line: ReadLine, right: str, below: str, owners: tuple[str, ...]) -> str:
    if field in ANYWHERE:
        return _number(wanted, line.words, may_go_on=field == "po_number")
    if field in ("site", "site_address"):
        return _place(wanted, line.words, below)
    if field == "quantity":
        return _pieces(wanted, line.words)
    if field == "condition":
        return _condition(wanted, line.words)
    if field in ("part_revision", "spec_revision", "spec_type", "spec_class"):
        return _behind(field, wanted, f"{line.words}  {right} {below}", len(line.words), owners)
    return ""


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _shape(number: str) -> str:
    """Return the pattern of a number however its parts are joined."""
    return _DASHES.join(re.escape(part) for part in re.findall(r"[^\W_]+|/|\.", _plain(number)))


def _number(wanted: str, words: str, *, may_go_on: bool = False) -> str:
    if len(re.sub(r"\W", "", wanted)) < SHORTEST or not re.search(r"\d", wanted):
        return ""
    # a longer number is another one; a line may stand behind the number of an order
    behind = r"(?![^\W_])(?!\.\d)" if may_go_on else r"(?![^\W_])(?!\s?[-/.]\s?\d)"
    match = re.search(rf"(?<![^\W_])(?<!\d[-/.]){_shape(wanted)}{behind}", _plain(words), re.I)
    return match[0] if match else ""


def _place(wanted: str, words: str, below: str) -> str:
    """Find every word of a name or an address on one line, or on that and the next."""
    ours = _words(wanted)
    if sum(map(len, ours)) < 8 and not re.search(r"[一-鿿]{4}", wanted):
        return ""
    if _squeezed(wanted) in _squeezed(words) or ours and ours <= _words(words):
        return words
    first = _words(words)
    return words if len(ours & first) >= 2 and ours <= first | _words(below) else ""


def _squeezed(text: str) -> str:
    return re.sub(r"\W", "", _plain(text).casefold())


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", _plain(text).casefold()))


def _pieces(wanted: str, words: str) -> str:
    """Find exactly as many pieces as expected, where the words say that they are pieces."""
    for match in re.finditer(rf"(?<![\w.,/-])(\d[\d.,'’  ]*)\s*{_PIECES}(?![A-Za-z])", _plain(words), re.I):
        if whole_number(match[1]) == int(wanted):
            return match[0]
    return ""


def _condition(wanted: str, words: str) -> str:
    """Find a temper such as T651 or H900, or a word such as annealed; short ones mean too many things."""
    if len(wanted.strip()) < 2 or len(wanted) < 5 and not re.search(r"\d", wanted):
        return ""
    match = re.search(rf"(?<![^\W_]){_shape(wanted)}(?![^\W_])", _plain(words), re.I)
    return match[0] if match else ""


def _behind(field: str, wanted: str, words: str, first: int, owners: tuple[str, ...]) -> str:
    """Find a revision, type or class right behind the number it belongs to, with or without its word."""
    text = _plain(words)
    for owner in owners:
        for match in re.finditer(rf"(?<![^\W_]){_shape(owner)}" if owner.strip() else r"(?!)", text, re.I):
            if match.start() >= first:
                continue
            if found := _belongs(field, wanted, text[match.end() : match.end() + REACH]):
                return f"{match[0]}{found}"
    return ""


def _belongs(field: str, wanted: str, rest: str) -> str:
    said = "|".join(map(re.escape, _ways(field, wanted)))
    if field in ("part_revision", "spec_revision"):
        shape = (
            rf"^[\s,;:(/\-|]{{0,6}}(?:{_REVISION}\.?)?[\s.:]{{0,3}}({said})(?![^\W_]|[-.]\d)"
            rf"|(?<![^\W_]){_REVISION}[\s.:]{{1,3}}({said})(?![^\W_]|[-.]\d)"
        )
    elif field == "spec_type":
        shape = rf"(?<![A-Za-z]){_TYPE}\.?[\s.:]{{0,3}}({said})(?![^\W_]|\.\d)|(?<![A-Za-z0-9])({said})\s?[类型](?!型)"
    else:
        shape = rf"(?<![A-Za-z]){_CLASS}\.?[\s.:]{{0,3}}({said})(?![^\W_]|\.\d)|(?<![A-Za-z0-9])({said})\s?级(?!别)"
    match = re.search(shape, rest, re.I)
    return rest[: match.end()] if match else ""


def _ways(field: str, wanted: str) -> tuple[str, ...]:
    """Return how a type or class may be written: II is 2."""
    if field not in ("spec_type", "spec_class"):
        return (wanted,)
    plain = wanted.strip().casefold()
    same = {roman.upper() for roman, figure in ROMAN.items() if figure == ROMAN.get(plain, plain)}
    return tuple(sorted({wanted, ROMAN.get(plain, wanted), *same}, key=len, reverse=True))
