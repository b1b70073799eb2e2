"""Hashing kept files again: whether the store still holds exactly what was taken in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from django.core.files.storage import default_storage

PIECE_BYTES = 1024 * 1024


def hash_again(hashes: Iterable[str]) -> dict[str, bool]:
    """Return for each sha256 whether the store holds a file with exactly that content."""
    return {sha256: _is_intact(sha256) for sha256 in sorted(set(hashes))}


def _is_intact(sha256: str) -> bool:
    name = f"{sha256[:2]}/{sha256[2:4]}/{sha256}"
    if not default_storage.exists(name):
        return False
    found = hashlib.sha256()
    with default_storage.open(name, "rb") as handle:
        while piece := handle.read(PIECE_BYTES):
            found.update(piece)
    return found.hexdigest() == sha256
