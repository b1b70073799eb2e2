"""ZIP archives: an Excel workbook is one, and anything else in a ZIP is refused with its reason."""

from __future__ import annotations

import io
import zipfile
from pathlib import PurePosixPath

from portal.intake.inside import Inside
from portal.intake.media import XLSX

MIB = 1024 * 1024
MOST_MEMBERS = 5_000
LARGEST_UNPACKED_BYTES = 300 * MIB
# Sheets of numbers pack 20 to 1; a bomb packs 1000 to 1.
MOST_RATIO = 200
_CHUNK_BYTES = 256 * 1024


def look_inside_archive(content: bytes, media_type: str) -> Inside:
    """Judge an archive by its directory, then by counting while unpacking, since a directory can lie.

    Units: bytes.
    """
    found = Inside(media_type=media_type)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _judge_directory(archive, len(content), found)
            if not found.problems:
                _count_members(archive, found)
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, EOFError):
        found.refuse("truncated", "The archive is cut off or damaged. Save it again and send that.")
    if media_type != XLSX and not found.problems:
        found.refuse(
            "archive",
            "The file is a ZIP archive. Unpack it and send the files that are meant as proof one by one.",
        )
    return found


def _judge_directory(archive: zipfile.ZipFile, packed_bytes: int, found: Inside) -> None:
    members = archive.infolist()
    unpacked_bytes = sum(member.file_size for member in members)
    if len(members) > MOST_MEMBERS or unpacked_bytes > min(
        LARGEST_UNPACKED_BYTES, max(MIB, packed_bytes * MOST_RATIO)
    ):
        found.refuse("bomb", _bomb(unpacked_bytes, packed_bytes))
    for member in members:
        parts = PurePosixPath(member.filename.replace("\\", "/")).parts
        if ".." in parts or (parts and (parts[0] == "/" or parts[0].endswith(":"))):
            found.refuse(
                "traversal",
                "The archive holds a file that wants to be written outside its folder. It is refused.",
            )
            return
        if member.flag_bits & 1:
            found.refuse(
                "needs_password", "The archive is locked by a password. Save it without one and send that."
            )
            return
        if member.filename.endswith("vbaProject.bin"):
            found.warn("macro", "The workbook carries macros. They are never run; only its cells are read.")


def _count_members(archive: zipfile.ZipFile, found: Inside) -> None:
    unpacked_bytes = 0
    for member in archive.infolist():
        with archive.open(member) as opened:
            while chunk := opened.read(_CHUNK_BYTES):
                unpacked_bytes += len(chunk)
                if unpacked_bytes > LARGEST_UNPACKED_BYTES:
                    found.refuse("bomb", _bomb(unpacked_bytes, member.compress_size))
                    return


def _bomb(unpacked_bytes: int, packed_bytes: int) -> str:
    return (
        f"The archive unpacks from {packed_bytes / MIB:.1f} MiB to {unpacked_bytes / MIB:.1f} MiB, as a "
        "decompression bomb does. Send the documents themselves, not packed."
    )
