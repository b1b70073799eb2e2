"""What was read on the pages of a certificate, with the place of every word. Plain data: it knows no database.

A reading is a suggestion: it lies beside what a person typed and never takes its place.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields

# how a value came off the page: from the text of the PDF, from a picture of it, from a data file beside it
TEXT, OCR, DATA = "text", "ocr", "data"

# the fields of a certificate: read, typed, signed
FIELDS = (
    "stated_number",
    "stated_on",
    "certificate_type",
    "site",
    "po_number",
    "part_number",
    "part_revision",
    "spec_number",
    "spec_revision",
    "spec_type",
    "spec_class",
    "condition",
    "identifier",
    "quantity",
    "process_from",
    "process_to",
    "signed_name",
)
# what may be read once or more often
KEYS = (
    *FIELDS,
    # beyond the fields: compared or shown, never typed
    "issuer_name",
    "site_address",
    "po_line",
    "lot_number",
    "serials",
    "signed_title",
    "signature_mark",
    "statement",
    "page_of",
    "sub_tier",
    "grade",
    "weight",
)


@dataclass(frozen=True)
class Box:
    """Where words stand on a page, from its upper left corner.

    Units:   fractions of the page's width and height, 0 to 1.
    """

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class ReadField:
    """One thing the paper says: the words as they stand there, and what they mean where that is plain.

    `value` is an ISO day, a bare number or the text without its label; empty where the words can be read in more
    than one way, and `others` then lists the ways (03/04/26 is in March or in April).
    Units:   `page` counts from 1 in the file.
    """

    key: str
    words: str
    value: str
    page: int
    box: Box | None
    how: str = TEXT
    label: str = ""
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReadRow:
    """One row of a table of results. Numbers are text with a decimal point, as plain as the paper allows.

    Units:   value and limits in `unit`; `page` counts from 1 in the file.
    """

    test: str
    property_name: str
    value: str
    unit: str = ""
    minimum: str = ""
    maximum: str = ""
    method: str = ""
    specimen: str = ""
    page: int = 1
    box: Box | None = None
    how: str = TEXT


@dataclass(frozen=True)
class ReadLine:
    """Words that stand together on a page, whatever they mean: what a record expects can be looked for in them.

    Units:   `page` counts from 1 in the file; `row` numbers the lines of that page, cells of one line share it.
    """

    words: str
    page: int
    row: int
    box: Box | None = None
    how: str = TEXT


@dataclass(frozen=True)
class Reading:
    """All that was read on the pages of one certificate.

    The same key may stand several times, the likeliest first. `doubts` are sentences for the person who checks.
    Units:   `page_sizes` width and height of each page read, in points, or in pixels of a picture.
    """

    found: tuple[ReadField, ...] = ()
    rows: tuple[ReadRow, ...] = ()
    how: str = TEXT
    language: str = ""
    pages_read: int = 0
    doubts: tuple[str, ...] = ()
    page_sizes: tuple[tuple[float, float], ...] = ()
    lines: tuple[ReadLine, ...] = ()

    def of(self, key: str) -> Iterator[ReadField]:
        """Yield what was read for one key, the likeliest first."""
        return (each for each in self.found if each.key == key)

    def first(self, key: str) -> ReadField | None:
        return next(self.of(key), None)

    def as_data(self) -> dict:
        """Return the reading as plain data that JSON can carry."""
        return asdict(self)

    @classmethod
    def from_data(cls, data: dict) -> Reading:
        """Build a reading again from what `as_data` gave; names of a later version are left out."""
        known = {field.name for field in fields(cls)}
        plain = {name: value for name, value in data.items() if name in known}
        plain["found"] = tuple(_built(ReadField, each) for each in data.get("found", ()))
        plain["rows"] = tuple(_built(ReadRow, each) for each in data.get("rows", ()))
        plain["lines"] = tuple(_built(ReadLine, each) for each in data.get("lines", ()))
        plain["doubts"] = tuple(data.get("doubts", ()))
        plain["page_sizes"] = tuple((width, height) for width, height in data.get("page_sizes", ()))
        return cls(**plain)


def _built(kind: type, data: dict):
    known = {field.name for field in fields(kind)}
    plain = {name: value for name, value in data.items() if name in known}
    if plain.get("box"):
        plain["box"] = Box(**plain["box"])
    if "others" in plain:
        plain["others"] = tuple(plain["others"])
    return kind(**plain)
