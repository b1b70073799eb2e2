"""Photographs and scans of one paper, joined into one PDF in the order given; the same bytes each time."""

from __future__ import annotations

import contextlib
import io
import warnings

import pikepdf
from PIL import Image, ImageOps, UnidentifiedImageError

from portal.intake.media import HEIC, JPEG, PNG, TIFF, media_type_of
from portal.intake.unreadable import FileNotReadable

MOST_PHOTOS = 10
MOST_PAGES = 20
# what the cameras of telephones make today; beyond it a picture is more likely a bomb than a paper
MOST_PIXELS = 64_000_000
# A4 at 300 dots per inch: small print stays readable, the file stays small
LONGEST_SIDE_PIXELS = 3508
LONGEST_SIDE_PT = 842
JPEG_QUALITY = 85
FORMATS = {PNG: "PNG", JPEG: "JPEG", TIFF: "TIFF", HEIC: "HEIF"}


def join_photos(content: bytes, sizes: list[int]) -> dict:
    """Return one PDF of the pictures that stand one after the other in `content`, and the pages each became.

    Each picture is turned the way its camera was held; where it was taken is not carried over.

    Units:   `sizes` in bytes; pages count from 1.
    Raises:  FileNotReadable naming the picture by its place in the order.
    """
    if not 1 <= len(sizes) <= MOST_PHOTOS or sum(sizes) != len(content):
        raise FileNotReadable(
            f"A certificate is made of 1 to {MOST_PHOTOS} pictures; {len(sizes)} were chosen. Send the rest apart."
        )
    document, pages, start = pikepdf.new(), [], 0
    for place, size in enumerate(sizes, start=1):
        first = len(document.pages) + 1
        for picture in _frames(content[start : start + size], place):
            if len(document.pages) == MOST_PAGES:
                raise FileNotReadable(
                    f"The pictures have more than {MOST_PAGES} pages together. Send them as several certificates."
                )
            _add_page(document, picture)
        pages.append([first, len(document.pages)])
        start += size
    target = io.BytesIO()
    document.save(target, static_id=True, fix_metadata_version=False)
    return {"pdf": target.getvalue(), "pages": pages}


def register_heic() -> None:
    """Teach the picture reader HEIC; only where one is about to be read, since it loads a large library."""
    import pi_heif

    pi_heif.register_heif_opener()


def _frames(content: bytes, place: int):
    """Yield the pages of one picture, upright and small enough to print."""
    media_type = media_type_of(content)
    if media_type not in FORMATS:
        raise FileNotReadable(
            f"Picture {place} is not a JPEG, PNG, TIFF or HEIC picture. Take it out, or send a PDF alone."
        )
    if media_type == HEIC:
        register_heic()
    Image.MAX_IMAGE_PIXELS = None
    damaged = f"Picture {place} is cut off or damaged. Take it again and send that."
    try:
        with (
            warnings.catch_warnings(),
            Image.open(io.BytesIO(content), formats=[FORMATS[media_type]]) as picture,
        ):
            warnings.simplefilter("ignore")
            # a thumbnail or a burst beside the main picture of a telephone is not a page
            frames = getattr(picture, "n_frames", 1) if media_type == TIFF else 1
            for index in range(min(frames, MOST_PAGES + 1)):
                picture.seek(index)
                yield _small(picture, place)
    except FileNotReadable:
        raise
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise FileNotReadable(damaged) from error


def _small(picture: Image.Image, place: int) -> Image.Image:
    width, height = picture.size
    if width * height > MOST_PIXELS:
        raise FileNotReadable(
            f"Picture {place} measures {width} × {height} pixels; at most {MOST_PIXELS:,} pixels are read. "
            "Take it with a lower resolution."
        )
    # a JPEG can be read at a half or a quarter of its size without ever being whole in memory
    picture.draft("RGB", (LONGEST_SIDE_PIXELS, LONGEST_SIDE_PIXELS))
    picture.load()
    tall = picture.copy()
    tall.thumbnail((LONGEST_SIDE_PIXELS, LONGEST_SIDE_PIXELS), Image.Resampling.LANCZOS)
    upright = ImageOps.exif_transpose(tall)
    if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
        paper = Image.new("RGBA", upright.size, (255, 255, 255, 255))
        paper.alpha_composite(upright.convert("RGBA"))
        upright = paper
    return upright.convert("L" if upright.mode in ("1", "L", "I;16") else "RGB")


def _add_page(document: pikepdf.Pdf, picture: Image.Image) -> None:
    target = io.BytesIO()
    picture.save(target, "JPEG", quality=JPEG_QUALITY)
    width, height = picture.size
    scale = LONGEST_SIDE_PT / max(width, height)
    sides = [round(width * scale, 2), round(height * scale, 2)]
    image = pikepdf.Stream(document, target.getvalue())
    image.stream_dict = pikepdf.Dictionary(
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=width,
        Height=height,
        ColorSpace=pikepdf.Name.DeviceGray if picture.mode == "L" else pikepdf.Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=pikepdf.Name.DCTDecode,
    )
    page = pikepdf.Dictionary(
        Type=pikepdf.Name.Page,
        MediaBox=[0, 0, *sides],
        Resources=pikepdf.Dictionary(XObject=pikepdf.Dictionary(Photo=document.make_indirect(image))),
        Contents=pikepdf.Stream(document, f"q {sides[0]} 0 0 {sides[1]} 0 0 cm /Photo Do Q".encode()),
    )
    with contextlib.closing(target):
        document.pages.append(pikepdf.Page(page))
