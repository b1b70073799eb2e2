"""A Merkle tree over a growing list, by RFC 6962: its root says everything, and a few hashes prove one entry.

A node is named (level, index): level 0 are the leaves, and node (l, i) covers the leaves from i * 2**l on. Only
nodes whose leaves are all there are named; they never change again, so they can be kept for ever.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

Node = tuple[int, int]

HASH_BYTES = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()


def leaf_hash(content: bytes) -> bytes:
    """Return the hash of one entry; the zero in front keeps it from ever being taken for a node."""
    return hashlib.sha256(b"\x00" + content).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of the node above two others."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def nodes_over(start: int, end: int) -> list[Node]:
    """Return the complete nodes that cover the leaves from `start` up to `end`, the widest first.

    `start` must be a multiple of the widest of them, as every subtree of a Merkle tree has it.
    """
    found = []
    for level in reversed(range((end - start).bit_length())):
        if (end - start) >> level & 1:
            found.append((level, start >> level))
            start += 1 << level
    return found


def edge_of(size: int) -> list[Node]:
    """Return the complete nodes that make up a whole tree of this size, the widest first."""
    return nodes_over(0, size)


def fold(hashes: Sequence[bytes]) -> bytes:
    """Return the hash over neighbouring nodes, the widest first."""
    if not hashes:
        return EMPTY_ROOT
    *wider, root = hashes
    for left in reversed(wider):
        root = node_hash(left, root)
    return root


def grow(size: int, edge: Sequence[bytes], leaves: Iterable[bytes]) -> tuple[list[bytes], dict[Node, bytes]]:
    """Add leaf hashes to a tree of which only the edge is at hand.

    Returns the new edge and every node above the leaves that became complete.
    """
    edge, complete = list(edge), {}
    for leaf in leaves:
        edge.append(leaf)
        level, index = 0, size
        while index & 1:
            right = edge.pop()
            edge[-1] = node_hash(edge[-1], right)
            level, index = level + 1, index >> 1
            complete[level, index] = edge[-1]
        size += 1
    return edge, complete


def root_of(leaves: Iterable[bytes]) -> bytes:
    """Return the root of the tree of these leaf hashes."""
    return fold(grow(0, [], leaves)[0])


def inclusion_nodes(index: int, size: int) -> list[list[Node]]:
    """Return what each hash of an inclusion proof is folded from, the leaf's sibling first.

    Raises:  ValueError when the tree has no such leaf.
    """
    if not 0 <= index < size:
        raise ValueError(f"A tree of {size} entries has no entry {index}.")
    found, start, end = [], 0, size
    while end - start > 1:
        middle = start + _widest_below(end - start)
        if index < middle:
            found.append(nodes_over(middle, end))
            end = middle
        else:
            found.append(nodes_over(start, middle))
            start = middle
    return found[::-1]


def consistency_nodes(old: int, new: int) -> list[list[Node]]:
    """Return what each hash of a proof is folded from that a tree of `new` leaves begins with that of `old`.

    Raises:  ValueError unless 0 < old <= new.
    """
    if not 0 < old <= new:
        raise ValueError(f"A tree of {new} entries cannot begin with one of {old}.")
    found, start, end, is_old_whole = [], 0, new, True
    while end != old:
        middle = start + _widest_below(end - start)
        if old <= middle:
            found.append(nodes_over(middle, end))
            end = middle
        else:
            found.append(nodes_over(start, middle))
            start, is_old_whole = middle, False
    if not is_old_whole:
        found.append(nodes_over(start, end))
    return found[::-1]


def verify_inclusion(*, leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Say whether a path proves that the entry at `index` of a tree of `size` entries has this leaf hash.

    Source:  RFC 9162, 2.1.3.2.
    """
    if not 0 <= index < size:
        return False
    at, last, found = index, size - 1, leaf
    for hash_ in path:
        if last == 0:
            return False
        if at & 1 or at == last:
            found = node_hash(hash_, found)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            found = node_hash(found, hash_)
        at, last = at >> 1, last >> 1
    return last == 0 and found == root


def verify_consistency(
    *, old_size: int, new_size: int, old_root: bytes, new_root: bytes, path: Sequence[bytes]
) -> bool:
    """Say whether a path proves that the larger tree begins with all of the smaller one, unchanged.

    Source:  RFC 9162, 2.1.4.2.
    """
    if not 0 < old_size <= new_size:
        return False
    if old_size == new_size:
        return not path and old_root == new_root
    hashes = list(path)
    if old_size & (old_size - 1) == 0:
        hashes.insert(0, old_root)
    if not hashes:
        return False
    at, last = old_size - 1, new_size - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    old_found = new_found = hashes[0]
    for hash_ in hashes[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            old_found, new_found = node_hash(hash_, old_found), node_hash(hash_, new_found)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            new_found = node_hash(new_found, hash_)
        at, last = at >> 1, last >> 1
    return last == 0 and old_found == old_root and new_found == new_root


def _widest_below(width: int) -> int:
    """Return the largest power of two that is smaller than `width`."""
    return 1 << ((width - 1).bit_length() - 1)
