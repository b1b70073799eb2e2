"""The pages of one foreign file as pictures with their text lines; runs in the limited child process only."""

from __future__ import annotations

import ctypes
import io

from portal.intake.unreadable import FileNotReadable

DOTS_PER_INCH = 200
MAX_PIXELS = 9_000_000
MAX_PAGES = 200
MAX_LINES_A_PAGE = 3_000
MAX_SIDE_POINTS = 14_400
PDF = "application/pdf"


def draw_pages(content: bytes, media_type: str, first: int, last: int | None) -> dict:
    """Return pages `first` to `last` (or the end) as JPEG pictures, with the text layer line by line.

    Units:   pages count from 1; sizes in points (PDF) or pixels (pictures); line boxes in parts of the page.
    Raises:  FileNotReadable when a page cannot be drawn or is not there.
    """
    reader = _read_pdf if media_type == PDF else _read_image
    pages, pictures = reader(content, first, last)
    return {"pages": pages, "pictures": pictures}


NEEDS_PASSWORD = "A password is needed to open the file. Ask the issuer for an unprotected copy."
DAMAGED = "The file is damaged or is not what its name says. Ask the issuer for a new copy."


def _refuse_range(first: int, last: int, count: int) -> None:
    if not 1 <= first <= last <= count:
        raise FileNotReadable(
            f"The certificate names pages {first} to {last} and the file has {count}. Correct the page range."
        )
    if last - first >= MAX_PAGES:
        raise FileNotReadable(
            f"The certificate names {last - first + 1} pages; at most {MAX_PAGES} of one file are shown. "
            "Name the pages that belong to this certificate."
        )


def _read_pdf(content: bytes, first: int, last: int | None) -> tuple[list[dict], list[bytes]]:
    """Return what the pages look like and say, in points from the top left corner of the page as seen."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        locked = "assword" in str(error)
        raise FileNotReadable(NEEDS_PASSWORD if locked else DAMAGED) from error
    with document:
        count = len(document)
        if not count:
            raise FileNotReadable("The file has no pages. Ask the issuer for a new copy.")
        last = count if last is None else last
        _refuse_range(first, last, count)
        document.init_forms()
        drawn = [_draw_pdf_page(document[at - 1], at, count) for at in range(first, last + 1)]
    return [page for page, _ in drawn], [picture for _, picture in drawn]


def _draw_pdf_page(page, number: int, count: int) -> tuple[dict, bytes]:
    width, height = page.get_size()
    if not (0 < width <= MAX_SIDE_POINTS and 0 < height <= MAX_SIDE_POINTS):
        raise FileNotReadable(
            f"Page {number} has an impossible size. Print the document to PDF and send that."
        )
    scale = min(DOTS_PER_INCH / 72, (MAX_PIXELS / (width * height)) ** 0.5)
    bitmap = page.render(scale=scale, fill_color=(255, 255, 255, 255), rev_byteorder=True)
    picture = bitmap.to_pil().convert("RGB")
    lines = _lines_of(page, width, height)
    told = {"number": number, "of": count, "width": width, "height": height, "lines": lines}
    return told | _size_of(picture), _jpeg(picture)


def _lines_of(page, width: float, height: float) -> list[list]:
    """Read the text layer line by line, each with its box as parts of the page's width and height."""
    text = page.get_textpage()
    lines = []
    for at in range(min(text.count_rects(), MAX_LINES_A_PAGE)):
        left, bottom, right, top = text.get_rect(at)
        words = text.get_text_bounded(left, bottom, right, top).replace("\ufffe", "-").replace("\x02", "-")
        words = " ".join(words.split())
        if words:
            lines.append([words, *_as_seen(page, left, bottom, right, top)])
    return lines


def _as_seen(page, left: float, bottom: float, right: float, top: float) -> list[float]:
    """Turn a box of the page's own system into parts of the picture, its rotation and crop included."""
    import pypdfium2.raw as pdfium

    span = 10_000
    seen = []
    for x, y in ((left, bottom), (right, top)):
        across, down = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDF_PageToDevice(page, 0, 0, span, span, 0, x, y, across, down)
        seen.append((across.value / span, down.value / span))
    (x0, y0), (x1, y1) = seen
    return [min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)]


def _read_image(content: bytes, first: int, last: int | None) -> tuple[list[dict], list[bytes]]:
    """Return the frames of a picture file as pages without a text layer."""
    from PIL import Image, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = MAX_PIXELS * 4
    try:
        with Image.open(io.BytesIO(content), formats=["PNG", "JPEG", "TIFF"]) as image:
            count = getattr(image, "n_frames", 1)
            last = count if last is None else last
            _refuse_range(first, last, count)
            frames = [_frame(image, number) for number in range(first, last + 1)]
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError) as error:
        raise FileNotReadable(DAMAGED) from error
    pages = [
        {
            "number": number,
            "of": count,
            "width": frame.width,
            "height": frame.height,
            "lines": [],
            **_size_of(frame),
        }
        for number, frame in enumerate(frames, start=first)
    ]
    return pages, [_jpeg(frame) for frame in frames]


def _frame(image, number: int):
    """Return one frame upright, in colour, and no larger than a page needs."""
    from PIL import ImageOps

    image.seek(number - 1)
    frame = ImageOps.exif_transpose(image).convert("RGB")
    if frame.width * frame.height > MAX_PIXELS:
        ratio = (MAX_PIXELS / (frame.width * frame.height)) ** 0.5
        frame.thumbnail((max(1, int(frame.width * ratio)), max(1, int(frame.height * ratio))))
    return frame


def _size_of(picture) -> dict:
    return {"across": picture.width, "down": picture.height}


def _jpeg(picture) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=84, subsampling=0, optimize=True)
    return out.getvalue()
