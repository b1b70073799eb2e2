"""Pages nobody here wrote: drawn by a limited child process, set into our page as a picture with its text behind.

The raw page never enters the package: it may hold scripts, missing fonts or another colour space. The original is
attached byte for byte beside the picture.
"""

from __future__ import annotations

import base64
import json
import zlib
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name

from documents.formats import drawn_pages
from documents.package.fonts import drawable
from documents.package.structure import SectionTags
from documents.package.type_faces import blank_face
from portal.domain.canonical import canonical_bytes, sha256_of
from portal.domain.errors import Refused
from portal.intake import child
from portal.intake.unreadable import FileNotReadable

READER = "documents.formats.drawn_pages:draw_pages"
LIMITS = child.Limits(
    memory_bytes=1536 * child.MIB, cpu_seconds=60, wall_seconds=90, output_bytes=256 * child.MIB
)
WITH_PAGES = {"application/pdf", "image/png", "image/jpeg", "image/tiff"}

MM = 72 / 25.4
# The frames below the head of a sheet in paper.css: left, bottom, width, height in points.
TALL_FRAME = (15 * MM, 16 * MM, 180 * MM, 243 * MM)
WIDE_FRAME = (15 * MM, 16 * MM, 267 * MM, 157 * MM)


class OriginalUnreadable(Refused):
    """No page of an original can be shown."""

    code = "package-original-unreadable"


@dataclass(frozen=True)
class PagePicture:
    """One page of an original as it looks, and the lines of its text layer."""

    number: int
    of: int
    width: float
    height: float
    across: int
    down: int
    lines: list[list]
    jpeg: bytes

    @property
    def is_wide(self) -> bool:
        return self.width > self.height


@dataclass(frozen=True)
class PagesWanted:
    """Some pages of one original; pages count from 1, and without a last page all of them are meant."""

    sha256: str
    media_type: str
    first: int = 1
    last: int | None = None

    @classmethod
    def of(cls, certificate: dict) -> PagesWanted:
        """Return what the entry of a certificate in a manifest names."""
        first, last = certificate.get("page_from"), certificate.get("page_to")
        return cls(
            sha256=certificate["sha256"],
            media_type=certificate["media_type"],
            first=int(first or 1),
            last=int(last) if last else None,
        )

    @property
    def are_drawn(self) -> bool:
        """Say whether a file of this type has pages to be shown."""
        return self.media_type in WITH_PAGES

    @property
    def key(self) -> str:
        """Return the cache key of these pages: the bytes they come from, and everything that draws them."""
        return sha256_of(
            canonical_bytes(
                {
                    "pages of": self.sha256,
                    "media_type": self.media_type,
                    "first": self.first,
                    "last": self.last,
                    "drawn_by": _drawn_by(),
                }
            )
        )


@lru_cache(maxsize=1)
def _drawn_by() -> dict[str, str]:
    """Return the code and the libraries that a picture of a page depends on."""
    return {
        "source": sha256_of(Path(drawn_pages.__file__).read_bytes()),
        "pypdfium2": str(pypdfium2.version.PYPDFIUM_INFO),
        "pdfium": str(pypdfium2.version.PDFIUM_INFO),
        "pillow": version("pillow"),
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
    }


def drawn_by_child(wanted: PagesWanted, content: bytes, *, who: str) -> bytes:
    """Return pages of an original as pictures with their lines, in the form that is kept: JSON.

    Raises:  OriginalUnreadable with the reason a person can act on.
    """
    arguments = {"media_type": wanted.media_type, "first": wanted.first, "last": wanted.last}
    try:
        drawn = child.run(reader=READER, content=content, arguments=arguments, limits=LIMITS)
    except FileNotReadable as refusal:
        raise OriginalUnreadable(f"{who} it cannot be shown in the package. {refusal.sentence}") from refusal
    return json.dumps(drawn, separators=(",", ":")).encode()


def read_pages(
    wanted: PagesWanted, content: bytes, *, who: str, kept: bytes | None = None
) -> list[PagePicture]:
    """Return the pages of an original as pictures; a file type without pages gives none.

    kept:    what `drawn_by_child` gave for the same pages before.
    Raises:  OriginalUnreadable with the reason a person can act on.
    """
    if not wanted.are_drawn:
        return []
    drawn = json.loads(kept or drawn_by_child(wanted, content, who=who))
    return [
        PagePicture(jpeg=base64.b64decode(picture), **page)
        for page, picture in zip(drawn["pages"], drawn["pictures"], strict=True)
    ]


def set_pictures(pdf: pikepdf.Pdf, pictures: list[PagePicture], *, original_name: str) -> None:
    """Set each picture into the frame of its sheet.

    Where the original has a text layer it lies behind the picture, line by line, for search and for screen readers;
    where it has none the picture is a figure whose alternative names the attached original.
    """
    if len(pdf.pages) != len(pictures):
        raise OriginalUnreadable(
            f"{original_name} did not fit one sheet a page; shorten the certificate's text."
        )
    tags = SectionTags(pdf)
    spoken = sorted({sign for picture in pictures for line in picture.lines for sign in _clean(line[0])})
    face = blank_face(pdf, spoken) if spoken else None
    for at, picture in enumerate(pictures):
        _set_picture(pdf, tags, at, picture, face, original_name)


def _clean(text: str) -> str:
    return "".join(sign for sign in text if sign == " " or (sign.isprintable() and ord(sign) in drawable()))


def _set_picture(pdf, tags: SectionTags, at: int, picture: PagePicture, face, original_name: str) -> None:
    page = pdf.pages[at]
    left, bottom, width, height = WIDE_FRAME if picture.is_wide else TALL_FRAME
    scale = min(width / picture.width, height / picture.height)
    w, h = picture.width * scale, picture.height * scale
    x, y = left + (width - w) / 2, bottom + height - h
    name = page.add_resource(_image(pdf, picture), Name.XObject, Name(f"/Original{picture.number}"))
    draw = f"q {w:.3f} 0 0 {h:.3f} {x:.3f} {y:.3f} cm {name} Do Q "
    edge = f"/Artifact BMC q 0.4 w 0.7 G {x:.3f} {y:.3f} {w:.3f} {h:.3f} re S Q EMC\n"
    lines = [(text, box) for raw, *box in picture.lines if (text := _clean(raw).strip())]
    if lines:
        font = page.add_resource(face.font, Name.Font, Name.Behind, replace_existing=True)
        body = f"/Artifact BMC {draw} EMC\n" + "".join(
            _line(tags, at, face, font, text, box, (x, y, w, h)) for text, box in lines
        )
    else:
        alt = f"Picture of page {picture.number} of {original_name}, which is attached to this file."
        mcid = tags.add(at, "Figure", alt=alt, box=(x, y, x + w, y + h))
        body = f"/Figure <</MCID {mcid}>> BDC {draw} EMC\n"
    page.contents_add(b"q\n", prepend=True)
    page.contents_add(("\nQ\n" + body + edge).encode("ascii"))


def _line(tags, at: int, face, font, text: str, box, place) -> str:
    """Write one invisible line over its picture, stretched to the width it has there."""
    x, y, w, h = place
    left, top, right, bottom = box
    size = max((bottom - top) * h, 1.0)
    stretch = 100 * max((right - left) * w, 0.5) / (face.advance * size * len(text))
    mcid = tags.add(at, "P")
    return (
        f"/P <</MCID {mcid}>> BDC BT 3 Tr {font} {size:.2f} Tf {stretch:.2f} Tz "
        f"1 0 0 1 {x + left * w:.2f} {y + (1 - bottom) * h:.2f} Tm <{face.encode(text)}> Tj ET EMC\n"
    )


def _image(pdf: pikepdf.Pdf, picture: PagePicture) -> pikepdf.Object:
    return pdf.make_indirect(
        pikepdf.Stream(
            pdf,
            picture.jpeg,
            Dictionary(
                Type=Name.XObject,
                Subtype=Name.Image,
                Width=picture.across,
                Height=picture.down,
                ColorSpace=Name.DeviceRGB,
                BitsPerComponent=8,
                Filter=Array([Name.DCTDecode]),
            ),
        )
    )
