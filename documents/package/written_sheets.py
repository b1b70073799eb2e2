"""The sheets of a written form: what is drawn on each, and the objects that make it part of a file.

Structure goes in as text: for ten thousand cells, objects made one by one would take longer than the layout saved.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from itertools import pairwise

import pikepdf
from pikepdf import Dictionary, Name, Page

from documents.package.linking import Part, listed, numbered, references
from documents.package.ready import head_for, ready, saved
from documents.package.stamps import as_drawing
from documents.package.written_faces import UsedSigns, sign_of
from documents.package.written_rows import (
    BALLOON_EDGE,
    INK,
    MM,
    RED,
    SHAPE,
    SHAPE_GAP,
    Cell,
    Line,
    balloon_width,
)

FRAME, HAIR = 0.75, 0.25
GREY = (0xB3, 0xB9, 0xB8)
# Of the text face: how far its type reaches above and below the baseline, in parts of its size.
ASCENT, DESCENT = 1.069, 0.293
CURVE = 0.5523


@dataclass(frozen=True)
class Grid:
    """Where columns and their lines are on a sheet.

    Units:  points from the lower left corner.
    """

    columns: tuple[tuple[float, float], ...]
    edges: tuple[float, ...]
    top: float
    size: tuple[float, float]

    @classmethod
    def of(cls, columns: list[tuple[float, float]], *, top: float, size: tuple[float, float]) -> Grid:
        """Return the grid whose cells have their text in these places."""
        between = [(left[1] + right[0]) / 2 for left, right in pairwise(columns)]
        padding = (columns[1][0] - columns[0][1]) / 2 - HAIR / 2
        outer = padding + FRAME / 2
        return cls(tuple(columns), (columns[0][0] - outer, *between, columns[-1][1] + outer), top, size)


@dataclass
class Placed:
    """Part of a row on a sheet, the whole of it nearly always.

    Units:  points below the top of the sheet's rows.
    """

    row: int
    given: list[Cell]
    lines: list[tuple[Line, ...]]
    top: float
    height: float


class Sheet:
    """Draws the rows of one sheet."""

    def __init__(self, grid: Grid, signs: UsedSigns, known: dict) -> None:
        self.grid, self.signs, self.known = grid, signs, known
        self.shapes: list[str] = []

    def drawn(self, placed: list[Placed], *, first_mark: int) -> tuple[bytes, list[tuple[int, int]]]:
        """Return what to draw, and the row and column of every mark in it."""
        marks: list[tuple[int, int]] = []
        texts = [f"{_colour(INK)} rg"]
        for each in placed:
            for column, lines in enumerate(each.lines):
                if said := self._cell(each, column, lines):
                    texts.append(f"/TD <</MCID {first_mark + len(marks)}>> BDC BT {said} ET EMC")
                    marks.append((each.row, column))
        lined = ["/Artifact BMC", *self._lines(placed), *self.shapes, "EMC"]
        return "\n".join([*lined, *texts, ""]).encode("ascii"), marks

    def _cell(self, each: Placed, column: int, lines: tuple[Line, ...]) -> str:
        cell, (left, right) = each.given[column], self.grid.columns[column]
        high = sum(line.height for line in lines)
        y = self.grid.top - each.top - (each.height - high) / 2
        said = []
        for line in lines:
            x = right - line.width if cell.is_right else left
            base = y - (line.height - (ASCENT + DESCENT) * line.strut) / 2 - ASCENT * line.strut
            if cell.is_balloon:
                self.shapes.append(_balloon(left, y, line))
                x = left + (balloon_width(line.width) - line.width) / 2
            if line.has_shape:
                self.shapes.append(_rejected(x, base - 0.3 * MM))
                x += SHAPE + SHAPE_GAP
            if line.pieces:
                said.append(f"1 0 0 1 {x:.2f} {base:.2f} Tm {self._text(line)}")
            y -= line.height
        return " ".join(said)

    def _text(self, line: Line) -> str:
        if (found := self.known.get(line.pieces)) is None:
            found = self.known[line.pieces] = " ".join(self._run(text, style) for text, style in line.pieces)
        return found

    def _run(self, text: str, style) -> str:
        parts: list[list[str]] = []
        for sign in text:
            face = sign_of(style.kind, sign)[0]
            if parts and parts[-1][0] == face:
                parts[-1][1] += sign
            else:
                parts.append([face, sign])
        shown = " ".join(
            f"/W{self.signs.number(face, part)} {style.size:.4g} Tf <{part.encode('utf-16-be').hex()}> Tj"
            for face, part in parts
        )
        return shown if style.colour == INK else f"{_colour(style.colour)} rg {shown} {_colour(INK)} rg"

    def _lines(self, placed: list[Placed]) -> list[str]:
        edges, top = self.grid.edges, self.grid.top
        ends = [top - each.top - each.height for each in placed]
        across = [f"{edges[0]:.2f} {y:.2f} m {edges[-1]:.2f} {y:.2f} l" for y in ends[:-1]]
        down = [f"{x:.2f} {top:.2f} m {x:.2f} {ends[-1]:.2f} l" for x in edges[1:-1]]
        frame = (
            f"{edges[0]:.2f} {top:.2f} m {edges[0]:.2f} {ends[-1]:.2f} l "
            f"{edges[-1]:.2f} {ends[-1]:.2f} l {edges[-1]:.2f} {top:.2f} l"
        )
        return [f"{HAIR} w {_colour(GREY)} RG", *across, *down, "S", f"{FRAME} w {_colour(INK)} RG {frame} S"]


def _colour(colour: tuple[int, int, int]) -> str:
    return " ".join(f"{value / 255:.4g}" for value in colour)


def _balloon(left: float, top: float, line: Line) -> str:
    """Draw the round frame of a number."""
    inset = BALLOON_EDGE / 2
    wide, high = balloon_width(line.width), line.height
    x0, y0, x1, y1 = left + inset, top - high + inset, left + wide - inset, top - inset
    r = min((x1 - x0) / 2, (y1 - y0) / 2)
    k = r * (1 - CURVE)
    return (
        f"{BALLOON_EDGE} w {x0 + r:.2f} {y0:.2f} m {x1 - r:.2f} {y0:.2f} l "
        f"{x1 - k:.2f} {y0:.2f} {x1:.2f} {y0 + k:.2f} {x1:.2f} {y0 + r:.2f} c {x1:.2f} {y1 - r:.2f} l "
        f"{x1:.2f} {y1 - k:.2f} {x1 - k:.2f} {y1:.2f} {x1 - r:.2f} {y1:.2f} c {x0 + r:.2f} {y1:.2f} l "
        f"{x0 + k:.2f} {y1:.2f} {x0:.2f} {y1 - k:.2f} {x0:.2f} {y1 - r:.2f} c {x0:.2f} {y0 + r:.2f} l "
        f"{x0:.2f} {y0 + k:.2f} {x0 + k:.2f} {y0:.2f} {x0 + r:.2f} {y0:.2f} c s"
    )


def _rejected(x: float, y: float) -> str:
    """Draw the mark of a value that fails: what the style sheet takes from shapes/rejected.svg."""
    unit = SHAPE / 16
    corners = [(5, 0.8), (11, 0.8), (15.2, 5), (15.2, 11), (11, 15.2), (5, 15.2), (0.8, 11), (0.8, 5)]
    path = " ".join(f"{a} {b} {'l' if at else 'm'}" for at, (a, b) in enumerate(corners))
    cross = "5.2 5.2 m 10.8 10.8 l 10.8 5.2 m 5.2 10.8 l"
    return f"q {unit:.4f} 0 0 {unit:.4f} {x:.2f} {y:.2f} cm {_colour(RED)} rg {path} f 1 G 1.8 w {cross} S Q"


class Objects:
    """The objects of a file as text, and more of them behind those it has."""

    def __init__(self, part: Part) -> None:
        self.part = part
        self.bodies = list(part.bodies)

    def number(self) -> int:
        self.bodies.append(b"")
        return len(self.bodies) - 1

    def put(self, number: int, text: str, stream: bytes | None = None) -> int:
        """Keep the text of an object; with a stream, `text` is its dictionary without the length."""
        body = text.encode("ascii")
        if stream is not None:
            body = b"<<%s /Length %d >>\nstream\n%s\nendstream" % (body, len(stream), stream)
        self.bodies[number] = body
        return number

    def change(self, number: int, pattern: bytes, text: str) -> None:
        """Put a text where an object of the file matches a pattern.

        Raises:  LookupError when it does not: the engine or the library writes something else now.
        """
        changed, count = re.subn(pattern, text.encode("ascii"), self.bodies[number], count=1)
        if not count:
            raise LookupError(f"Object {number} of the blank form has no place for what is written.")
        self.bodies[number] = changed

    def content(self) -> bytes:
        return numbered(self.bodies, self.part.trailer)


def written_file(
    pdf: pikepdf.Pdf,
    head: pikepdf.Pdf,
    *,
    sheets: list[list[Placed]],
    grids: tuple[Grid, Grid],
    body: pikepdf.Object,
    title: str | None,
) -> bytes:
    """Return the file of a blank form with its rows written on as many sheets as they need.

    title:  of the section, made ready for the merge; without one it is joined with others first.
    """
    signs, known = UsedSigns(), {}
    marked = pdf.Root.StructTreeRoot.ParentTree.Nums[1]
    drawn = [
        Sheet(grids[min(at, 1)], signs, known).drawn(sheet, first_mark=0 if at else len(marked))
        for at, sheet in enumerate(sheets)
    ]
    page = pdf.pages[0]
    page.contents_add(b"q\n", prepend=True)
    page.contents_add(b"\nQ\n" + drawn[0][0])
    fonts = {f"/W{at}": font for at, font in enumerate(signs.embed(pdf))}
    for name, font in fonts.items():
        page.add_resource(font, Name.Font, Name(name))
    again = pdf.copy_foreign(as_drawing(Page(head.pages[0])))
    resources = pdf.make_indirect(Dictionary(Font=Dictionary(fonts), XObject=Dictionary({"/WHead": again})))
    pdf.Root.Written = Dictionary(Body=body, Resources=resources)
    later = (resources, head_for(*grids[1].size))
    content = saved(pdf) if title is None else ready(pdf, title=title, later=later)
    return _with_structure(Part(content), sheets, drawn, grids)


def _with_structure(part: Part, sheets, drawn, grids) -> bytes:
    objects = Objects(part)
    kept = part.named(b"/Written")
    key, owners = part.owners[0]
    owned = references(owners if owners.startswith(b"[") else part.bodies[references(owners)[0]])
    pages = [part.pages[0], *(objects.number() for _ in sheets[1:])]
    cells, rows = _put_rows(objects, sheets, drawn, pages, kept["Body"], already=len(owned))
    nums, numbers = [], list(part.numbers)
    for at, (content, marks) in enumerate(drawn):
        owners = [*(owned if at == 0 else ()), *(cells[mark] for mark in marks)]
        nums.append(f"{key + at} {objects.put(objects.number(), f'[ {_listed(owners)} ]')} 0 R")
        if at:
            contents = _contents(objects, content, grids[1].size, numbers)
            width, height = grids[1].size
            objects.put(
                pages[at],
                f"<< /Type /Page /MediaBox [ 0 0 {width:.6f} {height:.6f} ] /Parent {part.frame_of_pages} 0 R "
                f"/Resources {kept['Resources']} 0 R /Contents [ {_listed(contents)} ] "
                f"/StructParents {key + at} /Tabs /S >>",
            )
    objects.put(part.frame_of_pages, f"<< /Type /Pages /Count {len(pages)} /Kids [ {_listed(pages)} ] >>")
    objects.put(part.frame_of_owners, f"<< /Nums [ {' '.join(nums)} ] >>")
    objects.change(part.tree, rb"/ParentTreeNextKey \d+", f"/ParentTreeNextKey {key + len(sheets)}")
    objects.change(kept["Body"], rb"/K \[ \]", f"/K {rows} 0 R")
    if numbers:
        objects.change(part.root_number, rb"/Numbers \[[^\]]*\]", f"/Numbers [ {_listed(numbers)} ]")
    return objects.content()


def _contents(objects: Objects, content: bytes, size: tuple[float, float], numbers: list[int]) -> list[int]:
    """Write what is drawn on a later sheet, and leave the places on it that `ready` leaves on the first."""
    packed = zlib.compress(b"/Artifact BMC q /WHead Do Q EMC\n" + content)
    stream = objects.put(objects.number(), " /Filter /FlateDecode", packed)
    if not numbers:
        return [stream]
    place = objects.put(objects.number(), f" /Across {size[0]:.3f} /Head /{head_for(*size)}", b"")
    numbers.append(place)
    return [objects.part.opening, stream, place]


def _listed(numbers: list[int]) -> str:
    return listed(numbers).decode("ascii")


def _put_rows(
    objects: Objects, sheets, drawn, pages, body: int, *, already: int
) -> tuple[dict[tuple[int, int], int], int]:
    """Write an element for every row and every cell, an empty one included, and the list of all rows."""
    marks: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for at, (_, found) in enumerate(drawn):
        for number, place in enumerate(found, start=0 if at else already):
            marks.setdefault(place, []).append((pages[at], number))
    cells, rows = {}, {}
    for at, sheet in enumerate(sheets):
        for each in sheet:
            if each.row in rows:
                continue
            rows[each.row] = row = objects.number()
            for column in range(len(each.given)):
                cells[each.row, column] = objects.put(
                    objects.number(), _cell_object(row, pages[at], marks.get((each.row, column), []))
                )
            kids = _listed([cells[each.row, column] for column in range(len(each.given))])
            objects.put(row, f"<</Type/StructElem/S/TR/P {body} 0 R/K[{kids}]>>")
    return cells, objects.put(objects.number(), f"[ {_listed(list(rows.values()))} ]")


def _cell_object(row: int, page: int, marks: list[tuple[int, int]]) -> str:
    kids = ""
    if len(marks) == 1:
        (page, number) = marks[0]
        kids = f"/K {number}"
    elif marks:
        kids = "/K[" + " ".join(f"<</Type/MCR/Pg {at} 0 R/MCID {number}>>" for at, number in marks) + "]"
    return f"<</Type/StructElem/S/TD/P {row} 0 R/Pg {page} 0 R{kids}>>"
