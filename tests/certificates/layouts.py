"""The book of layouts: those a reader may be tuned on, and those that judge it. No code serves both."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from documents.formats.paper import Box, ReadField
from tests.certificates.sheet import Habits, Sheet, Written, letters_of, runs

TUNE, JUDGE = "tune", "judge"


@dataclass(frozen=True)
class Scan:
    """How a paper went over the glass.

    Units:   dots per inch; degrees; standard deviation of the noise in steps of 255; JPEG quality.
    """

    dpi: int = 200
    skew: float = 0.6
    noise: int = 6
    quality: int = 70


@dataclass(frozen=True)
class Layout:
    """One way of laying a certificate out; `country` is where its house stands.

    `families` names the work its form is printed for, nothing for any; `is_wide` turns the paper on its side.
    """

    name: str
    purpose: str
    kind: str
    country: str
    habits: Habits
    font: str
    bold: str
    write: Callable[[Sheet], None]
    scan: Scan | None = None
    families: tuple[str, ...] = ()
    is_wide: bool = False

    def sheet(self, facts) -> Sheet:
        sheet = Sheet(facts, self.habits, self.font, self.bold, self.is_wide)
        self.write(sheet)
        return sheet


class Book(dict):
    """Layouts by name, in the order they were written."""

    def __init__(self, purpose: str):
        super().__init__()
        self.purpose = purpose

    def add(
        self,
        kind: str,
        country: str,
        habits: Habits,
        font: str = "sans",
        bold: str = "",
        scan: Scan | None = None,
        families: tuple[str, ...] = (),
        is_wide: bool = False,
    ):
        def keep(write: Callable[[Sheet], None]) -> Callable[[Sheet], None]:
            name = f"{self.purpose}: {write.__name__.replace('_', ' ')}"
            self[name] = Layout(
                name, self.purpose, kind, country, habits, font, bold or font, write, scan, families, is_wide
            )
            return write

        return keep


def state(
    sheet: Sheet, x: float, y: float, width: float, conforms: str, vague: str, size: float = 8.5
) -> float:
    """Write the statement of conformity, or the vague one a fault asks for."""
    text = vague if sheet.facts.statement == "vague" else conforms
    below = sheet.flow(x, y, width, text, size)
    plain = "".join(piece for piece, _, _ in sheet._pieces(text))
    place = Box(x / sheet.across, y / sheet.down, (x + width) / sheet.across, below / sheet.down)
    sheet.found.append(ReadField("statement", plain, plain, len(sheet.pages), place))
    return below


def number_pages(sheet: Sheet, x: float, y: float, words: str, size: float = 7.5) -> None:
    """Write which page of how many on every page; a fault claims pages that are not there."""
    total = sheet.facts.pages_claimed or len(sheet.pages)
    for number, page in enumerate(sheet.pages, start=1):
        text = words.format(number, total)
        place = x
        for face, run in runs(text, sheet.font):
            page.words.append(Written(place, y, run, face, size))
            place += letters_of(face).width(run, size)
        sheet.found.append(ReadField("page_of", text, f"{number}/{total}", number, None))
