"""One documented byte string for a record, so that a hash means the same for ever.

UTF-8 JSON with sorted keys and no spaces, text in NFC, moments in UTC with microseconds and a Z, days as
YYYY-MM-DD, decimals as plain text without exponent, never a float.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
import uuid
from datetime import UTC, date, datetime
from decimal import Decimal


def _plain(value):
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, uuid.UUID):
        return str(value)
    if isinstance(value, dict):
        return {unicodedata.normalize("NFC", str(key)): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    raise TypeError(f"{type(value).__name__} has no canonical form; floats and sets are not evidence.")


def plain(value):
    """Return `value` as JSON-able data in canonical form (decimals and moments as text)."""
    return _plain(value)


def canonical_bytes(value) -> bytes:
    """Return the canonical byte string of plain data.

    Raises:  TypeError for a float, a set or any type without a documented form.
    """
    return json.dumps(_plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def sha256_of(content: bytes) -> str:
    """Return the lower-case hex sha256 of `content`."""
    return hashlib.sha256(content).hexdigest()
