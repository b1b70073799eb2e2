"""A rendered section made ready to be joined: places are left in it for what only the package knows.

What it needs from the package (running heads, the face of page numbers, pages of other sections) are empty objects of
its own that its pages refer to already. Saved without object streams, every object stands in the file as text, so that
joining is to renumber references and copy the rest. `linking.py` reads what is written here.
"""

from __future__ import annotations

import io

import pikepdf
from pikepdf import Array, Dictionary, Name, Page, String

from documents.package.conformance import claim_accessible
from documents.package.structure import LINK_WORDS

LINK = "urn:section:"
# Under these names the package gives what all its pages need.
TALL, WIDE, NUMBER = "StampTall", "StampWide", "StampNumber"
TO = "To."
COVER, COVER_TITLE = "cover", "Cover and index"
# Of the catalogue of a section; the package has its own.
NOT_TAKEN = ("/Metadata", "/OutputIntents", "/Outlines", "/Names", "/AF")


def ready(
    pdf: pikepdf.Pdf,
    *,
    title: str,
    gives_claim: bool = False,
    later: tuple[pikepdf.Object, str] | None = None,
) -> bytes:
    """Return the file of a prepared section with its places left open.

    gives_claim:  of the cover: what the whole file says of itself comes from here.
    later:        the resources and the head of pages that are written into the file as text afterwards.
    """
    needs = _Needs(pdf)
    opening = pdf.make_stream(b"q\n")
    numbers = [_leave_places(pdf, page, needs, opening) for page in pdf.pages]
    for page in pdf.pages:
        _open_links(page, needs)
    part = pdf.Root.StructTreeRoot.K[0]
    part.S, part.T = Name.Part, String(title)
    joint = Dictionary(Numbers=Array(numbers), Part=part, Needs=Dictionary(needs.places))
    if gives_claim:
        claim_accessible(pdf)
        intents = pdf.make_indirect(pdf.Root.OutputIntents)
        joint.Gives = Dictionary(Metadata=pdf.Root.Metadata, OutputIntents=intents, Info=pdf.trailer.Info)
    if later:
        resources, head = later
        resources.XObject[f"/{head}"] = needs.place(head)
        resources.Font[f"/{NUMBER}"] = needs.place(NUMBER)
        joint.Needs, joint.Opening = Dictionary(needs.places), opening
    return saved(pdf, joint)


def given(pdf: pikepdf.Pdf, **objects: pikepdf.Object) -> bytes:
    """Return a file of objects that the package gives to all its pages, under their names."""
    return saved(pdf, Dictionary(Gives=Dictionary({f"/{name}": each for name, each in objects.items()})))


def saved(pdf: pikepdf.Pdf, joint: Dictionary | None = None) -> bytes:
    """Return a file in the form that `linking.Part` reads; with a joint, without what the package has once for all."""
    if joint is not None:
        for name in NOT_TAKEN:
            if name in pdf.Root:
                del pdf.Root[name]
        pdf.Root.Joint = joint
    out = io.BytesIO()
    pdf.save(
        out,
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
        compress_streams=True,
    )
    return out.getvalue()


class _Needs:
    """The empty objects that stand for what the package gives."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.pdf = pdf
        self.places: dict[str, pikepdf.Object] = {}

    def place(self, name: str) -> pikepdf.Object:
        key = f"/{name}"
        if key not in self.places:
            self.places[key] = self.pdf.make_indirect(Dictionary())
        return self.places[key]


def head_for(width: float, height: float) -> str:
    """Return the name of the running head of a page of this size."""
    return WIDE if width > height else TALL


def _leave_places(pdf: pikepdf.Pdf, page: Page, needs: _Needs, opening: pikepdf.Object) -> pikepdf.Object:
    """Let a page show its running head and its number, and return the empty stream that becomes its number."""
    width, height = (float(value) for value in page.mediabox[2:])
    head = head_for(width, height)
    page.add_resource(needs.place(head), Name.XObject, Name(f"/{head}"), replace_existing=True)
    page.add_resource(needs.place(NUMBER), Name.Font, Name(f"/{NUMBER}"), replace_existing=True)
    number = pdf.make_stream(b"", Across=round(width, 3), Head=Name(f"/{head}"))
    drawn = page.obj.Contents
    drawn = list(drawn) if isinstance(drawn, Array) else [drawn]
    # what the page draws is fenced in: it may leave its own coordinates behind
    page.obj.Contents = Array([opening, *drawn, number])
    return number


def _open_links(page: Page, needs: _Needs) -> None:
    """Let links that name a section lead to a place the package fills in."""
    for link in page.obj.get(Name.Annots, Array()):
        target = str(link.get(Name.A, Dictionary()).get(Name.URI, ""))
        if target.startswith(LINK):
            del link[Name.A]
            link.Dest = needs.place(TO + target.removeprefix(LINK))
            link.Contents = String(LINK_WORDS)
