"""The offline verifier: the genuine package holds, and nothing else does."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from documents import verify_package as verifier
from documents.package.archive import write_zip
from documents.package.seal import make_key, read_key
from tests.documents.verifier.mutations import mutations
from tests.documents.verifier.small_log import MOMENT, NUMBER, leaf, root, small_package

# ten thousand are judged by `python -m bench.mutations`
SAMPLED = 900
PROGRAM = Path(verifier.__file__)


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    return small_package(tmp_path_factory.mktemp("package"))


def judged(package, content: bytes, **more) -> verifier.Report:
    return verifier.verify_zip(content, keys=[package.log.vkey], certificates=[package.fingerprint], **more)


def test_genuine_package_holds(package):
    report = judged(package, package.zip)
    assert (report.codes, report.notes) == ([], [])
    assert report.holds == [
        f"The archive of {NUMBER} holds exactly its 12 files, written the one way they can be.",
        "The manifest speaks of customer Meridian Süd, order PO-1.",
        "Each of the 2 originals is, byte for byte, the file the manifest names.",
        "The log kestrel.example/events holds the manifest as entry 3 and the sealed PDF as entry 5; its checkpoint "
        "over 7 entries is signed.",
        f"{NUMBER}.pdf is sealed for this manifest; the seal covers every byte of it and allows no change.",
    ]


def test_package_written_twice_is_the_same(package):
    assert write_zip(verifier.read_archive(package.zip)) == package.zip
    assert verifier.write_archive(verifier.read_archive(package.zip)) == package.zip


def test_no_changed_package_is_accepted(package, tmp_path):
    accepted = [
        name
        for name, content in mutations(package, tmp_path, SAMPLED)
        if judged(package, content).is_accepted
    ]
    assert accepted == []


def test_every_byte_of_every_part_but_originals_counts(package):
    members = verifier.read_archive(package.zip)
    accepted = []
    for name in ("proof/sealed.tlog-proof", "proof/log.vkey"):
        for place in range(0, len(members[name]), 4):
            body = bytearray(members[name])
            body[place] ^= 0x20
            if judged(package, write_zip(members | {name: bytes(body)})).is_accepted:
                accepted.append((name, place))
    assert accepted == []


def test_without_keys_of_ones_own_it_says_what_to_compare(package):
    report = verifier.verify_zip(package.zip)
    assert report.codes == []
    assert [package.log.vkey in report.notes[0], package.fingerprint in report.notes[1]] == [True, True]


@pytest.mark.parametrize(
    ("trusted", "codes"),
    [
        ({"keys": ["x+dcf5d479+AepKbGPinFIKvvVQexMuxfmVR3auvr57kkIe6mkURtIs"]}, ["key"]),
        ({"keys": ["no key"]}, ["key"]),
        ({"certificates": ["0" * 64]}, ["certificate"]),
    ],
)
def test_other_keys_than_the_trusted_ones_are_refused(package, trusted, codes):
    assert verifier.verify_zip(package.zip, **trusted).codes == codes


@pytest.mark.parametrize("kind", ["rsa", "ecdsa"])
def test_seals_of_both_kinds_of_keys_hold(kind, tmp_path):
    pem = tmp_path / "seal.pem"
    if kind == "rsa":
        command = "openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=Kestrel -keyout {0}.key -out {0}.crt"
        subprocess.run(command.format(pem).split(), check=True, capture_output=True)
        pem.write_bytes(Path(f"{pem}.key").read_bytes() + Path(f"{pem}.crt").read_bytes())
    else:
        pem.write_bytes(make_key("Kestrel", at=MOMENT))
    made = small_package(tmp_path, key=read_key(pem))
    assert judged(made, made.zip).codes == []
    changed = made.pdf.replace(b"/MediaBox [ 0 0 612", b"/MediaBox [ 0 0 613")
    report = verifier.verify_pdf(changed)
    assert [fault.sentence for fault in report.faults] == [
        "The PDF is not the one that was sealed: its bytes do not match the seal."
    ]


def test_a_pdf_alone_proves_its_seal_and_with_a_proof_its_hash(package):
    alone = verifier.verify_pdf(package.pdf, certificates=[package.fingerprint])
    proof = {"proof": package.sealed.text.encode(), "entry": package.sealed.entry, "keys": [package.log.vkey]}
    proven = verifier.verify_pdf(package.pdf, **proof)
    longer = verifier.verify_pdf(package.pdf + b"\n", **proof)
    assert (alone.codes, len(alone.holds)) == ([], 1)
    assert (proven.codes, len(proven.holds)) == ([], 2)
    assert (longer.codes, alone.name, proven.name) == (["seal"], f"The seal of {NUMBER}", NUMBER)
    moved = verifier.verify_pdf(
        package.pdf, **proof | {"entry": package.sealed.entry.replace(b"T-000312", b"T-000313")}
    )
    assert moved.codes == ["proof"]


def test_a_rewritten_log_is_noticed_by_who_remembers(package, tmp_path):
    memory: dict = {}
    assert judged(package, package.zip, memory=memory).codes == []
    rewritten = small_package(tmp_path, key=package.key, pages=3)
    assert rewritten.log.vkey == package.log.vkey
    assert judged(rewritten, rewritten.zip).codes == []
    assert judged(rewritten, rewritten.zip, memory=memory).codes == ["rewritten"]


@pytest.mark.parametrize("old", range(1, 7))
def test_consistency_proofs_of_every_size_hold_and_of_another_log_do_not(package, old):
    leaves = [leaf(each) for each in package.log.entries]
    text = package.log.consistency_text(old)
    for fork, codes in ((leaves, []), ([leaf(b"other"), *leaves[1:]], ["rewritten"])):
        memory = {package.log.origin: {str(old): base64.b64encode(root(fork[:old])).decode()}}
        assert judged(package, package.zip, memory=memory, newer=text).codes == codes


@pytest.mark.parametrize(
    "hostile",
    [
        b"%PDF-1.7 /ByteRange [0 10 20 30]" + b"9" * 1000,
        b"%PDF-1.7 /ByteRange [0 40 60 0]<" + b"30" * 9 + b">",
        b"%PDF-1.7 " + b"/ByteRange [0 1 2 3]" * 50_000,
        b"PK\x05\x06" + b"\xff" * 18,
        b"\x00" * 5_000_000,
    ],
)
def test_hostile_files_are_refused_at_once(hostile):
    started = time.monotonic()
    look = verifier.verify_pdf if hostile.startswith(b"%PDF") else verifier.verify_zip
    assert look(hostile).is_accepted is False
    assert time.monotonic() - started < 2


def test_hostile_structures_in_the_seal_are_refused(package):
    range_at = package.pdf.index(b"/Contents <") + len(b"/Contents <")
    room = package.pdf.index(b">", range_at) - range_at
    for raw in (
        b"\x30\x80" * 400,
        b"\x30\x84\xff\xff\xff\xff",
        b"\x30\x82\x03\xe8" * 300,
        b"\x30\x03\x02\x81\x01",
    ):
        text = raw.hex().upper().encode()[:room].ljust(room, b"0")
        report = verifier.verify_pdf(package.pdf[:range_at] + text + package.pdf[range_at + room :])
        assert report.codes == ["seal"]


def test_the_program_says_it_in_words_and_by_its_exit_code(package, tmp_path):
    good, bad, memory = tmp_path / "good.zip", tmp_path / "bad.zip", tmp_path / "seen.json"
    good.write_bytes(package.zip)
    bad.write_bytes(package.zip.replace(b"1;2;3", b"1;2;4"))

    def run(*arguments):
        # -I -S: nothing but the standard library, as on somebody else's machine
        command = [sys.executable, "-I", "-S", "-W", "error", str(PROGRAM), *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return done.returncode, (done.stdout + done.stderr).strip().splitlines()[-1]

    trusted = ("--key", package.log.vkey, "--seal-cert", package.fingerprint)
    assert run(good, *trusted, "--remember", memory) == (0, f"{NUMBER} holds.")
    assert run(good, *trusted[:2]) == (0, verifier.ITS_OWN_WORD.format(NUMBER))
    assert json.loads(memory.read_text())[package.log.origin].keys() == {"2", "3", "7"}
    assert run(bad) == (1, "The package does NOT hold. Do not rely on it.")
    assert run(tmp_path / "none.zip")[0] == 2
    memory.write_text("[[[")
    assert run(good, *trusted, "--remember", memory)[0] == 2


def test_the_program_stays_small_and_needs_nothing():
    text = PROGRAM.read_text(encoding="utf-8")
    imported = {line.split()[1] for line in text.splitlines() if line.startswith(("import ", "from "))}
    assert imported <= {*sys.stdlib_module_names, "__future__"}
    assert len(text.splitlines()) <= 600
