"""What a file is, told by its content; never by its name or by what the browser claims."""

from __future__ import annotations

import codecs
import json
import re
from pathlib import PurePath

PDF = "application/pdf"
PNG = "image/png"
JPEG = "image/jpeg"
TIFF = "image/tiff"
HEIC = "image/heic"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ZIP = "application/zip"
QIF = "application/qif+xml"
XML = "application/xml"
JSON = "application/json"
CSV = "text/csv"
TEXT = "text/plain"
NC_PROGRAM = "text/x-nc-program"
HTML = "text/html"
SVG = "image/svg+xml"
PROGRAM = "application/x-executable"
OLD_OFFICE = "application/x-ole-storage"
EMPTY = "application/x-empty"
UNKNOWN = "application/octet-stream"

KIND_WORDS = {
    PDF: "a PDF",
    PNG: "a PNG picture",
    JPEG: "a JPEG picture",
    TIFF: "a TIFF picture",
    HEIC: "a HEIC picture",
    XLSX: "an Excel workbook",
    DOCX: "a Word document",
    ZIP: "a ZIP archive",
    QIF: "a QIF file",
    XML: "an XML file",
    JSON: "a JSON file",
    CSV: "a CSV table",
    TEXT: "plain text",
    NC_PROGRAM: "an NC program",
    HTML: "a web page",
    SVG: "an SVG drawing",
    PROGRAM: "a computer program",
    OLD_OFFICE: "an old or password-protected Office file",
    EMPTY: "empty",
    UNKNOWN: "of a kind the portal does not know",
}

_WRITTEN = frozenset({CSV, TEXT, NC_PROGRAM})
_BY_SUFFIX = {
    ".pdf": frozenset({PDF}),
    ".png": frozenset({PNG}),
    ".jpg": frozenset({JPEG}),
    ".jpeg": frozenset({JPEG}),
    ".tif": frozenset({TIFF}),
    ".tiff": frozenset({TIFF}),
    ".heic": frozenset({HEIC, JPEG}),
    ".heif": frozenset({HEIC}),
    ".xlsx": frozenset({XLSX}),
    ".qif": frozenset({QIF, XML}),
    ".xml": frozenset({QIF, XML}),
    ".json": frozenset({JSON}),
    ".csv": _WRITTEN,
    ".tsv": _WRITTEN,
    ".txt": _WRITTEN,
    ".nc": _WRITTEN,
    ".tap": _WRITTEN,
}

# Text before the PDF header is tolerated by every reader; beyond this offset it is another file in disguise.
_HEADER_WINDOW_BYTES = 1024
# ISO/IEC 23008-12: the brands of still pictures coded with HEVC, as telephones write them
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"mif1"})
_SAMPLE_BYTES = 64 * 1024
_NC_BLOCK = re.compile(r"^(?:/?[NO]\d+|[GMTSFXYZ][-+]?\d|%$|\()", re.IGNORECASE)
_MARKUP = re.compile(rb"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(!doctype\s+)?([a-z:_]+)", re.I | re.S)


def media_type_of(content: bytes) -> str:
    """Return the media type the bytes themselves show."""
    if not content:
        return EMPTY
    return _by_signature(content) or _by_markup(content) or _by_text(content)


def named_kinds(name: str) -> frozenset[str]:
    """Return the media types a file of this name may hold; empty when the name promises nothing."""
    return _BY_SUFFIX.get(PurePath(name.strip()).suffix.lower(), frozenset())


def decode_text(content: bytes) -> str | None:
    """Return the text of a file in UTF-8, UTF-16 with its mark, or Windows-1252; None when it is not text."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decoded(content, "utf-16")
    if b"\0" in content:
        return None
    return _decoded(content, "utf-8-sig") or _decoded(content, "cp1252")


def _decoded(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeError:
        return None


def _by_signature(content: bytes) -> str | None:
    signatures = (
        (b"MZ", PROGRAM),
        (b"\x7fELF", PROGRAM),
        (b"#!", PROGRAM),
        (b"\x89PNG\r\n\x1a\n", PNG),
        (b"\xff\xd8\xff", JPEG),
        (b"II*\0", TIFF),
        (b"MM\0*", TIFF),
        (b"PK\x03\x04", ZIP),
        (b"PK\x05\x06", ZIP),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLD_OFFICE),
    )
    for start, media_type in signatures:
        if content.startswith(start):
            return _archive_kind(content) if media_type == ZIP else media_type
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC_BRANDS:
        return HEIC
    head = content[:_HEADER_WINDOW_BYTES]
    at = head.find(b"%PDF-")
    # Markup in front of the header makes the file a web page to a browser, whatever a PDF reader says.
    if at >= 0 and b"<" not in head[:at]:
        return PDF
    return None


def _archive_kind(content: bytes) -> str:
    """Return which office program wrote an archive; the one named first, since a document may hold another."""
    places = {XLSX: content.find(b"xl/workbook.xml"), DOCX: content.find(b"word/document.xml")}
    found = {kind: place for kind, place in places.items() if place >= 0}
    return min(found, key=found.__getitem__) if found else ZIP


def _by_markup(content: bytes) -> str | None:
    text = decode_text(content[:_SAMPLE_BYTES])
    found = _MARKUP.match(text.encode() if text else content[:_SAMPLE_BYTES])
    if found is None:
        return None
    tag = found.group(2).lower().rpartition(b":")[2]
    if tag in {b"html", b"head", b"body", b"script", b"iframe", b"img"}:
        return HTML
    if tag == b"svg":
        return SVG
    return QIF if b"QIFDocument" in content[:_SAMPLE_BYTES] else XML


def _by_text(content: bytes) -> str:
    text = decode_text(content)
    if text is None:
        return UNKNOWN
    if text.lstrip()[:1] in {"{", "["} and _is_json(text):
        return JSON
    lines = [line.strip() for line in text[:_SAMPLE_BYTES].splitlines() if line.strip()]
    if not lines:
        return EMPTY
    blocks = sum(1 for line in lines if _NC_BLOCK.match(line))
    if blocks * 10 >= len(lines) * 8:
        return NC_PROGRAM
    return CSV if _is_table(lines) else TEXT


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _is_table(lines: list[str]) -> bool:
    """Say whether most lines carry the same separator as the first."""
    for separator in (";", "\t", ","):
        if separator in lines[0]:
            return sum(1 for line in lines if separator in line) * 10 >= len(lines) * 9
    return False
