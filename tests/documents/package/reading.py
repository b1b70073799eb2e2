"""Read a rendered package back: its text, its attachments, and its tags as a screen reader walks them."""

from __future__ import annotations

import io
import re

import pikepdf
import pypdfium2
import tinyhtml5
from pikepdf import Array, Dictionary, Name


def page_texts(content: bytes) -> list[str]:
    """Return what each page says, in one line a page."""
    with pypdfium2.PdfDocument(content) as document:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


def attachments(content: bytes) -> dict[str, tuple[bytes, str, str]]:
    """Return every embedded file by name: bytes, relationship, media type."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        names = pdf.Root.Names.EmbeddedFiles.Names
        specs = {str(names[at]): names[at + 1] for at in range(0, len(names), 2)}
        return {
            name: (
                spec.EF.F.read_bytes(),
                str(spec.AFRelationship)[1:],
                str(spec.EF.F.Subtype)[1:],
            )
            for name, spec in specs.items()
        }


def walk(pdf: pikepdf.Pdf) -> tuple[list[str], dict[int, list[str]]]:
    """Walk the tag tree; return what is wrong with it and the kinds of element each page holds.

    Every mark on a page is owned by exactly one element in the tree, and the page's own index agrees; every
    link of a page is in the tree and leads back; names are unique and every named header exists.
    """
    pages = {page.obj.objgen: at for at, page in enumerate(pdf.pages)}
    owners: dict[tuple[int, int], pikepdf.Object] = {}
    kinds: dict[int, list[str]] = {at: [] for at in range(len(pdf.pages))}
    wrong, names, headers, linked = [], [], [], set()
    for element in below(pdf.Root.StructTreeRoot.K[0]):
        kind = str(element.S)[1:]
        if Name.ID in element:
            names.append(bytes(element.ID))
        attributes = element.get(Name.A)
        if isinstance(attributes, Dictionary):
            headers += [bytes(head) for head in attributes.get(Name.Headers, [])]
        for page, mark in marks_of(element):
            place = (pages[page.objgen], mark)
            if place in owners:
                wrong.append(f"mark {place} has two owners")
            owners[place] = element
            kinds[place[0]].append(kind)
        for kid in _kids(element):
            if isinstance(kid, Dictionary) and kid.get(Name.Type) == Name.OBJR:
                linked.add((kid.Obj.objgen, element.objgen))
    if len(set(names)) != len(names):
        wrong.append("two elements have one name")
    if set(headers) - set(names):
        wrong.append("a cell names a header that is not there")
    wrong += _page_side(pdf, owners, linked)
    return wrong, kinds


def _page_side(pdf, owners: dict, linked: set) -> list[str]:
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
    index = {int(numbers[at]): numbers[at + 1] for at in range(0, len(numbers), 2)}
    wrong = []
    for at, page in enumerate(pdf.pages):
        if int(page.obj.StructParents) not in index:
            wrong.append(f"page {at + 1}: the index of marks does not know it")
            continue
        said = [element.objgen for element in index[int(page.obj.StructParents)]]
        marks = _marks(page)
        if sorted(marks) != sorted(number for place, number in owners if place == at):
            wrong.append(f"page {at + 1}: marks and tree differ")
        for number in marks:
            if (at, number) in owners and said[number : number + 1] != [owners[at, number].objgen]:
                wrong.append(f"page {at + 1}: mark {number} is indexed to another element")
        for link in page.obj.get(Name.Annots, Array()):
            if (link.objgen, index[int(link.StructParent)].objgen) not in linked:
                wrong.append(f"page {at + 1}: a link is not in the tree")
    return wrong


def _marks(page) -> list[int]:
    commands = pikepdf.parse_content_stream(page)
    return [
        int(operands[1].MCID)
        for operands, operator in commands
        if str(operator) == "BDC" and isinstance(operands[1], Dictionary) and Name.MCID in operands[1]
    ]


def table_rows(content: bytes, title: str) -> list[list[str]]:
    """Return the cells of the tables in the section of this title, row by row, read through the tags."""
    return Listener(content).rows(title)


class Listener:
    """Reads a package as a screen reader does: down the tags, never down the page."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.texts = _marked_texts(content)

    def rows(self, title: str | None, *, within: str = "Part") -> list[list[str]]:
        """Return the cells of a section row by row; `within` "TBody" leaves out heads, which pages repeat."""
        with pikepdf.open(io.BytesIO(self.content)) as pdf:
            pages = {page.obj.objgen: at for at, page in enumerate(pdf.pages)}
            tops = [each for each in below(_part(pdf, title)) if str(each.S) == f"/{within}"]
            rows = [element for top in tops for element in below(top) if str(element.S) == "/TR"]
            return [[_text(cell, pages, self.texts) for cell in _kids(row)] for row in rows]

    def words(self, title: str) -> str:
        """Return everything a section says, in reading order, without spaces; heads that pages repeat once."""
        with pikepdf.open(io.BytesIO(self.content)) as pdf:
            pages = {page.obj.objgen: at for at, page in enumerate(pdf.pages)}
            said, heads = [], set()
            for element, is_head in _in_order(_part(pdf, title)):
                text = squeezed(_text(element, pages, self.texts))
                if is_head and text in heads:
                    continue
                if is_head:
                    heads.add(text)
                said.append(text)
            return "".join(said)


def _part(pdf, title: str | None):
    top = pdf.Root.StructTreeRoot.K[0]
    if title is None:
        return top
    return next(
        kid for kid in _kids(top) if isinstance(kid, Dictionary) and str(kid.get(Name.T, "")) == title
    )


def _in_order(top):
    """Yield what holds text, a table's head as a whole."""
    for kid in _kids(top):
        if not isinstance(kid, Dictionary) or Name.S not in kid:
            continue
        if str(kid.S) == "/Lbl":
            continue  # the number of a step: HTML counts it, nobody writes it
        if str(kid.S) == "/THead":
            yield kid, True
        elif any(True for _ in marks_of(kid)):
            yield kid, False
        else:
            yield from _in_order(kid)


def html_rows(html: str) -> list[list[str]]:
    """Return the cells of every table body of a page of HTML, without spaces: what a section was drawn from."""
    page = tinyhtml5.parse(html, namespace_html_elements=False)
    rows = [row for body in page.iter("tbody") for row in body.iter("tr")]
    return [[squeezed("".join(cell.itertext())) for cell in row] for row in rows]


def html_words(html: str) -> str:
    """Return everything a page of HTML says, in order, without spaces."""
    page = tinyhtml5.parse(html, namespace_html_elements=False)
    return squeezed("".join(page.find("body").itertext()))


def _text(cell, pages: dict, texts: dict) -> str:
    found = [
        texts.get((pages[page.objgen], mark), "")
        for element in below(cell)
        for page, mark in marks_of(element)
    ]
    return " ".join(" ".join(found).split())


def _marked_texts(content: bytes) -> dict[tuple[int, int], str]:
    """Return the text of every mark, as another reader than the one that walks the tree tells it."""
    raw = pypdfium2.raw
    texts: dict[tuple[int, int], list[str]] = {}
    with pypdfium2.PdfDocument(content) as document:
        for at, page in enumerate(document):
            textpage = page.get_textpage()
            for thing in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=1):
                mark = raw.FPDFPageObj_GetMarkedContentID(thing)
                if mark >= 0:
                    size = raw.FPDFTextObj_GetText(thing, textpage, None, 0)
                    buffer = (raw.FPDF_WCHAR * size)()
                    raw.FPDFTextObj_GetText(thing, textpage, buffer, size)
                    text = bytes(buffer).decode("utf-16-le").rstrip("\0")
                    texts.setdefault((at, mark), []).append(text)
    return {place: "".join(found) for place, found in texts.items()}


def marks_of(element):
    """Yield page and number of the marks an element holds, on its own page or on another it goes on to."""
    for kid in _kids(element):
        if isinstance(kid, int):
            yield element.Pg, kid
        elif isinstance(kid, Dictionary) and kid.get(Name.Type) == Name.MCR:
            yield kid.Pg, int(kid.MCID)


def _kids(element) -> list:
    kids = element.get(Name.K)
    if kids is None:
        return []
    return list(kids) if isinstance(kids, Array) else [kids]


def below(top):
    waiting = [top]
    while waiting:
        element = waiting.pop()
        yield element
        waiting.extend(
            kid for kid in reversed(_kids(element)) if isinstance(kid, Dictionary) and Name.S in kid
        )


def beyond_the_edge(content: bytes) -> list[tuple[int, str]]:
    """Return every text that reaches out of its page, clipped or not: who searches the file would find it there."""
    found = []
    with pypdfium2.PdfDocument(content) as document:
        for number, page in enumerate(document, start=1):
            width, height = page.get_size()
            text = page.get_textpage()
            for at in range(text.count_rects()):
                left, bottom, right, top = text.get_rect(at)
                if left < 0 or bottom < 0 or right > width or top > height:
                    found.append((number, text.get_text_bounded(left, bottom, right, top)[:40]))
    return found


def squeezed(text: str) -> str:
    """Return text without spaces: where a line breaks is the layout's business."""
    return re.sub(r"\s+", "", text)
