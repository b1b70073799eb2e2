"""The seal with a time stamp: asked of a real authority, judged by other programs, and refused for any bad answer."""

from __future__ import annotations

import io
import subprocess
from datetime import UTC, datetime

import pikepdf
import pytest
from asn1crypto import tsp

from documents import verify_package
from documents.package import time_stamps
from documents.package.seal import TimeStampMissing, reason_of, seal_faults, seal_pdf
from tests.factories.time_stamps import time_stamp_authority

MOMENT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
REASON = reason_of("P-000001-1", "0" * 64)


@pytest.fixture(scope="module")
def drawn() -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


@pytest.fixture
def authority(tmp_path):
    with time_stamp_authority(tmp_path) as found:
        yield found


def refused(authority, drawn, key) -> str:
    with pytest.raises(TimeStampMissing) as refusal:
        seal_pdf(drawn, key=key, reason=REASON, authority=authority.address)
    begin = f"The time stamp authority at {authority.address} gave no time stamp, so nothing was sealed. "
    end = " Have the job tried again when it answers, or empty PORTAL_TSA_URL to seal without one."
    assert refusal.value.sentence.startswith(begin)
    assert refusal.value.sentence.endswith(end)
    return refusal.value.sentence.removeprefix(begin).removesuffix(end)


def test_the_seal_carries_the_stamp_of_the_authority(authority, drawn, key, tmp_path):
    sealed = seal_pdf(drawn, key=key, reason=REASON, authority=authority.address)
    assert {kind for kind, _ in authority.asked} == {"application/timestamp-query"}
    assert all(tsp.TimeStampReq.load(query)["cert_req"].native for _, query in authority.asked)
    assert sealed.startswith(drawn)
    assert seal_faults(sealed, certificate=key.certificate, is_stamped=True) == []
    # the offline verifier looks at the seal beside the stamp and does not judge the stamp
    assert verify_package.verify_pdf(sealed).codes == []
    path = tmp_path / "sealed.pdf"
    path.write_bytes(sealed)
    said = subprocess.run(["pdfsig", str(path)], capture_output=True, text=True, check=False).stdout
    assert "Signature is Valid." in said
    assert "Total document signed" in said


def test_a_seal_without_a_stamp_is_found_where_one_was_asked_for(drawn, key):
    sealed = seal_pdf(drawn, key=key, reason=REASON)
    assert seal_faults(sealed, certificate=key.certificate) == []
    assert seal_faults(sealed, is_stamped=True) == ["The time stamp is missing or is not that of this seal."]


def test_an_authority_that_is_down_leaves_nothing_sealed(authority, drawn, key):
    authority.address = "http://127.0.0.1:9/"
    assert refused(authority, drawn, key).startswith("It cannot be asked: ")
    authority.address = "file:///etc/hostname"
    assert refused(authority, drawn, key) == "Its address does not begin with http:// or https://."


def test_an_authority_that_is_slow_leaves_nothing_sealed(authority, drawn, key, monkeypatch):
    monkeypatch.setattr(time_stamps.Authority.__init__, "__kwdefaults__", {"seconds": 0.5})
    authority.waits = 2
    assert refused(authority, drawn, key) == "It took longer than 0.5 seconds."


def other_bytes(query: bytes) -> bytes:
    """Return the query with another digest in it, as if the authority stamped what it likes."""
    request = tsp.TimeStampReq.load(query)
    imprint = request["message_imprint"]["hashed_message"].native
    return query.replace(imprint, bytes(reversed(imprint)))


def other_nonce(query: bytes) -> bytes:
    request = tsp.TimeStampReq.load(query)
    nonce = request["nonce"].contents
    return query.replace(nonce, nonce[:-1] + bytes([nonce[-1] ^ 1]))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            lambda own, query, answer: b"<html>busy</html>",
            "It answered with something that is no time stamp.",
        ),
        (lambda own, query, answer: b"", "It answered with something that is no time stamp."),
        (lambda own, query, answer: answer[:-40], "It answered with something that is no time stamp."),
        (lambda own, query, answer: answer + b"\x00", "It answered with something that is no time stamp."),
        (lambda own, query, answer: b"\x30\x82" + bytes(300_000), "Its answer does not end."),
        (lambda own, query, answer: bytes.fromhex("30053003020102"), "It refused: rejection."),
        (
            lambda own, query, answer: own.answer(other_nonce(query)),
            "Its answer belongs to another question: the nonce is another.",
        ),
        (
            lambda own, query, answer: own.answer(other_bytes(query)),
            "It stamped other bytes than it was asked to.",
        ),
    ],
)
def test_an_answer_that_is_no_stamp_for_these_bytes_leaves_nothing_sealed(
    authority, drawn, key, change, sentence
):
    authority.changed = lambda query, answer: change(authority, query, answer)
    assert refused(authority, drawn, key) == sentence


def test_another_kind_of_answer_and_a_refusal_of_the_server_are_no_stamps(authority, drawn, key):
    authority.kind = "text/html"
    assert refused(authority, drawn, key) == "It answered with something that is no time stamp."
    authority.status = 503
    assert refused(authority, drawn, key).startswith("It cannot be asked: HTTP Error 503")
    authority.status = 302
    assert refused(authority, drawn, key).startswith("It cannot be asked: HTTP Error 302")


def test_a_stamp_whose_signature_was_changed_is_thrown_away_with_its_seal(authority, drawn, key):
    from documents.package.seal import SealBroken

    authority.changed = lambda query, answer: answer[:-1] + bytes([answer[-1] ^ 1])
    with pytest.raises(SealBroken) as refusal:
        seal_pdf(drawn, key=key, reason=REASON, authority=authority.address)
    assert "The time stamp is missing or is not that of this seal." in refusal.value.sentence
