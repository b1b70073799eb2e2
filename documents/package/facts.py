"""What a section is made from: named parts of the manifest, found by JSON pointer and hashed in canonical form."""

from __future__ import annotations

import unicodedata
from typing import Any

from portal.domain.canonical import canonical_bytes, sha256_of


def part_at(manifest: dict, pointer: str) -> Any:
    """Return the part of the manifest a JSON pointer names, or None when it is not there.

    Source:  RFC 6901, without its escapes: no key of the manifest holds a slash or a tilde.
    """
    part: Any = manifest
    for step in pointer.strip("/").split("/"):
        if isinstance(part, list) and step.isdigit() and int(step) < len(part):
            part = part[int(step)]
        elif isinstance(part, dict):
            part = part.get(step)
        else:
            return None
    return part


def facts_from(manifest: dict, pointers: dict[str, str]) -> dict[str, Any]:
    """Return the named parts of the manifest, ready for a template."""
    return {name: part_at(manifest, pointer) for name, pointer in pointers.items()}


def facts_digest(facts: Any) -> str:
    """Return the sha256 of facts in canonical form: the number printed in the index of the package."""
    return sha256_of(canonical_bytes(facts))


def shown(value: Any) -> Any:
    """Return text as it may be printed: composed, with every control or direction mark made visible.

    A mark that turns the reading direction could make a printed name say something its data does not.
    """
    if isinstance(value, str):
        # nearly all there is; no control or direction mark is printable
        if value.isprintable() and (value.isascii() or unicodedata.is_normalized("NFC", value)):
            return value
        return "".join(_visible(sign) for sign in unicodedata.normalize("NFC", value))
    if isinstance(value, dict):
        return {shown(key): shown(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [shown(item) for item in value]
    return value


def _visible(sign: str) -> str:
    if sign in "\n\t":
        return " "
    if unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}:
        return f"⟨U+{ord(sign):04X}⟩"
    return sign
