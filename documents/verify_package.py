"""Verify a release package without the portal, without a network, with nothing but Python 3.9 or later.

    python verify_package.py P-000012-1.zip [--key VKEY] [--seal-cert SHA256] [--remember FILE]
    python verify_package.py P-000012-1.pdf [--proof FILE.tlog-proof --entry FILE.json]

Exit code 0: everything that was looked at holds. 1: something does not hold. 2: the file could not be looked at.
"""

# One file, to be carried on a stick and read in one sitting by a stranger; so it is long, and kept dense.
# fmt: off

from __future__ import annotations

import argparse
import base64
import binascii
import hashlib
import json
import os
import re
import struct
import sys
import zlib

MAX_FILE = 2_000_000_000
MAX_ENTRY, MAX_SEAL = 1_000_000, 400_000
MAX_MEMBERS = 20_000
PROOF_LINE = "c2sp.org/tlog-proof@v1"
NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,59}")
DECIMAL = re.compile(r"0|[1-9][0-9]{0,14}")
SHA256 = re.compile(r"[0-9a-f]{64}")
PROOFS = ("manifest-entry.json", "manifest.tlog-proof", "sealed-entry.json", "sealed.tlog-proof", "log.vkey",
          "seal-certificate.der")
COMPARE = "Compare it with the one the shop gave you another way, or name that one with"
ITS_OWN_WORD = "The package agrees with itself. Whose it is, only --key and --seal-cert from the shop can say."
BOUND = ("VERIFY.txt", "proof/seal-certificate.der")

class Fault(Exception):
    """Something that does not hold: a short stable code and a sentence."""

    def __init__(self, code, sentence):
        super().__init__(sentence)
        self.code, self.sentence = code, sentence

def refuse_if(truth, code, sentence):
    if truth:
        raise Fault(code, sentence)

class Report:
    """What holds, what does not, and what could not be decided here."""

    def __init__(self):
        self.holds, self.faults, self.notes = [], [], []

    def check(self, step, *args):
        """Run one step and keep the sentence it returns, or the fault it raises."""
        try:
            self.holds.append(step(*args))
        except Fault as fault:
            self.faults.append(fault)

    is_accepted = property(lambda self: not self.faults)
    codes = property(lambda self: [fault.code for fault in self.faults])

def sha256(content):
    return hashlib.sha256(content).hexdigest()

# --- The archive: one way only to write the same members, so it is read, written again and compared ---
def read_archive(content):
    """Return the members of a canonical archive in their order."""
    if len(content) < 22 or content[-22:-18] != b"PK\x05\x06":
        raise Fault("archive", "The file is not a ZIP archive as packages are, or its end was cut off.")
    count, size, start = struct.unpack("<H2L", content[-12:-2])
    if count > MAX_MEMBERS or start + size + 22 != len(content):
        raise Fault("archive", "The directory of the archive does not describe the file as it is.")
    members, at = {}, start
    for _ in range(count):
        head = content[at : at + 46]
        refuse_if(head[:4] != b"PK\x01\x02" or len(head) < 46, "archive", "The directory of the archive is damaged.")
        (size, length), offset = struct.unpack("<LH", head[24:30]), struct.unpack("<L", head[42:46])[0]
        name, begin = content[at + 46 : at + 46 + length], offset + 30 + length
        if not name.isascii() or begin + size > start or name.decode("ascii") in members:
            raise Fault("archive", "The archive names a file that packages do not hold, or twice.")
        members[name.decode("ascii")], at = content[begin : begin + size], at + 46 + length
    if write_archive(members) != content:
        raise Fault("archive", "The archive is not written the one way packages are; bytes were changed or added.")
    return members

def write_archive(members):
    body, directory, at = [], [], 0
    for name, content in members.items():
        label, crc = name.encode("ascii"), zlib.crc32(content)
        common = struct.pack("<HHHHHLLLHH", 20, 0, 0, 0, 33, crc, len(content), len(content), len(label), 0)
        body += [b"PK\x03\x04", common, label, content]
        directory += [b"PK\x01\x02", b"\x14\x00", common, struct.pack("<HHHLL", 0, 0, 0, 0, at), label]
        at += 30 + len(label) + len(content)
    listed = b"".join(directory)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, len(members), len(members), len(listed), at, 0)
    return b"".join([*body, listed, end])

# --- The manifest and the files it names ---
def read_json(content, code, what):
    try:
        found = json.loads(content.decode("utf-8"))
    except (ValueError, RecursionError):
        found = None
    refuse_if(not isinstance(found, dict), code, f"The {what} cannot be read.")
    return found

def package_number(manifest):
    package = manifest.get("package")
    named = [package.get(part) for part in ("number", "revision")] if isinstance(package, dict) else []
    if not all(isinstance(part, str) for part in named) or not NUMBER.fullmatch("-".join(named)):
        raise Fault("manifest", "The manifest names no package.")
    return "-".join(named)

def travelling_files(manifest):
    """Return name in the archive and sha256 of every original that travels."""
    files = manifest.get("files", [])
    if not isinstance(files, list) or not all(isinstance(each, dict) for each in files):
        raise Fault("manifest", "The manifest does not list its files as packages do.")
    found = []
    for place, each in enumerate((each for each in files if not each.get("is_kept_home")), start=1):
        name, digest = each.get("name"), each.get("sha256")
        if not isinstance(name, str) or not isinstance(digest, str) or not SHA256.fullmatch(digest):
            raise Fault("manifest", "The manifest lists a file without its name or sha256.")
        found.append((f"originals/{place:03d}-{re.sub(r'[^A-Za-z0-9._-]', '_', name)[-80:]}", digest))
    return found

def check_members(members, manifest):
    number, originals = package_number(manifest), [name for name, _ in travelling_files(manifest)]
    expected = ["VERIFY.txt", f"{number}.pdf", "manifest.json", *(f"proof/{name}" for name in PROOFS), *originals]
    if list(members) != expected:
        wrong = ", ".join(sorted({*members} ^ {*expected})) or "their order"
        raise Fault("members", f"The archive does not hold the files its manifest says; see {wrong}.")
    return f"The archive of {number} holds exactly its {len(expected)} files, written the one way they can be."

def check_originals(members, manifest):
    listed = travelling_files(manifest)
    for name, digest in listed:
        refuse_if(sha256(members.get(name, b"")) != digest, "original", f"{name} is not the file the manifest names.")
    return f"Each of the {len(listed)} originals is, byte for byte, the file the manifest names."

# --- The log: signed checkpoints and Merkle proofs (RFC 6962; C2SP signed-note, tlog-checkpoint, tlog-proof) ---
def unbase64(text, length, what):
    try:
        found = base64.b64decode(text.encode("ascii"), validate=True)
    except (ValueError, binascii.Error):
        raise Fault("proof", f"The {what} is not written as it should be.") from None
    if base64.b64encode(found).decode("ascii") != text or (length and len(found) != length):
        raise Fault("proof", f"The {what} is not written as it should be.")
    return found

def read_keys(text):
    """Return the verifier keys of a text, one a line: (name, key id) to the Ed25519 key."""
    keys = {}
    for line in text.splitlines():
        match = re.fullmatch(r"([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)", line)
        refuse_if(not match, "key", "The key of the log is not written as a verifier key.")
        name, number, key = match.groups()
        raw = unbase64(key, 33, "key of the log")
        if raw[0] != 1 or hashlib.sha256(name.encode() + b"\n" + raw).hexdigest()[:8] != number:
            raise Fault("key", "The key of the log does not carry its own number.")
        keys[(name, bytes.fromhex(number))] = raw[1:]
    refuse_if(not keys, "key", "There is no key of the log.")
    return keys

def as_text(content, what):
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        raise Fault("proof", f"The {what} is not text.") from None
    refuse_if("\r" in text or not text.endswith("\n"), "proof", f"The {what} is not written as it should be.")
    return text

def open_checkpoint(note, keys):
    """Return origin, size and root of a checkpoint whose every signature holds."""
    text, middle, lines = note.rpartition("\n\n")
    text += "\n"
    parts = text.split("\n")
    if not middle or len(parts) != 4 or not parts[0] or not DECIMAL.fullmatch(parts[1]):
        raise Fault("checkpoint", "The checkpoint of the log is not written as it should be.")
    root = unbase64(parts[2], 32, "root of the log")
    signed = set()
    for line in lines[:-1].split("\n"):
        match = re.fullmatch("\u2014 ([^\\s+]+) ([A-Za-z0-9+/=]+)", line)
        refuse_if(not match, "checkpoint", "A signature of the checkpoint is not written as it should be.")
        raw = unbase64(match.group(2), 68, "signature of the log")
        who = (match.group(1), raw[:4])
        if who in signed or who not in keys or not ed25519_holds(keys[who], text.encode(), raw[4:]):
            raise Fault("checkpoint", "The checkpoint is not signed by the key of the log.")
        signed.add(who)
    refuse_if(signed != set(keys), "checkpoint", "The checkpoint is not signed by every key that stands beside it.")
    return parts[0], int(parts[1]), root

def open_proof(content, leaf, keys):
    """Return index and checkpoint of a proof that these bytes are an entry of the log."""
    text = as_text(content, "proof")
    head, middle, note = text.partition("\n\n")
    lines = head.split("\n")
    if not middle or lines[0] != PROOF_LINE or len(lines) < 2 or not lines[1].startswith("index "):
        raise Fault("proof", "The proof is not written as it should be.")
    if not DECIMAL.fullmatch(lines[1][6:]) or len(lines) > 66:
        raise Fault("proof", "The proof is not written as it should be.")
    index, path = int(lines[1][6:]), [unbase64(line, 32, "proof") for line in lines[2:]]
    origin, size, root = open_checkpoint(note, keys)
    if not is_included(node(b"\x00", leaf), index, size, root, path):
        raise Fault("proof", "The entry is not in the log the checkpoint stands for.")
    return index, (origin, size, root)

def node(*parts):
    return hashlib.sha256(b"".join(parts)).digest()

def climb(old, new, index, last, path):
    """Return both nodes after the way up, and what is left of it: nothing, when the path was whole."""
    for sibling in path:
        if last == 0:
            return None, None, 1
        if index & 1 or index == last:
            old, new = node(b"\x01", sibling, old), node(b"\x01", sibling, new)
            while index and not index & 1:
                index, last = index >> 1, last >> 1
        else:
            new = node(b"\x01", new, sibling)
        index, last = index >> 1, last >> 1
    return old, new, last

def is_included(leaf, index, size, root, path):
    """Say whether the leaf stands at this place of the log (RFC 9162, 2.1.3.2)."""
    return index < size and climb(leaf, leaf, index, size - 1, path)[1:] == (root, 0)

def is_beginning(old_size, old_root, size, root, path):
    """Say whether the older log is the beginning of the newer one (RFC 9162, 2.1.4.2)."""
    if not 0 < old_size < size:
        return old_size == size and old_root == root and not path
    path = path if old_size & (old_size - 1) else [old_root, *path]
    index, last = old_size - 1, size - 1
    while index & 1:
        index, last = index >> 1, last >> 1
    return bool(path) and climb(path[0], path[0], index, last, path[1:]) == (old_root, root, 0)

# --- Signatures in plain Python: Ed25519 (RFC 8032), ECDSA on P-256 and RSA (FIPS 186-5) ---
Q = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, Q) % Q
HALF = pow(2, (Q - 1) // 4, Q)

def _ed_point(raw):
    """Return a point from its 32 bytes, or None when they are not the one way to write it."""
    number = int.from_bytes(raw, "little")
    y, sign = number & (2**255 - 1), number >> 255
    if y >= Q:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, -1, Q) % Q
    x = pow(square, (Q + 3) // 8, Q)
    if (x * x - square) % Q:
        x = x * HALF % Q
    if (x * x - square) % Q or (x == 0 and sign):
        return None
    x = Q - x if x & 1 != sign else x
    return x, y, 1, x * y % Q

def _ed_add(one, two):
    a, b = (one[1] - one[0]) * (two[1] - two[0]) % Q, (one[1] + one[0]) * (two[1] + two[0]) % Q
    c, d = 2 * one[3] * two[3] * D % Q, 2 * one[2] * two[2] % Q
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % Q, g * h % Q, f * g % Q, e * h % Q

def times(factor, point, total, add):
    while factor:
        if factor & 1:
            total = add(total, point)
        point, factor = add(point, point), factor >> 1
    return total

BASE = _ed_point((4 * pow(5, -1, Q) % Q).to_bytes(32, "little"))

def ed25519_holds(key, message, signature):
    if len(key) != 32 or len(signature) != 64:
        return False
    public, point = _ed_point(key), _ed_point(signature[:32])
    scalar = int.from_bytes(signature[32:], "little")
    if public is None or point is None or scalar >= ORDER:
        return False
    digest = hashlib.sha512(signature[:32] + key + message).digest()
    factor = int.from_bytes(digest, "little") % ORDER
    zero = (0, 1, 1, 0)
    left = times(scalar, BASE, zero, _ed_add)
    right = _ed_add(point, times(factor, public, zero, _ed_add))
    return all((left[at] * right[2] - right[at] * left[2]) % Q == 0 for at in (0, 1))

P = 2**256 - 2**224 + 2**192 + 2**96 - 1
N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
G = (0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
     0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5)

def _p256_add(one, two):
    if one is None or two is None:
        return one or two
    if one[0] == two[0]:
        if (one[1] + two[1]) % P == 0:
            return None
        slope = (3 * one[0] * one[0] - 3) * pow(2 * one[1], -1, P) % P
    else:
        slope = (two[1] - one[1]) * pow(two[0] - one[0], -1, P) % P
    x = (slope * slope - one[0] - two[0]) % P
    return x, (slope * (one[0] - x) - one[1]) % P

def ecdsa_holds(key, digest, r, s):
    if len(key) != 65 or key[0] != 4 or not (0 < r < N and 0 < s < N):
        return False
    x, y = int.from_bytes(key[1:33], "big"), int.from_bytes(key[33:], "big")
    if x >= P or y >= P or (y * y - x * x * x + 3 * x - B) % P:
        return False
    inverse, number = pow(s, -1, N), int.from_bytes(digest, "big")
    point = _p256_add(times(number * inverse % N, G, None, _p256_add), times(r * inverse % N, (x, y), None, _p256_add))
    return point is not None and point[0] % N == r

def rsa_holds(modulus, exponent, digest, signature):
    length = (modulus.bit_length() + 7) // 8
    number = int.from_bytes(signature, "big")
    is_fit = 2048 <= modulus.bit_length() <= 8192 and 3 <= exponent < 2**33
    if not is_fit or len(signature) != length or number >= modulus:
        return False
    tail = bytes.fromhex("3031300d060960864801650304020105000420") + digest
    expected = b"\x00\x01" + b"\xff" * (length - len(tail) - 3) + b"\x00" + tail
    return pow(number, exponent, modulus).to_bytes(length, "big") == expected

# --- The seal of the PDF: a detached CMS signature over every byte outside its own place (RFC 5652, PAdES) ---
(DIGEST_OID, TYPE_OID, DATA_OID, SIGNED_OID, CERTIFICATE_OID, RSA_OID, RSA_SHA256_OID) = (
    bytes.fromhex("2a864886f70d01" + end) for end in ("0904", "0903", "0701", "0702", "0910022f", "0101", "010b")
)
(ECDSA_OID, EC_KEY_OID, P256_OID) = (bytes.fromhex("2a8648ce3d" + end) for end in ("040302", "0201", "030107"))

BAD_SEAL = ("seal", "The seal of the PDF is not written as it should be.")

def der(data, at, tag=None):
    """Return tag, start of the content and end of the value at a place; only the shortest length is taken."""
    refuse_if(at + 2 > len(data), *BAD_SEAL)
    found, length, begin = data[at], data[at + 1], at + 2
    if length >= 128:
        count = length - 128
        length = int.from_bytes(data[begin : begin + count], "big")
        refuse_if(not 1 <= count <= 4 or data[begin : begin + 1] in (b"", b"\x00") or length < 128, *BAD_SEAL)
        begin += count
    refuse_if(begin + length > len(data) or (tag is not None and found != tag), *BAD_SEAL)
    return found, begin, begin + length

def parts(data, begin, end):
    found = []
    while begin < end:
        tag, inside, after = der(data, begin)
        refuse_if(after > end or len(found) > 200, *BAD_SEAL)
        found.append((tag, begin, inside, after))
        begin = after
    return found

def children(data, at, tag, least):
    _, begin, end = der(data, at, tag)
    found = parts(data, begin, end)
    refuse_if(len(found) < least, *BAD_SEAL)
    return found

def read_seal(pdf):
    """Return the CMS structure and the bytes it speaks of, which are all others of the file."""
    places = list(re.finditer(rb"/ByteRange ?\[([0-9 ]{7,80})\]", pdf))
    refuse_if(not places, "seal", "The PDF carries no seal.")
    numbers = [int(each) for each in places[-1].group(1).split()]
    if (len(numbers) != 4 or numbers[0] != 0 or numbers[2] + numbers[3] != len(pdf) or numbers[1] >= numbers[2]):
        raise Fault("seal", "The seal does not cover the whole PDF; something was added or cut off.")
    first, second = numbers[1], numbers[2]
    hole = pdf[first:second]
    refuse_if(len(hole) > MAX_SEAL or not re.fullmatch(rb"<(?:[0-9A-F]{2})+>", hole), *BAD_SEAL)
    raw = bytes.fromhex(hole[1:-1].decode("ascii"))
    _, _, end = der(raw, 0, 0x30)
    refuse_if(raw[end:].strip(b"\x00"), *BAD_SEAL)
    return raw[:end], pdf[:first] + pdf[second:]

def check_seal(pdf, certificates):
    """Check the seal; certificates: sha256 of those the reader trusts, or none."""
    cms, covered = read_seal(pdf)
    outer = children(cms, 0, 0x30, 2)
    refuse_if(cms[outer[0][2] : outer[0][3]] != SIGNED_OID or outer[1][0] != 0xA0, *BAD_SEAL)
    signed = children(cms, outer[1][2], 0x30, 5)
    refuse_if(signed[3][0] != 0xA0 or signed[-1][0] != 0x31 or len(signed) != 5, *BAD_SEAL)
    signers = parts(cms, signed[4][2], signed[4][3])
    refuse_if(len(signers) != 1, "seal", "The seal is not that of one signer.")
    signer = children(cms, signers[0][1], 0x30, 6)
    refuse_if([each[0] for each in signer[:6]] != [0x02, 0x30, 0x30, 0xA0, 0x30, 0x04], *BAD_SEAL)
    attributes = _attributes(cms, signer[3])
    refuse_if(attributes.get(TYPE_OID) != b"\x06\x09" + DATA_OID, *BAD_SEAL)
    if attributes.get(DIGEST_OID) != b"\x04\x20" + hashlib.sha256(covered).digest():
        raise Fault("seal", "The PDF is not the one that was sealed: its bytes do not match the seal.")
    certificate = _certificate(cms, signed[3], attributes.get(CERTIFICATE_OID, b""))
    message = b"\x31" + cms[signer[3][1] + 1 : signer[3][3]]
    if not _signature_holds(certificate, cms, signer, hashlib.sha256(message).digest()):
        raise Fault("seal", "The seal of the PDF is forged or damaged: its signature does not hold.")
    if certificates and sha256(certificate) not in certificates:
        raise Fault("certificate", f"The PDF is sealed with another certificate: sha256 {sha256(certificate)}.")
    return certificate

def _attributes(cms, place):
    found = {}
    for tag, begin, _, _ in parts(cms, place[2], place[3]):
        pair = children(cms, begin, 0x30, 2)
        if tag != 0x30 or pair[0][0] != 0x06 or pair[1][0] != 0x31 or cms[pair[0][2] : pair[0][3]] in found:
            raise Fault(*BAD_SEAL)
        found[cms[pair[0][2] : pair[0][3]]] = cms[pair[1][2] : pair[1][3]]
    return found

def _certificate(cms, place, named):
    for _, begin, _, end in parts(cms, place[2], place[3]):
        if len(named) < 2000 and b"\x04\x20" + hashlib.sha256(cms[begin:end]).digest() in named:
            return cms[begin:end]
    raise Fault("seal", "The seal does not carry the certificate it was made with.")

def _signature_holds(certificate, cms, signer, digest):
    algorithm = children(cms, signer[4][1], 0x30, 1)[0]
    method, signature = cms[algorithm[2] : algorithm[3]], cms[signer[5][2] : signer[5][3]]
    inner = children(certificate, der(certificate, 0, 0x30)[1], 0x30, 7)
    key = children(certificate, inner[6 if inner[0][0] == 0xA0 else 5][1], 0x30, 2)
    kind = children(certificate, key[0][1], 0x30, 1)
    bits = certificate[key[1][2] : key[1][3]]
    kind_oid = certificate[kind[0][2] : kind[0][3]]
    if method == ECDSA_OID and kind_oid == EC_KEY_OID and len(kind) > 1:
        curve = certificate[kind[1][2] : kind[1][3]]
        r, s = (_number(signature, each) for each in children(signature, 0, 0x30, 2)[:2])
        return curve == P256_OID and ecdsa_holds(bits[1:], digest, r, s)
    if method in (RSA_OID, RSA_SHA256_OID) and kind_oid == RSA_OID:
        modulus, exponent = (_number(bits, each) for each in children(bits, 1, 0x30, 2)[:2])
        return rsa_holds(modulus, exponent, digest, signature)
    raise Fault("seal", "The seal uses a kind of signature this program does not know.")

def _number(data, place):
    refuse_if(place[0] != 0x02 or place[3] - place[2] > 1100, *BAD_SEAL)
    return int.from_bytes(data[place[2] : place[3]], "big")

# --- The whole package ---
def check_entry(content, verb, number, expected):
    entry = read_json(content, "entry", "entry of the log")
    data = entry.get("data")
    said = (entry.get("noun"), entry.get("verb"), entry.get("number"))
    if said != ("package", verb, number) or not isinstance(data, dict):
        raise Fault("entry", f"The entry of the log does not speak of {verb} of package {number}.")
    for name, value in expected.items():
        if data.get(name) != value:
            raise Fault("entry", f"The log holds another {name} for package {number} than the one given here.")

def verify_zip(content, *, keys=(), certificates=(), memory=None):
    """Return the report on an archive. keys, certificates: those the reader trusts; memory: what was seen before."""
    report = Report()
    try:
        members = read_archive(content)
        manifest = read_json(members.get("manifest.json", b""), "manifest", "manifest")
        number = package_number(manifest)
        report.holds.append(check_members(members, manifest))
    except Fault as fault:
        report.faults.append(fault)
        return report
    report.check(check_originals, members, manifest)
    report.check(_check_log, members, number, keys, memory, report)
    report.check(_check_sealed, members, number, certificates)
    if not keys:
        key = members["proof/log.vkey"].decode("utf-8", "replace").strip()
        report.notes.append(f"The key of the log came with the package: {key}. {COMPARE} --key.")
    if not certificates:
        digest = sha256(members["proof/seal-certificate.der"])
        report.notes.append(f"The certificate of the seal has the sha256 {digest}. {COMPARE} --seal-cert.")
    return report

def _check_log(members, number, trusted, memory, report):
    text = as_text(members["proof/log.vkey"], "key of the log")
    inside = read_keys(text)
    if text.count("\n") != len(inside) or len(text.split("\n")) != len(text.splitlines()) + 1:
        raise Fault("key", "The key of the log is not written as it should be.")
    if trusted and not set(inside.items()) <= set(read_keys("\n".join(trusted)).items()):
        raise Fault("key", "The log is signed with another key than the one you trust.")
    frozen, sealed = members["proof/manifest-entry.json"], members["proof/sealed-entry.json"]
    first, one = open_proof(members["proof/manifest.tlog-proof"], frozen, inside)
    second, two = open_proof(members["proof/sealed.tlog-proof"], sealed, inside)
    if one[0] != two[0] or first >= second or (one[1] == two[1] and one[2] != two[2]):
        raise Fault("proof", "The two proofs do not speak of one log in its order.")
    digest = sha256(members["manifest.json"])
    check_entry(frozen, "freeze", number, {"manifest": digest})
    bound = {name: sha256(members[name]) for name in BOUND}
    pdf = sha256(members[f"{number}.pdf"])
    check_entry(sealed, "seal", number, {"manifest": digest, "sha256": pdf, "members": bound})
    if memory is not None:
        for checkpoint in (one, two):
            recall(memory, checkpoint, report)
        for index, entry in ((first, frozen), (second, sealed)):
            remember(memory, two[0], "entries", index, node(b"\x00", entry).hex())
    return (
        f"The log {two[0]} holds the manifest as entry {first} and the sealed PDF as entry {second}; "
        f"its checkpoint over {two[1]} entries is signed."
    )

def _check_sealed(members, number, certificates):
    certificate = check_seal(members[f"{number}.pdf"], certificates)
    if certificate != members["proof/seal-certificate.der"]:
        raise Fault("certificate", "The PDF is sealed with another certificate than the one in the archive.")
    return f"{number}.pdf is sealed; the seal covers every byte of it and allows no change."

def verify_pdf(content, *, certificates=(), proof=b"", entry=b"", keys=()):
    """Return the report on a PDF alone, or with the proof and entry of its sealing."""
    report = Report()

    def seal():
        certificate = check_seal(content, certificates)
        report.notes.append(f"The seal was made with the certificate of sha256 {sha256(certificate)}.")
        return "The seal covers every byte of the PDF and allows no change."

    def logged():
        index, checkpoint = open_proof(proof, entry, read_keys("\n".join(keys)))
        number = read_json(entry, "entry", "entry of the log").get("number")
        check_entry(entry, "seal", number, {"sha256": sha256(content)})
        return f"The log {checkpoint[0]} holds this very PDF as entry {index}: package {number}."

    report.check(seal)
    if proof and entry:
        report.check(logged)
    else:
        report.notes.append("A PDF alone proves its seal; its ZIP also proves manifest, originals and log.")
    return report

def recall(memory, checkpoint, report):
    origin, size, root = checkpoint
    others = memory.get(origin, {}).get("checkpoints", {})
    if others and str(size) not in others:
        report.notes.append(
            f"You have seen this log before, last at {max(others, key=int)} entries. A consistency proof from "
            "there, which the shop can give you, shows that nothing was rewritten between."
        )
    remember(memory, origin, "checkpoints", size, base64.b64encode(root).decode("ascii"))

def remember(memory, origin, kind, place, value):
    if memory.setdefault(origin, {}).setdefault(kind, {}).setdefault(str(place), value) != value:
        raise Fault("rewritten", f"The log {origin} showed other contents before: its history was rewritten.")

def check_consistency(content, memory, keys):
    """Check a consistency proof (`old SIZE`, hashes, checkpoint) against a remembered checkpoint."""
    head, middle, note = as_text(content, "consistency proof").partition("\n\n")
    lines = head.split("\n")
    if not middle or not re.fullmatch(r"old [1-9][0-9]{0,14}", lines[0]) or len(lines) > 140:
        raise Fault("proof", "The consistency proof is not written as it should be.")
    origin, size, root = open_checkpoint(note, read_keys("\n".join(keys)))
    old, path = lines[0][4:], [unbase64(line, 32, "consistency proof") for line in lines[1:]]
    known = memory.get(origin, {}).get("checkpoints", {}).get(old)
    refuse_if(known is None, "proof", f"No checkpoint of size {old} was seen before.")
    if not is_beginning(int(old), base64.b64decode(known), size, root, path):
        raise Fault("rewritten", f"The log {origin} is not the one seen at size {old}: its history was rewritten.")
    memory[origin]["checkpoints"][str(size)] = base64.b64encode(root).decode("ascii")
    return f"The log seen at {old} entries is the beginning of the log of {size} entries."

def main(arguments=None):
    """Say in plain words what holds and what does not."""
    parser = argparse.ArgumentParser(description="Verify a release package offline.")
    parser.add_argument("file", help="the ZIP of a package, or its PDF alone")
    parser.add_argument("--key", action="append", default=[], help="verifier key of the log you trust")
    parser.add_argument("--seal-cert", action="append", default=[], help="sha256 of the certificate you trust")
    parser.add_argument("--remember", help="file in which seen checkpoints are kept from run to run")
    parser.add_argument("--consistency", help="consistency proof from a remembered checkpoint")
    parser.add_argument("--proof", help="with a PDF alone: sealed.tlog-proof")
    parser.add_argument("--entry", help="with a PDF alone: sealed-entry.json")
    options = parser.parse_args(arguments)
    try:
        content = read_file(options.file, MAX_FILE)
        seen = options.remember and os.path.exists(options.remember)
        memory = (read_json(read_file(options.remember, MAX_ENTRY), "memory", "file of --remember") if seen else {})
        proof, entry, newer = (
            read_file(each, MAX_ENTRY) for each in (options.proof, options.entry, options.consistency)
        )
    except (OSError, ValueError, Fault) as error:
        print(f"Could not look at it: {error}", file=sys.stderr)
        return 2
    trusted = {"certificates": [each.lower() for each in options.seal_cert], "keys": options.key}
    is_pdf, more = content.startswith(b"%PDF-"), {"proof": proof, "entry": entry}
    report = verify_pdf(content, **more, **trusted) if is_pdf else verify_zip(content, memory=memory, **trusted)
    if newer:
        report.check(check_consistency, newer, memory, options.key)
    if options.remember and report.is_accepted:
        with open(options.remember, "w", encoding="utf-8") as file:
            json.dump(memory, file, indent=1, sort_keys=True)
    for title, said in (("HOLDS", report.holds), ("DOES NOT HOLD", report.faults), ("NOTE", report.notes)):
        print("".join(f"{title}: {sentence}\n" for sentence in said), end="")
    holds = "The package holds." if options.seal_cert and (options.key or is_pdf) else ITS_OWN_WORD
    print(holds if report.is_accepted else "The package does NOT hold. Do not rely on it.")
    return 0 if report.is_accepted else 1

def read_file(path, limit):
    if not path:
        return b""
    if os.path.getsize(path) > limit:
        raise ValueError(f"{path} is larger than {limit} bytes.")
    with open(path, "rb") as file:
        return file.read()

if __name__ == "__main__":
    sys.exit(main())
