"""The proof of one entry as a text file that says everything needed to check it without the portal.

Source:  c2sp.org/tlog-proof.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from portal.log.merkle import HASH_BYTES, leaf_hash, verify_inclusion
from portal.log.notes import NoteRefused, TreeHead, VerifierKey, decoded, open_checkpoint

HEADER = "c2sp.org/tlog-proof@v1"
MOST_HASHES = 64

_INDEX = re.compile(r"index (0|[1-9][0-9]{0,18})")


class ProofRefused(ValueError):
    """A text is no proof, or does not prove what it is held against."""


@dataclass(frozen=True)
class Proof:
    """Where an entry stands, the hashes beside its way to the root, and the signed checkpoint of that root."""

    index: int
    path: tuple[bytes, ...]
    checkpoint: str
    extra: bytes = b""


def proof_text(*, index: int, path: Sequence[bytes], checkpoint: str, extra: bytes = b"") -> str:
    """Return a proof as its text, to be kept in a file that ends in .tlog-proof."""
    lines = [HEADER]
    if extra:
        lines.append(f"extra {base64.b64encode(extra).decode()}")
    lines.append(f"index {index}")
    lines.extend(base64.b64encode(hash_).decode() for hash_ in path)
    return "\n".join(lines) + "\n\n" + checkpoint


def read_proof(text: str) -> Proof:
    """Return what a proof says; whether it holds is asked of `check_proof`.

    Raises:  ProofRefused when it is not written as a proof.
    """
    head, is_split, checkpoint = text.partition("\n\n")
    header, *lines = head.split("\n")
    if not is_split or header != HEADER:
        raise ProofRefused(f"This is no proof: it does not begin with {HEADER}.")
    extra = b""
    if lines and lines[0].startswith("extra "):
        extra = decoded(lines.pop(0).removeprefix("extra "))
        if not extra:
            raise ProofRefused("This is no proof: its extra line is not base64.")
    index = _INDEX.fullmatch(lines[0]) if lines else None
    if index is None:
        raise ProofRefused("This is no proof: the line with the index is missing.")
    path = tuple(decoded(line) for line in lines[1:])
    if len(path) > MOST_HASHES or any(len(hash_) != HASH_BYTES for hash_ in path):
        raise ProofRefused("This is no proof: a line between index and checkpoint is no hash.")
    return Proof(int(index[1]), path, checkpoint, extra)


def check_proof(text: str, *, content: bytes, keys: Iterable[VerifierKey]) -> TreeHead:
    """Return the checkpoint under which a proof shows that exactly these bytes stand in the log.

    Raises:  ProofRefused saying what does not hold.
    """
    proof = read_proof(text)
    try:
        head, _ = open_checkpoint(proof.checkpoint, keys)
    except NoteRefused as refused:
        raise ProofRefused(f"The checkpoint of this proof does not hold: {refused}") from refused
    holds = verify_inclusion(
        leaf=leaf_hash(content), index=proof.index, size=head.size, path=proof.path, root=head.root
    )
    if not holds:
        raise ProofRefused(f"These bytes are not entry {proof.index} of the log {head.origin}.")
    return head
