"""The digest of facts: their canonical bytes, written without copying them first; a board is judged by thousands."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import asdict, is_dataclass

from portal.domain.canonical import canonical_bytes, plain, sha256_of


def digest_of(facts) -> str:
    """Return the sha256 of the canonical bytes of facts, a dataclass or several by name.

    Text that is not composed yet takes the long way, through a copy.
    """
    text = json.dumps(facts, default=_plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    if unicodedata.is_normalized("NFC", text):
        return sha256_of(text.encode())
    return sha256_of(canonical_bytes(_copied(facts)))


def _plain(value):
    return vars(value) if is_dataclass(value) else plain(value)


def _copied(facts):
    return {name: asdict(each) for name, each in facts.items()} if isinstance(facts, dict) else asdict(facts)
