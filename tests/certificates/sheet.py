"""Sheets of paper that note what was written on them: where, in which words, and what it means."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

import pikepdf

from documents.formats.paper import Box, ReadField, ReadRow
from tests.certificates.facts import Facts
from tests.certificates.fonts import Face, face
from tests.certificates.han import LETTERS, is_han
from tests.certificates.trade import Result

WIDTH, HEIGHT = 595.0, 842.0
PART = re.compile(r"\[([^\]]*)\]|\{(\w+)\}|([^\[{]+)")
MONTHS = {
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September",
           "October", "November", "December"),
    "de": ("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September",
           "Oktober", "November", "Dezember"),
    "es": ("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre",
           "octubre", "noviembre", "diciembre"),
}  # fmt: skip


@dataclass(frozen=True)
class Habits:
    """How one house writes: language, days, numbers.

    `days` is a pattern of D, DD, MM, MON, MONTH, YY and YYYY; `thousands` parts 1250 into 1 and 250.
    """

    language: str = "en"
    days: str = "YYYY-MM-DD"
    thousands: str = ""
    comma: str = "."

    def day(self, day: date) -> str:
        month = MONTHS.get(self.language, MONTHS["en"])[day.month - 1]
        parts = {"YYYY": f"{day:%Y}", "YY": f"{day:%y}", "MONTH": month, "MON": month[:3].upper(),
                 "MM": f"{day:%m}", "M": str(day.month), "DD": f"{day:%d}", "D": str(day.day)}  # fmt: skip
        return re.sub(r"YYYY|YY|MONTH|MON|MM|M|DD|D", lambda found: parts[found.group()], self.days)

    def count(self, number: int) -> str:
        return f"{number:,}".replace(",", self.thousands)

    def number(self, text: str) -> str:
        return text.replace(".", self.comma)


@dataclass
class Written:
    """Words on their page, in points from the top left."""

    x: float
    y: float
    text: str
    face: str
    size: float
    red: bool = False


@dataclass
class Page:
    words: list[Written] = field(default_factory=list)
    drawn: list[str] = field(default_factory=list)


class Sheet:
    """The paper of one certificate while it is written, page by page."""

    def __init__(
        self, facts: Facts, habits: Habits, font: str = "sans", bold: str = "", is_wide: bool = False
    ):
        self.facts, self.habits = facts, habits
        self.across, self.down = (HEIGHT, WIDTH) if is_wide else (WIDTH, HEIGHT)
        self.font, self.bold = font, bold or font
        self.pages: list[Page] = [Page()]
        self.found: list[ReadField] = []
        self.rows: list[ReadRow] = []

    @property
    def page(self) -> Page:
        return self.pages[-1]

    def turn(self) -> None:
        self.pages.append(Page())

    # what is drawn
    def line(self, x1: float, y1: float, x2: float, y2: float, width: float = 0.6) -> None:
        self.page.drawn.append(f"{width} w {x1:.1f} {self.down - y1:.1f} m {x2:.1f} {self.down - y2:.1f} l S")

    def box(self, x: float, y: float, width: float, height: float, fill: float | None = None) -> None:
        shape = f"{x:.1f} {self.down - y - height:.1f} {width:.1f} {height:.1f} re"
        self.page.drawn.append(f"q {fill} g {shape} f Q" if fill is not None else f"0.6 w {shape} S")

    def seal(self, x: float, y: float, text: str) -> None:
        """Press a round red stamp beside the signature."""
        ring, c = [], 0.5523 * 34
        for r, k in ((34, c), (30, 0.5523 * 30)):
            top = self.down - y
            ring.append(
                f"{x + r:.1f} {top:.1f} m {x + r:.1f} {top + k:.1f} {x + k:.1f} {top + r:.1f} {x:.1f} {top + r:.1f} c "
                f"{x - k:.1f} {top + r:.1f} {x - r:.1f} {top + k:.1f} {x - r:.1f} {top:.1f} c "
                f"{x - r:.1f} {top - k:.1f} {x - k:.1f} {top - r:.1f} {x:.1f} {top - r:.1f} c "
                f"{x + k:.1f} {top - r:.1f} {x + r:.1f} {top - k:.1f} {x + r:.1f} {top:.1f} c S"
            )
        self.page.drawn.append("q 0.8 0.1 0.1 RG 1.4 w " + " ".join(ring) + " Q")
        self.say(x - self.width(text, 8) / 2, y - 4, text, size=8, red=True)

    def scribble(self, x: float, y: float) -> None:
        """Draw the stroke of a pen where a person signed."""
        if not self.facts.signed_name:
            return
        top = self.down - y
        self.page.drawn.append(
            f"q 0.1 0.1 0.45 RG 1.1 w {x:.1f} {top:.1f} m {x + 14:.1f} {top + 18:.1f} {x + 18:.1f} {top - 14:.1f} "
            f"{x + 34:.1f} {top + 8:.1f} c {x + 48:.1f} {top + 16:.1f} {x + 52:.1f} {top - 8:.1f} {x + 86:.1f} "
            f"{top + 4:.1f} c S Q"
        )

    # what is written
    def width(self, text: str, size: float, font: str = "") -> float:
        return sum(letters_of(name).width(run, size) for name, run in runs(text, font or self.font))

    def say(self, x: float, y: float, text: str, size: float = 9, font: str = "", red: bool = False) -> float:
        """Write words with their top at `y`; return where they end."""
        for name, run in runs(text, font or self.font):
            self.page.words.append(Written(x, y, run, name, size, red))
            x += letters_of(name).width(run, size)
        return x

    def title(self, x: float, y: float, text: str, size: float = 15) -> None:
        self.say(x, y, text, size, self.bold)

    def centred(self, y: float, text: str, size: float = 15, font: str = "") -> None:
        font = font or self.bold
        self.say((self.across - self.width(text, size, font)) / 2, y, text, size, font)

    def words_of(self, key: str) -> tuple[str, str]:
        """Return what the paper prints for one fact, and what that means."""
        said = getattr(self.facts, key)
        if said is None or said == "":
            return "", ""
        if isinstance(said, date):
            return self.habits.day(said), said.isoformat()
        if key == "quantity":
            return self.habits.count(said), str(said)
        if key == "weight":
            return self.habits.count(int(said)), said
        return str(said), str(said)

    def flow(
        self, x: float, y: float, width: float, template: str, size: float = 9, font: str = "",
        leading: float = 1.35, label: str = "",
    ) -> float:  # fmt: skip
        """Write a template over as many lines as it takes; note each fact in it; return where the next line starts.

        `{key}` is a fact; what stands in `[…]` is left out when a fact in it is empty.
        """
        at, start = x, x
        for text, key, value in self._pieces(template):
            first, words = None, re.findall(r"\S+\s*|\s+", text) if not any(map(is_han, text)) else list(text)
            if key and len(text) < 40:
                words = [text]
            for word in words:
                if at > start and at + self.width(word.rstrip(), size, font) > x + width:
                    at, y = start, y + size * leading
                if first is None:
                    first = (at, y)
                end = self.say(at, y, word, size, font)
                box = Box(
                    first[0] / self.across,
                    first[1] / self.down,
                    end / self.across,
                    (y + size * 1.2) / self.down,
                )
                at = end
            if key and text:
                page = len(self.pages)
                self.found.append(ReadField(key, text, value, page, box, label=label))
        return y + size * leading

    def _pieces(self, template: str):
        for optional, key, plain in PART.findall(template):
            if optional:
                inner = re.findall(r"\{(\w+)\}", optional)
                if all(self.words_of(each)[0] for each in inner):
                    yield from self._pieces(optional)
            elif key:
                yield (*self.words_of(key)[:1], key, self.words_of(key)[1])
            elif plain:
                yield plain, "", ""

    def pair(
        self, x: float, y: float, label: str, template: str, at: float, width: float = 180, size: float = 9
    ) -> float:
        """Write a label and, `at` points to its right, what it stands for."""
        self.say(x, y, label, size, self.bold)
        return self.flow(x + at, y, width, template, size, label=label)

    def result(self, row: Result, cells: list[tuple[float, str]], y: float, size: float = 8.5) -> None:
        """Write one row of results into cells (`x`, what stands there) and note it."""
        plain = {"name": row.name, "unit": row.unit, "test": row.test}
        for x, what in cells:
            text = plain.get(what, "") if what in plain else self.habits.number(getattr(row, what, what))
            self.say(x, y, text, size)
        self.note(row)

    def note(self, row: Result) -> None:
        self.rows.append(
            ReadRow(row.test, row.name, row.value, row.unit, row.minimum, row.maximum, page=len(self.pages))
        )

    # the file
    def pdf(self) -> bytes:
        """Return the pages as a PDF, the same bytes each time."""
        document = pikepdf.new()
        fonts: dict[str, pikepdf.Object] = {}
        for page in self.pages:
            for word in page.words:
                if word.face not in fonts:
                    fonts[word.face] = _font(document, letters_of(word.face))
        for page in self.pages:
            content = "\n".join(["0 g 0 G", *page.drawn]).encode() + b"\n" + _text(page.words, self.down)
            used = pikepdf.Dictionary({f"/F{name.replace(' ', '')}": each for name, each in fonts.items()})
            document.pages.append(
                pikepdf.Page(
                    pikepdf.Dictionary(
                        Type=pikepdf.Name.Page,
                        MediaBox=[0, 0, self.across, self.down],
                        Resources=pikepdf.Dictionary(Font=used),
                        Contents=pikepdf.Stream(document, content),
                    )
                )
            )
        target = io.BytesIO()
        document.save(target, static_id=True, compress_streams=True)
        return target.getvalue()


def runs(text: str, font: str) -> list[tuple[str, str]]:
    """Part a text into stretches of one face: Chinese letters have theirs."""
    parted = groupby(text, key=is_han)
    return [("han" if han else font, "".join(letters)) for han, letters in parted]


def letters_of(name: str) -> Face:
    return face(name, LETTERS) if name == "han" else face(name)


def _text(words: list[Written], down: float) -> bytes:
    lines = [b"BT"]
    for word in words:
        used = letters_of(word.face)
        colour = "0.8 0.1 0.1 rg" if word.red else "0 g"
        baseline = down - word.y - word.size * 0.95
        lines.append(
            f"{colour} /F{word.face.replace(' ', '')} {word.size} Tf 1 0 0 1 {word.x:.2f} {baseline:.2f} Tm "
            f"<{used.encode(word.text).hex()}> Tj".encode()
        )
    return b"\n".join([*lines, b"ET"])


def _font(document: pikepdf.Pdf, used: Face) -> pikepdf.Object:
    name = pikepdf.Name(f"/{used.name}")
    program = pikepdf.Stream(document, used.content)
    program.Length1 = len(used.content)
    descriptor = document.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.FontDescriptor, FontName=name, Flags=4, FontBBox=[-500, -300, 1500, 1100],
            ItalicAngle=0, Ascent=used.ascent, Descent=used.descent, CapHeight=700, StemV=80,
            FontFile2=document.make_indirect(program),
        )
    )  # fmt: skip
    widths: list = []
    for glyph, width in sorted(used.widths.items()):
        widths += [glyph, [width]]
    letters = document.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.CIDFontType2, BaseFont=name, DW=1000,
            CIDSystemInfo=pikepdf.Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0),
            FontDescriptor=descriptor, W=pikepdf.Array(widths), CIDToGIDMap=pikepdf.Name.Identity,
        )
    )  # fmt: skip
    return document.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type0, BaseFont=name,
            Encoding=pikepdf.Name("/Identity-H"), DescendantFonts=pikepdf.Array([letters]),
            ToUnicode=document.make_indirect(pikepdf.Stream(document, _to_unicode(used))),
        )
    )  # fmt: skip


def _to_unicode(used: Face) -> bytes:
    pairs = {glyph: letter for letter, glyph in used.glyphs.items() if letter not in "\xa0\xad"}
    lines = [f"<{glyph:04x}> <{letter.encode('utf-16-be').hex()}>" for glyph, letter in sorted(pairs.items())]
    blocks = [lines[at : at + 100] for at in range(0, len(lines), 100)]
    body = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Paper def /CMapType 2 def "
        f"1 begincodespacerange <0000> <ffff> endcodespacerange\n{body}\nendcmap end end"
    ).encode()
