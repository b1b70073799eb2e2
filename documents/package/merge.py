"""Put rendered sections together: pages, tags, bookmarks, page labels, links."""

from __future__ import annotations

import io

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem

from documents.package.sections import Section
from documents.package.structure import graft

LINK = "urn:section:"


def page_count(pdf_bytes: bytes) -> int:
    """Return how many pages a rendered section has."""
    with pikepdf.open(io.BytesIO(pdf_bytes)) as pdf:
        return len(pdf.pages)


def append_sections(
    base: pikepdf.Pdf, sections: list[Section], section_pdfs: list[pikepdf.Pdf]
) -> dict[str, int]:
    """Append the sections to the cover and return the first page of each, from 1, by its code."""
    begins = {"cover": 1}
    for section, pdf in zip(sections, section_pdfs, strict=True):
        begins[section.code] = len(base.pages) + 1
        graft(base, pdf, title=section.title)
    return begins


def lead_links(pdf: pikepdf.Pdf, begins: dict[str, int]) -> None:
    """Turn links that name a section into links to its first page; an unknown name leads to the cover."""
    for page in pdf.pages:
        for link in page.obj.get(Name.Annots, Array()):
            target = str(link.get(Name.A, Dictionary()).get(Name.URI, ""))
            if not target.startswith(LINK):
                continue
            number = begins.get(target.removeprefix(LINK), 1)
            del link[Name.A]
            link.Dest = Array([pdf.pages[number - 1].obj, Name.Fit])


def write_bookmarks(pdf: pikepdf.Pdf, sections: list[Section], begins: dict[str, int]) -> None:
    """Write one bookmark a section, and the page labels 1, 2, 3."""
    if Name.Outlines in pdf.Root:
        del pdf.Root[Name.Outlines]
    with pdf.open_outline() as outline:
        outline.root.append(OutlineItem("Cover and index", 0))
        outline.root.extend(OutlineItem(section.title, begins[section.code] - 1) for section in sections)
    labels = Dictionary(S=Name.D, St=1)
    pdf.Root.PageLabels = Dictionary(Nums=Array([0, labels]))
    pdf.Root.PageMode = Name.UseOutlines
