"""One look at a foreign file: what it is, whether it can be read, what a person should know about it.

`look_at` is what the portal calls. It never raises for anything a file can contain. A file with problems is
refused by whoever asked for the look; a file with warnings is taken, its original kept byte for byte.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from pathlib import Path

from portal.intake import child
from portal.intake.media import KIND_WORDS, UNKNOWN, named_kinds
from portal.intake.names import safe_name
from portal.intake.unreadable import FileNotReadable

READER = "portal.intake.reading:look_inside"
PAINTER = "portal.intake.pictures:draw_pages"


@dataclass(frozen=True)
class Look:
    """What one look found.

    `features` are stable codes of everything named in problems and warnings (`javascript`, `signature`,
    `needs_password`, …). `wall` says which limits held while looking.

    Units: page sizes in points for a PDF, in pixels for a picture; width then height.
    """

    name: str
    media_type: str
    is_readable: bool
    problems: tuple[str, ...]
    warnings: tuple[str, ...]
    features: tuple[str, ...]
    page_count: int
    page_texts: tuple[str, ...]
    page_sizes: tuple[tuple[float, float], ...]
    wall: str


def look_at(
    source: str | Path | bytes, name: str, media_hint: str | None = None, limits: child.Limits | None = None
) -> Look:
    """Look at one file in a limited child process and say what was found.

    The media hint of a browser is never believed; it is named when the content disagrees with it.
    """
    shown = safe_name(name)
    given = {"content": source} if isinstance(source, bytes) else {"path": source}
    try:
        found = child.run(
            reader=READER, arguments={"kinds": sorted(named_kinds(shown))}, limits=limits, **given
        )
    except FileNotReadable as refusal:
        return _refused(shown, refusal.sentence)
    problems = tuple(found["problems"])
    return Look(
        name=shown,
        media_type=found["media_type"],
        is_readable=not problems,
        problems=problems,
        warnings=(*found["warnings"], *_hint_warning(media_hint, found["media_type"])),
        features=tuple(found["features"]),
        page_count=found["page_count"],
        page_texts=tuple(found["page_texts"]),
        page_sizes=tuple((width, height) for width, height in found["page_sizes"]),
        wall=child.wall(),
    )


def page_images(source: str | Path | bytes, pages: list[int], dpi: int = 150) -> list[bytes]:
    """Draw pages of a PDF or picture as PNG files in a limited child process.

    Units:   pages count from 1; dots per inch, 20 to 400.
    Raises:  FileNotReadable when the file or a page cannot be drawn.
    """
    if not 20 <= dpi <= 400:
        raise ValueError("Pages are drawn with 20 to 400 dots per inch.")
    given = {"content": source} if isinstance(source, bytes) else {"path": source}
    drawn = child.run(reader=PAINTER, arguments={"pages": list(pages), "dpi": dpi}, **given)
    return [base64.b64decode(picture) for picture in drawn]


def _refused(name: str, sentence: str) -> Look:
    return Look(
        name=name,
        media_type=UNKNOWN,
        is_readable=False,
        problems=(sentence,),
        warnings=(),
        features=("unreadable",),
        page_count=0,
        page_texts=(),
        page_sizes=(),
        wall=child.wall(),
    )


def _hint_warning(hint: str | None, media_type: str) -> tuple[str, ...]:
    """Name a claim that is plainly about another kind; browsers say vague things about the rest."""
    claimed = (hint or "").partition(";")[0].strip().lower()
    if claimed not in KIND_WORDS or claimed in (media_type, UNKNOWN) or claimed.startswith("text/"):
        return ()
    return (f"The sender called the file {KIND_WORDS[claimed]}; its content is {KIND_WORDS[media_type]}.",)
