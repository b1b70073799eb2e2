"""Result files of every kind the house reads, told apart by content and brought to one shape."""

from __future__ import annotations

import codecs
from dataclasses import replace

from portal.intake import child
from portal.intake.media import CSV, QIF, TEXT, XLSX, XML, decode_text
from portal.intake.unreadable import FileNotReadable
from routes.formats.aqdef import read_aqdef
from routes.formats.aqdef_lines import BETWEEN_CHARACTERISTICS, BETWEEN_FIELDS, is_aqdef
from routes.formats.qif import QifDocument, document_from, read_qif
from routes.formats.qif_schemas import schema_findings
from routes.formats.result_tables import read_table

READER = "routes.formats.result_files:read_document"
# what such files look like from outside; see `portal.intake.media`
MEDIA_TYPES = (QIF, XML, CSV, TEXT, XLSX)
KINDS = (
    "QIF 2.0, 2.1 or 3.0, AQDEF (.dfq), a workbook (.xlsx), or a table (axis table, characteristic list, CSV)"
)


def read_results_file(content: bytes) -> QifDocument:
    """Read a result file of any kind the house knows in a limited child process.

    Raises:  FileNotReadable with the reason when it cannot be read.
    """
    from django.conf import settings  # the child process reads files without any settings

    arguments = {"schemas": settings.QIF_SCHEMAS}
    return document_from(child.run(reader=READER, content=content, arguments=arguments))


def read_document(content: bytes, schemas: str = "") -> QifDocument:
    """Read one result file; called inside the child process."""
    return read_results(content, schemas)[1]


def read_results(content: bytes, schemas: str = "") -> tuple[str, QifDocument]:
    """Return the kind of a result file and what it holds; called inside the child process.

    schemas: folder of the QIF schemas to validate by, empty for none.
    Raises:  FileNotReadable for a file that is of none of these kinds, or is damaged.
    """
    if not content.strip():
        raise FileNotReadable("The file is empty. Export the results again and send that.")
    if content.startswith(b"PK"):
        from routes.formats.result_workbooks import read_workbook

        return "XLSX", read_workbook(content)
    if not content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        text = _text_of(content)
        if text is not None and is_aqdef(text):
            return "AQDEF", read_aqdef(text, encoding=encoding_of(content))
        found = read_table(text) if text else None
        if found is not None:
            return "table", replace(found, facts={"encoding": encoding_of(content)})
        if text and (BETWEEN_CHARACTERISTICS in text or BETWEEN_FIELDS in text):
            raise FileNotReadable(
                "The file holds values of AQDEF without their description. Choose the description (.dfd) that belongs "
                "to them too, or send both in one .dfq file."
            )
        if text is not None and "<" not in text[:200]:
            raise FileNotReadable(
                f"The file is none of the result files known here: {KINDS}. A table begins with a row that names the "
                "characteristic, its limits or the measured value, or a column for each piece."
            )
    document = read_qif(content)
    notes, facts = schema_findings(content, document.version, schemas)
    return "QIF", replace(document, notes=(*document.notes, *notes), facts=document.facts | facts)


def _text_of(content: bytes) -> str | None:
    text = decode_text(content)
    return text.lstrip("\ufeff").replace("\0", "") if text else None


def encoding_of(content: bytes) -> str:
    """Return how a text is written: utf-8 (plain ASCII too), utf-16, or the Windows code page 1252."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def with_description(description: bytes, values: bytes) -> bytes:
    """Return one AQDEF file (.dfq) made of a description (.dfd) and its values (.dfx), each byte for byte.

    Raises:  FileNotReadable when the first is no description, or the two are written in different encodings.
    """
    text = _text_of(description)
    if text is None or not is_aqdef(text):
        raise FileNotReadable(
            "The description is no AQDEF file (.dfd): it begins with K fields such as K0100 or K1001. "
            "Choose the .dfd file that belongs to these values."
        )
    wide = {encoding_of(description), encoding_of(values)}
    if len(wide) > 1 and "utf-16" in wide:
        raise FileNotReadable(
            "The description and the values are written in different encodings. Export them together again."
        )
    if wide == {"utf-16"}:
        return description + "\r\n".encode("utf-16")[2:] + values[2:]
    return description.rstrip(b"\x1a") + b"\r\n" + values.removeprefix(codecs.BOM_UTF8)
