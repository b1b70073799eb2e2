"""Hashing kept files again: whether the store still holds exactly what was taken in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache

from django.core.files.storage import default_storage

PIECE_BYTES = 1024 * 1024
# as many files as the open shipments of a busy shop stand on
REMEMBERED = 20_000


def hash_again(hashes: Iterable[str]) -> dict[str, bool]:
    """Return for each sha256 whether the store holds a file with exactly that content."""
    return {sha256: _is_there(sha256) and _is_intact(sha256) for sha256 in sorted(set(hashes))}


def hash_what_changed(hashes: Iterable[str]) -> dict[str, bool]:
    """Return the same for a board that is looked at all day: a file is read again when its size or time changed.

    Whoever lets something leave reads every byte with `hash_again`.
    """
    return {sha256: _is_there(sha256) and _is_as_hashed(sha256) for sha256 in sorted(set(hashes))}


def _name(sha256: str) -> str:
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"


def _is_there(sha256: str) -> bool:
    return default_storage.exists(_name(sha256))


def _is_as_hashed(sha256: str) -> bool:
    name = _name(sha256)
    return _remembered(sha256, default_storage.size(name), default_storage.get_modified_time(name))


@lru_cache(maxsize=REMEMBERED)
def _remembered(sha256: str, size_bytes: int, changed_at: datetime) -> bool:
    return _is_intact(sha256)


def _is_intact(sha256: str) -> bool:
    found = hashlib.sha256()
    with default_storage.open(_name(sha256), "rb") as handle:
        while piece := handle.read(PIECE_BYTES):
            found.update(piece)
    return found.hexdigest() == sha256
