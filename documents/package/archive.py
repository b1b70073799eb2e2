"""The package as one ZIP file that proves itself: the sealed PDF, the originals, the manifest, the proofs.

It is canonical: nothing is compressed, no member has a moment or a further field, the order is fixed. The same
members give the same bytes in any year on any machine, so whoever reads it can write it again and compare.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from portal.domain.errors import Refused

VERIFY_TEXT = "VERIFY.txt"
CERTIFICATE = "proof/seal-certificate.der"
LARGEST = 2_000_000_000
UNSAFE = re.compile(r"[^A-Za-z0-9._-]")
LONGEST_NAME = 80
EARLIER = "proof/earlier.txt"
# 1 January 1980, the first day the format knows
FIRST_DAY = 33

WORDS = """HOW TO VERIFY THIS PACKAGE WITHOUT TRUSTING THE SHOP'S SERVER

Package {number}. Everything needed is in this ZIP file; no network and no account are asked for.

1. Get the verifier once, from the shop or from the source of the portal: verify_package.py (any Python from 3.9)
   or verify_package.html (open it in a browser; it works from a USB stick).
2. Run    python verify_package.py {number}.zip --key KEY --seal-cert SHA256
   or drop the ZIP onto the page. Keep the ZIP as it came: packing it anew changes its bytes.
3. KEY and SHA256 must have reached you another way than this file: on paper, by telephone, or with an earlier
   package. Without them you learn only that the package agrees with itself.
   The certificate of the seal has the sha256 {certificate}.
4. Add --package {number} if that is the package and revision you wait for: an older one is genuine too.
5. Add --remember FILE and keep that file: the verifier then notices if the log is ever rewritten. This ZIP shows
   how the log goes on from your packages of before.

What is proved
  {number}.pdf          sealed for this manifest; no byte changed since; logged with its sha256
  manifest.json         what the gate judged, frozen and logged before any page was drawn
  originals/            each file byte for byte as it was received, by its sha256 in the manifest
  proof/                entries of the shop's event log, their inclusion proofs, the checkpoint's signature

By hand, with common tools
  sha256sum {number}.pdf manifest.json originals/*     compare with proof/sealed-entry.json and manifest.json
  pdfsig {number}.pdf                                  names the seal and says that it covers the whole file
  The proofs are in the text forms tlog-proof, tlog-checkpoint and signed-note of C2SP; leaves and nodes are
  hashed as in RFC 6962.

What is not proved: that what people entered is true. The log shows who entered it, when, and that it was not
changed since.
"""


class ArchiveTooLarge(Refused):
    """The package does not fit into one archive."""

    code = "archive-too-large"


@dataclass(frozen=True)
class Proof:
    """One entry of the event log: the bytes its leaf covers, and the text that proves it is there."""

    entry: bytes
    text: str


def verify_text(number: str, certificate: str) -> bytes:
    """Return the page that tells a buyer how to verify a package.

    certificate: sha256 of the certificate of the seal.
    """
    return WORDS.format(number=number, certificate=certificate).encode()


def archive_of(
    *,
    number: str,
    pdf: bytes,
    manifest: bytes,
    frozen: Proof,
    sealed: Proof,
    keys: Iterable[str],
    words: bytes,
    certificate: bytes,
    originals: Iterable[tuple[str, bytes]],
    earlier: str = "",
) -> bytes:
    """Return the ZIP of a package.

    originals: name and bytes of every file that travels, in the order of the manifest.
    earlier:   `earlier_text` of each checkpoint of a package this customer may have seen, the oldest first.
    Raises:    ArchiveTooLarge.
    """
    members = {
        VERIFY_TEXT: words,
        f"{number}.pdf": pdf,
        "manifest.json": manifest,
        "proof/manifest-entry.json": frozen.entry,
        "proof/manifest.tlog-proof": frozen.text.encode(),
        "proof/sealed-entry.json": sealed.entry,
        "proof/sealed.tlog-proof": sealed.text.encode(),
        EARLIER: earlier.encode(),
        "proof/log.vkey": "".join(f"{key}\n" for key in keys).encode(),
        CERTIFICATE: certificate,
    }
    for place, (name, content) in enumerate(originals, start=1):
        members[original_name(place, name)] = content
    if sum(map(len, members.values())) > LARGEST:
        raise ArchiveTooLarge(
            f"Package {number} would have more than {LARGEST:,} bytes. Ship fewer lots at once, or agree with the "
            "customer on smaller originals."
        )
    return write_zip(members)


def original_name(place: int, name: str) -> str:
    """Return where an original stands in the archive; the manifest holds its own name."""
    return f"originals/{place:03d}-{UNSAFE.sub('_', name)[-LONGEST_NAME:]}"


def write_zip(members: Mapping[str, bytes]) -> bytes:
    """Return the one archive of these members, in the order given."""
    local, central, offset = [], [], 0
    for name, content in members.items():
        label = name.encode("ascii")
        size = len(content)
        described = struct.pack(
            "<5H3L2H", 20, 0, 0, 0, FIRST_DAY, zlib.crc32(content), size, size, len(label), 0
        )
        local.append(b"PK\x03\x04" + described + label + content)
        central.append(b"PK\x01\x02\x14\x00" + described + struct.pack("<3H2L", 0, 0, 0, 0, offset) + label)
        offset += len(local[-1])
    directory = b"".join(central)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, len(central), len(central), len(directory), offset, 0)
    return b"".join([*local, directory, end])
