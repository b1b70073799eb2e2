"""Put rendered sections together: pages, tags, bookmarks, page labels, links, files inside."""

from __future__ import annotations

from pikepdf import String

from documents.package.attachments import Attachment, embed
from documents.package.linking import Part, Renumbered, WholeFile, listed
from documents.package.ready import COVER, COVER_TITLE, TO
from documents.package.sections import Section
from documents.package.stamps import page_number

# As page.html says of every section.
LANGUAGE = b"(en)"
CATALOGUE = (
    b"<< /Type /Catalog /Lang %s /MarkInfo << /Marked true >> /ViewerPreferences << /DisplayDocTitle true >>"
    b" /PageMode /UseOutlines /PageLabels << /Nums [ 0 << /S /D /St 1 >> ] >>"
    b" /Pages %d 0 R /StructTreeRoot %d 0 R /Outlines %d 0 R /Metadata %d 0 R /OutputIntents %d 0 R"
    b" /Names << /EmbeddedFiles %d 0 R >> /AF [ %s ] >>"
)


def merged(
    parts: list[tuple[Section, Part]], heads: Part, attachments: list[Attachment], *, at: str
) -> bytes:
    """Return one file of the cover and the sections after it.

    heads:  what every page shows and no section knows.
    at:     the moment of release, for the files inside.
    """
    file = WholeFile()
    package = _Package(file, count=sum(len(part.pages) for _, part in parts))
    package.give(file.take(heads, {}), heads)
    leads = {section.code: file.number() for section, _ in parts}
    package.shared |= {TO + code: number for code, number in leads.items()}
    for section, part in parts:
        file.put(b"[ %d 0 R /Fit ]" % package.add(part, astray=leads[COVER]), leads[section.code])
    marks = [(_bookmark(section), leads[section.code]) for section, _ in parts]
    names, specs = embed(file, attachments, at=at)
    given = package.shared
    catalogue = CATALOGUE % (
        LANGUAGE,
        package.pages_written(),
        package.tree_written(),
        _bookmarks(file, marks),
        given["Metadata"],
        given["OutputIntents"],
        names,
        listed(specs),
    )
    return file.content(root=file.put(catalogue), info=given["Info"])


class _Package:
    """What the sections become together: one row of pages, one document of tags with a part for each section."""

    def __init__(self, file: WholeFile, *, count: int) -> None:
        self.file, self.count = file, count
        self.frame, self.tree, self.document = file.number(), file.number(), file.number()
        self.shared: dict[str, int] = {}
        self.pages: list[int] = []
        self.parts: list[int] = []
        self.owners: list[bytes] = []
        self.nodes: list[tuple[bytes, int]] = []
        self.next_key = 0

    def give(self, taken: Renumbered, part: Part) -> None:
        """Share what a part gives with all that follow."""
        self.shared |= {name: taken.new[number] for name, number in part.gives.items()}

    def add(self, part: Part, *, astray: int) -> int:
        """Take a section in and return its first page; a link to a section that is not here leads astray."""
        known = {place: self.shared.get(name, astray) for name, place in part.needs.items()}
        known |= {part.frame_of_pages: self.frame, part.tree: self.document}
        taken = self.file.take(part, known, keys_from=self.next_key)
        self.give(taken, part)
        for number, place in enumerate(part.numbers, start=len(self.pages) + 1):
            drawn = page_number(number, self.count, part.bodies[place])
            self.file.put_stream(drawn, number=taken.new[place], is_packed=False)
        self.parts.append(taken.new[part.part])
        self.nodes += [(first, taken.new[node]) for first, node in part.name_nodes]
        for key, owner in part.owners:
            self.owners.append(b"%d %s" % (key + self.next_key, taken.references(owner)))
        self.next_key += 1 + max((key for key, _ in part.owners), default=-1)
        self.pages += [taken.new[page] for page in part.pages]
        part.bodies.clear()  # copied; a long form would be held twice
        return taken.new[part.pages[0]]

    def pages_written(self) -> int:
        text = b"<< /Type /Pages /Count %d /Kids [ %s ] >>" % (self.count, listed(self.pages))
        return self.file.put(text, self.frame)

    def tree_written(self) -> int:
        file = self.file
        part_of_all = b"<< /Type /StructElem /S /Document /P %d 0 R /K [ %s ] >>"
        file.put(part_of_all % (self.tree, listed(self.parts)), self.document)
        owners = file.put(b"<< /Nums [ %s ] >>" % b" ".join(self.owners))
        names = file.put(b"<< /Kids [ %s ] >>" % listed([node for _, node in sorted(self.nodes)]))
        return file.put(
            b"<< /Type /StructTreeRoot /K [ %d 0 R ] /ParentTree %d 0 R /ParentTreeNextKey %d /IDTree %d 0 R >>"
            % (self.document, owners, self.next_key, names),
            self.tree,
        )


def _bookmark(section: Section) -> bytes:
    return String(COVER_TITLE if section.code == COVER else section.title).unparse()


def _bookmarks(file: WholeFile, marks: list[tuple[bytes, int]]) -> int:
    """Write one bookmark a section and return the number of their list."""
    top, numbers = file.number(), [file.number() for _ in marks]
    around = [0, *numbers, 0]
    for at, (title, lead) in enumerate(marks):
        before, number, after = around[at : at + 3]
        beside = b"".join(
            b" /%s %d 0 R" % (name, other) for name, other in ((b"Prev", before), (b"Next", after)) if other
        )
        file.put(b"<< /Title %s /Parent %d 0 R /Dest %d 0 R%s >>" % (title, top, lead, beside), number)
    ends = (len(numbers), numbers[0], numbers[-1])
    return file.put(b"<< /Type /Outlines /Count %d /First %d 0 R /Last %d 0 R >>" % ends, top)
