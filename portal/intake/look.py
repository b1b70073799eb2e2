"""One look at a foreign file: what it is, whether it can be read, what a person should know about it.

`look_at` is what the portal calls. It never raises for anything a file can contain. A file with problems is
refused by whoever asked for the look; a file with warnings is taken, its original kept byte for byte.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass, replace
from pathlib import Path

from portal.intake import child
from portal.intake.media import KIND_WORDS, UNKNOWN, named_kinds
from portal.intake.names import safe_name
from portal.intake.unreadable import FileNotReadable

# what is active or hidden in a file that is taken: kept in the original, left out of what is made of it
ACTIVE = frozenset(
    {"javascript", "launch", "submit", "embedded_file", "xfa", "3d", "tail", "macro", "formula"}
)
# a look at an honest certificate takes a tenth of this
LIMITS = child.Limits(memory_bytes=512 * child.MIB, cpu_seconds=8, wall_seconds=20)
READER = "portal.intake.reading:look_inside"
PAINTER = "portal.intake.pictures:draw_pages"


@dataclass(frozen=True)
class Look:
    """What one look found.

    `features` are stable codes of everything named in problems and warnings (`javascript`, `signature`,
    `needs_password`, …). `wall` says which limits held while looking.

    `signatures` and `carried` are plain rows: who signed and whether it holds, which files are inside.

    Units: page sizes in points for a PDF, in pixels for a picture; width then height; seconds; bytes of memory.
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
    signatures: tuple[dict, ...] = ()
    carried: tuple[dict, ...] = ()
    seconds: float = 0.0
    peak_bytes: int = 0

    @property
    def needs_cleaning(self) -> bool:
        """Whether the file is taken, but not all that is in it may reach a package."""
        return self.is_readable and not ACTIVE.isdisjoint(self.features)


ACCEPT, SANITISED, REJECT = "accept", "accept_sanitised", "reject"


def treatment_of(look: Look) -> str:
    """Say what becomes of a file: taken, taken without what is active in it, or refused."""
    if not look.is_readable:
        return REJECT
    return SANITISED if look.needs_cleaning else ACCEPT


def look_at(
    source: str | Path | bytes, name: str, media_hint: str | None = None, limits: child.Limits | None = None
) -> Look:
    """Look at one file in a limited child process and say what was found.

    The media hint of a browser is never believed; it is named when the content disagrees with it.
    """
    shown = safe_name(name)
    given = {"content": source} if isinstance(source, bytes) else {"path": source}
    try:
        ran = child.run_measured(
            reader=READER, arguments={"kinds": sorted(named_kinds(shown))}, limits=limits or LIMITS, **given
        )
    except FileNotReadable as refusal:
        return _refused(shown, refusal.sentence)
    if ran.refusal:
        return replace(
            _refused(shown, ran.refusal), seconds=ran.seconds, peak_bytes=ran.peak_bytes, features=(ran.why,)
        )
    found = ran.data
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
        signatures=tuple(found["signatures"]),
        carried=tuple(found["carried"]),
        seconds=ran.seconds,
        peak_bytes=ran.peak_bytes,
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
