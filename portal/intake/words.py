"""Words of a PDF with the place each stands on its page, and what a reader should doubt about them.

Runs in the child process. Whether a page is a scan is told by how much of it is covered by pictures, never by
how many characters it has: a scan may carry a footer of text, or invisible text somebody's machine read on it.
"""

from __future__ import annotations

import contextlib
import ctypes
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field

import pypdfium2
import pypdfium2.raw as pdfium

from portal.intake.unreadable import FileNotReadable

MOST_PAGES = 60
MOST_CHARACTERS = 60_000
MOST_OBJECTS = 20_000
# a page is a scan when pictures cover this share of it and what is written over them is less than a paper's worth
SCAN_SHARE = 0.5
WRITTEN_WORDS = 40
# letters nearer than this share of their height belong to one word
SAME_WORD = 0.28
_GRID = 40
_DEVICE = 20_000
_PALE = 238
_INVISIBLE = 3
_LIGATURES = {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}


@dataclass
class Word:
    """One word on a page. Units: fractions of the page's width and height, from its upper left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    is_hidden: bool = False
    confidence: float = 100.0

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def height(self) -> float:
        return self.bottom - self.top


@dataclass
class Seal:
    """A red seal on a page: where it stands and the words tried on it. Units: fractions of the page."""

    words: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass
class PageWords:
    """The words of one page, as it reads upright; `back` puts a place on it where the page shows it.

    Units:   size in points; `picture_share` the part of the page covered by pictures.
    """

    number: int
    width: float
    height: float
    words: list[Word] = field(default_factory=list)
    picture_share: float = 0.0
    is_scan: bool = False
    doubts: list[str] = field(default_factory=list)
    seals: list[Seal] = field(default_factory=list)
    back: Callable[[float, float, float, float], tuple[float, float, float, float]] | None = None
    is_turned: bool = False


def words_of_pdf(content: bytes, page_from: int, page_to: int | None) -> list[PageWords]:
    """Return the words of some pages of a PDF, in reading order of the file.

    Raises:  FileNotReadable when the file or a page cannot be opened.
    """
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise FileNotReadable("The PDF cannot be opened to read its pages.") from error
    with contextlib.closing(document):
        last = min(page_to or len(document), len(document), page_from + MOST_PAGES - 1)
        return [_page_of(document, number) for number in range(page_from, last + 1)]


def _page_of(document: pypdfium2.PdfDocument, number: int) -> PageWords:
    try:
        page = document[number - 1]
    except pypdfium2.PdfiumError as error:
        raise FileNotReadable(f"Page {number} of the PDF cannot be read.") from error
    with contextlib.closing(page):
        width, height = page.get_size()
        found = PageWords(number, round(width, 1), round(height, 1))
        to_page = _placer(page)
        with contextlib.closing(page.get_textpage()) as text:
            _read_words(text, to_page, found)
        covered, is_on_top = _pictures(page, to_page)
        found.picture_share = covered
        _judge(page, found, is_on_top)
        return found


def _placer(page: pypdfium2.PdfPage):
    """Return how a point of the PDF becomes a place on the page as it is shown: turned and cropped."""

    def shown(x: float, y: float) -> tuple[float, float]:
        across, down = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDF_PageToDevice(page, 0, 0, _DEVICE, _DEVICE, 0, x, y, across, down)
        return across.value / _DEVICE, down.value / _DEVICE

    (x0, y0), (x1, y1), (x2, y2) = shown(0, 0), shown(1000, 0), shown(0, 1000)
    ax, ay, bx, by = (x1 - x0) / 1000, (y1 - y0) / 1000, (x2 - x0) / 1000, (y2 - y0) / 1000

    def place(left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        ends = [(x0 + ax * x + bx * y, y0 + ay * x + by * y) for x, y in ((left, bottom), (right, top))]
        across, down = sorted(end[0] for end in ends), sorted(end[1] for end in ends)
        return across[0], down[0], across[1], down[1]

    return place


def _read_words(text: pypdfium2.PdfTextPage, place, found: PageWords) -> None:
    """Join letters to words: a blank, a gap or a new line ends one."""
    box = pdfium.FS_RECTF()
    count = min(text.count_chars(), MOST_CHARACTERS)
    letters: list[str] = []
    spot: list[float] = []
    is_hidden = False

    def end() -> None:
        nonlocal letters, spot
        if letters and spot[2] > 0 and spot[0] < 1 and spot[3] > 0 and spot[1] < 1:
            found.words.append(Word("".join(letters), *(round(each, 5) for each in spot), is_hidden))
        letters, spot = [], []

    for index in range(count):
        code = pdfium.FPDFText_GetUnicode(text, index)
        letter = chr(code) if 0 < code < 0x110000 else " "
        if letter.isspace() or code < 32 or code in (0xFFFE, 0xFFFF):
            end()
            continue
        if not pdfium.FPDFText_GetLooseCharBox(text, index, box):
            continue
        left, top, right, bottom = place(box.left, box.bottom, box.right, box.top)
        if spot:
            tall = max(bottom - top, spot[3] - spot[1]) * found.height
            gap = max(left - spot[2], spot[0] - right) * found.width
            drop = max(top - spot[3], spot[1] - bottom) * found.height
            if gap > SAME_WORD * tall or drop > SAME_WORD * tall:
                end()
        if not letters:
            is_hidden = _is_hidden(text, index)
        letters.append(_LIGATURES.get(letter, letter))
        spot = [min(spot[0], left), min(spot[1], top), max(spot[2], right), max(spot[3], bottom)] if spot else [
            left, top, right, bottom]  # fmt: skip
    end()
    if text.count_chars() > count:
        found.doubts.append(f"Page {found.number} holds more text than is read.")


def _is_hidden(text: pypdfium2.PdfTextPage, index: int) -> bool:
    """Say whether a letter is drawn without ink, or in a colour so pale that only a dark ground would show it."""
    thing = pdfium.FPDFText_GetTextObject(text, index)
    if thing and pdfium.FPDFTextObj_GetTextRenderMode(thing) == _INVISIBLE:
        return True
    red, green, blue, ink = (ctypes.c_uint() for _ in range(4))
    if not pdfium.FPDFText_GetFillColor(text, index, red, green, blue, ink):
        return False
    return ink.value < 16 or min(red.value, green.value, blue.value) >= _PALE


def _pictures(page: pypdfium2.PdfPage, place) -> tuple[float, bool]:
    """Return the share of the page under pictures, and whether a large one lies over the text."""
    cells: set[tuple[int, int]] = set()
    last_text, last_large = -1, -1
    for order, thing in enumerate(page.get_objects(max_depth=4)):
        if order > MOST_OBJECTS:
            break
        if thing.type == pdfium.FPDF_PAGEOBJ_TEXT:
            last_text = order
        if thing.type != pdfium.FPDF_PAGEOBJ_IMAGE:
            continue
        with contextlib.suppress(pypdfium2.PdfiumError):
            left, top, right, bottom = place(*_bounds(thing))
            mine = _cells(left, top, right, bottom)
            cells |= mine
            if len(mine) > SCAN_SHARE * _GRID * _GRID:
                last_large = order
    return len(cells) / (_GRID * _GRID), last_large > last_text >= 0


def _bounds(thing) -> tuple[float, float, float, float]:
    # the name of this call has changed between versions of the binding
    return thing.get_bounds() if hasattr(thing, "get_bounds") else thing.get_pos()


def _cells(left: float, top: float, right: float, bottom: float) -> set[tuple[int, int]]:
    """Return the squares of a coarse grid whose middle a box covers."""
    columns = [at for at in range(_GRID) if left <= (at + 0.5) / _GRID <= right]
    rows = [at for at in range(_GRID) if top <= (at + 0.5) / _GRID <= bottom]
    return {(column, row) for column in columns for row in rows}


def _judge(page: pypdfium2.PdfPage, found: PageWords, is_on_top: bool) -> None:
    """Set hidden words apart and say whether the page is a scan."""
    pale = [word for word in found.words if word.is_hidden]
    if pale:
        _look_for_ink(page, found, pale)
    hidden = [word for word in found.words if word.is_hidden]
    written = [] if is_on_top else [word for word in found.words if not word.is_hidden]
    found.is_scan = found.picture_share >= SCAN_SHARE and (
        len(written) < WRITTEN_WORDS or _tallness(written) < SCAN_SHARE
    )
    if found.is_scan and len(found.words) > len(written):
        found.doubts.append(
            f"Page {found.number} is a scan with text laid under it by a machine; the picture was read instead."
        )
    elif hidden:
        shown = " ".join(word.text for word in hidden)[:60]
        found.doubts.append(
            f"Page {found.number} holds text nobody can see ({shown}). It was left out; compare with the original."
        )
    if found.is_scan:
        found.words = []
    else:
        found.words = [word for word in found.words if not word.is_hidden]


def _tallness(words: list[Word]) -> float:
    """Return the share of the page's height over which words are spread."""
    return max(word.bottom for word in words) - min(word.top for word in words) if words else 0.0


def _look_for_ink(page: pypdfium2.PdfPage, found: PageWords, pale: list[Word]) -> None:
    """Pale letters on a dark band can be read; those on white cannot. The drawn page tells."""
    if max(found.width, found.height) > 3000:
        return
    picture = page.render(scale=1.0, grayscale=True).to_pil()
    width, height = picture.size
    for word in pale:
        box = (
            int(word.left * width),
            int(word.top * height),
            int(word.right * width) + 1,
            int(word.bottom * height) + 1,
        )
        low, high = picture.crop(box).getextrema()
        word.is_hidden = high - low < 60
