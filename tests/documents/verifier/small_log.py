"""A log of a few entries and a small package in it, made without the portal's own log.

The tree is the recursive definition of RFC 6962, the signatures are those of the cryptography library: neither
shares a line with the verifiers that are tested against them.
"""

from __future__ import annotations

import base64
import hashlib
import io
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pikepdf
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from documents.package.archive import Proof, archive_of, verify_text
from documents.package.seal import SealKey, make_key, read_key, reason_of, seal_pdf
from portal.domain.canonical import canonical_bytes, sha256_of

MOMENT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
NUMBER = "P-000007-1"


def leaf(content: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + content).digest()


def root(leaves: list[bytes]) -> bytes:
    if len(leaves) == 1:
        return leaves[0]
    split = largest_power_below(len(leaves))
    return hashlib.sha256(b"\x01" + root(leaves[:split]) + root(leaves[split:])).digest()


def largest_power_below(count: int) -> int:
    power = 1
    while power * 2 < count:
        power *= 2
    return power


def path(index: int, leaves: list[bytes]) -> list[bytes]:
    if len(leaves) == 1:
        return []
    split = largest_power_below(len(leaves))
    if index < split:
        return [*path(index, leaves[:split]), root(leaves[split:])]
    return [*path(index - split, leaves[split:]), root(leaves[:split])]


def consistency(old: int, leaves: list[bytes], *, is_whole: bool = True) -> list[bytes]:
    """Return SUBPROOF of RFC 6962, 2.1.2."""
    if old == len(leaves):
        return [] if is_whole else [root(leaves)]
    split = largest_power_below(len(leaves))
    if old <= split:
        return [*consistency(old, leaves[:split], is_whole=is_whole), root(leaves[split:])]
    return [*consistency(old - split, leaves[split:], is_whole=False), root(leaves[:split])]


@dataclass
class SmallLog:
    """Entries, and the key their checkpoints are signed with."""

    origin: str = "kestrel.example/events"
    seed: bytes = b"\x07" * 32
    entries: list[bytes] = field(default_factory=list)

    def add(self, content: bytes) -> int:
        self.entries.append(content)
        return len(self.entries) - 1

    @property
    def public(self) -> bytes:
        key = Ed25519PrivateKey.from_private_bytes(self.seed)
        return b"\x01" + key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)

    @property
    def vkey(self) -> str:
        return f"{self.origin}+{self._id().hex()}+{base64.b64encode(self.public).decode()}"

    def _id(self) -> bytes:
        return hashlib.sha256(self.origin.encode() + b"\n" + self.public).digest()[:4]

    def checkpoint(self, size: int | None = None) -> str:
        leaves = [leaf(each) for each in self.entries][:size]
        text = f"{self.origin}\n{len(leaves)}\n{base64.b64encode(root(leaves)).decode()}\n"
        signature = Ed25519PrivateKey.from_private_bytes(self.seed).sign(text.encode())
        return f"{text}\n\u2014 {self.origin} {base64.b64encode(self._id() + signature).decode()}\n"

    def proof(self, index: int) -> Proof:
        hashes = path(index, [leaf(each) for each in self.entries])
        lines = "".join(base64.b64encode(each).decode() + "\n" for each in hashes)
        return Proof(
            entry=self.entries[index],
            text=f"c2sp.org/tlog-proof@v1\nindex {index}\n{lines}\n{self.checkpoint()}",
        )

    def earlier_text(self, old: int, new: int | None = None) -> str:
        """Return what stands in earlier.txt about one earlier checkpoint."""
        leaves = [leaf(each) for each in self.entries][:new]
        hashes = [root(leaves[:old]), *consistency(old, leaves)]
        first, *rest = [base64.b64encode(each).decode() + "\n" for each in hashes]
        return f"earlier {old} {first}{''.join(rest)}"

    def consistency_text(self, old: int, new: int | None = None) -> bytes:
        return f"{self.earlier_text(old, new)}\n{self.checkpoint(new)}".encode()


def event(verb: str, number: str, data: dict) -> bytes:
    return canonical_bytes(
        {"at": MOMENT, "person": "", "actor": "the portal", "verb": verb, "noun": "package", "number": number,
         "lots": ["T-000312"], "data": data}
    )  # fmt: skip


@dataclass(frozen=True)
class SmallPackage:
    """A package of a few kilobytes with everything a large one has."""

    zip: bytes
    pdf: bytes
    log: SmallLog
    key: SealKey
    sealed: Proof
    manifest: bytes

    @property
    def fingerprint(self) -> str:
        return sha256_of(self.key.certificate)


def small_package(
    folder, *, pages: int = 1, key: SealKey | None = None, originals=None, log: SmallLog | None = None,
    number: str = NUMBER, earlier=(2, 3), manifest: bytes = b"", **forged,
) -> SmallPackage:  # fmt: skip
    """Return a package with two originals among the entries of others.

    forged: what a dishonest hand puts elsewhere: reason of the seal, manifest for the log.
    """
    if key is None:
        pem = folder / "seal.pem"
        pem.write_bytes(make_key("Kestrel Ridge", at=MOMENT))
        key = read_key(pem)
    if originals is None:
        originals = [("MTR 7T4418 ü.pdf", b"%PDF-1.4 a certificate of a mill"), ("values.csv", b"1;2;3\n")]
    files = [{"name": name, "sha256": sha256_of(content)} for name, content in originals]
    kept = {"name": "home.pdf", "sha256": "0" * 64, "is_kept_home": True}
    base, _, revision = number.rpartition("-")
    facts = {"package": {"number": base, "revision": revision}, "files": [kept, *files],
             "customer": {"name": "Meridian Süd"}, "order": {"po_number": "PO-1"}}  # fmt: skip
    manifest = manifest or canonical_bytes(facts)
    reason = forged.get("reason") or reason_of(number, sha256_of(manifest))
    pdf = seal_pdf(drawn(pages), key=key, reason=reason)
    words = verify_text(number, sha256_of(key.certificate))
    log = log or SmallLog()
    for other in range(3):
        log.add(event("place", f"T-{other}", {}))
    first = log.add(event("freeze", number, {"manifest": sha256_of(manifest)}))
    log.add(event("place", "T-9", {}))
    second = log.add(
        event(
            "seal",
            number,
            {
                "earlier": list(earlier),
                "sha256": sha256_of(pdf),
                "manifest": sha256_of(manifest),
                "members": {
                    "VERIFY.txt": sha256_of(words),
                    "proof/seal-certificate.der": sha256_of(key.certificate),
                },
            },
        )
    )
    log.add(event("place", "T-10", {}))
    content = archive_of(
        number=number,
        earlier="".join(map(log.earlier_text, earlier)),
        pdf=pdf,
        manifest=manifest,
        frozen=log.proof(first),
        sealed=log.proof(second),
        keys=[log.vkey],
        words=words,
        certificate=key.certificate,
        originals=originals,
    )
    return SmallPackage(zip=content, pdf=pdf, log=log, key=key, sealed=log.proof(second), manifest=manifest)


def drawn(pages: int) -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page()
        pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()
