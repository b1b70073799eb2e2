"""Draw the pages of one foreign file, alone in a process with little memory, little time and no open files.

Run as a script: media type, first and last page as arguments, the file on standard input. Standard output carries
one line of JSON and then the pictures one after another. It imports nothing of ours: what is not here cannot be
reached.
"""

from __future__ import annotations

import ctypes
import io
import json
import resource
import sys

DOTS_PER_INCH = 200
MAX_PIXELS = 9_000_000
MAX_PAGES = 200
MAX_LINES_A_PAGE = 3_000
MAX_SIDE_POINTS = 14_400
MEMORY_BYTES = 1_500 * 1024 * 1024
CPU_SECONDS = 60


class Unreadable(Exception):
    """The file cannot be shown; the text is a reason code."""


def limit_this_process() -> None:
    """Give up memory, time, new files and children before the first foreign byte is read."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (16, 16))


def read_pdf(content: bytes, first: int, last: int | None) -> tuple[list[dict], list[bytes]]:
    """Return what the pages look like and say, in points from the top left corner of the page as seen."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise Unreadable("password" if "assword" in str(error) else "damaged") from error
    with document:
        count = len(document)
        if not count:
            raise Unreadable("no-pages")
        last = count if last is None else last
        if first > last or last > count:
            raise Unreadable(f"page-range:{count}")
        if last - first >= MAX_PAGES:
            raise Unreadable("too-many-pages")
        document.init_forms()
        drawn = [_draw_pdf_page(document[at - 1], at) for at in range(first, last + 1)]
    return [page for page, _ in drawn], [picture for _, picture in drawn]


def _draw_pdf_page(page, number: int) -> tuple[dict, bytes]:
    width, height = page.get_size()
    if not (0 < width <= MAX_SIDE_POINTS and 0 < height <= MAX_SIDE_POINTS):
        raise Unreadable(f"page-size:{number}")
    scale = min(DOTS_PER_INCH / 72, (MAX_PIXELS / (width * height)) ** 0.5)
    bitmap = page.render(scale=scale, fill_color=(255, 255, 255, 255), rev_byteorder=True)
    picture = bitmap.to_pil().convert("RGB")
    lines = _lines_of(page, width, height)
    return {"number": number, "width": width, "height": height, "lines": lines, **_size_of(picture)}, _jpeg(
        picture
    )


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


def read_image(content: bytes, first: int, last: int | None) -> tuple[list[dict], list[bytes]]:
    """Return the frames of a picture file as pages without a text layer."""
    from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = MAX_PIXELS * 4
    try:
        with Image.open(io.BytesIO(content), formats=["PNG", "JPEG", "TIFF"]) as image:
            frames = [
                ImageOps.exif_transpose(frame).convert("RGB")
                for at, frame in enumerate(ImageSequence.Iterator(image), start=1)
                if first <= at <= (last or first + MAX_PAGES - 1)
            ]
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError) as error:
        raise Unreadable("damaged") from error
    if not frames or (last and len(frames) <= last - first):
        raise Unreadable(f"page-range:{len(frames)}")
    pages = []
    for number, frame in enumerate(frames, start=first):
        if frame.width * frame.height > MAX_PIXELS:
            ratio = (MAX_PIXELS / (frame.width * frame.height)) ** 0.5
            frame.thumbnail((max(1, int(frame.width * ratio)), max(1, int(frame.height * ratio))))
        pages.append(
            {"number": number, "width": frame.width, "height": frame.height, "lines": [], **_size_of(frame)}
        )
    return pages, [_jpeg(frame) for frame in frames]


def _size_of(picture) -> dict:
    return {"across": picture.width, "down": picture.height}


def _jpeg(picture) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=84, subsampling=0, optimize=True)
    return out.getvalue()


def main(media_type: str, first: str, last: str) -> None:
    """Read standard input, answer on standard output."""
    limit_this_process()
    content = sys.stdin.buffer.read()
    reader = read_pdf if media_type == "application/pdf" else read_image
    try:
        pages, pictures = reader(content, int(first), int(last) if last else None)
    except Unreadable as reason:
        pages, pictures, refused = [], [], str(reason)
    else:
        refused = ""
    answer = {"refused": refused, "pages": pages, "bytes": [len(picture) for picture in pictures]}
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + b"".join(pictures))


if __name__ == "__main__":
    main(*sys.argv[1:4])
