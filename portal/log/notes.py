"""Signed notes: a few lines of text with signatures below, and the checkpoints of a log written as such.

Source:  c2sp.org/signed-note and c2sp.org/tlog-checkpoint; only Ed25519 signatures (type 0x01) are made and checked.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from portal.log.merkle import HASH_BYTES

ED25519 = b"\x01"
KEY_BYTES = 32
MOST_SIGNATURES = 16
MOST_CHARACTERS = 100_000

_NAME = re.compile(r"[^\s+]+")
_SIGNATURE = re.compile(r"— (?P<name>[^\s+]+) (?P<content>[A-Za-z0-9+/]+=*)")
_DECIMAL = re.compile(r"0|[1-9][0-9]{0,18}")


class NoteRefused(ValueError):
    """A text is no signed note, no checkpoint, or not signed by anybody who is trusted."""


class KeyRefused(ValueError):
    """A text is no key."""


@dataclass(frozen=True)
class VerifierKey:
    """The public half of a key: checks signatures, and may be shown to everybody."""

    name: str
    public: bytes

    @cached_property
    def key_id(self) -> bytes:
        return _key_id(self.name, self.public)

    @property
    def text(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{base64.b64encode(ED25519 + self.public).decode()}"

    @classmethod
    def read(cls, text: str) -> VerifierKey:
        """Return the key written as name+id+base64.

        Raises:  KeyRefused saying what is wrong with it.
        """
        name, key_id, public = _read_key(text.strip(), "a verifier key: name+id+base64")
        key = cls(name, public)
        if key.key_id.hex() != key_id:
            raise KeyRefused(
                f"The verifier key of {name} does not fit its id {key_id}; copy the whole line again."
            )
        return key

    def signed(self, text: str, signature: bytes) -> bool:
        """Say whether this key made a signature over a text."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, text.encode())
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, repr=False)
class SigningKey:
    """The secret half of a key, with the name it signs for."""

    name: str
    seed: bytes

    @classmethod
    def make(cls, name: str) -> SigningKey:
        """Return a new key.

        Raises:  KeyRefused for a name with a blank or a plus sign in it.
        """
        if not _NAME.fullmatch(name) or not name.isascii() or not name.isprintable():
            raise KeyRefused(
                f"A key cannot be named {name!r}: a name has no blanks, no plus sign and only ASCII letters."
            )
        return cls(name, Ed25519PrivateKey.generate().private_bytes_raw())

    @classmethod
    def read(cls, text: str) -> SigningKey:
        """Return the key written as PRIVATE+KEY+name+id+base64.

        Raises:  KeyRefused, without repeating the text.
        """
        form = "a signing key: PRIVATE+KEY+name+id+base64"
        begin, is_key, rest = text.strip().partition("PRIVATE+KEY+")
        if begin or not is_key:
            raise KeyRefused(f"This is not {form}.")
        name, key_id, seed = _read_key(rest, form)
        key = cls(name, seed)
        if key.verifier.key_id.hex() != key_id:
            raise KeyRefused(
                f"The signing key of {name} does not fit its id {key_id}; copy the whole line again."
            )
        return key

    @property
    def text(self) -> str:
        """Return what its file holds."""
        content = base64.b64encode(ED25519 + self.seed).decode()
        return f"PRIVATE+KEY+{self.name}+{self.verifier.key_id.hex()}+{content}"

    @cached_property
    def _private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)

    @cached_property
    def verifier(self) -> VerifierKey:
        return VerifierKey(self.name, self._private.public_key().public_bytes_raw())

    def line_under(self, text: str) -> str:
        """Return the signature line of this key under a text."""
        signature = self.verifier.key_id + self._private.sign(text.encode())
        return f"— {self.name} {base64.b64encode(signature).decode()}\n"


@dataclass(frozen=True)
class TreeHead:
    """The head of a log at one moment: how many entries, and the root hash over all of them."""

    origin: str
    size: int
    root: bytes

    @property
    def body(self) -> str:
        """Return the text that is signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


def sign_note(text: str, keys: Iterable[SigningKey]) -> str:
    """Return a text with a signature line of each key below it."""
    return text + "\n" + "".join(key.line_under(text) for key in keys)


def signatures_of(note: str) -> tuple[str, list[tuple[str, bytes, bytes]]]:
    """Return the text of a note and its signatures: name, key id, and signature bytes.

    Raises:  NoteRefused when it is not written as a note.
    """
    if len(note) > MOST_CHARACTERS or any(ord(sign) < 32 and sign != "\n" for sign in note):
        raise NoteRefused("This is no signed note: it is too long, or has control characters in it.")
    text, is_split, below = note.rpartition("\n\n")
    lines = below.split("\n")
    if not is_split or not text or lines[-1] or not 1 <= len(lines) - 1 <= MOST_SIGNATURES:
        raise NoteRefused("This is no signed note: a text, an empty line and signature lines are expected.")
    found = []
    for line in lines[:-1]:
        match = _SIGNATURE.fullmatch(line)
        content = decoded(match["content"]) if match else b""
        if match is None or len(content) < 5:
            raise NoteRefused(f"This is no signature line of a note: {line[:80]}")
        found.append((match["name"], content[:4], content[4:]))
    return text + "\n", found


def open_note(note: str, keys: Iterable[VerifierKey]) -> tuple[str, list[VerifierKey]]:
    """Return the text of a note and which of these keys signed it; signatures of others are passed over.

    Raises:  NoteRefused when none signed it, or a signature in the name of one is false.
    """
    text, signatures = signatures_of(note)
    known = {(key.name, key.key_id): key for key in keys}
    signers = []
    for name, key_id, signature in signatures:
        key = known.get((name, key_id))
        if key is None:
            continue
        if not key.signed(text, signature):
            raise NoteRefused(
                f"The signature of {name} under this text is false: the text or it was changed."
            )
        signers.append(key)
    if not signers:
        raise NoteRefused("Nobody whose key is known signed this text.")
    return text, signers


def read_checkpoint(text: str) -> TreeHead:
    """Return what the text of a checkpoint says; its signatures are somebody else's question.

    Raises:  NoteRefused when it is not the text of a checkpoint.
    """
    lines = text.split("\n")
    if len(lines) < 4 or lines[-1] or not all(lines[:-1]):
        raise NoteRefused("This is no checkpoint: its origin, size and root hash are expected, a line each.")
    origin, size, root = lines[0], lines[1], decoded(lines[2])
    if not _DECIMAL.fullmatch(size) or len(root) != HASH_BYTES:
        raise NoteRefused(f"This is no checkpoint: {size[:40]} entries and the root hash {lines[2][:80]}.")
    return TreeHead(origin, int(size), root)


def open_checkpoint(note: str, keys: Iterable[VerifierKey]) -> tuple[TreeHead, list[VerifierKey]]:
    """Return what a signed checkpoint says and which of these keys signed it.

    Raises:  NoteRefused when none did, or it is no checkpoint.
    """
    text, signers = open_note(note, keys)
    return read_checkpoint(text), signers


def decoded(text: str) -> bytes:
    """Return the bytes of a base64 text, or none where it is not written in the one way there is."""
    try:
        content = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""
    return content if base64.b64encode(content).decode() == text else b""


def _key_id(name: str, public: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\n" + ED25519 + public).digest()[:4]


def _read_key(text: str, form: str) -> tuple[str, str, bytes]:
    parts = text.split("+", 2)
    content = decoded(parts[2]) if len(parts) == 3 else b""
    if len(content) != 1 + KEY_BYTES or content[:1] != ED25519 or not _NAME.fullmatch(parts[0]):
        raise KeyRefused(f"This is not {form}.")
    return parts[0], parts[1], content[1:]
