"""The chain of type faces on paper, and the refusal of a character none of them can draw.

A character without a glyph would print as an empty box: a wrong drawing call-out, and no archival file.
"""

from __future__ import annotations

import hashlib
import logging
import os
import unicodedata
from functools import lru_cache
from pathlib import Path

from fontTools.ttLib import TTFont

from portal.domain.errors import Refused

FACES = {
    "NotoSans-Regular.ttf": "Noto Sans",
    "NotoSans-Bold.ttf": "Noto Sans",
    "DejaVuSans.ttf": "DejaVu Sans",
    "DejaVuSansMono.ttf": "DejaVu Sans Mono",
    "NotoSansSymbols-Regular.ttf": "Noto Sans Symbols",
    "NotoSansSymbols2-Regular.ttf": "Noto Sans Symbols2",
    "NotoSansMath-Regular.ttf": "Noto Sans Math",
}
# Chinese and Japanese names need a face of their own; a site that has such customers installs it.
FACES_WHEN_INSTALLED = {"DroidSansFallbackFull.ttf": "Droid Sans Fallback"}

# It tells every step of cutting a face at the level of ordinary news.
logging.getLogger("fontTools").setLevel(logging.WARNING)

FOLDERS = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share") / "fonts",
)


class FontsMissing(Refused):
    """The machine that renders lacks a face of the chain."""

    code = "fonts-missing"


class GlyphMissing(Refused):
    """A character of the package cannot be drawn."""

    code = "glyph-missing"


@lru_cache(maxsize=1)
def installed_faces() -> dict[str, Path]:
    """Return the file of every face in the chain.

    Raises:  FontsMissing when a required face is not on this machine.
    """
    wanted = FACES | FACES_WHEN_INSTALLED
    found: dict[str, Path] = {}
    for folder in FOLDERS:
        for path in sorted(folder.rglob("*.ttf")) if folder.is_dir() else ():
            if path.name in wanted:
                found.setdefault(path.name, path)
    missing = sorted(set(FACES) - set(found))
    if missing:
        raise FontsMissing(
            f"The release package cannot be drawn: this machine has no {', '.join(missing)}. "
            "Install the font packages fonts-noto-core and fonts-dejavu-core and try again."
        )
    return {name: found[name] for name in wanted if name in found}


@lru_cache(maxsize=1)
def drawable() -> frozenset[int]:
    """Return every code point some text face of the chain has a glyph for."""
    covered: set[int] = set()
    for name, path in installed_faces().items():
        if name not in {"NotoSans-Bold.ttf", "DejaVuSansMono.ttf"}:
            with TTFont(path, lazy=True) as face:
                covered.update(face.getBestCmap())
    return frozenset(covered)


@lru_cache(maxsize=1)
def fonts_digest() -> str:
    """Return the sha256 over the files of the chain, in order: other fonts are another rendering."""
    digest = hashlib.sha256()
    for path in installed_faces().values():
        digest.update(path.read_bytes())
    return digest.hexdigest()


def refuse_missing_glyphs(text: str, *, where: str) -> None:
    """Raise when a character of `text` has no glyph in the chain.

    Raises:  GlyphMissing, naming the first such character and the section it stands in.
    """
    for sign in sorted(set(text)):
        if ord(sign) in drawable() or sign in "\n\r\t":
            continue
        name = unicodedata.name(sign, "a character without a name")
        at = text.index(sign)
        around = " ".join(text[max(0, at - 20) : at + 20].split())
        raise GlyphMissing(
            f"{where} holds the character {sign!r} (U+{ord(sign):04X}, {name}) in “{around}”, and no font of the "
            "release package can draw it. Write it with other characters, or install a font that has it and "
            "add that font to the chain.",
            character=sign,
        )
