"""Signed texts: the published examples, and every way a signature may be false."""

from __future__ import annotations

import base64

import pytest

from portal.log import notes, proofs
from portal.log.merkle import EMPTY_ROOT, fold, grow, inclusion_nodes, leaf_hash, root_of
from portal.log.notes import KeyRefused, NoteRefused, SigningKey, TreeHead, VerifierKey
from portal.log.proofs import ProofRefused

# the example of the Go library that brought the format into the world
GO_SECRET = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
GO_PUBLIC = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_TEXT = (
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
)
GO_LINE = (
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
    "\n"
)
KEY = SigningKey("shop.example/log", bytes(range(32)))
OTHER = SigningKey("shop.example/log", bytes(32))
ENTRIES = [b"entry %d" % number for number in range(11)]


def test_published_note_is_signed_and_opened_to_the_letter():
    key = SigningKey.read(GO_SECRET)
    assert (key.text, key.verifier.text) == (GO_SECRET, GO_PUBLIC)
    assert notes.sign_note(GO_TEXT, [key]) == GO_TEXT + "\n" + GO_LINE
    assert notes.open_note(GO_TEXT + "\n" + GO_LINE, [VerifierKey.read(GO_PUBLIC)]) == (
        GO_TEXT,
        [key.verifier],
    )


def test_made_keys_differ_and_survive_their_file():
    one, two = SigningKey.make("shop.example/log"), SigningKey.make("shop.example/log")
    assert one != two
    assert SigningKey.read(one.text + "\n") == one
    assert VerifierKey.read(two.verifier.text) == two.verifier
    assert one.text not in repr(one) and one.seed.hex() not in repr(one)


@pytest.mark.parametrize("name", ["", "two words", "a+b"])
def test_key_with_a_name_nobody_can_read_is_refused(name):
    with pytest.raises(KeyRefused, match="no blanks, no plus sign"):
        SigningKey.make(name)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "PRIVATE+KEY+",
        GO_PUBLIC,
        GO_SECRET[:-4],
        GO_SECRET.replace("c74f20a3", "c74f20a4"),
        "PRIVATE+KEY+a+b+!",
    ],
)
def test_what_is_no_signing_key_is_refused_without_being_repeated(text):
    with pytest.raises(KeyRefused) as refused:
        SigningKey.read(text)
    assert "AYEKFALV" not in str(refused.value)


@pytest.mark.parametrize("text", ["", GO_SECRET, GO_PUBLIC[:-4], GO_PUBLIC.replace("c74f", "c74e"), "a+b"])
def test_what_is_no_verifier_key_is_refused(text):
    with pytest.raises(KeyRefused):
        VerifierKey.read(text)


def test_note_may_carry_signatures_of_strangers_and_of_two_keys():
    note = notes.sign_note("hello\n", [OTHER, KEY])
    assert notes.open_note(note, [KEY.verifier]) == ("hello\n", [KEY.verifier])
    assert notes.open_note(note, [KEY.verifier, OTHER.verifier])[1] == [OTHER.verifier, KEY.verifier]


def test_note_signed_by_nobody_known_is_refused():
    with pytest.raises(NoteRefused, match="Nobody whose key is known"):
        notes.open_note(notes.sign_note("hello\n", [OTHER]), [KEY.verifier])


def test_one_false_signature_of_a_known_key_spoils_the_note():
    note = notes.sign_note("hello\n", [KEY]) + OTHER.line_under("something else\n")
    with pytest.raises(NoteRefused, match="is false"):
        notes.open_note(note, [KEY.verifier, OTHER.verifier])


@pytest.mark.parametrize(
    "note",
    [
        "",
        "hello\n",
        "hello\n\n",
        "\n\n" + KEY.line_under("\n"),
        "hello\n\n" + KEY.line_under("hello\n").rstrip("\n"),
        "hello\n\n" + KEY.line_under("hello\n").replace("—", "-"),
        "hello\r\n\n" + KEY.line_under("hello\r\n"),
        "hello\n\n— shop.example/log AAAA\n",
        "hello\n\n" + KEY.line_under("hello\n") * 17,
        "x" * 100_001,
    ],
)
def test_what_is_no_note_is_refused(note):
    with pytest.raises(NoteRefused, match="This is no sign"):
        notes.open_note(note, [KEY.verifier])


def test_checkpoint_is_three_lines_and_comes_back():
    head = TreeHead("shop.example/log", 0, EMPTY_ROOT)
    assert head.body == "shop.example/log\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"
    assert notes.open_checkpoint(notes.sign_note(head.body, [KEY]), [KEY.verifier]) == (head, [KEY.verifier])
    assert notes.read_checkpoint(head.body + "an extension\n") == head


@pytest.mark.parametrize(
    "text",
    [
        "shop.example/log\n1\n",
        "shop.example/log\n01\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
        "shop.example/log\n-1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
        "shop.example/log\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=\n",
        "shop.example/log\n1\n47DEQpj8\n",
        "\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
        "shop.example/log\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\nmore\n",
    ],
)
def test_what_is_no_checkpoint_is_refused(text):
    with pytest.raises(NoteRefused, match="This is no checkpoint"):
        notes.read_checkpoint(text)


def proof_of(index, extra=b""):
    leaves = [leaf_hash(entry) for entry in ENTRIES]
    nodes = {**grow(0, [], leaves)[1], **{(0, place): leaf for place, leaf in enumerate(leaves)}}
    path = [fold([nodes[node] for node in group]) for group in inclusion_nodes(index, len(ENTRIES))]
    checkpoint = notes.sign_note(TreeHead("shop.example/log", len(ENTRIES), root_of(leaves)).body, [KEY])
    return proofs.proof_text(index=index, path=path, checkpoint=checkpoint, extra=extra)


def test_proof_is_text_that_says_everything():
    text = proof_of(9, extra=b"for the reader")
    lines = text.split("\n")
    assert lines[:3] == ["c2sp.org/tlog-proof@v1", "extra Zm9yIHRoZSByZWFkZXI=", "index 9"]
    assert lines[6:9] == ["", "shop.example/log", "11"]
    assert proofs.read_proof(text).extra == b"for the reader"
    assert proofs.check_proof(text, content=ENTRIES[9], keys=[KEY.verifier]).size == 11


def test_proof_holds_for_its_entry_only():
    for index, entry in enumerate(ENTRIES):
        text = proof_of(index)
        assert proofs.check_proof(text, content=entry, keys=[KEY.verifier]).origin == "shop.example/log"
        for other in {*ENTRIES, b""} - {entry}:
            with pytest.raises(ProofRefused, match=f"These bytes are not entry {index} of the log"):
                proofs.check_proof(text, content=other, keys=[KEY.verifier])


def test_proof_with_any_letter_changed_is_refused():
    """An em dash or the name of the key may not change either: then nobody known has signed."""
    text, refused = proof_of(6), 0
    for place, letter in enumerate(text):
        for other in {"A", "0", "\n", " "} - {letter}:
            with pytest.raises(ProofRefused):
                proofs.check_proof(
                    text[:place] + other + text[place + 1 :], content=ENTRIES[6], keys=[KEY.verifier]
                )
            refused += 1
    assert refused > 1_000


def test_proof_under_a_foreign_key_is_refused():
    with pytest.raises(ProofRefused, match="Nobody whose key is known"):
        proofs.check_proof(proof_of(0), content=ENTRIES[0], keys=[OTHER.verifier])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "c2sp.org/tlog-proof@v1\nindex 0",
        "c2sp.org/tlog-proof@v2\nindex 0\n\nx",
        "c2sp.org/tlog-proof@v1\n\nx",
        "c2sp.org/tlog-proof@v1\nindex 00\n\nx",
        "c2sp.org/tlog-proof@v1\nextra !\nindex 0\n\nx",
        "c2sp.org/tlog-proof@v1\nindex 0\nAAAA\n\nx",
        "c2sp.org/tlog-proof@v1\nindex 0\n"
        + "\n".join([base64.b64encode(bytes(32)).decode()] * 65)
        + "\n\nx",
    ],
)
def test_what_is_no_proof_is_refused(text):
    with pytest.raises(ProofRefused, match="This is no proof"):
        proofs.read_proof(text)
