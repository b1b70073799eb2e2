"""Addresses that stand in several lines: a name, a street, a town, now and then a country, one below the other."""

from __future__ import annotations

import re
from collections.abc import Iterator

from documents.formats.paper import ReadField
from documents.formats.reading.captions import is_bare, near_in_column
from documents.formats.reading.labels import KEY_OF, find_labels, folded
from documents.formats.reading.layout import Cell, Line, box_of
from documents.formats.reading.pairs import Candidate
from documents.formats.reading.specifications import find_specifications
from documents.formats.reading.values import ADDRESS

# an address below a caption that names who made or treated the goods, and one at the head of the first page
UNDER_CAPTION, AT_HEAD, ELSEWHERE = 0.7, 0.38, 0.12
HEAD = 0.22
# the lines of one block stand so near to each other, in heights of their letters
NEAR = 1.3
_COUNTRY = r"(?:[A-Z]{2,3}|Germany|Deutschland|Austria|Österreich|Spain|España|Mexico|México|China|United Kingdom|中国)"
# town with its code before or behind it, as post offices of many countries write it
_NAME = r"[A-ZÄÖÜÁÉÍÓÚÑ][^\d,;:]{1,40}?"
_TOWN = (
    re.compile(rf"(?:[A-Z]{{1,2}}-)?(?P<code>\d{{4,6}})\s+(?P<town>{_NAME})(?:,\s*(?P<land>{_COUNTRY}))?"),
    re.compile(rf"(?P<town>{_NAME}),?\s+(?P<code>\d{{4,6}})(?:,\s*(?P<land>{_COUNTRY}))?"),
    re.compile(
        rf"(?P<town>{_NAME}),?\s+"
        r"(?P<code>[A-Z]{2}\s+\d{5}(?:-\d{4})?|[A-Z]{1,2}\d[\dA-Z]?\s\d[A-Z]{2})(?P<land>)"
    ),
)
_STREET = re.compile(r"(?=.*[^\W\d_]{3})[^:：@]{4,60}")
_IS_STREET = re.compile(
    r"\d|\b(?:street|road|lane|avenue|way|park|str\.?|weg|gasse|platz|allee|calle|av\.?|carretera)\b|straße|strasse",
    re.I,
)
# captions of who made or treated the goods, and of who gets them
_MAKER = re.compile(
    r"manufactur|supplier|producer|processor|issue|plant|works|mill|vendor|seller|herstell|liefer(?!adresse)|werk|"
    r"aussteller|fabricante|proveedor|productor|emisor|生产|制造|供应商|供方|加工|厂",
    re.I,
)
_BUYER = re.compile(
    r"customer|purchas|buyer|consign|recipient|receiv|ship to|sold to|bill|deliver|kunde|besteller|empfäng|"
    r"auftraggeber|cliente|comprador|destinatario|客户|需方|购货|收货",
    re.I,
)


def addresses(lines: list[Line], how: str) -> Iterator[Candidate]:
    """Yield the address of whoever made or treated the goods where it stands in several lines."""
    is_first = True
    for row, line in enumerate(lines):
        for cell in line.cells:
            town = next((found for shape in _TOWN if (found := shape.fullmatch(cell.text.strip(" .")))), None)
            if town is None or ADDRESS.search(cell.text) or any(find_specifications(cell.text)):
                continue
            above = _above(lines, row, cell)
            streets = [each for each in above[:1] if _IS_STREET.search(each.text)]
            if not streets:
                continue
            name, caption = above[1] if len(above) > 1 else None, _caption(lines, above)
            sure = ELSEWHERE
            if caption and _BUYER.search(caption):
                continue
            if caption and _MAKER.search(caption):
                sure = UNDER_CAPTION
            elif is_first and cell.page == 1 and cell.box.top < HEAD and not caption:
                sure = AT_HEAD
            is_first = False
            yield from _block(lines, row, cell, town, streets, name, sure, how)


def _above(lines: list[Line], row: int, cell: Cell) -> list[Cell]:
    """Return the lines of a block above its town, the nearest first: a street and a name."""
    found: list[Cell] = []
    while len(found) < 3:
        above = near_in_column(lines, row, cell, -1)
        if above is None or abs(above.box.left - cell.box.left) > 0.012:
            break
        height = cell.box.bottom - cell.box.top
        if cell.box.top - above.box.bottom > NEAR * height or not _STREET.fullmatch(above.text):
            break
        found.append(above)
        row = next(at for at, line in enumerate(lines) if any(each is above for each in line.cells))
        cell = above
    return found


def _caption(lines: list[Line], above: list[Cell]) -> str:
    """Return the caption over a block: its first line where that is one, else what stands above it."""
    top = above[-1]
    for at, each in enumerate(above):
        if at and (_MAKER.search(each.text) or _BUYER.search(each.text)) and _is_caption(each.text):
            return each.text
    row = next(at for at, line in enumerate(lines) if any(each is top for each in line.cells))
    over = near_in_column(lines, row, top, -1)
    return over.text if over is not None and _is_caption(over.text) else ""


def _is_caption(text: str) -> bool:
    halves = re.split(r"\s*/\s*", re.sub(r"^[A-Z]\d\d(?:\.\d)?\s+", "", text))
    return is_bare(text) or any(folded(each) in KEY_OF for each in halves) or any(
        each.start == 0 and len(text) < 50 for each in find_labels(text)
    )  # fmt: skip


def _block(
    lines: list[Line],
    row: int,
    cell: Cell,
    town: re.Match,
    streets: list[Cell],
    name: Cell | None,
    sure: float,
    how: str,
) -> Iterator[Candidate]:
    land = town["land"] or ""
    below = near_in_column(lines, row, cell, 1)
    if not land and below is not None and re.fullmatch(_COUNTRY, below.text.strip()):
        land = below.text.strip()
    american = re.match(r"[A-Z]{2}\s", town["code"])
    place = f"{town['town']}, {town['code']}" if american else f"{town['code']} {town['town']}"
    if re.match(r"[A-Z]{1,2}\d", town["code"]):
        place = f"{town['town']} {town['code']}"
    parts = [streets[0].text, place, land]
    words = [*streets[0].words, *cell.words]
    value = ", ".join(part.strip(" ,") for part in parts if part)
    yield Candidate(
        ReadField(
            "site_address", " ".join(word.text for word in words), value, cell.page, box_of(words), how
        ),
        sure,
    )
    if name is not None and not _is_caption(name.text) and sure > ELSEWHERE:
        for key in ("issuer_name", "site"):
            yield Candidate(ReadField(key, name.text, name.text, name.page, name.box, how), sure - 0.02)
