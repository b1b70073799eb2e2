"""What every page carries and no section knows: running heads, “Page 3 of 61”, the mark of a preview.

They are stamped at the merge as artifacts, so that a section's bytes do not depend on where it stands.
"""

from __future__ import annotations

import io
import re
from functools import lru_cache

import pikepdf
from pikepdf import Dictionary, Name, Page

from documents.package.facts import shown
from documents.package.ready import NUMBER, TALL, WIDE, given
from documents.package.renderer import html_of, paper_renderer, refuse_undrawable
from documents.package.type_faces import page_number_face, page_number_signs

MM = 72 / 25.4
SIZE = 8
PLACE = re.compile(rb"/Across ([0-9.]+) /Head (/\S+)")
FROM_RIGHT, FROM_BOTTOM = 15 * MM, 10.6 * MM


def heads_file(manifest: dict, *, is_preview: bool) -> bytes:
    """Draw the running heads for tall and for wide pages, and write the face of the page numbers beside them."""
    package, part, shop = (manifest.get(name) or {} for name in ("package", "part", "shop"))
    return _heads_file(
        f"Release package {package.get('number')} revision {package.get('revision')}",
        f"{part.get('number')} rev {part.get('revision')}",
        shop.get("name") or "",
        is_preview,
    )


@lru_cache(maxsize=4)
def _heads_file(left: str, right: str, foot: str, is_preview: bool) -> bytes:
    words = shown({"left": left, "right": right, "foot": foot})
    context = words | {"title": "", "template": "", "kinds": ["tall", "wide"], "is_preview": is_preview}
    html = html_of("stamp", context)
    refuse_undrawable(html, where="The running head of the package")
    with (
        pikepdf.open(io.BytesIO(paper_renderer().render(html, is_tagged=False))) as drawn,
        pikepdf.new() as pdf,
    ):
        tall, wide = (pdf.copy_foreign(as_drawing(Page(page))) for page in drawn.pages)
        face = page_number_face(pdf)
        return given(pdf, **{TALL: tall, WIDE: wide, NUMBER: face.font})


def page_number(number: int, count: int, place: bytes) -> bytes:
    """Return what draws the head and the number of one page.

    place:  the empty stream that the page keeps for it, which says how wide the page is.
    """
    face = page_number_signs()
    text = f"Page {number} of {count}"
    across, head = PLACE.search(place).groups()
    x = float(across) - FROM_RIGHT - face.width(text) * SIZE
    return (
        f"\nQ /Artifact <</Type /Pagination>> BDC q {head.decode()} Do Q BT 0.1 0.12 0.15 rg /{NUMBER} {SIZE} Tf "
        f"1 0 0 1 {x:.3f} {FROM_BOTTOM:.3f} Tm <{face.encode(text)}> Tj ET EMC\n"
    ).encode("ascii")


def as_drawing(page: Page) -> pikepdf.Object:
    """Return a page as a drawing that other pages may show."""
    drawing = page.as_form_xobject()
    # The page's own group would be a second blending space inside the artifact.
    drawing[Name.Group] = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB)
    return drawing
