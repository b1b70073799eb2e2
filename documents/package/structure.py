"""The tags of a file: what a screen reader walks, kept whole when sections are put together.

A section's own structure tree is lost by appending its pages, and no validator says so. So each section is prepared
once, when it is rendered, and its tree is grafted under the tree of the package at the merge.
Source:  ISO 32000-1, 14.7 and 14.8.
"""

from __future__ import annotations

import io

import pikepdf
from pikepdf import Array, Dictionary, Name, String

LINK_WORDS = "Go to the section named here"


class SectionTags:
    """Add elements to the tree of one rendered section, page by page."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.pdf = pdf
        self.root = pdf.Root.StructTreeRoot
        numbers = self.root.ParentTree.Nums
        self.owners = {int(numbers[at]): numbers[at + 1] for at in range(0, len(numbers), 2)}
        self.homes = _last_home_of_each_page(self.root, pdf)

    def add(self, at: int, kind: str, *, alt: str | None = None, box: tuple | None = None) -> int:
        """Add one element to page `at` and return the number that marks its content there."""
        page = self.pdf.pages[at]
        owners = self.owners[int(page.obj.StructParents)]
        home = self.homes[at]
        mcid = len(owners)
        element = Dictionary(Type=Name.StructElem, S=Name("/" + kind), P=home, Pg=page.obj, K=Array([mcid]))
        if alt:
            element.Alt = String(alt)
        if box:
            corners = Array([round(value, 2) for value in box])
            element.A = Dictionary(O=Name.Layout, Placement=Name.Block, BBox=corners)
        element = self.pdf.make_indirect(element)
        owners.append(element)
        home.K.append(element)
        return mcid


def _last_home_of_each_page(root, pdf: pikepdf.Pdf) -> dict[int, pikepdf.Object]:
    """Return the top element of each page; the renderer makes one for every page it breaks a section into."""
    pages = {page.obj.objgen: at for at, page in enumerate(pdf.pages)}
    homes = {}
    for element in root.K[0].K:
        at = pages.get(element.Pg.objgen)
        if at is not None:
            homes[at] = element
    return homes


def prepare(pdf: pikepdf.Pdf, *, prefix: str) -> None:
    """Make the tree of a rendered section fit to stand beside others.

    Element names become unique by `prefix`, header cells say their scope, and the names get their index.
    """
    names: dict[str, pikepdf.Object] = {}
    root = pdf.Root.StructTreeRoot
    row_heads = _row_heads(root)
    for element in _elements(root.K[0]):
        if Name.ID in element:
            name = f"{prefix}.{bytes(element.ID).decode('latin-1')}"
            element.ID = String(name)
            names[name] = element
        attributes = element.get(Name.A)
        if isinstance(attributes, Dictionary) and Name.Headers in attributes:
            heads = [f"{prefix}.{bytes(head).decode('latin-1')}" for head in attributes.Headers]
            attributes.Headers = Array([String(head) for head in heads])
        if element.S == Name.TH:
            scope = Name.Row if element.objgen in row_heads else Name.Column
            element.A = Dictionary(attributes or Dictionary(O=Name.Table))
            element.A.Scope = scope
    if names:
        root.IDTree = pdf.make_indirect(_names_node(names))
    annotate_links(pdf)


def prepared(content: bytes, *, prefix: str) -> pikepdf.Pdf:
    """Return a rendered file, opened, made fit to stand beside others."""
    pdf = pikepdf.open(io.BytesIO(content))
    prepare(pdf, prefix=prefix)
    return pdf


def _row_heads(root) -> set[tuple[int, int]]:
    """Find the header cells that stand in the body of a table: they head their row, the others a column."""
    found = set()
    for element in _elements(root.K[0]):
        if str(element.S) == "/TBody":
            found.update(cell.objgen for cell in _elements(element) if cell.S == Name.TH)
    return found


def _elements(top):
    """Walk the elements below `top`, itself included, in reading order."""
    waiting = [top]
    while waiting:
        element = waiting.pop()
        yield element
        kids = element.get(Name.K)
        kids = list(kids) if isinstance(kids, Array) else [kids]
        waiting.extend(
            kid for kid in reversed(kids) if isinstance(kid, Dictionary) and Name.S in kid
        )  # fmt: skip


def _names_node(names: dict[str, pikepdf.Object]) -> Dictionary:
    ordered = sorted(names, key=lambda name: name.encode("latin-1"))
    pairs = Array()
    for name in ordered:
        pairs.append(String(name))
        pairs.append(names[name])
    return Dictionary(Limits=Array([String(ordered[0]), String(ordered[-1])]), Names=pairs)


def annotate_links(pdf: pikepdf.Pdf) -> None:
    """Give every link words for those who cannot see where it lies."""
    for page in pdf.pages:
        for link in page.obj.get(Name.Annots, Array()):
            if link.get(Name.Subtype) == Name.Link and Name.Contents not in link:
                link.Contents = String(LINK_WORDS)


def graft(base: pikepdf.Pdf, section: pikepdf.Pdf, *, title: str) -> None:
    """Append the pages of a prepared section and hang its tree under the package's.

    The pages come first: the copied tree then points at the copied pages.
    """
    already = len(base.pages)
    base.pages.extend(section.pages)
    copied = base.copy_foreign(section.Root.StructTreeRoot)
    root = base.Root.StructTreeRoot
    top = root.K[0]
    part = copied.K[0]
    part.S, part.T, part.P = Name.Part, String(title), top
    top.K.append(part)
    _join_parent_trees(base, root, copied, already)
    if Name.IDTree in copied:
        if Name.IDTree not in root or Name.Names in root.IDTree:
            own = [root.IDTree] if Name.IDTree in root else []
            root.IDTree = base.make_indirect(Dictionary(Kids=Array(own)))
        # a section of several written tables has an index of indexes itself
        added = copied.IDTree.Kids if Name.Kids in copied.IDTree else [copied.IDTree]
        kids = [*root.IDTree.Kids, *added]
        root.IDTree.Kids = Array(sorted(kids, key=lambda node: bytes(node.Limits[0])))


def _join_parent_trees(base, root, copied, already: int) -> None:
    numbers = root.ParentTree.Nums
    shift = int(root.get(Name.ParentTreeNextKey, 0)) or _next_key(numbers)
    added = copied.ParentTree.Nums
    for at in range(0, len(added), 2):
        numbers.append(int(added[at]) + shift)
        numbers.append(added[at + 1])
    root.ParentTreeNextKey = shift + _next_key(added)
    for page in list(base.pages)[already:]:
        page.obj.StructParents = int(page.obj.StructParents) + shift
        for annotation in page.obj.get(Name.Annots, Array()):
            if Name.StructParent in annotation:
                annotation.StructParent = int(annotation.StructParent) + shift


def _next_key(numbers) -> int:
    return max((int(numbers[at]) for at in range(0, len(numbers), 2)), default=-1) + 1
