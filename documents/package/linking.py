"""Sections joined as text: references renumbered, everything else copied as it stands.

Opening ten thousand objects, copying and writing them one by one takes longer than drawing what changed. Sections are
therefore kept as `ready.py` saves them, numbered from one without gaps, and get new numbers here.
Source:  ISO 32000-1, 7.3.8 (streams), 7.5.4 (the table), 7.5.7 and 7.5.8 (objects and references in streams).
"""

from __future__ import annotations

import hashlib
import re
import struct
import zlib
from functools import cached_property

REFERENCE = re.compile(rb"(\d+) 0 R")
# A text in brackets is skipped over: it may say anything, "5 0 R" too. Brackets inside it are escaped.
TOKENS = re.compile(rb"\((?:[^\\()]+|\\.)*\)|(\d+) 0 R|(/StructParents? )(\d+)", re.DOTALL)
OWNED = re.compile(rb"(\d+) (\[[^\]]*\]|\d+ 0 R)")
NAMED = re.compile(rb"/(\S+) (\d+) 0 R")
HEAD = b"%PDF-1.7\n%\xbf\xf7\xa2\xfe\n"
TABLE = re.compile(rb"xref\n0 (\d+)\n")
STREAM = b"\nstream\n"
ENTRY_BYTES = 20
IN_ONE_STREAM = 200
AT_ONCE = 2_000


class NotReady(ValueError):
    """A file is not one that `ready.py` saved: a mistake in our own code."""


class Part:
    """One file as `ready.py` saves it: its objects by number, and what it needs and gives."""

    def __init__(self, content: bytes) -> None:
        table = int(content[content.rindex(b"startxref") + 9 :].split()[0])
        begins = TABLE.match(content, table)
        if begins is None:
            raise NotReady("The file has its objects in streams.")
        self.count = int(begins[1]) - 1
        first = begins.end()
        entries = content[first : first + ENTRY_BYTES * (self.count + 1)]
        starts = [int(entries[at : at + 10]) for at in range(ENTRY_BYTES, len(entries), ENTRY_BYTES)]
        self.bodies = [b""]
        for number, (start, end) in enumerate(zip(starts, [*starts[1:], table], strict=True), start=1):
            head = b"%d 0 obj\n" % number
            body = content[start + len(head) : end].removesuffix(b"\n")
            if not content.startswith(head, start) or not body.endswith(b"\nendobj"):
                raise NotReady("The objects of the file do not stand in the order of their numbers.")
            self.bodies.append(body.removesuffix(b"\nendobj"))
        self.trailer = content[first + len(entries) :]
        self.root_number = _reference(self.trailer, b"/Root")
        self.root = self.bodies[self.root_number]

    @cached_property
    def frame(self) -> set[int]:
        """The objects that hold this file together; the whole has its own instead."""
        found = {_reference(self.trailer, key) for key in (b"/Root", b"/Info") if key in self.trailer}
        found.add(self.frame_of_pages)
        if b"/StructTreeRoot" in self.root:
            found |= {self.tree, self.frame_of_owners}
        if b"/IDTree" in self.root_of_tree:
            found.add(_reference(self.root_of_tree, b"/IDTree"))
        return found - set(self.gives.values()) - {node for _, node in self.name_nodes}

    @cached_property
    def needs(self) -> dict[str, int]:
        return self.named(b"/Needs")

    @cached_property
    def gives(self) -> dict[str, int]:
        return self.named(b"/Gives")

    def named(self, key: bytes) -> dict[str, int]:
        """Return the objects that a dictionary of the root names."""
        return _names(self.root, key)

    @cached_property
    def numbers(self) -> list[int]:
        """The empty streams that become the numbers of the pages, in their order."""
        return _references(self.root, b"/Numbers")

    @cached_property
    def opening(self) -> int:
        return _reference(self.root, b"/Opening")

    @cached_property
    def frame_of_pages(self) -> int:
        return _reference(self.root, b"/Pages")

    @cached_property
    def pages(self) -> list[int]:
        return _references(self.bodies[self.frame_of_pages], b"/Kids")

    @cached_property
    def part(self) -> int:
        return _reference(self.root, b"/Part")

    @cached_property
    def tree(self) -> int:
        return _reference(self.root, b"/StructTreeRoot")

    @cached_property
    def root_of_tree(self) -> bytes:
        return self.bodies[self.tree] if b"/StructTreeRoot" in self.root else b""

    @cached_property
    def frame_of_owners(self) -> int:
        return _reference(self.root_of_tree, b"/ParentTree")

    @cached_property
    def owners(self) -> list[tuple[int, bytes]]:
        """Which elements own the marks of a page, or an annotation, by the number it names."""
        node = self.bodies[self.frame_of_owners]
        listed = node[node.index(b"/Nums [") + 7 :]
        return [(int(found[1]), found[2]) for found in OWNED.finditer(listed)]

    @cached_property
    def name_nodes(self) -> list[tuple[bytes, int]]:
        """The indexes of element names, each with the first name it holds."""
        if b"/IDTree" not in self.root_of_tree:
            return []
        node = _reference(self.root_of_tree, b"/IDTree")
        kids = _references(self.bodies[node], b"/Kids") if b"/Kids" in self.bodies[node] else [node]
        return [(re.search(rb"/Limits \[ \(([^()]*)\)", self.bodies[kid])[1], kid) for kid in kids]


def numbered(bodies: list[bytes], trailer: bytes) -> bytes:
    """Return the file of objects numbered from one; the first of the list stands for none.

    trailer:  that of the file the first of them come from.
    """
    parts, places, end = [HEAD], [], len(HEAD)
    for number, body in enumerate(bodies[1:], start=1):
        places.append(b"%010d 00000 n \n" % end)
        parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, body))
        end += len(parts[-1])
    count = len(bodies)
    parts.append(b"xref\n0 %d\n0000000000 65535 f \n" % count)
    named = re.sub(rb"/Size \d+", b"/Size %d" % count, trailer[: trailer.index(b"startxref")])
    return b"".join([*parts, *places, named, b"startxref\n%d\n%%%%EOF\n" % end])


def references(text: bytes) -> list[int]:
    """Return the objects a text refers to; it holds no words."""
    return [int(number) for number in REFERENCE.findall(text)]


def _reference(text: bytes, key: bytes) -> int:
    found = re.search(re.escape(key) + rb" (\d+) 0 R", text)
    if found is None:
        raise NotReady(f"The file has no {key.decode()}.")
    return int(found[1])


def _references(text: bytes, key: bytes) -> list[int]:
    found = re.search(re.escape(key) + rb" \[([^\]]*)\]", text)
    return references(found[1]) if found else []


def _names(text: bytes, key: bytes) -> dict[str, int]:
    found = re.search(re.escape(key) + rb" <<(.*?)>>", text, re.DOTALL)
    return {name.decode(): int(number) for name, number in NAMED.findall(found[1])} if found else {}


class WholeFile:
    """A file being written: objects get numbers, and text or a stream each."""

    def __init__(self) -> None:
        self.texts: dict[int, bytes] = {}
        self.streams: dict[int, bytes] = {}
        self.next = 1

    def number(self) -> int:
        """Return a number for an object that is written later."""
        self.next += 1
        return self.next - 1

    def put(self, text: bytes, number: int | None = None) -> int:
        """Write an object and return its number."""
        number = self.number() if number is None else number
        self.texts[number] = text
        return number

    def put_stream(
        self, content: bytes, entries: bytes = b"", number: int | None = None, *, is_packed: bool = True
    ) -> int:
        """Write a stream, packed unless it is said to be small enough as it is."""
        number = self.number() if number is None else number
        if is_packed:
            content, entries = zlib.compress(content), entries + b" /Filter /FlateDecode"
        self.streams[number] = b"<<%s /Length %d >>\nstream\n%s\nendstream" % (entries, len(content), content)
        return number

    def take(self, part: Part, known: dict[int, int], *, keys_from: int = 0) -> Renumbered:
        """Copy the objects of a part but its frame and the numbers of its pages; return how it is renumbered.

        known:      objects that are others of this file already.
        keys_from:  what is added to the numbers by which pages and annotations find their owners.
        """
        new = [0] * (part.count + 1)
        for number, other in known.items():
            new[number] = other
        elsewhere = {*known, *part.frame, *part.numbers}
        fresh = [number for number in range(1, part.count + 1) if number not in elsewhere]
        for number in [*part.numbers, *fresh]:
            new[number] = self.number()
        again = Renumbered(new, keys_from)
        plain, other = [], []
        for number in fresh:
            body = part.bodies[number]
            if STREAM in body:
                entries, _, rest = body.partition(STREAM)
                self.streams[new[number]] = again.text(entries) + STREAM + rest
            else:
                (other if b"(" in body or b"/StructParent" in body else plain).append(number)
        for numbers, renumber in ((plain, again.references), (other, again.text)):
            # many at once, which is quicker, and not all, which takes memory; words are written without a zero byte
            for some in _in_groups(numbers, AT_ONCE):
                texts = renumber(b"\0".join(part.bodies[number] for number in some)).split(b"\0")
                self.texts.update(zip((new[number] for number in some), texts, strict=True))
        return again

    def content(self, *, root: int, info: int) -> bytes:
        """Return the bytes of the file; the same objects give the same bytes."""
        places: dict[int, bytes] = {0: struct.pack(">BIH", 0, 0, 65535)}
        for packed in _in_groups(sorted(self.texts), IN_ONE_STREAM):
            holder = self._pack(packed)
            for at, number in enumerate(packed):
                places[number] = struct.pack(">BIH", 2, holder, at)
        parts, end = [HEAD], len(HEAD)
        for number, body in sorted(self.streams.items()):
            places[number] = struct.pack(">BIH", 1, end, 0)
            parts += [b"%d 0 obj\n" % number, body, b"\nendobj\n"]
            end += len(parts[-3]) + len(body) + 8
        last = self.number()
        places[last] = struct.pack(">BIH", 1, end, 0)
        digest = hashlib.md5(usedforsecurity=False)
        for each in parts:
            digest.update(each)
        named = digest.hexdigest().encode()
        table = zlib.compress(b"".join(places[number] for number in range(self.next)))
        parts.append(
            b"%d 0 obj\n<< /Type /XRef /W [ 1 4 2 ] /Size %d /Root %d 0 R /Info %d 0 R /ID [ <%s> <%s> ]"
            b" /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n"
            % (last, self.next, root, info, named, named, len(table), table, end)
        )
        return b"".join(parts)

    def _pack(self, numbers: list[int]) -> int:
        heads, at = [], 0
        for number in numbers:
            heads.append(b"%d %d" % (number, at))
            at += len(self.texts[number]) + 1
        head = b" ".join(heads) + b"\n"
        bodies = b"\n".join(self.texts[number] for number in numbers)
        entries = b" /Type /ObjStm /N %d /First %d" % (len(numbers), len(head))
        return self.put_stream(head + bodies, entries)


class Renumbered:
    """The numbers the objects of one part have in the whole, and text of it with these numbers."""

    def __init__(self, new: list[int], keys_from: int) -> None:
        self.new, self.keys_from = new, keys_from

    def references(self, text: bytes) -> bytes:
        """Renumber text in which nothing but references looks like one."""
        pieces = REFERENCE.split(text)
        new = self.new
        pieces[1::2] = [b"%d 0 R" % new[int(number)] for number in pieces[1::2]]
        return b"".join(pieces)

    def text(self, text: bytes) -> bytes:
        """Renumber any text."""
        return TOKENS.sub(self._token, text)

    def _token(self, found: re.Match) -> bytes:
        if found[1]:
            return b"%d 0 R" % self.new[int(found[1])]
        return found[2] + b"%d" % (int(found[3]) + self.keys_from) if found[2] else found[0]


def listed(numbers: list[int]) -> bytes:
    """Return references to objects as they stand in a list."""
    return b" ".join(b"%d 0 R" % number for number in numbers)


def _in_groups(numbers: list[int], size: int) -> list[list[int]]:
    return [numbers[at : at + size] for at in range(0, len(numbers), size)]
