"""Packages by people who know everything, and hold at most what the attack grants them: never both keys.

Beside each stands what the attacker is granted. `inserted` entries are those somebody with every right on the database
can have logged and signed like any other; he has no key to seal with.
"""

from __future__ import annotations

import base64
import json
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from documents.package.archive import write_zip
from documents.package.seal import make_key, read_key, reason_of, seal_pdf
from documents.verify_package import read_archive
from portal.domain.canonical import canonical_bytes, sha256_of
from tests.documents.verifier.small_log import (
    MOMENT,
    NUMBER,
    SmallLog,
    SmallPackage,
    drawn,
    event,
    small_package,
)

CERTIFICATE = "proof/seal-certificate.der"


@dataclass(frozen=True)
class Attack:
    """One forged archive, what its reader trusts, and the code by which both verifiers refuse it."""

    name: str
    content: bytes
    trusted: SmallPackage
    codes: tuple[str, ...]
    path: str = ""
    wanted: str = ""


def attacks(folder) -> Iterator[Attack]:
    """Give every attack; the genuine packages among them show that the others are refused for what they forge."""
    folder.mkdir(exist_ok=True, parents=True)
    genuine = small_package(folder)
    yield Attack("genuine", genuine.zip, genuine, ())
    yield from of_names(genuine)
    yield from of_the_archive(genuine)
    yield from of_inserted_entries(genuine)
    yield from of_the_seal(genuine, folder)
    yield from of_the_log(genuine)
    yield from of_manifests(folder)
    yield from of_earlier_checkpoints(genuine)


def of_names(genuine: SmallPackage) -> Iterator[Attack]:
    """An old package, stolen or genuine, under the name of another."""
    yield Attack("renamed to the next revision", genuine.zip, genuine, ("name",), path="in/P-000007-2.zip")
    yield Attack("renamed to another package", genuine.zip, genuine, ("name",), path="P-000012-1.zip")
    yield Attack("another expected", genuine.zip, genuine, ("name",), wanted="P-000007-2")
    yield Attack("saved twice", genuine.zip, genuine, (), path="P-000007-1 (1).zip", wanted="P-000007-1")
    yield Attack("a name that says nothing", genuine.zip, genuine, (), path="package.zip")


def of_the_archive(genuine: SmallPackage) -> Iterator[Attack]:
    """Nothing but the archive."""
    members = read_archive(genuine.zip)
    yield Attack("one entry twice", _with_entry_twice(genuine.zip), genuine, ("archive",))
    yield Attack(
        "the directory names another file", _other_name_in_directory(genuine.zip), genuine, ("archive",)
    )
    yield Attack("a bomb of overlapping files", overlapping(20_000), genuine, ("archive",))
    zip64 = b"PK\x06\x06" + bytes(52) + b"PK\x06\x07" + bytes(16)
    yield Attack("the ends of ZIP64", genuine.zip[:-22] + zip64 + genuine.zip[-22:], genuine, ("archive",))
    clear = {f"\x1b[2J{NUMBER} holds.": b""}
    yield Attack("a name that clears the screen", write_zip(members | clear), genuine, ("archive",))


def of_inserted_entries(genuine: SmallPackage) -> Iterator[Attack]:
    """Whoever rules the database has the sequencer log and sign entries of his own about a genuine PDF."""
    other = canonical_bytes(json.loads(genuine.manifest) | {"customer": {"name": "Somebody Else"}})
    yield Attack("a genuine PDF with another manifest", relogged(genuine, manifest=other), genuine, ("seal",))
    fewer = json.loads(genuine.manifest)
    fewer["files"] = fewer["files"][:-1]
    less = relogged(genuine, manifest=canonical_bytes(fewer), without="originals/002-values.csv")
    yield Attack("a genuine PDF with an original less", less, genuine, ("seal",))
    next_one = canonical_bytes(
        json.loads(genuine.manifest) | {"package": {"number": "P-000007", "revision": "2"}}
    )
    renumbered = relogged(genuine, manifest=next_one, number="P-000007-2")
    yield Attack("an old PDF as the next revision", renumbered, genuine, ("seal",))


def of_the_seal(genuine: SmallPackage, folder) -> Iterator[Attack]:
    """The log, and a seal by a key of the attacker's whose certificate bears the same name."""
    pem = folder / "other.pem"
    pem.write_bytes(make_key("Kestrel Ridge", at=MOMENT))
    key = read_key(pem)
    reason = reason_of(NUMBER, sha256_of(genuine.manifest))
    pdf = seal_pdf(drawn(1), key=key, reason=reason)
    sealed = relogged(genuine, manifest=genuine.manifest, pdf=pdf, certificate=key.certificate)
    yield Attack("a certificate of the same name", sealed, genuine, ("certificate",))
    kept = relogged(genuine, manifest=genuine.manifest, pdf=pdf)
    yield Attack("the same beside the genuine certificate", kept, genuine, ("certificate",))
    for claim in ("Release package P-000007-1", f"{reason} ", f"Release package P-000007-2{reason[26:]}"):
        made = small_package(folder, key=genuine.key, reason=claim)
        yield Attack(f"sealed for {claim!r}", made.zip, genuine, ("seal",))
    added = (
        b"\n13 0 obj\n<< /Type /Page >>\nendobj\nxref\n0 1\n0000000000 65535 f \n"
        b"trailer << /Size 14 >>\nstartxref\n0\n%%EOF\n"
    )
    appended = relogged(genuine, manifest=genuine.manifest, pdf=genuine.pdf + added)
    yield Attack("an update behind the seal, logged", appended, genuine, ("seal",))
    hole = genuine.pdf.rindex(b"00>")
    filled = genuine.pdf[:hole] + b"01" + genuine.pdf[hole + 2 :]
    yield Attack(
        "something behind the signature",
        relogged(genuine, manifest=genuine.manifest, pdf=filled),
        genuine,
        ("seal",),
    )


def of_the_log(genuine: SmallPackage) -> Iterator[Attack]:
    """A key of the log that signs for another name, or a proof of another moment."""
    members = read_archive(genuine.zip)
    renamed = members["proof/sealed.tlog-proof"].replace(
        b"kestrel.example/events\n7", b"kestrel.example/tests\n7"
    )
    other = SmallLog(origin="kestrel.example/tests", entries=genuine.log.entries)
    lent = {
        f"proof/{name}.tlog-proof": _signed_by(genuine.log, other, index)
        for name, index in (("manifest", 3), ("sealed", 5))
    }
    yield Attack(
        "a checkpoint of another log under this key", write_zip(members | lent), genuine, ("checkpoint",)
    )
    yield Attack(
        "the origin exchanged",
        write_zip(members | {"proof/sealed.tlog-proof": renamed}),
        genuine,
        ("checkpoint",),
    )
    later = SmallLog(entries=[*genuine.log.entries, event("place", "T-11", {})])
    one = {"proof/manifest.tlog-proof": later.proof(3).text.encode()}
    yield Attack("proofs under two checkpoints", write_zip(members | one), genuine, ("proof",))
    swapped = {"proof/sealed.tlog-proof": members["proof/sealed.tlog-proof"].replace(b"index 5", b"index 4")}
    yield Attack("the proof of another place", write_zip(members | swapped), genuine, ("proof",))
    sealed = relogged(genuine, manifest=genuine.manifest, is_sealed_first=True)
    yield Attack("sealed before it was frozen", sealed, genuine, ("proof",))
    clear = SmallLog(origin=f"x\x1b[2J{NUMBER}.holds")
    yield Attack(
        "a key that clears the screen",
        relogged(genuine, manifest=genuine.manifest, log=clear),
        genuine,
        ("proof",),
    )


def of_manifests(folder) -> Iterator[Attack]:
    """Both keys: manifests and entries that two readers could read in two ways are refused whoever made them."""
    whole = {"package": {"number": "P-000007", "revision": "1"}, "files": []}
    text = canonical_bytes(whole).decode()
    ways = {
        "a key twice": text.replace('{"files":[]', '{"files":[],"files":[]'),
        "a number twice": text.replace('"revision":"1"', '"revision":"2","revision":"1"'),
        "a blank": text.replace(",", ", ", 1),
        "a mark of byte order": "\ufeff" + text,
        "a fraction": text.replace("[]", '[],"n":1.5'),
        "an exponent": text.replace("[]", '[],"n":1e3'),
        "a huge number": text.replace("[]", '[],"n":9007199254740993'),
        "an endless number": text.replace("[]", f'[],"n":{"9" * 5000}'),
        "minus nothing": text.replace("[]", '[],"n":-0'),
        "not a number": text.replace("[]", '[],"n":NaN'),
        "infinity": text.replace("[]", '[],"n":Infinity'),
        "deep nesting": text.replace("[]", f'[],"n":{"[" * 400}{"]" * 400}'),
        "half a sign": text.replace("[]", r'[],"n":"\ud800"'),
        "a letter escaped": text.replace("[]", r'[],"n":"\u0041"'),
        "keys out of order": text.replace("[]", '[],"a":1'),
    }
    for name, manifest in ways.items():
        made = small_package(folder, originals=[], manifest=manifest.encode())
        yield Attack(f"manifest with {name}", made.zip, made, ("manifest",))
    file = {"name": "a.csv", "sha256": sha256_of(b"1")}
    for name, wrong in {
        "a list for a truth": file | {"is_kept_home": []},
        "a nothing for a truth": file | {"is_kept_home": None},
        "a one for a truth": file | {"is_kept_home": 1},
        "a list of one hash": file | {"sha256": [file["sha256"]]},
        "a file that is nothing": None,
    }.items():
        made = small_package(folder, originals=[], manifest=canonical_bytes(whole | {"files": [wrong]}))
        yield Attack(f"manifest with {name}", made.zip, made, ("manifest",))
    for name, files in {"no list": None, "a text for a list": "files"}.items():
        made = small_package(folder, originals=[], manifest=canonical_bytes(whole | {"files": files}))
        yield Attack(f"manifest with {name}", made.zip, made, ("manifest",))
    hidden = "MTR\u202efdp.exe"
    odd = small_package(
        folder, originals=[(hidden, b"1"), ("\U0001f600\u0301.pdf", b"2"), ("a/../../b", b"3")]
    )
    yield Attack("names that turn, combine and climb, which lose it", odd.zip, odd, ())
    keys = canonical_bytes(
        whole | {"\uff5e": 1, "\U00010000": 2, "__proto__": {"files": 1}, "constructor": 1}
    )
    made = small_package(folder, originals=[], manifest=keys)
    yield Attack("keys whose order differs by encoding", made.zip, made, ())


def of_earlier_checkpoints(genuine: SmallPackage) -> Iterator[Attack]:
    """The archive alone: what it says of earlier checkpoints is counted by the log and proved by the tree."""
    members = read_archive(genuine.zip)
    two, three = genuine.log.earlier_text(2), genuine.log.earlier_text(3)
    fork = SmallLog(entries=[b"other", *genuine.log.entries[1:]])
    for name, text in {
        "none": "",
        "one less": two,
        "the other less": three,
        "out of order": three + two,
        "one more": two + three + genuine.log.earlier_text(5),
        "one twice": two + two + three,
        "of another history": fork.earlier_text(2) + three,
        "itself": two + genuine.log.earlier_text(7),
        "nothing at all": "earlier 0 " + "A" * 43 + "=\n" + three,
        "a line before": "\n" + two + three,
        "a word within a line": two[:-1] + "earlier 3" + three[9:],
        "a hash less": two + three[: three[:-1].rindex("\n") + 1],
    }.items():
        changed = write_zip(members | {"proof/earlier.txt": text.encode()})
        yield Attack(f"earlier checkpoints: {name}", changed, genuine, ("proof",))


def relogged(
    package: SmallPackage,
    *,
    manifest: bytes,
    pdf: bytes = b"",
    number: str = NUMBER,
    certificate: bytes = b"",
    without: str = "",
    is_sealed_first: bool = False,
    log: SmallLog | None = None,
) -> bytes:
    """Return a package with entries of the attacker's in the genuine log, under its genuine signature."""
    members = read_archive(package.zip)
    pdf = pdf or package.pdf
    members[CERTIFICATE] = certificate or members[CERTIFICATE]
    bound = {name: sha256_of(members[name]) for name in ("VERIFY.txt", CERTIFICATE)}
    frozen = event("freeze", number, {"manifest": sha256_of(manifest)})
    data = {"earlier": [2, 3], "sha256": sha256_of(pdf), "manifest": sha256_of(manifest), "members": bound}
    sealed = event("seal", number, data)
    log = log or SmallLog()
    for entry in package.log.entries[:3]:
        log.add(entry)
    if is_sealed_first:
        second, first = log.add(sealed), log.add(frozen)
    else:
        first, second = log.add(frozen), log.add(sealed)
    changed = {
        f"{NUMBER}.pdf": pdf,
        "manifest.json": manifest,
        "proof/manifest-entry.json": frozen,
        "proof/manifest.tlog-proof": log.proof(first).text.encode(),
        "proof/sealed-entry.json": sealed,
        "proof/sealed.tlog-proof": log.proof(second).text.encode(),
        "proof/earlier.txt": (log.earlier_text(2) + log.earlier_text(3)).encode(),
        "proof/log.vkey": f"{log.vkey}\n".encode(),
    }
    renamed = {
        f"{number}.pdf" if name == f"{NUMBER}.pdf" else name: body
        for name, body in (members | changed).items()
    }
    return write_zip({name: body for name, body in renamed.items() if name != without})


def _signed_by(log: SmallLog, other: SmallLog, index: int) -> bytes:
    """Return a proof in the log of another name whose checkpoint the key of this log signed under its own name."""
    head, _, note = other.proof(index).text.partition("\n\n")
    text = note.partition("\n\n")[0] + "\n"
    signature = Ed25519PrivateKey.from_private_bytes(log.seed).sign(text.encode())
    key_id = bytes.fromhex(log.vkey.split("+")[1])
    line = f"\u2014 {log.origin} {base64.b64encode(key_id + signature).decode()}\n"
    return f"{head}\n\n{text}\n{line}".encode()


def _with_entry_twice(content: bytes) -> bytes:
    """Name one file twice in the directory, as readers that take the last one never notice."""
    start = content.index(b"PK\x01\x02")
    entry = content[start : content.index(b"PK\x01\x02", start + 4)]
    count, size, begin = struct.unpack("<H2L", content[-12:-2])
    end = b"PK\x05\x06" + struct.pack("<4H2LH", 0, 0, count + 1, count + 1, size + len(entry), begin, 0)
    return content[:-22] + entry + end


def _other_name_in_directory(content: bytes) -> bytes:
    """Let the directory call a file otherwise than the file calls itself."""
    start = content.index(b"PK\x01\x02")
    return content[:start] + content[start:].replace(b"manifest.json", b"manifest.jsox")


def overlapping(count: int) -> bytes:
    """Return a small archive whose directory names the same bytes many times: a bomb for who copies them."""
    body = bytes(2_000_000)
    crc = zlib.crc32(body)
    listed = []
    for number in range(count):
        label = f"{number:05d}".encode()
        common = struct.pack("<HHHHHLLLHH", 20, 0, 0, 0, 33, crc, len(body), len(body), len(label), 0)
        listed.append(b"PK\x01\x02\x14\x00" + common + struct.pack("<HHHLL", 0, 0, 0, 0, 0) + label)
    directory = b"".join(listed)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(directory), len(body) + 35, 0)
    return b"PK\x03\x04" + bytes(31) + body + directory + end
