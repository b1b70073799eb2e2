"""Fonts cut down to the letters the papers use, so that a page is made in milliseconds.

Each face is one file and no other stands in for it: a paper set in another face is another paper to read.
"""

from __future__ import annotations

import functools
import io
from dataclasses import dataclass
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

FOLDER = Path("/usr/share/fonts/truetype")
FILES = {
    "sans": "dejavu/DejaVuSans.ttf",
    "sans bold": "dejavu/DejaVuSans-Bold.ttf",
    "serif": "dejavu/DejaVuSerif.ttf",
    "serif bold": "dejavu/DejaVuSerif-Bold.ttf",
    "mono": "dejavu/DejaVuSansMono.ttf",
    "plain": "liberation/LiberationSans-Regular.ttf",
    "plain bold": "liberation/LiberationSans-Bold.ttf",
    "roman": "liberation/LiberationSerif-Regular.ttf",
    "roman bold": "liberation/LiberationSerif-Bold.ttf",
    "narrow": "liberation/LiberationSansNarrow-Regular.ttf",
    "noto": "noto/NotoSans-Regular.ttf",
    "noto bold": "noto/NotoSans-Bold.ttf",
    "noto serif": "noto/NotoSerif-Regular.ttf",
    "han": "droid/DroidSansFallbackFull.ttf",
}
LATIN = "".join(map(chr, (*range(32, 127), *range(160, 256)))) + "–—≥≤µ°•’“”„ŁłŚśŻżĄą…"


@dataclass(frozen=True)
class Face:
    """One font, cut down: its file and how wide each letter is.

    Units:   widths in thousandths of the font size.
    """

    name: str
    content: bytes
    glyphs: dict[str, int]
    widths: dict[int, int]
    ascent: int
    descent: int

    def width(self, text: str, size: float) -> float:
        return sum(self.widths[self.glyphs[letter]] for letter in text) * size / 1000

    def encode(self, text: str) -> bytes:
        return b"".join(self.glyphs[letter].to_bytes(2, "big") for letter in text)


@functools.cache
def face(name: str, letters: str = LATIN) -> Face:
    """Return a font with the letters asked for; a letter it lacks is a mistake in the paper, and raises."""
    path = FOLDER / FILES[name]
    if not path.exists():
        raise FileNotFoundError(
            f"{path} is missing. Papers are set in it: apt-get install fonts-liberation fonts-dejavu-core "
            "fonts-noto-core fonts-droid-fallback"
        )
    font = TTFont(path, fontNumber=0)
    options = subset.Options(hinting=False, layout_features=[], notdef_outline=True, name_IDs=[])
    options.drop_tables += ["FFTM"]
    cut = subset.Subsetter(options)
    cut.populate(text=letters)
    cut.subset(font)
    target = io.BytesIO()
    font.save(target)
    order, metrics, per_em = font.getReverseGlyphMap(), font["hmtx"], font["head"].unitsPerEm
    known = {chr(code): glyph for code, glyph in font.getBestCmap().items()}
    return Face(
        name=name.title().replace(" ", ""),
        content=target.getvalue(),
        glyphs={letter: order[glyph] for letter, glyph in known.items()},
        widths={order[glyph]: round(metrics[glyph][0] * 1000 / per_em) for glyph in known.values()},
        ascent=round(font["hhea"].ascent * 1000 / per_em),
        descent=round(font["hhea"].descent * 1000 / per_em),
    )
