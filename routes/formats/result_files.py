"""Result files of every kind the house reads, told apart by content and brought to one shape."""

from __future__ import annotations

from portal.intake import child
from portal.intake.media import CSV, QIF, TEXT, XML, decode_text
from portal.intake.unreadable import FileNotReadable
from routes.formats.qif import QifDocument, document_from, read_qif
from routes.formats.result_tables import read_table

READER = "routes.formats.result_files:read_document"
# what such files look like from outside; see `portal.intake.media`
MEDIA_TYPES = (QIF, XML, CSV, TEXT)
KINDS = "QIF 2.0, 2.1 or 3.0, or a table (axis table, characteristic list, wide CSV)"


def read_results_file(content: bytes) -> QifDocument:
    """Read a result file of any kind the house knows in a limited child process.

    Raises:  FileNotReadable with the reason when it cannot be read.
    """
    return document_from(child.run(reader=READER, content=content))


def read_document(content: bytes) -> QifDocument:
    """Read one result file; called inside the child process."""
    return read_results(content)[1]


def read_results(content: bytes) -> tuple[str, QifDocument]:
    """Return the kind of a result file and what it holds; called inside the child process.

    Raises:  FileNotReadable for a file that is of none of these kinds, or is damaged.
    """
    if not content.strip():
        raise FileNotReadable("The file is empty. Export the results again and send that.")
    if not content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        text = decode_text(content)
        found = read_table(text.lstrip("\ufeff").replace("\0", "")) if text else None
        if found is not None:
            return "table", found
        if text is not None and "<" not in text[:200]:
            raise FileNotReadable(
                f"The file is none of the result files known here: {KINDS}. A wide CSV begins with a row that names "
                "Characteristic, LSL, USL and then each piece."
            )
    return "QIF", read_qif(content)
