"""A cache of drawn sections in memory, for tests and benches."""

from __future__ import annotations


class MemoryCache(dict):
    """Sections by key; a copy has them too, and no whole package."""

    def __init__(self, sections: dict[str, bytes] | None = None) -> None:
        super().__init__(sections or {})
        self.packages: dict[str, bytes] = {}

    def put(self, key: str, content: bytes) -> None:
        self[key] = content

    def recall(self, key: str) -> bytes | None:
        return self.packages.get(key)

    def remember(self, key: str, package: bytes) -> None:
        self.packages[key] = package
