"""Files inside the package, byte for byte, each with its relationship to the pages."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

# Readers save attachments under their name: no path, no control sign, nothing a shell or a file system trips over.
UNSAFE = re.compile(r'[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\\/:*?"<>|]+')
MAX_NAME = 120
MAX_ENDING = 8


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


def embed(pdf: pikepdf.Pdf, attachments: list[Attachment], *, at: str) -> None:
    """Put the files into the package.

    at: the moment of release in the form of the file format; the file knows no other clock.
    Source:  ISO 19005-3, 6.8: every embedded file has a type, a moment and a relationship.
    """
    specs = {}
    for attachment in attachments:
        stream = Stream(
            pdf,
            attachment.content,
            Dictionary(
                Type=Name.EmbeddedFile,
                Subtype=Name("/" + attachment.media_type),
                Params=Dictionary(
                    Size=len(attachment.content),
                    CheckSum=String(hashlib.md5(attachment.content, usedforsecurity=False).digest()),
                    ModDate=String(at),
                ),
            ),
        )
        file = pdf.make_indirect(stream)
        specs[attachment.name] = pdf.make_indirect(
            Dictionary(
                Type=Name.Filespec,
                F=String(attachment.name),
                UF=String(attachment.name),
                Desc=String(attachment.description),
                AFRelationship=Name("/" + attachment.relationship),
                EF=Dictionary(F=file, UF=file),
            )
        )
    names = Array()
    for name in sorted(specs, key=lambda name: bytes(String(name))):
        names.extend([String(name), specs[name]])
    if Name.Names not in pdf.Root:
        pdf.Root.Names = Dictionary()
    pdf.Root.Names.EmbeddedFiles = pdf.make_indirect(Dictionary(Names=names))
    pdf.Root.AF = Array(list(specs.values()))
