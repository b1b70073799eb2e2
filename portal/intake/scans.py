"""Reading pictures of papers: straightened, freed of red seals, given to a reader of print with a time-out a page.

Runs in the child process. What is read here is always a suggestion: a reader of pictures takes III for lil.
"""

from __future__ import annotations

import csv
import io
import math
import subprocess
import tempfile
import warnings
from collections.abc import Callable

import pypdfium2
from PIL import Image, ImageChops, ImageOps

from portal.intake.media import PDF, media_type_of
from portal.intake.pictures import MOST_PIXELS
from portal.intake.unreadable import FileNotReadable
from portal.intake.words import PageWords, Seal, Word

DOTS_PER_INCH = 300
# a photo has no dots per inch: its long side is brought to that of an A4 page
LONG_SIDE = 3300
SECONDS_A_PAGE = 18
SECONDS_TO_TURN = 6
MOST_SCANS = 12
# what the reader itself is less sure of is not a word
LEAST_SURE = 30
SURE_ENOUGH = 62
# shares of a picture that red ink must cover to be a seal, and at most
LEAST_SEAL, MOST_SEAL = 0.0006, 0.25
FIRST, SECOND = "eng", "eng+deu+spa"
CHINESE = "chi_sim+eng"
_FORMATS = ("PNG", "JPEG", "TIFF")

NO_READER = "Page {page} is a picture, and no reader of pictures is installed. Type what it says, or install tesseract."
FROM_PICTURE = "Page {page} is a picture; what was read on it is a suggestion. Check it sign by sign."
TOO_SLOW = "Page {page} could not be read in the time a page may take. Type what it says."
TOO_MANY = "Pages after the first {most} pictures were not read. Type what they say."
POOR = "Page {page} is hard to read; scan it again, flat and in light, if you can."


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


def read_scans(content: bytes, pages: list[PageWords], tesseract: str) -> list[str]:
    """Fill the words of the pages that are pictures, and return what a person should know of it."""
    doubts = []
    scans = [page for page in pages if page.is_scan]
    for page in scans[:MOST_SCANS]:
        if not tesseract:
            doubts.append(NO_READER.format(page=page.number))
            continue
        try:
            picture = _picture(content, page.number)
            _read(picture, page, tesseract)
            doubts.append(FROM_PICTURE.format(page=page.number))
            sure = [word.confidence for word in page.words]
            if not sure or sum(sure) / len(sure) < SURE_ENOUGH:
                doubts.append(POOR.format(page=page.number))
        except subprocess.TimeoutExpired:
            doubts.append(TOO_SLOW.format(page=page.number))
        except (OSError, ValueError, pypdfium2.PdfiumError, subprocess.SubprocessError):
            doubts.append(f"Page {page.number} is a picture that could not be read. Type what it says.")
    if len(scans) > MOST_SCANS:
        doubts.append(TOO_MANY.format(most=MOST_SCANS))
    return doubts


def _picture(content: bytes, number: int) -> Image.Image:
    """Return a page as a colour picture of a size the reader reads best."""
    if media_type_of(content) == PDF:
        document = pypdfium2.PdfDocument(content)
        try:
            page = document[number - 1]
            width, height = page.get_size()
            scale = min(DOTS_PER_INCH / 72, (MOST_PIXELS / (width * height)) ** 0.5)
            return page.render(scale=scale).to_pil().convert("RGB")
        finally:
            document.close()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        Image.MAX_IMAGE_PIXELS = MOST_PIXELS
        with Image.open(io.BytesIO(content), formats=_FORMATS) as opened:
            opened.seek(number - 1)
            picture = opened.convert("RGB")
    long_side = max(picture.size)
    if long_side > LONG_SIDE * 1.3 or long_side < LONG_SIDE * 0.6:
        factor = LONG_SIDE / long_side
        picture = picture.resize(
            (round(picture.width * factor), round(picture.height * factor)), Image.LANCZOS
        )
    return picture


def _read(picture: Image.Image, page: PageWords, tesseract: str) -> None:
    """Read one picture: turn it upright, straighten it, take red ink out, read, put the boxes back."""
    ink, red = without_red(picture)
    known = _quarter_turns(ink, tesseract)
    # with too few letters to tell, what reads best is upright
    for quarter in (0, 1, 3, 2) if known is None else (known,):
        upright = ink.rotate(90 * quarter, expand=True)
        angle = slant_of(upright)
        straight = upright.rotate(angle, fillcolor=255, resample=Image.BICUBIC) if angle else upright
        words = _words(straight, tesseract, FIRST) if known is None else _best_words(straight, tesseract)
        if page.back is None or _sureness(words) > _sureness(page.words):
            page.words, page.back = words, _back(quarter, angle, upright.size)
            page.is_turned = quarter % 2 == 1
        if _sureness(page.words) >= SURE_ENOUGH:
            break
    if red is not None:
        page.seals = _seals(red, tesseract)


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


def _quarter_turns(picture: Image.Image, tesseract: str) -> int | None:
    """Return how many quarter turns to the left make a picture upright; nothing when the reader cannot tell."""
    small = picture.copy()
    small.thumbnail((1800, 1800))
    try:
        said = _run(small, [tesseract, "-", "-", "--psm", "0"], SECONDS_TO_TURN)
    except subprocess.SubprocessError:
        return None
    facts = dict(line.split(":", 1) for line in said.splitlines() if ":" in line)
    try:
        degrees = int(facts.get("Rotate", "0"))
        is_sure = float(facts.get("Orientation confidence", "0")) >= 2
    except ValueError:
        return None
    return (360 - degrees) // 90 % 4 if is_sure else 0


def _best_words(picture: Image.Image, tesseract: str) -> list[Word]:
    """Read in English first; a picture that reads badly is tried in Chinese, one with foreign letters in all."""
    words = _words(picture, tesseract, FIRST)
    sure = _sureness(words)
    if sure >= 80:
        return words
    for languages in (CHINESE, SECOND) if sure < 65 else (SECOND, CHINESE):
        further = _words(picture, tesseract, languages)
        if _sureness(further) > sure + 4:
            words, sure = further, _sureness(further)
        if sure >= 80:
            break
    return words


def _sureness(words: list[Word]) -> float:
    letters = sum(len(word.text) for word in words)
    return sum(word.confidence * len(word.text) for word in words) / letters if letters else 0.0


def _words(picture: Image.Image, tesseract: str, languages: str) -> list[Word]:
    said = _run(picture, [tesseract, "-", "-", "-l", languages, "--psm", "4", "tsv"], SECONDS_A_PAGE)
    width, height = picture.size
    words = []
    for row in csv.DictReader(io.StringIO(said), delimiter="\t", quoting=csv.QUOTE_NONE):
        text, sure = (row.get("text") or "").strip(), float(row.get("conf") or -1)
        if (
            not text
            or sure < LEAST_SURE
            or not any(letter.isalnum() or letter in ":/%<>≤≥" for letter in text)
        ):
            continue
        left, top = int(row["left"]), int(row["top"])
        right, bottom = left + int(row["width"]), top + int(row["height"])
        words.append(
            Word(text, left / width, top / height, right / width, bottom / height, confidence=round(sure, 1))
        )
    return words


def _run(picture: Image.Image, command: list[str], seconds: int) -> str:
    """Give one picture to the reader of print and return what it writes.

    It inherits the limits of this process, has no network where this process has none, and one thread.
    """
    with tempfile.TemporaryFile() as source:
        picture.save(source, format="PNG", dpi=(DOTS_PER_INCH, DOTS_PER_INCH), compress_level=1)
        source.seek(0)
        done = subprocess.run(
            command,
            stdin=source,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            check=True,
            env={"OMP_THREAD_LIMIT": "1", "LANG": "C.UTF-8", "PATH": "/usr/bin:/bin"},
        )
    return done.stdout.decode("utf-8", "replace")


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
    words = []
    try:
        for languages in (FIRST, CHINESE):
            said = _run(part, [tesseract, "-", "-", "-l", languages, "--psm", "11", "tsv"], SECONDS_TO_TURN)
            rows = csv.DictReader(io.StringIO(said), delimiter="\t", quoting=csv.QUOTE_NONE)
            read = [
                row["text"] for row in rows if (row.get("text") or "").strip() and float(row["conf"]) > 50
            ]
            words = max(words, read, key=lambda each: sum(map(len, each)))
    except subprocess.SubprocessError:
        words = []
    width, height = red.size
    return [Seal(" ".join(words)[:80], left / width, top / height, right / width, bottom / height)]
