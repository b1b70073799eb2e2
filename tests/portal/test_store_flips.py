"""Whatever is done to kept bytes, the check of the store names it: flipped, cut, swapped or renamed, big or small."""

from __future__ import annotations

import random
import tracemalloc
from pathlib import Path

import pytest
from django.core.files.storage import default_storage

from portal.domain.files import store_own_file
from portal.domain.store_check import check_store

pytestmark = pytest.mark.django_db
SEEDS = range(8)
BIG_BYTES = 48 * 1024 * 1024


def path_of(stored) -> Path:
    return Path(default_storage.path(stored.storage_name))


def put(stored, content: bytes) -> None:
    path_of(stored).chmod(0o640)
    path_of(stored).write_bytes(content)


def found() -> set[tuple[str, str]]:
    return {(each.kind, each.path) for each in check_store()}


@pytest.mark.parametrize("seed", SEEDS)
def test_any_damage_to_any_file_is_named_and_nothing_else(seed, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    chance = random.Random(seed)
    files = [
        store_own_file(content=chance.randbytes(chance.randint(1, 5000)), name=f"{at}.bin", media_type="x/y")
        for at in range(40)
    ]
    whole = {each.pk: path_of(each).read_bytes() for each in files}
    assert found() == set()
    flipped, cut, one, other, moved, *untouched = chance.sample(files, 9)
    content = bytearray(whole[flipped.pk])
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    put(flipped, bytes(content))
    put(cut, whole[cut.pk][: chance.randrange(len(whole[cut.pk]))])
    put(one, whole[other.pk])
    put(other, whole[one.pk])
    strange = path_of(moved).with_name(path_of(moved).name + ".bak")
    path_of(moved).rename(strange)
    assert found() == {
        *(("changed", each.storage_name) for each in (flipped, cut, one, other)),
        ("missing", moved.storage_name),
        ("stray", moved.storage_name + ".bak"),
    }
    for each in (flipped, cut, one, other):
        put(each, whole[each.pk])
    strange.rename(path_of(moved))
    assert found() == set()


def test_a_big_file_is_read_in_pieces(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    stored = store_own_file(content=b"\0" * BIG_BYTES, name="big.bin", media_type="x/y")
    tracemalloc.start()
    assert found() == set()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 8 * 1024 * 1024
    with path_of(stored).open("r+b") as handle:
        handle.seek(BIG_BYTES - 1)
        handle.write(b"\1")
    assert found() == {("changed", stored.storage_name)}
