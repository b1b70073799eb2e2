"""Reading a certificate: what runs in the child process on one foreign file."""

from __future__ import annotations

from dataclasses import replace

from documents.formats.paper import KEYS, OCR, TEXT, Box, ReadField, Reading, ReadLine
from documents.formats.reading.addresses import addresses
from documents.formats.reading.counts import counts
from documents.formats.reading.languages import language_of
from documents.formats.reading.layout import Line, lines_of
from documents.formats.reading.pairs import Candidate, candidates
from documents.formats.reading.prose import sentences
from documents.formats.reading.stacked import stacked
from documents.formats.reading.statements import without_other_prose
from documents.formats.reading.tables import rows_of
from documents.formats.reading.ticks import ticked
from documents.formats.reading.values import Place
from portal.intake import media
from portal.intake.words import PageWords, words_of_pdf

# of one key no more than this many ways are kept
MOST_OF_A_KEY = 6
# of the words of the pages no more are kept, cell by cell; the letters of one cell
MOST_CELLS, MOST_LETTERS = 500, 240


def read_certificate(
    content: bytes,
    page_from: int = 1,
    page_to: int | None = None,
    country: str = "",
    tesseract: str = "",
    schemas: str = "",
) -> Reading:
    """Read some pages of one certificate: a PDF, a picture of one, or a data certificate.

    Units:   pages count from 1.
    Raises:  FileNotReadable when the file cannot be opened.
    """
    kind = media.media_type_of(content)
    if kind == media.JSON:
        from documents.formats.reading.data import read_data

        return read_data(content, schemas)
    if kind == media.PDF:
        pages = words_of_pdf(content, page_from, page_to)
    else:
        from portal.intake.scans import pages_of_picture

        pages = pages_of_picture(content, page_from, page_to)
    doubts = [doubt for page in pages for doubt in page.doubts]
    if any(page.is_scan for page in pages):
        from portal.intake.scans import read_scans

        doubts += read_scans(content, pages, tesseract, country)
    return read_pages(pages, country=country, doubts=doubts)


def read_pages(pages: list[PageWords], *, country: str = "", doubts: list[str] | None = None) -> Reading:
    """Return what the words of some pages say."""
    lines = [(page, ticked(lines_of(page))) for page in pages]
    every = [line for _, found in lines for line in found]
    place = Place(country, language_of(" ".join(line.text for line in every)))
    found: list[Candidate] = []
    rows = []
    for page, on_page in lines:
        how = OCR if page.is_scan else TEXT
        taken: set[int] = set()
        rows += rows_of(on_page, how, taken)
        others = [line for line in on_page if id(line) not in taken]
        found += candidates(others, place, how)
        found += stacked(others, place, how)
        found += counts(others, how)
        found += sentences(others, place, how)
        found += addresses(others, how)
        found += marks_of(page)
    backs = {page.number: page.back for page in pages if page.back}
    return Reading(
        found=tuple(shown(each, backs) for each in ranked(without_other_prose(found))),
        rows=tuple(shown(each, backs) for each in rows),
        how=OCR if any(page.is_scan for page in pages) else TEXT,
        language=place.language,
        pages_read=len(pages),
        doubts=tuple(dict.fromkeys(doubts or [])),
        page_sizes=tuple((page.width, page.height) for page in pages),
        lines=tuple(shown(each, backs) for page, on_page in lines for each in words_of(page, on_page))[
            :MOST_CELLS
        ],
    )


def words_of(page: PageWords, lines: list[Line]) -> list[ReadLine]:
    """Return the words of a page cell by cell, for what is looked for later."""
    how = OCR if page.is_scan else TEXT
    return [
        ReadLine(cell.text[:MOST_LETTERS], page.number, row, cell.box, how)
        for row, line in enumerate(lines)
        for cell in line.cells
    ]


def marks_of(page: PageWords) -> list[Candidate]:
    """Return the red seals of a page as marks of signature."""
    return [
        Candidate(
            ReadField(
                key="signature_mark",
                words=seal.words,
                value="red seal",
                page=page.number,
                box=Box(seal.left, seal.top, seal.right, seal.bottom),
                how=OCR,
            ),
            0.9,
        )
        for seal in page.seals
    ]


def shown(each, backs: dict):
    """Return a field or a row with its box where the page shows it, not where it reads upright."""
    back = backs.get(each.page)
    if back is None or each.box is None or getattr(each, "key", "") == "signature_mark":
        return each
    box = each.box
    return replace(each, box=Box(*back(box.left, box.top, box.right, box.bottom)))


def ranked(found: list[Candidate]) -> tuple[ReadField, ...]:
    """Return the fields by key, the likeliest first; a value said twice counts once, and for more."""
    kept: list[ReadField] = []
    for key in KEYS:
        mine = [each for each in found if each.field.key == key]
        said: dict[str, list[Candidate]] = {}
        for each in mine:
            said.setdefault(each.field.value or each.field.words, []).append(each)
        best = [
            (max(each.score for each in group) + 0.02 * min(len(group) - 1, 3), group)
            for group in said.values()
        ]
        best.sort(key=lambda scored: -scored[0])
        kept += [max(group, key=lambda each: each.score).field for _, group in best[:MOST_OF_A_KEY]]
    return tuple(kept)
