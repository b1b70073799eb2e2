"""A vendor's own system sends certificates by the secret of a link: it does that, once a key, and nothing else."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from documents.domain import upload_links
from documents.domain.reply_links import reply_scope
from documents.models import Certificate, UploadLink
from portal.domain.reply_addresses import secret_of
from portal.models import RepeatedCall
from tests.factories.certificates import pdf
from tests.machine import Machine, refusal

SEND = "/api/v1/send/"
NOTHING = (
    "Nothing can be sent by this link. Look whether the whole address was copied, or ask whoever sent you the parts "
    "for a new one."
)


@pytest.fixture
def line(linked):
    return linked.line


def send(token: str, content: bytes | None = None, *, key: str | None = "", **fields):
    """Send one file as a system without an account does."""
    keyed = {} if key is None else {"Idempotency-Key": key or uuid.uuid4().hex}
    file = SimpleUploadedFile("BW 20931.pdf", pdf() if content is None else content)
    headers = {"Authorization": f"Bearer {token}", **keyed}
    return Client().post(SEND, {"file": file, **fields}, headers=headers)


def test_a_certificate_is_sent_by_the_secret_of_a_link(linked, line):
    answer = send(linked.token, sender_name="BW ERP", sender_email="erp@bw.example")
    certificate = Certificate.objects.get()
    assert answer.status_code == 201
    assert answer.json() == {
        "number": certificate.number,
        "state": "received",
        "order": line.order.number,
        "file_name": "BW 20931.pdf",
        "sha256": certificate.file.sha256,
        "page_from": 1,
        "page_to": 1,
        "uploaded_at": f"{certificate.uploaded_at:%Y-%m-%dT%H:%M:%S.%fZ}",
    }
    assert (certificate.door, certificate.link, certificate.sent_name) == ("api", linked.link, "BW ERP")
    assert certificate.coverages.get().traveler == line.traveler


def test_the_same_key_sends_once_and_another_file_under_it_is_refused(linked):
    content = pdf()
    first = send(linked.token, content, key="erp-1")
    again = send(linked.token, content, key="erp-1")
    assert (again.status_code, again.content) == (201, first.content)
    assert again.headers["Idempotency-Replayed"] == "true"
    other = send(linked.token, pdf(2), key="erp-1")
    assert refusal(other)[:2] == (409, "key-used-otherwise")
    assert refusal(send(linked.token, content, key=None))[:2] == (400, "key-needed")
    assert (Certificate.objects.count(), RepeatedCall.objects.get().token) == (1, None)


def test_two_links_may_use_the_same_key(linked, line):
    _link, token = upload_links.make_link(by=linked.cast.operator, order=line.order)
    answers = [send(each, pdf(pages), key="1").status_code for each, pages in ((linked.token, 1), (token, 2))]
    assert (answers, Certificate.objects.count()) == ([201, 201], 2)


def test_it_opens_nothing_else(linked):
    headers = {"Authorization": f"Bearer {linked.token}"}
    for address in ("me/", "certificates/", "outside-orders/", f"outside-orders/{linked.line.order.number}/"):
        assert Client().get(f"/api/v1/{address}", headers=headers).status_code == 401
    assert Client().get(SEND, headers=headers).status_code == 405
    assert Client().post("/api/v1/certificates/", {}, headers=headers).status_code == 401


def test_a_revoked_a_wrong_a_mails_and_a_persons_secret_send_nothing(linked, line, settings):
    settings.PORTAL_MAIL_REPLY_DOMAIN = "shop.example"
    of_mail = secret_of(reply_scope(line.order))
    upload_links.revoke_link(by=linked.cast.operator, link=linked.link, reason="Lost.")
    for token in (linked.token, "x" * 22, of_mail, Machine(linked.cast.vendor).secret):
        assert refusal(send(token)) == (401, "token-needed", NOTHING)
    assert Certificate.objects.count() == 0


def test_guessing_is_counted_against_the_address(linked):
    answers = [send(f"{'g' * 20}{at:02}").status_code for at in range(11)]
    assert answers == [401] * 10 + [429]


def test_an_old_link_asks_what_the_paper_says_and_counts_wrong_answers(linked, line):
    made = timezone.now() - upload_links.ASKED_AFTER - timedelta(hours=1)
    UploadLink.objects.filter(pk=linked.link.pk).update(made_at=made)
    number, pieces = line.order.number, line.quantity
    assert refusal(send(linked.token))[:2] == (422, "incomplete")
    assert refusal(send(linked.token, order=number, pieces=pieces + 1))[:2] == (422, "not-on-the-paper")
    assert send(linked.token, order=number, pieces=pieces).status_code == 201
    wrong = [send(linked.token, order="PO-999999", pieces=1).status_code for _ in range(10)]
    assert (wrong[0], wrong[-1]) == (422, 429)


def test_as_many_files_an_hour_as_on_the_page(linked, monkeypatch):
    monkeypatch.setattr(upload_links, "MOST_AN_HOUR", 1)
    assert send(linked.token, pdf(1)).status_code == 201
    answer = send(linked.token, pdf(2))
    assert refusal(answer)[:2] == (429, "link-is-busy")


def test_so_many_calls_a_minute(linked, settings):
    settings.PORTAL_API_CALLS_A_MINUTE = 1
    answers = [send(linked.token, b"", key="k").status_code for _ in range(3)]
    assert 429 in answers


@pytest.mark.parametrize(
    ("content", "fields", "said"),
    [(b"", {}, (422, "file-refused")), (None, {"order_line": 7}, (422, "fields-refused"))],
)
def test_what_a_page_refuses_is_refused_here(linked, content, fields, said):
    assert refusal(send(linked.token, content, **fields))[:2] == said
    assert Certificate.objects.count() == 0
