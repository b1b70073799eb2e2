"""One rendered package for all tests that only read it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from documents.package.assembly import render_package
from documents.package.seal import SealKey, make_key, read_key
from tests.documents.package import sample


class MemoryCache(dict):
    """A cache that counts what was rendered anew."""

    def put(self, key: str, content: bytes, *, of: str = "") -> None:
        if not of:
            self[key] = content


@pytest.fixture(scope="session")
def key(tmp_path_factory) -> SealKey:
    path = tmp_path_factory.mktemp("seal") / "seal.pem"
    path.write_bytes(make_key("Kestrel Ridge", at=datetime(2026, 11, 23, 8, 0, tzinfo=UTC)))
    return read_key(path)


@pytest.fixture(scope="session")
def rendered() -> tuple[bytes, MemoryCache]:
    cache = MemoryCache()
    return render_package(sample.sample_manifest(), sample.originals(), cache), cache


@pytest.fixture(scope="session")
def package_bytes(rendered) -> bytes:
    return rendered[0]


@pytest.fixture
def warm_cache(rendered) -> MemoryCache:
    """A cache already holding every section of the sample, so that a test renders only what it changes."""
    return MemoryCache(rendered[1])


@pytest.fixture
def manifest() -> dict:
    return sample.sample_manifest()


@pytest.fixture
def originals() -> dict[str, bytes]:
    return sample.originals()
