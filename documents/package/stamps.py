"""What every page carries and no section knows: running heads, “Page 3 of 61”, the mark of a preview.

They are stamped at the merge as artifacts, so that a section's bytes do not depend on where it stands.
"""

from __future__ import annotations

import io

import pikepdf
from pikepdf import Dictionary, Name, Page

from documents.package.facts import shown
from documents.package.renderer import html_of, paper_renderer, refuse_undrawable
from documents.package.type_faces import page_number_face

MM = 72 / 25.4
SIZE = 8
FROM_RIGHT, FROM_BOTTOM = 15 * MM, 10.6 * MM


def stamp_pages(pdf: pikepdf.Pdf, manifest: dict, *, is_preview: bool) -> None:
    """Stamp heads, feet and page numbers on every page."""
    tall, wide = _heads(pdf, manifest, is_preview=is_preview)
    face = page_number_face(pdf)
    count = len(pdf.pages)
    for number, page in enumerate(pdf.pages, start=1):
        width, height = (float(value) for value in page.mediabox[2:])
        # names of our own: made-up ones would differ from run to run
        drawing, name = (wide, Name.StampWide) if width > height else (tall, Name.StampTall)
        head = page.add_resource(drawing, Name.XObject, name, replace_existing=True)
        font = page.add_resource(face.font, Name.Font, Name.StampNumber, replace_existing=True)
        text = f"Page {number} of {count}"
        x = width - FROM_RIGHT - face.width(text) * SIZE
        page.contents_add(b"q\n", prepend=True)
        page.contents_add(
            (
                f"\nQ /Artifact <</Type /Pagination>> BDC q {head} Do Q BT 0.1 0.12 0.15 rg {font} {SIZE} Tf "
                f"1 0 0 1 {x:.3f} {FROM_BOTTOM:.3f} Tm <{face.encode(text)}> Tj ET EMC\n"
            ).encode("ascii")
        )


def _heads(pdf: pikepdf.Pdf, manifest: dict, *, is_preview: bool) -> list[pikepdf.Object]:
    """Draw the running heads once for tall and once for wide pages."""
    package, part, shop = (manifest.get(name) or {} for name in ("package", "part", "shop"))
    words = {
        "left": f"Release package {package.get('number')} revision {package.get('revision')}",
        "right": f"{part.get('number')} rev {part.get('revision')}",
        "foot": shop.get("name") or "",
    }
    context = shown(words) | {
        "title": "",
        "template": "",
        "kinds": ["tall", "wide"],
        "is_preview": is_preview,
    }
    html = html_of("stamp", context)
    refuse_undrawable(html, where="The running head of the package")
    with pikepdf.open(io.BytesIO(paper_renderer().render(html, is_tagged=False))) as drawn:
        return [pdf.copy_foreign(as_drawing(Page(page))) for page in drawn.pages]


def as_drawing(page: Page) -> pikepdf.Object:
    """Return a page as a drawing that other pages may show."""
    drawing = page.as_form_xobject()
    # The page's own group would be a second blending space inside the artifact.
    drawing[Name.Group] = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB)
    return drawing
