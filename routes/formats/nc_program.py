"""NC programs: the fingerprint of the file, and the fingerprint of what it cuts."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

# A comment runs from ( to ) on one line, or from ; to the end of the line (ISO 6983; common on Fanuc and Haas).
_COMMENT = re.compile(r"\([^()]*\)|;.*$")


@dataclass(frozen=True)
class NcHashes:
    """Two fingerprints of one program.

    Units: `lines` counts the lines of the file, `cutting_lines` those left in the cutting text.
    """

    raw_sha256: str
    cutting_sha256: str
    lines: int
    cutting_lines: int


def nc_hashes(content: bytes) -> NcHashes:
    """Return the sha256 of an NC program as it is and of its cutting text.

    Two programs with the same cutting fingerprint move the machine in the same way; only words for people
    differ. See `cutting_text` for what counts as such.
    """
    text = cutting_text(content)
    return NcHashes(
        raw_sha256=hashlib.sha256(content).hexdigest(),
        cutting_sha256=hashlib.sha256(text.encode("utf-8")).hexdigest(),
        lines=len(_decoded(content).splitlines()),
        cutting_lines=text.count("\n"),
    )


def cutting_text(content: bytes) -> str:
    """Return what of a program reaches the machine, one block a line, each ended by a line feed.

    1. Decode as UTF-8 (with or without mark), else as Windows-1252; every kind of line end is one line end.
    2. Drop comments: (…) within a line, nested ones from the inside out, and ; to the end of the line. Program
       titles, dates, time stamps and tool descriptions live there and go with them.
    3. Drop lines that hold only %, which mark the tape's begin and end.
    4. Drop blanks and tabs inside and around a block: N10 G0 X1. and N10G0X1. are the same block.
    5. Drop lines that are then empty.

    Kept on purpose: line numbers (N) and program numbers (O), because jumps and calls go to them; letter
    case; and the way numbers are written, because X1 and X1. mean different lengths on many controls.
    """
    blocks = (_block(line) for line in _decoded(content).splitlines())
    return "".join(f"{block}\n" for block in blocks if block and block != "%")


def _block(line: str) -> str:
    bare, changed = line, 1
    while changed:
        bare, changed = _COMMENT.subn("", bare)
    return "".join(bare.split())


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")
