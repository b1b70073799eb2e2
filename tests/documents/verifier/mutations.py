"""Damaged and forged packages, the same in every run: single bytes, and whole parts by a hand that knows the form."""

from __future__ import annotations

import base64
import io
import random
import re
import zipfile
from collections.abc import Callable, Iterator

from documents.package.archive import original_name, write_zip
from documents.verify_package import ORDER, read_archive
from tests.documents.verifier.small_log import NUMBER, SmallPackage, small_package

PDF = f"{NUMBER}.pdf"
Members = dict[str, bytes]


def mutations(package: SmallPackage, folder, count: int, *, seed: int = 7) -> Iterator[tuple[str, bytes]]:
    """Give name and bytes of `count` packages, none of which is the genuine one."""
    chance = random.Random(seed)
    made = 0
    for name, content in structural(package, folder):
        if made == count:
            return
        made += 1
        yield name, content
    kinds = [raw_byte, raw_byte, repaired_byte, repaired_byte, repaired_byte, cut, grown, exchanged]
    while made < count:
        kind = chance.choice(kinds)
        content = kind(package.zip, chance)
        if content != package.zip:
            made += 1
            yield f"{kind.__name__} {made}", content


def raw_byte(content: bytes, chance: random.Random) -> bytes:
    """Change one byte anywhere in the archive."""
    place = chance.randrange(len(content))
    return content[:place] + bytes([content[place] ^ chance.randrange(1, 256)]) + content[place + 1 :]


def repaired_byte(content: bytes, chance: random.Random) -> bytes:
    """Change one byte of one member and write the archive as if nothing had happened."""
    members = read_archive(content)
    name = chance.choice(list(members))
    return write_zip(members | {name: raw_byte(members[name], chance)})


def cut(content: bytes, chance: random.Random) -> bytes:
    """Leave something out of one member."""
    members = read_archive(content)
    name = chance.choice(list(members))
    body = members[name]
    begin = chance.randrange(len(body))
    return write_zip(members | {name: body[:begin] + body[begin + chance.randrange(1, 40) :]})


def grown(content: bytes, chance: random.Random) -> bytes:
    """Put something into one member."""
    members = read_archive(content)
    name = chance.choice(list(members))
    place = chance.randrange(len(members[name]) + 1)
    put = bytes(chance.choice(b"\x00\n =A0") for _ in range(chance.randrange(1, 5)))
    return write_zip(members | {name: members[name][:place] + put + members[name][place:]})


def exchanged(content: bytes, chance: random.Random) -> bytes:
    """Exchange the contents of two members."""
    members = read_archive(content)
    one, two = chance.sample(list(members), 2)
    return write_zip(members | {one: members[two], two: members[one]})


def structural(package: SmallPackage, folder) -> Iterator[tuple[str, bytes]]:
    """Give forgeries by somebody who knows how a package is made, each with every checksum repaired."""
    members = read_archive(package.zip)
    for name in members:
        yield f"without {name}", write_zip({key: body for key, body in members.items() if key != name})
        yield f"{name} empty", write_zip(members | {name: b""})
        yield (
            f"{name} renamed",
            write_zip({(key + "x" if key == name else key): body for key, body in members.items()}),
        )
        yield f"{name} last", write_zip({**{k: b for k, b in members.items() if k != name}, name: members[name]}) \
            if name != list(members)[-1] else write_zip(dict(reversed(members.items())))  # fmt: skip
    yield "one file more", write_zip(members | {"originals/003-more.txt": b"more"})
    yield "a file above the folder", write_zip(members | {"../../more.txt": b"more"})
    for name, change in changes_of_text():
        for member in members:
            body = change(members[member])
            if body != members[member]:
                yield f"{name} in {member}", write_zip(members | {member: body})
    yield from written_otherwise(package.zip, members)
    yield from forged_by_others(package, members, folder)


def changes_of_text() -> list[tuple[str, Callable[[bytes], bytes]]]:
    """Return changes that leave the meaning as it was, which is what lazy readers let pass."""
    return [
        ("line ends of Windows", lambda body: body.replace(b"\n", b"\r\n")),
        ("a blank at the end", lambda body: body + b" "),
        ("a line at the end", lambda body: body + b"\n"),
        ("no line at the end", lambda body: body[:-1] if body.endswith(b"\n") else body),
        ("a zero before the number", lambda body: re.sub(rb"(index |\n)(\d+\n)", rb"\g<1>0\2", body, count=1)),
        ("a plus before the number", lambda body: re.sub(rb"index (\d)", rb"index +\1", body)),
        ("another index", lambda body: re.sub(rb"index (\d+)", lambda m: b"index %d" % (int(m[1]) + 1), body)),
        ("an index far away", lambda body: re.sub(rb"index (\d+)", lambda m: b"index %d" % (int(m[1]) + 8), body)),
        ("no padding", lambda body: body.replace(b"=\n", b"\n", 1)),
        ("loose bits of base64", loose_bits),
        ("a word for the extra line", lambda body: body.replace(b"index ", b"extra AAAA\nindex ", 1)),
        ("another origin", lambda body: body.replace(b"kestrel.example", b"kestrel.exemple")),
        ("another origin once", lambda body: body.replace(b"kestrel.example", b"kestrel.exemple", 1)),
        ("lower case in the seal", lambda body: seal_changed(body, bytes.lower)),
        ("something in the padding of the seal", lambda body: seal_changed(body, lambda hexes: hexes[:-2] + b"01")),
        ("blanks in the seal", lambda body: seal_changed(body, lambda hexes: hexes[:-2] + b"  ")),
        ("a second seal", lambda body: body + b"\n/ByteRange [0 10 20 30]" if body.startswith(b"%PDF") else body),
        ("a sibling less", lambda body: re.sub(rb"(index \d+\n)[^\n]+\n", rb"\1", body, count=1)),
        ("a sibling twice", lambda body: re.sub(rb"(index \d+\n)([^\n]+\n)", rb"\1\2\2", body, count=1)),
        ("a signature added to by the order", malleable),
        ("the last line twice", lambda body: body + body[body[:-1].rfind(b"\n") + 1 :]),
        ("deep nesting", lambda body: b'{"package":' + b"[" * 60000 if body.startswith(b'{"files"') else body),
    ]  # fmt: skip


def loose_bits(body: bytes) -> bytes:
    """Change bits of base64 text that no byte depends on."""
    alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

    def next_sign(match):
        return bytes([alphabet[alphabet.index(match[1]) ^ 1]]) + b"="

    return re.sub(rb"([A-Za-z0-9+/])=(?=\n)", next_sign, body) if not body.startswith(b"%PDF") else body


def malleable(body: bytes) -> bytes:
    """Add the order of the group to the second half of an Ed25519 signature: the same equation, other bytes."""

    def add(match):
        raw = bytearray(base64.b64decode(match[2]))
        half = int.from_bytes(raw[-32:], "little") + ORDER
        return match[1] + base64.b64encode(bytes(raw[:-32]) + half.to_bytes(32, "little"))

    return re.sub(rb"(\xe2\x80\x94 \S+ )([A-Za-z0-9+/=]{92})", add, body)


def seal_changed(body: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """Change the hexadecimal text of a seal."""
    if not body.startswith(b"%PDF"):
        return body
    return re.sub(rb"/Contents <([0-9A-F]{100,})>", lambda m: b"/Contents <" + change(m[1]) + b">", body)


def written_otherwise(content: bytes, members: Members) -> Iterator[tuple[str, bytes]]:
    """Give archives other programs would write of the same members."""
    for name, method in (("stored", zipfile.ZIP_STORED), ("deflated", zipfile.ZIP_DEFLATED)):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", method) as archive:
            for member, body in members.items():
                archive.writestr(zipfile.ZipInfo(member, (2026, 1, 1, 0, 0, 0)), body, method)
        yield f"{name} by another program", out.getvalue()
    yield "a comment", content[:-2] + b"\x04\x00note"
    yield "something before it", b"#!/bin/sh\n" + content
    yield "something behind it", content + b"\x00"
    yield "its directory alone", content[content.index(b"PK\x01\x02") :]
    yield "two archives", content + content
    yield "nothing", b""
    yield "an end and nothing else", b"PK\x05\x06" + bytes(18)
    yield "a million files", b"PK\x05\x06" + bytes(4) + b"\xff\xff\xff\xff" + bytes(10)


def forged_by_others(package: SmallPackage, members: Members, folder) -> Iterator[tuple[str, bytes]]:
    """Give packages with a log or a seal of somebody else's, and parts of another package."""
    folder.mkdir(exist_ok=True)
    other = small_package(folder, pages=2, key=package.key, originals=[("values.csv", b"1;2;4\n")])
    others = read_archive(other.zip)
    stranger = read_archive(small_package(folder).zip)
    yield "all by somebody else, in the same form", write_zip(stranger)
    for name in members:
        if name in others and others[name] != members[name]:
            yield f"{name} of another revision", write_zip(members | {name: others[name]})
        if stranger[name] != members[name]:
            yield f"{name} of a stranger", write_zip(members | {name: stranger[name]})
    proofs = [name for name in members if name.startswith("proof/")]
    yield "every proof of another revision", write_zip(members | {name: others[name] for name in proofs})
    yield "every proof of a stranger", write_zip(members | {name: stranger[name] for name in proofs})
    frozen = {name: members[name.replace("sealed", "manifest")] for name in proofs[2:4]}
    yield "the freezing twice", write_zip(members | frozen)
    yield "an original of another name", write_zip(
        {(original_name(1, "other.pdf") if name.startswith("originals/001") else name): body
         for name, body in members.items()}
    )  # fmt: skip
    whole = SmallPackageForged(package)
    yield "a log of one's own under the same name", whole.relogged()


class SmallPackageForged:
    """A forger who has the package, its form and every program, and not the key of the log."""

    def __init__(self, package: SmallPackage) -> None:
        self.package = package

    def relogged(self) -> bytes:
        """Return the package with every entry logged anew, signed with a key made up for it."""
        from dataclasses import replace

        log = replace(self.package.log, seed=b"\x08" * 32)
        members = read_archive(self.package.zip)
        for name in ("manifest", "sealed"):
            index = log.entries.index(members[f"proof/{name}-entry.json"])
            members[f"proof/{name}.tlog-proof"] = log.proof(index).text.encode()
        return write_zip(members | {"proof/log.vkey": f"{log.vkey}\n".encode()})
