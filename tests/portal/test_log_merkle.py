"""The tree, held against published roots and a naive reading of the standard."""

from __future__ import annotations

import random

import pytest

from portal.log import merkle
from portal.log.merkle import fold, grow, leaf_hash, node_hash, root_of, verify_consistency, verify_inclusion

# the entries that implementations of RFC 6962 test themselves with, and the roots of the first 0, 1, 2... of them
ENTRIES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
LEAVES = [leaf_hash(b"entry %d" % number) for number in range(70)]
NODES = {**grow(0, [], LEAVES)[1], **{(0, index): leaf for index, leaf in enumerate(LEAVES)}}


def naive_root(leaves):
    if len(leaves) < 2:
        return leaves[0] if leaves else merkle.EMPTY_ROOT
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return node_hash(naive_root(leaves[:half]), naive_root(leaves[half:]))


def inclusion(index, size):
    return [fold([NODES[node] for node in group]) for group in merkle.inclusion_nodes(index, size)]


def consistency(old, new):
    return [fold([NODES[node] for node in group]) for group in merkle.consistency_nodes(old, new)]


@pytest.mark.parametrize("size", range(9))
def test_root_of_the_published_tree(size):
    assert root_of(leaf_hash(bytes.fromhex(entry)) for entry in ENTRIES[:size]).hex() == ROOTS[size]


def test_tree_grown_in_any_portions_is_the_naive_tree():
    chance = random.Random(6962)
    for size in range(71):
        edge, done, kept = [], 0, {}
        while done < size:
            portion = chance.randint(1, size - done)
            edge, complete = grow(done, edge, LEAVES[done : done + portion])
            done += portion
            kept |= complete
        assert fold(edge) == naive_root(LEAVES[:size])
        assert kept == {node: NODES[node] for node in kept}
        assert len(kept) == size - size.bit_count()


def test_every_entry_of_every_small_tree_is_proved_in_few_hashes():
    for size in range(1, 71):
        root = naive_root(LEAVES[:size])
        for index in range(size):
            path = inclusion(index, size)
            assert len(path) <= (size - 1).bit_length()
            assert verify_inclusion(leaf=LEAVES[index], index=index, size=size, path=path, root=root)


def test_every_small_tree_is_proved_to_begin_with_every_smaller_one():
    for new in range(1, 71):
        for old in range(1, new + 1):
            assert verify_consistency(
                old_size=old,
                new_size=new,
                old_root=naive_root(LEAVES[:old]),
                new_root=naive_root(LEAVES[:new]),
                path=consistency(old, new),
            )


def flipped(hashes):
    """Return the hashes with each single bit of the first and last byte of each of them changed, one at a time."""
    for place, hash_ in enumerate(hashes):
        for byte in (0, 31):
            for bit in range(8):
                other = bytearray(hash_)
                other[byte] ^= 1 << bit
                yield [*hashes[:place], bytes(other), *hashes[place + 1 :]]


def test_changed_inclusion_proofs_are_refused():
    tried = 0
    for index, size in [(0, 1), (0, 2), (6, 7), (5, 64), (63, 64), (64, 65), (37, 70), (69, 70)]:
        root, path = naive_root(LEAVES[:size]), inclusion(index, size)
        asked = {"leaf": LEAVES[index], "index": index, "size": size, "path": path, "root": root}
        changes = [{"path": other} for other in flipped(path)]
        changes += [{"path": path[:-1]}] * bool(path) + [{"path": [*path, root]}, {"path": [root, *path]}]
        changes += [{"index": other} for other in range(-1, 75) if other != index]
        changes += [{"leaf": LEAVES[index - 1]}] * (size > 1) + [{"root": LEAVES[3]}, {"size": 0}]
        for change in changes:
            assert not verify_inclusion(**(asked | change)), (index, size, change)
        tried += len(changes)
    assert tried > 1_000


def test_changed_consistency_proofs_are_refused():
    tried = 0
    for old, new in [(1, 1), (1, 2), (3, 7), (4, 8), (6, 8), (64, 65), (63, 64), (40, 70)]:
        path = consistency(old, new)
        asked = {"old_size": old, "new_size": new, "path": path}
        asked |= {"old_root": naive_root(LEAVES[:old]), "new_root": naive_root(LEAVES[:new])}
        changes = [{"path": other} for other in flipped(path)]
        changes += [{"path": path[:-1]}] * bool(path) + [{"path": [*path, LEAVES[0]]}]
        changes += [{"old_root": LEAVES[9]}, {"new_root": LEAVES[9]}, {"old_size": 0}, {"old_size": new + 1}]
        for change in changes:
            assert not verify_consistency(**(asked | change)), (old, new, change)
        tried += len(changes)
    assert tried > 300


def test_nodes_that_are_not_there_cannot_be_asked_for():
    with pytest.raises(ValueError, match="A tree of 4 entries has no entry 4."):
        merkle.inclusion_nodes(4, 4)
    for old, new in [(0, 4), (5, 4)]:
        with pytest.raises(ValueError, match="cannot begin with"):
            merkle.consistency_nodes(old, new)


def test_a_proof_in_a_million_entries_takes_twenty_hashes():
    assert len(merkle.inclusion_nodes(524_287, 1_000_000)) == 20
    assert sum(len(group) for group in merkle.inclusion_nodes(0, 1_000_000)) <= 40
