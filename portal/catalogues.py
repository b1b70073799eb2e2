"""Catalogues of translated words: read as people write them (.po), compiled as gettext reads them (.mo).

Both stand in the repository, so that a fresh machine needs no gettext tools.
"""

from __future__ import annotations

import ast
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

PLACEHOLDER = re.compile(r"%\(\w+\)[#0\- +]*[\d.]*[sdfr]|\{\w*(?:\.\w+)*\}|%%")
_MAGIC = 0x950412DE
_KEYWORD = re.compile(r"(msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?)\s+(\".*\")$")


@dataclass
class Entry:
    """One sentence with its translations; `forms` has one for each plural form of the language."""

    msgid: str = ""
    plural: str = ""
    context: str | None = None
    forms: list[str] = field(default_factory=list)
    is_fuzzy: bool = False

    @property
    def is_translated(self) -> bool:
        return not self.is_fuzzy and bool(self.forms) and all(self.forms)


def read(path: Path) -> list[Entry]:
    """Return the entries of a .po file; the first is its header."""
    return list(_entries(path.read_text(encoding="utf-8")))


def _entries(text: str) -> Iterator[Entry]:
    for block in re.split(r"\n\s*\n", text.strip()):
        lines = [line for line in block.splitlines() if not line.startswith("#~")]
        if not any(line.startswith("msgid") for line in lines):
            continue
        entry, parts, now = Entry(), {}, ""
        for line in lines:
            if line.startswith("#"):
                entry.is_fuzzy = entry.is_fuzzy or (line.startswith("#,") and "fuzzy" in line)
            elif match := _KEYWORD.match(line):
                now = match[1]
                parts[now] = ast.literal_eval(match[2])
            elif line.startswith('"'):
                parts[now] += ast.literal_eval(line)
        entry.msgid, entry.plural = parts.get("msgid", ""), parts.get("msgid_plural", "")
        entry.context = parts.get("msgctxt")
        entry.forms = [parts[key] for key in sorted(parts) if key.startswith("msgstr")]
        yield entry


def compiled(entries: list[Entry]) -> bytes:
    """Return a catalogue as gettext reads it: sorted, without what is not translated."""
    pairs = sorted(
        (_key(entry).encode(), "\x00".join(entry.forms).encode())
        for entry in entries
        if entry.is_translated or (not entry.msgid and entry.forms)
    )
    ids, texts, index = b"", b"", []
    for key, text in pairs:
        index.append((len(key), len(ids), len(text), len(texts)))
        ids, texts = ids + key + b"\x00", texts + text + b"\x00"
    count, start = len(index), 28 + 16 * len(index)
    head = struct.pack("<7I", _MAGIC, 0, count, 28, 28 + 8 * count, 0, start)
    for_ids = b"".join(struct.pack("<2I", size, start + at) for size, at, _, _ in index)
    for_texts = b"".join(struct.pack("<2I", size, start + len(ids) + at) for _, _, size, at in index)
    return head + for_ids + for_texts + ids + texts


def _key(entry: Entry) -> str:
    key = f"{entry.msgid}\x00{entry.plural}" if entry.plural else entry.msgid
    return key if entry.context is None else f"{entry.context}\x04{key}"


def placeholders(text: str) -> list[str]:
    """Return what is filled into a sentence, in alphabetical order."""
    return sorted(set(PLACEHOLDER.findall(text)) - {"%%"})
