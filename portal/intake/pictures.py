"""Pictures: scans as PNG, JPEG or TIFF, and pages of a PDF drawn as pictures."""

from __future__ import annotations

import contextlib
import io
import warnings

import pypdfium2
from PIL import Image, UnidentifiedImageError

from portal.intake.inside import Inside
from portal.intake.media import HEIC, PDF, media_type_of
from portal.intake.pdf import LONGEST_SIDE_PT
from portal.intake.unreadable import FileNotReadable

# A2 at 300 dpi; a 100 KiB file may claim a thousand times as much.
MOST_PIXELS = 50_000_000
MOST_FRAMES = 500
_FORMATS = ("PNG", "JPEG", "TIFF")


def look_inside_picture(content: bytes, media_type: str) -> Inside:
    """Read the size of every frame, and every frame whole, so that a cut-off scan is noticed now.

    Units: pixels.
    """
    found = Inside(media_type=media_type)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            _read_frames(content, found, _formats(media_type))
    except UnidentifiedImageError:
        found.refuse("unreadable", "The picture cannot be read. Scan or export it again and send that.")
    except (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError):
        found.refuse("truncated", "The picture is cut off or damaged. Scan or export it again and send that.")
    return found


def _formats(media_type: str) -> tuple[str, ...]:
    """Return what a picture may be opened as; the reader of HEIC is loaded only for a file that shows it is one."""
    if media_type != HEIC:
        return _FORMATS
    from portal.intake.photos import register_heic

    register_heic()
    return ("HEIF",)


def _read_frames(content: bytes, found: Inside, formats: tuple[str, ...]) -> None:
    Image.MAX_IMAGE_PIXELS = None
    with Image.open(io.BytesIO(content), formats=formats) as picture:
        frames = found.page_count = getattr(picture, "n_frames", 1)
        if frames > MOST_FRAMES:
            found.refuse(
                "too_long", f"The picture has {frames} pages; at most {MOST_FRAMES} are taken. Split it."
            )
            return
        for index in range(frames):
            picture.seek(index)
            width, height = picture.size
            if width * height > MOST_PIXELS:
                found.refuse(
                    "bomb",
                    f"The picture measures {width} × {height} pixels; at most {MOST_PIXELS:,} pixels are read. "
                    "Scan it with fewer dots per inch.",
                )
                return
            found.page_sizes.append((float(width), float(height)))
            picture.load()


def draw_pages(content: bytes, pages: list[int], dpi: int) -> list[bytes]:
    """Draw pages of a PDF or a picture as PNG files, one for each page asked for.

    Units:   pages count from 1; dots per inch.
    Raises:  FileNotReadable when a page does not exist or would be too large a picture.
    """
    if media_type_of(content) != PDF:
        return [_frame_as_png(content, number) for number in pages]
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise FileNotReadable("The PDF cannot be opened to draw its pages.") from error
    with contextlib.closing(document):
        return [_page_as_png(document, number, dpi) for number in pages]


def _page_as_png(document: pypdfium2.PdfDocument, number: int, dpi: int) -> bytes:
    if not 1 <= number <= len(document):
        raise FileNotReadable(f"Page {number} was asked for, but the file has {len(document)} pages.")
    with contextlib.closing(document[number - 1]) as page:
        width_pt, height_pt = page.get_size()
        scale = dpi / 72
        if max(width_pt, height_pt) > LONGEST_SIDE_PT or width_pt * height_pt * scale**2 > MOST_PIXELS:
            raise FileNotReadable(
                f"Page {number} measures {width_pt:.0f} × {height_pt:.0f} points, too large to draw at {dpi} dpi. "
                "Print it to PDF on a smaller paper size."
            )
        bitmap = page.render(scale=scale)
        return _png(bitmap.to_pil().convert("RGB"))


def _frame_as_png(content: bytes, number: int) -> bytes:
    try:
        with Image.open(io.BytesIO(content), formats=_formats(media_type_of(content))) as picture:
            picture.seek(number - 1)
            if picture.size[0] * picture.size[1] > MOST_PIXELS:
                raise FileNotReadable("The picture has too many pixels to be drawn.")
            return _png(picture.convert("RGB"))
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise FileNotReadable(f"Page {number} of the picture cannot be drawn.") from error


def _png(picture: Image.Image) -> bytes:
    target = io.BytesIO()
    picture.save(target, format="PNG", compress_level=3)
    return target.getvalue()
