"""Reading pictures of papers: straightened, freed of red seals, given to a reader of print with a time-out a page.

Runs in the child process. What is read here is always a suggestion: a reader of pictures takes III for lil.
"""

from __future__ import annotations

import contextlib
import csv
import io
import math
import os
import resource
import signal
import subprocess
import tempfile
import warnings
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import count
from threading import Lock

import pypdfium2
from PIL import Image, ImageChops, ImageOps

from portal.intake import steps
from portal.intake.media import PDF, media_type_of
from portal.intake.pictures import MOST_PIXELS
from portal.intake.unreadable import FileNotReadable
from portal.intake.words import PageWords, Seal, Word

DOTS_PER_INCH = 300
# a photo has no dots per inch: its long side is brought to that of an A4 page
LONG_SIDE = 3300
# larger sheets are read at fewer dots per inch (A3 at 250), so that two of them fit into memory beside each other
MOST_READ_PIXELS = 12_000_000
# of processor time, for one pass; and of wall time, after which nothing is waited for any more
SECONDS_A_PAGE = 12
SECONDS_TO_TURN = 5
WALL_SECONDS = 35
MOST_SCANS = 12
# pages read side by side, each by one thread of its own program; a third would pass the memory one file may take
MOST_AT_ONCE = 2
# what the reader itself is less sure of is not a word
LEAST_SURE = 30
SURE_ENOUGH = 62
# shares of a picture that red ink must cover to be a seal, and at most
LEAST_SEAL, MOST_SEAL = 0.0006, 0.25
# a pass that is this sure, with no more than this share of letters below that mark, is not read in other languages
READ_SURELY, WELL_READ, MOST_UNSURE = 80, 70, 0.1
# pieces of Chinese nearer than this share of their height are one run
HAN_GAP = 0.8
_SIGNS = ":/%<>≤≥"
_HAN_SIGNS = ",.;:!()\u3001\u3002\uff0c\uff1a\uff1b\uff08\uff09"
FIRST, SECOND = "eng", "eng+deu+spa"
# knows Latin letters and figures as well
CHINESE = "chi_sim"
LANGUAGE_OF = {"CN": CHINESE, "TW": CHINESE, "HK": CHINESE}
_FORMATS = ("PNG", "JPEG", "TIFF")
_ROOM = {"OMP_THREAD_LIMIT": "1", "LANG": "C.UTF-8", "PATH": "/usr/bin:/bin"}

NO_READER = "Page {page} is a picture, and no reader of pictures is installed. Type what it says, or install tesseract."
FROM_PICTURE = "Page {page} is a picture; what was read on it is a suggestion. Check it sign by sign."
TOO_SLOW = "Page {page} could not be read in the time a page may take. Type what it says."
TOO_MANY = "Pages after the first {most} pictures were not read. Type what they say."
POOR = "Page {page} is hard to read; scan it again, flat and in light, if you can."


class TooSlow(subprocess.SubprocessError):
    """One pass took more time than it may."""


def pages_of_picture(content: bytes, page_from: int, page_to: int | None) -> list[PageWords]:
    """Return the frames of a picture as pages that are scans.

    Raises:  FileNotReadable when it cannot be opened.
    """
    try:
        with Image.open(io.BytesIO(content), formats=_FORMATS) as picture:
            frames = getattr(picture, "n_frames", 1)
            last = min(page_to or frames, frames)
            pages = []
            for number in range(page_from, last + 1):
                picture.seek(number - 1)
                width, height = picture.size
                pages.append(PageWords(number, float(width), float(height), picture_share=1.0, is_scan=True))
            return pages
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise FileNotReadable("The picture cannot be opened to read it.") from error


def read_scans(content: bytes, pages: list[PageWords], tesseract: str, country: str = "") -> list[str]:
    """Fill the words of the pages that are pictures, and return what a person should know of it.

    Pages are read side by side, one on each processor there is; what is read does not depend on how many there are.
    country: two letters of the place the paper comes from; it tells which language is tried first.
    """
    scans = [page for page in pages if page.is_scan]
    if not tesseract:
        doubts = [[NO_READER.format(page=page.number)] for page in scans[:MOST_SCANS]]
    else:
        # one that opens pictures at a time: the library that draws pages is not made for several
        gate, ended = Lock(), count(1)
        steps.tell(0, len(scans[:MOST_SCANS]))

        def read_one(page: PageWords) -> list[str]:
            doubts = _read_page(content, page, tesseract, country, gate)
            with gate:
                steps.tell(next(ended), len(scans[:MOST_SCANS]))
            return doubts

        with ThreadPoolExecutor(min(MOST_AT_ONCE, len(os.sched_getaffinity(0)))) as readers:
            doubts = list(readers.map(read_one, scans[:MOST_SCANS]))
    told = [doubt for of_page in doubts for doubt in of_page]
    return told + ([TOO_MANY.format(most=MOST_SCANS)] if len(scans) > MOST_SCANS else [])


def _read_page(content: bytes, page: PageWords, tesseract: str, country: str, gate: Lock) -> list[str]:
    """Fill the words of one page that is a picture, and return what a person should know of it."""
    try:
        with gate:
            ink, red = without_red(_picture(content, page.number))
        _read(ink, red, page, tesseract, country)
    except TooSlow:
        return [TOO_SLOW.format(page=page.number)]
    except (OSError, ValueError, pypdfium2.PdfiumError, subprocess.SubprocessError):
        return [f"Page {page.number} is a picture that could not be read. Type what it says."]
    doubts = [FROM_PICTURE.format(page=page.number)]
    sure = [word.confidence for word in page.words]
    if not sure or sum(sure) / len(sure) < SURE_ENOUGH:
        doubts.append(POOR.format(page=page.number))
    return doubts


def _picture(content: bytes, number: int) -> Image.Image:
    """Return a page as a colour picture of a size the reader reads best."""
    if media_type_of(content) == PDF:
        document = pypdfium2.PdfDocument(content)
        try:
            page = document[number - 1]
            width, height = page.get_size()
            scale = min(DOTS_PER_INCH / 72, (MOST_READ_PIXELS / (width * height)) ** 0.5)
            return page.render(scale=scale).to_pil().convert("RGB")
        finally:
            document.close()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        Image.MAX_IMAGE_PIXELS = MOST_PIXELS
        with Image.open(io.BytesIO(content), formats=_FORMATS) as opened:
            opened.seek(number - 1)
            # converting what is in colour already would hold it twice
            picture = opened if opened.mode == "RGB" else opened.convert("RGB")
            size = _size_to_read(*picture.size)
            return picture.copy() if size == picture.size else picture.resize(size, Image.LANCZOS)


def _size_to_read(width: int, height: int) -> tuple[int, int]:
    """Return the size in pixels at which a picture of unknown dots per inch is read."""
    long_side = max(width, height)
    is_near = LONG_SIDE * 0.6 <= long_side <= LONG_SIDE * 1.3
    factor = 1.0 if is_near else LONG_SIDE / long_side
    factor = min(factor, (MOST_READ_PIXELS / (width * height)) ** 0.5)
    return (width, height) if factor == 1.0 else (round(width * factor), round(height * factor))


def _read(ink: Image.Image, red: Image.Image | None, page: PageWords, tesseract: str, country: str) -> None:
    """Read one picture, its red ink apart: straighten it, read it, put the boxes back.

    Which way up it stands and in which script it is written is asked only where the first pass reads badly, or where
    its lines seem to run up the page: asking costs as much as reading.
    """
    turns: tuple[int, ...] = (0,)
    script = ""
    first = _first_language(country, tesseract)
    if not runs_up(ink):
        done = _Pass(ink, 0, first, tesseract)
        if done.is_well_read:
            turns = ()
    else:
        done = None
    if turns:
        known, script = _upright(ink, tesseract)
        # with too few letters to tell, what reads best is upright
        turns = (0, 1, 3, 2) if known is None else (known,)
    for quarter in turns:
        if done is None or quarter != done.quarter:
            done = max(
                filter(None, (done, _Pass(ink, quarter, first, tesseract))), key=lambda each: each.weight
            )
        if done.sureness >= SURE_ENOUGH:
            break
    if turns:
        done.read_further(script, tesseract)
    page.words, page.back = done.words, _back(done.quarter, done.angle, done.size)
    page.is_turned = done.quarter % 2 == 1
    if red is not None:
        page.seals = _seals(red, tesseract)


class _Pass:
    """One reading of a picture, turned and straightened: its words, and how well they could be read."""

    def __init__(self, ink: Image.Image, quarter: int, languages: str, tesseract: str):
        upright = ink.rotate(90 * quarter, expand=True) if quarter else ink
        self.quarter, self.size = quarter, upright.size
        self.angle = slant_of(upright)
        self.picture = (
            upright.rotate(self.angle, fillcolor=255, resample=Image.BICUBIC) if self.angle else upright
        )
        self.take(languages, _words(self.picture, tesseract, languages))

    def take(self, languages: str, found: list[Word]) -> None:
        self.languages = languages
        letters = sum(len(word.text) for word in found)
        self.unsure = (
            sum(len(word.text) for word in found if word.confidence < WELL_READ) / letters if letters else 1.0
        )
        sure = [word for word in found if word.confidence >= LEAST_SURE]
        self.words = joined(sure, self.size[1] / self.size[0])
        self.sureness, self.weight = _sureness(self.words), weight_of(self.words)

    @property
    def is_well_read(self) -> bool:
        """Whether nothing tells that another language or another way up would read more."""
        if self.languages == CHINESE and not any(has_han(word.text) for word in self.words):
            return False
        return self.sureness >= READ_SURELY and self.unsure <= MOST_UNSURE

    def read_further(self, script: str, tesseract: str) -> None:
        """Read the picture in the other languages, the likeliest first, and keep what reads most."""
        if self.is_well_read:
            return
        there = _installed(tesseract)
        order = (FIRST, SECOND, CHINESE) if script == "Latin" else (CHINESE, FIRST, SECOND)
        for languages in order:
            if languages == self.languages or not set(languages.split("+")) <= there:
                continue
            before = (self.languages, self.words, self.sureness, self.weight, self.unsure)
            self.take(languages, _words(self.picture, tesseract, languages))
            if self.weight <= before[3]:
                self.languages, self.words, self.sureness, self.weight, self.unsure = before
            elif self.is_well_read:
                break


def _first_language(country: str, tesseract: str) -> str:
    """Return the language a paper of a country is read in first: English where nothing tells, as most are."""
    likely = LANGUAGE_OF.get(country, FIRST)
    return likely if likely in _installed(tesseract) else FIRST


@cache
def _installed(tesseract: str) -> frozenset[str]:
    """Return the languages the reader of print has."""
    said = subprocess.run(
        [tesseract, "--list-langs"], capture_output=True, timeout=WALL_SECONDS, check=False, env=_ROOM
    )
    return frozenset(line.strip() for line in said.stdout.decode("utf-8", "replace").splitlines()[1:])


def has_han(text: str) -> bool:
    """Say whether Chinese characters stand in a text."""
    return any("\u4e00" <= letter <= "\u9fff" for letter in text)


def weight_of(words: list[Word]) -> float:
    """Return how much was read and how surely; a Chinese character says as much as two letters."""
    return sum(word.confidence * sum(2 if has_han(each) else 1 for each in word.text) for word in words)


def joined(words: list[Word], tallness: float) -> list[Word]:
    """Return the words with those of Chinese put together that stand close on one line: they know no blanks.

    tallness: the height of the picture over its width. Signs that end up alone are left out.
    """
    kept: list[Word] = []
    for word in words:
        last = kept[-1] if kept else None
        if last is None or not _belong_together(last, word, tallness):
            kept.append(word)
            continue
        of_last, of_word = len(last.text), len(word.text)
        sure = (last.confidence * of_last + word.confidence * of_word) / (of_last + of_word)
        kept[-1] = Word(
            last.text + word.text, last.left, min(last.top, word.top), word.right, max(last.bottom, word.bottom),
            confidence=round(sure, 1),
        )  # fmt: skip
    return [word for word in kept if any(each.isalnum() or each in _SIGNS for each in word.text)]


def _belong_together(last: Word, word: Word, tallness: float) -> bool:
    """Say whether two words of one line are one run of Chinese, by the gap beside the height of their letters."""
    if not (has_han(last.text[-1]) or last.text[-1] in _HAN_SIGNS) or not (
        has_han(word.text[0]) or word.text[0] in _HAN_SIGNS
    ):
        return False
    tall = max(last.height, word.height)
    is_same_line = min(last.bottom, word.bottom) - max(last.top, word.top) > 0.4 * min(
        last.height, word.height
    )
    # heights and widths are shares of the page
    gap = (word.left - last.right) / (tall * tallness)
    return is_same_line and -0.5 < gap < HAN_GAP


def without_red(picture: Image.Image) -> tuple[Image.Image, Image.Image | None]:
    """Return a grey picture in which red ink is paper, and the red ink alone where there is a seal.

    In the red channel red ink is as light as paper while black stays black.
    """
    red, green, blue = picture.split()
    redness = ImageChops.subtract(red, ImageChops.lighter(green, blue))
    mask = redness.point(lambda level: 255 if level > 60 else 0)
    share = mask.histogram()[255] / (picture.width * picture.height)
    grey = ImageOps.autocontrast(red if share > LEAST_SEAL else ImageOps.grayscale(picture), cutoff=1)
    return grey, mask if LEAST_SEAL < share < MOST_SEAL else None


def slant_of(picture: Image.Image) -> float:
    """Return by how many degrees a picture must be turned so that its lines are level; 0 where it hardly matters."""
    import numpy

    small = picture.copy()
    small.thumbnail((900, 900))
    dark = small.point(lambda level: 0 if level > 140 else 255)

    def sharpness(angle: float) -> float:
        rows = numpy.asarray(dark.rotate(angle, fillcolor=0), dtype=numpy.float32).sum(axis=1)
        return float(numpy.square(numpy.diff(rows)).sum())

    best = max((step / 2 for step in range(-10, 11)), key=sharpness)
    fine = max((best + step / 8 for step in range(-3, 4)), key=sharpness)
    return fine if abs(fine) >= 0.2 and sharpness(fine) > 1.05 * sharpness(0) else 0.0


def runs_up(picture: Image.Image) -> bool:
    """Say whether the lines of a picture seem to run up or down the page, not across: dark and light by columns."""
    import numpy

    small = picture.copy()
    small.thumbnail((900, 900))
    dark = numpy.asarray(small, dtype=numpy.float32) < 140
    # long lines of tables and frames stand both ways and say nothing of the writing
    across, down = dark.sum(axis=1), dark.sum(axis=0)
    across = numpy.clip(across, 0, 0.4 * dark.shape[1])
    down = numpy.clip(down, 0, 0.4 * dark.shape[0])
    level = float(numpy.square(numpy.diff(across)).sum()) / dark.shape[1]
    upright = float(numpy.square(numpy.diff(down)).sum()) / dark.shape[0]
    return upright > 2 * level


def _upright(picture: Image.Image, tesseract: str) -> tuple[int | None, str]:
    """Return how many quarter turns to the left make a picture upright, nothing when it cannot be told; its script."""
    small = picture.copy()
    small.thumbnail((1800, 1800))
    try:
        said = _run(small, [tesseract, "-", "-", "--psm", "0"], SECONDS_TO_TURN)
    except subprocess.SubprocessError:
        return None, ""
    facts = dict(line.split(":", 1) for line in said.splitlines() if ":" in line)
    try:
        degrees = int(facts.get("Rotate", "0"))
        is_sure = float(facts.get("Orientation confidence", "0")) >= 2
    except ValueError:
        return None, ""
    return (360 - degrees) // 90 % 4 if is_sure else 0, facts.get("Script", "").strip()


def _sureness(words: list[Word]) -> float:
    letters = sum(len(word.text) for word in words)
    return sum(word.confidence * len(word.text) for word in words) / letters if letters else 0.0


def _words(picture: Image.Image, tesseract: str, languages: str) -> list[Word]:
    """Return all words of a picture, those the reader itself is unsure of as well."""
    said = _run(picture, [tesseract, "-", "-", "-l", languages, "--psm", "4", "tsv"], SECONDS_A_PAGE)
    width, height = picture.size
    words = []
    for row in csv.DictReader(io.StringIO(said), delimiter="\t", quoting=csv.QUOTE_NONE):
        text, sure = (row.get("text") or "").strip(), float(row.get("conf") or -1)
        if not any(letter.isalnum() or letter in _SIGNS + _HAN_SIGNS for letter in text):
            continue
        left, top = int(row["left"]), int(row["top"])
        right, bottom = left + int(row["width"]), top + int(row["height"])
        words.append(
            Word(text, left / width, top / height, right / width, bottom / height, confidence=round(sure, 1))
        )
    return words


def _run(picture: Image.Image, command: list[str], seconds: int) -> str:
    """Give one picture to the reader of print and return what it writes.

    It inherits the limits of this process, has no network where this process has none, and one thread. Its time is
    processor time: on a machine with much else to do the same picture is read the same.

    Raises:  TooSlow, CalledProcessError.
    """
    with tempfile.TemporaryFile() as source:
        # as it stands: to squeeze a picture costs more than to write it
        picture.save(source, format="PPM")
        source.seek(0)
        process = subprocess.Popen(
            [*command[:3], "--dpi", str(DOTS_PER_INCH), *command[3:]],
            stdin=source,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_ROOM,
        )
        with process:
            try:
                with contextlib.suppress(ProcessLookupError, ValueError):
                    resource.prlimit(process.pid, resource.RLIMIT_CPU, (seconds, seconds))
                said, _ = process.communicate(timeout=WALL_SECONDS)
            except subprocess.TimeoutExpired as error:
                raise TooSlow from error
            finally:
                process.kill()
    if process.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
        raise TooSlow
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command[0])
    return said.decode("utf-8", "replace")


def _back(quarter: int, angle: float, upright: tuple[int, int]) -> Callable:
    """Return how a box on the straightened picture becomes one on the page as it is shown."""
    width, height = upright
    turn = math.radians(angle)
    cosine, sine = math.cos(turn), math.sin(turn)

    def point(x: float, y: float) -> tuple[float, float]:
        across, down = (x - 0.5) * width, (y - 0.5) * height
        x = (across * cosine - down * sine) / width + 0.5
        y = (across * sine + down * cosine) / height + 0.5
        for _ in range(quarter):
            x, y = 1 - y, x
        return x, y

    def box(left: float, top: float, right: float, bottom: float) -> tuple[float, float, float, float]:
        ends = [point(x, y) for x in (left, right) for y in (top, bottom)]
        across, down = [end[0] for end in ends], [end[1] for end in ends]
        held = (min(across), min(down), max(across), max(down))
        return tuple(round(min(1.0, max(0.0, each)), 5) for each in held)

    return box


def _seals(red: Image.Image, tesseract: str) -> list[Seal]:
    """Return the red seal of a page: its place, and the words that can be read in it."""
    found = red.reduce(8).point(lambda level: 255 if level > 40 else 0).getbbox()
    if not found:
        return []
    left, top, right, bottom = (each * 8 for each in found)
    part = ImageOps.expand(ImageOps.invert(red.crop((left, top, right, bottom))), 20, fill=255)
    # the stamps of Chinese houses are red; their reader knows Latin letters as well
    languages = CHINESE if CHINESE in _installed(tesseract) else FIRST
    try:
        said = _run(part, [tesseract, "-", "-", "-l", languages, "--psm", "11", "tsv"], SECONDS_TO_TURN)
        rows = csv.DictReader(io.StringIO(said), delimiter="\t", quoting=csv.QUOTE_NONE)
        words = [row["text"] for row in rows if (row.get("text") or "").strip() and float(row["conf"]) > 50]
    except subprocess.SubprocessError:
        words = []
    width, height = red.size
    return [Seal(" ".join(words)[:80], left / width, top / height, right / width, bottom / height)]
