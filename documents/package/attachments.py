"""Files inside the package, byte for byte, each with its relationship to the pages."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from pikepdf import Name, String

from documents.package.linking import WholeFile

# Readers save attachments under their name: no path, no control sign, nothing a shell or a file system trips over.
UNSAFE = re.compile(r'[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\\/:*?"<>|]+')
MAX_NAME = 120
MAX_ENDING = 8
# Papers and pictures are packed already.
PACKED = {"application/json", "application/xml", "text/csv", "text/plain", "text/xml"}


@dataclass(frozen=True)
class Attachment:
    """One embedded file; relationship is Source for an original and Data for what the portal wrote."""

    name: str
    content: bytes
    media_type: str
    relationship: str
    description: str


def safe_name(name: str, taken: set[str]) -> str:
    """Return a file name that is safe to save and not yet taken in this package."""
    clean = UNSAFE.sub("_", name).strip(" .") or "original"
    stem, dot, ending = clean.rpartition(".")
    stem, ending = (stem, dot + ending) if stem and len(ending) <= MAX_ENDING else (clean, "")
    stem = stem[: MAX_NAME - len(ending)]
    candidate, count = stem + ending, 2
    while candidate.lower() in taken:
        candidate, count = f"{stem} ({count}){ending}", count + 1
    taken.add(candidate.lower())
    return candidate


def embed(file: WholeFile, attachments: list[Attachment], *, at: str) -> tuple[int, list[int]]:
    """Put the files into the package; return the number of the list of their names, and those of the files.

    at: the moment of release in the form of the file format; the file knows no other clock.
    Source:  ISO 19005-3, 6.8: every embedded file has a type, a moment and a relationship.
    """
    specs, named = [], []
    moment = String(at).unparse()
    for each in attachments:
        check = hashlib.md5(each.content, usedforsecurity=False).hexdigest().encode()
        entries = b" /Type /EmbeddedFile /Subtype %s /Params << /Size %d /CheckSum <%s> /ModDate %s >>" % (
            Name("/" + each.media_type).unparse(),
            len(each.content),
            check,
            moment,
        )
        inside = file.put_stream(each.content, entries, is_packed=each.media_type in PACKED)
        name = String(each.name)
        spec = file.put(
            b"<< /Type /Filespec /F %s /UF %s /Desc %s /AFRelationship %s /EF << /F %d 0 R /UF %d 0 R >> >>"
            % (
                name.unparse(),
                name.unparse(),
                String(each.description).unparse(),
                Name("/" + each.relationship).unparse(),
                inside,
                inside,
            )
        )
        specs.append(spec)
        named.append((bytes(name), b"%s %d 0 R" % (name.unparse(), spec)))
    names = b" ".join(entry for _, entry in sorted(named))
    return file.put(b"<< /Names [ %s ] >>" % names), specs
