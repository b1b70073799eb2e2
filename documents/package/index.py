"""Reading the index of a finished package back from the file itself."""

from __future__ import annotations

import io
import json

import pikepdf


def index_of(package: bytes) -> tuple[list[dict], int]:
    """Return the sections named by the index.json inside a package, and how many pages the file has."""
    with pikepdf.open(io.BytesIO(package)) as pdf:
        listing = json.loads(pdf.attachments["index.json"].get_file().read_bytes())
        return listing["sections"], len(pdf.pages)
