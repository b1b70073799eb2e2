"""What papers say in sentences: what was done by which specification, what is certified, who signs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from documents.formats.reading.layout import Cell, Line
from documents.formats.reading.pairs import Candidate, field_of
from documents.formats.reading.specifications import find_specifications
from documents.formats.reading.values import Place, Value, read_value_of, specification_values

BY_WORDS, BESIDE_OTHERS = 0.75, 0.3
_BY = re.compile(
    r"(?:in accordance with|accordance to|according to|conform(?:s|ing)? to|requirements of|\bper\b|\bto\b|i\.?a\.?w\.?|gemäß|gemaess"
    r"|\bnach\b|\blt\.|laut|según|conforme a|de acuerdo con|按照|按|依据|根据|符合)\s*(?:the\s+)?(?:der|la|el|specification|spezifikation|norma)?\s*$", re.I
)  # fmt: skip
_STATEMENT = re.compile(
    r"\b(?:certif(?:y|ies)|conform(?:s|ity|ing|ance)?\b|compl(?:y|ies|iance)|bescheinig\w+|bestätig\w+|entspr(?:icht|echen)\w*"
    r"|certifica(?:mos)?|cumple[n]?|declara(?:mos)?)\b|兹证明|特此证明|符合", re.I
)  # fmt: skip
_HEREBY = re.compile(
    r"\b(?:we|i|wir|hiermit|hereby|por la presente|the undersigned|this is to)\b|certificamos|declaramos|兹|特此|本公司",
    re.I,
)
_PAGE = re.compile(
    r"(?:\b(?:page|seite|p[áa]gina|p[áa]g\.?)\s*|第\s*)(\d{1,3})\s*(?:/|of|von|de|页\s*,?\s*/?\s*共)\s*(\d{1,3})",
    re.I,
)
_PAGE_ALONE = re.compile(r"^(\d{1,3})\s*/\s*(\d{1,3})$")
_SIGNED_BY = re.compile(
    r"(?:signed|certified|approved|validated|released|authori[sz]ed|unterzeichnet|freigegeben|firmado|aprobado|签发人|签字)"
    r"\s*(?:electronically\s*)?(?:by|von|durch|por)?\s*[:：]?\s+", re.I
)  # fmt: skip
_TYPE = re.compile(
    r"(?:EN\s*(?:ISO\s*)?10204\D{0,14}(?:\b2004\b)?\D{0,10})(?<![\d.])([23]\.[12])(?![\d.])", re.I
)
_PIECES = re.compile(
    r"(?<![\w.,/-])(\d{1,3}(?:,\d{3})+|\d{1,6})\s*(?:pcs?\.?|pieces|parts|ea\.?|stück|stk\.?|teile|piezas|pzas?\.?|件|只)(?![A-Za-z])",
    re.I,
)
_ELECTRONIC = re.compile(
    r"valid without (?:a )?signature|ohne unterschrift gültig|válido sin firma|electronically (?:signed|generated)|无需签字",
    re.I,
)
LONGEST_STATEMENT = 500
SHORTEST_STATEMENT = 40


def sentences(lines: list[Line], place: Place, how: str) -> Iterator[Candidate]:
    """Yield what is said in sentences and in words without a label."""
    for row, line in enumerate(lines):
        for cell in line.cells:
            yield from _specifications(lines, row, cell, how)
            yield from _short(cell, place, how)
    yield from _statements(lines, how)


def _specifications(lines: list[Line], row: int, cell: Cell, how: str) -> Iterator[Candidate]:
    for found in find_specifications(cell.text):
        if not found.is_of_a_process:
            continue
        before = cell.text[: found.start]
        if not before.strip() and row and lines[row - 1].page == cell.page:
            before = lines[row - 1].cells[-1].text
        sure = BY_WORDS if _BY.search(before) else BESIDE_OTHERS
        for value in specification_values(found):
            yield Candidate(field_of(cell, 0, value, how), sure)


def _short(cell: Cell, place: Place, how: str) -> Iterator[Candidate]:
    text = cell.text
    if match := _PAGE.search(text):
        value = Value("page_of", match.start(), match.end(), f"{match[1]}/{match[2]}")
        yield Candidate(field_of(cell, 0, value, how), 0.9)
    elif match := _PAGE_ALONE.match(text):
        value = Value("page_of", 0, len(text), f"{match[1]}/{match[2]}")
        yield Candidate(field_of(cell, 0, value, how), 0.4)
    if match := _TYPE.search(text):
        value = Value("certificate_type", match.start(), match.end(), match[1])
        yield Candidate(field_of(cell, 0, value, how), 0.9)
    if match := _PIECES.search(text):
        value = Value("quantity", match.start(), match.end(), match[1].replace(",", ""))
        yield Candidate(field_of(cell, 0, value, how), 0.4)
    if match := _SIGNED_BY.search(text):
        for value in read_value_of("signed_name", text[match.end() :], place):
            yield Candidate(field_of(cell, match.end(), value, how), 0.7)
    if match := _ELECTRONIC.search(text):
        value = Value("signature_mark", match.start(), match.end(), "electronic")
        yield Candidate(field_of(cell, 0, value, how), 0.5)


def _statements(lines: list[Line], how: str) -> Iterator[Candidate]:
    """Yield the statement of conformity, with the lines it runs over."""
    told: set[int] = set()
    for row, line in enumerate(lines):
        for cell in line.cells:
            match = _STATEMENT.search(cell.text)
            is_short = len(cell.text) < SHORTEST_STATEMENT and not _HEREBY.search(cell.text)
            if not match or is_short or id(cell) in told:
                continue
            words, letters = list(cell.words), cell.text
            sure = 0.8 if _HEREBY.search(cell.text) else 0.4
            for further in lines[row + 1 : row + 6]:
                near = further.page == cell.page and not letters.rstrip().endswith((".", "。"))
                under = [each for each in further.cells if abs(each.box.left - cell.box.left) < 0.02]
                if not near or not under:
                    break
                told.add(id(under[0]))
                words, letters = words + under[0].words, f"{letters} {under[0].text}"
            whole = Cell(words, cell.page)
            value = Value("statement", 0, min(len(letters), LONGEST_STATEMENT), letters[:LONGEST_STATEMENT])
            yield Candidate(field_of(whole, 0, value, how), sure)
