"""The faces a form writer sets rows in: the chain of fonts.py, measured sign by sign and cut to what is used.

One code a character, and a map from codes to glyphs: two characters that share a glyph stay two when text is copied.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from functools import lru_cache

import pikepdf
from fontTools import subset
from fontTools.ttLib import TTFont
from pikepdf import Array, Stream

from documents.package.fonts import installed_faces
from documents.package.type_faces import composite

TEXT, BOLD, MONO = "text", "bold", "mono"
FALLBACKS = (
    "DejaVuSans.ttf",
    "NotoSansSymbols-Regular.ttf",
    "NotoSansSymbols2-Regular.ttf",
    "NotoSansMath-Regular.ttf",
    "DroidSansFallbackFull.ttf",
)
CHAINS = {
    TEXT: ("NotoSans-Regular.ttf", *FALLBACKS),
    BOLD: ("NotoSans-Bold.ttf", "NotoSans-Regular.ttf", *FALLBACKS),
    MONO: ("DejaVuSansMono.ttf", "NotoSans-Regular.ttf", *FALLBACKS),
}
# These are always cut out together, once a process, so that sections carry the same font file.
ALWAYS = frozenset([*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x391, 0x3CA), *range(0x2010, 0x2027)])
# Signs that stand one after the other, left to right, each with a glyph of its own. All else needs shaping.
PLAIN = (
    (0x20, 0x7E), (0xA0, 0xAC), (0xAE, 0x24F), (0x370, 0x482), (0x48A, 0x52F), (0x1E00, 0x1FFF), (0x2010, 0x2027),
    (0x2030, 0x205E), (0x2070, 0x20CF), (0x2100, 0x2BFF), (0x3000, 0x3029), (0x3030, 0x3098), (0x309B, 0x30FF),
    (0x3400, 0x9FFF), (0xAC00, 0xD7A3), (0xF900, 0xFAFF), (0xFF01, 0xFFEF),
)  # fmt: skip


@lru_cache(maxsize=1)
def _plain_signs() -> frozenset[str]:
    return frozenset(chr(code) for first, last in PLAIN for code in range(first, last + 1))


def needs_shaping(text: str) -> bool:
    """Tell whether a text holds a sign that cannot simply be put beside its neighbour."""
    return not _plain_signs().issuperset(text)


@lru_cache(maxsize=16)
def _opened(name: str) -> tuple[dict[int, str], dict[str, tuple[int, int]], int]:
    path = installed_faces().get(name)
    if path is None:
        return {}, {}, 1
    with TTFont(path, lazy=True, recalcTimestamp=False) as face:
        return face.getBestCmap(), face["hmtx"].metrics, face["head"].unitsPerEm


@lru_cache(maxsize=20_000)
def sign_of(kind: str, sign: str) -> tuple[str, float] | None:
    """Return the face of the chain that draws a sign, and its advance in parts of the type size."""
    for name in CHAINS[kind]:
        glyphs, advances, em = _opened(name)
        if glyph := glyphs.get(ord(sign)):
            return name, advances[glyph][0] / em
    return None


@lru_cache(maxsize=32)
def _cut(name: str, codes: frozenset[int]) -> tuple[bytes, bytes, dict]:
    """Cut the glyphs of some characters out of a face; return the file, the map to its glyphs and its measures."""
    cutter = subset.Subsetter(subset.Options(notdef_outline=True, layout_features=[], hinting=False))
    cutter.populate(unicodes=codes)
    with TTFont(installed_faces()[name], lazy=True, recalcTimestamp=False) as face:
        # a table of the program that drew the face, which says nothing of its glyphs
        if "FFTM" in face:
            del face["FFTM"]
        cutter.subset(face)
        out = io.BytesIO()
        face.save(out)
        return out.getvalue(), _glyphs_of(face, codes), _measures(face, codes)


def _glyphs_of(face: TTFont, codes: frozenset[int]) -> bytes:
    cmap = face.getBestCmap()
    glyphs = bytearray(2 * (max(codes) + 1))
    for code in codes:
        glyphs[2 * code : 2 * code + 2] = face.getGlyphID(cmap[code]).to_bytes(2, "big")
    return bytes(glyphs)


def _measures(face: TTFont, codes: frozenset[int]) -> dict:
    cmap, em, head, hhea = face.getBestCmap(), face["head"].unitsPerEm, face["head"], face["hhea"]
    return {
        "box": [round(value * 1000 / em) for value in (head.xMin, head.yMin, head.xMax, head.yMax)],
        "ascent": round(hhea.ascent * 1000 / em),
        "descent": round(hhea.descent * 1000 / em),
        "widths": {code: round(face["hmtx"][cmap[code]][0] * 1000 / em) for code in codes},
    }


@dataclass
class UsedSigns:
    """Which characters of which face the rows of one form use; faces are numbered as they come."""

    codes: dict[str, set[int]] = field(default_factory=dict)

    def number(self, face: str, text: str) -> int:
        """Remember the characters and return the number of the face."""
        self.codes.setdefault(face, set()).update(map(ord, text))
        return list(self.codes).index(face)

    def embed(self, pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
        """Write every used face into the file, in the order of their numbers."""
        return [_embedded(pdf, face, codes) for face, codes in self.codes.items()]


def _embedded(pdf: pikepdf.Pdf, name: str, used: set[int]) -> pikepdf.Object:
    glyphs = _opened(name)[0]
    always = {code for code in ALWAYS if code in glyphs} if name.startswith("NotoSans-") else set()
    program, to_glyph, measures = _cut(name, frozenset(used | always))
    widths = Array()
    for code in sorted(used):
        widths.extend([code, Array([measures["widths"][code]])])
    stem = name.removesuffix(".ttf")
    return composite(
        pdf,
        f"{_tag(name, used)}+{stem}",
        program,
        {chr(code): code for code in used},
        measures,
        W=widths,
        DW=1000,
        CIDToGIDMap=pdf.make_indirect(Stream(pdf, to_glyph)),
    )


def _tag(name: str, used: set[int]) -> str:
    """Six letters that tell one cut of a face from another, as the format asks."""
    number = sum(code * (at + 1) for at, code in enumerate(sorted(used))) + sum(map(ord, name))
    letters = ""
    for _ in range(6):
        number, letter = divmod(number, 26)
        letters += chr(65 + letter)
    return letters
