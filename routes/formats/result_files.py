"""Result files of every kind the house reads, told apart by content and brought to one shape."""

from __future__ import annotations

from portal.intake.unreadable import FileNotReadable
from routes.formats.qif import QifDocument, read_qif

KINDS = "QIF 2.0, 2.1 or 3.0"


def read_results(content: bytes) -> tuple[str, QifDocument]:
    """Return the kind of a result file and what it holds; called inside the child process.

    Raises:  FileNotReadable for a file that is of none of these kinds, or is damaged.
    """
    if not content.strip():
        raise FileNotReadable("The file is empty. Export the results again and send that.")
    return "QIF", read_qif(content)
