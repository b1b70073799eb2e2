"""Type faces written into the file by ourselves: digits for page numbers, and blanks for text behind a picture."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import lru_cache

import pikepdf
from fontTools import subset
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Stream

from documents.package.fonts import installed_faces

PAGE_NUMBER_SIGNS = "Page of0123456789"


@dataclass(frozen=True)
class Face:
    """A font object of one file, with the code and the advance of each of its characters.

    Units:  advances in parts of the type size.
    """

    font: pikepdf.Object | None
    codes: dict[str, int]
    advances: dict[str, float]
    advance: float = 0.5

    def encode(self, text: str) -> str:
        return "".join(f"{self.codes[sign]:04X}" for sign in text)

    def width(self, text: str) -> float:
        return sum(self.advances[sign] for sign in text)


@lru_cache(maxsize=1)
def _digits() -> tuple[bytes, dict[str, int], dict[str, float], dict]:
    """Cut the few signs of a page number out of the text face, once a process."""
    face = TTFont(installed_faces()["NotoSans-Regular.ttf"], recalcTimestamp=False)
    options = subset.Options(notdef_outline=True, layout_features=[], hinting=False)
    cutter = subset.Subsetter(options)
    cutter.populate(text=PAGE_NUMBER_SIGNS)
    cutter.subset(face)
    cmap, em = face.getBestCmap(), face["head"].unitsPerEm
    codes = {sign: face.getGlyphID(cmap[ord(sign)]) for sign in set(PAGE_NUMBER_SIGNS)}
    advances = {sign: face["hmtx"][cmap[ord(sign)]][0] / em for sign in set(PAGE_NUMBER_SIGNS)}
    head, hhea = face["head"], face["hhea"]
    metrics = {
        "box": [round(value * 1000 / em) for value in (head.xMin, head.yMin, head.xMax, head.yMax)],
        "ascent": round(hhea.ascent * 1000 / em),
        "descent": round(hhea.descent * 1000 / em),
    }
    out = io.BytesIO()
    face.save(out)
    return out.getvalue(), codes, advances, metrics


def page_number_signs() -> Face:
    """Return codes and advances of the face of page numbers, for text written where its font is elsewhere."""
    _, codes, advances, _ = _digits()
    return Face(None, codes, advances)


def page_number_face(pdf: pikepdf.Pdf) -> Face:
    """Return the face in which “Page 3 of 61” is stamped."""
    program, codes, _, metrics = _digits()
    advances = page_number_signs().advances
    widths = Array()
    for sign in sorted(codes, key=codes.get):
        widths.extend([codes[sign], Array([round(advances[sign] * 1000)])])
    font = composite(pdf, "PGNUMB+NotoSans-Regular", program, codes, metrics, W=widths, DW=600)
    return Face(font, codes, advances)


@lru_cache(maxsize=1)
def _blank_program() -> bytes:
    """Build a face with one empty glyph: what is behind a picture is read, never seen."""
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "blank"])
    builder.setupCharacterMap({})
    empty = TTGlyphPen(None).glyph()
    builder.setupGlyf({".notdef": empty, "blank": empty})
    builder.setupHorizontalMetrics({".notdef": (500, 0), "blank": (500, 0)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Blank", "styleName": "Regular", "psName": "Blank-Regular"})
    builder.setupOS2(sTypoAscender=800, sTypoDescender=-200)
    builder.setupPost(keepGlyphNames=False)
    builder.updateHead(created=0, modified=0)
    builder.font.recalcTimestamp = False
    out = io.BytesIO()
    builder.save(out)
    return out.getvalue()


def blank_face(pdf: pikepdf.Pdf, signs: list[str]) -> Face:
    """Return a face in which every one of `signs` is blank and can still be searched and copied."""
    codes = {sign: at for at, sign in enumerate(sorted(set(signs)), start=1)}
    glyphs = b"\0\0" + b"\0\1" * len(codes)
    font = composite(
        pdf,
        "BLANKS+Blank-Regular",
        _blank_program(),
        codes,
        {"box": [0, -200, 500, 800], "ascent": 800, "descent": -200},
        DW=500,
        CIDToGIDMap=pdf.make_indirect(Stream(pdf, glyphs)),
    )
    return Face(font, codes, dict.fromkeys(codes, 0.5))


def composite(
    pdf: pikepdf.Pdf, name: str, program: bytes, codes: dict[str, int], metrics: dict, **descendant
) -> pikepdf.Object:
    """Write one face of two-byte codes into a file, with the way back from codes to characters."""
    file = pdf.make_indirect(Stream(pdf, program, Dictionary(Length1=len(program))))
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=Name("/" + name),
        Flags=4,
        FontBBox=Array(metrics["box"]),
        ItalicAngle=0,
        Ascent=metrics["ascent"],
        Descent=metrics["descent"],
        CapHeight=metrics["ascent"],
        StemV=80,
        FontFile2=file,
    )
    inner = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=Name("/" + name),
        CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
        FontDescriptor=pdf.make_indirect(descriptor),
        **({"CIDToGIDMap": Name.Identity} | descendant),
    )
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=Name("/" + name),
            Encoding=Name("/Identity-H"),
            DescendantFonts=Array([pdf.make_indirect(inner)]),
            ToUnicode=pdf.make_indirect(Stream(pdf, _to_unicode(codes))),
        )
    )


def _to_unicode(codes: dict[str, int]) -> bytes:
    """Write the map from codes back to characters, in groups of at most a hundred as the format demands."""
    pairs = sorted((code, sign) for sign, code in codes.items())
    out = [
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
        "1 begincodespacerange <0000> <FFFF> endcodespacerange",
    ]
    for at in range(0, len(pairs), 100):
        group = pairs[at : at + 100]
        out.append(f"{len(group)} beginbfchar")
        out += [f"<{code:04X}> <{sign.encode('utf-16-be').hex().upper()}>" for code, sign in group]
        out.append("endbfchar")
    out.append("endcmap CMapName currentdict /CMap defineresource pop end end")
    return "\n".join(out).encode("ascii")
