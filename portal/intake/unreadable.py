"""The refusal of a file that cannot be read."""

from __future__ import annotations

from portal.domain.errors import Refused


class FileNotReadable(Refused):
    """A file was refused. Its sentence says what is wrong, where, and what to send instead."""

    code = "file-not-readable"
