"""How people's own words for a record appear in addresses."""

from __future__ import annotations


class EmailConverter:
    """An e-mail address as one part of an address; a local part may hold a slash."""

    regex = r"[^\s@]+@[^\s@/]+"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
