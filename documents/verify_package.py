"""Verify a release package without the portal, without a network, with nothing but Python 3.9 or later.

    python verify_package.py P-000012-1.zip [--key VKEY] [--seal-cert SHA256] [--package NUMBER] [--remember FILE]
    python verify_package.py P-000012-1.pdf [--proof FILE.tlog-proof --entry FILE.json]

Exit code 0: everything that was looked at holds. 1: something does not hold. 2: the file could not be looked at.
3: it holds, and nothing shows that its log goes on from the one you saw before (--remember).
"""

# One file, to be carried on a stick and read in one sitting by a stranger; so it is long, and kept dense.
# fmt: off

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import os
import re
import struct
import sys
import zlib

MAX_FILE, MAX_ENTRY, MAX_SEAL, MAX_DEPTH = 2_000_000_000, 1_000_000, 400_000, 100
MEMBER = re.compile(rb"[A-Za-z0-9._/-]{1,200}")
NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,59}")
DECIMAL = re.compile(r"0|[1-9][0-9]{0,14}")
SHA256 = re.compile(r"[0-9a-f]{64}")
PROOFS = ("manifest-entry.json", "manifest.tlog-proof", "sealed-entry.json", "sealed.tlog-proof", "earlier.txt",
          "log.vkey", "seal-certificate.der")
BOUND = ("VERIFY.txt", "proof/seal-certificate.der")
COMPARE = "Compare it with the one the shop gave you another way, or name that one with"
ITS_OWN_WORD = "{} agrees with itself. Whose it is, only --key and --seal-cert from the shop can say."
UNLINKED = "{} holds. That its log was not rewritten since you last looked is NOT shown; see the note."

class Fault(Exception):
    """Something that does not hold: a short stable code and a sentence."""
    code, sentence = property(lambda self: self.args[0]), property(lambda self: self.args[1])

def refuse_if(truth, code, sentence):
    if truth:
        raise Fault(code, sentence)

class Report:
    """What holds, what does not, and what could not be decided here."""
    def __init__(self):
        self.holds, self.faults, self.notes = [], [], []
        self.name, self.is_linked = "", True

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

def as_shown(text):
    """Return a text of others in letters that cannot change how a line is shown."""
    return "".join(sign if sign.isprintable() else "?" for sign in text[:200])

# --- The archive: one way only to write the same members, so it is read, written again and compared ---
def read_archive(content):
    """Return the members of a canonical archive in their order; each begins where the one before it ends."""
    refuse_if(content[-22:-18] != b"PK\x05\x06", "archive", "The file is no ZIP archive, or its end was cut off.")
    count, _, at = struct.unpack("<H2L", content[-12:-2])
    members, begin = {}, 0
    for _ in range(count):
        head = content[at : at + 46]
        refuse_if(len(head) < 46, "archive", "The directory of the archive is damaged.")
        size, length = struct.unpack("<LH", head[24:30])
        label, begin = content[at + 46 : at + 46 + length], begin + 30 + length
        name = label.decode("ascii") if MEMBER.fullmatch(label) else ""
        is_fit = name and name not in members and begin + size <= len(content)
        refuse_if(not is_fit, "archive", "The archive names a file that packages do not hold, or twice.")
        members[name] = content[begin : begin + size]
        at, begin = at + 46 + length, begin + size
    refuse_if(write_archive(members) != content, "archive", "The archive is not written the one way packages are.")
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
def whole(text):
    """Return a whole number every reader takes alike; fractions and larger ones are no facts of a package."""
    if not re.fullmatch(r"-?[0-9]{1,15}", text):
        raise ValueError(text[:20])
    return int(text)

def depth(value):
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return 0 if inner is None else 1 + max(map(depth, inner), default=0)

def read_json(content, code, what):
    """Return an object written the one way: keys in order and once, no blanks, whole numbers, plain UTF-8."""
    try:
        found = json.loads(content.decode("utf-8"), parse_int=whole, parse_float=whole, parse_constant=whole)
        written = json.dumps(found, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode("utf-8")
        is_fit = isinstance(found, dict) and written == content and depth(found) <= MAX_DEPTH
    except (ValueError, RecursionError):
        is_fit = False
    refuse_if(not is_fit, code, f"The {what} cannot be read, or is not written the one way it should be.")
    return found

def package_number(manifest):
    package = manifest.get("package")
    named = [package.get(part) for part in ("number", "revision")] if isinstance(package, dict) else []
    is_fit = all(isinstance(part, str) for part in named) and NUMBER.fullmatch("-".join(named))
    refuse_if(not is_fit, "manifest", "The manifest names no package.")
    return "-".join(named)

def travelling_files(manifest):
    """Return name in the archive and sha256 of every original that travels."""
    files = manifest.get("files", [])
    is_fit = isinstance(files, list) and all(
        isinstance(each, dict) and isinstance(each.get("is_kept_home", False), bool)
        and isinstance(each.get("name"), str) and SHA256.fullmatch(str(each.get("sha256"))) for each in files
    )
    refuse_if(not is_fit, "manifest", "The manifest does not list its files as packages do.")
    found = [(re.sub(r"[^A-Za-z0-9._-]", "_", each["name"])[-80:], each["sha256"])
             for each in files if not each.get("is_kept_home")]
    return [(f"originals/{place:03d}-{name}", digest) for place, (name, digest) in enumerate(found, start=1)]

def check_members(members, manifest):
    number, originals = package_number(manifest), [name for name, _ in travelling_files(manifest)]
    expected = ["VERIFY.txt", f"{number}.pdf", "manifest.json", *(f"proof/{name}" for name in PROOFS), *originals]
    wrong = ", ".join(sorted({*members} ^ {*expected})) or "their order"
    is_fit = list(members) == expected
    refuse_if(not is_fit, "members", f"The archive does not hold the files its manifest says; see {wrong}.")
    return f"The archive of {number} holds exactly its {len(expected)} files, written the one way they can be."

def check_name(number, path, wanted):
    named = re.findall(r"(?<![A-Za-z0-9])P-[0-9]{3,}-[0-9]+(?![0-9])", os.path.basename(path))
    other = wanted if wanted not in ("", number) else "" if number in named else "".join(named[:1])
    refuse_if(other, "name", f"You expect {other[:60]}, and this is {number}: another package or another revision.")

def about(manifest):
    said = []
    for noun, field in (("customer", "name"), ("order", "po_number"), ("part", "number"), ("shipment", "number")):
        value = manifest[noun].get(field) if isinstance(manifest.get(noun), dict) else None
        said += [f"{noun} {as_shown(value)}"] if isinstance(value, str) and value else []
    return "The manifest speaks of " + (", ".join(said) or "nobody") + "."

def check_originals(members, manifest):
    for name, digest in (listed := travelling_files(manifest)):
        refuse_if(sha256(members.get(name, b"")) != digest, "original", f"{name} is not the file the manifest names.")
    return f"Each of the {len(listed)} originals is, byte for byte, the file the manifest names."

# --- The log: signed checkpoints and Merkle proofs (RFC 6962; C2SP signed-note, tlog-checkpoint, tlog-proof) ---
def unbase64(text, length, what):
    try:
        found = base64.b64decode(text.encode("ascii"), validate=True)
    except ValueError:
        found = b""
    is_fit = len(found) == length and base64.b64encode(found).decode("ascii") == text
    refuse_if(not is_fit, "proof", f"The {what} is not written as it should be.")
    return found

def read_keys(text):
    """Return the verifier keys of a text, one a line: (name, key id) to the Ed25519 key."""
    keys = {}
    for line in text.split("\n"):
        match = re.fullmatch(r"([!-*,-~]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)", line)
        refuse_if(not match, "key", "The key of the log is not written as a verifier key.")
        name, number, key = match.groups()
        raw = unbase64(key, 33, "key of the log")
        is_own = raw[0] == 1 and sha256(name.encode() + b"\n" + raw)[:8] == number
        refuse_if(not is_own, "key", "The key of the log does not carry its own number.")
        keys[(name, bytes.fromhex(number))] = raw[1:]
    return keys

def as_text(content, what):
    text = content.decode("utf-8", "surrogateescape")
    refuse_if(not re.fullmatch("[\n -~\u2014]*\n", text), "proof", f"The {what} is not written as it should be.")
    return text

def open_checkpoint(note, keys, is_every=True):
    """Return origin, size and root of a checkpoint whose every signature holds, and that every key signed."""
    text, middle, lines = note.rpartition("\n\n")
    said, signed = f"{text}\n".split("\n"), set()
    if not middle or len(said) != 4 or not DECIMAL.fullmatch(said[1]):
        raise Fault("checkpoint", "The checkpoint of the log is not written as it should be.")
    origin, size, root = said[0], int(said[1]), unbase64(said[2], 32, "root of the log")
    for line in lines[:-1].split("\n"):
        match = re.fullmatch("\u2014 ([!-*,-~]+) ([A-Za-z0-9+/=]+)", line)
        refuse_if(not match, "checkpoint", "A signature of the checkpoint is not written as it should be.")
        raw = unbase64(match[2], 68, "signature of the log")
        who = (match[1], raw[:4])
        is_known = who in keys and who not in signed and match[1] == origin
        if not is_known or not ed25519_holds(keys[who], f"{text}\n".encode(), raw[4:]):
            raise Fault("checkpoint", "The checkpoint is not signed by the key of the log.")
        signed.add(who)
    refuse_if(is_every and signed != set(keys), "checkpoint", "The checkpoint is not signed by every key beside it.")
    return origin, size, root

def open_proof(content, leaf, keys):
    """Return index and checkpoint of a proof that these bytes are an entry of the log."""
    head, _, note = as_text(content, "proof").partition("\n\n")
    match = re.fullmatch(r"c2sp\.org/tlog-proof@v1\nindex (0|[1-9][0-9]{0,14})((?:\n[^\n]+){0,64})", head)
    refuse_if(not match, "proof", "The proof is not written as it should be.")
    index, path = int(match[1]), [unbase64(line, 32, "proof") for line in match[2].split("\n")[1:]]
    origin, size, root = open_checkpoint(note, keys)
    entry = node(b"\x00", leaf)  # RFC 9162, 2.1.3.2
    is_there = index < size and climb(entry, entry, index, size - 1, path)[1:] == (root, 0)
    refuse_if(not is_there, "proof", "The entry is not in the log the checkpoint stands for.")
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

def is_beginning(old_size, old_root, size, root, path):
    """Say whether the older log is the beginning of the newer one (RFC 9162, 2.1.4.2)."""
    if not 0 < old_size < size:
        return old_size == size and old_root == root and not path
    path = path if old_size & (old_size - 1) else [old_root, *path]
    index, last = old_size - 1, size - 1
    while index & 1:
        index, last = index >> 1, last >> 1
    return bool(path) and climb(path[0], path[0], index, last, path[1:]) == (old_root, root, 0)

def open_earlier(content, size, root):
    """Return size and root of the earlier checkpoints a package names, each shown to be the beginning of its log."""
    found, text = [], "\n" + as_text(content, "list of earlier checkpoints")[:-1] if content else ""
    blocks = text.split("\nearlier ")
    refuse_if(blocks[0], "proof", "The list of earlier checkpoints is not written as it should be.")
    for block in blocks[1:]:
        head, *lines = block.split("\n")
        match = re.fullmatch("([1-9][0-9]{0,14}) ([A-Za-z0-9+/=]+)", head)
        refuse_if(not match, "proof", "An earlier checkpoint is not written as it should be.")
        old, old_root = int(match[1]), unbase64(match[2], 32, "earlier root")
        path = [unbase64(line, 32, "proof") for line in lines]
        if old >= size or not is_beginning(old, old_root, size, root, path):
            raise Fault("proof", "An earlier checkpoint is not the beginning of the log.")
        found.append((old, old_root))
    return found

# --- Signatures in plain Python: Ed25519 (RFC 8032), ECDSA on P-256 and RSA (FIPS 186-5) ---
Q = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, Q) % Q

def _ed_point(raw):
    """Return a point from its 32 bytes, or None when they are not the one way to write it."""
    number = int.from_bytes(raw, "little")
    y, sign = number & (2**255 - 1), number >> 255
    if y >= Q:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, -1, Q) % Q
    x = pow(square, (Q + 3) // 8, Q)
    x = x * pow(2, (Q - 1) // 4, Q) % Q if (x * x - square) % Q else x
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
    public, point, scalar = _ed_point(key), _ed_point(signature[:32]), int.from_bytes(signature[32:], "little")
    if public is None or point is None or scalar >= ORDER:
        return False
    factor = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % ORDER
    left = times(scalar, BASE, (0, 1, 1, 0), _ed_add)
    right = _ed_add(point, times(factor, public, (0, 1, 1, 0), _ed_add))
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
    is_fit = 256 <= length <= 1024 and 3 <= exponent < 2**33 and len(signature) == length and number < modulus
    tail = bytes.fromhex("3031300d060960864801650304020105000420") + digest
    expected = b"\x00\x01" + b"\xff" * (length - len(tail) - 3) + b"\x00" + tail
    return is_fit and pow(number, exponent, modulus).to_bytes(length, "big") == expected

# --- The seal of the PDF: a detached CMS signature over every byte outside its own place (RFC 5652, PAdES) ---
(DIGEST_OID, TYPE_OID, DATA_OID, SIGNED_OID, CERTIFICATE_OID, RSA_OID, RSA_SHA256_OID) = (
    bytes.fromhex("2a864886f70d01" + end) for end in ("0904", "0903", "0701", "0702", "0910022f", "0101", "010b")
)
(ECDSA_OID, EC_KEY_OID, P256_OID) = (bytes.fromhex("2a8648ce3d" + end) for end in ("040302", "0201", "030107"))
BAD_SEAL = ("seal", "The seal of the PDF is not written as it should be.")

def der(data, deep=0):
    """Return the values of a DER text: tag, what is inside (values, or bytes), and the whole; shortest lengths only."""
    found, at = [], 0
    while at < len(data):
        refuse_if(at + 2 > len(data) or len(found) > 200 or deep > 30, *BAD_SEAL)
        tag, length, begin = data[at], data[at + 1], at + 2
        if length >= 128:
            count = length - 128
            length = int.from_bytes(data[begin : begin + count], "big")
            refuse_if(not 1 <= count <= 4 or data[begin : begin + 1] in (b"", b"\x00") or length < 128, *BAD_SEAL)
            begin += count
        inside, end = data[begin : begin + length], begin + length
        refuse_if(end > len(data), *BAD_SEAL)
        found.append((tag, der(inside, deep + 1) if tag & 0x20 else inside, data[at:end]))
        at = end
    return found

SEAL = re.compile(
    rb"\n/ByteRange \[0 ([0-9]{1,12}) ([0-9]{1,12}) ([0-9]{1,12})\] *\n/Type /Sig\n/Filter /Adobe.PPKLite\n"
    rb"/SubFilter /ETSI.CAdES.detached\n/M \([0-9D\\Z]{1,40}\)\n/Reason \(([A-Za-z0-9 \\]{1,400})\)\n/Reference "
)
REASON = re.compile(r"Release package (\S{1,60}), manifest sha256 ([0-9a-f]{64})")

def read_seal(pdf):
    """Return the CMS structure, the bytes it speaks of, which are all others of the file, and what it is for."""
    places = list(SEAL.finditer(pdf))
    refuse_if(not places, "seal", "The PDF carries no seal as packages have it.")
    first, second, length = (int(each) for each in places[-1].groups()[:3])
    is_whole = second + length == len(pdf) and first < second == places[-1].start()
    refuse_if(not is_whole, "seal", "The seal does not cover the whole PDF; something was added or cut off.")
    reason = re.sub(rb"\\([01][0-7]{2})", lambda octal: bytes([int(octal[1], 8)]), places[-1][4])
    said, hole = REASON.fullmatch(reason.decode("ascii")), pdf[first:second]
    refuse_if(not said, "seal", "The seal does not say of which package and manifest it is.")
    refuse_if(len(hole) > MAX_SEAL or not re.fullmatch(rb"<(?:[0-9A-F]{2})+>", hole), *BAD_SEAL)
    raw = bytes.fromhex(hole[1:-1].decode("ascii"))
    size = 4 + int.from_bytes(raw[2:4], "big")
    refuse_if(raw[:2] != b"\x30\x82" or raw[size:].strip(b"\x00"), *BAD_SEAL)
    return raw[:size], pdf[:first] + pdf[second:], said.groups()

def check_seal(pdf, certificates):
    """Return the certificate of a seal that holds, and the number and sha256 of the manifest it was made for."""
    cms, covered, said = read_seal(pdf)
    try:
        certificate = open_seal(cms, covered)
    except (ValueError, TypeError, IndexError):
        raise Fault(*BAD_SEAL) from None
    other = sha256(certificate) if certificates and sha256(certificate) not in certificates else ""
    refuse_if(other, "certificate", f"The PDF is sealed with another certificate: sha256 {other}.")
    return certificate, said

def open_seal(cms, covered):
    """Return the certificate whose key signed the covered bytes; a value out of its place is a ValueError."""
    [(_, [(_, kind, _), (_, [(_, signed, _)], _)], _)] = der(cms)
    _, _, _, (inner, carried, _), (outer, signers, _) = signed
    [(_, (_, _, _, (place, said, attributes), (_, [(_, method, _), *_], _), (_, signature, _), *_), _)] = signers
    refuse_if(kind != SIGNED_OID or (inner, outer, place) != (0xA0, 0x31, 0xA0), *BAD_SEAL)
    told = {name: values for _, [(_, name, _), (_, [(_, _, values)], _)], _ in said}
    refuse_if(len(told) != len(said) or told.get(TYPE_OID) != b"\x06\x09" + DATA_OID, *BAD_SEAL)
    is_same = told.get(DIGEST_OID) == b"\x04\x20" + hashlib.sha256(covered).digest()
    refuse_if(not is_same, "seal", "The PDF is not the one that was sealed: its bytes do not match the seal.")
    named = [each for _, _, each in carried
             if b"\x04\x20" + hashlib.sha256(each).digest() in told.get(CERTIFICATE_OID, b"")]
    refuse_if(not named, "seal", "The seal does not carry the certificate it was made with.")
    message = hashlib.sha256(b"\x31" + attributes[1:]).digest()
    holds = signature_holds(named[0], method, signature, message)
    refuse_if(not holds, "seal", "The seal of the PDF is forged or damaged: its signature does not hold.")
    return named[0]

def signature_holds(certificate, method, signature, digest):
    [(_, [(_, inner, _), *_], _)] = der(certificate)
    _, [(_, [(_, kind, _), *curve], _), (_, bits, _)], _ = inner[6 if inner[0][0] == 0xA0 else 5]
    if method == ECDSA_OID and kind == EC_KEY_OID:
        r, s = numbers(signature)
        return curve[0][1] == P256_OID and ecdsa_holds(bits[1:], digest, r, s)
    if method in (RSA_OID, RSA_SHA256_OID) and kind == RSA_OID:
        modulus, exponent = numbers(bits[1:])
        return rsa_holds(modulus, exponent, digest, signature)
    raise Fault("seal", "The seal uses a kind of signature this program does not know.")

def numbers(data):
    [(_, [(one, first, _), (two, second, _)], _)] = der(data)
    refuse_if((one, two) != (2, 2) or max(len(first), len(second)) > 1100, *BAD_SEAL)
    return int.from_bytes(first, "big"), int.from_bytes(second, "big")

# --- The whole package ---
def check_entry(content, verb, number, expected):
    entry = read_json(content, "entry", "entry of the log")
    told, wanted = entry.get("data"), {"noun": "package", "verb": verb, "number": number}
    is_fit = isinstance(told, dict) and wanted == {name: entry.get(name) for name in wanted}
    refuse_if(not is_fit, "entry", f"The entry of the log does not speak of {verb} of package {number}.")
    for name, value in expected.items():
        refuse_if(told.get(name) != value, "entry", f"The log holds another {name} for package {number}.")
    return told

def verify_zip(content, *, keys=(), certificates=(), memory=None, newer=b"", path="", wanted=""):
    """Return the report on an archive; keys and certificates are those the reader trusts, memory what he saw before."""
    report = Report()
    try:
        members = read_archive(content)
        manifest = read_json(members.get("manifest.json", b""), "manifest", "manifest")
        report.name = number = package_number(manifest)
        report.holds += [check_members(members, manifest), about(manifest)]
        check_name(number, path, wanted)
    except Fault as fault:
        report.faults.append(fault)
        return report
    report.check(check_originals, members, manifest)
    report.check(_check_log, members, number, keys, memory, newer, report)
    report.check(_check_sealed, members, number, certificates)
    key, digest = members["proof/log.vkey"].decode("ascii", "replace"), sha256(members["proof/seal-certificate.der"])
    if not keys:
        report.notes.append(f"The key of the log came with the package: {as_shown(key.strip())}. {COMPARE} --key.")
    if not certificates:
        report.notes.append(f"The certificate of the seal has the sha256 {digest}. {COMPARE} --seal-cert.")
    return report

def _check_log(members, number, trusted, memory, newer, report):
    text = as_text(members["proof/log.vkey"], "key of the log")
    inside = read_keys(text[:-1])
    refuse_if(text.count("\n") != len(inside), "key", "The key of the log is not written as it should be.")
    if trusted and not set(inside.items()) <= set(read_keys("\n".join(trusted)).items()):
        raise Fault("key", "The log is signed with another key than the one you trust.")
    frozen, sealed = members["proof/manifest-entry.json"], members["proof/sealed-entry.json"]
    first, head = open_proof(members["proof/manifest.tlog-proof"], frozen, inside)
    second, other = open_proof(members["proof/sealed.tlog-proof"], sealed, inside)
    is_one = head == other and first < second
    refuse_if(not is_one, "proof", "The two proofs do not speak of one checkpoint of one log in its order.")
    digest = sha256(members["manifest.json"])
    check_entry(frozen, "freeze", number, {"manifest": digest})
    bound = {name: sha256(members[name]) for name in BOUND}
    pdf = sha256(members[f"{number}.pdf"])
    said = check_entry(sealed, "seal", number, {"manifest": digest, "sha256": pdf, "members": bound})
    origin, size, root = head
    earlier = open_earlier(members["proof/earlier.txt"], size, root)
    is_same = [old for old, _ in earlier] == said.get("earlier")
    refuse_if(not is_same, "proof", "The earlier checkpoints are not those the log says they are.")
    if memory is not None and trusted:
        recall(memory, origin, [*earlier, (size, root)], newer, read_keys("\n".join(trusted)), report)
    return (f"The log {origin} holds the manifest as entry {first} and the sealed PDF as entry {second}; "
            f"its checkpoint over {size} entries is signed.")

def _check_sealed(members, number, certificates):
    certificate, said = check_seal(members[f"{number}.pdf"], certificates)
    other = certificate != members["proof/seal-certificate.der"]
    refuse_if(other, "certificate", "The PDF is sealed with another certificate than the one in the archive.")
    is_same = said == (number, sha256(members["manifest.json"]))
    refuse_if(not is_same, "seal", "The PDF was sealed for another package or another manifest.")
    return f"{number}.pdf is sealed for this manifest; the seal covers every byte of it and allows no change."

def verify_pdf(content, *, certificates=(), proof=b"", entry=b"", keys=(), path="", wanted=""):
    """Return the report on a PDF alone, or with the proof and entry of its sealing."""
    report = Report()
    try:
        certificate, (number, digest) = check_seal(content, certificates)
        report.name = f"The seal of {number}"
        report.holds.append(f"The seal covers all of {number} but its own place; the manifest has the sha256 {digest}.")
        report.notes.append(f"The seal was made with the certificate of sha256 {sha256(certificate)}.")
        check_name(number, path, wanted)
        if not proof and not entry:
            report.notes.append("A PDF alone proves its seal; its ZIP also proves manifest, originals and log.")
            return report
        index, (origin, _, _) = open_proof(proof, entry, read_keys("\n".join(keys)))
        check_entry(entry, "seal", number, {"sha256": sha256(content), "manifest": digest})
        report.name = number
        report.holds.append(f"The log {origin} holds this very PDF as entry {index}: package {number}.")
    except Fault as fault:
        report.faults.append(fault)
    return report

# --- What was seen before: origin to size to root in base64, all checkpoints of one history ---
def recall(memory, origin, heads, newer, keys, report):
    """Hold the checkpoints of a package against those seen before; what is linked to them is remembered."""
    seen, here = memory.setdefault(origin, {}), {str(size) for size, _ in heads}
    more = open_consistency(newer, origin, keys) if newer else []
    known, between = dict(seen), {str(size) for size, _ in more}
    for size, root in [*heads, *more]:
        root = base64.b64encode(root).decode("ascii")
        is_other = known.setdefault(str(size), root) != root
        refuse_if(is_other, "rewritten", f"The log {origin} showed other contents before: its history was rewritten.")
    report.is_linked = bool(not seen or here & seen.keys() or (between & here and between & seen.keys()))
    if report.is_linked:
        seen.update(known)
        return
    old, new = sorted((max(map(int, seen)), heads[-1][0]))
    report.notes.append(f"You saw this log before; nothing here says how it goes on between {old} and {new} entries. "
                        f"Save /log/consistency/{old}/{new}/proof/ of the shop's portal, which needs no account, "
                        "and name the file with --consistency: it shows whether anything was rewritten between.")

def open_consistency(content, wanted, keys):
    """Return both checkpoints of a consistency proof: what stands in earlier.txt, and the later checkpoint."""
    head, _, note = as_text(content, "consistency proof").partition("\n\n")
    origin, size, root = open_checkpoint(note, keys, is_every=False)
    refuse_if(origin != wanted, "proof", "The consistency proof is that of another log.")
    return [*open_earlier(f"{head}\n".encode(), size, root), (size, root)]

def main(arguments=None):
    """Say in plain words what holds and what does not."""
    parser = argparse.ArgumentParser(description="Verify a release package offline.")
    parser.add_argument("file", help="the ZIP of a package, or its PDF alone")
    parser.add_argument("--key", action="append", default=[], help="verifier key of the log you trust")
    parser.add_argument("--seal-cert", action="append", default=[], help="sha256 of the certificate you trust")
    parser.add_argument("--package", default="", help="number and revision you expect, as P-000012-1")
    parser.add_argument("--remember", help="file in which seen checkpoints are kept from run to run; needs --key")
    parser.add_argument("--consistency", help="consistency proof between a remembered checkpoint and the package's")
    parser.add_argument("--proof", help="with a PDF alone: sealed.tlog-proof")
    parser.add_argument("--entry", help="with a PDF alone: sealed-entry.json")
    options = parser.parse_args(arguments)
    if (options.remember and not options.key) or (options.consistency and not options.remember):
        parser.error("--remember needs --key, and --consistency needs --remember.")
    if bool(options.proof) != bool(options.entry):
        parser.error("--proof and --entry belong together.")
    try:
        content = read_file(options.file, MAX_FILE)
        proof, entry = (read_file(each, MAX_ENTRY) for each in (options.proof, options.entry))
        newer = read_file(options.consistency, MAX_ENTRY)
        is_kept = options.remember and os.path.exists(options.remember)
        memory = read_json(read_file(options.remember, MAX_FILE), "memory", "file of --remember") if is_kept else {}
        is_fit = all(isinstance(seen, dict) and all(map(DECIMAL.fullmatch, seen)) for seen in memory.values())
        refuse_if(not is_fit, "memory", "The file of --remember is not one this program wrote.")
    except (OSError, Fault) as error:
        print(f"Could not look at it: {error}", file=sys.stderr)
        return 2
    trusted = {"certificates": [each.lower() for each in options.seal_cert], "keys": options.key,
               "path": options.file, "wanted": options.package}
    is_pdf, memory = content.startswith(b"%PDF-"), memory if options.remember else None
    more = {"proof": proof, "entry": entry} if is_pdf else {"memory": memory, "newer": newer}
    report = (verify_pdf if is_pdf else verify_zip)(content, **trusted, **more)
    if memory and report.is_accepted and report.is_linked:
        with open(options.remember, "w", encoding="utf-8") as file:
            json.dump(memory, file, sort_keys=True, separators=(",", ":"))
    for title, said in (("HOLDS", report.holds), ("DOES NOT HOLD", report.faults), ("NOTE", report.notes)):
        print("".join(f"{title}: {sentence}\n" for sentence in said), end="")
    if not report.is_accepted:
        print("The package does NOT hold. Do not rely on it.")
        return 1
    is_trusted = options.seal_cert and (options.key or is_pdf)
    verdict = ITS_OWN_WORD if not is_trusted else "{} holds." if report.is_linked else UNLINKED
    print(verdict.format(report.name))
    return 0 if report.is_linked else 3

def read_file(path, limit):
    with open(path or os.devnull, "rb") as file:
        content = file.read(limit + 1)
    refuse_if(len(content) > limit, "file", f"{path} is larger than {limit} bytes.")
    return content

if __name__ == "__main__":
    sys.exit(main())
